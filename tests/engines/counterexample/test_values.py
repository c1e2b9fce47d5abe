"""The values that are tried: in their domains, in order, none left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import DECLARED, families, is_apply, say
from tests.soundness.exact import Inexact, value
from verifier.engines.counterexample.values import (
    by_total,
    determined,
    extreme_values,
    members,
    small_values,
    table,
)
from verifier.kernel.context import context_of
from verifier.statements.substitution import member
from verifier.statements.terms import NONNEGATIVE, Domain, Number
from verifier.statements.vocabulary import COUNT, H, L, family, integer, positive, real, sigma

SETTINGS = settings(deadline=None, derandomize=True, max_examples=60)
n, x, a = integer("n"), real("x"), positive("a")


@pytest.mark.parametrize(
    ("symbol", "conditions", "expected"),
    [
        (H, (), [1, 2, 3, 4]),
        (L, (L >= 3,), [3, 4, 5, 6]),
        (L, (L >= 3, L < 6), [3, 4, 5]),
        (n, (), [0, 1, -1, 2]),
        (n, (n < 0,), [-1, -2, -3, -4]),
        (x, (), [0, 1, -1, 2]),
        (a, (), [1, 2, Fraction(1, 2), 3]),
    ],
)
def test_small_values_are_the_simplest(symbol: object, conditions: tuple, expected: list) -> None:
    found = small_values(symbol, context_of(conditions), 4)
    assert [v.value for v in found] == expected


def rationals(terms: list) -> list[Fraction]:
    found = []
    for term in terms:
        try:
            found.append(value(term, {}))
        except Inexact:
            continue
    return found


@pytest.mark.parametrize("symbol", [H, n, x, a, sigma], ids=repr)
@pytest.mark.parametrize("low", [None, 2, Fraction(7, 2)])
def test_all_values_lie_in_the_domain_and_within_the_bounds(symbol: object, low: object) -> None:
    context = context_of(() if low is None else (symbol >= low,))
    found = rationals(small_values(symbol, context, 50) + extreme_values(symbol, context))
    assert len(found) >= 50
    assert all(symbol.domain.contains(v) for v in found)
    assert low is None or min(found) >= low


def test_extremes_reach_as_far_as_they_should() -> None:
    assert max(v.value for v in extreme_values(H, context_of(()))) >= 10**40
    targets = rationals(extreme_values(sigma, context_of(())))
    assert min(targets) <= Fraction(1, 10**300)
    assert max(targets) >= 10**300
    assert any(0 < abs(v - 1) < Fraction(1, 10**30) for v in targets)


@given(st.lists(st.integers(1, 5), min_size=0, max_size=4))
@SETTINGS
def test_every_combination_comes_once_the_simplest_first(sizes: list[int]) -> None:
    lists = [list(range(size)) for size in sizes]
    found = list(by_total(lists))
    assert sorted(found) == sorted(product(*lists))
    assert [sum(c) for c in found] == sorted(sum(c) for c in found)


entries = st.lists(st.fractions(0, 5, max_denominator=3), min_size=1, max_size=4)


@given(entries, st.integers(-2, 9))
@SETTINGS
def test_a_table_has_its_entries_and_then_the_last_one(row: list[Fraction], place: int) -> None:
    term = table(family("s", NONNEGATIVE), tuple(row))
    assert is_apply(term, "lambda")
    assert value(member(term, (Number(place),)), {}) == families(tuple(row))(place)
    assert [m.value for m in members(term, 6)] == [families(tuple(row))(i) for i in range(1, 7)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=16))
@SETTINGS
def test_a_table_of_two_indices_goes_row_by_row(row: list[int]) -> None:
    term = table(family("w", arity=2), tuple(map(Fraction, row)))
    for number, (i, j) in enumerate(product(range(1, 5), repeat=2)):
        expected = row[min(number, len(row) - 1)]
        assert value(member(term, (Number(i), Number(j))), {}) == expected


@pytest.mark.parametrize("domain", [NONNEGATIVE, COUNT, Domain(True, 3)], ids=repr)
def test_the_tables_of_a_family_keep_to_its_domain(domain: object) -> None:
    symbol = family("s", domain)
    tables = small_values(symbol, context_of(()), 0)
    assert len(tables) >= 5
    values = [m.value for t in tables for m in members(t, 9)]
    assert all(domain.contains(v) for v in values)
    assert len(set(values)) >= 3


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ("H == 2*k", ["H"]),
        ("2*k == H", ["H"]),
        ("x == y", ["x"]),
        ("x == y; y == x", ["x"]),
        ("x == y + 1; y == x - 1", ["x"]),
        ("x == x + y", []),
        ("x + y == 1", []),
        ("x >= y", []),
        ("x == y; x == z", ["x", "z"]),
    ],
)
def test_what_equalities_determine(conditions: str, expected: list[str]) -> None:
    found = determined(say("x + y + z + H + k == 0", conditions))
    assert [s.name for s, _ in found][:1] == expected[:1]
    known = [s for s, _ in found]
    assert all(not (t.free & set(known[i:])) for i, (_, t) in enumerate(found))
    assert set(known) <= {*DECLARED.values(), H}
