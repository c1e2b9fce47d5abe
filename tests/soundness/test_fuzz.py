"""What calculation proves of random statements is true at every point that is tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest

from verifier.kernel import sign
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply

from .exact import Inexact, UndefinedHere, fails, value
from .generate import Generator, H, L, Sum, a, h, n, s, x, y

STATEMENTS = 900
POINTS = 60


def proved(statement: Statement) -> bool:
    try:
        prove("arithmetic", statement)
    except Refused:
        return False
    return True


def counterexample(statement: Statement, generator: Generator) -> object:
    for point in generator.points(statement, POINTS):
        try:
            if fails(statement, point):
                return point
        except Inexact:
            continue
    return None


@pytest.mark.parametrize("seed", range(3))
def test_what_is_proved_is_true_at_random_points(seed: int) -> None:
    generator = Generator(seed)
    accepted = 0
    for _ in range(STATEMENTS):
        statement = generator.statement()
        if proved(statement):
            accepted += 1
            assert counterexample(statement, generator) is None, statement
    assert accepted > STATEMENTS // 10  # it does prove something


def test_a_planted_error_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every power called nonnegative, a counterexample would appear."""
    real_sign = sign.power_sign
    context_of.cache_clear()
    with monkeypatch.context() as planted:
        planted.setattr(sign, "power_sign", lambda *args: real_sign(*args) & ~1 or 6)
        generator = Generator(0)
        for tried in count():
            assert tried < STATEMENTS, "no counterexample was found"
            statement = generator.statement()
            if proved(statement) and counterexample(statement, generator) is not None:
                break
    context_of.cache_clear()


@pytest.mark.parametrize(
    ("term", "point", "expected"),
    [
        (x**0, {x: 0}, 1),
        (x**-2, {x: 2}, Fraction(1, 4)),
        (x ** Fraction(3, 2), {x: 4}, 8),
        (a ** (1 / L), {a: Fraction(1, 8), L: 3}, Fraction(1, 2)),
        (Sum(h, (h, 1, n)), {n: 4}, 10),
        (Sum(h, (h, 1, n)), {n: -4}, 0),
        (Apply("Product", h, h, 1, n), {n: 4}, 24),
        (Apply("Product", h, h, 1, n), {n: 0}, 1),
        (Sum(s[h] * h, (h, 1, H)), {H: 2, s: Fraction}, 5),
        (Apply("Iverson", x >= y), {x: 1, y: 1}, 1),
        ((-1) ** n, {n: 10**9 + 1}, -1),
    ],
    ids=repr,
)
def test_the_evaluator_knows_values(term: Apply, point: dict, expected: Fraction) -> None:
    exact = {k: v if callable(v) else Fraction(v) for k, v in point.items()}
    assert value(term, exact) == expected


@pytest.mark.parametrize(
    ("term", "point"),
    [
        (1 / x, {x: 0}),
        (x**-1, {x: 0}),
        (x ** Fraction(1, 2), {x: -1}),
        (Apply("log", x), {x: 0}),
        (Sum(1, (h, 1, n / 2)), {n: 1}),
        (s[n / 2], {n: 1, s: Fraction}),
    ],
    ids=repr,
)
def test_the_evaluator_knows_what_is_undefined(term: Apply, point: dict) -> None:
    exact = {k: v if callable(v) else Fraction(v) for k, v in point.items()}
    with pytest.raises(UndefinedHere):
        value(term, exact)
