"""Results for people: a table on a wide terminal, lines elsewhere; nothing is cut off."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import IO, Any

from verifier.reports.evidence import in_words, parts, remarks, summary
from verifier.reports.terminal import COLOURS, NARROW, WIDE, console, painter
from verifier.verdicts import Result, Verdict


def show(results: Sequence[Result], strict: bool = False, file: IO[str] | None = None) -> None:
    """Print the results: a table on a wide terminal, otherwise lines; colours on terminals only."""
    out = file or sys.stdout
    width = get_terminal_size().columns if out.isatty() else 100
    if out.isatty() and width >= WIDE:
        console(out).print(_table(results))
    else:
        for result in results:
            print("\n".join(_lines(result, max(width, NARROW), painter(out))), file=out)
    print(summary(results), file=out)


def _lines(result: Result, width: int, paint: Callable[[Verdict, int], str]) -> Iterator[str]:
    title = f": {result.title}" if result.title else ""
    place = f"  {result.place}" if result.place else ""
    yield f"{paint(result.verdict, 10)} {result.name}{title}  ({result.seconds:.2f} s){place}"
    shown = parts(result)
    for part in shown:
        indent = 11
        if part.name:
            yield f"  {paint(part.verdict, 10)} {part.name}"
            indent = 13
        for line in in_words(part):
            yield from wrap(
                line,
                width,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + 4),
                break_long_words=False,
                break_on_hyphens=False,
            )
    for line in remarks(result):
        yield from wrap(
            line, width, initial_indent=" " * 11, subsequent_indent=" " * 15, break_on_hyphens=False
        )
    if len(shown) > 1:
        yield ""


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
        if result.place:
            title.append(f"  {result.place}", style="not bold dim")
        table.add_row(
            title, "", _verdict(result.verdict, bold=True), Text(", ".join(result.trust)),
            f"{result.seconds:.2f}",
        )  # fmt: skip
        for part in shown:
            claim, *conditions = in_words(part)
            name = f"{part.name}: " if part.name else ""
            table.add_row(
                _inset(Text(name, style="cyan").append(claim, style="default")),
                Text("\n".join(_in_table(conditions))),
                _verdict(part.verdict) if part.name else "",
            )
        for remark in remarks(result):
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
