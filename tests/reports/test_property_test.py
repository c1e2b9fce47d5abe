"""Written property tests: pytest is green on true statements, and red with the smallest example."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import proofs
from verifier import library
from verifier.errors import VerifierError
from verifier.reports.property_test import of_statement, of_theorem
from verifier.statements.claims import statement_of

ROOT = Path(proofs.__file__).parents[1]
TRUE = {
    "less_sharp": ("H**(2/L - 1) < 1", ["H >= 2", "L >= 3"], {}),
    "mean": ("x + 1/x >= 2", ["x > 0"], {"x": "real"}),
    "positive": ("x + 1/x >= 2", [], {"x": "positive"}),
    "family": ("Sum(s[h]**2, (h, 1, H)) >= Sum(s[h], (h, 1, H))**2/H", [], {"s": "real[.]"}),
    "depths": (
        "sharpness(split(s), L=L) == Sum(L[h]*s[h]**(2 - 2/L[h]), (h, 1, H))",
        ["Sum(s[h], (h, 1, H)) == sigma"],
        {"s": "nonnegative[.]", "L": "count[.]"},
    ),
    "quoted": ("Sum(n, (n, 1, L)) == L*(L + 1)/2", [], {}),
}
FALSE = {
    "at_depth_two": ("H**(2/L - 1) < 1", ["H >= 2", "L >= 2"], {}, "values={H: 2, L: 2}"),
    "pole": ("(x**2 - 1)/(x - 1) == x + 1", [], {"x": "real"}, "values={x: 1}"),
    "wrong": ("sharpness(balanced) == L*sigma**(2 - 2/L)", ["L >= 2"], {}, "L: 2"),
}  # fmt: skip


def run(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.stdout


def test_true_statements_and_a_theorem_are_green(tmp_path: Path) -> None:
    files = {name: of_statement(statement_of(*parts)) for name, parts in TRUE.items()}
    files["theorem"] = of_theorem(library.shipped("single-path"))
    assert "8 passed" in run(tmp_path, files)


def test_false_statements_are_red_with_the_smallest_example(tmp_path: Path) -> None:
    files = {name: of_statement(statement_of(*parts[:3])) for name, parts in FALSE.items()}
    out = run(tmp_path, files)
    assert "3 failed" in out
    for *_, example in FALSE.values():
        assert example in out
    assert "assert (Fraction(1, 1) < Fraction(1, 1)" in out
    assert "undefined, 1 - 1 != 0 fails" in out
    assert "numeric.py" not in out.partition("Explanation")[0]


@pytest.mark.parametrize("label", library.labels())
def test_every_theorem_has_a_test_for_each_claim_or_a_reason(label: str) -> None:
    theorem = library.shipped(label)
    try:
        text = of_theorem(theorem)
    except VerifierError as error:
        assert "derivative" in str(error)
        return
    tests = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    assert len({test.name for test in tests}) == len(tests)
    assert len(tests) + text.count(": no test, for ") == len(theorem.claims)
    assert max(map(len, text.splitlines())) <= 100


def test_what_has_no_value_is_refused() -> None:
    with pytest.raises(VerifierError, match="a limit is not seen"):
        of_statement(statement_of("limit(1/L, L, oo) == 0", [], {}))
