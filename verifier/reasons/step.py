"""A step: one rule of the kernel, with its premises and arguments.  Most reasons are one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    sum from first, second and mode-sharpness/equal-depth
    """

    rule: str
    premises: tuple[Premise, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    cited: str = "from"  # what stands between the words and the premises
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

    def told(self, say: Callable[[str], str] = str, cite: Callable[[Premise], str] = str) -> str:
        """The words, and the premises as a sentence names them."""
        if not self.premises:
            return say(self.words)
        *others, last = map(cite, self.premises)
        listed = " and ".join(filter(None, [", ".join(others), last]))
        return f"{say(self.words)} {self.cited} {listed}"

    def __str__(self) -> str:
        return self.told()


__all__ = ["Step"]
