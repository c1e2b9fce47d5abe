"""Workflow commands of GitHub Actions: what is not accepted is annotated at its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from verifier.reports.evidence import details, stated, summary
from verifier.verdicts import Result, Verdict


def show(results: Sequence[Result], strict: bool = False, file: IO[str] | None = None) -> None:
    """Print an annotation for each result that is not proved or enclosed, then a summary."""
    for result in results:
        print(command(result, strict), file=file)
    print(summary(results), file=file)


def command(result: Result, strict: bool = False) -> str:
    """The workflow command that annotates a result, or a plain line where all is well.

    >>> from verifier.verdicts import Place
    >>> command(Result("a, b", Verdict.ERROR, reason="50%", place=Place("paper.tex", 7)))
    '::error file=paper.tex,line=7,title=error%3A a%2C b::reason: 50%25'
    """
    if result.verdict.exit_code(strict):
        level = "error"
    elif result.verdict is Verdict.SUPPORTED:
        level = "warning"
    else:
        return f"{result.verdict.value}: {stated(result)}"
    title = _property(f"{result.verdict.value}: {result.name}")
    place, said = result.place, list(details(result))
    where = ""
    if place and place.is_in_file:
        where = f"file={_property(place.path)},line={place.line},"
    elif place:
        said = [f"{place}", *said]
    return f"::{level} {where}title={title}::{_escape(chr(10).join(said))}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
