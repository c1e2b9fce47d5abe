"""The numeric attack: the same draws at every run, in their domains; wrong theorems are caught."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engines.say import say
from verifier.engines.witness import numeric
from verifier.engines.witness.draws import check, drawn, satisfies
from verifier.statements.terms import Number

SHARES = "sigma == Sum(s[h], (h, 1, H))"
WRONG = [
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", ""),
    ("sharpness(single_path) == L*sigma**(2 - 1/L)", "L >= 2"),
    ("sharpness(single_path) == (L - 1)*sigma**(2 - 2/L)", "L >= 2"),
    ("sharpness(balanced)/sharpness(single_path) == L*H**(2/L - 1)", "L >= 2"),
    ("sharpness(balanced) > sharpness(single_path)", "L >= 3; H >= 2"),
    ("sharpness(split(s)) == L*Sum(s[h]**(2 - 1/L), (h, 1, H))", SHARES),
]


@pytest.mark.parametrize(("claim", "given"), WRONG)
def test_a_wrong_theorem_is_caught(claim: str, given: str) -> None:
    assert check(say(claim, given))[1] is not None


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("sharpness(single_path) == L*sigma**(2 - 2/L)", "L >= 2"),
        ("sharpness(balanced) < sharpness(single_path)", "L >= 3; H >= 2"),
        ("sharpness(split(s)) == L*Sum(s[h]**(2 - 2/L), (h, 1, H))", SHARES),
    ],
)
def test_a_true_theorem_passes(claim: str, given: str) -> None:
    assert check(say(claim, given), 5) == (5, None)


def test_draws_are_the_same_at_every_run_in_their_domains_and_of_every_magnitude() -> None:
    statement = say("H*L*sigma*x > 0", "L >= 3; n >= 2; n <= 9")
    found = drawn(statement, 200)
    assert found == drawn(statement, 200)
    for values in found:
        assert all(s.domain.contains(v.value) for s, v in values.items())
    sizes = [v.value for values in found for s, v in values.items() if s.name == "sigma"]
    assert min(sizes) < 10**-60
    assert max(sizes) > 10**60


def test_what_is_given_must_hold_and_determines_values() -> None:
    statement = say("x > y", "x == y + 1; y > 2")
    values = {s: Number(5) for s in statement.variables if s.name == "y"}
    assert satisfies(statement, values)
    assert {s.name: v.value for s, v in values.items()} == {"x": 6, "y": 5}
    assert not satisfies(statement, {s: Number(1) for s in values if s.name == "y"})


def test_limits_and_derivatives_are_left_out() -> None:
    assert check(say("limit(1/x, x, oo) == 1")) == (0, None)


def test_digits_that_agree_do_not_show_that_a_given_equality_holds() -> None:
    """1 + x == 1 to 50 digits where x is tiny; it says x == 0."""
    statement = say("x == 0", "1 + x == 1")
    tiny = dict.fromkeys(statement.variables, Number(Fraction(1, 10**90)))
    assert not satisfies(statement, tiny)
    assert satisfies(statement, dict.fromkeys(statement.variables, Number(0)))


def test_a_cancellation_of_huge_numbers_is_no_failure() -> None:
    root = "sigma + eta*((H + 4)**(1/7)*H**(1/7) - (H*(H + 4))**(1/7))"
    statement = say(f"{root} == sigma")
    huge = {s: Number(10**140 if s.name == "eta" else 3) for s in statement.variables}
    assert numeric.holds(statement, huge) is False
    assert not numeric.fails(statement, huge)
    assert check(statement)[1] is None
    assert numeric.fails(say(f"{root} + eta == sigma"), huge)
