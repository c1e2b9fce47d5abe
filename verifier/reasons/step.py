"""A step: one rule of the kernel, with its premises and arguments.  Most reasons are one."""

from __future__ import annotations

from collections.abc import Mapping
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

    The premises are taken under what the statement has given and `more`; where `more` is None, as
    they stand.

    >>> print(Step("arithmetic", ("first", "second", "mode-sharpness/equal-depth"), words="sum"))
    sum, from first, second and mode-sharpness/equal-depth
    """

    rule: str
    premises: tuple[Premise, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    more: tuple[Relation, ...] | None = ()

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        """What the kernel makes of it.

        Raises:
            Refused: the kernel does not accept it.
            TheoremError: there is no such link.
        """
        premises = tuple(self._premise(p, statement, proofs) for p in self.premises)
        return prove(self.rule, statement, premises, **self.arguments)

    def _premise(self, premise: Premise, statement: Statement, proofs: Proofs) -> Proved:
        if self.more is None and isinstance(premise, str):
            return proofs.find(premise)
        here = Statement(statement.claim, (*statement.given, *(self.more or ())))
        return usable(premise, here, proofs)

    def __str__(self) -> str:
        cited = listed([str(premise) for premise in self.premises])
        return f"{self.words}, from {cited}" if cited else self.words


def listed(items: list[str]) -> str:
    """Items as a sentence names them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *before, last = items or [""]
    return f"{', '.join(before)} and {last}" if before else last


__all__ = ["Step", "listed"]
