"""A step: one rule of the kernel, with its premises and arguments.  Most reasons are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.kernel.proved import Proved, prove
from verifier.reasons.premises import Premise, usable
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation
from verifier.theorem import Proofs


@dataclass(frozen=True)
class Step:
    """One rule of the kernel, with its premises and arguments.

    What is known besides is `using`.  The premises are taken under what the statement has given and
    `more`; where `more` is None, as they stand.

    >>> print(Step("arithmetic", ("first", "second", "single-path/value"), words="calculation"))
    calculation from first, second and single-path/value
    >>> print(Step("combination", ("first",), words="a multiple", cited="of", using=("third",)))
    a multiple of first, using third
    """

    rule: str
    premises: tuple[Premise, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    cited: str = "from"  # what stands between the words and the premises
    using: tuple[Premise, ...] = ()
    more: tuple[Relation, ...] | None = ()

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        """What the kernel makes of it.

        Raises:
            Refused: the kernel does not accept it.
            TheoremError: there is no such link.
        """
        cited = (*self.premises, *self.using)
        premises = tuple(self._premise(p, statement, proofs) for p in cited)
        return prove(self.rule, statement, premises, **self.arguments)

    def _premise(self, premise: Premise, statement: Statement, proofs: Proofs) -> Proved:
        if self.more is None and isinstance(premise, str):
            return proofs.find(premise)
        here = Statement(statement.claim, (*statement.given, *(self.more or ())))
        return usable(premise, here, proofs)

    def told(self, say: Callable[[str], str] = str, cite: Callable[[Premise], str] = str) -> str:
        """The words, and the premises as a sentence names them."""
        known = f" {self.cited} {_listed(map(cite, self.premises))}" if self.premises else ""
        besides = f", using {_listed(map(cite, self.using))}" if self.using else ""
        return f"{say(self.words)}{known}{besides}"

    def __str__(self) -> str:
        return self.told()


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return " and ".join(filter(None, [", ".join(others), last]))


__all__ = ["Step"]
