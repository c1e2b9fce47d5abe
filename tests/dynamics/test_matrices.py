"""Matrix networks: a step by the exact gradient, runs beside the scalar recursion, refusals."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from verifier.dynamics.descent import descend, layer_values
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.matrices import aligned_start, descend_matrices
from verifier.networks.matrix import MatrixNetwork

np = pytest.importorskip("numpy")

ENTRIES = st.integers(-4, 4).map(lambda n: Fraction(n, 4))
MATRICES = st.lists(st.lists(ENTRIES, min_size=2, max_size=2), min_size=2, max_size=2)


@SETTINGS
@given(st.lists(st.lists(MATRICES, min_size=1, max_size=3), min_size=1, max_size=2), MATRICES)
def test_a_step_follows_the_exact_gradient(pathways, target):
    gradient = np.array([float(g) for g in MatrixNetwork(pathways, target).gradient()])
    flat = np.array([float(x) for path in pathways for layer in path for row in layer for x in row])
    run = descend_matrices(
        [[np.array(layer, float) for layer in path] for path in pathways],
        np.array(target, float),
        eta=0.25,
        steps=1,
    )
    moved = np.concatenate([layer.reshape(-1) for path in run.layers for layer in path])
    assert np.allclose(moved, flat - gradient / 4, rtol=0, atol=1e-13)


def test_modes_are_read_in_the_bases_of_the_target():
    target = np.array([[0.0, 2.0], [1.0, 0.0]])
    run = descend_matrices([[target]], target, 0.1, 0)
    assert np.allclose(run.singular, [2, 1]) and np.allclose(run.modes[0], [[2, 1]])
    assert run.mixing[0] < 1e-15
    turned = descend_matrices([[np.eye(2)]], target, 0.1, 0)
    assert turned.mixing[0] > 0.9


@st.composite
def runs(draw):
    depths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple))
    alphas = [draw(st.floats(0.01, 0.2)) for _ in depths]
    seed, size = draw(st.integers(0, 10**6)), draw(st.integers(1, 3))
    return depths, alphas, np.random.default_rng(seed).uniform(-1, 1, (size, size))


@SETTINGS
@given(runs())
def test_modes_follow_the_scalar_recursion_and_do_not_mix(given_run):
    depths, alphas, target = given_run
    run = descend_matrices(aligned_start(depths, alphas, target), target, 0.05, 200)
    assert run.mixing.max() < 1e-12
    for i, sigma in enumerate(run.singular):
        scalar = descend(depths, layer_values(depths, alphas), float(sigma), 0.05, 200)
        assert abs(run.modes[:, :, i] - np.array(scalar.shares)).max() < 1e-12
        assert abs(run.residual[:, i] - np.array(scalar.residuals)).max() < 1e-12


def test_the_aligned_start_of_a_symmetric_target_is_the_identity():
    (first, last), _ = aligned_start((2, 1), (0.25, 0.5), np.diag([3.0, 1.0]))
    assert np.allclose(first, np.eye(2) / 2) and np.allclose(last, np.eye(2) / 2)


ONE = [[1.0]]
BAD = [
    (lambda: aligned_start((2, 2), (0.1,), ONE), "1 values for 2 pathways"),
    (lambda: aligned_start((2,), (-0.1,), ONE), "cannot carry"),
    (lambda: aligned_start((2,), (float("nan"),), ONE), "not finite"),
    (lambda: aligned_start((2,), (0.1,), [[1.0, 2.0]]), "shape (1, 2)"),
    (lambda: aligned_start((2,), (0.1,), [["x"]]), "no matrix of numbers"),
    (lambda: descend_matrices([[ONE]], [[float("inf")]], 0.1, 1), "target is not finite"),
    (lambda: descend_matrices([[[[float("nan")]]]], ONE, 0.1, 1), "layer of pathway 1 is not"),
    (lambda: descend_matrices([[np.eye(2)]], ONE, 0.1, 1), "pathway 1 has the shape (2, 2)"),
    (lambda: descend_matrices([[ONE]], ONE, 0.0, 1), "step size is 0.0"),
    (lambda: descend_matrices([[ONE]], ONE, float("nan"), 1), "step size is nan"),
    (lambda: descend_matrices([[ONE]], ONE, 0.1, -1), "-1 steps"),
    (lambda: descend_matrices([[ONE]], ONE, 0.1, 10**8), "too long to keep"),
    (lambda: descend_matrices([[[[9.0]]] * 3], ONE, 1.0, 50), "diverges"),
]


@pytest.mark.parametrize(("ask", "message"), BAD, ids=[message for _, message in BAD])
def test_what_is_no_run(ask, message):
    with pytest.raises(DynamicsError) as caught:
        ask()
    assert message in str(caught.value) and caught.value.remedy
