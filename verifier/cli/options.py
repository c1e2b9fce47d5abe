"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(function: Command) -> Command:
    """`--format`: text for people, or json."""
    choice = click.Choice(["text", "json"])
    return click.option("--format", "form", type=choice, default="text", help="How to print.")(
        function
    )


def report_option(function: Command) -> Command:
    """`--format` of a command that judges: a file in `verifier/reports/formats`."""
    from verifier.reports import formats

    choice = click.Choice(formats.names())
    return click.option("--format", "form", type=choice, default="text", help="How to print.")(
        function
    )


def limits(function: Command) -> Command:
    """`--strict` and `--timeout`, for a command that judges."""
    strict = click.option("--strict", is_flag=True, help="Do not accept `supported`.")
    timeout = click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Stop judging one theorem or claim after this long (a claim: 60 by default).",
    )
    return strict(timeout(function))


def jobs_option(function: Command) -> Command:
    """`--jobs`: how many processes judge at once."""
    kind = click.IntRange(min=0)
    return click.option("--jobs", type=kind, default=0, help="Processes; 0: one a core.")(function)
