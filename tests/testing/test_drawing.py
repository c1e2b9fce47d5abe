"""Equalities that are given are solved: every solution is found, and satisfies them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import mp, say
from tests.testing.test_assignments import SETTINGS, drawn, fails
from verifier.engines.comparisons import COMPARISONS
from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.counterexample.values import Values
from verifier.engines.enclosure.intervals import Nowhere
from verifier.engines.witness import numeric
from verifier.statements.terms import Number, Relation
from verifier.statements.vocabulary import real
from verifier.testing import assignments, simplest
from verifier.testing.drawing.draft import Draft
from verifier.testing.drawing.equations import equations, plan
from verifier.testing.drawing.solutions import solutions

x, y, z = map(real, "xyz")


def solved(relation: Relation) -> list[str]:
    (equation,) = equations([relation])
    return [repr(value) for value in solutions(equation, x, None, None)]


@pytest.mark.parametrize(
    ("equality", "values"),
    [
        ("3*x == 2", ["2/3"]),
        ("x**2 == 4", ["2", "-2"]),
        ("x**2 == -4", []),
        ("x**3 == -8", ["-2"]),
        ("x**3 == 2", ["2**(1/3)"]),
        ("x**2 - x == 1", ["(1 + sqrt(5))/2", "(1 - sqrt(5))/2"]),
        ("(x - 1)*(x**2 - 2) == 0", ["1", "2**(1/2)", "-2**(1/2)"]),
        ("1/x + x == 2", ["1"]),
        ("x**(2/3) == 4", ["8"]),
        ("sqrt(x + 1) == 3", ["8"]),
        ("exp(2*x) == 9", ["1/2*log(9)"]),
        ("log(x) == 2", ["exp(2)"]),
        ("Abs(x) == 3", ["3", "-3"]),
        ("x + exp(x) == 1", ["0"]),
    ],
)
def test_solutions_are_closed_and_all_of_them(equality: str, values: list[str]) -> None:
    (relation,) = say("x > 0", equality).given
    assert sorted(solved(relation)) == sorted(values)


@SETTINGS
@given(st.lists(st.integers(-4, 4), min_size=3, max_size=6))
def test_a_polynomial_vanishes_at_as_many_places_as_its_sign_changes(row: list[int]) -> None:
    """Where the sign differs between two integers, there is a solution between."""
    body = sum((c * x**n for n, c in enumerate(row[1:], 1)), start=Number(row[0]))
    found = equations([body == 0])
    places = [numeric.Evaluator()(v) for e in found for v in solutions(e, x, None, None)]
    values = {n: sum(c * n**k for k, c in enumerate(row)) for n in range(-9, 10)}
    for n in range(-9, 9):
        if values[n] * values[n + 1] < 0:
            assert any(n < place < n + 1 for place in places)
    for place in places:
        assert abs(sum(c * place**k for k, c in enumerate(row))) < 10**-30 * (1 + abs(place)) ** 6


def agrees(relation: Relation, values: Values) -> bool:
    """Exactly, or so that a difference of both sides vanishes with more digits."""
    try:
        return Evaluator(values).holds(relation)
    except NotRational:
        left, right = numeric.sides(relation, values, 1_000)
        return COMPARISONS[relation.op](left, right) or abs(left - right) < mp.mpf(10) ** -600


SYSTEMS = [
    "x*y == 2; x + y == 3",
    "x**2 + y**2 == 25; x**2 - y**2 == 7",
    "x + y + z == 6; x*y + y*z + z*x == 11; x*y*z == 6",
    "x**5 - x == 1 - y; y >= 0",
    "exp(x) == 1 + a; a <= 2",
    "x**2 == a; y**3 == x + 1",
    "Max(x, y) == 3",
    "x*z + y == 1; x - y*z == 2; z > 1",
    "x == log(a); y == root(z**3 - z - a, (z, 0, 2 + a))",
    "Sum(w[h]**2, (h, 1, 3)) == 14; Sum(w[h], (h, 1, 3)) == 6",
    "chain((lambda l, i, j: w[i]*l), 1, 2, 1, 1, 2) == 1",
]


@pytest.mark.parametrize("conditions", SYSTEMS)
def test_coupled_equalities_hold_by_construction(conditions: str) -> None:
    """Hardly a draw falls back on values that are known: they differ."""
    statement = say("x > 0", conditions)
    found = drawn(statement, 30)
    for values in found:
        assert all(agrees(relation, values) for relation in statement.given)
    free = len(statement.variables) > sum(g.op == "==" for g in statement.given)
    assert not free or len({repr(values) for values in found}) > 10


@pytest.mark.parametrize(
    ("claim", "conditions", "smallest"),
    [
        ("x == y", "x**2 == y**2", "{x: 1, y: -1}"),
        ("x == 0", "x*y == 0", "{x: 1, y: 0}"),
        ("y == 0", "x*y == 0", "{x: 0, y: 1}"),
        ("x == 2", "Abs(x) == 2", "{x: -2}"),
        ("x**2 + y**2 > 1/2", "x + y == 1", "{x: 1/2, y: 1/2}"),
        ("x == y", "x**2 + y**2 == 25; x**2 - y**2 == 7", None),
        ("n + m == 5", "n*m == 6; n >= 1; m >= 1", "{m: 1, n: 6}"),
        ("x < 1", "exp(x) == 1 + a; a <= 2", None),
        ("s[1] < sigma", "Sum(s[h], (h, 1, H)) == sigma; H >= 2", None),
        ("s[2] == 0", "s[1] == 0", None),  # a member that only the claim has
        ("x > 1 + 1/10**7", "1 < x; x < 1 + 1/10**6", "{x: 1000000001/1000000000}"),
        ("x*exp(x) > 2", "x + exp(x) == 3", None),
    ],
)
def test_every_branch_is_reached(claim: str, conditions: str, smallest: str | None) -> None:
    statement = say(claim, conditions)
    found = simplest(assignments(statement), lambda values: fails(statement, values), tries=300)
    assert smallest is None or repr(found) == smallest


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("x == y", "x**2 == y**2; x*y > 0"),
        ("x**2 + y**2 >= 1/2", "x + y == 1"),
        ("x <= log(3)", "exp(x) == 1 + a; a <= 2"),
        ("x**2 > x", "1 < x; x < 1 + 1/10**6"),
        ("x*y*z == 6", "x + y + z == 6; x*y + y*z + z*x == 11; x*y*z == 6"),
    ],
)
def test_what_follows_holds_at_every_draw(claim: str, conditions: str) -> None:
    statement = say(claim, conditions)

    @settings(SETTINGS, max_examples=60)
    @given(assignments(statement))
    def test(values: Values) -> None:
        assert not fails(statement, values)

    test()


def test_contradicting_equations_leave_nowhere() -> None:
    with pytest.raises(Nowhere):
        plan(equations([x + y == 1, x + y == 2]), repr)
    assert plan(equations([x + y == 1, 2 * x + 2 * y == 2]), repr).owned() < {x, y}


def test_a_draft_is_never_changed() -> None:
    draft = Draft.of(say("x > 0", "x + y == 3; x < 2"))
    symbol = draft.next()
    assert symbol is not None
    one, other = draft.put(symbol, Number(1)), draft.put(symbol, Number(Fraction(5, 4)))
    assert one is not None and other is not None and draft.next() is symbol
    assert [d.solved(d.next()) for d in (one, other)] == [[Number(2)], [Number(Fraction(7, 4))]]
