"""Signs of nested radicals, zero included, against exact fields, minimal polynomials and mpmath."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb, isqrt, log2

import pytest
from flint import ctx, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath.ctx_mp import MPContext

from tests.engines.say import say
from verifier.judge import judge_statement
from verifier.kernel import algebraic
from verifier.kernel.algebraic import algebraic_sign, separation
from verifier.kernel.collecting import collected
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.kernel.refuted import refute
from verifier.kernel.signs import NEGATIVE, POSITIVE, ZERO
from verifier.statements.parser import parse_term
from verifier.statements.terms import Apply, Number, Term
from verifier.statements.vocabulary import Abs, Max, Min, real, sqrt
from verifier.verdicts import Verdict

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
mp = MPContext()
mp.dps = 200

IDENTITIES = [
    ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)"),
    ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"),
    ("sqrt(2 + sqrt(3))", "(sqrt(6) + sqrt(2))/2"),
    ("sqrt(16 - 2*sqrt(29) + 2*sqrt(55 - 10*sqrt(29)))", "sqrt(22 + 2*sqrt(5)) - sqrt(11 + 2*"
     "sqrt(29)) + sqrt(5)"),
    ("sqrt(11 + 6*sqrt(2)) + sqrt(11 - 6*sqrt(2))", "6"),
    ("sqrt(10 + 2*sqrt(6) + 2*sqrt(10) + 2*sqrt(15))", "sqrt(2) + sqrt(3) + sqrt(5)"),
    ("(2 + sqrt(5))**(1/3) - (sqrt(5) - 2)**(1/3)", "1"),
    ("(7 + 5*sqrt(2))**(1/3)", "1 + sqrt(2)"),
    ("(26 + 15*sqrt(3))**(1/3) + (26 - 15*sqrt(3))**(1/3)", "4"),
    ("(2**(1/3) - 1)**(1/3)", "(1/9)**(1/3) - (2/9)**(1/3) + (4/9)**(1/3)"),
    ("sqrt(5**(1/3) - 4**(1/3))", "(2**(1/3) + 20**(1/3) - 25**(1/3))/3"),
    ("sqrt(28**(1/3) - 27**(1/3))", "(98**(1/3) - 28**(1/3) - 1)*(1/3)"),
    ("((3 + 2*5**(1/4))/(3 - 2*5**(1/4)))**(1/4)", "(5**(1/4) + 1)/(5**(1/4) - 1)"),
    ("((1 + sqrt(5))/2)**30", "832040*(1 + sqrt(5))/2 + 514229"),
    ("((1 + sqrt(5))/2)**(-2)", "1 - 2/(1 + sqrt(5))"),
    ("1/(sqrt(2) + sqrt(3) + sqrt(5))", "(2*sqrt(3) + 3*sqrt(2) - sqrt(30))/12"),
    ("4**(1/4)", "sqrt(2)"),
    ("Abs(1 - sqrt(2)) + Min(sqrt(2), 3/2)", "2*sqrt(2) - Max(1, 1/sqrt(2))"),
    ("Max(sqrt(3 + 2*sqrt(2)), 1 + sqrt(2))", "1/(sqrt(2) - 1)"),
    ("sqrt(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)) + 1", "(sqrt(2) - 1)*(sqrt(2) + 1)"),
    ("0**(1/3) + 0**0", "1"),
]  # fmt: skip
LARGE = [  # decided in normal form, where the radicands are primes
    ("sqrt((1/5)**(1/5) + (4/5)**(1/5))", "(16/125)**(1/5) + (8/125)**(1/5) + (2/125)**(1/5)"
     " - (1/125)**(1/5)"),
    ("((32/5)**(1/5) - (27/5)**(1/5))**(1/3)", "(1/25)**(1/5) + (3/25)**(1/5) - (9/25)**(1/5)"),
]  # fmt: skip


def term(text: str) -> Term:
    return parse_term(text)


@pytest.mark.parametrize(("lhs", "rhs"), IDENTITIES)
def test_an_identity_holds_and_its_neighbours_in_far_digits_fail(lhs: str, rhs: str) -> None:
    difference = term(lhs) - term(rhs)
    assert algebraic_sign(difference) == ZERO
    for digits in (40, 70, 100):
        small = Number(Fraction(1, 10**digits))
        assert algebraic_sign(difference + small) == POSITIVE
        assert algebraic_sign(difference - small) == NEGATIVE
        assert algebraic_sign(term(lhs) - term(rhs) * (1 + small)) in (NEGATIVE, POSITIVE)


@pytest.mark.parametrize(("lhs", "rhs"), IDENTITIES + LARGE)
def test_an_identity_is_proved_and_its_negation_refuted(lhs: str, rhs: str) -> None:
    prove("arithmetic", say(f"{lhs} == {rhs}"))
    refute(say(f"{lhs} != {rhs}"), {})
    for digits in (41, 97):
        near = f"{rhs} + 1/10**{digits}"
        prove("arithmetic", say(f"{lhs} < {near}"))
        refute(say(f"{lhs} == {near}"), {})
        with pytest.raises(Refused):
            prove("arithmetic", say(f"{lhs} == {near}"))
    with pytest.raises(Refused):
        refute(say(f"{lhs} == {rhs}"), {})


@pytest.mark.parametrize("digits", [1, 20, 40, 60, 100])
@pytest.mark.parametrize("radicand", [2, 5 * 10**9 + 1, 10**50 - 1])
def test_a_root_is_between_its_decimals(radicand: int, digits: int) -> None:
    below = Fraction(isqrt(radicand * 10 ** (2 * digits)), 10**digits)
    above = below + Fraction(1, 10**digits)
    nested = sqrt(radicand + 1 + 2 * sqrt(Number(radicand)))  # 1 + sqrt(radicand)
    for root in (sqrt(Number(radicand)), nested - 1, 2 * radicand / (2 * nested - 2)):
        assert algebraic_sign(root - below) == POSITIVE
        assert algebraic_sign(root - above) == NEGATIVE


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("sqrt(10) + sqrt(11) - sqrt(5) - sqrt(18)", POSITIVE),
        ("sqrt(5) + sqrt(6) + sqrt(18) - sqrt(4) - sqrt(12) - sqrt(12)", NEGATIVE),
        ("sqrt(2)*886731088897 - 1254027132096", POSITIVE),  # 2*q**2 == p**2 + 2
        ("sqrt(2)*627013566048 - 886731088897", NEGATIVE),  # 2*q**2 == p**2 - 1
    ],
)
def test_near_coincidences(text: str, sign: int) -> None:
    assert algebraic_sign(term(text)) == sign
    assert algebraic_sign(Number(0) - term(text)) == POSITIVE + NEGATIVE - sign


@pytest.mark.parametrize("order", [2, 3, 4, 5])
@pytest.mark.parametrize("start", [10**3, 10**12, 10**30])
def test_finite_differences_of_roots_have_the_sign_of_the_derivative(
    order: int, start: int
) -> None:
    """The difference of order k is the k-th derivative of the root somewhere: (-1)**(k-1) * ..."""
    total: Term = Number(0)
    for i in range(order + 1):
        total = total + (-1) ** (order - i) * comb(order, i) * sqrt(Number(start + i))
    assert algebraic_sign(total) == (POSITIVE if order % 2 else NEGATIVE)


# --- against exact arithmetic in Q(sqrt(2), sqrt(3), sqrt(5)) -------------------------------------

UNITS = [2**a * 3**b * 5**c for a, b, c in product((0, 1), repeat=3)]
Element = dict[int, Fraction]  # the coefficients of the roots of the units


def times(x: Element, y: Element) -> Element:
    found: Element = {}
    for (m, a), (n, b) in product(x.items(), y.items()):
        square = isqrt(max(d * d for d in (1, 2, 3, 5, 6, 10, 15, 30) if m * n % (d * d) == 0))
        unit = m * n // square**2
        found[unit] = found.get(unit, Fraction(0)) + a * b * square
    return found


def as_roots(x: Element) -> Term:
    found: Term = Number(0)
    for unit, coefficient in sorted(x.items()):
        product_: Term = Number(coefficient)
        for prime in (2, 3, 5):
            if unit % prime == 0:
                product_ = product_ * sqrt(Number(prime))
        found = found + product_
    return found


def in_digits(x: Element) -> object:
    return mp.fsum(mp.mpf(c.numerator) / c.denominator * mp.sqrt(n) for n, c in x.items())


coefficients = st.fractions(-9, 9, max_denominator=4)
elements = st.dictionaries(st.sampled_from(UNITS), coefficients, min_size=1, max_size=3)


@given(elements, st.sampled_from([2, 3, 4]))
@SETTINGS
def test_the_root_of_a_power_is_the_absolute_value(x: Element, degree: int) -> None:
    """Roots of units are independent over Q, so that an element vanishes with its coefficients."""
    power = x
    for _ in range(degree - 1):
        power = times(power, x)
    assume(degree % 2 == 0 or in_digits(x) >= 0)
    root = as_roots(power) ** Fraction(1, degree)
    size = as_roots(x) if in_digits(x) >= 0 else -as_roots(x)
    assert algebraic_sign(root - size) == ZERO
    assert algebraic_sign(root - Abs(as_roots(x))) == ZERO
    small = Fraction(1, 10**90)
    assert algebraic_sign(root - size - small) == NEGATIVE


@given(elements, elements)
@SETTINGS
def test_quotients_in_the_field(x: Element, y: Element) -> None:
    if not any(y.values()):
        with pytest.raises(Refused):
            algebraic_sign(as_roots(x) / as_roots(y))
        return
    product_ = as_roots(times(x, y))
    assert algebraic_sign(product_ / as_roots(y) - as_roots(x)) == ZERO
    sign = mp.sign(in_digits(x))
    expected = POSITIVE if sign > 0 else NEGATIVE if any(x.values()) else ZERO
    assert algebraic_sign(as_roots(x)) == expected


# --- against mpmath and minimal polynomials -------------------------------------------------------

numbers = st.one_of(st.integers(-5, 5).map(Number), st.sampled_from(["1/2", "7/3"]).map(Number))
radicals = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.builds(Apply, st.sampled_from("+-*/"), inner, inner),
        st.builds(Apply, st.sampled_from(["Min", "Max"]), inner, inner),
        st.builds(Apply, st.sampled_from(["neg", "Abs", "sqrt"]), inner),
        st.builds(
            lambda base, exponent: base ** Fraction(exponent),
            inner,
            st.sampled_from(["1/3", "2/3", "-1/2", "3/2", "-2", "3", "0"]),
        ),
    ),
    max_leaves=7,
)


class TooClose(Exception):
    """Zero as far as 150 of 200 digits tell."""


class Undefined(Exception):
    """No value."""


def in_mpmath(node: Term) -> object:
    """A value in 200 digits; whatever rests on a number near zero is given up."""
    if isinstance(node, Number):
        return mp.mpf(node.value.numerator) / node.value.denominator
    if node.head == "**":
        return power_in_mpmath(in_mpmath(node.args[0]), node.args[1].value)
    if node.head == "sqrt":
        return power_in_mpmath(in_mpmath(node.args[0]), Fraction(1, 2))
    args = [in_mpmath(a) for a in node.args]
    if node.head == "/":
        return args[0] * power_in_mpmath(args[1], Fraction(-1))
    simple = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
        "neg": lambda a: -a, "Abs": abs, "Min": min, "Max": max,
    }  # fmt: skip
    return simple[node.head](*args)


def power_in_mpmath(base: object, exponent: Fraction) -> object:
    if exponent.denominator == 1 and exponent >= 0:
        return base ** int(exponent)
    if abs(base) < mp.mpf(10) ** -150:
        if base != 0:
            raise TooClose
        if exponent < 0:
            raise Undefined
        return mp.mpf(0)
    if base < 0 and exponent.denominator > 1:
        raise Undefined
    if exponent.denominator == 1:
        return 1 / base ** int(-exponent)
    return mp.exp(mp.mpf(exponent.numerator) / exponent.denominator * mp.log(base))


@given(radicals)
@SETTINGS
def test_signs_agree_with_many_digits(node: Term) -> None:
    try:
        value = in_mpmath(node)
    except TooClose:
        assume(False)
    except Undefined:
        with pytest.raises(Refused):
            algebraic_sign(node)
        return
    expected = ZERO if abs(value) < mp.mpf(10) ** -150 else POSITIVE if value > 0 else NEGATIVE
    assert algebraic_sign(node) == expected


@given(radicals)
@SETTINGS
def test_a_value_that_is_not_zero_is_above_the_bound(node: Term) -> None:
    try:
        value = abs(in_mpmath(node))
    except (TooClose, Undefined):
        assume(False)
    assume(value > mp.mpf(10) ** -150)
    try:
        bits = separation(algebraic._Signs().ready(node))
    except Refused:
        assume(False)
    assert value >= mp.mpf(2) ** -bits


REWRITES = [
    lambda a, b: (sqrt(a) * sqrt(b), sqrt(a * b)),
    lambda a, b: (sqrt(a + b + 2 * sqrt(a * b)), sqrt(a) + sqrt(b)),
    lambda a, b: (1 / (1 + sqrt(a) + sqrt(b)), (1 + sqrt(a) - sqrt(b)) / (1 + 2 * sqrt(a) + a - b)),
    lambda a, b: ((a**3 * b) ** Fraction(1, 3), a * b ** Fraction(1, 3)),
    lambda a, b: (a ** Fraction(2, 3) / a ** Fraction(1, 2), a ** Fraction(1, 6)),
    lambda a, b: (Max(a, b) - Min(a, b), Abs(a - b)),
    lambda a, b: (Max(a, b) * Min(a, b), a * b),
]


@given(radicals, radicals, st.sampled_from(REWRITES))
@SETTINGS
def test_a_rearrangement_has_the_same_value(a: Term, b: Term, rewrite: object) -> None:
    lhs, rhs = rewrite(a, b)
    try:
        values = [in_mpmath(t) for t in (sqrt(a), sqrt(b), lhs, rhs)]
    except (TooClose, Undefined):
        assume(False)
    assert abs(values[2] - values[3]) < mp.mpf(10) ** -140
    try:
        assert algebraic_sign(lhs - rhs) == ZERO
    except Refused as refusal:
        assert "too near zero" in str(refusal)
    assert algebraic_sign(lhs - rhs + Number(Fraction(1, 10**100))) == POSITIVE


def test_the_same_differences_vanish_by_minimal_polynomials() -> None:
    from sympy import Symbol, minimal_polynomial, sympify

    texts = [
        "sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)", "1/(sqrt(3) - sqrt(2))", "sqrt(6) + 7/10",
        "sqrt(3 + 2*sqrt(2)) + sqrt(3) - 1", "(9*sqrt(3) + 11*sqrt(2))**(1/3)",
        "(49 + 20*sqrt(6))**(1/4)", "sqrt(99/10)", "sqrt(9 + sqrt(81/100))",
    ]  # fmt: skip
    x = Symbol("x")
    zeros = 0
    for a, b in combinations(texts, 2):
        vanishes = minimal_polynomial(sympify(a) - sympify(b), x) == x
        assert (algebraic_sign(term(a) - term(b)) == ZERO) == vanishes
        zeros += vanishes
    assert zeros == 16


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1/(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))", "(sqrt(4) - 2)**(-1)", "sqrt(1 - sqrt(2))",
        "(sqrt(8) - 2*sqrt(2))**(-1/3)", "(1 - sqrt(2))**(1/3)", "0/(1 - 1)",
        "Max(1, 1/(sqrt(4) - 2))", "Abs(sqrt(1 - sqrt(2)))", "0*sqrt(1 - sqrt(2))",
        "pi - pi", "exp(1) - 1", "2**sqrt(2)", "sin(0)", "x - x",
    ],
)  # fmt: skip
def test_what_has_no_value_or_is_not_algebraic_has_no_sign(text: str) -> None:
    with pytest.raises(Refused):
        algebraic_sign(parse_term(text, {"x": real("x")}))


def test_bounds_too_small_to_reach_are_refused() -> None:
    deep: Term = Number(2)
    for _ in range(20):
        deep = sqrt(deep + 1)
    with pytest.raises(Refused):
        algebraic_sign(deep * (sqrt(Number(6)) - sqrt(Number(2)) * sqrt(Number(3))))
    assert algebraic_sign(deep - 1) == POSITIVE
    for huge in (10**9, 10**30):
        assert algebraic_sign(Number(2) ** Fraction(1, huge) - 1) == POSITIVE
        with pytest.raises(Refused):
            algebraic_sign(Number(4) ** Fraction(1, 2 * huge) - Number(2) ** Fraction(1, huge))
    assert algebraic_sign(Number(4) ** 10**9 - Number(2) ** (2 * 10**9)) == ZERO
    with pytest.raises(Refused):
        algebraic_sign(Number(4) ** 10**30 - Number(2) ** (2 * 10**30))


def test_a_sum_too_deep_for_recursion_is_refused() -> None:
    total: Term = Number(0)
    for i in range(2_000):
        total = total + sqrt(Number(i))
    with pytest.raises(Refused, match="too deeply"):
        algebraic_sign(total)


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("2**(1/2) - 7/5", log2(5 * 2**0.5 + 7) + log2(5)),
        ("(3/2)**(1/2) - 6/5", log2(5 * 6**0.5 + 12) + log2(10)),  # W/2, W = 6**(1/2)
        ("(2/3)**(1/2) - 4/5", log2(10 + 4 * 6**0.5) + log2(5 * 6**0.5)),  # 2/W, W = 6**(1/2)
        ("(1/3)**(1/2) - 4/7", log2(7 + 4 * 3**0.5) + log2(7 * 3**0.5)),  # 1/W, W = 3**(1/2)
        ("2**(1/2) + 2**(1/3)", 5 * log2(2**0.5 + 2 ** (1 / 3))),
        ("2**(1/2) + 3**(1/2) + 8**(1/2)", 7 * log2(2**0.5 + 3**0.5 + 8**0.5)),
        ("1/2 + 2/3", log2(6)),
    ],
)
def test_the_bound_is_that_of_the_paper(text: str, bits: float) -> None:
    assert bits <= separation(term(text)) <= bits + 1


@pytest.mark.parametrize("power", [1, 2, 5, 40, 200])
def test_the_bound_is_sharp_for_powers_of_a_unit(power: int) -> None:
    """(1 + sqrt(2))**n = p + q*sqrt(2) with p**2 - 2*q**2 = +-1, hence |p - q*sqrt(2)| is 1/u."""
    p, q = 1, 1
    for _ in range(power - 1):
        p, q = p + 2 * q, p + q
    value = 1 / (p + q * mp.sqrt(2))
    bits = separation(p - q * Number(2) ** Fraction(1, 2))
    assert mp.mpf(2) ** -bits <= value <= mp.mpf(2) ** (1 - bits)
    assert algebraic_sign(p - q * sqrt(Number(2))) == (NEGATIVE if power % 2 else POSITIVE)


def test_the_precision_of_flint_is_left_as_it_was() -> None:
    before = ctx.prec
    algebraic_sign(term("sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)"))
    separation(term("2**(1/2)"))
    assert ctx.prec == before


# --- in statements --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("sqrt(2) + sqrt(3) == sqrt(5 + 2*sqrt(6))", Verdict.PROVED),
        ("sqrt(2) + sqrt(3) == 31462643699419723423291350657/10**28", Verdict.REFUTED),
        ("sqrt(2) + sqrt(3) != 31462643699419723423291350657/10**28", Verdict.PROVED),
        ("sqrt(2) + sqrt(3) <= sqrt(5 + 2*sqrt(6)) - 10**(-300)", Verdict.REFUTED),
        ("sqrt(2) + sqrt(3) == sqrt(5 + 2*sqrt(6)) + 10**(-300)", Verdict.REFUTED),
        ("1/(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)) != 1", Verdict.REFUTED),
        ("(sqrt(3 + 2*sqrt(2)) - 1)/(sqrt(3 + 2*sqrt(2)) - 1) == 1", Verdict.PROVED),
        ("(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))/(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)) == 1",
         Verdict.REFUTED),
        ("(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))**(-1/3) != 0", Verdict.REFUTED),
        ("sqrt(1 + sqrt(2) - sqrt(3 + 2*sqrt(2))) == 0", Verdict.PROVED),
        ("sqrt(1 + sqrt(2) - sqrt(3 + 2*sqrt(2)) - 10**(-60)) >= 0", Verdict.REFUTED),
        ("pi*sqrt(3 + 2*sqrt(2)) == pi + pi*sqrt(2)", Verdict.PROVED),
        ("log(sqrt(3 + 2*sqrt(2)) - sqrt(2)) + 1 > 0", Verdict.PROVED),
        ("log(sqrt(3 + 2*sqrt(2)) - sqrt(2) - 1) < 1", Verdict.REFUTED),
        ("x*sqrt(3 + 2*sqrt(2)) == x + sqrt(2)*x", Verdict.PROVED),
        ("x*sqrt(3 + 2*sqrt(2)) == x + sqrt(2)*x + x/10**60", Verdict.REFUTED),
        ("x*sqrt(3 + 2*sqrt(2)) + y**2 >= x + sqrt(2)*x", Verdict.PROVED),
        ("x**2*sqrt(3) + 1 > x**2*sqrt(2)", Verdict.PROVED),
        ("x**2*sqrt(2) + 1 > x**2*sqrt(3)", Verdict.REFUTED),
        ("1/(x*sqrt(3 + 2*sqrt(2)) - x - sqrt(2)*x) == 1", Verdict.REFUTED),
    ],
)  # fmt: skip
def test_verdicts_on_claims_with_radicals(claim: str, verdict: Verdict) -> None:
    assert judge_statement("claim", say(claim), 10).verdict is verdict


def test_numbers_are_collected_before_power_products() -> None:
    x, y = real("x"), real("y")
    here = context_of(())
    poly = here.normal(x * y * sqrt(Number(3)) + x * y - sqrt(1 + sqrt(Number(2))) * x**2 + 2)
    found = {repr(monomial): factor for monomial, factor in collected(poly).items()}
    assert len(found) == 3
    assert sorted(len(factor.terms) for factor in found.values()) == [1, 1, 2]
    again = here.normal(x**2) - here.normal(x**2).scale(fmpq(1))
    assert collected(again) == {}
