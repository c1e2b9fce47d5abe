"""A case in which a statement fails: in plain fractions, searched for, or by the definition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import hypothesis.strategies  # noqa: F401  (once, not in every process that is killed)
import mpmath  # noqa: F401
import sympy  # noqa: F401

from verifier.engines.counterexample import falsify
from verifier.engines.counterexample.values import determined
from verifier.engines.witness import draws, sizes
from verifier.engines.witness.lowering import CannotLower
from verifier.statements.statement import Statement

from .exact import Inexact, UndefinedHere, fails, value
from .generate import Generator

POINTS = 100
SIZE = 4  # pathways times depth, at most


def in_fractions(statement: Statement, count: int = POINTS) -> str:
    """A small point at which it fails by exact evaluation, as text; "" if none is found."""
    for point in points(statement, count):
        try:
            if fails(statement, point):
                return f"{statement!r} fails at {point}"
        except Inexact:
            continue
    return ""


def points(statement: Statement, count: int) -> Iterator[dict[Any, Any]]:
    """Small values, with those that the equalities among what is given determine."""
    dependent = determined(statement)
    for point in Generator(0).points(statement, count):
        try:
            for symbol, term in dependent:
                point[symbol] = _within_reach(term, point, symbol)
        except (UndefinedHere, Inexact):
            continue
        yield point


def _within_reach(term: Any, point: dict[Any, Any], symbol: Any) -> Fraction:
    found = value(term, point)
    if not symbol.domain.contains(found):
        raise UndefinedHere("outside the domain")
    return found


def by_search(statement: Statement, seconds: float = 0.5, cases: int = 200) -> str:
    """Values that the search for counterexamples finds and the kernel confirms, as text."""
    refuted = falsify.search(statement, seconds, cases).refuted
    return str(refuted) if refuted else ""


def by_definition(statement: Statement, size: int = SIZE) -> str:
    """A case in which it fails by the derived Hessian, or by numbers at 50 digits, as text."""
    found = None
    with suppress(CannotLower):  # a Hessian inside a derivative
        found = sizes.check(statement, size)[1]
    found = found or draws.check(statement, 3)[1]
    return f"{statement!r} fails at {found}" if found else ""


def anyhow(statement: Statement) -> str:
    """The same in each of these ways, the quickest first."""
    return in_fractions(statement) or by_search(statement) or by_definition(statement)


__all__ = ["anyhow", "by_definition", "by_search", "in_fractions"]
