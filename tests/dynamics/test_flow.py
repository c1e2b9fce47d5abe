"""Gradient flow: exact solutions, the quantities that it conserves, and what it refuses."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.flow import flow
from verifier.networks.errors import NetworkError

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")

SIZES = st.floats(0.1, 1.5)
SIGNED = st.builds(lambda size, sign: size * sign, SIZES, st.sampled_from([1, -1]))
TARGETS = st.floats(0.2, 3)


@st.composite
def weights(draw):
    depths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    return depths, [[draw(SIGNED) for _ in range(depth)] for depth in depths]


def test_depth_one_decays_exponentially():
    run = flow((1, 1), (0.5, -0.25), target=1, until=3)
    assert np.allclose(run.residual, 0.75 * np.exp(-2 * run.times), rtol=1e-9, atol=1e-12)


def test_depth_two_is_logistic():
    run = flow((2,), (0.1,), target=2, until=4)
    wanted = 2 / (1 + (2 / 0.01 - 1) * np.exp(-4 * run.times))
    assert np.allclose(run.shares[:, 0], wanted, rtol=1e-8)


def test_the_flow_is_the_limit_of_small_steps():
    from verifier.dynamics.descent import descend

    start = ((0.3, 0.5, 0.4), (0.2, -0.6))
    run = flow((3, 2), start, target=1, until=2)
    fine = [
        np.array(descend((3, 2), start, 1.0, 2 / steps, steps).shares[-1])
        for steps in (1000, 2000, 4000)
    ]
    gaps = [abs(shares - run.shares[-1]).max() for shares in fine]
    assert all(1.9 < a / b < 2.1 for a, b in pairwise(gaps))  # first order in the step size


@SETTINGS
@given(weights(), TARGETS)
def test_layers_keep_their_differences_and_the_loss_falls(network, target):
    depths, start = network
    run = flow(depths, start, target, until=5)
    assert run.layer_drift < 1e-9
    assert (np.diff(run.residual**2) <= 1e-9).all()
    for path, first in zip(run.layers, start, strict=True):
        squares = path**2 - path[:, :1] ** 2
        assert abs(squares - (np.array(first) ** 2 - first[0] ** 2)).max() < 1e-7


@SETTINGS
@given(st.lists(st.tuples(st.integers(1, 6), SIZES), min_size=2, max_size=4), TARGETS)
def test_clocks_of_balanced_pathways_agree(paths, target):
    depths, values = zip(*paths, strict=True)
    run = flow(depths, values, target, until=2)
    if (run.shares > 1e-3).all():  # small shares have clocks of large numbers
        assert run.path_drift is not None and run.path_drift < 1e-6


def test_a_clock_that_is_wrong_is_seen():
    run = flow((3, 3), (0.2, 0.1), target=1, until=20)
    powers = run.shares ** (2 / 3 - 1)
    assert np.ptp(powers[:, 0] - powers[:, 1]) < 1e-8
    assert np.ptp(powers[:, 0] - 2 * powers[:, 1]) > 1


@SETTINGS
@given(st.integers(3, 8), st.floats(0.2, 0.5), st.floats(1.05, 1.5))
def test_the_larger_pathway_wins(depth, value, ratio):
    run = flow((depth, depth), (value * ratio, value), target=10, until=5)
    part = run.shares[:, 0] / run.shares.sum(axis=1)
    assert (np.diff(part) >= -1e-12).all() and part[-1] > part[0]


def test_at_depth_two_the_ratio_is_frozen():
    run = flow((2, 2), (0.3, 0.1), target=1, until=20)
    assert np.allclose(run.shares[:, 0] / run.shares[:, 1], 9, rtol=1e-9)


def test_unbalanced_or_silent_pathways_have_no_clock():
    assert flow((2, 2), ([0.1, 0.2], [0.3, 0.3]), 1, 1).path_drift is None
    assert flow((2, 2), (0.0, 0.3), 1, 1).path_drift is None


BAD = [
    (((0,), (1.0,), 1, 1), "pathway 1 has depth 0"),
    (((), (), 1, 1), "no pathway"),
    (((2,), (), 1, 1), "0 values for 1 pathways"),
    (((2,), (float("nan"),), 1, 1), "not finite"),
    (((2,), (1.0,), float("inf"), 1), "not finite"),
    (((2,), (1.0,), 1, 0), "ends at time 0"),
    (((2,), (1.0,), 1, float("nan")), "not finite"),
    (((2,), (1.0,), 1, 1, 1), "1 points in time"),
    (((1001,), (1.0,), 1, 1), "1001 weights"),
    (((2,), (1e200,), 1, 1), "gave up at time 0"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[message for _, message in BAD])
def test_what_is_no_flow(arguments, message):
    with pytest.raises((DynamicsError, NetworkError)) as caught:
        flow(*arguments)
    assert message in str(caught.value) and caught.value.remedy


def test_without_scipy_a_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.integrate", None)
    with pytest.raises(DynamicsError, match=r"SciPy.*pip install"):
        flow((2,), (1.0,), 1, 1)
