"""The interval of a term contains its value at every point of the box, by mpmath."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.engines.enclosure.evaluation import Evaluation
from verifier.engines.enclosure.intervals import INFINITY, Interval, Nowhere, between, precision
from verifier.engines.enclosure.narrowing import narrowed
from verifier.engines.enclosure.slopes import derivative, resolved, smooth
from verifier.engines.enclosure.unrolled import folded, obligations, unrolled
from verifier.engines.witness.numeric import CannotEvaluate, Evaluator
from verifier.kernel.polynomial import Refused
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number, Relation, Symbol, Term
from verifier.statements.vocabulary import Abs, Iverson, Min, cos, exp, log, real, sin, sqrt

from .test_enclosure import Draw, seen

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
x, y = real("x"), real("y")
SMALL = Fraction(1, 10**12)
Point = dict[Symbol, Fraction]


def value(term: Term, point: Point) -> Fraction | None:
    """The value to 40 digits, or None."""
    evaluate = Evaluator(40)
    try:
        found = evaluate(substitute(term, {s: Number(v) for s, v in point.items()}))
    except (CannotEvaluate, OverflowError, ValueError):
        return None
    if abs(found) > 10**9:
        return None
    return Fraction(int(evaluate.mp.nint(found * 10**40)), 10**40)


def contains(found: Interval, inside: Fraction) -> bool:
    low, high = (
        None if not end.is_finite() else Fraction(int(end.fmpq().p), int(end.fmpq().q))
        for end in found
    )
    near = Fraction(1, 10**35)
    return (low is None or low <= inside + near) and (high is None or inside <= high + near)


@given(st.integers(0, 10**9), st.sampled_from([12, 64]))
@SETTINGS
def test_every_value_is_inside(seed: int, bits: int) -> None:
    draw = Draw(seed)
    symbols = draw.pick((x,), (x, y))
    term, box = draw.term(draw.pick(1, 2, 3), symbols), draw.box(symbols)
    points = list(draw.points(box, 25))
    with precision(bits):
        on_box = Evaluation({s: between(*ends) for s, ends in box.items()})
        try:
            found = on_box(term)
        except Nowhere:
            assert all(value(term, p) is None for p in points), (term, box)
            return
        clear = resolved(on_box, term)
        is_smooth = smooth(on_box, clear)
    for point in points:
        inside = value(term, point)
        assert inside is None or contains(found, inside), (term, point, found)
        assert not is_smooth or inside is not None or abs_large(clear, point), (term, point)
        other = value(clear, point)
        assert inside is None or other is None or abs(inside - other) < SMALL, (term, clear, point)


def abs_large(term: Term, point: Point) -> bool:
    """Whether there is a value, though none that is small enough for `value`."""
    try:
        Evaluator(40)(substitute(term, {s: Number(v) for s, v in point.items()}))
    except CannotEvaluate:
        return False
    except (OverflowError, ValueError):
        return True
    return True


@given(st.integers(0, 10**9))
@SETTINGS
def test_a_derivative_is_the_limit_of_quotients(seed: int) -> None:
    draw = Draw(seed)
    term, box = draw.term(draw.pick(1, 2, 3), (x,)), draw.box((x,))
    on_box = Evaluation({s: between(*ends) for s, ends in box.items()})
    try:
        term = resolved(on_box, term)
    except Nowhere:
        return
    if not smooth(on_box, term):
        return
    slope = derivative(term, x)
    for point in draw.points(box, 4):
        step = Fraction(1, 10**10)
        before, after = (value(term, {x: point[x] + s}) for s in (-step, step))
        exact = value(slope, point)
        if before is None or after is None or exact is None:
            continue
        quotient = (after - before) / (2 * step)
        third = value(derivative(derivative(slope, x), x), point)
        bound = Fraction(1, 10**8) * (1 + abs(exact)) + abs(third or 10**9) * step
        assert abs(quotient - exact) <= bound, (term, slope, point)


@given(st.integers(0, 10**9))
@SETTINGS
def test_narrowing_keeps_every_point_that_satisfies_the_relation(seed: int) -> None:
    draw = Draw(seed)
    term, box = draw.term(draw.pick(1, 2, 3), (x, y)), draw.box((x, y))
    points = list(draw.points(box, 25))
    some = substitute(term, {s: Number(v) for s, v in points[-1].items()})
    other = draw.pick(some, draw.term(1, (x, y)))
    relation = Relation(draw.pick("<", "<=", "==", "==", ">=", ">"), term, other)
    sure = (True, None) if relation.op in ("<=", ">=", "==") else (True,)  # None: nearly equal
    points = [p for p in points if seen(relation, p) in sure]
    wide = {s: between(*ends) for s, ends in box.items()}
    if draw.pick(True, False):
        wide[x] = Interval(-INFINITY, INFINITY)
    try:
        left = narrowed(relation, wide)
    except Nowhere:
        assert not points, (relation, points)
        return
    for point in points:
        assert all(contains(left[s], v) for s, v in point.items()), (relation, point)


def on(term: Term, low: str, high: str) -> Interval:
    return Evaluation({x: between(Fraction(low), Fraction(high))})(term)


@pytest.mark.parametrize(
    ("term", "low", "high", "least", "most"),
    [
        (x**2, "-1", "2", 0, 4),
        (x * x, "-3", "2", 0, 9),
        (x**3, "-1", "2", -1, 8),
        (x**-2, "-2", "-1", "1/4", 1),
        (1 / x, "-1", "1", None, None),
        (1 / x, "0", "2", "1/2", None),
        (1 / x, "-2", "0", None, "-1/2"),
        (x**x, "0", "0", 1, 1),
        (Number(0) ** x, "0", "1", 0, 1),
        (Number(0) ** x, "1/2", "1", 0, 0),
        (sqrt(x), "-1", "4", 0, 2),
        (log(x), "0", "1", None, 0),
        (Abs(x), "-3", "2", 0, 3),
        (Min(x, 1 - x), "0", "1", 0, 1),
        (Iverson(x > 1), "0", "1", 0, 0),
        (Iverson(x >= 1), "0", "1", 0, 1),
        (sin(x), "-4", "4", -1, 1),
        (cos(x), "-1", "1", None, 1),
        (exp(x), "0", "0", 1, 1),
        (exp(exp(exp(exp(x)))), "9", "9", 1, None),
        (exp(-exp(exp(exp(x)))), "9", "9", 0, 0.5),
    ],
)
def test_intervals_are_tight(term: Term, low: str, high: str, least: object, most: object) -> None:
    found = on(term, low, high)
    if least is not None and most is not None and not isinstance(most, float):
        assert found.lo == arb(fmpq(*Fraction(str(least)).as_integer_ratio()))
        assert found.hi == arb(fmpq(*Fraction(str(most)).as_integer_ratio()))
    if least is None and term is not cos(x):
        assert not found.lo.is_finite()
    if most is None:
        assert not found.hi.is_finite()


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [(log(x), "-1", "0"), (sqrt(x), "-2", "-1"), (1 / x, "0", "0"),
     (x ** Fraction(1, 3), "-2", "-1"), (x ** (x - 1), "0", "0")],
)  # fmt: skip
def test_a_term_without_any_value(term: Term, low: str, high: str) -> None:
    with pytest.raises(Nowhere):
        on(term, low, high)


def test_a_power_of_a_negative_base_may_be_anything() -> None:
    found = on(Number(-2) ** x, "1", "2")
    assert not found.lo.is_finite() and not found.hi.is_finite()


def test_what_must_hold_is_collected() -> None:
    claim = unrolled(log(x) / (x - 1) + x ** Fraction(1, 2) + x ** (Number(4) - 2) >= x**y)
    shown = [repr(o) for o in obligations(claim)]
    assert "((x > 0,),)" in shown
    assert "((x - 1 != 0,), (x - 1 > 0,), (x - 1 < 0,))" in shown
    assert "((x >= 0,),)" in shown
    assert "((x > 0,), (x >= 0, y >= 0))" in shown
    assert len(shown) == 5
    assert folded(Number(2) + 3) is Number(5)
    with pytest.raises(Refused):
        unrolled(real("x") ** Number(2) * Number(1) + sharp())


def sharp() -> Term:
    from verifier.statements.vocabulary import balanced, sharpness

    return sharpness(balanced)
