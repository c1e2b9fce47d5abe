"""Tables for people, as wide as the terminal, or as `WIDE` where there is none."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import IO, Any

from verifier.reports.terminal import NARROW, WIDE


def printer(out: IO[str]) -> Any:
    """A console of rich that prints texts as they are."""
    from rich.console import Console

    width = max(get_terminal_size().columns, NARROW) if out.isatty() else WIDE
    return Console(file=out, highlight=False, markup=False, width=width)


def table(out: IO[str], *columns: str, numbers: bool = False) -> Any:
    """An empty table with these columns; numbers stand on the right, words on the left."""
    from rich import box
    from rich.table import Table

    unicode = str(getattr(out, "encoding", "")).lower().startswith("utf")
    made = Table(box=box.HORIZONTALS if unicode else box.ASCII2)
    for column in columns:
        made.add_column(column, justify="right" if numbers else "left", overflow="fold")
    return made


__all__ = ["printer", "table"]
