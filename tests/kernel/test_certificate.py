"""Certificates: all that ship replay, and a changed one proves nothing that is false."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from random import Random
from typing import Any

import pytest

from tests.engines.say import OutOfTime, within
from verifier.engines import falsify
from verifier.errors import VerifierError
from verifier.kernel.certificate import CertificateError, certificate, digest, replay
from verifier.kernel.proved import Proved, rules
from verifier.library import labels, lemma, shipped
from verifier.statements.codec import decode_statement
from verifier.statements.statement import Statement

CLAIMS = [f"{label}/{claim}" for label in labels() for claim in shipped(label).claims]
MUTANTS = 12  # of each certificate, in test_a_changed_certificate_proves_nothing_false
SWAPS = {
    "<": "<= > ==", "<=": "< >=", "==": "!= <= <", "!=": "==", ">=": "> <=", ">": ">= <",
    "+": "- *", "-": "+", "*": "/ +", "/": "*", "**": "*", "neg": "Abs", "Min": "Max", "Max": "Min",
    "Sum": "Product", "Product": "Sum", "single_path": "balanced", "balanced": "single_path",
}  # fmt: skip
DOMAINS = ("integer >= 1", "integer", "real", "real >= 0", "real > 0")


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


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_a_changed_certificate_proves_nothing_false(name: str) -> None:
    original = lemma(*name.split("/"))
    known = {step.statement for step in original.steps()}
    refused = 0
    for changed in mutants(json.loads(written(name)), Random(name), MUTANTS):
        try:
            proof = replay(signed(changed))
        except VerifierError:
            refused += 1
            continue
        if proof.statement != original.statement:
            assert repr(proof.statement) + proof.statement.domain != (
                repr(original.statement) + original.statement.domain
            )
        assert_true(proof, known)
    assert refused > MUTANTS // 4


def assert_true(proof: Proved, known: set[Statement]) -> None:
    """No step that was not proved before can be falsified."""
    for step in proof.steps():
        if step.statement not in known:
            with suppress(OutOfTime):
                found = within(2, lambda: falsify.search(step.statement, seconds=1, cases=300))  # noqa: B023
                assert found.refuted is None, found.refuted


def mutants(body: dict[str, Any], random: Random, count: int) -> Iterator[dict[str, Any]]:
    """Changed certificates; half of those whose last step changed state the change too."""
    made = 0
    while made < count:
        changed = copy.deepcopy(body)
        steps = changed["steps"]
        number = random.choice([len(steps) - 1, random.randrange(len(steps))])
        if not mutate(steps[number], number, random):
            continue
        if number == len(steps) - 1 and random.random() < 0.8:
            changed["statement"] = copy.deepcopy(steps[-1]["statement"])
        try:
            decode_statement(changed["statement"])
        except Exception:  # no statement at all: it could not even be written with a text
            continue
        made += 1
        yield changed


def mutate(step: dict[str, Any], number: int, random: Random) -> bool:
    kind = random.choice(["node"] * 5 + ["given", "rule", "premise", "argument", "argument"])
    statement = step["statement"]
    if kind == "node":
        relation = random.choice(["claim", "claim", "given"])
        parent, key = (
            (statement, "claim") if relation == "claim" else choice(statement["given"], random)
        )
        return parent is not None and change_node(parent, key, random)
    if kind == "given":
        parent, key = choice(statement["given"], random)
        if parent is not None:
            del parent[key]
    elif kind == "rule":
        step["rule"] = random.choice(sorted(rules()))
        return True
    elif kind == "premise":
        parent, key = choice(step["premises"], random)
        if parent is not None:
            parent[key] = random.randrange(max(1, number))
    elif kind == "argument":
        parent, key = choice(step["arguments"], random)
        if parent is not None:
            return change_argument(parent, key, random)
    return parent is not None


def choice(parent: Any, random: Random) -> tuple[Any, Any]:
    keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
    return (parent, random.choice(keys)) if keys else (None, None)


def change_argument(parent: Any, key: Any, random: Random) -> bool:
    ((kind, content),) = parent[key].items()
    if kind == "integer":
        parent[key] = {"integer": content + random.choice([1, -1])}
        return True
    if kind == "node":
        return change_node(parent[key], "node", random)
    inner, place = choice(content, random)
    if inner is None:
        return False
    if random.random() < 0.3:
        del inner[place]
        return True
    return change_argument(inner, place, random)


def change_node(parent: Any, key: Any, random: Random) -> bool:
    """Change one place in an expression: a number, an operation, a symbol or its domain."""
    places = list(nodes(parent, key))
    parent, key = random.choice(places)
    node = parent[key]
    if isinstance(node, str):
        parent[key] = random.choice([f"-{node}".replace("--", ""), changed_number(node, random)])
        return parent[key] != node
    if node[0] == "$":
        symbols = [p[k] for p, k in places if isinstance(p[k], list) and p[k][0] == "$"]
        other = random.choice(
            [random.choice(symbols), [*node[:2], random.choice(DOMAINS), node[3]]]
        )
        parent[key] = other
        return other != node
    if node[0] in SWAPS:
        node[0] = random.choice(SWAPS[node[0]].split())
        return True
    return False


def changed_number(node: str, random: Random) -> str:
    numerator, _, denominator = node.partition("/")
    return f"{int(numerator) + random.choice([1, -1])}" + (f"/{denominator}" if denominator else "")


def nodes(parent: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    yield parent, key
    node = parent[key]
    if isinstance(node, list) and node[0] != "$":
        for place in range(1, len(node)):
            yield from nodes(node, place)
