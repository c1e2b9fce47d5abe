"""The command `verifier selftest`: exit codes, and what it prints."""

import json

import pytest

from verifier import selftest
from verifier.cli import main
from verifier.statements.claims import statement_of
from verifier.verify import Task

SOME = ("two-squares", "two-squares-strict")
TRUE = statement_of("x**2 >= 0", [], {"x": "real"})
FALSE = statement_of("x**2 > 0", [], {"x": "real"})


def run(monkeypatch, capsys, tasks, *options):
    monkeypatch.setattr(selftest, "tasks", lambda: list(tasks))
    with pytest.raises(SystemExit) as end:
        main(["selftest", "--jobs", "1", *options])
    return end.value.code, capsys.readouterr().out


def test_sound(monkeypatch, capsys):
    some = [task for task in selftest.tasks() if task.name in SOME]
    code, out = run(monkeypatch, capsys, some)
    assert code == 0
    assert out == (
        "1 true claim: 1 proved (100.0 %)\n1 false claim: 1 refuted (100.0 %)\nunsound: none\n"
    )


@pytest.mark.parametrize(("name", "statement"), [(SOME[0], FALSE), (SOME[1], TRUE)])
def test_a_verdict_against_its_label(monkeypatch, capsys, name, statement):
    swapped = [Task(name, "claim", statement=statement)]
    code, out = run(monkeypatch, capsys, swapped)
    assert code == 1
    assert f" {name}  (" in out and out.endswith("unsound: 1\n")
    code, out = run(monkeypatch, capsys, swapped, "--format", "json")
    assert code == 1 and json.loads(out)["unsound"] == [name]


def test_out_of_time_is_not_unsound(monkeypatch, capsys):
    some = [task for task in selftest.tasks() if task.name in SOME]
    code, out = run(monkeypatch, capsys, some, "--timeout", "0.000001", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["true"]["verdicts"] == {"undecided": 1}
