"""Evaluation at 50 digits agrees with fractions; sharpness comes from the definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.counterexample.test_rational import point
from tests.engines.say import at, say
from tests.engines.say import sharpness as defined
from tests.soundness.exact import Inexact, UndefinedHere, value
from tests.soundness.generate import Generator
from verifier.engines.witness import numeric
from verifier.engines.witness.numeric import CannotEvaluate, Evaluator
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number
from verifier.statements.vocabulary import H, L, real, shared, sharpness, sigma

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)


@given(st.integers(0, 10**9))
@SETTINGS
def test_it_agrees_with_plain_fractions(seed: int) -> None:
    generator = Generator(seed)
    statement = Statement(generator.term(2) == generator.term(2))
    for _ in range(4):
        plain, terms = point(statement, generator)
        for side in (statement.claim.lhs, statement.claim.rhs):
            try:
                expected = value(side, plain)
            except Inexact:
                continue
            except UndefinedHere:
                with pytest.raises(CannotEvaluate):
                    Evaluator()(substitute(side, terms))
                continue
            try:
                found = Evaluator()(substitute(side, terms))
            except CannotEvaluate:
                continue  # it may give up
            error = abs(found - Evaluator()(Number(expected)))
            assert error * 10**45 <= Evaluator()(Number(max(abs(expected), Fraction(1))))


@pytest.mark.parametrize("pathways", [1, 2, 3])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("target", [Fraction(1), Fraction(3, 7), Fraction(10) ** -30])
def test_sharpness_is_that_of_the_definition(pathways: int, depth: int, target: Fraction) -> None:
    for active in range(1, pathways + 1):
        shares = [target / active] * active + [Fraction(0)] * (pathways - active)
        here = {H: Number(pathways), L: Number(depth), sigma: Number(target)}
        found = Evaluator()(substitute(sharpness(shared(active)), here))
        expected = Evaluator().mp.mpf(defined(shares, depth))
        assert abs(found - expected) * 10**45 <= expected


@pytest.mark.parametrize(
    ("claim", "place", "expected"),
    [
        ("x**2 == 2", "x=1", False), ("x < y", "x=0 y=1", True), ("x >= y", "x=0 y=1", False),
        ("x == 1/3", "x=1/3", True), ("sqrt(2)**2 == 2*x", "x=1", True),
        ("x != 1/3", "x=1/3", False), ("x < 1/3", "x=1/3", None), ("exp(log(a)) == a", "a=7", True),
        ("1 + a == 1", "a=1/10000000000000000000000000000000000000000", False),
        ("(1 + a) - 1 == 2*a", "a=1/10000000000000000000000000000000000000000", False),
    ],
)  # fmt: skip
def test_verdicts_on_numbers(claim: str, place: str, expected: bool | None) -> None:
    assert numeric.holds(say(claim), at(place)) is expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("sqrt(2)**2 == 2", True), ("sqrt(2) < 3/2", True), ("sqrt(2) > 3/2", False),
        ("sqrt(2)**2 == 2 + 10**(-60)", False), ("sqrt(2)**2 >= 2 + 10**(-300)", False),
        ("sqrt(2)**2 <= 2 + 10**(-300)", True), ("sqrt(2)**2 != 2", False),
    ],
)  # fmt: skip
def test_what_holds_to_few_digits_must_hold_to_many(claim: str, expected: bool) -> None:
    assert numeric.surely_holds(say(claim), {}) is expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2) != 0", True), ("sqrt(2) - 7/5 != 0", False),
        ("10**(-40)*sqrt(2) != 0", False),
    ],
)  # fmt: skip
def test_what_vanishes_to_many_digits(claim: str, expected: bool) -> None:
    assert numeric.vanishes(say(claim).claim.lhs) is expected


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        ("1/x == 0", "x=0"), ("log(x) == 0", "x=0"), ("sqrt(x) == 0", "x=-1"),
        ("x**n == 1", "x=0 n=-1"),
        ("x**(1/2) == 1", "x=-1"), ("Sum(h, (h, 1, H)) == 1", "H=100000000000000000000"),
        ("x == y", "x=1"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_not_evaluated(claim: str, place: str) -> None:
    with pytest.raises(CannotEvaluate):
        numeric.holds(say(claim), at(place))


def test_a_share_without_a_real_root_has_no_sharpness() -> None:
    here = {H: Number(1), L: Number(2), sigma: Number(-1)}
    with pytest.raises(CannotEvaluate, match="the root of a negative share"):
        Evaluator()(substitute(sharpness(shared(1)), here))


@pytest.mark.parametrize(
    ("root", "power"),
    [
        ("root(x**2 - 2, (x, 0, 2))", 2),
        ("root(x**3 - 2, (x, 1, 2))", 3),
        ("root(5 - (x - 3)**2, (x, 2, 9))", None),  # least at the lower bound, but far from zero
        ("root(exp(x) - 2, (x, -10, 300))", None),
        ("root(1 - x**9/10**12, (x, 0, 10**3))", None),
    ],
)
@pytest.mark.parametrize("digits", [50, 500])
def test_a_root_has_all_digits(root: str, power: int | None, digits: int) -> None:
    evaluate = Evaluator(digits)
    term = say(f"{root} > 0").claim.lhs
    found, mp = evaluate(term), evaluate.mp
    expected = {"5": 3 + mp.sqrt(5), "e": mp.log(2), "1": mp.mpf(10) ** (mp.mpf(12) / 9)}
    known = mp.root(2, power) if power else expected[root[5]]
    assert abs(found - known) <= known * mp.mpf(10) ** -digits


@pytest.mark.parametrize(
    "body", ["(x - 1)**2*(x - 3)", "((x - 1)**2 + 1/10**9)*(x - 3)", "sin(9*x) - 1/2", "x*(x - 3)"]
)
def test_a_root_that_another_may_come_before_is_not_evaluated(body: str) -> None:
    with pytest.raises(CannotEvaluate, match="there may be several roots"):
        Evaluator()(say(f"root({body}, (x, 0, 5)) > 0").claim.lhs)


@pytest.mark.parametrize(
    ("claim", "seems"),
    [
        ("x < 1", True), ("x > 1", False), ("x > 0", False), ("x != 0", False), ("x >= 0", True),
        ("1/x > 0", False), ("sin(pi) > x", None), ("sin(pi) != x", None), ("sin(pi) == x", None),
        ("2**(10**4) + 1 > 2**(10**4)", None), ("sharpness(single_path, sigma=x) > 0", False),
        ("sharpness(single_path, sigma=x) == 0", True), ("limit(1/L, L, oo) == x", None),
        ("sharpness(single_path, sigma=x - 1) >= 0", False), ("sqrt(-sin(pi)**2) < 1", None),
    ],
)  # fmt: skip
def test_what_digits_tell(claim: str, seems: bool | None) -> None:
    """A zero's rounding error tells nothing; what has no value does not hold."""
    here = {real("x"): Number(0), H: Number(2), L: Number(3)}
    assert numeric.seems_to_hold(say(claim), here) is seems
