"""What a result says, put in order for every report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from verifier.statements.statement import Statement
from verifier.statements.terms import Relation
from verifier.verdicts import Evidence, Result, Verdict, assignment

_PLURAL = re.compile(r"s\b")
_COUNTED = re.compile(r"(\d+) (.*)", re.DOTALL)


class Part(NamedTuple):
    """One statement of a result, with its own verdict."""

    name: str
    statement: Statement
    verdict: Verdict
    counterexample: str = ""


def parts(result: Result) -> list[Part]:
    """The claims of a theorem, or the one statement of a claim."""
    found = [
        Part(e.name, e.statement, e.verdict, e.counterexample)
        for e in result.evidence
        if e.kind == "part" and e.statement is not None and e.verdict is not None
    ]
    return found or [Part("", statement, result.verdict) for statement in result.statements]


def findings(result: Result) -> list[str]:
    """The rest of the evidence in lines, equal attacks counted together."""
    lines: list[str] = []
    counts: Counter[str] = Counter()
    neighbours = [e for e in result.evidence if e.kind == "neighbour"]
    for evidence in result.evidence:
        counted = _COUNTED.fullmatch(evidence.text)
        if evidence.kind in _ATTACKS and counted and evidence.verdict is _HOLDS:
            counts[counted[2]] += int(counted[1])
        elif evidence.kind not in ("part", "link", "neighbour"):
            lines.append(
                f"{_LABELS.get(evidence.kind, evidence.kind)}: {_named(evidence)}{evidence.text}"
            )
    lines.extend(f"checked: {_counted(count, words)}" for words, count in counts.items())
    if neighbours:
        refuted = sum(e.verdict is None for e in neighbours)  # as it must be: no verdict of its own
        lines.append(f"false neighbours: {refuted} of {len(neighbours)} refuted")
    return lines


def _counted(count: int, words: str) -> str:
    """A number of things, the first plural of whose name is a singular where there is one.

    >>> _counted(1, "exact cases with H*L <= 24"), _counted(2, "sizes")
    ('1 exact case with H*L <= 24', '2 sizes')
    """
    return f"{count} {_PLURAL.sub('', words, count=1) if count == 1 else words}"


def failing(result: Result) -> Result:
    """The result without what is fine, and without what its reason says already."""
    return replace(result, evidence=tuple(e for e in result.evidence if _tells_of_failure(e)))


def _tells_of_failure(evidence: Evidence) -> bool:
    if evidence.kind == "part":
        return evidence.verdict is None or evidence.verdict.exit_code(strict=True) != 0
    return evidence.verdict is None and evidence.kind != "neighbour"


_HOLDS = Verdict.SUPPORTED
_ATTACKS = ("exact", "numeric", "independent")
_LABELS = {**dict.fromkeys(_ATTACKS, "checked"), "counterexample": "there"}


def _named(evidence: Evidence) -> str:
    return f"{evidence.name}: " if evidence.name else ""


def domain(statements: Iterable[Statement]) -> str:
    """The domains of the variables of some statements, each once."""
    texts = (text for s in statements for text in s.domain.split("; ") if text)
    return "; ".join(dict.fromkeys(texts))


def common_given(statements: Iterable[Statement]) -> list[Relation]:
    """What all of some statements have given."""
    first, *others = (s.given for s in statements)
    return [g for g in first if all(any(g is o for o in other) for other in others)]


def in_words(part: Part) -> Iterator[str]:
    """The statement of a part in lines: claim, conditions, domain, counterexample."""
    statement = part.statement
    yield repr(statement.claim)
    if statement.given:
        yield "given " + ", ".join(map(repr, statement.given))
    if statement.domain:
        yield "for " + statement.domain
    if part.counterexample:
        yield "counterexample: " + part.counterexample


def obstacles(result: Result) -> Iterator[str]:
    """The counterexample, and the reason why nothing better is known, in lines."""
    if result.counterexample is not None:
        yield "counterexample: " + (assignment(result.counterexample) or "there is no variable")
    if result.reason:
        yield "reason: " + result.reason


def stated(result: Result) -> str:
    """The name, the statements, and what stands in their way, in one line."""
    lines = [text for part in parts(result) for text in in_words(part)]
    return f"{result.name}: {'; '.join([*lines, *obstacles(result)])}"


def remarks(result: Result) -> Iterator[str]:
    """What is said of the whole result, in lines."""
    yield from obstacles(result)
    if result.trust:
        yield "rests on: " + ", ".join(result.trust)
    yield from findings(result)


def details(result: Result) -> Iterator[str]:
    """Everything that is said of a result, in lines, its parts first."""
    for part in parts(result):
        if part.name:
            yield f"{part.verdict.value} {part.name}"
        yield from in_words(part)
    yield from remarks(result)


def summary(results: Sequence[Result]) -> str:
    """How many results there are of each verdict.

    >>> summary([Result("a", Verdict.PROVED), Result("b", Verdict.REFUTED)])
    '2 results: 1 proved, 1 refuted'
    """
    counts = Counter(result.verdict for result in results)
    shown = ", ".join(f"{counts[v]} {v.value}" for v in Verdict if counts[v])
    return f"{len(results)} result{'s' * (len(results) != 1)}: {shown or 'nothing judged'}"
