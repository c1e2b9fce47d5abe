"""The high-precision side against exact arithmetic, far from 1 and in every corner."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.networks import (
    NetworkError,
    ScalarNetwork,
    balanced,
    eigenvalues_above,
    exact_hessian,
    hessian,
    residual,
    shared,
    sharpness,
    sharpness_at,
    single_path,
    split,
    weights_at,
)
from verifier.testing import points

from .strategies import RATIONALS, SETTINGS


def fraction(number):
    """The rational number that an mpf is."""
    sign, mantissa, exponent, _ = number._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


def agree(number, exact, digits=50):
    return abs(fraction(number) - exact) <= abs(exact) / 10**digits


def formula(depths, shares, digits=120):
    """`mode-sharpness`: sum_h L_h |sigma_h|^(2-2/L_h), the closed form banned from the room."""
    mp = mpmath.MPContext()
    mp.dps = digits
    terms = [
        depth
        * (mp.one if depth == 1 else mp.root(abs(mp.convert(share)), depth) ** (2 * depth - 2))
        for depth, share in zip(depths, shares, strict=True)
    ]
    return fraction(mp.fsum(terms))


@SETTINGS
@given(points())
def test_the_hessian_anywhere(point):
    depths, weights, target = point
    exact = exact_hessian(ScalarNetwork(depths), weights, target).tolist()
    largest = max(abs(entry) for row in exact for entry in row)
    found = hessian(weights, target).tolist()
    for i, row in enumerate(exact):
        for j, entry in enumerate(row):
            error = abs(fraction(found[i][j]) - Fraction(int(entry.p), int(entry.q)))
            assert error <= Fraction(int(largest.p), int(largest.q)) / 10**50


@SETTINGS
@given(points())
def test_sharpness_anywhere_is_enclosed_by_exact_counts(point):
    depths, weights, target = point
    matrix = exact_hessian(ScalarNetwork(depths), weights, target)
    found = fraction(sharpness_at(weights, target))
    slack = abs(found) / 10**50
    assert eigenvalues_above(matrix, found + slack) == 0
    assert eigenvalues_above(matrix, found - slack - Fraction(1, 10**400)) >= 1


@SETTINGS
@given(st.lists(st.tuples(st.integers(1, 5), RATIONALS), min_size=1, max_size=3))
def test_sharpness_at_minima_of_any_depths_and_signs(paths):
    depths, shares = zip(*paths, strict=True)
    assert agree(sharpness(depths, shares, sum(shares)), formula(depths, shares))


@pytest.mark.parametrize("target", [Fraction(10) ** 300, Fraction(1, 10**300), Fraction(-1, 7)])
@pytest.mark.parametrize("allocation", [single_path, shared(2), balanced], ids=str)
@pytest.mark.parametrize("depth", [1, 2, 3, 7])
def test_fifty_digits_for_huge_and_tiny_targets(depth, allocation, target):
    depths = (depth,) * 3
    shares = allocation.shares(3, target)
    assert agree(sharpness(depths, shares, target), formula(depths, shares))


@pytest.mark.parametrize(
    ("depths", "shares"),
    [
        ((1, 3), (10**300 - Fraction(1, 3), Fraction(1, 3))),
        ((2, 9), (10**300 - Fraction(10**200, 3), Fraction(10**200, 3))),
        ((3, 3), (Fraction(10**300, 3), 1 - Fraction(10**300, 3))),
        ((2, 5), (Fraction(1, 10**300), Fraction(-1, 10**309))),
    ],
)
def test_fifty_digits_when_the_residual_is_a_difference_of_giants(depths, shares):
    assert agree(sharpness(depths, shares, sum(shares)), formula(depths, shares, digits=800))


@pytest.mark.parametrize("digits", [1, 15, 120])
def test_as_many_digits_as_were_asked_for(digits):
    shares = balanced.shares(2, Fraction(2, 3))
    found = sharpness((3, 3), shares, Fraction(2, 3), digits)
    assert agree(found, formula((3, 3), shares, digits=200), digits)
    assert found.context.dps == digits


@pytest.mark.parametrize("allocation", ["single", "shared", "balanced", "split"])
def test_one_layer_is_equally_sharp_at_every_minimum(allocation):
    chosen = {"single": single_path, "shared": shared(2), "balanced": balanced}
    rule = chosen.get(allocation, split(3, -2, Fraction(1, 2), Fraction(-1, 2)))
    assert sharpness((1,) * 4, rule.shares(4, 1), 1) == 4


@pytest.mark.parametrize("given_split", [(5, 0, 0), (1, 1, 3), (Fraction(1, 2), Fraction(9, 2), 0)])
def test_two_layers_are_equally_sharp_at_every_nonnegative_split(given_split):
    assert agree(sharpness((2,) * 3, split(*given_split).shares(3, 5), 5), 10)


@pytest.mark.parametrize(("depths", "expected"), [((1, 1), 2), ((2, 2), 0), ((3,), 0), ((1, 4), 1)])
def test_a_target_of_zero(depths, expected):
    assert sharpness(depths, (0,) * len(depths), 0) == expected


def test_a_silent_path_with_one_zero_layer_makes_the_minimum_sharper():
    assert sharpness_at([[2, 2, 2], [0, 0, 0]], 8) == 48
    assert sharpness_at([[2, 2, 2], [0, 3, 5]], 8) == 48 + 15**2


def test_a_positive_residual_turns_the_largest_eigenvalue_away_from_the_balanced_direction():
    assert sharpness((3,), (1,), 5) == 4
    assert sharpness((3,), (1,), Fraction(5, 4)) == Fraction(5, 2)


def test_odd_depth_may_take_the_sign_in_every_layer():
    one = weights_at((3,), (-8,))
    assert [list(map(int, path)) for path in one] == [[-2, 2, 2]]
    assert sharpness_at(one, -8) == sharpness_at([[-2, -2, -2]], -8) == 48


@SETTINGS
@given(points())
def test_the_residual_is_target_minus_output(point):
    _, weights, target = point
    products = 0
    for path in weights:
        product = Fraction(1)
        for weight in path:
            product *= weight
        products += product
    assert abs(fraction(residual(weights, target)) - (target - products)) <= Fraction(1, 10**45)


def test_weights_multiply_to_the_shares():
    shares = (Fraction(2), Fraction(-1, 3), Fraction(0))
    weights = weights_at((3, 2, 4), shares, 60)
    assert [len(path) for path in weights] == [3, 2, 4]
    for path, share in zip(weights, shares, strict=True):
        product = Fraction(1)
        for weight in path:
            product *= fraction(weight)
        assert abs(product - share) <= Fraction(1, 10**58)
    assert set(weights[2]) == {0}


def test_the_shared_context_of_mpmath_is_left_alone():
    before = mpmath.mp.dps
    sharpness((3, 3), (1, 1), 2, digits=200)
    weights_at((3,), (2,), 300)
    assert mpmath.mp.dps == before


def test_forty_weights_of_the_experiment_take_about_a_second():
    """`three-regimes`: L = 20 and H = 2, where 2 / lambda_min is read off the slides as 0.18661."""
    found = sharpness((20, 20), balanced.shares(2, 1), 1)
    assert agree(found, formula((20, 20), (Fraction(1, 2),) * 2))
    assert mpmath.nstr(2 / found, 5) == "0.18661"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: sharpness((10**9,), (1,), 1), "1000000000 weights, the numeric Hessian stops at"),
        (lambda: sharpness((3,) * 40, (1,) * 40, 1), "120 weights, the numeric Hessian stops at"),
        (lambda: sharpness((3, 0), (1, 1), 1), "pathway 2 has depth 0"),
        (lambda: sharpness((3, 3), (1,), 1), "1 shares for 2 pathways (give one share"),
        (lambda: sharpness((), (), 1), "the network has no pathway"),
        (lambda: hessian([], 1), "the network has no pathway"),
        (lambda: residual([[1], []], 1), "pathway 2 has depth 0"),
        (lambda: sharpness_at([["1"]], 1), "'1' is not a real number"),
        (lambda: sharpness_at([[1j]], 1), "1j is not a real number"),
        (lambda: sharpness_at([[float("nan")]], 1), "nan is not finite"),
        (lambda: sharpness_at([[1]], float("inf")), "inf is not finite"),
        (lambda: sharpness((1,), (1,), 1, digits=0), "cannot give 0 digits"),
        (lambda: weights_at((1,), (1,), digits=10**6), "cannot give 1000000 digits"),
        (lambda: residual([[1]], 1, digits=1.5), "cannot give 1.5 digits"),
    ],
)
def test_questions_without_an_answer(ask, message):
    with pytest.raises(NetworkError) as caught:
        ask()
    assert message in str(caught.value)
