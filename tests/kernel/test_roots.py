"""Roots: they exist where a continuous function changes its sign, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.engines.witness import numeric
from verifier.errors import StatementError
from verifier.kernel.balls import closed_sign, enclose
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.kernel.refuted import refute
from verifier.kernel.signs import ANY, NEGATIVE, POSITIVE
from verifier.statements.codec import decode, encode
from verifier.statements.parser import parse
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation
from verifier.statements.vocabulary import (
    Abs,
    H,
    Iverson,
    L,
    Max,
    Min,
    Product,
    Sum,
    cos,
    diff,
    exp,
    family,
    integer,
    limit,
    log,
    oo,
    positive,
    rational,
    real,
    root,
    sigma,
    sin,
    sqrt,
)

from ..statements.strategies import SETTINGS

x, y, a, b, c = map(real, "x y a b c".split())
p = positive("p")
h = integer("h")
HALF = rational(1, 2)
DIAGONAL = root(x**2 - 2, (x, 0, 2))
TARGET = root(x**L - sigma, (x, 0, sigma + 1))


def by_root(claim: Relation, of: Apply, *conditions: Relation) -> object:
    return prove("intermediate_value", Statement(claim, conditions), of=of)


def refused(claim: Relation, of: Apply, *conditions: Relation) -> None:
    with pytest.raises((Refused, StatementError)):
        by_root(claim, of, *conditions)


def exists(of: object, *conditions: Relation) -> bool:
    try:
        context_of(conditions).require_defined(of)  # type: ignore[arg-type]
    except Refused:
        return False
    return True


def test_a_root_at_the_lower_bound_is_the_least() -> None:
    for body, lower, upper, known in (
        (x * (x - 1), 0, 1, ()),
        (x * y, 0, 1, ()),
        (x - y, y, y + 1, ()),
        (y * (x - 1), -1, 2, (y == 0,)),
        (x * log(x + y), 0, 1, (y > 0,)),
    ):
        of = root(body, (x, lower, upper))
        assert prove("intermediate_value", Statement(of <= upper, known), of=of)
        assert context_of(known).holds(of == lower)


def test_a_root_elsewhere_may_be_beyond_the_lower_bound() -> None:
    for body, lower, upper in ((x * (x - 1), -1, 1), (x * y, -1, 1), (y * (x - 1), 0, 2)):
        assert not context_of(()).holds(root(body, (x, lower, upper)) == lower)
    assert not exists(root(x / x - 1, (x, 0, 1)))
    assert not exists(root(x, (x, 0, -1)))


# --- existence -------------------------------------------------------------------------------

CONTINUOUS = [
    (x**3 - 2, 0, 2), (exp(x) - 3, 0, 2), (cos(x) - x, 0, 1), (sqrt(x) - HALF, 0, 1),
    (log(x) - HALF, 1, 2), (1 / x - 1, HALF, 2), (Abs(x) - 1, 0, 3), (Max(x, 1) - 2, 0, 3),
    (Min(2 * x, 1 + x) - HALF, 0, 1), (2**x - 3, 0, 2), (x**x - 2, 1, 2), (sin(x), -1, 1),
    (Sum(x**h, (h, 1, 3)) - 1, 0, 1), (Product(x + h, (h, 1, 3)) - 7, 0, 1),
    (x ** rational(2, 3) - HALF, 0, 1), (x, 0, 0), (x - 1, 1, 2), (2 - x, 1, 2), (x * 0, 1, 2),
    (x - root(y**2 - 2, (y, 0, 2)), 0, 2),
]  # fmt: skip
MISSING = [
    (x**2 + 1, 0, 1),  # no change of sign
    (x**2, -1, 1),  # a root, but none that a change of sign shows
    (x - 1, 2, 3),  # a root, but outside
    (x - 1, 2, 0),  # bounds in the wrong order
    (1 / x, -1, 1),  # a pole
    (1 / x - 1, 0, 2),  # a pole at the end
    (log(x) + 1, 0, 1),  # undefined at the end
    (sqrt(x) - HALF, -1, 1),  # undefined within
    (Iverson(x >= 1) - HALF, 0, 2),  # a step
    (x * (2 * Iverson(x >= 1) - 1) - HALF, 0, 2),
    (0**x - HALF, 0, 1),  # 0**0 is 1
    (x**x - 2, 0, 2),  # continuous, but not known to be
    ((-1) ** x, 0, 1),  # no power
    (x ** (-HALF) - 1, 0, 2),
    (limit(x**h, h, oo) - HALF, 0, 1),
    (Sum(1, (h, 1, x)) - HALF, 0, 1),  # a sum up to a real number
    (x - HALF + 0 * log(x), 0, 1),  # cancels what has no value
    (x - HALF + 0 * limit(sin(y), y, oo), 0, 1),
    (x - HALF + 0 * Iverson(x > HALF), 0, 1),  # continuous, but not known to be
    (x - 1 / y, -1, 1),
    (x - oo, 0, oo),
    (root(y - x, (y, 0, 1)) - HALF, 0, 1),  # a root that moves
]  # fmt: skip


@pytest.mark.parametrize(("body", "lower", "upper"), CONTINUOUS)
def test_a_continuous_function_has_a_root_where_its_sign_changes(body, lower, upper) -> None:
    of = root(body, (x, lower, upper))
    assert exists(of)
    body, variable, lower, upper = of.args
    assert by_root(substitute(body, {variable: of}) == 0, of)
    assert by_root(lower <= of, of) and by_root(of <= upper, of)
    assert by_root(upper >= of, of)


@pytest.mark.parametrize(("body", "lower", "upper"), MISSING)
def test_what_is_not_continuous_or_keeps_its_sign_is_refused(body, lower, upper) -> None:
    of = root(body, (x, lower, upper))
    assert not exists(of)
    body, variable, lower, upper = of.args
    refused(substitute(body, {variable: of}) == 0, of)
    refused(lower <= of, of)
    refused(of <= upper, of)
    with pytest.raises(Refused):
        prove("arithmetic", Statement(of == of))


def test_existence_may_rest_on_what_is_given() -> None:
    linear = root(c - x, (x, a, b))
    assert not exists(linear) and not exists(linear, a <= c) and not exists(linear, a <= b)
    assert exists(linear, a <= c, c <= b)
    power = root(x**L - sigma, (x, 0, p))
    assert not exists(power) and exists(power, p**L >= sigma)
    scaled = root(p * x - c, (x, a, b))
    assert exists(scaled, a <= b, (p * a - c) * (p * b - c) <= 0)
    assert not exists(scaled, (p * a - c) * (p * b - c) <= 0)


def test_a_root_that_something_speaks_of_exists() -> None:
    of = root(sin(x) - y, (x, a, b))
    assert exists(of, of > 3) and exists(of, of == c) and exists(of, 1 / (of - 5) < c)
    assert by_root(sin(of) - y == 0, of, of > 3)
    assert not exists(of, Sum(of * h, (h, 1, H)) > 3)  # the sum may be empty: not the same as ...
    other = root(sin(x) - y, (x, a, c))
    assert not exists(other, of > 3)
    step = root(Iverson(x > c) - y, (x, a, b))
    assert not exists(step, step > 3)
    cancelled = root(sin(x) - y + 0 * log(x), (x, a, b))
    assert not exists(cancelled, of > 3)


# --- what is known of it ---------------------------------------------------------------------


def test_the_function_is_zero_at_its_root_and_nothing_else_is() -> None:
    assert by_root(DIAGONAL**2 - 2 == 0, DIAGONAL)
    for wrong in (
        DIAGONAL**2 - 3 == 0, DIAGONAL**2 == 2, DIAGONAL**2 - 2 <= 0, DIAGONAL == 0,
        TARGET**L - sigma == 0, DIAGONAL**2 - 2 != 0,
    ):  # fmt: skip
        refused(wrong, DIAGONAL)
    refused(DIAGONAL**2 - 2 == 0, x)
    refused(DIAGONAL**2 - 2 == 0, root(x**2 - 2, (x, 0, 3)))
    with pytest.raises(Refused):
        prove("intermediate_value", Statement(DIAGONAL**2 - 2 == 0))


def test_bounds_are_strict_where_the_function_is_not_zero() -> None:
    assert by_root(DIAGONAL > 0, DIAGONAL) and by_root(DIAGONAL < 2, DIAGONAL)
    at_start, at_end = root(x - 1, (x, 1, 2)), root(x - 2, (x, 1, 2))
    assert by_root(at_start >= 1, at_start) and by_root(at_end <= 2, at_end)
    refused(at_start > 1, at_start)
    refused(at_end < 2, at_end)
    assert by_root(at_start < 2, at_start) and by_root(at_end > 1, at_end)
    for wrong in (DIAGONAL > 1, DIAGONAL >= 1, DIAGONAL < 0, DIAGONAL < 1, DIAGONAL >= 2):
        refused(wrong, DIAGONAL)
    refused(root(c - x, (x, a, b)) > a, root(c - x, (x, a, b)), a <= c, c <= b)


def test_the_least_root_lies_before_every_change_of_sign() -> None:
    twice = (x - 1) * (x - 3) * (x - 5)
    of = root(twice, (x, 0, 6))
    assert by_root(of < 2, of) and by_root(of <= 1, of) and by_root(of < rational(11, 10), of)
    assert by_root(of < rational(9, 2) + HALF + 1, of) and by_root(of <= 3, of)
    refused(of < 1, of)
    refused(of < rational(7, 2), of)  # true, but the sign at 7/2 is that at 0
    refused(of <= 7, of)  # outside
    refused(of < HALF, of)
    refused(-1 <= of, of)
    refused(of <= -1, of)


def test_calculation_knows_between_which_bounds_a_root_lies() -> None:
    assert prove("arithmetic", Statement(DIAGONAL <= 2))
    assert prove("arithmetic", Statement(DIAGONAL**2 <= 4))
    assert prove("arithmetic", Statement(1 < DIAGONAL))
    of = root(x**L - p, (x, p, p + 1))
    assert prove("arithmetic", Statement(of > 0, (p**L <= p, (p + 1) ** L >= p)))
    for wrong in (DIAGONAL < 1, DIAGONAL == 1, DIAGONAL > 2):
        with pytest.raises(Refused):
            prove("arithmetic", Statement(wrong))


# --- the term --------------------------------------------------------------------------------


def test_roots_of_one_function_are_one_whatever_the_variable_is_called() -> None:
    for same in (
        root(y**2 - 2, (y, 0, 2)),
        root(2 - x**2, (x, 0, 2)),
        root(4 * x**2 - 8, (x, 0, 2)),
    ):
        assert prove("arithmetic", Statement(DIAGONAL == same))
    for other in (root(x**2 - 3, (x, 0, 2)), root(x**2 - 2, (x, 0, 3)), root(x - y, (x, 0, 2))):
        with pytest.raises(Refused):
            prove("arithmetic", Statement(DIAGONAL == other, (y >= 0, y <= 2)))


def test_names_are_not_captured() -> None:
    of = root(x - y, (x, 0, 1))
    within = substitute(of, {y: x})
    assert within.free == {x}
    assert repr(within) == "root(x_1 - x, (x_1, 0, 1))"
    assert prove("arithmetic", Statement(within <= 1, (x >= 0, x <= 1)))
    with pytest.raises(Refused):  # captured, it would be the root of x - x, which is 0
        prove("arithmetic", Statement(within == 0, (x >= 0, x <= 1)))
    assert substitute(of, {x: y}) is of
    assert root(x - 1, (x, x, 2)).free == {x}
    nested = root(x - root(x - y, (x, 0, 1)), (x, 0, 1))
    assert nested.free == {y}
    assert prove("arithmetic", Statement(nested >= 0, (y >= 0, y <= 1)))
    with pytest.raises(Refused):
        prove("arithmetic", Statement(nested > 0, (y >= 0, y <= 1)))


def test_what_is_given_of_a_variable_says_nothing_of_a_bound_one() -> None:
    of = root(x - y, (x, 0, 2))
    assert exists(of, y >= 0, y <= 2, x == 5)
    assert not exists(root(1 / x - 1, (x, -1, 1)), x > 0)


def test_a_root_is_read_and_written() -> None:
    for text in ("root(x**2 - 2, (x, 0, 2)) > 1", "root(x**L - sigma, (x, 0, sigma + 1)) < H"):
        claim = parse(text)
        assert repr(claim) == text
        assert decode(encode(claim)) is claim
    assert parse("root(x - sigma, (x, 0, 2)) > x", {"x": x}).free == {x, sigma}
    for wrong in (
        "root(x, x, 0, 1) > 0", "root(x, (x, 0)) > 0", "root(x, (2, 0, 1)) > 0",
        "root(L - 1, (L, 0, 1)) > 0", "root(y - x, (x, 0, 1)) > 0", "root > 0",
    ):  # fmt: skip
        with pytest.raises(StatementError):
            parse(wrong)
    for wrong in (h, Number(1), family("w"), p, x + 1):
        with pytest.raises(StatementError):
            Apply("root", x, wrong, 0, 1)


def test_a_derivative_of_a_root_is_refused() -> None:
    of = root(x - y, (x, 0, 2))
    with pytest.raises(Refused):
        prove("arithmetic", Statement(diff(of, y) == 1, (y > 0, y < 2)))
    assert prove("arithmetic", Statement(diff(of, c) == 0, (y > 0, y < 2)))
    assert not exists(root(diff(x**2, x), (x, -1, 1)))


def test_a_root_does_not_exist_where_the_signs_at_the_bounds_are_the_same() -> None:
    for body, lower, upper in ((x**2 + 1, 0, 1), (x - 3, 0, 2), (x, 2, 0)):
        assert refute(Statement(root(body, (x, lower, upper)) <= 9), {})
    for body, lower, upper in ((x**2 - 1, 0, 2), (x, 0, 0), (Iverson(x > 1) - HALF, 0, 2)):
        with pytest.raises(Refused):
            refute(Statement(root(body, (x, lower, upper)) <= 9), {})
    assert refute(Statement(root(x - y, (x, 0, 1)) <= 1), {y: Number(2)})


def test_a_proof_about_a_root_can_be_written_down() -> None:
    proof = by_root(DIAGONAL**2 - 2 == 0, DIAGONAL)
    assert repr(replay(certificate("diagonal", proof))) == repr(proof)  # type: ignore[arg-type]


# --- numbers ---------------------------------------------------------------------------------


def test_an_enclosure_holds_the_least_root() -> None:
    ball = enclose(DIAGONAL, 200)
    assert ball.contains(enclose(sqrt(2), 400)) and ball.rad() < 1e-40
    assert closed_sign(DIAGONAL - sqrt(3)) == NEGATIVE
    assert closed_sign(root((x - 1) * (x - 3) * (x - 5), (x, 0, 6)) - HALF) == POSITIVE
    twice = root((1 - 3 * x) ** 2 * (2 - 3 * x), (x, 0, 1))  # touches 0 at 1/3, before 2/3
    assert closed_sign(twice - HALF) == ANY
    assert enclose(root((x - 1) * (x - 2), (x, 0, rational(3, 2))), 64).contains(1)
    assert enclose(twice, 64).contains(enclose(rational(1, 3), 64))
    for hidden in (root(x**2, (x, -1, 1)), root(x - 1, (x, 1, 2)), root(x, (x, 2, 0))):
        with pytest.raises(Refused):
            enclose(hidden, 64)
    inner = root(x - y, (x, 0, 2))
    nested = root(y**2 - 2 * substitute(inner, {y: rational(1)}), (y, 0, 2))
    assert enclose(nested - sqrt(2), 64).contains(0)
    moving = root(x - 1 - root(y - x / 2, (y, -1, 40)), (x, 0, 9))
    shadowed = root(x - 2 * root(x - 1, (x, 0, 3)), (x, 0, 9))
    assert all(enclose(of, 64).contains(2) for of in (moving, shadowed))
    assert not any(enclose(of, 64).contains(1) for of in (moving, shadowed))


def test_the_witness_finds_the_least_root_or_says_that_it_may_not() -> None:
    evaluate = numeric.Evaluator(50)
    assert abs(evaluate(DIAGONAL) ** 2 - 2) < evaluate.mp.mpf(10) ** -60
    assert abs(evaluate(root(y - HALF, (y, 0, 1))) - evaluate(HALF)) < evaluate.mp.mpf(10) ** -60
    for unclear in (
        root((1 - 3 * x) ** 2 * (2 - 3 * x), (x, 0, 1)),
        root((x - 1) * (x - 3) * (x - 5), (x, 0, 6)),
        root(x**2 + 1, (x, 0, 1)), root(x, (x, 2, 0)), root(sin(9 * x), (x, 1, 4)),
    ):  # fmt: skip
        with pytest.raises(numeric.CannotEvaluate):
            evaluate(unclear)
    assert evaluate(Sum(root(x - h, (x, 0, 5)), (h, 1, 3))) == 6


@SETTINGS
@given(st.lists(st.fractions(-3, 3, max_denominator=4), min_size=1, max_size=4), st.booleans())
def test_enclosures_and_bounds_are_right_for_products_of_linear_factors(zeros, falling) -> None:
    body = Number(-1 if falling else 1) * 1
    for zero in zeros:
        body = body * (x - Number(zero))
    of = root(body, (x, -4, 4))
    if len(zeros) % 2 == 0:
        assert not exists(of)
        return
    assert exists(of)
    least = Number(min(zeros))
    assert by_root(of <= least, of)
    refused(of < least, of)
    try:
        ball = enclose(of, 64)
    except Refused:
        return
    assert ball.contains(enclose(least, 64))
