"""By cases, by contraposition, by induction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.kernel.proved import Proved, prove
from verifier.reasons.premises import Premise, usable
from verifier.reasons.step import Step
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Symbol, as_term
from verifier.theorem import Proofs, Reason


@dataclass(frozen=True)
class Cases:
    """A distinction of cases: a relation holds, or it fails."""

    on: Relation
    where: Reason
    elsewhere: Reason

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        parts = tuple(
            reason.prove(Statement(statement.claim, (*statement.given, case)), proofs)
            for reason, case in ((self.where, self.on), (self.elsewhere, self.on.negation))
        )
        return prove("cases", statement, parts, on=self.on)

    def __str__(self) -> str:
        return f"if {self.on}: {self.where}; if {self.on.negation}: {self.elsewhere}"


@dataclass(frozen=True)
class Contraposition:
    """The negation of the claim contradicts something that is given."""

    premise: Premise

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        denied = Statement(statement.claim, (*statement.given, statement.claim.negation))
        return prove("contraposition", statement, (usable(self.premise, denied, proofs),))

    def __str__(self) -> str:
        return f"contraposition of {self.premise}"


def contraposition(premise: Premise) -> Contraposition:
    """Where the claim fails, the premise denies something that is given."""
    return Contraposition(premise)


def induction(base: str, step: str, on: Symbol, start: Any) -> Step:
    """The claim at the start, and at n + 1 under the hypothesis that it holds at n."""
    arguments = {"on": on, "start": as_term(start)}
    return Step("induction", (base, step), arguments, f"induction over {on}", more=None)


__all__ = ["Cases", "Contraposition", "contraposition", "induction"]
