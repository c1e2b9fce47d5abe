"""The plugin of pytest, run by pytest in a folder of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import proofs
from tests.testing.plugin import ENVIRONMENT, PLUGIN

pytest_plugins = ["pytester"]

ROOT = Path(proofs.__file__).parents[1]
CLAIMS = """
[[claim]]
name = "less-sharp"
statement = "H**(2/L - 1) < 1"
given = ["H >= 2", "L >= 3"]

[[claim]]
name = "at-depth-two"
statement = "H**(2/L - 1) < 1"
given = ["H >= 2", "L >= 2"]
"""
THEOREM = """
from verifier.reasons import calculation
from verifier.statements.vocabulary import H, L
from verifier.theorem import Theorem, link, when

theorem = Theorem(
    label="mine",
    title="Mine",
    source="ours",
    why="It is so.",
    claims={"small": when(H ** (2 / L - 1) < BOUND, H >= 2, L >= 3)},
    proof=[link("small", calculation())],
)
"""


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with claims, a true theorem, a false one, an ordinary test and other files."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    files = {
        "claims.toml": CLAIMS,
        "proofs/mine.py": THEOREM.replace("BOUND", "1"),
        "proofs/theirs.py": THEOREM.replace("BOUND", "1/H").replace("mine", "theirs"),
        "proofs/_helper.py": THEOREM,
        "proofs/notes.py": 'text = """\ntheorem = Theorem(\n"""\n',
        "proofs/settings.toml": "[tool]\n# [[claim]]\n",
        "test_ordinary.py": THEOREM.replace("BOUND", "2") + "\ndef test_it(): pass\n",
    }
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return pytester


def run(folder: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return folder.runpytest_subprocess(*arguments, timeout=300)


def test_theorems_and_claims_are_tests(folder: pytest.Pytester) -> None:
    result = run(folder, "-v", "proofs", "claims.toml", "test_ordinary.py")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(
        [
            "proofs/mine.py::mine PASSED*",
            "proofs/theirs.py::theirs FAILED*",
            "claims.toml::less-sharp PASSED*",
            "claims.toml::at-depth-two FAILED*",
            "test_ordinary.py::test_it PASSED*",
            "refuted at H = 2, L = 3",
            "*H[*][*](2/L - 1) < 1/H",
            "*checked: small: left 0.79*, right 0.5",
            "refuted at H = 2, L = 2",
            "H[*][*](2/L - 1) < 1",
            "given H >= 2, L >= 2",
            "counterexample: H = 2, L = 2",
            "checked: left 1.0, right 1.0",
            "FAILED claims.toml::at-depth-two - refuted at H = 2, L = 2",
        ]
    )
    result.stdout.no_fnmatch_line("*runtest*")
    result.stdout.no_fnmatch_line("*_helper*")


def test_without_an_argument_nothing_is_collected(folder: pytest.Pytester) -> None:
    run(folder, "-v").assert_outcomes(passed=1)
    folder.makeini("[pytest]\ntestpaths = .")
    run(folder, "-v").assert_outcomes(passed=1)


def test_workers_of_xdist_collect_the_same(folder: pytest.Pytester) -> None:
    run(folder, "-n", "2", ".").assert_outcomes(passed=3, failed=2)
    folder.makeini("[pytest]\ntestpaths = .")
    run(folder, "-n", "1").assert_outcomes(passed=1)


def test_markers_and_names_select(folder: pytest.Pytester) -> None:
    both = ("proofs", "claims.toml", "--strict-markers")
    run(folder, *both, "-m", "theorem").assert_outcomes(passed=1, failed=1, deselected=2)
    run(folder, *both, "-m", "claim", "-k", "less-sharp").assert_outcomes(passed=1, deselected=3)
    run(folder, "claims.toml::less-sharp").assert_outcomes(passed=1)


def test_supported_is_accepted_unless_strict(folder: pytest.Pytester) -> None:
    (folder.path / "cases.toml").write_text(
        '[[claim]]\nname = "cases"\nstatement = "sin(n)**2 != 1/4"\nvariables = {n = "integer"}\n'
    )
    run(folder, "cases.toml", "--verifier-timeout", "5").assert_outcomes(passed=1)
    strict = run(folder, "cases.toml", "--verifier-timeout", "5", "--verifier-strict")
    strict.assert_outcomes(failed=1)
    strict.stdout.fnmatch_lines(["supported*", "sin(n)[*][*]2 != 1/4"])


def test_claims_in_a_paper(folder: pytest.Pytester) -> None:
    claim = '% verifier: claim small\n% statement = "H < 2"\n% verifier: end\n'
    (folder.path / "paper.tex").write_text("Text.\n" + claim)
    (folder.path / "other.tex").write_text("A verifier: it claims nothing.\n")
    result = run(folder, ".", "-k", "small")
    result.assert_outcomes(failed=1, deselected=5)
    result.stdout.fnmatch_lines(["FAILED paper.tex::small - refuted at H = 2"])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "bad.toml",
            '[[claim]]\nname = "bad"\nstatement = "H >"\n',
            "error:*bad.toml:1: column 4*",
        ),
        ("no.toml", "[[claim]]\n=\n", "*no.toml is no TOML*"),
        ("nameless.py", THEOREM.replace("BOUND", "bound"), "error:*nameless.py:11: NameError*"),
        ("broken.py", "theorem = Theorem(\n", "error:*broken.py:1: *"),
    ],
)
def test_errors_show_the_place(folder: pytest.Pytester, name: str, text: str, message: str) -> None:
    (folder.path / name).write_text(text)
    result = run(folder, name)
    result.stdout.fnmatch_lines([message])
    result.stdout.no_fnmatch_line("*Traceback*")
    assert result.ret != 0


def test_a_timeout_must_be_positive(folder: pytest.Pytester) -> None:
    result = run(folder, "claims.toml", "--verifier-timeout", "0")
    result.stderr.fnmatch_lines(["*--verifier-timeout*"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_the_plugin_loads_nothing_heavy() -> None:
    script = (
        f"import sys, pytest; before = set(sys.modules); import {PLUGIN}\n"
        "sys.exit(' '.join(sorted(m.split('.')[0] for m in set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert set(done.stderr.split()) == {"verifier"}
