"""Exact numbers: small rationals of both signs, and targets of every magnitude."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from verifier.engines.witness.draws import magnitudes

Sign = Literal["positive", "negative", "nonzero", "any"]


def rationals(largest: int = 4, denominator: int = 6) -> SearchStrategy[Fraction]:
    """Fractions from -largest to largest, zero among them, with no greater denominator.

    >>> from verifier.testing import simplest
    >>> simplest(rationals(), lambda q: q < 0)
    Fraction(-1, 1)
    """
    return st.fractions(-largest, largest, max_denominator=denominator)


def targets(sign: Sign = "positive", extremes: bool = True) -> SearchStrategy[Fraction]:
    """Targets sigma: 1, simple fractions, and with `extremes` powers of ten up to 10**300.

    `sign` is "positive", "negative", "nonzero" for either, or "any" for zero as well.

    >>> from verifier.testing import simplest
    >>> simplest(targets()), simplest(targets("any"), lambda sigma: sigma <= 0)
    (Fraction(1, 1), Fraction(0, 1))
    """
    sizes = magnitudes() if extremes else st.builds(Fraction, _SMALL, _SMALL)
    if sign == "positive":
        return sizes
    if sign == "negative":
        return sizes.map(lambda size: -size)
    either = st.one_of(sizes, sizes.map(lambda size: -size))
    return either if sign == "nonzero" else st.one_of(st.just(Fraction(0)), either)


_SMALL = st.integers(1, 9)
