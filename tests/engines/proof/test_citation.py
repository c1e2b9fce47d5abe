"""A claim that a shipped theorem states is proved by citing it, under any names; no other is."""

from __future__ import annotations

import pytest

from verifier.engines.proof import citation
from verifier.kernel.polynomial import Refused
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.vocabulary import symbol_for

SPLIT = "sharpness(split(t), L=L, sigma=Sum(t[i], (i, 1, H)))"
VALUE = "Sum(L[i]*t[i]**(2 - 2/L[i]), (i, 1, H))"
REDUCED = "sharpness(balanced, H=n)/sharpness(single_path, H=n) == n**(2/L - 1)"


def stated(claim: str, given: str = "", **kinds: str) -> Statement:
    variables = {name: symbol_for(name, kind) for name, kind in kinds.items()}
    conditions = [c for text in given.split(";") if text for c in parse_conditions(text, variables)]
    return Statement(parse(claim, variables), conditions)


@pytest.mark.parametrize(
    "statement",
    [
        stated(f"{SPLIT} == {VALUE}", t="positive[.]", L="count[.]"),
        stated(f"{VALUE} == {SPLIT}", t="positive[.]", L="count[.]"),
        stated(REDUCED, "L >= 2", n="count"),
        stated(REDUCED.replace("L - 1", "5 - 1").replace("H=n)", "H=n, L=5)"), n="count"),
    ],
    ids=repr,
)
def test_a_claim_is_proved_by_citing_the_theorem(statement: Statement) -> None:
    found = citation.search(statement)
    assert found.statement == statement
    assert "instance" in {step.rule for step in found.steps()}


@pytest.mark.parametrize(
    "statement",
    [
        stated(f"{SPLIT} == {VALUE}", t="real[.]", L="count[.]"),  # a share may be negative
        stated(f"{SPLIT} == {VALUE}", t="nonnegative[.]", L="count[.]"),  # the target may be 0
        stated(f"{SPLIT} == {VALUE.replace('2/L', '1/L')}", t="positive[.]", L="count[.]"),
        stated(f"{SPLIT} == {VALUE.replace('t[i]', 't[1]')}", t="positive[.]", L="count[.]"),
        stated(f"{SPLIT} >= {VALUE}", t="positive[.]", L="count[.]"),
        stated(REDUCED.replace("single_path, H=n", "single_path, H=n + 1"), "L >= 2", n="count"),
        stated(REDUCED, n="count"),  # at depth one the ratio is 1
        stated(REDUCED, "L >= 2", n="positive"),
        stated("n**(2/L - 1) < 1", "n >= 1; L >= 2", n="count"),
    ],
    ids=repr,
)
def test_what_no_theorem_states_is_not_proved(statement: Statement) -> None:
    with pytest.raises(Refused):
        citation.search(statement)
