"""Every rung of the ladder of verdicts, on small examples and on changed theorems."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engines.say import say
from tests.killed import LATE, each, within
from verifier.judge import judge_statement, judge_theorem
from verifier.kernel.certificate import replay
from verifier.kernel.polynomial import Refused
from verifier.library import labels, lemma, shipped
from verifier.reasons import calculation
from verifier.statements.statement import Statement
from verifier.statements.vocabulary import H, L
from verifier.theorem import Proofs, Theorem, link, when
from verifier.verdicts import Result, Verdict, weakest

RUNGS = [
    ("H**(2/L - 1) < 1", "H >= 2; L >= 3", Verdict.PROVED),
    ("x/x == 1", "x != 0", Verdict.PROVED),
    ("sharpness(balanced) <= sharpness(single_path)", "", Verdict.PROVED),
    ("n**4 + 4*n**2 + 7 != 5*m**2", "n >= 1; m >= 1", Verdict.SUPPORTED),
    ("H**(2/L - 1) < 1", "L >= 2", Verdict.REFUTED),
    ("x/x == 1", "", Verdict.REFUTED),
    ("H < 10**40", "", Verdict.REFUTED),
    ("x > 5", "x > 3; x < 2", Verdict.VACUOUS),
    ("x == x", "H < 1", Verdict.VACUOUS),
    ("limit(sin(x), x, oo) == 0", "", Verdict.UNDECIDED),
]


@pytest.mark.parametrize(("claim", "given", "verdict"), RUNGS)
def test_every_rung(claim: str, given: str, verdict: Verdict) -> None:
    statement = say(claim, given)
    result = judge_statement("name", statement, 5)
    assert (result.name, result.statements, result.verdict) == ("name", (statement,), verdict)
    assert bool(result.counterexample) == (verdict is Verdict.REFUTED)
    assert bool(result.certificates) == (verdict is Verdict.PROVED)
    assert bool(result.reason) == (verdict not in (Verdict.PROVED, Verdict.REFUTED))
    for written in result.certificates.values():
        assert replay(written).statement == statement


def test_a_power_that_outgrows_its_index_holds() -> None:
    result = judge_statement("name", say("2**L > L"), 5)
    assert result.verdict in (Verdict.PROVED, Verdict.SUPPORTED)


@pytest.mark.parametrize(
    ("verdict", "code", "strict"),
    [
        (Verdict.PROVED, 0, 0), (Verdict.ENCLOSED, 0, 0), (Verdict.SUPPORTED, 0, 1),
        (Verdict.REFUTED, 1, 1), (Verdict.VACUOUS, 1, 1), (Verdict.UNDECIDED, 1, 1),
        (Verdict.ERROR, 2, 2),
    ],
)  # fmt: skip
def test_exit_codes(verdict: Verdict, code: int, strict: int) -> None:
    assert (verdict.exit_code(), verdict.exit_code(strict=True)) == (code, strict)


def test_the_weakest_rung_decides() -> None:
    rungs = [Verdict.PROVED, Verdict.SUPPORTED, Verdict.UNDECIDED, Verdict.REFUTED, Verdict.ERROR]
    for number, rung in enumerate(rungs):
        assert weakest(rungs[: number + 1]) is rung
        assert weakest(reversed(rungs[: number + 1])) is rung
    assert weakest([]) is Verdict.ERROR


def test_a_counterexample_is_shown_with_both_sides() -> None:
    result = judge_statement("name", say("H**(2/L - 1) < 1", "L >= 2"), 5)
    assert result.counterexample == {"H": "1", "L": "2"}
    assert {"counterexample", "numeric"} <= {e.kind for e in result.evidence}


# --- theorems --------------------------------------------------------------------------------


def small(claim: object, *links: object, false_neighbours: tuple = ()) -> Theorem:
    return Theorem("x", "X", "", "", {"a": claim}, links, false_neighbours=false_neighbours)


def judge(theorem: Theorem, attack: bool = True) -> Result:
    return judge_theorem(theorem, lemma, attack)


def test_a_theorem_with_a_proof_is_proved() -> None:
    result = judge(small(H >= 1, link("a", calculation())))
    assert result.verdict is Verdict.PROVED
    assert replay(result.certificates["x/a"]).statement == Statement(H >= 1)


@pytest.mark.parametrize("attack", [True, False])
def test_a_link_of_the_same_name_that_states_something_else_proves_nothing(attack: bool) -> None:
    """The trap of a proof that is not linked to its claim; no attack sees H >= 10**40."""
    try:
        theorem = small(H < 10**40, link("a", calculation(), H >= 1))
    except Exception as error:
        assert "a" in str(error)
        return
    result = judge(theorem, attack)
    assert result.verdict is not Verdict.PROVED
    assert not result.certificates


@pytest.mark.parametrize("attack", [True, False])
def test_a_link_under_more_than_the_claim_gives_proves_nothing(attack: bool) -> None:
    try:
        theorem = small(H < 10**40, link("a", calculation(), H < 10**40, [H < 9]))
    except Exception as error:
        assert "a" in str(error)
        return
    assert judge(theorem, attack).verdict is not Verdict.PROVED


def test_a_false_claim_is_refuted_whatever_its_proof_says() -> None:
    result = judge(small(H >= 2, link("a", calculation())))
    assert result.verdict is Verdict.REFUTED
    part = next(e for e in result.evidence if e.kind == "part")
    assert part.counterexample == "H = 1"
    assert not result.certificates


def test_a_link_that_rests_on_itself_is_not_proved() -> None:
    circle = [link("a", calculation("b")), link("b", calculation("a"), H >= 3)]
    assert judge(small(H >= 3, *circle)).verdict is not Verdict.PROVED


@pytest.mark.parametrize("attack", [True, False])
def test_a_chain_with_a_broken_link_proves_nothing(attack: bool) -> None:
    """Not even where it is not needed, or where a search proves the claim in another way."""
    unneeded = small(H >= 1, link("a", calculation()), link("b", calculation(), H >= 3))
    needed = small(H >= 1, link("b", calculation(), H >= 3), link("a", calculation("b")))
    for theorem in (unneeded, needed):
        result = judge(theorem, attack)
        assert result.verdict is Verdict.UNDECIDED
        assert "'b': calculation does not show" in result.reason
        part = next(e for e in result.evidence if e.kind == "part")
        assert part.verdict is Verdict.PROVED


@pytest.mark.parametrize("conditions", [(H >= 3, H <= 2), (1 / (H - H) == 1,), (H == H + 1,)])
def test_what_follows_from_a_contradiction_is_not_proved(conditions: tuple) -> None:
    result = judge(small(when(H == 5, *conditions), link("a", calculation())), attack=False)
    assert result.verdict in (Verdict.VACUOUS, Verdict.UNDECIDED)
    assert not result.certificates
    if len(conditions) > 1:
        assert result.verdict is Verdict.VACUOUS
        assert result.reason == "a: what is given excludes H >= 3"


def test_a_true_false_neighbour_is_an_error() -> None:
    neighbours = (when(H >= 2), when(H >= 0))
    result = judge(small(H >= 1, link("a", calculation()), false_neighbours=neighbours))
    assert result.verdict is Verdict.ERROR
    assert "meant to be false" in result.reason


def test_a_neighbour_that_is_refuted_is_shown_so() -> None:
    result = judge(small(H >= 1, link("a", calculation()), false_neighbours=(when(H >= 2),)))
    assert result.verdict is Verdict.PROVED
    assert [e.counterexample for e in result.evidence if e.kind == "neighbour"] == ["H = 1"]


@pytest.mark.slow
@pytest.mark.parametrize("label", labels())
def test_with_a_false_neighbour_as_its_claim_no_theorem_is_proved(label: str) -> None:
    theorem = shipped(label)
    changed = [
        (name, replace(theorem, given=(), claims={**theorem.statements(), name: neighbour}))
        for neighbour in theorem.false_neighbours
        for name in theorem.claims
    ]
    for name in theorem.claims:
        lemma(label, name)
    for (name, _), answer in zip(changed, each(link_refused, changed, 20), strict=True):
        assert answer is True, (name, answer)


def link_refused(changed: tuple[str, Theorem]) -> bool:
    name, theorem = changed
    try:
        Proofs(theorem, lemma).link(name)
    except Refused:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("label", labels())
def test_nor_does_it_come_out_of_the_judgement(label: str) -> None:
    theorem = shipped(label)
    name, neighbour = next(iter(theorem.claims)), theorem.false_neighbours[0]
    changed = replace(theorem, given=(), claims={**theorem.statements(), name: neighbour})
    answer = within(60, lambda: judge(changed, attack=False))
    assert answer is not LATE
    assert answer.verdict is not Verdict.PROVED
    assert f"{label}/{name}" not in answer.certificates


def test_an_attack_that_finds_a_failure_contradicts_the_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from verifier.engines.witness import sizes

    monkeypatch.setattr(sizes, "check", lambda statement: (0, {L: H}))
    result = judge(small(H >= 1, link("a", calculation())))
    assert result.verdict is Verdict.ERROR
