"""The optimal split is the flattest one, against a search that knows no formula for it."""

from fractions import Fraction
from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.closed_forms.optimum import optimal_split
from verifier.errors import VerifierError

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)
DEPTHS = st.lists(st.integers(1, 9), min_size=1, max_size=4)
TARGETS = st.fractions(Fraction(1, 50), 50, max_denominator=50)


def sharpness(depths, shares):
    """The squared gradient at the depth-balanced minimum with these shares, layer by layer."""
    layers = [[s ** (1 / d)] * d for d, s in zip(depths, shares, strict=True)]
    return sum(prod(p[:k] + p[k + 1 :]) ** 2 for p in layers for k in range(len(p)))


@SETTINGS
@given(DEPTHS, TARGETS)
def test_no_other_split_is_flatter(depths, target):
    from scipy.optimize import minimize

    best = optimal_split(depths, target, 30)
    assert all(share >= 0 for share in best.shares)
    assert abs(sum(best.shares) / target - 1) < Fraction(1, 10**29)
    assert float(best.sharpness) == pytest.approx(sharpness(depths, list(map(float, best.shares))))
    found = minimize(
        lambda s: sharpness(depths, abs(s)),
        [float(target) / len(depths)] * len(depths),
        constraints={"type": "eq", "fun": lambda s: sum(abs(s)) - float(target)},
        bounds=[(0, float(target))] * len(depths),
        method="SLSQP",
    )
    assert float(best.sharpness) <= sharpness(depths, abs(found.x)) * (1 + 1e-6)


@SETTINGS
@given(DEPTHS, TARGETS)
def test_moving_a_little_from_one_pathway_to_another_does_not_help(depths, target):
    best = optimal_split(depths, target, 30)
    shares = list(map(float, best.shares))
    for i, j in combinations(range(len(depths)), 2):
        for step in (1e-3, -1e-3):
            moved = list(shares)
            moved[i] += step * float(target)
            moved[j] -= step * float(target)
            if min(moved) >= 0:
                here, there = sharpness(depths, shares), sharpness(depths, moved)
                assert there >= here * (1 - 1e-12)
                if best.unique:
                    assert there > here


@SETTINGS
@given(st.lists(st.integers(3, 9), min_size=1, max_size=4), TARGETS, st.integers(1, 60))
def test_digits_are_those_of_a_longer_value(depths, target, digits):
    short, long = optimal_split(depths, target, digits), optimal_split(depths, target, 100)
    for a, b in zip((*short.shares, short.sharpness), (*long.shares, long.sharpness), strict=True):
        assert abs(a - b) <= b * (Fraction(1, 10**digits) + Fraction(1, 10**99))


@pytest.mark.parametrize(
    ("depths", "target", "shares", "multiplier"),
    [
        ([3, 3], 2, [1, 1], 2),
        ([3, 4], 31, [27, 4], 6),
        ([3, 5], 9, [8, 1], 4),
        ([2, 3], 1, [Fraction(7, 8), Fraction(1, 8)], 1),
        ([2, 3], Fraction(1, 8), [0, Fraction(1, 8)], 1),
        ([2, 3], Fraction(1, 64), [0, Fraction(1, 64)], Fraction(1, 2)),
        ([2, 2, 3], 1, [Fraction(7, 16), Fraction(7, 16), Fraction(1, 8)], 1),
        ([2, 2], 1, [Fraction(1, 2)] * 2, 1),
        ([1, 2, 3], 5, [5, 0, 0], 0),
        ([7], 3, [3], None),
    ],
)
def test_known_splits(depths, target, shares, multiplier):
    best = optimal_split(depths, target, 40)
    for found, known in zip(best.shares, shares, strict=True):
        assert abs(found - known) <= Fraction(known) / 10**40
    if multiplier is not None:
        assert abs(best.multiplier - multiplier) <= Fraction(multiplier) / 10**40
    assert best.unique == (depths.count(2) < 2)


def test_extreme_targets_and_depths():
    best = optimal_split([3, 10**6], Fraction(1, 10**300), 20)
    assert abs(sum(best.shares) * 10**300 - 1) < Fraction(1, 10**19)
    best = optimal_split([3, 4, 10**5], 10**300, 20)
    assert abs(sum(best.shares) / 10**300 - 1) < Fraction(1, 10**19)


@pytest.mark.parametrize(
    ("depths", "target", "digits"),
    [([], 1, 9), ([3, 0], 1, 9), ([3], 0, 9), ([3], -1, 9), ([3], 1, 0), ([3], 1, 10**9)],
)
def test_what_has_no_optimal_split(depths, target, digits):
    with pytest.raises(VerifierError):
        optimal_split(depths, target, digits)
