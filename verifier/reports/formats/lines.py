"""One line a result, as compilers print errors: editors and `grep` jump to `path:line:`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from verifier.reports.evidence import stated
from verifier.verdicts import Result


def show(results: Sequence[Result], strict: bool = False, file: IO[str] | None = None) -> None:
    """Print the results, each with its statements and what stands in their way."""
    for result in results:
        print(line(result), file=file)


def line(result: Result) -> str:
    """One result in one line.

    >>> from verifier.verdicts import Place, Verdict
    >>> line(Result("a", Verdict.ERROR, reason="no relation", place=Place("paper.tex", 7)))
    'paper.tex:7: error: a: reason: no relation'
    """
    place = f"{result.place}: " if result.place else ""
    return f"{place}{result.verdict.value}: {stated(result)}"
