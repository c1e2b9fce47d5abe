"""The gradient with tanh between the layers, written by hand, against differences of the loss."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.tanh import descend_tanh, gradient, loss, outputs, shares

np = pytest.importorskip("numpy")


@SETTINGS
@given(st.integers(0, 10**6), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_gradient_is_that_of_the_loss(seed, depths):
    random = np.random.default_rng(seed)
    paths = [[random.standard_normal((3, 3)) for _ in range(depth)] for depth in depths]
    inputs, wanted = random.standard_normal((2, 3, 5))
    found = gradient(paths, inputs, wanted)
    h, layer = random.integers(len(depths)), 0
    layer = random.integers(depths[h])
    along = random.standard_normal((3, 3))

    def moved(step):
        changed = [list(path) for path in paths]
        changed[h][layer] = paths[h][layer] + step * along
        return loss(changed, inputs, wanted)

    slope = (8 * (moved(1e-3) - moved(-1e-3)) - (moved(2e-3) - moved(-2e-3))) / 12e-3
    assert slope == pytest.approx(float((found[h][layer] * along).sum()), rel=1e-6, abs=1e-6)


def test_one_layer_is_linear_and_two_are_not():
    inputs = np.array([[1.0, 2.0]])
    (linear,) = outputs([[np.array([[3.0]])]], inputs)
    (bent,) = outputs([[np.array([[3.0]]), np.array([[2.0]])]], inputs)
    assert linear.tolist() == [[3.0, 6.0]]
    assert np.allclose(bent, 2 * np.tanh(3 * inputs))
    assert shares([[np.eye(1)], [2 * np.eye(1)]], inputs, 4 * inputs) == [0.25, 0.5]


def test_steps_go_down_the_gradient():
    inputs, wanted = np.eye(2), np.array([[0.5, 0.0], [0.0, 0.2]])
    start = [[0.5 * np.eye(2), 0.4 * np.eye(2)]]
    first, second, *rest = islice(descend_tanh(start, inputs, wanted, 0.1), 50)
    slope = gradient(first, inputs, wanted)[0][1]
    assert np.allclose(second[0][1], first[0][1] - 0.1 * slope)
    assert loss(rest[-1], inputs, wanted) < loss(first, inputs, wanted)


@pytest.mark.parametrize("eta", [0.0, -1.0, float("nan"), float("inf")])
def test_no_step_size(eta):
    with pytest.raises(DynamicsError, match="step size"):
        next(descend_tanh([[np.eye(1)]], np.eye(1), np.eye(1), eta))


def test_a_run_that_diverges_says_so():
    run = descend_tanh([[np.eye(1)]], np.eye(1), 2 * np.eye(1), 10.0)
    with pytest.raises(DynamicsError, match="leaves the range"):
        list(islice(run, 1000))
