"""Every place of every certificate edited: refused, unless signed again and still true.

`slow` takes one edit in so many, the same ones at every run; `full` takes them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import Any

import pytest

from tests.killed import LATE, each
from tests.soundness.counterexamples import anyhow
from verifier.errors import VerifierError
from verifier.kernel import certificate as certificates
from verifier.kernel.certificate import CertificateError, certificate, digest, replay
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.library import labels, lemma, shipped
from verifier.statements.codec import decode_statement
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation

from .edits import anywhere, of_step, throughout

CLAIMS = [(label, claim) for label in labels() for claim in shipped(label).claims]
PARTS = 8  # of all certificates, so that they can be shared out
PATIENCE, SEARCH = 5.0, 2.0  # seconds for an edit, and for the search of a counterexample


def sampled(stride: int) -> list[Any]:
    """Every part, one edit in so many, and all of them."""
    return [
        pytest.param(part, step, marks=mark, id=f"{part + 1}-of-{PARTS}-{name}")
        for name, step, mark in (
            ("sampled", stride, pytest.mark.slow),
            ("all", 1, pytest.mark.full),
        )
        for part in range(PARTS)
    ]


def signed(body: dict[str, Any]) -> dict[str, Any]:
    """The certificate with the text, the domain and the hash that fit its statement."""
    stated = decode_statement(body["statement"])
    changed = {**body, "text": repr(stated), "domain": stated.domain}
    return {**changed, "hash": digest(changed)}


@lru_cache
def steps() -> tuple[Proved, ...]:
    """The different steps of all shipped proofs."""
    every = (step for name in CLAIMS for step in lemma(*name).steps())
    return tuple({id(step): step for step in every}.values())


# --- not signed again ------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "stride"), sampled(397))
def test_no_changed_place_goes_unnoticed(part: int, stride: int) -> None:
    for name in CLAIMS[part::PARTS]:
        body = certificate("/".join(name), lemma(*name))
        for container, key, other in islice(list(anywhere(body)), 0, None, stride):
            before = container[key]
            container[key] = other
            with pytest.raises(CertificateError):
                replay(body)
            container[key] = before
        assert replay(body).statement == lemma(*name).statement


# --- signed again: one place -----------------------------------------------------------------


@pytest.mark.parametrize(("part", "stride"), sampled(97))
def test_a_step_with_another_place_is_refused_or_true(part: int, stride: int) -> None:
    refused = late = 0
    claimed: dict[Statement, None] = {}
    for step in steps()[part::PARTS]:
        body = certificate("forged", step)
        changed = list(islice(of_step(body["steps"][-1]), part % stride, None, stride))
        for place, answer in enumerate(each(accepting(step), changed, PATIENCE)):
            late += answer is LATE
            refused += answer == "refused"
            if answer == "accepted":
                claimed[decode_statement(changed[place]["statement"])] = None
                assert_replayed(body, changed[place])
    assert refused > 9 * late
    assert_true(list(claimed))


def accepting(step: Proved) -> Callable[[Any], str]:
    """Whether an edit of the step is accepted, as `replay` decides after the steps before it."""
    earlier = list(step.steps())[:-1]

    def accepted(changed: Any) -> str:
        try:
            one_step(changed, earlier)
        except (VerifierError, Refused, *certificates._MALFORMED):
            return "refused"
        return "accepted"

    return accepted


def one_step(step: Any, earlier: list[Proved]) -> Proved:
    statement = decode_statement(step["statement"])
    premises = [earlier[certificates._earlier(p, len(earlier))] for p in step["premises"]]
    arguments = {k: certificates._decode_argument(v) for k, v in step["arguments"].items()}
    return prove(step["rule"], statement, tuple(premises), **arguments)


def assert_replayed(body: Any, step: Any) -> None:
    """A certificate that ends in the step, signed again, proves what it states and nothing else."""
    forged = {**body, "steps": [*body["steps"][:-1], step], "statement": step["statement"]}
    assert replay(signed(forged)).statement == decode_statement(step["statement"])
    if decode_statement(step["statement"]) != decode_statement(body["statement"]):
        with pytest.raises(CertificateError, match="another statement"):
            replay(signed({**forged, "statement": body["statement"]}))


def assert_true(claimed: list[Statement]) -> None:
    """No case is found in which one of the statements fails, of those that say something new."""
    told = [s for s in claimed if not follows_at_once(s)]
    for statement, found in zip(told, each(anyhow, told, SEARCH), strict=True):
        assert found is LATE or not found, (statement, found)


def follows_at_once(statement: Statement) -> bool:
    """Whether a shipped proof has the same claim, under nothing more."""
    return any(known <= set(statement.given) for known in proved().get(statement.claim, ()))


@lru_cache
def proved() -> dict[Relation, list[set[Relation]]]:
    found: dict[Relation, list[set[Relation]]] = {}
    for step in steps():
        found.setdefault(step.statement.claim, []).append(set(step.statement.given))
    return found


# --- signed again: the same edit throughout --------------------------------------------------


@pytest.mark.parametrize(("part", "stride"), sampled(113))
def test_a_certificate_changed_throughout_is_refused_or_true(part: int, stride: int) -> None:
    for name in CLAIMS[part::PARTS]:
        body = certificate("/".join(name), lemma(*name))
        changed = list(islice(throughout(body), part % stride, None, stride))
        claimed = {
            decode_statement(step["statement"]): None
            for forged, answer in zip(changed, each(replayed, changed, PATIENCE), strict=True)
            if answer == "accepted"
            for step in forged["steps"]
        }
        assert_true(list(claimed))


def replayed(forged: Any) -> str:
    try:
        replay(signed(forged))
    except VerifierError:
        return "refused"
    return "accepted"
