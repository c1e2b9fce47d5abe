"""The claims of the self-test, true and false: no verdict goes against a label."""

from __future__ import annotations

import os

import pytest

from verifier import selftest
from verifier.engines.proof import prover
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.verdicts import Verdict
from verifier.verify import judge_all

SMALLEST = 150  # claims of each label
SECONDS = 30  # for a claim
SAMPLE = 25  # every so many claims are judged in every run, all of them in a slow one
PROVER_SECONDS = 3
PROVED, REFUTED = 0.90, 0.95  # the shares of the true and of the false claims
EXCLUDED = {
    "true": {Verdict.REFUTED, Verdict.VACUOUS, Verdict.ERROR},
    "false": {Verdict.PROVED, Verdict.ENCLOSED, Verdict.VACUOUS, Verdict.ERROR},
}


def statements(label):
    return [claim.statement for claim in selftest.claims(label)]


def test_every_claim_is_a_statement_of_its_own():
    true, false = statements("true"), statements("false")
    assert len(true) >= SMALLEST and len(false) >= SMALLEST
    assert None not in true + false
    assert len(set(true + false)) == len(true + false)


def test_names_differ():
    names = [task.name for task in selftest.tasks()]
    assert len(set(names)) == len(names) == len(statements("true") + statements("false"))


def test_no_true_claim_is_the_negation_of_another():
    true = set(statements("true"))
    assert not [s for s in true if Statement(s.claim.negation, s.given) in true]


def judged(tasks):
    """The verdicts by label, none of them one that the label excludes."""
    results = judge_all(tasks, jobs=os.cpu_count() or 1, timeout=SECONDS)
    verdicts = {result.name: result.verdict for result in results}
    found = {
        label: {c.name: verdicts[c.name] for c in selftest.claims(label) if c.name in verdicts}
        for label in selftest.LABELS
    }
    for label, excluded in EXCLUDED.items():
        assert {name: v for name, v in found[label].items() if v in excluded} == {}, label
    return found


def test_no_verdict_in_a_sample_goes_against_a_label():
    found = judged(selftest.tasks()[::SAMPLE])
    assert all(len(of_label) > 10 for of_label in found.values())


@pytest.mark.slow
def test_no_verdict_goes_against_a_label():
    found = judged(selftest.tasks())
    shares = {
        label: sum(v is right for v in found[label].values()) / len(found[label])
        for label, right in (("true", Verdict.PROVED), ("false", Verdict.REFUTED))
    }
    assert shares["true"] >= PROVED and shares["false"] >= REFUTED, shares


@pytest.mark.full
@pytest.mark.parametrize("claim", selftest.claims("false"), ids=lambda claim: claim.name)
def test_the_prover_alone_proves_no_false_claim(claim):
    """Elsewhere a counterexample is found before the prover has done its utmost."""
    with pytest.raises(Refused):
        prover.search(claim.statement, seconds=PROVER_SECONDS)
