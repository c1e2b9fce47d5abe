"""Judgements run in processes of their own: in time, in memory, and gone when they are stopped."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.say import say
from verifier import library, verify
from verifier.engines.proof.calculation import lemmas_of_sharpness
from verifier.verdicts import Result, Verdict
from verifier.verify import Task, judge_all

TRUE, FALSE = say("H >= 1"), say("H >= 2")


def claim(name: str = "claim") -> Task:
    return Task(name, "claim", statement=TRUE)


@pytest.fixture
def judged_by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the judge of statements, in the forked workers as well."""

    def put(work: Callable[[str], object]) -> None:
        def judge(name: str, *_: object) -> Result:
            work(name)
            return Result(name, Verdict.PROVED)

        monkeypatch.setattr(verify, "judge_statement", judge)

    return put


def hang(_: str) -> None:
    while True:
        pass


def alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_claims_theorems_and_errors_are_judged() -> None:
    tasks = [
        Task("true", "claim", statement=TRUE),
        Task("false", "claim", statement=FALSE),
        Task("bad", "error", reason="file.toml:3: not a statement"),
        Task("absent", "theorem", label="absent"),
        Task("multi-affine", "theorem", label="multi-affine"),
    ]
    results = {r.name: r for r in judge_all(tasks, jobs=2)}
    assert {name: r.verdict for name, r in results.items()} == {
        "true": Verdict.PROVED,
        "false": Verdict.REFUTED,
        "bad": Verdict.ERROR,
        "absent": Verdict.ERROR,
        "multi-affine": Verdict.PROVED,
    }
    assert results["bad"].reason == "file.toml:3: not a statement"
    assert "absent" in results["absent"].reason
    assert results["false"].counterexample == {"H": "1"}


def test_nothing_to_judge() -> None:
    assert list(judge_all([])) == []


@pytest.mark.parametrize("work", [hang, lambda _: time.sleep(300)])
def test_what_takes_too_long_is_undecided(
    judged_by: Callable[..., None], work: Callable[[str], object]
) -> None:
    judged_by(work)
    (result,) = judge_all([claim()], timeout=0.4)
    assert (result.name, result.verdict) == ("claim", Verdict.UNDECIDED)
    assert "out of time" in result.reason
    assert result.statements == (TRUE,)
    assert 0.4 <= result.seconds < 30


def test_only_the_lemmas_that_a_claim_can_use_are_prepared() -> None:
    """Not those about matrices, say, where the sharpness is that of a scalar network."""
    found = set(lemmas_of_sharpness(say("sharpness(balanced) > 1")))
    assert ("sharpness-reduction", "balanced") in found
    assert not {label for label, _ in found} & {"matrix-spectrum", "single-path", "shared-k"}
    assert list(lemmas_of_sharpness(TRUE)) == []


def test_what_is_prepared_is_proved_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(library, "prove_links", prepared.append)
    monkeypatch.setattr(library, "lemma", lambda label, claim: prepared.append(f"{label}/{claim}"))
    monkeypatch.setattr(verify, "work", lambda task, _, send: send((True, Result(task.name, None))))
    tasks = [
        Task("flip", "theorem", label="flip"),
        Task("mine", "theorem", path="flip.py"),
        Task("claim", "claim", statement=say("sharpness(single_path) > 1")),
        claim(),
    ]
    assert len(list(judge_all(tasks, jobs=2))) == len(tasks)
    assert prepared == ["flip", "single-path/value", "single-path/depth-one"]


def test_one_that_hangs_does_not_keep_the_others(judged_by: Callable[..., None]) -> None:
    judged_by(lambda name: hang(name) if name == "slow" else None)
    results = list(judge_all([claim("slow"), claim("a"), claim("b")], jobs=2, timeout=2))
    assert [r.name for r in results][-1] == "slow"
    assert {r.name: r.verdict for r in results} == {
        "slow": Verdict.UNDECIDED,
        "a": Verdict.PROVED,
        "b": Verdict.PROVED,
    }


def test_results_come_as_they_are_ready(judged_by: Callable[..., None]) -> None:
    judged_by(lambda name: time.sleep(float(name)))
    names = ["1.2", "0", "0.6"]
    assert [r.name for r in judge_all([claim(n) for n in names], jobs=3)] == ["0", "0.6", "1.2"]


def test_with_one_job_the_order_is_that_of_the_tasks() -> None:
    names = ["c", "a", "b"]
    assert [r.name for r in judge_all([claim(n) for n in names], jobs=1)] == names


def test_memory_is_limited(judged_by: Callable[..., None]) -> None:
    judged_by(lambda _: bytearray(2 * verify.MEMORY_LIMIT))
    (result,) = judge_all([claim()])
    assert result.verdict is Verdict.UNDECIDED
    assert "memory" in result.reason


@pytest.mark.parametrize("code", [0, 3])
def test_a_worker_that_dies_is_undecided(judged_by: Callable[..., None], code: int) -> None:
    judged_by(lambda _: os._exit(code))
    results = list(judge_all([claim("one"), claim("two")], jobs=1))
    assert [(r.name, r.verdict) for r in results] == [
        ("one", Verdict.UNDECIDED),
        ("two", Verdict.UNDECIDED),
    ]
    assert "without an answer" in results[0].reason


def test_an_unexpected_error_is_told_and_shows_no_traceback(
    judged_by: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str) -> None:
        raise OverflowError("too large")

    judged_by(fail)
    (result,) = judge_all([claim()])
    assert result.verdict in (Verdict.UNDECIDED, Verdict.ERROR)
    assert "too large" in result.reason
    assert "Traceback" not in capfd.readouterr().err


def write_pid_and_hang(folder: Path) -> Callable[[str], None]:
    def work(name: str) -> None:
        if name != "quick":
            (folder / name).write_text(str(os.getpid()))
            hang(name)

    return work


def pids(folder: Path, count: int) -> list[int]:
    while len(found := [p.read_text() for p in folder.iterdir()]) < count or "" in found:
        time.sleep(0.02)
    return [int(text) for text in found]


def test_closing_the_iterator_ends_the_workers(
    judged_by: Callable[..., None], tmp_path: Path
) -> None:
    judged_by(write_pid_and_hang(tmp_path))
    results = judge_all([claim("quick"), claim("one"), claim("two")], jobs=3)
    assert next(results).name == "quick"
    started = pids(tmp_path, 2)
    assert all(map(alive, started))
    results.close()
    assert not any(map(alive, started))


def test_ctrl_c_ends_the_workers(
    judged_by: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(write_pid_and_hang(tmp_path))
    started: list[int] = []

    def interrupted(*_: object) -> None:
        started.extend(pids(tmp_path, 2))
        raise KeyboardInterrupt

    monkeypatch.setattr(verify, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(judge_all([claim("one"), claim("two")], jobs=2))
    assert len(started) == 2
    assert not any(map(alive, started))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\ny = 2\nz = undefined_name\n", ":3: NameError"),
        ("def f():\n    return 1 / 0\n\nf()\n", ":2: ZeroDivisionError"),
        ("x = 1\n", "builds no theorem"),
        ("theorem = 7\n", "builds no theorem"),
        ("x = (\n", "SyntaxError"),
        ("raise SystemExit(3)\n", "SystemExit"),
        (
            "from verifier.statements.vocabulary import H\n\n\nclaim = H < 0.5\n",
            "0.5 is a float",
        ),
    ],
)
def test_a_theorem_file_that_cannot_be_run_says_where(
    tmp_path: Path, text: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text)
    (result,) = judge_all([Task("mine", "theorem", path=str(file))])
    assert (result.name, result.verdict) == ("mine", Verdict.ERROR)
    assert told in result.reason
    assert "mine.py" in result.reason
    assert "Traceback" not in capfd.readouterr().err


def test_a_theorem_file_is_judged(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from verifier.reasons import calculation\n"
        "from verifier.statements.vocabulary import H\n"
        "from verifier.theorem import Theorem, link\n"
        "theorem = Theorem('mine', 'Mine', '', '', {'a': H >= 1}, [link('a', calculation())])\n"
    )
    (result,) = judge_all([Task("mine", "theorem", path=str(file))])
    assert (result.verdict, list(result.certificates)) == (Verdict.PROVED, ["mine/a"])


@pytest.mark.parametrize(
    "text", ["Sum(1/h**2, (h, 1, H)) < 2", "Sum(2/h**2, (h, 1, H)) < 4 - 1/H", "2**(2**H) != 7"]
)
def test_extreme_values_do_not_exhaust_the_search(text: str) -> None:
    """Sums are not written out at H = 10**40, and towers of powers are not computed."""
    (result,) = judge_all([Task("claim", "claim", statement=say(text))], timeout=15)
    assert result.verdict in (Verdict.SUPPORTED, Verdict.PROVED), result.reason
