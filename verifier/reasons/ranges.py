"""By what sums and products over ranges do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.reasons.premises import Premise, usable
from verifier.reasons.step import Step
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term, as_term
from verifier.theorem import Proofs


@dataclass(frozen=True)
class AddingUp:
    """A relation between members, added up over one or more nested ranges, or multiplied.

    Where the sums' relation is strict and the members' is not, `strict` shows that it is strict for
    the members at one `place`.
    """

    member: Premise
    indices: tuple[Symbol, ...]
    place: Term | None = None
    strict: Premise = ""
    head: str = "Sum"

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        if not self.indices:
            member = usable(self.member, statement, proofs)
            same = member.statement.claim is statement.claim
            return member if same else prove("arithmetic", statement, (member,))
        index, *inner = self.indices
        claim, bodies = statement.claim, []
        for side in (claim.lhs, claim.rhs):
            if not isinstance(side, Apply) or side.head != self.head:
                raise Refused(f"{side!r} is no {self.head}")
            body, own, lower, upper = side.args
            bodies.append(substitute(body, {own: index}))
        within = (*statement.given, Relation("<=", lower, index), Relation("<=", index, upper))
        op = claim.op
        places: tuple[Term, ...] = ()
        premises: tuple[Proved, ...] = ()
        if self.place is not None:
            op, places = {"<": "<=", ">": ">="}[op], (self.place,)
            premises = (usable(self.strict, statement, proofs),)
        members = Statement(Relation(op, *bodies), within)
        member = AddingUp(self.member, tuple(inner), head=self.head).prove(members, proofs)
        if self.head == "Product":
            return prove("multiplication", statement, (member,), index=index)
        return prove("summation", statement, (member, *premises), index=index, strict_at=places)

    def __str__(self) -> str:
        if self.head == "Product":
            return f"multiplying up {self.member}"
        strictly = f", strict by {self.strict}" if self.strict else ""
        return f"adding up {self.member}{strictly}"


def summation(member: Premise, *indices: Symbol) -> AddingUp:
    """The members' relation added up over nested ranges, the outermost index first."""
    return AddingUp(member, indices)


def multiplication(member: Premise, *indices: Symbol) -> AddingUp:
    """The members' relation multiplied up over nested ranges, the outermost index first."""
    return AddingUp(member, indices, head="Product")


def summation_strict_at(member: str, index: Symbol, place: Term, strict: Premise) -> AddingUp:
    """The members' weak relation added up; at one place it is strict."""
    return AddingUp(member, (index,), place, strict)


def cauchy_schwarz() -> Step:
    """The Cauchy-Schwarz inequality for nested sums."""
    return Step("cauchy_schwarz", words="Cauchy-Schwarz")


def splitting(at: Any) -> Step:
    """A range divided in two after a place."""
    return Step("split_range", (), {"at": as_term(at)}, "splitting the range")


def exchanging(*order: int) -> Step:
    """Nested sums in another order: the positions, from 0 on, as they are nested on the right."""
    return Step("exchange", (), {"order": order}, "exchanging sums")


__all__ = [
    "AddingUp",
    "cauchy_schwarz",
    "exchanging",
    "multiplication",
    "splitting",
    "summation",
    "summation_strict_at",
]
