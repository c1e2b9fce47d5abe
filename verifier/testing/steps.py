"""Step sizes of gradient descent, around the largest one at which a minimum is stable."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from verifier.networks.errors import NetworkError

Side = Literal["below", "at", "above", "any"]


def step_sizes(sharpness: Fraction | int, side: Side = "any") -> SearchStrategy[Fraction]:
    """Step sizes eta below, at or above 2/sharpness, some of them within 10**-30 of it.

    >>> from verifier.testing import simplest
    >>> simplest(step_sizes(4)), simplest(step_sizes(4, "above"))
    (Fraction(1, 2), Fraction(11, 20))

    A minimum whose sharpness is that is linearly stable below, and unstable above.

    Raises:
        NetworkError: the sharpness is not positive, so that no step size is too large.
    """
    if sharpness <= 0:
        raise NetworkError(
            f"there is no largest stable step at sharpness {sharpness}", "give one that is positive"
        )
    near = st.integers(1, 30).map(lambda p: Fraction(1, 10**p))
    below = st.one_of(
        st.builds(lambda n, more: Fraction(n, n + more), _SMALL, _SMALL), near.map(lambda q: 1 - q)
    )
    above = st.one_of(
        st.builds(lambda n, more: 1 + Fraction(more, n), _SMALL, _SMALL), near.map(lambda q: 1 + q)
    )
    sides = {"below": below, "at": st.just(Fraction(1)), "above": above}
    parts = st.one_of(*sides.values()) if side == "any" else sides[side]
    return parts.map(lambda part: part * 2 / sharpness)


_SMALL = st.integers(1, 9)
