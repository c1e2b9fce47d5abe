"""By monotonicity, derivatives, continuity and limits."""

from __future__ import annotations

from typing import Any

from verifier.reasons.premises import Premise
from verifier.reasons.step import Step
from verifier.statements.terms import Symbol, Term, as_term


def increasing(premise: Premise, by: Term) -> Step:
    """The same relation before, or after, an increasing function is applied to both sides."""
    return Step("monotone", (premise,), {"by": by}, "an increasing function of both sides", "of")


def growth(base: Premise, slope: Premise, on: Symbol, start: Any) -> Step:
    """An inequality that holds at the start, by the sign of the derivative from there on."""
    arguments = {"on": on, "start": as_term(start)}
    return Step("slope", (base, slope), arguments, f"it holds at {on} = {start}, and grows,", "by")


def differentiation(premise: Premise) -> Step:
    """The derivatives of two functions that are equal everywhere."""
    return Step("differentiation", (premise,), words="differentiating both sides", cited="of")


def intermediate_value(of: Term, *premises: Premise) -> Step:
    """A root of a continuous function, and where it lies."""
    words = "the intermediate value theorem"
    return Step("intermediate_value", premises, {"of": of}, words, "with")


def limit_of_monomials() -> Step:
    """The limit of a sum of generalised monomials, term by term."""
    return Step("limit", words="limit term by term")


__all__ = [
    "differentiation",
    "growth",
    "increasing",
    "intermediate_value",
    "limit_of_monomials",
]
