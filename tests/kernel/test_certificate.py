"""Certificates: all that ship replay, and one that is not whole is refused."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import Any

import pytest

from verifier.kernel.certificate import CertificateError, certificate, digest, replay
from verifier.kernel.proved import rules
from verifier.library import labels, lemma, shipped
from verifier.statements.codec import decode_statement

#: The first and the last claim of each theorem in every run, all in a slow one.
CLAIMS = [
    pytest.param(
        f"{label}/{claim}",
        marks=[pytest.mark.xdist_group(label)]
        + [pytest.mark.slow] * (0 < place < len(shipped(label).claims) - 1),
    )
    for label in labels()
    for place, claim in enumerate(shipped(label).claims)
]


@lru_cache
def written(name: str) -> str:
    return json.dumps(certificate(name, lemma(*name.split("/"))))


def signed(body: dict[str, Any]) -> dict[str, Any]:
    """The certificate with the text, the domain and the hash that fit its statement."""
    stated = decode_statement(body["statement"])
    changed = {**body, "text": repr(stated), "domain": stated.domain}
    return {**changed, "hash": digest(changed)}


@pytest.mark.parametrize("name", CLAIMS)
def test_every_certificate_replays(name: str) -> None:
    label, claim = name.split("/")
    proof = replay(json.loads(written(name)))
    assert proof.statement == shipped(label).statement(claim)
    assert json.dumps(certificate(name, proof)) == written(name)


@pytest.mark.parametrize("key", ["format", "name", "text", "domain", "statement", "steps", "hash"])
def test_without_a_part_or_with_another_it_is_refused(key: str) -> None:
    body = json.loads(written("reduction-monotone/many-layers"))
    for other in (None, "x", 7, [], {}, [{}], [None], {"claim": "1", "given": []}):
        with pytest.raises(CertificateError):
            replay({**body, key: other})
        if key not in ("name", "hash"):
            changed = {**body, key: other}
            with pytest.raises(CertificateError):
                replay({**changed, "hash": digest(changed)})
    del body[key]
    with pytest.raises(CertificateError):
        replay(body)


@pytest.mark.parametrize("value", [None, 3, "", [], {}, {"format": "x"}], ids=repr)
def test_what_is_no_certificate_is_refused(value: Any) -> None:
    with pytest.raises(CertificateError):
        replay(value)


def test_the_last_step_must_be_the_statement() -> None:
    one = json.loads(written("reduction-monotone/many-layers"))
    two = json.loads(written("reduction-monotone/many-pathways"))
    with pytest.raises(CertificateError, match="another statement"):
        replay(signed({**one, "steps": two["steps"]}))
    with pytest.raises(CertificateError, match="another statement"):
        replay(signed({**one, "statement": two["statement"]}))


@pytest.mark.parametrize("premise", [-1, 10**6, "0", None, True, 0.0, [0]], ids=repr)
def test_premises_are_the_numbers_of_earlier_steps(premise: Any) -> None:
    body = json.loads(written("sharpness-reduction/ratio"))
    body["steps"][-1]["premises"][0] = premise
    with pytest.raises(CertificateError):
        replay(signed(body))
    body["steps"][-1]["premises"][0] = len(body["steps"]) - 1  # itself
    with pytest.raises(CertificateError):
        replay(signed(body))


@pytest.mark.parametrize("rule", [*sorted(rules()), "", "given ", "prove", "__class__"])
def test_no_rule_without_premises_proves_what_another_proved_from_them(rule: str) -> None:
    body = json.loads(written("sharpness-reduction/ratio"))
    body["steps"] = [{**body["steps"][-1], "rule": rule, "premises": []}]
    with pytest.raises(CertificateError):
        replay(signed(body))


def test_a_step_that_is_no_statement_is_a_malformed_certificate() -> None:
    body = json.loads(written("reduction-monotone/many-layers"))
    one, other = ["$", "x", "real", 0], ["$", "x", "integer", 0]
    nonsense = {"claim": ["<", one, other], "given": []}
    body["steps"].insert(0, {**body["steps"][0], "statement": nonsense})
    with pytest.raises(CertificateError):
        replay(signed(body))


def test_every_premise_that_is_left_out_is_missed() -> None:
    body = json.loads(written("sharpness-reduction/ratio"))
    for number in range(len(body["steps"][-1]["premises"])):
        changed = copy.deepcopy(body)
        del changed["steps"][-1]["premises"][number]
        with pytest.raises(CertificateError):
            replay(signed(changed))
