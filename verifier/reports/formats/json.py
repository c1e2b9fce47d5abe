"""Results as one JSON object, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import IO, Any

from verifier import __version__
from verifier.reports.evidence import common_given, domain
from verifier.statements.statement import Statement
from verifier.verdicts import Evidence, Result


def show(results: Sequence[Result], strict: bool = False, file: IO[str] | None = None) -> None:
    """Print the results as JSON text."""
    print(render(results), file=file)


def render(results: Iterable[Result]) -> str:
    """The results as JSON text.

    >>> render([])
    '{"version": "0.1.0", "results": []}'
    """
    content = {"version": __version__, "results": [entry(r) for r in results]}
    return json.dumps(content, indent=2 if content["results"] else None)


def entry(result: Result) -> dict[str, Any]:
    """One result as a JSON object."""
    evidence = [_evidence(e) for e in result.evidence]
    if result.reason:
        evidence.append({"kind": "reason", "text": result.reason})
    if result.place:
        evidence.append({"kind": "place", "text": str(result.place)})
    return {
        "name": result.name,
        "verdict": result.verdict.value,
        **_statements(result.statements),
        "trust": list(result.trust),
        "evidence": evidence,
        "counterexample": result.counterexample,
        "seconds": round(result.seconds, 3),
    }


def _statements(statements: tuple[Statement, ...]) -> dict[str, Any]:
    return {
        "statement": "; ".join(repr(s.claim) for s in statements),
        "given": [repr(g) for g in common_given(statements)] if statements else [],
        "domain": domain(statements),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": evidence.kind, "text": evidence.text}
    if evidence.name:
        shown["name"] = evidence.name
    if evidence.verdict is not None:
        shown["verdict"] = evidence.verdict.value
    if evidence.statement is not None:
        shown |= _statements((evidence.statement,))
    if evidence.counterexample:
        shown["counterexample"] = evidence.counterexample
    if evidence.seconds is not None:
        shown["seconds"] = round(evidence.seconds, 3)
    return shown
