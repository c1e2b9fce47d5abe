"""The phase map agrees with what the theorems say about each side of each threshold."""

from fractions import Fraction
from itertools import chain

import pytest

from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.outcome import Kind, Outcome, Split
from verifier.dynamics.phase import (
    LARGEST,
    MOST_PATHS,
    Regime,
    _record,
    _regime,
    largest_start,
    phase_map,
    thresholds,
)

ONE = Fraction(1)
CONVERGENT = {Regime.WINNER, Regime.SHARED, Regime.REBALANCED}


def regimes(paths, depth, etas, scales, ratio=0.8, steps=6000, target=ONE):
    return phase_map(paths, depth, target, etas, scales, ratio, steps).regimes


def test_thresholds_by_hand():
    found = {t.name: t.eta for t in thresholds(8, 4, Fraction(16))}
    assert found["2/S_1"] == pytest.approx(2 / (4 * 16**1.5), rel=1e-14)
    assert found["2/S_H"] == pytest.approx(2 / (4 * 16**1.5 * 8**-0.5), rel=1e-14)
    at_five = {t.name: t.eta for t in thresholds(2, 5, ONE)}
    assert at_five["eta_WCR"] == pytest.approx(4.22449541461224 / 5, rel=1e-12)


@pytest.mark.parametrize(("paths", "depth"), [(1, 5), (3, 2), (4, 1)])
def test_where_there_is_no_window_the_thresholds_are_one(paths, depth):
    names = [t.name for t in thresholds(paths, depth, ONE)]
    assert names == ["2/S_1 = 2/S_H"] + ["eta_WCR"] * (depth > 1)


@pytest.mark.parametrize(("paths", "depth"), [(2, 4), (2, 9), (3, 5)])
@pytest.mark.parametrize("target", [ONE, Fraction(1, 50)])
def test_each_side_of_the_window(paths, depth, target):
    single, shared = (
        next(t.eta for t in thresholds(paths, depth, target) if t.name == name)
        for name in ("2/S_1", "2/S_H")
    )
    scales = [float(target) * part for part in (2e-3, 3e-2, 0.3)]
    below = regimes(paths, depth, [0.3 * single, 0.97 * single], scales, target=target)
    assert set(chain(*below)) <= {Regime.WINNER, Regime.SHARED}
    within = regimes(
        paths, depth, [(single * shared) ** 0.5, 0.97 * shared], scales[:1], target=target
    )
    assert set(chain(*within)) == {Regime.REBALANCED}
    beyond = regimes(paths, depth, [1.03 * shared, 1.1 * shared], scales, target=target)
    assert set(chain(*beyond)) == {Regime.TWO_CYCLE}


def test_a_small_start_lets_the_winner_take_all():
    rows = regimes(2, 6, [0.1, 0.2], [1e-3, 0.4], 0.8)
    assert rows[0] == (Regime.WINNER,) * 2 and rows[1] == (Regime.SHARED,) * 2


def test_at_depth_two_nothing_ever_re_balances():
    etas = [0.1 + 0.1 * n for n in range(14)]
    found = set(chain(*regimes(2, 2, etas, [0.01, 0.1, 0.5], 0.5)))
    assert Regime.REBALANCED not in found
    assert found >= {Regime.SHARED, Regime.TWO_CYCLE, Regime.WILD}


def test_signs_flip_and_runs_diverge_only_beyond_the_threshold_of_return():
    """A single pathway that starts within (0, w*) is what `worst-case-return` speaks of."""
    eta = next(t.eta for t in thresholds(1, 5, ONE) if t.name == "eta_WCR")
    scales = [(n / 60) ** 5 for n in range(1, 60)]
    (*rows,) = regimes(1, 5, [0.9 * eta, 0.999 * eta, 1.02 * eta, 1.3 * eta], scales, 1.0)
    before, just_before, just_after, after = (set(column) for column in zip(*rows, strict=True))
    assert not (before | just_before) & {Regime.FLIPPED, Regime.DIVERGED}
    assert Regime.FLIPPED in just_after and Regime.FLIPPED in after | {Regime.DIVERGED}


def test_the_order_of_regimes():
    flipped = Outcome(Kind.CONVERGED, 1, Split.SINGLE, flipped=True)
    assert _regime(flipped, rebalanced=True) is Regime.FLIPPED
    assert _regime(Outcome(Kind.DIVERGED, flipped=True), rebalanced=False) is Regime.DIVERGED
    cycle = Outcome(Kind.CYCLE, 2, Split.SINGLE)
    assert _regime(cycle, rebalanced=True) is Regime.TWO_CYCLE
    assert _regime(Outcome(Kind.CYCLE, 3), rebalanced=False) is Regime.WILD
    assert _regime(Outcome(Kind.MOVING), rebalanced=True) is Regime.MOVING


@pytest.mark.parametrize("steps", [128, 129, 1000, 10**7])
def test_the_record_holds_the_start_and_the_window(steps):
    found = _record(steps)
    assert found[0] == 0 and found[-128:] == list(range(steps - 127, steps + 1))
    assert len(found) <= 400


def test_progress_names_each_row():
    names = []
    phase_map(2, 3, ONE, [0.1], [0.01, 0.1], 0.8, 200, names.append)
    assert names == ["start 0.01", "start 0.1"]


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        ((2, 3, Fraction(0), [0.1], [0.1], 0.8, 200), "target is 0"),
        ((2, 3, Fraction(10**400), [0.1], [0.1], 0.8, 200), "target is 1000"),
        ((2, 3, ONE, [0.1], [0.1], 0.0, 200), "ratio is 0"),
        ((2, 3, ONE, [0.1], [0.1], float("nan"), 200), "ratio is nan"),
        ((MOST_PATHS + 1, 3, ONE, [0.1], [0.1], 0.8, 200), "65 pathways"),
        ((2, 3, ONE, [0.1], [0.1], 0.8, 100), "100 steps"),
        ((2, 3, ONE, [], [0.1], 0.8, 200), "0 x 1 cells"),
        ((2, 3, ONE, [0.1] * 4001, [0.1] * 1000, 0.8, 200), "4001 x 1000 cells"),
        ((2, 3, ONE, [0.1], [0.0], 0.8, 200), "start is not between"),
        ((2, 3, ONE, [0.1], [0.56], 0.8, 200), "up to 0.556"),
        ((2, 3, ONE, [0.0], [0.1], 0.8, 200), "step size is 0"),
        ((2, 3, ONE, [float("nan")], [0.1], 0.8, 200), "not finite"),
    ],
)
def test_bad_settings_are_refused(arguments, cause):
    with pytest.raises(DynamicsError, match=cause) as caught:
        phase_map(*arguments)
    assert caught.value.remedy


def test_the_largest_target_has_thresholds():
    assert all(t.eta > 0 for t in thresholds(2, 50, Fraction(int(LARGEST))))
    assert largest_start(1, Fraction(7), 0.3) == 7


def test_a_map_goes_on_from_the_rows_that_are_done():
    whole: dict[str, str] = {}
    etas, scales = [0.2, 0.45, 0.6], [0.01, 0.1, 0.4]
    found = phase_map(2, 4, ONE, etas, scales, 0.8, 2000, done=whole)
    assert list(whole) == ["0", "1", "2"]
    assert whole["0"] == "".join(regime.letter for regime in found.regimes[0])
    part = {"1": "DDD"}
    again = phase_map(2, 4, ONE, etas, scales, 0.8, 2000, done=part)
    assert again.regimes[1] == (Regime.DIVERGED,) * 3  # it is not run again
    assert [again.regimes[0], again.regimes[2]] == [found.regimes[0], found.regimes[2]]
