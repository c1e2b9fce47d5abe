"""The names of a notebook: light to import, typed, judged in a process that can be stopped."""

import runpy
import subprocess
import sys
from ast import literal_eval
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

import verifier
from verifier import H, L, Statement, Verdict, VerifierError, check, real, shipped, single_path
from verifier.errors import StatementError, TheoremError
from verifier.interface import spectrum
from verifier.statements import vocabulary
from verifier.verdicts import Result
from verifier.verify import Task
from verifier.worker import judge_apart

ROOT = Path(verifier.__file__).parents[1]
SNIPPET = Path(__file__).with_name("interface_snippet.py")


def test_the_snippet_runs():
    runpy.run_path(str(SNIPPET))


def test_the_snippet_has_the_types_that_it_says():
    if find_spec("mypy") is None:  # run apart: mypy changes how deep a process may recurse
        pytest.skip("mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(SNIPPET)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_importing_is_light():
    script = "import sys, verifier; verifier.H ** 2 < verifier.L; sys.exit(str(set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    loaded = {name.partition(".")[0] for name in literal_eval(run.stderr)}
    assert not loaded & {"sympy", "mpmath", "flint", "numpy", "multiprocessing", "click", "rich"}


def test_what_the_type_checker_sees_is_what_is_exported():
    source = Path(verifier.__file__).read_text()
    names = set(verifier.__all__) - {"__version__"} - set(verifier.words())
    for name in names:
        assert f" import {name} as {name}\n" in source
        assert getattr(verifier, name) is not None and name in dir(verifier)
    assert source.count(" as ") - source.count("as well") == len(names)


def test_the_words_of_the_language_are_all_there():
    for name in vocabulary.__all__:
        assert getattr(verifier, name) is getattr(vocabulary, name)
        assert name in verifier.__all__ or (name.isupper() and len(name) > 1)


def test_unknown_names():
    with pytest.raises(AttributeError, match="has no attribute 'prove'"):
        verifier.prove  # noqa: B018


def test_every_kind_of_subject_means_the_same():
    claim, given = H ** (2 / L - 1) < 1, [H >= 2, L >= 3]
    results = [
        check(claim, given=given),
        check(Statement(claim, given)),
        check("H**(2/L - 1) < 1", given=["H >= 2", L >= 3]),
    ]
    assert {r.verdict for r in results} == {Verdict.PROVED}
    assert {r.statements for r in results} == {(Statement(claim, given),)}


def test_one_condition_needs_no_list_and_a_chain_is_two():
    result = check(H >= 1, given="1 <= k <= H")
    assert [repr(g) for g in result.statements[0].given] == ["1 <= k", "k <= H"]
    assert check(H >= 1, given=L >= 2).statements[0].given == (L >= 2,)


def test_theorems_by_label_and_by_object():
    by_label = check("single-path", timeout=100)
    assert by_label.verdict is Verdict.PROVED and len(by_label.certificates) == 2
    assert by_label.certificate is None  # there are two
    own = replace(shipped("single-path"), label="mine", false_neighbours=())
    result = check(own)
    assert (result.name, result.verdict) == ("mine", Verdict.PROVED)
    with pytest.raises(VerifierError, match="cannot be stopped"):
        check(own, timeout=5)


@pytest.mark.parametrize("kind", ["complex", "real[2]", "real[.", 3, None, ["real"]])
def test_a_kind_of_variable_that_is_none(kind):
    with pytest.raises(VerifierError, match="unknown kind of variable"):
        check("x > 0", variables={"x": kind})


def test_a_theorem_file(tmp_path):
    assert check(tmp_path / "none.py").verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("subject", "arguments", "error", "message"),
    [
        (True, {}, StatementError, "neither statement nor theorem"),
        (H, {}, StatementError, "neither statement nor theorem"),
        ("no-label", {}, TheoremError, "no theorem 'no-label'"),
        ("H < ", {}, StatementError, "expected a term"),
        ("x < 1", {}, StatementError, "unknown name 'x'"),
        (H < 1, {"given": [True]}, StatementError, "no relation"),
        (Statement(H < 1), {"given": [L >= 2]}, StatementError, "conditions and variables"),
        ("single-path", {"variables": {"x": "real"}}, StatementError, "conditions and variables"),
        (H < 1, {"timeout": 0}, VerifierError, "timeout"),
        (H < 1, {"timeout": float("nan")}, VerifierError, "timeout"),
        (H < 1, {"timeout": float("inf")}, VerifierError, "timeout"),
    ],
)
def test_errors_of_the_caller(subject, arguments, error, message):
    with pytest.raises(error, match=message):
        check(subject, **arguments)


def test_out_of_time_says_so_and_what_is_known():
    h, s = vocabulary.integer("h"), vocabulary.family("s")
    mean = vocabulary.Sum(s[h], (h, 1, H)) ** 4 <= H**3 * vocabulary.Sum(s[h] ** 4, (h, 1, H))
    result = check(mean, timeout=1.0)
    assert result.verdict in (Verdict.UNDECIDED, Verdict.SUPPORTED)
    assert result.statements == (Statement(mean),) and result.reason
    assert result.seconds < 20


def test_a_process_that_ends_without_an_answer(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/true")
    result = judge_apart(Task("c", "claim", statement=Statement(H > 0)))
    assert result.verdict is Verdict.UNDECIDED and "without an answer" in result.reason


def test_an_unguarded_script_is_not_run_again(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("print('once')\nfrom verifier import H, check\nassert check(H > 0)\n")
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False
    )
    assert (run.stdout, run.stderr, run.returncode) == ("once\n", "", 0)


def test_threads_do_not_matter():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        verdicts = [r.verdict for r in pool.map(check, [H > 0, H > 1])]
    assert verdicts == [Verdict.PROVED, Verdict.REFUTED]


@pytest.mark.parametrize("verdict", Verdict)
def test_a_result_is_true_false_or_neither(verdict):
    result = Result("c", verdict, reason="the reason")
    if verdict in (Verdict.PROVED, Verdict.ENCLOSED):
        assert result
    elif verdict in (Verdict.REFUTED, Verdict.VACUOUS):
        assert not result
    else:
        with pytest.raises(VerifierError, match="the reason"):
            bool(result)


def test_a_result_in_a_terminal():
    result = check(H > 1, name="c")
    assert repr(result) == "<c: refuted at H = 1>"
    assert str(result).splitlines()[:2] == ["refuted  c", "    H > 1"]
    assert repr(check(H > 0)) == "<claim: proved>"


def test_spectra_need_sizes_that_fit():
    found = spectrum(3, [2, 2, 3], 1, vocabulary.shared(2))
    assert sum(e.multiplicity for e in found.eigenvalues) == 7
    with pytest.raises(VerifierError, match="2 depths for 3 pathways"):
        spectrum(3, [2, 2], 1, single_path)
    with pytest.raises(VerifierError, match="divides no target"):
        spectrum(3, 2, 1, vocabulary.weights(vocabulary.family("w", arity=2)))
    with pytest.raises(VerifierError, match="divides no target"):
        spectrum(3, 2, 1, real("x"))
