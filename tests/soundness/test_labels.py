"""The labels of the self-test are right: checked by an evaluator that shares nothing with us."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest

from .oracle import TooLarge, UndefinedHere, Value, holds, value

FOLDER = files("verifier") / "selftest"
VOCABULARY = {"H": "count", "L": "count", "k": "count", "sigma": "positive", "eta": "positive"}
WORDS = re.compile(r"[A-Za-z]\w*")
COUNTS = [*range(1, 8), 20]
INTEGERS = [*range(-4, 9)]
REALS = [Fraction(n, 2) for n in range(-6, 9)] + [
    Fraction(t) for t in ("-100", "-1/10", "1/10", "1/3", "9/10", "11/10", "10", "1000")
]
CASES, DRAWS = 25, 1_000

Claim = dict[str, Any]


def claims(name: str) -> list[Claim]:
    """The claims of a file, each with the comment that stands in it."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    comments = [re.search(r"^# (fails at|false:) (.*)$", b, re.M) for b in blocks(text)]
    return [
        claim | {"comment": found.group(0)[2:] if found else ""}
        for claim, found in zip(tomllib.loads(text)["claim"], comments, strict=True)
    ]


def blocks(text: str) -> list[str]:
    return text.split("[[claim]]\n")[1:]


def kinds(claim: Claim) -> dict[str, str]:
    words = {w for t in (claim["statement"], *claim.get("given", [])) for w in WORDS.findall(t)}
    known = {name: kind for name, kind in VOCABULARY.items() if name in words}
    if "sharpness" in words:  # H, L and sigma are meant where they are not set
        known = VOCABULARY | known
    return known | claim.get("variables", {})


def draws(claim: Claim) -> Iterator[dict[str, Value]]:
    """Points that satisfy what is given: small values first, then at random."""
    rng = random.Random(claim["name"])
    lists = {
        "count": COUNTS, "integer": INTEGERS, "real": REALS,
        "positive": [x for x in REALS if x > 0],
    }  # fmt: skip
    declared = kinds(claim)
    for turn in range(DRAWS):
        pools = lists | {"count": COUNTS[: 3 + turn]}
        at = {name: Fraction(rng.choice(pools[kind])) for name, kind in declared.items()}
        if given_holds(claim, at):
            yield at


def given_holds(claim: Claim, at: dict[str, Value]) -> bool:
    try:
        return all(holds(g, at) for g in claim.get("given", []))
    except UndefinedHere:
        return False


def point(comment: str) -> dict[str, Value]:
    assignments = re.sub(r" \([a-z ]+\)$", "", comment.removeprefix("fails at ")).split(", ")
    return {name: value(text) for name, text in (a.split(" = ") for a in assignments)}


def in_domain(kind: str, number: Value) -> bool:
    if kind == "real":
        return True
    if kind == "positive":
        return bool(number > 0)
    return number.denominator == 1 and (kind == "integer" or number >= 1)


@pytest.mark.parametrize("claim", claims("true.toml"), ids=lambda c: c["name"])
def test_a_true_claim_holds_where_it_is_tried(claim):
    tried = 0
    for at in draws(claim):
        try:
            assert holds(claim["statement"], at), at
        except TooLarge:
            continue
        tried += 1
        if tried == (CASES if kinds(claim) else 1):
            break
    assert tried


@pytest.mark.parametrize("claim", claims("false.toml"), ids=lambda c: c["name"])
def test_a_false_claim_fails_at_its_counterexample(claim):
    comment = claim["comment"]
    assert comment
    at = {}
    if comment.startswith("fails at"):
        at = point(comment)
        assert at.keys() <= kinds(claim).keys()
        assert all(in_domain(kinds(claim)[name], number) for name, number in at.items())
    assert given_holds(claim, at)
    try:
        assert not holds(claim["statement"], at)
    except UndefinedHere:
        assert "undefined" in comment or "no limit" in comment
    else:
        assert "undefined" not in comment
