"""`verifier phase` as a user meets it."""

import json

import pytest

from tests.test_cli import verifier

pytest.importorskip("numba")

SMALL = ["phase", "--paths", "2", "--depth", "5", "--cells", "6x3", "--steps", "2000"]


def test_a_map_its_thresholds_and_a_file_to_go_on_from(tmp_path):
    held = tmp_path / "map.json"
    out, err = verifier(*SMALL, "--resume", str(held), code=0)
    assert "2/S_1" in out and "eta_WCR" in out and "winner takes all" in out and not err
    parts = json.loads(held.read_text())["parts"]
    assert list(parts) == ["0", "1", "2"] and {len(row) for row in parts.values()} == {6}
    out, _ = verifier(*SMALL, "--resume", str(held), "--format", "json", code=0)
    assert json.loads(out)["cells"] == list(parts.values())
    _, err = verifier(*SMALL, "--ratio", "0.5", "--resume", str(held), code=2)
    assert "another run" in err


def test_an_interruption_keeps_the_rows_that_are_done(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from verifier.cli.commands.phase import command
    from verifier.dynamics import phase

    held, simulate, calls = tmp_path / "map.json", phase.simulate, []

    def once(*arguments, **named):
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return simulate(*arguments, **named)

    monkeypatch.setattr(phase, "simulate", once)
    run = CliRunner().invoke(command, [*SMALL[1:], "--resume", str(held)], standalone_mode=False)
    assert run.return_value == 1 and f"1 of 3 parts done (go on with --resume {held})" in run.output
    assert list(json.loads(held.read_text())["parts"]) == ["0"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cells", "6"], "write 72x24"),
        (["--eta", "0.5:0.1"], "is no range"),
        (["--target", "0"], "the target is 0"),
        (["--ratio", "nan"], "the ratio is nan"),
        (["--start", "0.1:7"], "not between 0 and the target"),
        (["--steps", "3"], "take at least"),
        (["--output", "map.jpg"], "names no picture"),
    ],
)
def test_bad_input(arguments, message):
    out, err = verifier(*SMALL, *arguments, code=2)
    assert message in err and not out
