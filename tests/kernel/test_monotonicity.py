"""Monotone functions, slopes and contraposition: true statements, and false ones beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Relation, Term
from verifier.statements.vocabulary import (
    Abs,
    L,
    cos,
    diff,
    exp,
    integer,
    log,
    positive,
    real,
    sin,
    sqrt,
)

x, y, z, p, t = real("x"), real("y"), real("z"), real("p"), real("t")
a = positive("a")
n = integer("n")
ZERO = Number(0)

Given = Sequence[Relation]


def say(claim: Relation, *given: Relation) -> Statement:
    return Statement(claim, given)


def assume(claim: Relation, *given: Relation) -> Proved:
    """The claim as a premise: it is among what is given."""
    return prove("given", say(claim, claim, *given))


def refused(name: str, statement: Statement, *premises: Proved, **arguments: object) -> None:
    with pytest.raises((Refused, StatementError)):
        prove(name, statement, premises, **arguments)  # type: ignore[arg-type]


# --- contraposition --------------------------------------------------------------------------


def test_contraposition() -> None:
    part = prove("arithmetic", say(x**2 > 4, x > 2))
    prove("contraposition", say(x <= 2, x**2 <= 4), (part,))


def test_what_contradicts_itself_proves_anything() -> None:
    part = prove("arithmetic", say(x <= 0, x < 0))
    prove("contraposition", say(y == 7, x > 0, x < 0), (part,))


def test_contraposition_needs_a_contradiction() -> None:
    part = prove("arithmetic", say(x**2 > 4, x > 2))
    refused("contraposition", say(x <= 2, x**2 < 5), part)  # x**2 > 4 contradicts nothing here
    refused("contraposition", say(x < 2, x**2 <= 4), part)  # not the negation of the claim
    refused("contraposition", say(x <= 2), part)
    refused("contraposition", say(y <= 2, x**2 <= 4), part)


def test_contraposition_needs_a_claim_that_is_defined() -> None:
    part = assume(x > 0, 1 / x > 0)
    refused("contraposition", say(1 / x <= 0, x <= 0), part)


# --- monotone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "claim", "given", "by"),
    [
        (x < y, exp(x) < exp(y), (), exp(t)),
        (x <= y, exp(2 * x) <= exp(2 * y), (), None),
        (x == y, log(x) == log(y), (x > 0, y > 0), log(t)),
        (x < y, x**p < y**p, (x >= 0, y >= 0, p > 0), t**p),
        (x < y, x**3 < y**3, (), t**3),
        (x**3 == y**3, x == y, (), t**3),
        (x**L >= y**L, x >= y, (x >= 0, y >= 0), t**L),
        (log(x) <= y, x <= exp(y), (x > 0,), exp(t)),
        (x <= y**2, sqrt(x) <= y, (x >= 0, y >= 0), t**2),
    ],
)
def test_monotone(known: Relation, claim: Relation, given: Given, by: Term | None) -> None:
    premise = assume(known, *given)
    if by is None:
        refused("monotone", say(claim, known, *given), premise, by=exp(t))
        return
    prove("monotone", say(claim, known, *given), (premise,), by=by)


@pytest.mark.parametrize(
    ("known", "claim", "given", "by"),
    [
        (x < y, x**2 < y**2, (), t**2),  # x = -2, y = 1
        (x < y, x**2 < y**2, (y >= 0,), t**2),  # x = -2, y = 1
        (x**2 == y**2, x == y, (), t**2),  # x = -1, y = 1
        (x < y, x**p < y**p, (x > 0, y > 0), t**p),  # p = -1
        (x < y, x**p < y**p, (x > 0, y > 0, p >= 0), t**p),  # p = 0
        (x < y, x**L < y**L, (), t**L),  # L = 2, x = -2, y = 1
        (x < y, log(x) < log(y), (y > 0,), log(t)),  # x = 0: undefined
        (x < y, log(x) < log(y), (), log(t)),
        (x <= y, exp(x) < exp(y), (), exp(t)),  # strict from weak
        (x < y, exp(y) < exp(x), (), exp(t)),
        (x < y, exp(x) < exp(z), (), exp(t)),
        (x < y, x ** Number(-1) < y ** Number(-1), (x > 0, y > 0), t ** Number(-1)),
        (x < y, sin(x) < sin(y), (), sin(t)),
        (x < y, x**2 < y**2, (x >= 0, y >= 0), x**2),  # the function's argument is no own symbol
        (x < y, x ** x < y ** x, (x > 0, y > 0), t**t),
    ],
)  # fmt: skip
def test_monotone_refuses(known: Relation, claim: Relation, given: Given, by: Term) -> None:
    refused("monotone", say(claim, known, *given), assume(known, *given), by=by)


def test_monotone_needs_a_premise_that_holds_here() -> None:
    premise = assume(x < y)
    refused("monotone", say(exp(x) < exp(y)), premise, by=exp(t))


# --- slope -----------------------------------------------------------------------------------


def slope(claim: Relation, given: Given, base: Proved, growth: Proved, start: object) -> Proved:
    where = start if isinstance(start, Term) else Number(start)  # type: ignore[arg-type]
    return prove("slope", say(claim, *given), (base, growth), on=x, start=where)


def at_zero(claim: Relation) -> Proved:
    return prove("arithmetic", say(claim))


def test_slope() -> None:
    base = at_zero(sin(Number(0)) <= Number(0))
    growth = prove("arithmetic", say(1 - cos(x) >= 0, x > 0))
    slope(sin(x) <= x, (x >= 0,), base, growth, 0)


def test_slope_downwards() -> None:
    base = at_zero(sin(Number(0)) >= Number(0))
    falling = prove("arithmetic", say(cos(x) - 1 <= 0, x < 0))
    slope(sin(x) >= x, (x <= 0,), base, falling, 0)


def test_slope_to_an_upper_bound() -> None:
    base = at_zero(Number(0) ** 2 <= Number(0))
    growth = prove("arithmetic", say(1 - 2 * x >= 0, x > 0, x <= sqrt(Number(1)) / 2))
    slope(x**2 <= x, (x >= 0, x <= sqrt(Number(1)) / 2), base, growth, 0)


def test_a_strict_slope_makes_a_strict_claim() -> None:
    base = at_zero(exp(Number(0)) >= 1 + Number(0))
    growth = assume(exp(x) - 1 > 0, x > 0)
    given = (x > 0, exp(x) - 1 > 0)
    refused("slope", say(exp(x) > 1 + x, *given), base, growth, on=x, start=Number(0))
    growth = prove("arithmetic", say(exp(x) - 1 > 0, x > 0))
    slope(exp(x) > 1 + x, (x > 0,), base, growth, 0)


def test_slope_refuses() -> None:
    base = at_zero(sin(Number(0)) <= Number(0))
    growth = prove("arithmetic", say(1 - cos(x) >= 0, x > 0))

    def no(claim: Relation, given: Given, start: Term = ZERO) -> None:
        refused("slope", say(claim, *given), base, growth, on=x, start=start)

    no(sin(x) <= x, ())  # false at x = -1
    no(sin(x) <= x, (x >= -1,))
    no(sin(x) <= x, (x <= 0,))
    no(sin(x) < x, (x >= 0,))  # false at 0
    no(sin(x) < x, (x > 0,))  # true, but the slope is only known to be weak
    no(sin(x) == x, (x >= 0,))
    no(sin(x) <= x, (x >= 1,), Number(1))  # the premise is about another start
    no(sin(x) <= 2 * x, (x >= 0,))  # another slope


def test_the_slope_is_taken_on_the_right_side() -> None:
    base = at_zero(Number(0) >= Number(0))
    falling = prove("arithmetic", say(Number(1) >= 0, x < 0))
    refused("slope", say(x >= 0, x <= 0), base, falling, on=x, start=Number(0))
    nowhere = prove("arithmetic", say(-x >= 0, x < 0))  # says nothing for x > 0
    claim = Relation(">=", -(x**2) / 2, 0)
    start = at_zero(Relation(">=", -(Number(0) ** 2) / 2, 0))
    refused("slope", say(claim, x >= 0), start, nowhere, on=x, start=Number(0))


def test_a_slope_needs_a_path_without_gaps() -> None:
    hyperbola = Relation(">=", 1 / (x - 1), -1)  # at 0: -1; beyond the pole it says nothing
    base = at_zero(1 / (Number(0) - 1) >= -1)
    growth = assume(Relation(">=", -1 / (x - 1) ** 2, 0), x > 0)
    refused("slope", say(hyperbola, x >= 0), base, growth, on=x, start=Number(0))
    absolute = Relation(">=", Abs(x - 1), 1 - x)
    refused("slope", say(absolute, x >= 0), at_zero(Abs(Number(0) - 1) >= 1 - Number(0)), growth,
            on=x, start=Number(0))  # fmt: skip


def test_what_is_given_at_the_end_does_not_hold_on_the_way() -> None:
    growth = assume(2 * x - 3 >= 0, x > 0)  # false for 0 < x < 3/2
    base = at_zero(Number(0) ** 2 - 3 * Number(0) >= 0)
    given = (x >= 1, 2 * x - 3 >= 0)
    refused("slope", say(x**2 - 3 * x >= 0, *given), base, growth, on=x, start=Number(0))


def test_the_start_lies_in_the_domain() -> None:
    base = at_zero(Number(0) >= Number(0))
    growth = prove("arithmetic", say(Number(1) >= 0, a > 0))
    refused("slope", say(a >= 0, a >= 0), base, growth, on=a, start=Number(0))


def test_no_slope_along_the_integers_or_in_a_derivative() -> None:
    base = at_zero(Number(0) >= Number(0))
    refused("slope", say(n >= 0, n >= 0), base, base, on=n, start=Number(0))
    claim = Relation(">=", diff(x**2, x), 0)
    growth = prove("arithmetic", say(Number(2) >= 0))
    refused("slope", say(claim, x >= 0), base, growth, on=x, start=Number(0))
