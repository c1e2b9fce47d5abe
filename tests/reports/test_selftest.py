"""The report of the self-test names what is unsound, and says how much was decided."""

import io
import json
from dataclasses import replace

import pytest

from verifier import selftest
from verifier.reports import selftest as report
from verifier.selftest import outcome
from verifier.verdicts import Result, Verdict

GOOD = [
    Result("motzkin", Verdict.PROVED),
    Result("vasc", Verdict.SUPPORTED),
    Result("schur", Verdict.ENCLOSED),
    Result("nesbitt", Verdict.UNDECIDED),
    Result("motzkin-strict", Verdict.REFUTED),
    Result("vasc-constant-off", Verdict.SUPPORTED),
    Result("freshman-dream", Verdict.REFUTED),
]


def shown(results):
    out = io.StringIO()
    report.show(outcome(results), out)
    return out.getvalue()


def changed(name, verdict):
    return [replace(r, verdict=verdict) if r.name == name else r for r in GOOD]


def test_shares():
    assert shown(GOOD) == (
        "4 true claims: 1 proved (25.0 %), 1 enclosed (25.0 %), 1 supported (25.0 %), "
        "1 undecided (25.0 %)\n"
        "3 false claims: 1 supported (33.3 %), 2 refuted (66.7 %)\n"
        "unsound: none\n"
    )


@pytest.mark.parametrize(
    ("name", "verdict", "label"),
    [
        ("motzkin-strict", Verdict.PROVED, "false"),
        ("motzkin-strict", Verdict.ENCLOSED, "false"),
        ("motzkin-strict", Verdict.VACUOUS, "false"),
        ("motzkin-strict", Verdict.ERROR, "false"),
        ("motzkin", Verdict.REFUTED, "true"),
        ("motzkin", Verdict.VACUOUS, "true"),
        ("motzkin", Verdict.ERROR, "true"),
    ],
)
def test_what_is_unsound_is_named(name, verdict, label):
    text = shown(changed(name, verdict))
    assert f"unsound, for the claims are {label}:\n{verdict.value}" in text
    assert f" {name}  (0.00 s)" in text
    assert text.endswith("unsound: 1\n")
    assert json.loads(report.render(outcome(changed(name, verdict))))["unsound"] == [name]


def test_json():
    found = json.loads(report.render(outcome(GOOD)))
    assert found["true"] == {
        "claims": 4,
        "verdicts": {"proved": 1, "enclosed": 1, "supported": 1, "undecided": 1},
        "share proved": 0.25,
    }
    assert found["false"]["share refuted"] == 0.6667
    assert found["unsound"] == []
    listed = {r["name"]: (r["label"], r["verdict"]) for r in found["results"]}
    assert len(listed) == len(found["results"]) == len(GOOD)
    assert listed["nesbitt"] == ("true", "undecided")
    assert listed["freshman-dream"] == ("false", "refuted")


def test_nothing_judged_is_said():
    assert shown([]).startswith("0 true claims")


def test_every_claim_is_a_task_once():
    assert len(selftest.tasks()) == sum(len(selftest.claims(label)) for label in selftest.LABELS)
