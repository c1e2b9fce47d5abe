"""Assignments satisfy what a statement has given, reach its edges, and find false statements."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import say
from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.counterexample.values import Values
from verifier.engines.witness.draws import satisfies
from verifier.errors import StatementError
from verifier.statements.statement import Statement
from verifier.statements.terms import Number
from verifier.statements.vocabulary import H, L, k
from verifier.testing import assignments, sides, simplest, too_close

SETTINGS = settings(deadline=None, derandomize=True, max_examples=60, database=None)
RATIONAL = [
    ("k > 0", "k <= H; H >= 3"),
    ("i > 0", "1 <= i; i < n; n <= L"),
    ("i > 0", "1 <= i; i < m; m < n; n <= 4"),
    ("x > 0", "x < y; y < 3; x > -1"),
    ("x > 0", "0 < x; x < 1/10**40"),
    ("x > 0", "x**2 < 4; x != 0"),
    ("x > 0", "x + y == 1; x >= 0; y >= 0"),
    ("eta > 0", "eta*sigma < 2; sigma*L <= 10"),
    ("n > 0", "n < 0"),
    ("n > 0", "2*n == 6"),
    ("x > 0", "3*y*(1 + x*y) == 2*y + z; y >= 1"),
    ("x > 0", "x**2*y == 2; x > 0; y > x"),
    ("s[1] > 0", "sigma == Sum(s[h], (h, 1, H))"),
    ("k > 0", "k <= i; i + 1 <= m; m <= n - 1; n <= H"),
    ("s[1] > 0", "Sum(s[h], (h, 1, H)) == sigma; Sum(h*s[h], (h, 1, H)) == 2*sigma; H >= 2"),
    ("x > 0", "Product(w[h], (h, 1, H)) < 0; Sum(w[h], (h, 1, H)) > 1; H == 3; x >= 1"),
    ("s[1] > 0", "s[1] + Sum(s[h], (h, 2, H)) == Sum(s[h], (h, 2, H)); H >= 2"),
    ("eta > 0", "eta < 2/sharpness(balanced); eta > 1/sharpness(balanced); L == 2"),
]


def drawn(statement: Statement, count: int = 60) -> list[Values]:
    found: list[Values] = []

    @settings(SETTINGS, max_examples=count)
    @given(assignments(statement))
    def collect(values: Values) -> None:
        found.append(values)

    collect()
    return found


@pytest.mark.parametrize(("claim", "conditions"), RATIONAL)
def test_everything_given_holds_and_every_variable_has_a_value(claim: str, conditions: str) -> None:
    """No health check is switched off: hardly a draw is thrown away."""
    statement = say(claim, conditions)
    for values in drawn(statement):
        assert values.keys() == set(statement.variables)
        for symbol, value in values.items():
            assert (
                symbol.arity or not isinstance(value, Number) or symbol.domain.contains(value.value)
            )
        for relation in statement.given:
            own = {symbol: values[symbol] for symbol in relation.free}
            try:
                assert Evaluator(own).holds(relation)
            except NotRational:
                assert satisfies(Statement(statement.claim, [relation]), dict(values))


def test_edges_are_reached() -> None:
    found = drawn(say("k > 0", "k <= H; H >= 3"), 300)
    assert {values[H].value for values in found} >= {3, 4, 10**9}
    assert any(values[H] is values[k] for values in found)  # k <= H, just so
    assert any(values[k].value == 1 for values in found)
    (x,) = say("x > 0", "x <= 5; x > -1").variables
    reals = [values[x] for values in drawn(say("x > 0", "x <= 5; x > -1"), 300)]
    numbers = [v.value for v in reals if isinstance(v, Number)]
    assert 5 in numbers and min(numbers) > -1
    assert any(0 < n + 1 < Fraction(1, 10**30) for n in numbers)


def test_sizes_stay_small_where_a_network_is_evaluated() -> None:
    for values in drawn(say("sharpness(balanced) > 0", "L >= 2"), 100):
        assert values[H].value * values[L].value <= 5 * 6


@pytest.mark.parametrize(
    "conditions",
    [
        "x < 1; x > 2",
        "x**2 + y**2 == -1",
        "x + y == 1; x + y == 2",
        "2*n == 7",
        "n*m == 7; n + m == 7",
    ],
)
def test_that_nothing_satisfies_what_is_given_is_an_error(conditions: str) -> None:
    with pytest.raises(StatementError, match="no values are found that satisfy"):
        simplest(assignments(say("x > 0", conditions)), tries=20)


@pytest.mark.parametrize(
    ("claim", "conditions", "smallest"),
    [
        ("H**(2/L - 1) < 1", "H >= 2; L >= 2", "{H: 2, L: 2}"),
        ("H**(2/L - 1) < 1", "L >= 2", "{H: 1, L: 2}"),
        ("x**2 >= x", "", "{x: 1/2}"),
        ("H**(2/L - 1) > 1/10**6", "L >= 3", None),
        ("sharpness(balanced) < sharpness(single_path)", "L >= 2; H >= 2", None),
        ("sharpness(single_path) == L*sigma**(2 - 1/L)", "L >= 2", None),
    ],
)
def test_false_statements_fail_at_the_smallest_values(
    claim: str, conditions: str, smallest: str | None
) -> None:
    statement = say(claim, conditions)
    found = simplest(assignments(statement), lambda values: fails(statement, values), tries=500)
    assert smallest is None or repr(found) == smallest


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("H**(2/L - 1) < 1", "H >= 2; L >= 3"),
        ("x/(1 + x) < 1", "x > 0"),  # at huge x the sides agree to all digits
        ("x + 1/x >= 2", "x > 0"),
        ("sharpness(single_path) == L*sigma**(2 - 2/L)", "L >= 2"),
        ("sharpness(balanced) <= sharpness(single_path)", ""),
    ],
)
def test_true_statements_hold_at_every_draw(claim: str, conditions: str) -> None:
    statement = say(claim, conditions)

    @settings(SETTINGS, max_examples=100)
    @given(assignments(statement))
    def test(values: Values) -> None:
        assert not fails(statement, values)

    test()


def fails(statement: Statement, values: Values) -> bool:
    left, right = sides(statement, values)
    holds = {
        "<": left < right, "<=": left <= right, "==": left == right, ">=": left >= right,
        ">": left > right, "!=": left != right,
    }[statement.claim.op]  # fmt: skip
    return not (holds or too_close(left, right))


def test_an_undefined_side_is_an_error_at_its_values() -> None:
    statement = say("(x**2 - 1)/(x - 1) == x + 1")
    (x,) = statement.variables
    with pytest.raises(StatementError, match="undefined, 1 - 1 != 0 fails"):
        sides(statement, {x: Number(1)})
    with pytest.raises(StatementError, match="undefined"):
        sides(say("x**(1/2) >= 0"), {x: Number(-1)})


@SETTINGS
@given(st.integers(2, 9))
def test_both_sides_are_exact_where_they_are_rational(n: int) -> None:
    found = sides(say("H**(2/L - 1) < 1"), {H: Number(n**2), L: Number(4)})
    assert found == (Fraction(1, n), 1) and isinstance(found.left, Fraction)
    irrational = sides(say("H**(2/L - 1) < 1"), {H: Number(2), L: Number(3)}, digits=30)
    assert abs(irrational.left**3 * 2 - 1) < 10**-30
