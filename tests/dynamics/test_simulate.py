"""`verifier simulate` as a user meets it, and how its input is read."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.strategies import SETTINGS
from tests.test_cli import verifier
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.reading import in_kind, read_depths, read_number, read_start, read_steps

RUN = {"--paths": "2", "--depth": "3", "--target": "1", "--start": "0.2,0.1", "--eta": "0.1",
       "--steps": "300"}  # fmt: skip


def simulate(*flags, code=0, **changed):
    options = {**RUN, **{f"--{name}": value for name, value in changed.items()}}
    pairs = (x for name, value in options.items() if value is not None for x in (name, value))
    return verifier("simulate", *pairs, *flags, code=code)


def test_a_run_as_a_table():
    out, err = simulate()
    rows = [line.replace("|", " ").split() for line in out.splitlines()]
    assert ["Step", "Time", "Residual", "Share", "1", "Share", "2"] in rows
    assert ["0", "0", "0.7", "0.200000", "0.100000"] in rows
    assert [row[:2] for row in rows if len(row) == 5 and row[0].isdigit()][-1] == ["300", "30"]
    assert "outcome   converged, other" in out and "2/eta = 20" in out and not err


def test_a_run_that_is_not_over_says_how_long_it_takes_to_tell():
    assert "outcome   moving, other (128 steps or more tell" in simulate(steps="20")[0]
    slow, _ = simulate(steps="200", paths="1", eta="0.02", start="0.2")
    assert "outcome   moving, single (more steps tell" in slow


def test_a_run_as_json_is_that_of_descent():
    from verifier.dynamics.descent import descend, layer_values

    out, _ = simulate("--format", "json", steps="20")
    content = json.loads(out)
    run = descend((3, 3), layer_values((3, 3), (0.2, 0.1)), 1.0, 0.1, 20)
    assert content["shares"] == [list(shares) for shares in run.shares]
    assert content["steps"] == list(range(21)) and content["outcome"]["kind"] == "moving"


def test_high_precision_keeps_its_digits_and_bounds_the_rounding():
    exact = Fraction(1, 2) + Fraction(1, 10) * Fraction(1, 2) * Fraction(3, 4)
    out, _ = simulate("--digits", "50", "--weights", "1/2,1/2", "--format", "json", paths="1",
                      depth="2", start=None, steps="1")  # fmt: skip
    content = json.loads(out)
    found = Fraction(content["shares"][1][0])
    assert abs(found - exact**2) < Fraction(1, 10**48) and content["rounding"] < 1e-15
    assert isinstance(content["residuals"][0], str)


def test_unbalanced_layers_and_a_run_that_diverges():
    out, _ = simulate("--weights", "0.2,0.1,0.1", "--weights", "3,1,9", start=None, eta="1")
    assert "diverged, flipped" in out and "at step 2" in out and "nan" not in out.lower()


def test_numbers_beyond_floats_are_told_from_none():
    weights = ("--weights", "1e300,1e300,1e300", "--digits", "30")
    out, _ = simulate(*weights, paths="1", start=None, eta="1e-300", steps="3")
    assert "in float64 the run leaves the range" in out and "-1.0e+900" in out
    out, _ = simulate(*weights, "--format", "json", paths="1", start=None, eta="1", steps="3")
    assert json.loads(out)["rounding"] is None and json.loads(out)["diverged"] == 1


def test_gradient_flow():
    pytest.importorskip("scipy")
    out, _ = simulate("--flow", "--time", "100", "--format", "json", eta=None, steps=None)
    content = json.loads(out)
    assert abs(content["residuals"][-1]) < 1e-9 and "steps" not in content
    assert content["layer_drift"] < 1e-9 and content["path_drift"] < 1e-8
    out, _ = simulate("--flow", "--time", "100", eta=None, steps=None)
    assert "w_l^2 - w_k^2 moved by" in out


@pytest.mark.parametrize("paths", ["2", "3"])
def test_a_figure(tmp_path, paths):
    pytest.importorskip("matplotlib")
    figure = tmp_path / "run.svg"
    simulate("--output", str(figure), paths=paths, start="0.1")
    assert "<svg" in figure.read_text()


BAD = [
    ({"eta": "0"}, (), "the step size is 0"),
    ({"eta": "-1"}, (), "the step size is -1"),
    ({"eta": "nan"}, (), "write a number"),
    ({"eta": None}, (), "--eta"),
    ({"eta": "1e999"}, (), "out of the range"),
    ({"steps": "-1"}, (), "--steps"),
    ({"steps": None}, (), "the end is not given"),
    ({"steps": "999999999999"}, (), "too long"),
    ({}, ("--time", "3"), "the end is given twice"),
    ({"steps": None}, ("--time", "-3"), "time >= 0"),
    ({"depth": "0"}, (), "'0' is no depth"),
    ({"depth": "3,5,7"}, (), "3 depths for 2 pathways"),
    ({"depth": ""}, (), "'' is no depth"),
    ({"paths": "0"}, (), "--paths"),
    ({"target": "nan"}, (), "the target is 'nan'"),
    ({"target": "inf"}, (), "the target is 'inf'"),
    ({"target": "1/0"}, (), "the target is '1/0'"),
    ({"start": ""}, (), "the start is empty"),
    ({"start": None}, (), "the start is empty"),
    ({"start": "nan"}, (), "a share of the start is 'nan'"),
    ({"start": "0.1,"}, (), "a share of the start is ''"),
    ({"start": "1,2,3"}, (), "3 shares for 2 pathways"),
    ({"start": "-1", "depth": "2"}, (), "cannot carry the share"),
    ({}, ("--weights", "1,1,1"), "the start is given twice"),
    ({"start": None}, ("--weights", "1,1", "--weights", "1,1,1"), "2 weights for depth 3"),
    ({"start": "1e-400"}, (), "too small for float64"),
    ({"start": None, "paths": "1"}, ("--weights", "1e200,1e200,1"), "out of the range"),
    ({"eta": None, "steps": None}, ("--flow", "--time", "1e999"), "out of the range"),
    ({}, ("--digits", "0"), "0 digits"),
    ({}, ("--output", "run.gif"), "names no picture"),
    ({}, ("--flow",), "--flow goes with --time"),
    ({"eta": None, "steps": None}, ("--flow", "--time", "0"), "ends at time 0"),
]


@pytest.mark.parametrize(("changed", "flags", "message"), BAD, ids=[m for _, _, m in BAD])
def test_bad_input(changed, flags, message):
    out, err = simulate(*flags, code=2, **changed)
    assert message in err and not out


@SETTINGS
@given(st.fractions(max_denominator=10**6), st.integers(-9, 9))
def test_numbers_are_read_exactly(number, power):
    assert read_number(f" {number} ") == number
    text = f"{number.numerator}e{power}"
    assert read_number(text) == number.numerator * Fraction(10) ** power


@pytest.mark.parametrize("text", ["", "x", "1,2", "nan", "inf", "0x1", "1e9999", "_1", "1/0", "²"])
def test_what_is_no_number(text):
    with pytest.raises(DynamicsError, match="write a number"):
        read_number(text)


def test_reading():
    assert read_depths(3, "4") == (4, 4, 4)
    assert read_start((2, 1), "1/4", (), None) == (0.5, 0.25)
    (root,) = read_start((2,), "2", (), 40)
    assert abs(root * root - 2) < 1e-39
    assert read_steps(1, "0.1", None, "0.3") == 3  # in floats it would be 2
    assert in_kind([Fraction(1, 3)], 30)[0] * 3 == 1
