"""The JSON report keeps the contract of the architecture."""

import json

from verifier import __version__
from verifier.reports.formats.json import render

from ..results import ALL, THEOREM

KEYS = [
    "name", "verdict", "statement", "given", "domain", "trust", "evidence", "counterexample",
    "seconds",
]  # fmt: skip


def test_the_contract():
    content = json.loads(render(ALL))
    assert list(content) == ["version", "results"] and content["version"] == __version__
    for shown, result in zip(content["results"], ALL, strict=True):
        assert list(shown) == KEYS
        assert shown["name"] == result.name and shown["verdict"] == result.verdict.value
        assert isinstance(shown["statement"], str) and isinstance(shown["domain"], str)
        assert all(isinstance(g, str) for g in shown["given"])
        assert all({"kind", "text"} <= set(e) for e in shown["evidence"])


def test_one_claim():
    refuted = json.loads(render(ALL))["results"][1]
    assert refuted["statement"] == "H**(2/L - 1) < 1"
    assert refuted["given"] == ["H >= 1", "L >= 2"]
    assert refuted["domain"] == "H, L: integer >= 1"
    assert refuted["counterexample"] == {"H": "1", "L": "2"}


def test_the_parts_of_a_theorem_stand_in_its_evidence():
    (shown,) = json.loads(render([THEOREM]))["results"]
    assert shown["statement"] == "H**(2/L - 1) < 1; H**(2/L - 1) < 1"
    assert shown["given"] == [] and shown["domain"] == "H, L: integer >= 1"
    parts = [e for e in shown["evidence"] if e["kind"] == "part"]
    assert [(p["name"], p["verdict"], p["given"]) for p in parts] == [
        ("first", "proved", ["H >= 2", "L >= 3"]),
        ("second", "refuted", ["H >= 1", "L >= 2"]),
    ]


def test_a_reason_is_evidence():
    undecided = json.loads(render(ALL))["results"][2]
    assert {"kind": "reason", "text": "out of time after 1.0 s"} in undecided["evidence"]
