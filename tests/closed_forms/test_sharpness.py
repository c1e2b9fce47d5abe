"""The closed form agrees with the definition, and its digits are rounded correctly."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.closed_forms.sharpness import decimal, sharpness
from verifier.errors import VerifierError
from verifier.networks.allocations import balanced, single_path, split

SETTINGS = settings(deadline=None, derandomize=True, max_examples=60)


@SETTINGS
@given(st.lists(st.fractions(-2, 2, max_denominator=5), min_size=1, max_size=3), st.integers(1, 4))
def test_it_is_the_largest_eigenvalue_of_the_definition(shares, depth):
    from verifier.networks.numeric import sharpness as numeric

    target = sum(shares)
    found = sharpness(split(*shares), len(shares), depth, target, 25)
    defined = numeric([depth] * len(shares), shares, target)
    assert abs(Fraction(found.digits) - Fraction(str(defined))) < Fraction(1, 10**15)


@SETTINGS
@given(st.integers(2, 50), st.integers(3, 60), st.integers(5, 60))
def test_digits_are_those_of_a_longer_value(paths, depth, digits):
    short = sharpness(balanced, paths, depth, Fraction(2), digits)
    long = sharpness(balanced, paths, depth, Fraction(2), digits + 40)
    if short.exact is None:
        assert decimal(Fraction(long.digits), digits) == short.digits.rstrip("0").rstrip(".")


@SETTINGS
@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(1, 30))
def test_decimals_are_within_half_a_unit(value, digits):
    shown = Fraction(decimal(value, digits))
    if value:
        assert abs(shown - value) <= abs(value) * Fraction(10) ** (1 - digits) / 2


def test_the_cost_does_not_depend_on_the_number_of_pathways():
    found = sharpness(balanced, 10**40, 10**40, Fraction(1), 60)
    assert found.digits.startswith("1.") and len(repr(found.term)) < 300


def test_limits():
    with pytest.raises(VerifierError):
        sharpness(single_path, 2, 2, Fraction(1), 10**9)
    with pytest.raises(VerifierError):
        sharpness(single_path, 2, 3, Fraction(10**2000), 5)


def test_digits_may_be_more_than_python_writes() -> None:
    assert decimal(Fraction(48), 100_000) == "48"
    assert decimal(Fraction(2, 7), 6_000) == "0." + "285714" * 1_000
