"""Every experiment reproduces what it says, and says so where a number is off."""

import pytest

from verifier.experiment import Comparison, ExperimentError, experiment, labels
from verifier.experiments import overshoot, three_regimes, unequal_depth_grid

pytest.importorskip("scipy")

LONG = {"unequal-depth-grid", "matrix-run"}
CASES = [pytest.param(label, marks=pytest.mark.slow if label in LONG else []) for label in labels()]


@pytest.mark.parametrize("label", CASES)
def test_it_is_reproduced_and_can_be_drawn(label, tmp_path):
    pytest.importorskip("matplotlib")
    from verifier.reports.figures import Sheet

    found = experiment(label)
    result = found.run()
    assert [c.name for c in result.comparisons if not c.agrees] == []
    assert result.comparisons and all(setting.value for setting in found.settings)
    sheet = Sheet(*found.panels, found.title)
    sheet.draw(result.draw)
    sheet.save(str(tmp_path / "figure.png"))
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")


def test_labels_and_titles():
    assert {"three-regimes", "unequal-depth-grid", "overshoot", "tanh-two-path"} < set(labels())
    for label in labels():
        found = experiment(label)
        assert found.title and found.shows.endswith(".") and found.parts
    with pytest.raises(ExperimentError, match="no experiment 'other'"):
        experiment("other")


@pytest.mark.parametrize(
    ("expected", "measured", "tolerance", "deviation", "agrees"),
    [
        ((1.0,), (1.005,), 0.01, 0.005, True),
        ((1.0,), (1.02,), 0.01, 0.02, False),
        ((1.0, 0.0), (1.0, 0.5), 0.1, 0.5, False),
        ((1.0,), (float("nan"),), 0.1, float("nan"), False),
        ((1.0,), (float("inf"),), 0.1, float("inf"), False),
        ("safe", "crosses", 9.0, None, False),
        ("safe", "safe", 0.0, None, True),
    ],
)
def test_a_comparison(expected, measured, tolerance, deviation, agrees):
    found = Comparison("x", expected, measured, tolerance)
    assert found.deviation == pytest.approx(deviation, nan_ok=True)
    assert found.agrees is agrees


def test_numbers_of_different_counts_are_an_error():
    with pytest.raises(ValueError):
        _ = Comparison("x", (1.0,), (1.0, 2.0), 1.0).deviation


def test_runs_at_other_step_sizes_do_not_reproduce_three_regimes():
    found = three_regimes.experiment
    data = dict(found.run().data)
    swapped = dict(
        zip(three_regimes.RUNS, [data[n] for n in three_regimes.RUNS][::-1], strict=True)
    )
    outcomes = [c.agrees for c in found.compare(data | swapped) if c.source == "published"]
    assert outcomes == [False, True, False, False]


def test_the_window_of_three_regimes_is_that_of_the_theory():
    assert pytest.approx(0.18661, abs=1e-5) == three_regimes.LARGE
    assert three_regimes.SMALL < 2 / 20 < three_regimes.MIDDLE < three_regimes.LARGE


def test_a_panel_of_the_grid_approaches_its_optimum_and_no_other():
    held = unequal_depth_grid.at((5, 7))
    (near, _) = held["runs"]
    assert near["distances"][1] < near["distances"][0] / 3 < 0.01
    assert abs(held["optimum"][0] - 0.5) > 0.1
    (a, b) = held["optimum"]
    assert 4 * a ** (1 - 2 / 5) == pytest.approx(6 * b ** (1 - 2 / 7))


def test_the_worst_start_is_the_worst():
    for eta in (0.3, 0.82, 0.87):
        worst = overshoot.worst_start(eta)
        reach = [overshoot.layers(eta, k / 1000, 1)[1] for k in range(1, 1000)]
        assert max(reach) <= overshoot.layers(eta, worst, 1)[1] < max(reach) + 1e-5


def test_overshoot_changes_its_outcome_at_the_threshold():
    gamma = overshoot.threshold()["gamma"]
    for factor, outcome in ((1 - 1e-9, overshoot.STAYS), (1 + 1e-9, overshoot.CROSSES)):
        eta = gamma / overshoot.DEPTH * factor
        assert overshoot.outcome(overshoot.layers(eta, overshoot.worst_start(eta), 2)) == outcome


def test_parts_that_are_done_are_not_run_again():
    told = []
    found = three_regimes.experiment
    done = {name: {} for name in list(found.parts)[1:]}
    found.run(done, told.append)
    assert told == [next(iter(found.parts))] and len(done) == len(found.parts)
