"""The mark under a theorem: its verdict, and what was checked, how, and with which versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from verifier.reports.evidence import findings, parts
from verifier.reports.latex.prose import escape, prose
from verifier.reports.versions import versions
from verifier.verdicts import Result, Verdict


def mark(result: Result, names: set[str]) -> str:
    """The verdict, what was checked, how, and with which versions."""
    said = ["rests on " + ", ".join(map(escape, result.trust))] if result.trust else []
    for part in parts(result):
        if part.name and part.verdict is not Verdict.PROVED:
            where = f" at {part.counterexample}" if part.counterexample else ""
            said.append(prose(f"({part.name}) is {part.verdict.value}{where}", names))
    said += [prose(line, names) for line in (*_grouped(findings(result)), *_reason(result))]
    name = rf"\verifiername{{{escape(result.name)}}}"
    told = f"{name} {'; '.join(said)}" if said else name
    return rf"\verifiermark{{{result.verdict.value}}}{{{told}}}{{{escape(versions(result))}}}"


def _grouped(lines: Iterable[str]) -> Iterator[str]:
    """Lines that begin with the same word, such as `checked:`, as one.

    >>> list(_grouped(["checked: 2 cases", "checked: 3 sizes", "false neighbours: 1 of 1"]))
    ['checked: 2 cases, 3 sizes', 'false neighbours: 1 of 1']
    """
    for word, group in groupby(lines, lambda line: line.partition(": ")[0]):
        yield f"{word}: " + ", ".join(line.partition(": ")[2] for line in group)


def _reason(result: Result) -> list[str]:
    return [f"because {result.reason}"] if result.reason else []


__all__ = ["mark"]
