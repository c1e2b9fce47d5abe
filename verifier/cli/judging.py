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


def report(results: Sequence[Result], form: str) -> None:
    """Print results in a format, and each error on standard error as well."""
    if form == "json":
        from verifier.reports import json

        click.echo(json.render(results))
    else:
        from verifier.reports import terminal

        terminal.show(results)
    for result in results:
        if result.verdict.exit_code() == 2:
            where = f"{result.source}: " if result.source else ""
            click.echo(f"error: {where}{result.name}: {result.reason}", err=True)


def worst(results: Sequence[Result], strict: bool) -> int:
    """The exit code: that of the weakest verdict."""
    return max((r.verdict.exit_code(strict) for r in results), default=0)
