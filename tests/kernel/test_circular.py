"""Sines and cosines in normal form, against mpmath and with false neighbours."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import mp, say
from verifier.engines.witness.numeric import Evaluator
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.proved import prove
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Term
from verifier.statements.vocabulary import cos, pi, real, sin

x, y = real("x"), real("y")
FRACTIONS = st.builds(Fraction, st.integers(-9, 9), st.sampled_from([1, 2, 3, 4, 6, 5]))


@settings(deadline=None, max_examples=80, derandomize=True)
@given(st.sampled_from([sin, cos]), FRACTIONS, FRACTIONS, FRACTIONS)
def test_the_normal_form_keeps_the_value(
    function: object, a: Fraction, b: Fraction, c: Fraction
) -> None:
    term: Term = function(a * x + b * y + c * pi)  # type: ignore[operator]
    values = {x: Number(Fraction(5, 7)), y: Number(Fraction(-11, 3))}
    evaluate = Evaluator(40)
    kept = evaluate(substitute(to_term(Context().normal(term)), values))
    assert abs(kept - evaluate(substitute(term, values))) < mp.mpf(10) ** -35


@pytest.mark.parametrize(
    ("claim", "neighbour"),
    [
        ("sin(x)**2 + cos(x)**2 == 1", "sin(x)**2 - cos(x)**2 == 1"),
        ("sin(-x) == -sin(x)", "sin(-x) == sin(x)"),
        ("cos(-x) == cos(x)", "cos(-x) == -cos(x)"),
        ("sin(2*x) == 2*sin(x)*cos(x)", "sin(2*x) == 2*sin(x)"),
        ("cos(x + y) == cos(x)*cos(y) - sin(x)*sin(y)", "cos(x + y) == cos(x)*cos(y)"),
        ("cos(3*x) == 4*cos(x)**3 - 3*cos(x)", "cos(3*x) == 4*cos(x)**3 + 3*cos(x)"),
        ("sin(pi) == 0", "sin(pi) == 1"),
        ("cos(pi) == -1", "cos(pi) == 1"),
        ("cos(5*pi/3) == 1/2", "cos(5*pi/3) == -1/2"),
        ("sin(pi/4) == 1/sqrt(2)", "sin(pi/4) == 1/2"),
        ("sin(x + pi) == -sin(x)", "sin(x + pi) == sin(x)"),
        ("cos(0) == 1", "sin(0) == 1"),
    ],
)
def test_identities_and_false_neighbours(claim: str, neighbour: str) -> None:
    prove("arithmetic", say(claim))
    with pytest.raises(Refused):
        prove("arithmetic", say(neighbour))


def test_large_multiples_stay_as_they_are() -> None:
    term = sin(1000 * x)
    assert to_term(Context().normal(term)) is Apply("sin", 1000 * x)
