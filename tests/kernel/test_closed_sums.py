"""Sums in closed form, against sums written out term by term."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engines.say import say
from verifier.kernel.closed_sums import MAX_DEGREE
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.proved import prove
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number
from verifier.statements.vocabulary import L, Sum, integer

l = integer("l")  # noqa: E741


@pytest.mark.parametrize("degree", range(1, MAX_DEGREE + 1))
def test_powers_of_the_index(degree: int) -> None:
    closed = context_of(()).normal(Sum(l**degree, (l, 1, L)))
    term = substitute(to_term(closed), {L: Number(7)})
    value = Context().normal(term).constant
    assert value is not None
    assert int(value.p) == sum(i**degree for i in range(1, 8))


@pytest.mark.parametrize("ratio", [Fraction(2), Fraction(1, 2), Fraction(3, 7)])
@pytest.mark.parametrize("first", [-2, 0, 3])
def test_geometric_sums(ratio: Fraction, first: int) -> None:
    body = Number(ratio) ** (2 * l + 1)
    closed = context_of((L >= 3,)).normal(Sum(body, (l, first, L)))
    value = Context().normal(substitute(to_term(closed), {L: Number(6)})).constant
    assert value is not None
    expected = sum(ratio ** (2 * i + 1) for i in range(first, 7))
    assert Fraction(int(value.p), int(value.q)) == expected


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("Sum(l, (l, 1, L)) == L*(L + 1)/2", ""),
        ("Sum(l, (l, n, m)) == (m*(m + 1) - n*(n - 1))/2", "n <= m + 1"),
        ("Sum(x**l, (l, 0, L)) == (x**(L + 1) - 1)/(x - 1)", "x > 1"),
        ("Sum(x**l, (l, 0, L)) == (1 - x**(L + 1))/(1 - x)", "0 < x; x < 1"),
        ("Sum(1/2**l, (l, 1, L)) < 1", ""),
    ],
)
def test_true_statements(claim: str, given: str) -> None:
    prove("arithmetic", say(claim, given))


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("Sum(l, (l, n, m)) == (m*(m + 1) - n*(n - 1))/2", "n <= m + 2"),  # n = m + 2: empty
        ("Sum(l, (l, 3, L)) == L*(L + 1)/2 - 3", ""),  # L = 1: empty
        ("Sum(x**l, (l, 0, L)) == (x**(L + 1) - 1)/(x - 1)", "x >= 1"),  # x = 1
        ("Sum(x**l, (l, -1, L)) == (x**(L + 2) - 1)/(x*(x - 1))", "x > 0"),
        ("Sum(2**l, (l, 0, L)) == 2**(L + 1)", ""),
        ("Sum(1/2**l, (l, 0, L)) < 1", ""),
    ],
)
def test_false_neighbours(claim: str, given: str) -> None:
    with pytest.raises(Refused):
        prove("arithmetic", say(claim, given))
