"""A batch does what its runs do one by one, to rounding; and to the last bit what it did before."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.dynamics import kernel
from verifier.dynamics.batch import simulate
from verifier.dynamics.descent import descend
from verifier.dynamics.errors import DynamicsError
from verifier.errors import VerifierError

from .strategies import SETTINGS

DEPTHS = st.sampled_from([(1,), (2, 5), (1, 2, 3), (4, 4, 4, 4), (20, 20)])


@st.composite
def batches(draw):
    depths = draw(DEPTHS)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.sampled_from([1, 2, 31, 32, 33, 100]))
    starts = random.uniform(-0.9, 1.1, (count, len(depths)))
    etas = random.uniform(0.01, draw(st.sampled_from([0.3, 2.0])), count)
    return depths, starts, draw(st.sampled_from([1.0, -0.7, 0.0])), etas


@SETTINGS
@given(batches(), st.integers(0, 12))
def test_a_batch_agrees_with_its_runs(batch, steps):
    depths, starts, target, etas = batch
    record = range(steps + 1)
    found = simulate(depths, starts, target, etas, steps, record=record, signs=True)
    for n, (start, eta) in enumerate(zip(starts, etas, strict=True)):
        run = descend(depths, start.tolist(), target, float(eta), steps)
        assert found.diverged[n] == (run.diverged is not None)
        states = np.array(run.states)
        assert np.allclose(found.states[: len(states), n], states, rtol=1e-6, atol=1e-9)
        signs = np.sign(states)
        changed = bool((signs[1:] * signs[:-1] < 0).any())
        assert found.flipped[n] == changed or found.diverged[n]
        if run.diverged is None:
            assert np.array_equal(found.ends[n], found.states[-1, n])


@SETTINGS
@given(batches(), st.permutations(range(100)))
def test_a_run_depends_on_nothing_but_itself(batch, order):
    depths, starts, target, etas = batch
    order = [n for n in order if n < len(starts)]
    one = simulate(depths, starts, target, etas, 40, threads=1)
    other = simulate(depths, starts[order], target, etas[order], 40, threads=3)
    assert np.array_equal(one.ends[order], other.ends)
    assert np.array_equal(one.diverged[order], other.diverged)
    last = simulate(depths, starts[-1:], target, etas[-1:], 40, record=(7, 20))
    assert np.array_equal(one.ends[-1:], last.ends)


def test_slices_and_calls_leave_no_seam(monkeypatch):
    random = np.random.default_rng(1)
    starts, etas = random.uniform(0, 1, (333, 2)), random.uniform(0.1, 0.9, 333)
    whole = simulate((3, 4), starts, 1.0, etas, 100)
    monkeypatch.setattr("verifier.dynamics.batch._SLICE", 64)
    monkeypatch.setattr("verifier.dynamics.batch._CALL", 7)
    done = []
    cut = simulate((3, 4), starts, 1.0, etas, 100, threads=2, progress=done.append)
    assert np.array_equal(whole.ends, cut.ends)
    assert sum(done) == 333 and len(done) == 6


def test_runs_that_diverge_hold_no_nan():
    starts = np.array([[1.0, 0.5], [1e70, 1.0], [-1e60, 1e60], [3.0, 3.0]])
    found = simulate((3, 5), starts, 1.0, 1e3, 50, record=(0, 1, 50))
    assert found.diverged.all()
    assert not np.isnan(found.states).any() and not np.isnan(found.ends).any()


def test_the_same_in_numpy():
    random = np.random.default_rng(2)
    start, target, eta = random.uniform(0.1, 1, (64, 3)), -0.5, 0.2
    w = start.copy()
    depths = np.array([2, 3, 6])
    for _ in range(30):
        residual = target - (w**depths).sum(axis=1, keepdims=True)
        w = w + eta * residual * w ** (depths - 1)
    assert np.allclose(simulate((2, 3, 6), start, target, eta, 30).ends, w, rtol=1e-12)


def test_memory_does_not_grow_with_the_steps():
    starts = np.full((512, 2), 0.5)
    peaks = []
    for steps in (10, 10, 20_000):
        tracemalloc.start()
        simulate((3, 3), starts, 1.0, 0.1, steps)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def test_an_interruption_stops_all_threads():
    def interrupt(size):
        raise KeyboardInterrupt

    starts = np.full((200, 1), 0.5)
    with pytest.raises(KeyboardInterrupt):
        simulate((3,), starts, 1.0, 0.1, 10**4, threads=2, progress=interrupt)


def test_numba_is_imported_for_a_batch_alone():
    script = "import sys, verifier.dynamics.batch as b; print('numba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_without_numba_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    kernel.kernel.cache_clear()
    with pytest.raises(DynamicsError, match=r"pathway-verifier\[dynamics\]"):
        simulate((3,), [[0.5]], 1.0, 0.1, 1)


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (((), [[]], 1, 1, 1), "no pathway"),
        (((0,), [[1]], 1, 1, 1), "depth 0"),
        (((3,), [], 1, 1, 1), "shape"),
        (((3,), [[1, 2]], 1, 1, 1), "shape"),
        (((3,), [1], 1, 1, 1), "shape"),
        (((3,), [[1], [1, 2]], 1, 1, 1), "no numbers"),
        (((3,), [["a"]], 1, 1, 1), "no numbers"),
        (((3,), [[1], [np.nan]], 1, 1, 1), "start is not finite"),
        (((3,), [[1e200]], 1, 1, 1), "bound of the run is not finite"),
        (((3,), [[1]], np.inf, 1, 1), "not finite"),
        (((3,), [[1]], 1, [1, 2], 1), "step sizes have the shape"),
        (((3,), [[1]], 1, np.nan, 1), "step size is not finite"),
        (((3,), [[1], [1]], 1, [1, 0], 1), "step size is 0"),
        (((3,), [[1]], 1, -1, 1), "step size is -1"),
        (((3,), [[1]], 1, 1, -1), "step -1 of -1"),
        (((3,), [[1]], 1, 1, 1.5), "step 1.5"),
    ],
)
def test_bad_settings_are_refused(arguments, cause):
    with pytest.raises(VerifierError, match=cause) as caught:
        simulate(*arguments)
    assert caught.value.remedy


def test_bad_options_are_refused():
    with pytest.raises(DynamicsError, match="step 5 of 4"):
        simulate((3,), [[1]], 1, 1, 4, record=(5,))
    with pytest.raises(DynamicsError, match="-1 threads"):
        simulate((3,), [[1]], 1, 1, 4, threads=-1)
