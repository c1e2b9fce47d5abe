"""The signs of polynomials in one variable, against their values at many points."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from flint import fmpq, fmpq_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.kernel import signs
from verifier.kernel.known import Bounds
from verifier.kernel.univariate import MAX_DEGREE, signs_on

RATIONALS = st.builds(Fraction, st.integers(-12, 12), st.sampled_from([1, 1, 2, 3]))


@st.composite
def polynomials(draw: st.DrawFn) -> list[Fraction]:
    """The coefficients of a product of linear and definite quadratic factors."""
    roots = draw(st.lists(RATIONALS, max_size=4))
    factors = [[-r, Fraction(1)] for r in roots for _ in range(draw(st.integers(1, 2)))]
    factors += [
        [abs(q) + 1, Fraction(0), Fraction(1)] for q in draw(st.lists(RATIONALS, max_size=1))
    ]
    scale = [Fraction(draw(st.sampled_from([-2, -1, 1, 3])))]

    def times(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
        product = [Fraction(0)] * (len(a) + len(b) - 1)
        for i, u in enumerate(a):
            for j, v in enumerate(b):
                product[i + j] += u * v
        return product

    return reduce(times, factors, scale)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Fraction | None, bool, Fraction | None, bool]:
    low = draw(st.none() | RATIONALS)
    high = None
    if draw(st.booleans()):
        high = draw(RATIONALS) if low is None else low + abs(draw(RATIONALS)) + 1
    return low, draw(st.booleans()), high, draw(st.booleans())


@settings(deadline=None, max_examples=300, derandomize=True)
@given(polynomials(), bounds(), st.booleans())
def test_the_signs_are_exactly_those_that_occur(
    coefficients: list[Fraction],
    within: tuple[Fraction | None, bool, Fraction | None, bool],
    integral: bool,
) -> None:
    low, low_strict, high, high_strict = within
    # between neighbouring twelfths lies no more than one root of denominators 1, 2, 3
    points = [Fraction(k, 1 if integral else 12) for k in range(-600, 601)]
    seen = 0
    for point in points:
        if low is not None and (point < low or (point == low and low_strict)):
            continue
        if high is not None and (point > high or (point == high and high_strict)):
            continue
        seen |= signs.of_number(sum(c * point**i for i, c in enumerate(coefficients)))

    def rational(value: Fraction | None) -> fmpq | None:
        return None if value is None else fmpq(value.numerator, value.denominator)

    poly = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    place = Bounds(rational(low), low_strict, rational(high), high_strict)
    assert signs_on(poly, place, integral) == seen


def test_irrational_roots() -> None:
    poly = fmpq_poly([-2, 0, 1])  # x**2 - 2
    assert signs_on(poly, Bounds(), True) == signs.NONZERO
    assert signs_on(poly, Bounds(), False) == signs.ANY
    above = Bounds(lower=fmpq(141421356, 10**8))
    assert signs_on(poly, above, False) == signs.ANY
    assert signs_on(poly, Bounds(lower=fmpq(141421357, 10**8)), False) == signs.POSITIVE


def test_a_root_just_beyond_the_last_integer() -> None:
    poly = fmpq_poly([1, -2 * 10**20, 0]) * fmpq(1, 2)  # changes sign within (0, 1)
    assert signs_on(poly, Bounds(lower=fmpq(1)), True) == signs.NEGATIVE
    assert signs_on(poly, Bounds(lower=fmpq(0)), True) == signs.NONZERO
    assert signs_on(poly, Bounds(lower=fmpq(0)), False) == signs.ANY


def test_an_empty_interval_has_no_signs() -> None:
    poly = fmpq_poly([0, 1])
    assert signs_on(poly, Bounds(fmpq(1, 3), False, fmpq(2, 3), False), True) == 0
    assert signs_on(poly, Bounds(fmpq(1), True, fmpq(1), False), False) == 0


def test_high_degrees_are_left_alone() -> None:
    poly = fmpq_poly([1] + [0] * MAX_DEGREE + [1])
    assert signs_on(poly, Bounds(), False) == signs.ANY


def test_an_integer_root_far_out_is_reached():
    far = 10**400
    on = Bounds(lower=fmpq(1))
    assert signs_on(fmpq_poly([-far, 1]), on, True) == signs.ANY
    assert signs_on(fmpq_poly([-2 * far + 1, 2]), on, True) == signs.NONZERO
