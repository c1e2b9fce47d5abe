"""What is false is found to be false, each by the evaluation that can see it."""

from __future__ import annotations

import pytest

from tests.engines.say import say

from .counterexamples import anyhow, in_fractions

FALSE = [
    ("x**2 > 0", ""), ("x/x == 1", ""), ("x == 2*y", "x == y"), ("1/x > 0", "x == y**2"),
    ("H**(2/L - 1) < 1", "L >= 2"), ("Sum(s[h], (h, 1, H)) > 0", ""),
]  # fmt: skip
NEED_MORE = [
    ("sharpness(balanced) < sharpness(single_path)", "L >= 2"),
    ("H < 10**9", ""), ("a > 1/10**50", ""),
]  # fmt: skip
TRUE = [("x**2 >= 0", ""), ("x == 2*y - x", "x == y"), ("H**(2/L - 1) <= 1", "L >= 2")]


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_small_points_show_it(claim: str, given: str) -> None:
    assert "fails at" in in_fractions(say(claim, given))


@pytest.mark.parametrize(("claim", "given"), NEED_MORE)
def test_the_definition_or_a_search_shows_it(claim: str, given: str) -> None:
    assert not in_fractions(say(claim, given))
    assert anyhow(say(claim, given))


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_what_is_true_has_none(claim: str, given: str) -> None:
    assert not anyhow(say(claim, given))
