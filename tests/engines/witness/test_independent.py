"""SymPy without FLINT: true claims hold, wrong formulas are caught, and FLINT is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.engines.say import say
from verifier.engines.witness import independent
from verifier.engines.witness.lowering import literal_integer
from verifier.engines.witness.small_integers import choices
from verifier.judge import judge_theorem
from verifier.library import lemma, shipped
from verifier.reasons import calculation
from verifier.statements.codec import encode_statement
from verifier.statements.statement import Statement
from verifier.statements.substitution import member
from verifier.statements.terms import Domain, Number
from verifier.statements.vocabulary import H, L, family, integer
from verifier.theorem import Theorem, link
from verifier.verdicts import Verdict

DERIVED = ("multi-affine", "gauss-newton", "symmetric-line", "mode-sharpness")
WRONG = [
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", ""),
    ("sharpness(single_path) == L*sigma**(2 - 1/L)", "L >= 2"),
    ("sharpness(shared(k)) == L*sigma**(2 - 2/L)*k**(2/L)", "L >= 2; k <= H"),
    ("sharpness(balanced)/sharpness(single_path) == H**(1/L - 1)", "L >= 2"),
    ("sharpness(balanced) < sharpness(single_path)", "L >= 2"),
    ("Sum(h, (h, 1, H)) == H*(H - 1)/2", ""),
    ("x**2 >= x", "x > 0"),
]


@pytest.mark.parametrize("label", DERIVED)
def test_what_the_shipped_theorems_say_is_what_sympy_derives(label: str) -> None:
    statements = shipped(label).statements()
    found = dict(zip(statements, independent.check_all(list(statements.values())), strict=True))
    assert {name: failing for name, (_, failing) in found.items() if failing} == {}
    assert all(held >= 8 for held, _ in found.values()), found


@pytest.mark.parametrize("label", DERIVED)
def test_every_false_neighbour_is_caught(label: str) -> None:
    neighbours = shipped(label).false_neighbours
    found = independent.check_all(neighbours)
    assert [s for s, (_, failing) in zip(neighbours, found, strict=True) if not failing] == []


def test_wrong_formulas_are_caught() -> None:
    found = independent.check_all([say(claim, given) for claim, given in WRONG])
    assert [row for row, (_, failing) in zip(WRONG, found, strict=True) if not failing] == []


def test_irrational_shares_are_decided() -> None:
    """Both divisions of one target: the root of sigma is rational, that of sigma/2 is not."""
    claim = "sharpness(balanced)/sharpness(single_path) == H**(2/L - 1)"
    held, failing = independent.check(say(claim, "L >= 3; H == 2; sigma == 8"))
    assert (held, failing) == (2, None)  # L = 3, 4


def test_a_theorem_that_is_wrong_for_sympy_alone_is_an_error() -> None:
    """A proof and this witness that contradict each other are no verdict."""
    theorem = Theorem("x", "X", "", "", {"a": H >= 1}, (link("a", calculation()),))
    found = judge_theorem(theorem, lemma)
    assert found.verdict is Verdict.PROVED
    (evidence,) = [e for e in found.evidence if e.kind == "independent"]
    assert "without FLINT" in evidence.text and evidence.verdict is Verdict.SUPPORTED

    with pytest.MonkeyPatch.context() as planted:
        planted.setattr(independent, "check_all", lambda statements: [(0, "H = 1")])
        assert judge_theorem(theorem, lemma).verdict is Verdict.ERROR


def test_no_answer_is_not_counted_as_one() -> None:
    with pytest.raises(independent.NoWitness):
        independent.check_all([say("x >= 0")], seconds=0.001)
    theorem = Theorem("x", "X", "", "", {"a": H >= 1}, (link("a", calculation()),))
    with pytest.MonkeyPatch.context() as planted:
        planted.setattr(independent, "CHILD", "verifier.engines.no_such_module")
        found = judge_theorem(theorem, lemma)
    (evidence,) = [e for e in found.evidence if e.kind == "independent"]
    assert evidence.verdict is Verdict.UNDECIDED
    assert found.verdict is Verdict.PROVED


# --- the process -----------------------------------------------------------------------------


def run(code: str, ground_types: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps([encode_statement(say("sharpness(single_path) == L*sigma**(2 - 2/L)"))]),
        env={**os.environ, "SYMPY_GROUND_TYPES": ground_types},
        capture_output=True,
        text=True,
        check=False,
    )


def test_flint_is_not_in_the_process() -> None:
    code = """
import sys
from verifier.engines.witness.without_flint import main
main()
import sympy
assert type(sympy.QQ(1, 2)).__name__ == "PythonMPQ"
assert not [name for name, module in sys.modules.items() if module and "flint" == name[:5]]
try:
    import flint
except ImportError:
    print("refused")
"""
    done = run(code, "python")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("refused\n")
    assert "H = 2, L = 1" in done.stdout


@pytest.mark.parametrize(
    ("first", "ground_types"), [("", "flint"), ("import flint", "python")], ids=repr
)
def test_the_process_refuses_to_run_with_flint(first: str, ground_types: str) -> None:
    code = f"{first}\nfrom verifier.engines.witness.without_flint import main; main()"
    done = run(code, ground_types)
    assert done.returncode != 0
    assert "SymPy computes on FLINT here" in done.stderr


# --- sizes -----------------------------------------------------------------------------------


def test_choices_satisfy_what_is_given_of_integers() -> None:
    found = list(choices(say("n <= H", "1 <= n; n <= H; L >= 2"), 6))
    assert {(c[H].value, c[L].value) for c in found} == {
        (h, d) for h in range(1, 7) for d in range(2, 7) if h * d <= 6
    }
    assert all(1 <= c[integer("n")].value <= c[H].value for c in found)


@pytest.mark.parametrize("least", [1, 3])
def test_depths_of_pathways_differ(least: int) -> None:
    depth = family("L", Domain(True, least))
    found = choices(Statement(depth[H] >= 1), 6)
    tables = {
        tuple(literal_integer(member(c[depth], (Number(h),))) - least for h in (1, 2))
        for c in found
    }
    assert {(0, 1), (1, 1), (1, 2), (2, 0)} <= tables
