"""Tasks judged with a bar of progress, their results reported, and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.verdicts import Result
    from verifier.verify import Task


def judged(tasks: Sequence[Task], jobs: int, timeout: float | None) -> tuple[list[Result], bool]:
    """The results in the order of the tasks, and whether all were judged before an interruption."""
    from verifier.reports.terminal import progress
    from verifier.verify import judge_all

    found: dict[str, list[Result]] = {}
    complete = True
    try:
        with progress(len(tasks)) as advance:
            for result in judge_all(tasks, jobs=jobs, timeout=timeout):
                found.setdefault(result.name, []).append(result)
                advance(result.name)
    except KeyboardInterrupt:
        count = sum(map(len, found.values()))
        click.echo(f"interrupted: {count} of {len(tasks)} judged", err=True)
        complete = False
    return [found[t.name].pop(0) for t in tasks if found.get(t.name)], complete


def report(results: Sequence[Result], form: str, strict: bool = False) -> None:
    """Print results in a format, and each error on standard error as well."""
    from verifier.reports import formats

    formats.show(results, form, strict)
    complain(results)


def complain(results: Sequence[Result]) -> None:
    """Print each error on standard error, with its place."""
    for result in results:
        if result.verdict.exit_code() == 2:
            told = result.place is None or result.reason.startswith(result.place.path)
            where = "" if told else f"{result.place}: "
            click.echo(f"error: {result.name}: {where}{result.reason}", err=True)


def worst(results: Sequence[Result], strict: bool) -> int:
    """The exit code: that of the weakest verdict."""
    return max((r.verdict.exit_code(strict) for r in results), default=0)
