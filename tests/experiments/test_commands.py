"""`verifier experiment` as a user meets it."""

import json
from dataclasses import replace

import pytest

from tests.test_cli import verifier
from verifier import checkpoint
from verifier.checkpoint import CheckpointError
from verifier.experiment import Experiment, Setting, experiment

pytest.importorskip("scipy")


def test_the_list():
    out, err = verifier("experiment", code=0)
    assert "three-regimes" in out and "tanh-two-path" in out and not err


def test_a_table_a_figure_and_a_file_to_go_on_from(tmp_path):
    pytest.importorskip("matplotlib")
    held, figure = tmp_path / "held.json", tmp_path / "figure.pdf"
    out, err = verifier(
        "experiment", "overshoot", "--output", str(figure), "--resume", str(held), code=0
    )
    assert "4.224" in out and "3 of 3 published reproduced, 2 of 2 others hold" in out
    assert not err and figure.read_bytes().startswith(b"%PDF")
    out, err = verifier(
        "experiment", "overshoot", "--resume", str(held), "--format", "json", code=0
    )
    content = json.loads(out)
    assert (
        "3 of 3 parts are those in" in err
        and content["reproduced"]
        and content["comparisons"][2]["deviation"] < 0.001
    )
    _, err = verifier("experiment", "three-regimes", "--resume", str(held), code=2)
    assert "another run" in err


def test_what_was_not_reproduced_is_exit_code_1(tmp_path):
    held = tmp_path / "held.json"
    verifier("experiment", "overshoot", "--resume", str(held), code=0)
    run = experiment("overshoot")
    parts = checkpoint.load(str(held), run.identity, run.parts)
    parts["threshold"]["gamma"] = 4.3
    checkpoint.save(str(held), run.identity, parts)
    out, _ = verifier("experiment", "overshoot", "--resume", str(held), code=1)
    assert "not reproduced" in out and "0.076" in out and "2 of 3 published" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["other"], "no experiment 'other'"),
        (["overshoot", "--output", "x.jpg"], "names no picture"),
        (["overshoot", "--resume", "missing/x.json"], "No such file"),
        (["overshoot", "--format", "xml"], "--format"),
    ],
)
def test_bad_input(arguments, message):
    out, err = verifier("experiment", *arguments, code=2)
    assert message in err and not out


def test_a_checkpoint_is_of_its_experiment_only(tmp_path):
    path = str(tmp_path / "held.json")

    def made(value, parts=("a", "b")):
        return Experiment("x", "t", "s.", (Setting("eta", value),), dict.fromkeys(parts, dict),
                          lambda data: (), lambda data, axes: None)  # fmt: skip

    def load(run):
        return checkpoint.load(path, run.identity, run.parts)

    assert load(made("1")) == {}
    checkpoint.save(path, made("1").identity, {"a": {"n": 1.5}})
    assert load(made("1")) == {"a": {"n": 1.5}}
    for other in (made("2"), made("1", parts=("b",))):
        with pytest.raises(CheckpointError, match="another run"):
            load(other)
    whole = (tmp_path / "held.json").read_text()
    (tmp_path / "held.json").write_text(whole.replace("1.5", "2.5"))
    with pytest.raises(CheckpointError, match="damaged"):
        load(made("1"))
    for text in ("{", "[]", "{}", '{"version": "x", "run": {}}', ""):
        (tmp_path / "held.json").write_text(text)
        with pytest.raises(CheckpointError, match="holds no parts"):
            load(made("1"))


def test_an_interruption_keeps_what_is_done(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from verifier.cli.commands.experiment import command
    from verifier.experiments import overshoot

    path = tmp_path / "held.json"

    def interrupted():
        raise KeyboardInterrupt

    first = next(iter(overshoot.experiment.parts))
    parts = {first: lambda: {"n": 1}, "second": interrupted}
    monkeypatch.setattr(overshoot, "experiment", replace(overshoot.experiment, parts=parts))
    run = CliRunner().invoke(command, ["overshoot", "--resume", str(path)], standalone_mode=False)
    assert run.return_value == 1
    assert json.loads(path.read_text())["parts"] == {first: {"n": 1}}
