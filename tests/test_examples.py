"""The examples: each a landscape from the literature, a minimum, and its printed sharpness."""

import runpy
from pathlib import Path

import pytest
import sympy

from verifier.judge import judge_statement
from verifier.statements.claims import load_claims
from verifier.verdicts import Verdict

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = sorted(FOLDER.glob("*.py"))


def test_there_are_examples():
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_minimum_is_one_and_is_as_sharp_as_printed(path, capsys):
    example = runpy.run_path(str(path), run_name="__main__")
    landscape, minimum, printed = (example[n] for n in ("landscape", "minimum", "printed"))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["minimum", "sharpness", "in"]
    assert lines[1].split()[1] == lines[2].split()[2]
    assert landscape.is_minimum(minimum)
    assert abs(sympy.Float(landscape.sharpness(minimum, 40).digits, 60) - printed) < 10**-37
    name = landscape.parameters[0]
    moved = {**minimum, name: minimum[name] + 1}
    assert not landscape.is_minimum(moved)


def test_the_minimum_of_the_matrices_is_not_balanced():
    example = runpy.run_path(str(next(p for p in EXAMPLES if p.stem == "matrix_factorisation")))
    first, second = example["LAYERS"].values()
    assert first * first.T != second.T * second


def test_the_claims_about_landscapes_are_proved():
    claims = load_claims(FOLDER / "landscapes.toml")
    results = [judge_statement(c.name, c.statement, 20) for c in claims]
    assert {r.verdict for r in results} == {Verdict.PROVED} and len(results) == 6
