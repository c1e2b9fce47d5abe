"""By the inequalities that have a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.reasons.step import Step
from verifier.statements.terms import Term, as_term
from verifier.statements.vocabulary import Range, Sum


def am_gm(pairs: Mapping[Any, Any], distinct: tuple[int, ...] = ()) -> Step:
    """The weighted means of values: {value: weight, ...}; the tangent of a power is a case."""
    arguments = {
        "weights": tuple(as_term(w) for w in pairs.values()),
        "values": tuple(as_term(v) for v in pairs),
        "distinct": distinct,
    }
    return Step("am_gm", (), arguments, "weighted arithmetic and geometric means")


def am_gm_range(
    value: Any, bounds: Range, weight: Any = 1, distinct: tuple[Term, ...] = ()
) -> Step:
    """The weighted means of the values of a range."""
    arguments = {
        "weights": Sum(weight, bounds),
        "values": Sum(value, bounds),
        "distinct": distinct,
    }
    return Step("am_gm_range", (), arguments, "arithmetic and geometric means over the range")


def exponential(at: Any) -> Step:
    """The tangent of the exponential: exp(t) >= 1 + t."""
    return Step("exp_tangent", (), {"at": as_term(at)}, "exp(t) >= 1 + t")


__all__ = ["am_gm", "am_gm_range", "exponential"]
