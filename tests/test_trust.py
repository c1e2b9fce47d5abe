"""The page on trust says what the kernel says of itself."""

from __future__ import annotations

import inspect
from pathlib import Path

import verifier.kernel  # noqa: F401  (registers the rules)
from verifier.judge import findings
from verifier.kernel.proved import rules
from verifier.verdicts import Verdict

PAGE = (Path(__file__).parents[1] / "TRUST.md").read_text(encoding="utf-8")
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->"


def table() -> str:
    """Each rule with the first paragraph of its docstring, by file."""
    lines = ["| rule | in | says |", "|---|---|---|"]
    for name, rule in sorted(rules().items(), key=lambda r: (r[1].__module__, r[0])):
        first = " ".join((inspect.getdoc(rule) or "").split("\n\n")[0].split())
        file = rule.__module__.rpartition(".")[2]
        lines.append(f"| `{name}` | `{file}.py` | {first.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def test_every_rule_is_listed_as_its_docstring_says() -> None:
    assert PAGE.partition(BEGIN)[2].partition(END)[0] == table()


def test_every_rule_argues_why_it_is_sound_or_is_a_definition() -> None:
    for name, rule in rules().items():
        text = inspect.getdoc(rule) or ""
        assert "ound because" in text or "ound by" in text or "definition" in text, name


def test_every_verdict_is_explained() -> None:
    for verdict in Verdict:
        assert f"| `{verdict.value}`" in PAGE


def test_a_proof_rests_on_the_definition_where_a_rule_speaks_of_the_hessian() -> None:
    speak = {name for name, rule in rules().items() if "Hessian" in (inspect.getdoc(rule) or "")}
    allocations = {"allocation"}  # speaks of the weights
    assert findings.DEFINING == speak | allocations
