"""The engines in turn: each is asked, and what they say is combined."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.say import at, say
from verifier.engines.proof import prover
from verifier.engines.smt import smt
from verifier.judge import claim as planner
from verifier.judge import judge_statement
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.verdicts import Result, Verdict


@pytest.fixture
def no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel finds no proof."""

    def refuse(*_: Any) -> None:
        raise Refused("no proof today")

    monkeypatch.setattr(prover, "search", refuse)


def answers(monkeypatch: pytest.MonkeyPatch, answer: smt.Answer) -> None:
    monkeypatch.setattr(smt, "decide", lambda *_: answer)


@pytest.mark.usefixtures("no_proof")
def test_a_verdict_of_z3_says_that_it_rests_on_z3() -> None:
    result = judge_statement("name", say("x**2 + y**2 >= 2*x*y"), 20)
    assert result.verdict is Verdict.PROVED
    assert result.trust == (planner.Z3,)
    assert not result.certificates


@pytest.mark.usefixtures("no_proof")
@pytest.mark.parametrize("claim", ["x**2 != 0", "x/x == 1", "sqrt(x) >= 0"])
def test_what_seems_to_fail_where_it_was_tried_is_not_supported(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, smt.Answer("unknown"))

    def blind(*_: Any) -> None:
        raise Refused("the kernel sees no failure today")

    monkeypatch.setattr(planner.judging, "confirm", blind)
    result = judge_statement("name", say(claim), 5)
    assert result.verdict is Verdict.UNDECIDED
    assert "seems to fail at x = " in result.reason


def test_what_is_proved_and_seems_to_fail_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*_: Any) -> None:
        raise Refused("the kernel sees no failure today")

    def late(statement: Statement, effort: prover.Effort, _: float) -> Proved:
        if effort is prover.QUICK:
            raise Refused("no proof at first")
        return prove("given", Statement(statement.claim, [statement.claim]))

    monkeypatch.setattr(planner.judging, "confirm", blind)
    monkeypatch.setattr(prover, "search", late)
    result = judge_statement("name", say("x**2 != 0"), 5)
    assert result.verdict is Verdict.ERROR
    assert "mpmath, by which it fails at x = 0, contradict each other" in result.reason


@pytest.mark.usefixtures("no_proof")
def test_what_z3_proves_is_attacked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, smt.Answer("valid"))
    monkeypatch.setattr(planner.falsify, "quick", lambda *_: planner.falsify.Search())
    result = judge_statement("name", say("x**2 > 0"), 20)
    assert result.verdict is Verdict.ERROR
    assert "z3" in result.reason and "x = 0" in result.reason


@pytest.mark.usefixtures("no_proof")
def test_a_point_of_z3_counts_only_if_the_kernel_confirms_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers(monkeypatch, smt.Answer("counterexample", values=at("x=1")))
    result = judge_statement("name", say("x**2 >= 0"), 5)
    assert result.verdict is Verdict.SUPPORTED
    answers(monkeypatch, smt.Answer("counterexample", values=at("x=1234567/1000")))
    nothing = planner.falsify.Search()
    monkeypatch.setattr(planner.falsify, "quick", lambda *_: nothing)
    result = judge_statement("name", say("x**2 != (1234567/1000)**2"), 5)
    assert result.verdict is Verdict.REFUTED
    assert result.counterexample == {"x": "1234567/1000"}


@pytest.mark.usefixtures("no_proof")
def test_on_a_box_a_claim_is_enclosed() -> None:
    result = judge_statement("name", say("sin(x) <= 9/10", "0 <= x; x <= 1"), 20)
    assert result.verdict is Verdict.ENCLOSED
    assert result.trust == (planner.ARB,)
    (evidence,) = result.evidence
    assert "x in [0, 1]" in evidence.text


@pytest.mark.usefixtures("no_proof")
def test_beyond_a_box_it_is_supported() -> None:
    result = judge_statement("name", say("sin(x) <= x + 2", "x >= 0"), 5)
    assert result.verdict is Verdict.SUPPORTED
    assert result.reason == "no proof today"


@pytest.mark.usefixtures("no_proof")
def test_what_is_known_is_reported_before_the_end() -> None:
    heard: list[Result] = []
    judge_statement("name", say("sin(x) <= 9/10", "0 <= x; x <= 1"), 20, heard.append)
    assert {r.verdict for r in heard} == {Verdict.SUPPORTED}


def test_a_proof_and_a_counterexample_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    true = prover.search(say("x**2 >= 0"))
    monkeypatch.setattr(prover, "search", lambda *_: true)
    result = judge_statement("name", say("x**2 > 0"), 5)
    assert result.verdict is Verdict.ERROR
    assert "contradict" in result.reason


@pytest.mark.parametrize(
    ("given", "excluded"),
    [("1/(x - x) == 1", "x - x != 0"), ("log(-x**2) == 1", "-x**2 > 0"), ("x < 0; x > 1", "x < 0")],
)
def test_what_is_given_and_never_has_a_value_contradicts_itself(given: str, excluded: str) -> None:
    result = judge_statement("name", say("x == 5", given), 5)
    assert result.verdict is Verdict.VACUOUS
    assert result.reason == f"what is given excludes {excluded}"
    assert judge_statement("name", say("x == 5", "sqrt(-x**2) == 0"), 5).verdict is Verdict.REFUTED


def test_a_proof_says_so_where_no_values_satisfy_what_is_given() -> None:
    for claim, given, noted in (("2 > 1", "", False), ("x**2 >= 0", "x**2 == 19", True)):
        result = judge_statement("name", say(claim, given), 20)
        assert result.verdict is Verdict.PROVED
        assert (planner.NO_VALUES in result.evidence) is noted
