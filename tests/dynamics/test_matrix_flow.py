"""Gradient flow of matrices: what it keeps, its limit, and each mode beside the scalar flow."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from verifier.dynamics.errors import DynamicsError
from verifier.networks.errors import NetworkError

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")

from verifier.dynamics.flow import flow  # noqa: E402
from verifier.dynamics.matrices import aligned_start, descend_matrices  # noqa: E402
from verifier.dynamics.matrix_flow import flow_matrices  # noqa: E402


def drawn(seed, depths, size):
    source = np.random.default_rng(seed)
    layers = [list(source.uniform(-0.8, 0.8, (depth, size, size))) for depth in depths]
    return layers, source.uniform(-1, 1, (size, size))


NETWORKS = st.builds(
    drawn, st.integers(0, 10**6), st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(1, 3),
)  # fmt: skip


@SETTINGS
@given(NETWORKS)
def test_neighbouring_layers_keep_their_imbalance_and_the_loss_falls(network):
    layers, goal = network
    run = flow_matrices(layers, goal, until=3, points=50)
    assert run.layer_drift < 1e-9
    for path in run.layers:
        for time in range(0, 50, 7):
            for below, above in pairwise(range(path.shape[1])):
                kept = path[time, above].T @ path[time, above]
                kept = kept - path[time, below] @ path[time, below].T
                first = path[0, above].T @ path[0, above] - path[0, below] @ path[0, below].T
                assert np.allclose(kept, first, atol=1e-8)
    output = sum(chained(path) for path in run.layers)
    losses = ((output - goal) ** 2).sum(axis=(1, 2))
    assert (np.diff(losses) <= 1e-9).all()


def chained(path):
    found = path[:, 0]
    for layer in range(1, path.shape[1]):
        found = path[:, layer] @ found
    return found


def test_a_drift_is_seen():
    from verifier.dynamics.matrix_flow import _drift

    layers, goal = drawn(3, (3, 2), 2)
    run = flow_matrices(layers, goal, until=1, points=5)
    moved = tuple(path * np.linspace(1, 1.1, 5)[:, None, None, None] for path in run.layers)
    assert _drift(moved) > 0.01


@pytest.mark.parametrize("symmetric", [True, False])
def test_each_mode_of_an_aligned_start_runs_like_its_scalar_network(symmetric):
    _, goal = drawn(5, (1,), 3)
    goal = goal @ goal.T + np.eye(3) / 4 if symmetric else goal
    depths, shares = (3, 4), (0.02, 0.05)
    run = flow_matrices(aligned_start(depths, shares, goal), goal, until=6, points=40)
    assert run.mixing.max() < 1e-8
    start = [share ** (1 / depth) for share, depth in zip(shares, depths, strict=True)]
    for mode, sigma in enumerate(run.singular):
        alone = flow(depths, start, float(sigma), until=6, points=40)
        assert np.allclose(run.modes[:, :, mode], alone.shares, atol=1e-7)
    assert np.allclose(run.residual[0], run.singular - 0.07)


def test_the_flow_is_the_limit_of_small_steps():
    layers, goal = drawn(11, (2, 3), 2)
    end = flow_matrices(layers, goal, until=1, points=2).modes[-1]
    runs = (descend_matrices(layers, goal, 1 / n, n).modes[-1] for n in (500, 1000, 2000))
    gaps = [abs(found - end).max() for found in runs]
    assert all(1.9 < a / b < 2.1 for a, b in pairwise(gaps))  # first order in the step size


BAD = [
    (([[np.eye(2)]], np.eye(3), 1), "pathway 1 has the shape"),
    (([], np.eye(3), 1), "no pathway"),
    (([[np.eye(2)]], [[1, 2]], 1), "the target has the shape"),
    (([[np.eye(2) * np.nan]], np.eye(2), 1), "not finite"),
    (([[np.eye(2)]], np.eye(2), 0), "ends at time 0"),
    (([[np.eye(20)] * 3], np.eye(20), 1), "1200 weights"),
    (([[np.eye(2) * 1e200] * 2], np.eye(2), 1), "gave up at time 0"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[message for _, message in BAD])
def test_what_is_no_flow(arguments, message):
    with pytest.raises((DynamicsError, NetworkError)) as caught:
        flow_matrices(*arguments)
    assert message in str(caught.value) and caught.value.remedy
