"""`verifier new` writes a theorem that is proved; mistakes in a theorem file show their line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.test_cli import verifier
from verifier.verdicts import Verdict
from verifier.verify import Task, judge_task

ROOT = Path(__file__).parents[1]
NEW = {"code": 0, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("new")
    out, err = verifier("new", "my-theorem", cwd=folder, **NEW)
    assert out == "my_theorem.py is written; judge it with: verifier check my_theorem.py\n"
    assert not err
    return (folder / "my_theorem.py").read_text()


def test_it_is_proved_and_its_false_neighbour_is_refuted(tmp_path: Path, skeleton: str) -> None:
    path = tmp_path / "my_theorem.py"
    path.write_text(skeleton)
    result = judge_task(Task("my-theorem", "theorem", path=str(path)))
    assert result.verdict is Verdict.PROVED
    (neighbour,) = (e for e in result.evidence if e.kind == "neighbour")
    assert neighbour.counterexample
    assert all(e.verdict is Verdict.PROVED for e in result.evidence if e.kind == "link")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("precious")
    _, err = verifier("new", "mine.py", cwd=tmp_path, code=2, PYTHONPATH=str(ROOT))
    assert "mine.py exists already (choose another name)" in err
    assert (tmp_path / "mine.py").read_text() == "precious"


@pytest.mark.parametrize(
    "name", ["a b", "1st", "class", "_hidden", "", "sätze", "x.toml", "..", "."]
)
def test_bad_names(tmp_path: Path, name: str) -> None:
    _, err = verifier("new", name, cwd=tmp_path, code=2, PYTHONPATH=str(ROOT))
    assert "is no name for a theorem (use letters" in err
    assert not os.listdir(tmp_path)


MISTAKES = [
    ("L >= 3),", "L >= 3, K > 1),", "NameError: name 'K' is not defined"),
    ("(sigma / 2)", "(0.5 * sigma)", "0.5 is a float"),
    ("given=(H >= 2, L >= 3)", "given=(2 <= H <= 5, L >= 3)", "has no truth value"),
    ('"flatter": sharp', '"flatter": +* sharp', "SyntaxError: invalid syntax"),
    ("{k: 2}", '{"k": 2}', "'k' is no variable"),
    ('link("factor", calculation(), ', 'link("factor", ', "is no reason"),
    ('"factor", calculation(), 2 ** (2 / L - 1) < 1', '"factor", calculation()', "has no claim"),
    ('("two", "factor"', '("two", "faktor"', "there is no link 'faktor'"),
    ("single-path/value", "singel-path/value", "did you mean single-path?"),
    ("single-path/value", "single-path/valeu", "single-path has no claim 'valeu'"),
    ("calculation(of(\"shared-k/value\", {k: 2}))", "calculation(7)", "7 is no premise"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES, ids=[m for *_, m in MISTAKES])
def test_a_mistake_is_reported_with_its_line(
    tmp_path: Path, skeleton: str, right: str, wrong: str, message: str
) -> None:
    text = skeleton.replace(right, wrong)
    line = next(n for n, row in enumerate(text.split("\n"), 1) if wrong in row)
    (tmp_path / "mine.py").write_text(text)
    result = judge_task(Task("mine", "theorem", path=str(tmp_path / "mine.py")))
    assert result.verdict is Verdict.ERROR
    assert message in result.reason
    assert f"mine.py:{line}: " in result.reason or f"line {line}, link " in result.reason


def test_a_refused_link_is_named_with_its_line(tmp_path: Path, skeleton: str) -> None:
    text = skeleton.replace("2 ** (2 / L - 1) < 1", "2 ** (2 / L - 1) < 1 / L")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "< 1 / L" in row)
    (tmp_path / "mine.py").write_text(text)
    result = judge_task(Task("mine", "theorem", path=str(tmp_path / "mine.py")))
    assert f"line {line}, link 'factor': calculation does not show" in result.reason


def test_a_relative_path_shows_the_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text("x = 1\ny = undefined\n")
    result = judge_task(Task("mine", "theorem", path="mine.py"))
    assert result.reason.startswith("mine.py:2: NameError")
