"""The threshold of return agrees with the map itself, and its digits are certain."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import MPContext

from verifier.closed_forms.return_threshold import enclosure, return_threshold
from verifier.errors import VerifierError

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)
mp = MPContext()
mp.dps = 40


def step(weight, depth, gamma):
    """The map of the definition, target 1."""
    return weight - gamma / depth * weight ** (depth - 1) * (weight**depth - 1)


def largest(depth, gamma):
    """The largest value of the map on (0, 1), by thirds (it rises, then falls)."""
    low, high = mp.mpf(0), mp.mpf(1)
    for _ in range(400):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if step(left, depth, gamma) < step(right, depth, gamma):
            low = left
        else:
            high = right
    return step(low, depth, gamma)


def returns(depth, gamma):
    return 0 < step(largest(depth, gamma), depth, gamma) < 1


@pytest.mark.parametrize("depth", [2, 3, 4, 5, 7, 11, 20, 64])
def test_the_largest_overshoot_returns_below_the_threshold_and_not_above(depth):
    gamma = mp.mpf(return_threshold(depth, 30).gamma)
    assert returns(depth, gamma * (1 - mp.mpf(10) ** -20))
    assert not returns(depth, gamma * (1 + mp.mpf(10) ** -20))


@pytest.mark.parametrize("depth", [2, 3, 5, 20])
def test_every_overshoot_from_a_grid_returns_below_the_threshold(depth):
    found = return_threshold(depth, 20)
    gamma = mp.mpf(found.gamma) * (1 - mp.mpf(10) ** -9)
    overshoots = [w for i in range(1, 500) if (w := step(mp.mpf(i) / 500, depth, gamma)) > 1]
    assert overshoots and all(0 < step(w, depth, gamma) < 1 for w in overshoots)
    start, overshoot = mp.mpf(found.start), mp.mpf(found.overshoot)
    assert abs(step(start, depth, mp.mpf(found.gamma)) - overshoot) < 1e-15
    assert abs(step(overshoot, depth, mp.mpf(found.gamma))) < 1e-15
    assert max(overshoots) < overshoot


def test_at_depth_two_it_is_known_exactly():
    gamma = 3 * mp.sqrt(3) - 2
    assert return_threshold(2, 35).gamma == mp.nstr(gamma, 35)


def test_the_value_of_the_authors():
    assert return_threshold(5, 4).gamma == "4.224"


@SETTINGS
@given(st.integers(2, 10**6), st.integers(1, 60))
def test_digits_are_those_of_a_longer_value(depth, digits):
    short, long = return_threshold(depth, digits), return_threshold(depth, digits + 20)
    for name in ("gamma", "start", "overshoot"):
        one, other = (Fraction(getattr(r, name)) for r in (short, long))
        unit = Fraction(10) ** (len(str(int(other))) * (other >= 1) - digits)
        assert abs(one - other) <= unit / 2


@pytest.mark.parametrize("bits", [30, 64, 300])
def test_balls_overlap_whatever_their_precision(bits):
    for depth in (2, 5, 1000):
        for ball, closer in zip(enclosure(depth, bits), enclosure(depth, 900), strict=True):
            assert ball.contains(closer)


def test_the_step_size_is_gamma_over_the_sharpness():
    found = return_threshold(5)
    assert found.step_size() == pytest.approx(0.84489908)
    assert found.step_size(3.0) * 5 * 3 ** (2 - 2 / 5) == pytest.approx(float(found.gamma))
    with pytest.raises(VerifierError):
        found.step_size(0.0)


def test_what_cannot_be_answered_is_refused():
    for depth, digits in ((1, 15), (0, 15), (10**9 + 1, 15), (5, 0), (5, 2_001)):
        with pytest.raises(VerifierError):
            return_threshold(depth, digits)


def test_no_global_precision_is_changed():
    from flint import ctx

    before = ctx.prec, mpmath.mp.dps
    return_threshold(7, 100)
    assert (ctx.prec, mpmath.mp.dps) == before
