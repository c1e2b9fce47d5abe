"""What is enclosed is true at every point that is tried; false neighbours are never enclosed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from random import Random
from typing import Any

import pytest
from flint import ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import say
from verifier.engines.enclosure.enclosure import Enclosed, enclose
from verifier.engines.witness.numeric import CannotEvaluate, Evaluator
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import POSITIVE, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import (
    Iverson,
    Min,
    Sum,
    family,
    integer,
    limit,
    oo,
    rational,
    real,
    root,
)

UNIT = "x >= 0; x <= 1"
SQUARE = "x >= 0; x <= 1; y >= 0; y <= 1"

# claim, given, and false neighbours: (claim, given), None where it stays the same
CASES: list[tuple[str, str, list[tuple[str | None, str | None]]]] = [
    ("sin(x) <= x", "x >= 1/10; x <= 1", [("sin(x) < 99/100*x", None), (None, "x >= -1; x <= 1")]),
    ("sin(x) <= x", UNIT, [("sin(x) < x", None), (None, "x >= -1/1000; x <= 1")]),
    ("sin(x) < x", "x > 0; x <= 1", [(None, UNIT), (None, "x >= -1/1000; x <= 1; x != 0")]),
    ("exp(x) <= 1 + x + x**2", "x >= 0; x <= 179/100", [(None, "x >= 0; x <= 180/100"),
     ("exp(x) < 1 + x + x**2", None), ("exp(x) <= 1 + x + x**2/2", None)]),
    ("exp(x) > 1 + x", "x >= -3; x <= 3; x != 0", [(None, "x >= -3; x <= 3"),
     (None, "x >= -3; x <= 3; x != 1"), ("exp(x) > 1 + x + 1/10**9", None)]),
    ("exp(x - 1/3) >= x + 2/3", UNIT, [("exp(x - 1/3) > x + 2/3", None),
     ("exp(x - 1/3) >= x + 2/3 + 1/10**12", None), ("exp(x - 1/3) >= x + 667/1000", None)]),
    ("exp(x - 1/3) > x + 2/3", UNIT + "; x != 1/3", [(None, UNIT + "; x != 1/2")]),
    ("cos(x) >= 1 - x**2/2", "x >= -4; x <= 4", [("cos(x) >= 1 - x**2/2 + x**4/25", None),
     ("cos(x) > 1 - x**2/2", None), ("cos(x) >= 1 - 49/100*x**2", None)]),
    ("log(1 + x) < x", "x > 0; x <= 1", [(None, UNIT), (None, "x >= -1; x <= 1"),
     ("log(1 + x) < x - x**2/2", None)]),
    ("log(x) <= (x - 1)/sqrt(x)", "x >= 1; x <= 4", [(None, "x >= 999/1000; x <= 4")]),
    ("x*log(x) < 1", "x > 0; x <= 1", [(None, UNIT), ("x*log(x) < 0", None)]),
    ("x**x <= 1", UNIT, [("x**x < 1", None), (None, "x >= -1/8; x <= 1"),
     ("x**x >= 693/1000", None)]),
    ("x**(1/3) <= 1", UNIT, [(None, "x >= -1; x <= 1"), (None, "x >= 0; x <= 1001/1000")]),
    ("1/x + x <= -2", "x >= -1; x <= 1; x < 0", [("1/x >= 1", "x >= -1; x <= 1; x != 0"),
     ("1/x <= -1", "x >= -1; x <= 1; x != 0")]),
    ("x**y <= 1", SQUARE, [("Min(x**y, 1) <= 1", "x >= 0; x <= 1; y >= -1; y <= 1"),
     ("Min(x**y, 1) <= 1", "x >= -1; x <= 1; y >= 0; y <= 1")]),
    ("0**x < 1", "x > 0; x <= 1", [(None, UNIT)]),
    ("1/x > 1", "x > 0; x < 1", [(None, "x > 0; x <= 1"), (None, "x >= 0; x < 1"),
     (None, "x > -1/100; x < 1")]),
    ("1/(x - y) >= 1/2", "x > y; y >= 0; x <= 2", [(None, "x >= y; y >= 0; x <= 2"),
     ("1/(x - y) > 1/2", None)]),
    ("sqrt(x**2 - 2*x + 1) <= 2", "x >= -1; x <= 3", [("sqrt(x**2 - 2*x + 1) < 2", None),
     ("sqrt(x**2 - 2*x + 999/1000) <= 2", None)]),
    ("sqrt(exp(x) - 1 - x) <= 2", "x >= -1; x <= 1",
     [("sqrt(exp(x) - 1 - x - 1/10**9) <= 2", None), ("log(exp(x) - 1 - x) <= 2", None)]),
    ("1/(exp(x) - x) <= 1", "x >= -1; x <= 1", [("1/(exp(x) - x - 1) >= 0", None)]),
    ("1/(x**2 - 2) < 0", "x >= -1; x <= 7/5", [(None, "x >= -1; x <= 3/2"),
     ("(1/(x**2 - 2))**2 > 0", "x >= -1; x <= 3/2")]),
    ("x**2 >= 0", "x >= -1; x <= 1", [("x**3 >= 0", None), ("x**2 > 0", None)]),
    ("sin(x)**2 <= sin(x)**2 + x**4", "x >= -1; x <= 1", [("x**4 < x**2", None)]),
    ("Abs(sin(x)) <= Abs(x)", "x >= -3; x <= 3", [("Abs(sin(x)) <= x", None),
     ("Abs(sin(x)) <= Abs(x) - 1/10**6", None)]),
    ("Min(x, 1 - x) <= 1/2", UNIT, [("Min(x, 1 - x) < 1/2", None), ("Max(x, 1 - x) <= 1/2", None)]),
    ("Abs(x) >= -x", "x >= -1; x <= 1", [("Abs(x) <= -x", None), ("Abs(x) <= x", None),
     ("Min(x, 1/2) >= x", None), ("Max(x, 1/2) <= x", None), ("Max(1/2, x) <= x", None),
     ("Iverson(x > 1/2) <= x - 1/2", None)]),
    ("x*y <= 501/1000", "x**2 + y**2 <= 1", [("x*y <= 499/1000", None),
     (None, "x**2 + y**2 <= 101/100")]),
    ("exp(x + y) >= 1 + x + y + x*y", SQUARE, [("exp(x + y) > 1 + x + y + x*y", None),
     ("exp(x + y) >= 1 + x + y + 3*x*y + x**2", None),
     (None, "x >= -1; x <= 1; y >= -1; y <= 1")]),
    ("sin(x)*cos(y) <= 1", "x >= 0; x <= 7; y >= 0; y <= 7", [("sin(x)*cos(y) < 1", None)]),
    ("x**y + y**x > 1", "x >= 1/50; y >= 1/50; x <= 1; y <= 1", [("x**y + y**x > 51/50", None)]),
    ("x*y != 0", "x >= -1; x <= 1; y >= 1; y <= 2; x != 0",
     [(None, "x >= -1; x <= 1; y >= 1; y <= 2")]),
    ("x*log(y + 2) + x*y != 7", SQUARE, [("x*log(y + 2) + x*y != 1", None)]),
    ("x + y**2 <= 2", "x == y; y >= 0; y <= 1", [("x + y**2 < 2", None),
     (None, "x == 2*y; y >= 0; y <= 1")]),
    ("sin(x) <= 1 - n", "x >= 2*n; x <= 2*n; n >= 0; n <= 0", [("sin(x) > 0", None)]),
    # finite sets
    ("2**n > n**2", "n >= 5; n <= 60", [(None, "n >= 4; n <= 60"), (None, "n >= 1; n <= 60")]),
    ("n**2 != 7", "n >= -10; n <= 10", [("n**2 != 9", None)]),
    ("sqrt(n**2) == n", "n >= 0; n <= 10", [(None, "n >= -1; n <= 10")]),
    ("sqrt(n)*sqrt(m) == sqrt(n*m)", "n >= 0; n <= 4; m >= 0; m <= 4",
     [("sqrt(n)*sqrt(m) == sqrt(n*m + 1)", None), (None, "n >= 0; n <= 4; m >= -1; m <= 4"),
      ("sqrt(n)*sqrt(m) < sqrt(n*m)", "n == 2; m == 3"),
      ("sqrt(n)*sqrt(m) != sqrt(n*m)", "n == 2; m == 3"),
      ("sqrt(n) + sqrt(m) >= sqrt(n + m) + 1/10**9", None)]),
    ("H*L <= 36", "H + L <= 12", [("H*L < 36", None), (None, "H + L <= 13")]),
    ("H <= 12", "H*L <= 12", [("H <= 11", None)]),
    ("H**(1/L) <= 3", "H <= 20; L <= 20; L >= 3", [("H**(1/L) <= 27/10", None)]),
    ("Sum(1/h**2, (h, 1, n)) <= pi**2/6", "n >= 0; n <= 40",
     [("Sum(1/h**2, (h, 1, n)) <= 162/100", None)]),
    ("Sum(1/(h - 3), (h, 4, n)) <= 3", "n >= 0; n <= 8",
     [("Sum(1/(h - 3), (h, 3, n)) <= 3", None)]),
    ("x**n <= 1", UNIT + "; n >= 0; n <= 5", [(None, UNIT + "; n >= -1; n <= 5"),
     ("x**n < 1", None), (None, "x >= -2; x <= 1; n >= 0; n <= 5")]),
    ("Sum(x**h/Product(i, (i, 1, h)), (h, 0, n)) <= exp(x)", "x >= 0; x <= 2; n >= 0; n <= 6",
     [(None, "x >= -1/10; x <= 2; n >= 0; n <= 6"),
      ("Sum(x**h/Product(i, (i, 1, h)), (h, 0, n)) < exp(x)", None)]),
    ("pi < 22/7", "", [("pi < 333/106", ""), ("pi <= 314159265358979323846/10**20", "")]),
    ("sqrt(2)*x < 3/2", "x**2 <= 1", [("sqrt(2)*x < 14142/10000", None)]),
    ("10**40 + sin(x) - 10**40 <= x", UNIT, [("10**40 + sin(x) - 10**40 <= x - 1/10**30", None)]),
    ("exp(10**6*x) > 0", UNIT, [("exp(-10**12*x) > 1/10**9", None)]),
    ("sharpness(balanced) <= 3", "L <= 3; H <= 3; sigma <= 1", [("sharpness(balanced) < 3", None)]),
    ("limit((1 + 1/x)**2, x, oo) <= 1 + y", "y >= 0; y <= 1",
     [("limit((1 + 1/x)**2, x, oo) < 1 + y", None)]),
]  # fmt: skip

TRUE = [(claim, given) for claim, given, _ in CASES]
FALSE = [(c or claim, given if g is None else g) for claim, given, near in CASES for c, g in near]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_a_true_claim_is_enclosed(claim: str, given: str) -> None:
    before = ctx.prec
    assert enclose(say(claim, given), 60).boxes >= 1
    assert ctx.prec == before


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_a_false_neighbour_is_refused(claim: str, given: str) -> None:
    before = ctx.prec
    with pytest.raises(Refused):
        enclose(say(claim, given), 3)
    assert ctx.prec == before


@pytest.mark.parametrize(
    ("claim", "given", "reason"),
    [
        ("x > -1", "x >= 0", "x is not bounded above"),
        ("x > -1", "x <= 0; y >= x", "x is not bounded below"),
        ("n > -1", "n >= 0", "n is not bounded above"),
        ("x == x + 0*sin(x) + 1", UNIT, "equality"),
        ("sin(x) <= 1/2", UNIT, "it fails at x = "),
        ("n*sin(x) <= 2", UNIT + "; n >= 0; n <= 9", "it fails at n = 3, x = "),
        ("x <= 1", "x >= 2; x <= 1", "no values"),
        ("n <= 1", "n**2 <= -1", "not bounded"),
        ("s[1] <= 1", "s[1] <= 1", "family"),
        ("Sum(x**h, (h, 1, 3000)) <= 3000", UNIT, "too many members"),
        ("sin(n) <= 2", "n >= 0; n <= 10**9", "more than"),
    ],
)
def test_the_reason_is_given(claim: str, given: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        enclose(say(claim, given), 30)


def test_what_is_enclosed_is_told() -> None:
    assert enclose(say("n*sin(x) <= n*x", UNIT + "; n >= 0; n <= 5"), 60) == Enclosed(
        6, "x in [0, 1], n in {0, ..., 5}", 64
    )
    assert enclose(say("H*x <= 2", "x > 0; x < 1; H <= 2"), 60).where == "x in (0, 1), H in {1, 2}"
    assert enclose(say("x*y <= 1", "x**2 + y**2 <= 1"), 60).where == "x in [-1, 1], y in [-1, 1]"
    assert (
        enclose(say("x**n <= 3", "x**2 <= 3; n == 1"), 60).where
        == "x in [-111/64, 111/64], n in {1}"
    )
    near = say("exp(pi*sqrt(163)) + sin(x) < 640320**3 + 744 + x", UNIT)
    assert enclose(near, 60).bits == 256


def test_the_time_is_kept() -> None:
    with pytest.raises(Refused, match="out of time"):
        enclose(say("sin(x) <= x", UNIT), 0)


# --- random statements on random boxes, against mpmath -------------------------------------------

x, y, a, n = real("x"), real("y"), Symbol("a", POSITIVE), integer("n")


class Draw:
    """Random terms, boxes and claims that are nearly sharp."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def number(self) -> Number:
        return rational(self.random.randint(-6, 6), self.pick(1, 1, 2, 3, 4))

    def term(self, depth: int, symbols: tuple[Symbol, ...]) -> Term:
        if depth == 0:
            return self.pick(*symbols, *symbols, self.number())  # type: ignore[no-any-return]
        one, two = (
            self.term(depth - 1, symbols),
            self.term(self.random.randint(0, depth - 1), symbols),
        )
        exponents = (2, 3, 4, -1, -2, Fraction(1, 2), Fraction(1, 3), Fraction(-3, 2), 0, two)
        head = self.pick("sqrt", "exp", "log", "sin", "cos", "Abs", "sin", "cos", "exp")
        index = integer("h")
        return self.pick(  # type: ignore[no-any-return]
            one + two, one - two, one * two, one * two, one / two, -one, one * one,
            Apply("**", one, self.pick(*exponents)), Apply("**", one, self.pick(*exponents)),
            Apply(head, one), Apply(head, one), Apply(self.pick("Min", "Max"), one, two),
            Iverson(Relation(self.pick("<", "<=", "==", "!="), one, two)),
            Sum(one * index, (index, 1, self.pick(n, 2))) if n in symbols else one + 1,
        )  # fmt: skip

    def box(self, symbols: tuple[Symbol, ...]) -> dict[Symbol, tuple[Fraction, Fraction]]:
        box = {}
        for symbol in symbols:
            low = Fraction(self.random.randint(-6, 6), self.pick(1, 2, 3))
            high = low + self.pick(0, 1, Fraction(1, 2), Fraction(7, 3), 3)
            if symbol is a:
                low, high = abs(low), abs(low) + high - low
            box[symbol] = (low, high)
        return box

    def points(
        self, box: dict[Symbol, tuple[Fraction, Fraction]], count: int
    ) -> Iterator[dict[Symbol, Fraction]]:
        """The corners, simple points, and random ones, near the corners too."""
        yield from islice((dict(zip(box, c, strict=True)) for c in product(*box.values())), 8)
        for _ in range(count):
            point = {}
            for symbol, (low, high) in box.items():
                near = Fraction(self.random.randint(0, 64), 64) ** self.pick(1, 1, 1, 8)
                share = self.pick(near, 1 - near, near, Fraction(1, 3), 0, 1)
                value = low + (high - low) * share
                if self.random.random() < 0.3:  # a simple number: zero, one, 1/2, ...
                    value = min(
                        max(Fraction(self.random.randint(-8, 8), self.pick(1, 2)), low), high
                    )
                point[symbol] = Fraction(round(value)) if symbol is n else value
            yield point


def seen(relation: Relation, point: dict[Symbol, Fraction]) -> bool | None:
    """Whether the relation is defined and true at the point, by mpmath; None if too close."""
    evaluate = Evaluator(40)
    ground = substitute(relation, {s: Number(v) for s, v in point.items()})
    try:
        gap = evaluate(ground.lhs) - evaluate(ground.rhs)
    except CannotEvaluate:
        return False
    except (OverflowError, ValueError):
        return None
    if abs(gap) < evaluate.mp.mpf(10) ** -35:
        return None
    below = gap < 0
    return {"<": below, "<=": below, ">": not below, ">=": not below}.get(
        relation.op, relation.op == "!="
    )


def drawn(seed: int) -> tuple[Draw, dict[Symbol, tuple[Fraction, Fraction]], Statement] | None:
    """A claim that is sharp, or nearly so, at the points that were seen."""
    draw = Draw(seed)
    symbols = draw.pick((x,), (x,), (x, y), (a,), (x, n), (a, y))
    term, box = draw.term(draw.pick(1, 2, 2, 3), symbols), draw.box(symbols)
    if not term.free:
        return None
    values = []
    for point in draw.points(box, 12):
        ground = substitute(term, {s: Number(v) for s, v in point.items()})
        try:
            values.append((Evaluator(20)(ground), ground))
        except (CannotEvaluate, OverflowError, ValueError):
            continue
    if not values:
        return None
    up = draw.pick(True, False)
    extreme, ground = (max if up else min)(values, key=lambda v: v[0])
    if abs(extreme) > 10**6:
        return None
    shift = draw.pick(0, 0, rational(1, 10**6), rational(-1, 10**6), rational(1, 10), 1)
    near = Number(Fraction(round(extreme * 10**4), 10**4))
    bound = draw.pick(ground, near) + (shift if up else -shift)
    claim = Relation(draw.pick("<=", "<=", "<") if up else draw.pick(">=", ">=", ">"), term, bound)
    if draw.random.random() < 0.1:
        claim = Relation("!=", term, bound)
    given = []
    for symbol, (low, high) in box.items():
        strict = low < high and draw.random.random() < 0.3
        given.append(Relation(">" if strict else ">=", symbol, low))
        given.append(Relation("<=", symbol, high))
    if draw.random.random() < 0.4:
        given.append(Relation(draw.pick("<=", ">", "!="), draw.term(1, symbols), draw.number()))
    return draw, box, Statement(claim, given)


def check(seed: int, seconds: float, count: int) -> str:
    """Refused, or enclosed and true at all points; an assertion fails where it is false."""
    found = drawn(seed)
    if found is None:
        return "none"
    draw, box, statement = found
    try:
        enclose(statement, seconds)
    except Refused:
        return "refused"
    for point in draw.points(box, count):
        if all(s.domain.contains(v) for s, v in point.items()) and all(
            seen(g, point) is True for g in statement.given
        ):
            assert seen(statement.claim, point) is not False, (seed, statement, point)
    return "enclosed"


@given(st.integers(0, 10**9))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_what_is_enclosed_is_true_at_random_points(seed: int) -> None:
    check(seed, 0.4, 60)


def test_random_claims_are_often_enclosed() -> None:
    found = [check(seed, 0.4, 10) for seed in range(120)]
    assert found.count("enclosed") >= 30


def test_families_are_refused() -> None:
    s = family("s")
    with pytest.raises(Refused, match="family"):
        enclose(Statement(s[1] ** 2 <= 1, [s[1] <= 1, s[1] >= -1]))


def test_what_is_given_of_a_variable_is_not_known_of_an_index_of_its_name() -> None:
    """The limit is 3 where h >= 3 is given, but not in the sum, where h is 1, then 2."""
    h, n = integer("h"), integer("n")
    at_most = limit(Min(h, 3) * n / (n + 1), n, oo)
    given = [h >= 3, h <= 4]
    assert enclose(Statement(at_most >= 3, given), 2)
    with pytest.raises(Refused):
        enclose(Statement(Sum(at_most, (h, 1, 2)) >= 5, given), 2)


def test_a_bound_of_a_root_is_not_its_value() -> None:
    n, x = integer("n"), real("x")
    zero, least = limit(1 / n, n, oo), root(x**2 - 2, (x, 0, 2))
    assert enclose(Statement(zero >= 0), 2)
    for claim in (least + zero >= rational(19, 10), zero >= least - 2, zero < least - 2):
        with pytest.raises(Refused):
            enclose(Statement(claim), 2)
