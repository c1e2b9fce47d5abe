"""Statements from text, values from text, and independent evaluation, for the tests of engines."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from mpmath.ctx_mp import MPContext

from tests.soundness.exact import value as exact_value
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import NONNEGATIVE, POSITIVE, Apply, Number, Symbol, Term
from verifier.statements.vocabulary import VARIABLES, family, integer, real

DECLARED: dict[str, Symbol] = {
    **{name: real(name) for name in "xyz"},
    **{name: integer(name) for name in "nmhi"},
    **{name: Symbol(name, POSITIVE) for name in "ab"},
    "c": Symbol("c", NONNEGATIVE),
    "s": family("s", NONNEGATIVE),
    "w": family("w"),
}
mp = MPContext()
mp.dps = 60


def say(claim: str, given: str = "") -> Statement:
    """`say("x > y", "y < 0; x >= 1")`."""
    texts = [text.strip() for text in given.split(";") if text.strip()]
    conditions = [c for text in texts for c in parse_conditions(text, DECLARED)]
    return Statement(parse(claim, DECLARED), conditions)


def at(text: str) -> dict[Symbol, Term]:
    """`at("H=2 x=-1/2")`."""
    entries = (entry.split("=") for entry in text.split())
    return {{**VARIABLES, **DECLARED}[n]: Number(Fraction(v)) for n, v in entries}


def number(value: Any) -> Fraction:
    """The fraction that a value of a refutation is."""
    return exact_value(value, {})


def families(entries: tuple[Fraction, ...]) -> Any:
    """The function that `values.table` describes: the entries from 1 on, and the last for ever."""
    return lambda i: entries[i - 1] if 1 <= i <= len(entries) else entries[-1]


def largest_eigenvalue(weights: list[list[Any]], target: Any) -> Any:
    """That of the Hessian of (f - target)**2 / 2, each entry written out from the definition."""
    places = [(h, j) for h, row in enumerate(weights) for j in range(len(row))]

    def without(h: int, *left_out: int) -> Any:
        return prod(w for j, w in enumerate(weights[h]) if j not in left_out)

    def entry(one: tuple[int, int], two: tuple[int, int]) -> Any:
        product = without(*one) * without(*two)
        if one == two or one[0] != two[0]:
            return product
        return product + (sum(map(prod, weights)) - target) * without(one[0], one[1], two[1])

    rows = [[mp.mpf(1) * entry(one, two) for two in places] for one in places]
    return max(mp.eigsy(mp.matrix(rows), eigvals_only=True))


def sharpness(shares: list[Any], depth: int) -> Any:
    """The sharpness at depth-balanced weights, from the definition."""
    roots = [mp.root(mp.mpf(q.numerator) / q.denominator, depth) for q in map(Fraction, shares)]
    return largest_eigenvalue([[r] * depth for r in roots], mp.fsum(r**depth for r in roots))


def is_apply(node: object, *heads: str) -> bool:
    return isinstance(node, Apply) and node.head in heads
