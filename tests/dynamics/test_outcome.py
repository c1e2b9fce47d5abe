"""What runs did: cycles that a theorem gives exactly, chaos that is known, and edges between."""

from fractions import Fraction
from itertools import islice, product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.descent import two_cycle
from verifier.dynamics.batch import simulate
from verifier.dynamics.descent import descend, trajectory
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.outcome import (
    LONGEST,
    WINDOW,
    Kind,
    Outcome,
    Split,
    classify,
    flips,
    outcome,
    outcomes,
)
from verifier.engines.counterexample.rational import Evaluator
from verifier.statements.terms import Number
from verifier.statements.vocabulary import L, eta, sigma

from .strategies import SETTINGS


def chebyshev(a, start, steps):
    """A single pathway of depth two: x -> x (1 + a - a x^2), conjugate to T_3 at a = 2."""
    return descend((2,), (start,), 1.0, a, steps)


@pytest.mark.parametrize(
    ("depth", "rho", "z"), list(product((2, 3, 5, 8), two_cycle.ROOTS, two_cycle.RATIOS))
)
def test_two_cycles_of_the_theorem(depth, rho, z):
    """The target and the step are solved from the statements, then the run is exact."""
    known = {two_cycle.rho: Number(rho), two_cycle.z: Number(z), L: Number(depth)}
    target = Evaluator(known)(two_cycle.solved.rhs)
    step = Evaluator({**known, sigma: Number(target)})(two_cycle.size)
    assert Evaluator({**known, sigma: Number(target), eta: Number(step)}).holds(two_cycle.equation)
    run = descend((depth,), (rho,), target, step, 10)
    assert set(run.states) == {(rho,), (rho * z,)}
    assert outcome(run) == Outcome(Kind.CYCLE, 2, Split.SINGLE)


def test_convergence_to_each_split():
    for start, split in (((1.0, 0.02), "single"), ((0.5, 0.5), "balanced"), ((0.5, 0.4), "other")):
        found = outcome(descend((3, 3), start, 1.0, 0.1, 400))
        assert found == Outcome(Kind.CONVERGED, 1, Split(split))


def test_a_plateau_is_no_convergence():
    run = descend((20, 20), (0.01, 0.01), 1.0, 0.1, 300)
    assert run.states[0] == run.states[-1]
    assert outcome(run).kind is Kind.STALLED
    assert outcome(descend((20, 20), (0.4, 0.4), 1.0, 0.1, 300)).kind is Kind.STALLED  # creeps
    assert outcome(descend((3,), (0,), 1, 1, 200)).kind is Kind.STALLED
    assert outcome(descend((3,), (0,), 0, 1, 200)).kind is Kind.CONVERGED
    assert outcome(descend((3,), (0.9,), 1.0, 1e-7, 200)).kind is Kind.STALLED  # a tiny step
    assert outcome(descend((3,), (0.9999,), 1.0, 1e-4, 200)).kind is Kind.MOVING  # slow, but there


def test_a_run_closing_in_on_its_cycle_is_moving():
    slow = chebyshev(1.0, 0.5, 400)  # the threshold: the oscillation falls off as t**-1/2
    assert outcome(slow).kind is Kind.MOVING
    assert outcome(chebyshev(0.9, 0.5, 400)).kind is Kind.CONVERGED
    assert outcome(chebyshev(1.1, 0.5, 400)) == Outcome(Kind.CYCLE, 2, Split.SINGLE)


def test_longer_cycles():
    assert outcome(chebyshev(1.26, 0.5, 3000)) == Outcome(Kind.CYCLE, 4, Split.SINGLE)
    assert outcome(chebyshev(1.293, 0.5, 3000)) == Outcome(Kind.CYCLE, 8, Split.SINGLE)


@pytest.mark.parametrize("period", range(2, LONGEST + 1))
def test_every_period_is_found(period):
    cycle = [(Fraction(n * n), Fraction(-n)) for n in range(period)]
    assert classify((1, 2), 1, cycle * 20).period == period
    assert classify((1, 2), 1, cycle * 2).period is None


def test_a_period_beyond_the_longest_counts_as_chaos():
    cycle = [(n * 7 % (LONGEST + 1),) for n in range(LONGEST + 1)]
    assert classify((1,), 1, cycle * 20).kind is Kind.CHAOTIC


@pytest.mark.parametrize("start", [0.3, 0.77, 1.1])
def test_the_chebyshev_map_is_chaotic_and_flips(start):
    run = chebyshev(2.0, start, 1500)
    assert max(abs(x) for (x,) in run.states) <= sqrt(2) + 1e-9
    assert outcome(run) == Outcome(Kind.CHAOTIC, split=Split.SINGLE, flipped=True)


def test_chaos_on_one_side():
    found = outcome(chebyshev(1.45, 0.5, 3000))
    assert found == Outcome(Kind.CHAOTIC, split=Split.SINGLE)


def test_a_long_way_down_is_moving():
    falling = [(1.0 - 0.005 * n,) for n in range(WINDOW)]
    assert classify((1,), -5, falling).kind is Kind.MOVING
    fading = [((-0.97) ** n,) for n in range(WINDOW)]
    assert classify((1,), 5, fading).kind is Kind.MOVING


def test_divergence_and_signs():
    run = descend((3,), (2.0,), 1.0, 5.0, 100)
    assert outcome(run).kind is Kind.DIVERGED
    flipped = descend((5,), (0.6,), 1.0, 3.4, 4)
    assert flips(flipped.states) == outcome(flipped).flipped
    assert not flips([(0.0,), (1.0,)]) and not flips([(0.0,), (-1.0,)])


@SETTINGS
@given(st.floats(0.6, 2.1), st.floats(0.1, 1.2), st.integers(-3, 3))
def test_a_change_of_units_changes_nothing(a, start, power):
    """w -> s w, sigma -> s^2 sigma, eta -> eta/s^2 with s a power of two is exact in floats."""
    unit = 2.0**power
    one = chebyshev(a, start, 400)
    other = descend((2,), (unit * start,), unit**2, a / unit**2, 400)
    assert outcome(one) == outcome(other)


def test_a_batch_is_told_as_its_runs_are():
    starts = np.array([[w, 0.8 * w] for w in (0.2, 0.5, 0.9)] * 30)
    etas = np.repeat(np.linspace(0.3, 1.8, 30), 3)
    steps = 600
    record = range(steps - WINDOW + 1, steps + 1)
    found = outcomes(simulate((2, 2), starts, 1.0, etas, steps, record=record, signs=True))
    assert {told.kind for told in found} >= {Kind.CONVERGED, Kind.CYCLE, Kind.CHAOTIC}
    for told, start, step in zip(found, starts.tolist(), etas.tolist(), strict=True):
        if told.kind is not Kind.CHAOTIC:
            run = outcome(descend((2, 2), start, 1.0, step, steps))
            assert run.kind in (told.kind, Kind.CHAOTIC)
            if run.kind is Kind.CONVERGED:
                assert run == told


def test_exact_states_are_judged_exactly():
    states = list(islice(trajectory((1,), (Fraction(10**12),), 0, 2), 40))
    assert classify((1,), 0, states) == Outcome(Kind.CYCLE, 2, Split.SINGLE, flipped=False)
    assert flips(states)


def test_records_that_do_not_suffice():
    with pytest.raises(DynamicsError, match="left out"):
        outcome(descend((2,), (0.5,), 1.0, 0.1, 300, every=2))
    with pytest.raises(DynamicsError, match="0 states were recorded"):
        outcomes(simulate((2,), [[0.5]], 1.0, 0.1, 10))
    with pytest.raises(DynamicsError, match="left out"):
        outcomes(simulate((2,), [[0.5]], 1.0, 0.1, 400, record=range(0, 401, 2)))
