"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from verifier.errors import VerifierError

FILE = click.Path()  # so that a shell completes the names of files
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
        type=float,
        callback=checked_timeout,
        metavar="SECONDS",
        help="Stop judging one theorem or claim after this long (a claim: 60 by default).",
    )
    return strict(timeout(function))


def checked_timeout(
    ctx: click.Context, param: click.Parameter, seconds: float | None
) -> float | None:
    """A timeout that can be kept, for an option of click."""
    from verifier.verify import check_timeout

    if seconds is not None:
        try:
            check_timeout(seconds)
        except VerifierError as error:
            raise click.BadParameter(f"{error}.") from error
    return seconds


def jobs_option(function: Command) -> Command:
    """`--jobs`: how many processes judge at once."""
    kind = click.IntRange(min=0)
    return click.option("--jobs", type=kind, default=0, help="Processes; 0: one a core.")(function)


def resume_option(function: Command) -> Command:
    """`--resume`: a file for the finished parts of a long run."""
    words = "Keep finished parts here, and go on from them."
    return click.option("--resume", metavar="FILE", help=words)(function)


def interrupted(done: int, total: int, resume: str | None) -> str:
    """What a user is told who interrupts a long run."""
    remedy = f"go on with --resume {resume}" if resume else "with --resume FILE it can go on"
    return f"interrupted: {done} of {total} parts done ({remedy})"


def complete_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """For the completion of a shell: shipped theorems, or what the files named before hold."""
    from verifier.tasks import collect

    paths = (*(ctx.params.get("paths") or ()), *ctx.args)  # there, if the line ends in an option
    try:
        names = [task.name for task in collect(paths)]
    except (VerifierError, OSError):
        names = []
    return [name for name in names if name.startswith(incomplete)]


def complete_names_and_files(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The same, and files where no name fits."""
    names = complete_names(ctx, param, incomplete)
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, names)]


def conditions(function: Command) -> Command:
    """`--given` and `--var`, for a command that reads a statement; see `kinds`."""
    given = click.option(
        "--given", multiple=True, metavar="CONDITION", help='A condition, such as "H >= 2".'
    )
    variables = click.option(
        "--var",
        "variables",
        multiple=True,
        metavar="NAME=KIND",
        help="x=real, n=integer or s=real[.].",
    )
    return given(variables(function))


def kinds(variables: Sequence[str]) -> dict[str, str]:
    """The kinds of variables that `--var NAME=KIND` declares.

    Raises:
        VerifierError: one is no declaration, or declares a variable again.
    """
    found: dict[str, str] = {}
    for variable in variables:
        name, equals, kind = (part.strip() for part in variable.partition("="))
        if not (name and equals and kind):
            raise VerifierError(f"--var {variable!r} declares nothing", "write --var x=real")
        if name in found:
            raise VerifierError(f"--var declares {name!r} twice", "declare it once")
        found[name] = kind
    return found
