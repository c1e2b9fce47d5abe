"""Premises: what a link follows from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verifier.errors import TheoremError
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Symbol, Term, as_term
from verifier.theorem import Proofs


@dataclass(frozen=True)
class Of:
    """A premise for special values of its variables.

    `name` is a link before, or `label/claim` of another theorem; `using` names links that help to
    show that the values satisfy what the premise needs.
    """

    name: str
    values: Mapping[Symbol, Term]
    using: tuple[str, ...] = ()

    def resolve(self, statement: Statement, proofs: Proofs) -> Proved:
        """The premise, proved for these values under what the statement has given."""
        general = proofs.find(self.name)
        claim = substitute(general.statement.claim, self.values)
        helpers = tuple(usable(u, statement, proofs) for u in self.using)
        mapping = tuple(self.values.items())
        target = Statement(claim, statement.given)
        return prove("instance", target, (general, *helpers), mapping=mapping)

    def __str__(self) -> str:
        values = ", ".join(f"{s} = {v}" for s, v in self.values.items())
        return f"{self.name} with {values}"


#: The name of a link before, `label/claim` of another theorem, or one of these for special values.
Premise = str | Of


def of(name: str, values: Mapping[Symbol, Any] | None = None, using: Iterable[str] = ()) -> Of:
    """The premise `name` for special values of its variables: `of("tangent", {x: s[i]})`."""
    for symbol in values or {}:
        if not isinstance(symbol, Symbol):
            raise TheoremError(f"{symbol!r} is no variable", "write of(NAME, {variable: value})")
    converted = {s: as_term(v) for s, v in (values or {}).items()}
    return Of(name, converted, tuple(using))


def usable(premise: Premise, statement: Statement, proofs: Proofs) -> Proved:
    """The premise, proved under what the statement has given.

    Raises:
        Refused: it is not proved, or needs more.
        TheoremError: it is no premise, or there is no such link.
    """
    if isinstance(premise, Of):
        return premise.resolve(statement, proofs)
    if not isinstance(premise, str):
        raise TheoremError(f"{premise!r} is no premise", "name a link, or write of(NAME, ...)")
    found = proofs.find(premise)
    if set(found.statement.given) <= set(statement.given):
        return found
    return Of(premise, {}).resolve(statement, proofs)


__all__ = ["Of", "Premise", "of", "usable"]
