"""Terminals: colours for verdicts where they are wanted, a console, a display of progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from verifier.verdicts import Verdict

COLOURS = {
    Verdict.PROVED: "green", Verdict.ENCLOSED: "green", Verdict.SUPPORTED: "yellow",
    Verdict.REFUTED: "red", Verdict.VACUOUS: "magenta", Verdict.UNDECIDED: "yellow",
    Verdict.ERROR: "red",
}  # fmt: skip
WIDE = 110  # columns that a table needs
NARROW = 60  # columns below which lines are not broken further


@contextmanager
def progress(
    total: int, doing: str = "judging", done: str = "judged"
) -> Iterator[Callable[[str], None]]:
    """A progress display on standard error, if that is a terminal; call it after each result."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda name: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=console(sys.stderr), transient=True
    ) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda name: bar.update(task, advance=1, description=f"{done} {name}")


def console(file: IO[str]) -> Any:
    """A console of rich that prints texts as they are."""
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False)


def painter(file: IO[str]) -> Callable[[Verdict, int], str]:
    """Paints a verdict, padded to a width, where the output is a terminal that wants colours."""
    if not file.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return lambda verdict, width: verdict.value.ljust(width)
    from click import style

    return lambda verdict, width: style(verdict.value.ljust(width), fg=COLOURS[verdict])
