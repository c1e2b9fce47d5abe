"""One run: its step is the derivative of the loss, in every kind of number."""

from fractions import Fraction
from itertools import chain, islice

import pytest
import sympy
from hypothesis import given
from mpmath import MPContext

from verifier.dynamics.curvature import sharpness_at
from verifier.dynamics.descent import descend, layer_values, shares, trajectory, weights
from verifier.dynamics.errors import DynamicsError
from verifier.errors import VerifierError
from verifier.networks import ScalarNetwork
from verifier.networks import sharpness_at as sharpness_by_definition

from .strategies import SETTINGS, balanced_runs, weight_runs

HALF = Fraction(1, 2)


def stepped(depths, rows, target, eta):
    """One step with the gradient that SymPy derives from the loss."""
    network = ScalarNetwork(depths)
    flat = list(chain(*rows))
    values = dict(zip(chain(*network.weights), map(sympy.Rational, map(str, flat)), strict=True))
    slopes = [slope.xreplace(values) for slope in network.gradient(target)]
    moved = [w - eta * Fraction(int(s.p), int(s.q)) for w, s in zip(flat, slopes, strict=True)]
    return network.arrange(moved)


@SETTINGS
@given(weight_runs())
def test_a_step_is_the_derivative_of_the_loss(run):
    depths, start, target, eta = run
    for after in islice(trajectory(*run), 1, 2):
        assert after == stepped(depths, start, target, eta)


@SETTINGS
@given(balanced_runs())
def test_a_balanced_run_is_the_run_of_its_weights(run):
    depths, start, target, eta = run
    values = islice(trajectory(*run), 4)
    full = islice(trajectory(depths, weights(depths, start), target, eta), 4)
    for few, many in zip(values, full, strict=True):
        assert weights(depths, few) == many


@SETTINGS
@given(balanced_runs())
def test_floats_and_mpf_follow_the_exact_run(run):
    depths, start, target, eta = run
    mp = MPContext()
    mp.dps = 60
    exact = descend(depths, start, target, eta, 3)
    floats = descend(depths, [float(w) for w in start], target, eta, 3)
    precise = descend(depths, [mp.convert(w) for w in start], target, eta, 3)
    assert exact.steps == floats.steps == precise.steps
    scale = 1 + max(abs(w) for w in chain(*exact.states))
    for a, b, c in zip(*(chain(*run.states) for run in (exact, floats, precise)), strict=True):
        assert abs(a - Fraction(b)) <= scale * Fraction(1, 10**8)
        assert abs(mp.convert(a) - c) <= mp.convert(scale) * mp.mpf(10) ** -48
        assert c.context is mp


def test_what_a_run_holds():
    run = descend((2, 1), (HALF, 1), target=2, eta=HALF, steps=3, every=2)
    assert run.steps == (0, 2, 3) and run.balanced and run.diverged is None
    assert run.shares[0] == (Fraction(1, 4), 1)
    assert run.residuals[0] == Fraction(3, 4)
    assert run.losses[0] == Fraction(9, 32)
    assert run.end == run.states[-1]
    assert not descend((2,), ((1, 2),), 2, HALF, 0).balanced


def test_a_minimum_stays():
    run = descend((3, 2), (1, 2), target=5, eta=7, steps=10)
    assert set(run.states) == {(1, 2)}


@pytest.mark.parametrize("kind", [Fraction, float, MPContext().mpf])
@pytest.mark.parametrize("every", [1, 7])
def test_a_run_that_diverges_ends_there(kind, every):
    run = descend((3, 5), (kind(4), kind(1)), kind(1), kind(2), 100, every)
    assert run.diverged == run.steps[-1] + 1 < 10
    assert all(w - w == 0 for w in chain(*run.states))


def test_no_overflow_is_seen():
    run = descend((20, 2), (1.1e15, 1e-3), 1e300, 1e300, 100)
    assert run.diverged == 1
    assert run.states == ((1.1e15, 1e-3),)


@SETTINGS
@given(weight_runs())
def test_sharpness_is_that_of_the_definition(run):
    depths, start, target, _ = run
    expected = sharpness_by_definition(start, target, digits=20)
    assert sharpness_at(depths, start, target) == pytest.approx(float(expected), abs=1e-9)


def test_layer_values_of_shares():
    mp = MPContext()
    mp.dps = 40
    found = layer_values((20, 3), (mp.mpf("0.002"), mp.mpf(-1) / 7))
    assert (
        max(
            abs(a - b) for a, b in zip(shares((20, 3), found), (0.002, -mp.mpf(1) / 7), strict=True)
        )
        < 1e-15
    )
    with pytest.raises(DynamicsError, match="4 equal layers cannot carry the share -1"):
        layer_values((4,), (-1.0,))


NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        (((), (), 1, 1, 1), "no pathway"),
        (((0,), (1,), 1, 1, 1), "depth 0"),
        (((2.0,), (1,), 1, 1, 1), "depth 2.0"),
        (((2,), (), 1, 1, 1), "0 values for 1 pathways"),
        (((2,), (1, 2), 1, 1, 1), "2 values for 1 pathways"),
        (((2,), ((1, 2, 3),), 1, 1, 1), "3 weights for depth 2"),
        (((2, 2), ((1, 2), 1), 1, 1, 1), "mixes"),
        (((2,), (NAN,), 1, 1, 1), "nan is not finite"),
        (((2,), ((1, -INFINITY),), 1, 1, 1), "-inf is not finite"),
        (((2,), (MPContext().inf,), 1, 1, 1), "not finite"),
        (((2,), (10**400,), 1, 0.5, 1), "not finite"),
        (((2,), (1,), NAN, 1, 1), "nan is not finite"),
        (((2,), (1,), 1, INFINITY, 1), "inf is not finite"),
        (((2,), ("12",), 1, 1, 1), "no real number"),
        (((2,), (1j,), 1, 1, 1), "no real number"),
        (((2,), (True,), 1, 1, 1), "no real number"),
        (((2,), (1,), 1, 0, 1), "step size is 0"),
        (((2,), (1,), 1, -HALF, 1), "step size is -1/2"),
        (((2,), (1,), 1, 1, -1), "-1 steps"),
        (((2,), (1,), 1, 1, 1.5), "1.5 steps"),
        (((2,), (1,), 1, 1, 1, 0), "every 0 steps"),
    ],
)
def test_bad_settings_are_refused(settings, cause):
    with pytest.raises(VerifierError, match=cause) as caught:
        descend(*settings)
    assert caught.value.remedy
