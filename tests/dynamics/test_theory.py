"""Runs obey the theorems in where they end; step by step they do so in `test_statements`."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from verifier.dynamics.curvature import sharpness_at
from verifier.dynamics.cycle import cycle_of_theory
from verifier.dynamics.descent import descend, layer_values
from verifier.dynamics.outcome import Kind, outcome

WIDTHS = [(2, 3), (2, 8), (3, 5), (5, 4), (5, 12)]


@SETTINGS
@given(
    st.integers(1, 6),
    st.lists(st.floats(0.05, 1), min_size=1, max_size=3),
    st.floats(0.5, 2),
    st.floats(0.05, 1),
)
def test_a_run_that_converges_ends_where_it_is_stable(depth, shares, target, eta):
    """Where it converges the sharpness is at most 2/eta, unless it has begun there."""
    assume(abs(sum(shares) - target) > 0.01)
    depths = (depth,) * len(shares)
    run = descend(depths, layer_values(depths, shares), target, eta, 2000)
    assume(outcome(run).kind is Kind.CONVERGED)
    assert sharpness_at(depths, run.end, target) <= 2 / eta * (1 + 1e-3)


def near_single(paths, depth, eta):
    """The end of a run that starts beside the minimum of all but one hundredth to each other."""
    depths = (depth,) * paths
    shares = (1.002 - 0.01 * (paths - 1), *[0.01] * (paths - 1))
    return descend(depths, layer_values(depths, shares), 1.0, eta, 4000).shares[-1]


@pytest.mark.parametrize(("paths", "depth"), WIDTHS)
def test_stability_window(paths, depth):
    """Below 2/S_1 a nearly single path stays; within the window it leaves and shares."""
    window = paths ** (1 - 2 / depth)
    before = 1 - 0.01 * (paths - 1)
    assert near_single(paths, depth, 0.95 * 2 / depth)[0] == pytest.approx(before, abs=1e-3)
    found = near_single(paths, depth, window**0.5 * 2 / depth)
    assert found[0] < before - 0.1 and min(found[1:]) > 0.05


@pytest.mark.parametrize("eta", [0.3, 0.9, 1.05, 1.3])
def test_at_depth_two_there_is_no_window(eta):
    """At no step size the part of a pathway changes, below 2/S_1 = 1 and beyond it."""
    depths = (2, 2)
    run = descend(depths, layer_values(depths, (0.9, 0.05)), 1.0, eta, 500)
    assert run.diverged is None
    assert run.shares[-1][0] / run.shares[-1][1] == pytest.approx(18, rel=1e-9)


def test_kinetic_bias_and_winner_takes_all():
    """From a small start the shallow path wins the flow; of equal depths the larger, and more so
    the smaller the start."""
    pytest.importorskip("scipy")
    from verifier.dynamics.flow import flow

    run = flow((3, 5), layer_values((3, 5), (0.002, 0.002)), 1, 100)
    assert (run.shares[1:, 0] > run.shares[1:, 1]).all() and run.shares[-1, 0] > 0.99
    ends = [
        flow((4, 4), layer_values((4, 4), (1.2 * scale, scale)), 1, 20 / scale).shares[-1, 1]
        for scale in (1e-1, 1e-2, 1e-3)
    ]
    assert ends[0] > 1.5 * ends[1] > 3 * ends[2]


@SETTINGS
@given(
    st.integers(1, 3),
    st.integers(2, 12),
    st.floats(2.05, 2.4),
    st.floats(0.3, 3),
    st.floats(0.5, 0.95),
)
def test_a_run_beyond_two_ends_in_the_two_cycle_that_is_proved(paths, depth, gamma, target, part):
    """From equal layers, at eta S a little above 2, where the cycle is stable."""
    depths = (depth,) * paths
    eta = gamma / (depth * paths ** (2 / depth - 1) * target ** (2 - 2 / depth))
    shares = [part * target / paths] * paths
    run = descend(depths, layer_values(depths, shares), target, eta, 4000)
    told = outcome(run)
    assert (told.kind, told.period) == (Kind.CYCLE, 2)
    found = cycle_of_theory(run, told)
    assert found is not None and found.stable
    ends = sorted(state[0] for state in run.states[-2:])
    assert ends == pytest.approx([float(found.lower), float(found.upper)], rel=1e-8)


def test_no_other_cycle_is_taken_for_it():
    """Neither longer ones, nor one of unequal pathways, nor its mirror image at even depth."""
    longer = descend((2,), (0.7,), 1.0, 1.26, 4000)
    mirrored = descend((2,), (-0.7,), 1.0, 1.1, 4000)
    frozen = descend((2, 2), (0.7, 0.3), 1.0, 1.1, 4000)
    for run, period in ((longer, 4), (mirrored, 2), (frozen, 2)):
        assert outcome(run).period == period
        assert cycle_of_theory(run, outcome(run)) is None
