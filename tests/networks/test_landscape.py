"""Landscapes that users bring, against networks whose derivatives are computed another way."""

from fractions import Fraction
from math import prod

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy.abc import x, y, z

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.networks import Answer, Landscape, MatrixNetwork, NetworkError, sharpness_at
from verifier.networks.closed import sign_of, term_of
from verifier.networks.definition import loss as network_loss
from verifier.networks.definition import pathways
from verifier.networks.hyperdual import second_derivatives
from verifier.networks.largest import largest_eigenvalue
from verifier.statements.statement import Statement
from verifier.statements.vocabulary import real, sigma
from verifier.testing import points

from .strategies import RATIONALS, SETTINGS

HALF = Fraction(1, 2)
PRODUCT = (1 - x * y) ** 2 / 2


def answer(loss, *values, names="x y z"):
    names = names.split()[: len(values)]
    return Landscape(loss, names).is_minimum(dict(zip(names, values, strict=True)))


def named(count):
    return [f"w_{i}" for i in range(count)]


# --- derivatives and sharpness, computed another way -----------------------------------------


@SETTINGS
@given(points())
def test_the_hessian_of_a_network_is_that_of_hyperdual_numbers(point):
    depths, weights, target = point
    flat = [weight for path in weights for weight in path]
    names = named(len(flat))
    exact = sympy.Rational(target.numerator, target.denominator)
    landscape = Landscape.of(lambda *w: network_loss(pathways(w, depths), exact), names)
    found = landscape.hessian.subs(
        {s: sympy.Rational(Fraction(v)) for s, v in zip(landscape._symbols, flat, strict=True)}
    )
    expected = second_derivatives(
        lambda w: network_loss(pathways(w, depths), target), [Fraction(v) for v in flat]
    )
    assert [[Fraction(int(e.p), int(e.q)) for e in found.row(i)] for i in range(len(flat))] == [
        list(row) for row in expected
    ]
    value = landscape.sharpness(dict(zip(names, flat, strict=True)), 40)
    defined = sharpness_at(weights, target, 50)
    assert abs(defined.context.mpf(value.digits) - defined) <= 10**-36 * (1 + abs(defined))
    if value.exact is not None:
        assert abs(defined - value.exact) <= 10**-40 * (1 + abs(defined))


@SETTINGS
@given(st.lists(RATIONALS, min_size=8, max_size=8))
def test_two_layers_of_matrices(entries):
    first, second = ([entries[i : i + 2], entries[i + 2 : i + 4]] for i in (0, 4))

    def loss(*w):
        product = sympy.Matrix(2, 2, w[4:]) * sympy.Matrix(2, 2, w[:4]) - sympy.eye(2)
        return sum(entry**2 for entry in product) / 2

    network = MatrixNetwork([[first, second]], target=[[1, 0], [0, 1]])
    landscape = Landscape.of(loss, named(8))
    point = dict(zip(named(8), entries, strict=True))
    critical = landscape.is_critical(point)
    assert critical.answer is (Answer.NO if any(network.gradient()) else Answer.YES)
    value = landscape.sharpness(point)
    if value.exact is not None:
        exact = fmpq(value.exact.numerator, value.exact.denominator)
        assert exact in [e for e, _ in network.exact_spectrum() if isinstance(e, fmpq)]
    found = landscape.is_minimum(point).answer
    assert (found is Answer.YES) is network.is_minimum()


def test_the_largest_eigenvalue_to_many_digits():
    found = Landscape(PRODUCT, "x y").sharpness({"x": sympy.sqrt(2), "y": 3}, 200)
    context = mpmath.MPContext()
    context.dps = 220
    a, b = context.sqrt(2), context.mpf(3)
    matrix = context.matrix([[b * b, 2 * a * b - 1], [2 * a * b - 1, a * a]])
    expected = max(context.eigsy(matrix, eigvals_only=True))
    assert abs(context.mpf(found.digits) - expected) < context.mpf(10) ** -197
    assert found.exact is None


def test_multiple_and_negative_eigenvalues():
    bowl = sympy.sqrt(2) * (x**2 + y**2 + z**2) / 2
    point = dict.fromkeys("xyz", 0)
    assert Landscape(bowl, "x y z").sharpness(point, 20).digits == "1.4142135623730950488"
    assert Landscape(-bowl, "x y z").sharpness(point, 20).digits == "-1.4142135623730950488"
    assert Landscape(-(x**2) - 2 * y**2, "x y").sharpness({"x": 5, "y": 7}).exact == -2


def test_an_enclosure_that_is_too_wide_is_not_returned():
    with ctx.workprec(64):
        wide = arb(1, 0.001)
    with pytest.raises(NetworkError, match="are not shown with"):
        largest_eigenvalue(lambda bits: [[wide, arb(0)], [arb(0), arb(0)]], 20)


# --- minima ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "expected", "reason"),
    [
        (answer(PRODUCT, 2, HALF), Answer.YES, "sum of squares"),
        (answer(PRODUCT, sympy.sqrt(2), 1 / sympy.sqrt(2)), Answer.YES, "sum of squares"),
        (answer(PRODUCT, 0, 0), Answer.NO, "negative eigenvalue"),
        (answer(PRODUCT, 2, 2), Answer.NO, "the derivative by x is 6"),
        (answer(sympy.expand(PRODUCT), 2, HALF), Answer.OPEN, "not conclusive"),
        (answer(x**2 + y**2 + 1, 0, 0), Answer.YES, "positive definite"),
        (answer(x**2 - y**2, 0, 0), Answer.NO, "negative eigenvalue"),
        (answer(-(x**2), 0), Answer.NO, "negative eigenvalue"),
        (answer(-(x**4), 0), Answer.OPEN, "not conclusive"),
        (answer(x**3 - 3 * x * y**2, 0, 0), Answer.OPEN, "not conclusive"),
        (answer((y - x**2) * (y - 3 * x**2), 0, 0), Answer.OPEN, "not conclusive"),
        (answer(x - sympy.log(x), 1), Answer.YES, "positive definite"),
        (answer(x**4 - 4 * x**2, sympy.sqrt(2)), Answer.YES, "positive definite"),
        (answer(x**4 - 4 * x**2 + sympy.sqrt(2) * x * y, 0, 0), Answer.NO, "negative eigenvalue"),
        (answer(sympy.tanh(x) ** 2 + (y - 1) ** 2, 0, 1), Answer.YES, "sum of squares"),
        (answer(sympy.cos(x), sympy.pi), Answer.YES, "positive definite"),
        (answer(x**2 - 2 * sympy.E * x, sympy.E), Answer.YES, "positive definite"),
        (
            answer(x**2 + 2 * x * y + 2 * y**2 + sympy.sqrt(2) * z**2, 0, 0, 0),
            Answer.YES,
            "definite",
        ),
    ],
)
def test_minima(found, expected, reason):
    assert found.answer is expected
    assert reason in found.reason


def test_a_gradient_that_only_seems_to_be_zero():
    tiny = sympy.Rational(1, 10**60)
    assert answer(x**2 - 2 * x, 1 + tiny).answer is Answer.NO
    nearly = mpmath.mpf("0.1")  # the binary number, not one tenth
    assert answer((10 * x - 1) ** 2, nearly).answer is Answer.NO
    assert answer((10 * x - 1) ** 2, Fraction(1, 10)).answer is Answer.YES


def test_a_number_that_cannot_be_decided_is_open():
    logs = sympy.log(6, evaluate=False) - sympy.log(2) - sympy.log(3)
    found = answer(x**2 + x * logs, 0)
    assert sign_of(logs) is None
    assert found.answer is Answer.OPEN
    with pytest.raises(NetworkError, match="the question is open"):
        bool(found)


def test_critical_points():
    landscape = Landscape(PRODUCT, "x y")
    assert landscape.is_critical({"x": 0, "y": 0})
    assert not landscape.is_critical({"x": 0, "y": 1})
    landscape.require_critical({"x": 3, "y": Fraction(1, 3)})
    with pytest.raises(NetworkError, match="not known to be critical: no: the derivative by x is"):
        landscape.require_critical({"x": 0, "y": 1})


@SETTINGS
@given(st.lists(RATIONALS.filter(bool), min_size=1, max_size=5))
def test_a_chain_is_as_sharp_as_the_sum_of_the_inverse_squares(weights):
    """`gauss-newton`: a minimum of (p - w_1 ... w_n)^2 / 2 has the sharpness sum p^2 / w_i^2."""
    target = prod(weights)
    landscape = Landscape.of(
        lambda *w: (prod(w) - sympy.Rational(target)) ** 2 / 2, named(len(weights))
    )
    point = dict(zip(named(len(weights)), weights, strict=True))
    assert landscape.is_minimum(point)
    assert landscape.sharpness(point).exact == sum(target**2 / w**2 for w in weights)


# --- terms of the statements -----------------------------------------------------------------


def test_a_derived_term_can_be_claimed_and_proved():
    landscape = Landscape.of(lambda sigma, w: (w**3 - sigma) ** 2 / 2, "sigma w")
    slope, w = landscape.term(landscape.gradient[1]), real("w")
    assert prove("arithmetic", Statement(slope == 3 * w**2 * (w**3 - sigma)))
    with pytest.raises(Refused):
        prove("arithmetic", Statement(slope == 3 * w**2 * (sigma - w**3)))


def test_terms_and_signs():
    assert term_of(sympy.sinh(0) + x) is real("x")
    for number, sign in (
        (sympy.Rational(-1, 3), -1),
        (sympy.Integer(0), 0),
        (sympy.sqrt(2) + sympy.sqrt(3) - sympy.sqrt(5 + 2 * sympy.sqrt(6)), 0),
        (sympy.tanh(1) - sympy.Rational(3, 4), 1),
        (sympy.sin(1) - sympy.cos(1), 1),
        (22 - 7 * sympy.pi, 1),
        (sympy.E - 3, -1),
    ):
        assert sign_of(number) == sign


# --- errors ----------------------------------------------------------------------------------

LANDSCAPE = Landscape(PRODUCT, "x y")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: LANDSCAPE.is_minimum({"x": 1}), "the point lacks y (give y a value)"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": 1, "w": 0}), "no parameter 'w' (it has x, y)"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": 0.5}), "y = 0.5 is no exact real number"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": sympy.I}), "y = I is no exact real number"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": x}), "y = x is no exact real number"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": sympy.oo}), "y = oo is no exact real number"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": True}), "y = True is no exact real number"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": 1}, 0), "cannot give 0 digits"),
        (lambda: LANDSCAPE.sharpness({"x": 1, "y": 1}, "9"), "cannot give '9' digits"),
        (lambda: Landscape(PRODUCT, "x"), "contains y, which is no parameter"),
        (lambda: Landscape(PRODUCT, "x y x"), "the parameters are x, y, x"),
        (lambda: Landscape(PRODUCT, ""), "the parameters are none"),
        (lambda: Landscape("x**2", "x"), "'x**2' is no SymPy expression"),
        (lambda: Landscape(x**2 / 2.0, "x"), "the loss contains 0.5"),
        (lambda: Landscape(abs(x), "x"), "the loss contains Abs(x)"),
        (lambda: Landscape(sympy.sqrt(x**2), "x"), "the loss contains Abs(x)"),
        (lambda: Landscape(sympy.I * x, "x"), "the loss contains I"),
        (lambda: Landscape.of(mpmath.tanh, "x"), "the function fails at the symbols x"),
        (lambda: Landscape.of(lambda u: u, "x y"), "the function fails at the symbols x, y"),
        (lambda: Landscape.of(lambda u: [u], "x"), "is no SymPy expression"),
        (lambda: Landscape(1 / x, "x").is_critical({"x": 0}), "smooth at this point: 1/x"),
        (lambda: Landscape(x**2 * sympy.log(x), "x").is_critical({"x": 0}), "smooth at this point"),
        (lambda: Landscape(sympy.sqrt(x), "x").is_critical({"x": -1}), "smooth at this point"),
        (lambda: Landscape((x**2 + y**2) ** sympy.Rational(3, 2), "x y").is_minimum(
            {"x": 0, "y": 0}), "smooth at this point"),
    ],
)  # fmt: skip
def test_questions_without_an_answer(ask, message):
    with pytest.raises(NetworkError) as caught:
        ask()
    assert message in str(caught.value)
