"""Iverson brackets: 1 where a relation holds, 0 where it fails, an atom where that is open."""

from __future__ import annotations

from verifier.kernel.polynomial import Facts, Poly, as_atom, constant, to_term
from verifier.kernel.signs import HOLDS, only
from verifier.statements.terms import Apply, Relation


def iverson(facts: Facts, op: str, difference: Poly) -> Poly:
    """The bracket [difference op 0]."""
    sign = facts.sign(difference)
    if only(sign, HOLDS[op]):
        return constant(1)
    if not sign & HOLDS[op]:
        return constant(0)
    if op in (">", ">="):
        op, difference = {">": "<", ">=": "<="}[op], -difference
    if op in ("==", "!="):
        difference = min(difference, -difference, key=lambda p: repr(to_term(p)))
    if op == "!=":
        return constant(1) - _bracket(facts, "==", difference)
    return _bracket(facts, op, difference)


def _bracket(facts: Facts, op: str, difference: Poly) -> Poly:
    return as_atom(facts, Apply("Iverson", Relation(op, to_term(difference), 0)))
