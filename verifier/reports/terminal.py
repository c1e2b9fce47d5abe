"""Results for people: a table on a wide terminal, lines elsewhere; nothing is cut off."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from textwrap import wrap
from typing import IO, Any

from verifier.reports.evidence import Part, findings, parts
from verifier.verdicts import Result, Verdict, assignment

COLOURS = {
    Verdict.PROVED: "green", Verdict.ENCLOSED: "green", Verdict.SUPPORTED: "yellow",
    Verdict.REFUTED: "red", Verdict.VACUOUS: "magenta", Verdict.UNDECIDED: "yellow",
    Verdict.ERROR: "red",
}  # fmt: skip
WIDE = 110  # columns that a table needs
NARROW = 60  # columns below which lines are not broken further


def show(results: Sequence[Result], file: IO[str] | None = None) -> None:
    """Print the results: a table on a wide terminal, otherwise lines; colours on terminals only."""
    out = file or sys.stdout
    width = get_terminal_size().columns if out.isatty() else 100
    if out.isatty() and width >= WIDE:
        _console(out).print(_table(results))
    else:
        for result in results:
            print("\n".join(_lines(result, max(width, NARROW), _painter(out))), file=out)
    print(summary(results), file=out)


def summary(results: Sequence[Result]) -> str:
    """How many results there are of each verdict.

    >>> summary([Result("a", Verdict.PROVED), Result("b", Verdict.REFUTED)])
    '2 results: 1 proved, 1 refuted'
    """
    counts = Counter(result.verdict for result in results)
    shown = ", ".join(f"{counts[v]} {v.value}" for v in Verdict if counts[v])
    return f"{len(results)} result{'s' * (len(results) != 1)}: {shown or 'nothing judged'}"


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
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
        *columns, TimeElapsedColumn(), console=_console(sys.stderr), transient=True
    ) as bar:
        task = bar.add_task("judging", total=total)
        yield lambda name: bar.update(task, advance=1, description=f"judged {name}")


def _console(file: IO[str]) -> Any:
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False)


def _painter(file: IO[str]) -> Callable[[Verdict, int], str]:
    """Paints a verdict, padded to a width, where the output is a terminal that wants colours."""
    if not file.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return lambda verdict, width: verdict.value.ljust(width)
    from click import style

    return lambda verdict, width: style(verdict.value.ljust(width), fg=COLOURS[verdict])


def _lines(result: Result, width: int, paint: Callable[[Verdict, int], str]) -> Iterator[str]:
    title = f": {result.title}" if result.title else ""
    yield f"{paint(result.verdict, 10)} {result.name}{title}  ({result.seconds:.2f} s)"
    shown = parts(result)
    for part in shown:
        indent = 11
        if part.name:
            yield f"  {paint(part.verdict, 10)} {part.name}"
            indent = 13
        for line in _statement(part):
            yield from wrap(
                line,
                width,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + 4),
                break_long_words=False,
                break_on_hyphens=False,
            )
    for line in _remarks(result):
        yield from wrap(
            line, width, initial_indent=" " * 11, subsequent_indent=" " * 15, break_on_hyphens=False
        )
    if len(shown) > 1:
        yield ""


def _statement(part: Part) -> Iterator[str]:
    statement = part.statement
    yield repr(statement.claim)
    if statement.given:
        yield "given " + ", ".join(map(repr, statement.given))
    if statement.domain:
        yield "for " + statement.domain
    if part.counterexample:
        yield "counterexample: " + part.counterexample


def _remarks(result: Result) -> Iterator[str]:
    if result.counterexample is not None:
        yield "counterexample: " + (assignment(result.counterexample) or "there is no variable")
    if result.reason:
        yield "reason: " + result.reason
    if result.trust:
        yield "rests on: " + ", ".join(result.trust)
    yield from findings(result)


def _table(results: Sequence[Result]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ASCII2 if not _unicode() else box.HORIZONTALS, expand=True)
    for name, ratio in (("Statement", 6), ("For all", 3), ("Verdict", None), ("Rests on", 2)):
        table.add_column(name, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    table.add_column("Seconds", justify="right", no_wrap=True)
    for result in results:
        shown = parts(result)
        title = Text(result.name, style="bold").append(f"  {result.title}", style="not bold italic")
        table.add_row(
            title, "", _verdict(result.verdict, bold=True), Text(", ".join(result.trust)),
            f"{result.seconds:.2f}",
        )  # fmt: skip
        for part in shown:
            claim, *conditions = _statement(part)
            name = f"{part.name}: " if part.name else ""
            table.add_row(
                _inset(Text(name, style="cyan").append(claim, style="default")),
                Text("\n".join(_in_table(conditions))),
                _verdict(part.verdict) if part.name else "",
            )
        for remark in _remarks(result):
            if not remark.startswith("rests on: "):
                table.add_row(_inset(Text(remark, style="dim")))
        table.add_section()
    return table


def _inset(text: Any) -> Any:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 2))


def _in_table(conditions: Sequence[str]) -> Iterator[str]:
    for condition in reversed(conditions):  # the domain first
        yield condition.removeprefix("for ")


def _verdict(verdict: Verdict, bold: bool = False) -> Any:
    from rich.text import Text

    return Text(verdict.value, style=("bold " if bold else "") + COLOURS[verdict])


def _unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")
