"""What theorems conclude from what is given proves claims beside theirs, and no false ones."""

from __future__ import annotations

import pytest

from verifier.engines.counterexample import falsify
from verifier.engines.proof import consequences, prover
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Refused
from verifier.statements.claims import statement_of
from verifier.statements.statement import Statement

KINDS = {"s": "nonnegative[.]", "w": "real[.,.]"}
SHARES = "Sum(s[h], (h, 1, H)) == sigma"
MINIMUM = "Sum(Product(w[h, l], (l, 1, L)), (h, 1, H)) == sigma"
CUBES = "Sum(Product(w[h, l], (l, 1, 3)), (h, 1, H)) == sigma"
SUM = "Sum(s[h]**(2 - 2/L), (h, 1, H))"
TRUE = [
    (f"{SUM} >= H**(2/L - 1)*sigma**(2 - 2/L)", f"{SHARES}; L >= 2"),
    (f"L*{SUM} >= L*H**(2/L - 1)*sigma**(2 - 2/L)", f"sigma == {SHARES[:-9]}; L >= 2"),
    (f"{SUM} <= sigma**(2 - 2/L)", f"{SHARES}; L >= 2"),
    ("sharpness(split(s)) <= L*sigma**(2 - 2/L)", f"{SHARES}; L >= 2"),
    ("H*sharpness(split(s)) >= sharpness(single_path)", f"{SHARES}; L >= 2"),
    ("sharpness(split(s), L=3) >= 3*H**(-1/3)*sigma**(4/3)", SHARES),
    ("sharpness(weights(w)) >= L*H**(2/L - 1)*sigma**(2 - 2/L)", f"{MINIMUM}; L >= 2"),
    ("sharpness(weights(w), L=3) >= 3*H**(-1/3)*sigma**(4/3)", CUBES),
    ("H*sharpness(weights(w)) >= sharpness(single_path)", f"{MINIMUM}; L >= 2"),
    ("sharpness(weights(w)) > 0", MINIMUM),
    ("eta < 2/sharpness(balanced)", f"eta < 2/sharpness(weights(w)); {MINIMUM}; L >= 2"),
]
FALSE = [
    (f"{SUM} > H**(2/L - 1)*sigma**(2 - 2/L)", f"{SHARES}; L >= 2"),
    (f"{SUM} >= H**(1/L - 1)*sigma**(2 - 2/L) + 1", f"{SHARES}; L >= 2"),
    (f"{SUM} <= sigma**(2 - 2/L)", SHARES),
    ("sharpness(split(s)) < L*sigma**(2 - 2/L)", f"{SHARES}; L >= 2"),
    ("H*sharpness(split(s)) > sharpness(single_path)", f"{SHARES}; L >= 2"),
    ("sharpness(split(s), L=3) >= 3*H**(-1/4)*sigma**(4/3)", SHARES),
    ("sharpness(weights(w)) >= L*H**(1/L - 1/2)*sigma**(2 - 2/L)", f"{MINIMUM}; L >= 2"),
    ("sharpness(weights(w)) > 1", MINIMUM),
    ("sharpness(weights(w)) >= sharpness(single_path)", f"{MINIMUM}; L >= 2"),
]


def say(claim: str, given: str) -> Statement:
    return statement_of(claim, given.split("; "), KINDS)


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_what_follows_is_proved(claim: str, given: str) -> None:
    statement = say(claim, given)
    proof = prover.search(statement)
    assert proof.statement == statement
    assert replay(certificate("claim", proof)).statement == statement


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_what_is_false_beside_it_is_refuted_and_not_proved(claim: str, given: str) -> None:
    statement = say(claim, given)
    assert falsify.search(statement, 20).refuted is not None
    with pytest.raises(Refused):
        prover.search(statement)


def test_facts_are_proved_under_what_is_given_alone() -> None:
    statement = say("sharpness(split(s)) >= 1", f"{SHARES}; L >= 2")
    found = list(consequences.facts(statement))
    assert repr(found[0].statement.claim) == "sharpness(split(s)) >= sharpness(balanced)"
    assert all(fact.statement.given == statement.given for fact in found)


@pytest.mark.parametrize(
    "given",
    ["L >= 2", "Sum(s[h], (h, 1, H)) == sigma + 1; L >= 2", "Sum(s[h], (h, 2, H)) == sigma"],
)
def test_nothing_follows_where_no_condition_is_given(given: str) -> None:
    facts = consequences.facts(say("sharpness(split(s)) >= sharpness(balanced)", given))
    assert not [f for f in facts if "sharpness(split(s)) >" in repr(f.statement.claim)]
