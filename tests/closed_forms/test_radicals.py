"""Normal forms of sums of roots are equal if and only if the sums are."""

from fractions import Fraction

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.closed_forms.radicals import Radicals, coprime_basis, rational

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
POSITIVE = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)


def value(index, products):
    mp = mpmath.MPContext()
    mp.dps = 300
    return mp.fsum(
        mp.convert(c) * mp.fprod(mp.root(mp.convert(n), index) ** e for n, e in powers)
        for c, powers in products
    )


@st.composite
def sums(draw):
    """Two sums of few roots of numbers with common factors, so that some are equal."""
    index = draw(st.integers(1, 6))
    numbers = draw(
        st.lists(POSITIVE | st.sampled_from([2, 4, 8, 6, 12, 36]), min_size=1, max_size=3)
    )
    numbers = [Fraction(n) for n in numbers]
    powers = st.lists(st.tuples(st.sampled_from(numbers), st.integers(-4, 12)), max_size=2)
    product = st.tuples(st.integers(1, 3).map(Fraction), powers)
    return index, numbers, [draw(st.lists(product, min_size=1, max_size=3)) for _ in range(2)]


@SETTINGS
@given(sums())
def test_forms_are_equal_where_the_values_are(drawn):
    index, numbers, (first, second) = drawn
    radicals = Radicals(numbers, index)
    forms = [radicals.total(radicals.product(*p) for p in products) for products in (first, second)]
    values = [value(index, products) for products in (first, second)]
    assert (forms[0] == forms[1]) == (abs(values[0] - values[1]) < mpmath.mpf(10) ** -250)
    for form, number in zip(forms, values, strict=True):
        ball = radicals.ball(form, 200)
        assert abs(number - number.context.mpf(ball.mid().str(70, radius=False))) < number / 10**50
        if (exact := rational(form)) is not None:
            assert abs(number - number.context.convert(exact)) < mpmath.mpf(10) ** -250


def test_sums_that_look_different():
    radicals = Radicals(map(Fraction, (2, 8, 32, 18)), 2)
    form = radicals.total([radicals.product(1, [(Fraction(8), 1)])])
    assert form == radicals.total([radicals.product(2, [(Fraction(2), 1)])])
    three = radicals.total(radicals.product(1, [(Fraction(n), 1)]) for n in (2, 8))
    assert three == radicals.total([radicals.product(1, [(Fraction(18), 1)])])
    assert (
        rational(radicals.total([radicals.product(1, [(Fraction(2), 1), (Fraction(8), 1)])])) == 4
    )


@SETTINGS
@given(st.lists(st.integers(1, 10**6), max_size=6))
def test_the_basis(integers):
    basis = coprime_basis(integers)
    for place, b in enumerate(basis):
        assert b > 1
        assert all(mpmath.libmp.gcd(b, other) == 1 for other in basis[:place])
        assert not any(round(b ** (1 / n)) ** n == b for n in range(2, 21))
    for number in integers:
        for b in basis:
            while number % b == 0:
                number //= b
        assert number == 1


def test_large_primes_are_not_factored():
    p, q = 2**521 - 1, 2**607 - 1
    assert coprime_basis([p * q, p**6]) == (p, q)
