"""The two-cycle is one: the map goes round it, and its digits are certain."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import MPContext

from proofs.descent import two_cycle as theorem
from verifier.closed_forms.cycle import enclosure, two_cycle
from verifier.closed_forms.return_threshold import return_threshold
from verifier.dynamics.descent import descend
from verifier.dynamics.outcome import Kind, outcome
from verifier.engines.counterexample.rational import Evaluator
from verifier.errors import VerifierError
from verifier.statements.terms import Number
from verifier.statements.vocabulary import L, sigma

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)
HALF = Fraction(1, 2)
mp = MPContext()
mp.dps = 60

sizes = st.builds(Fraction, st.integers(1, 40), st.integers(1, 40))


def step(weight, depth, eta, target):
    """The map of the definition."""
    return weight - eta * weight ** (depth - 1) * (weight**depth - target)


def high(number):
    return mp.mpf(number.numerator) / number.denominator


def step_size(depth, target, gamma):
    """A rational step size with which eta S_1 is gamma, nearly."""
    return Fraction(float(gamma / (depth * high(target) ** (2 - mp.mpf(2) / depth))))


@SETTINGS
@given(st.integers(2, 60), sizes, st.floats(2.01, 50))
def test_the_map_goes_round_the_cycle(depth, target, gamma):
    eta = step_size(depth, target, gamma)
    found = two_cycle(depth, eta, target, 50)
    lower, upper = mp.mpf(found.lower), mp.mpf(found.upper)
    minimum = mp.root(high(target), depth)
    assert lower < minimum < upper
    numbers = depth, high(eta), high(target)
    assert mp.almosteq(step(lower, *numbers), upper, 1e-40)
    assert abs(step(upper, *numbers) - lower) < 1e-40 * upper * gamma * depth * 9
    assert mp.almosteq(upper / lower, mp.mpf(found.ratio), 1e-45)
    slopes = [mp.diff(lambda w: step(w, *numbers), w) for w in (lower, upper)]
    assert abs(slopes[0] * slopes[1] - mp.mpf(found.multiplier)) < 1e-15 * abs(slopes[1])


@pytest.mark.parametrize("depth", [2, 3, 20, 10**4])
@pytest.mark.parametrize("gamma", [2.0001, 2.4, 7.0, 1e6])
def test_balls_that_are_stepped_hold_the_other_point(depth, gamma):
    from flint import arb, ctx, fmpq

    target = Fraction(3, 7)
    eta = step_size(depth, target, gamma)
    _, lower, upper, _ = enclosure(depth, eta, target, 300)
    before = ctx.prec
    ctx.prec = 400
    try:
        numbers = [arb(fmpq(*q.as_integer_ratio())) for q in (eta, target)]
        assert step(lower, depth, *numbers).overlaps(upper)
        assert step(upper, depth, *numbers).overlaps(lower)
        assert upper.rad() < arb(2) ** -250 and not lower.overlaps(upper)
    finally:
        ctx.prec = before


@SETTINGS
@given(st.integers(2, 12), st.fractions(Fraction(11, 10), 4, max_denominator=12))
def test_cycles_that_are_chosen_exactly_are_found(depth, ratio):
    """From the ratio the target and the step follow in fractions, with the lower point 1."""
    known = {theorem.rho: Number(1), theorem.z: Number(ratio), L: Number(depth)}
    target = Evaluator(known)(theorem.solved.rhs)
    eta = Evaluator({**known, sigma: Number(target)})(theorem.size)
    found = two_cycle(depth, eta, target, 30)
    unit = Fraction(1, 10**29)
    assert abs(Fraction(found.lower) - 1) < unit
    assert abs(Fraction(found.upper) - ratio) < ratio * unit
    assert abs(Fraction(found.ratio) - ratio) < ratio * unit
    slopes = [
        1 - eta * ((2 * depth - 1) * w ** (2 * depth - 2) - (depth - 1) * target * w ** (depth - 2))
        for w in (1, ratio)
    ]
    assert abs(Fraction(found.multiplier) - slopes[0] * slopes[1]) < unit


@SETTINGS
@given(st.fractions(Fraction(1, 100), 50, max_denominator=100), st.integers(2, 40))
def test_at_depth_two_it_is_known_in_radicals(beyond, digits):
    """There gamma = 2 (z - 1 + 1/z), and the multiplier is 9 - 2 (1 + gamma/2)^2."""
    gamma = 2 + beyond
    found = two_cycle(2, gamma / 2, Fraction(1), digits)
    twice = gamma / 2 + 1  # z + 1/z
    root = isqrt(int((twice**2 - 4) * 10**120))
    z = (twice + Fraction(root, 10**60)) / 2
    assert abs(Fraction(found.ratio) - z) < z * Fraction(1, 10 ** (digits - 1))
    multiplier = 9 - 2 * twice**2
    assert abs(Fraction(found.multiplier) - multiplier) < Fraction(1, 10 ** (digits - 1))
    assert found.stable is (abs(multiplier) < 1)


@SETTINGS
@given(st.integers(2, 10**6), st.floats(2.001, 100), st.integers(1, 40))
def test_digits_are_those_of_a_longer_value(depth, gamma, digits):
    eta = step_size(depth, Fraction(1), gamma)
    assume(eta * depth > 2)
    short, long = (two_cycle(depth, eta, digits=n) for n in (digits, digits + 20))
    for name in ("ratio", "lower", "upper"):
        one, other = (Fraction(getattr(r, name)) for r in (short, long))
        assert abs(one - other) <= other * Fraction(11, 10 ** (digits + 1)) * 10
    assert abs(Fraction(short.multiplier) - Fraction(long.multiplier)) < Fraction(1, 10**digits)
    assert short.stable is long.stable


@pytest.mark.parametrize("depth", [2, 3, 5, 12])
def test_stable_cycles_are_where_runs_end(depth):
    for gamma in (2.05, 2.2, 2.35):
        eta = Fraction(gamma / depth)
        found = two_cycle(depth, eta)
        assert found.stable
        run = descend((depth,), (0.7,), 1.0, float(eta), 4000)
        assert outcome(run).kind is Kind.CYCLE and outcome(run).period == 2
        ends = sorted(state[0] for state in run.states[-2:])
        assert ends == pytest.approx([float(found.lower), float(found.upper)], rel=1e-9)


def test_it_loses_its_stability_before_overshoots_cease_to_return():
    for depth in (2, 3, 5, 20):
        eta = Fraction(return_threshold(depth).gamma) / depth
        assert not two_cycle(depth, eta).stable
        assert two_cycle(depth, Fraction(21, 10 * depth)).stable


@pytest.mark.parametrize("depth", [2, 4, 7, 10**9])
def test_at_the_threshold_itself_there_is_none(depth):
    for eta, target in ((Fraction(2, depth), Fraction(1)), (Fraction(1, depth), Fraction(1))):
        with pytest.raises(VerifierError, match="2/S_1"):
            two_cycle(depth, eta, target)
    with pytest.raises(VerifierError, match="2/S_1"):
        two_cycle(4, Fraction(1, 16), Fraction(4))  # S_1 = 4 * 4^(3/2)
    assert two_cycle(depth, Fraction(2, depth) + Fraction(1, depth * 10**12)).stable


def test_what_cannot_be_answered_is_refused():
    one = Fraction(1)
    for depth, eta, target, digits in (
        (1, one, one, 15),
        (10**9 + 1, one, one, 15),
        (3, -one, one, 15),
        (3, one, 0 * one, 15),
        (3, one, one, 0),
        (3, one, one, 2001),
        (3, Fraction(2, 3) + Fraction(1, 10**4000), one, 15),
    ):
        with pytest.raises(VerifierError):
            two_cycle(depth, eta, target, digits)


def test_no_global_precision_is_changed():
    from flint import ctx

    before = ctx.prec
    two_cycle(3, Fraction(1))
    with pytest.raises(VerifierError):
        two_cycle(3, Fraction(1, 3))
    assert ctx.prec == before
