"""A spectrum for people, as a table, and for other programs, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import IO, Any

from verifier import __version__
from verifier.closed_forms.check import Check
from verifier.closed_forms.spectrum import THEOREM, Eigenvalue, Pair, Spectrum
from verifier.reports.terminal import WIDE

MOST_PAIRS = 6  # that are shown in a table
MOST_VALUE = 40  # characters of an exact value in a table


def render(found: Spectrum, check: Check | None = None) -> str:
    """The spectrum as JSON text; `value` and `decimal` are texts, so that no digit is lost."""
    content: dict[str, Any] = {
        "version": __version__,
        "eigenvalues": [
            {
                "value": e.value,
                "decimal": e.decimal,
                "multiplicity": e.multiplicity,
                "pairs": e.pairs,
                "formula": repr(e.formula),
            }
            for e in found.eigenvalues
        ],
        "parameters": found.minimum.parameters,
        "sharpness": found.sharpness.decimal,
        "formula": repr(found.formula),
        "theorem": THEOREM,
        "notes": found.notes,
    }
    if check is not None:
        content["check"] = {
            "agrees": check.agrees,
            "digits": check.digits,
            "needed": check.needed,
            "method": check.method,
            "parameters": check.parameters,
            "compared": check.compared,
            "sharpness": check.sharpness,
        }
    return json.dumps(content, indent=2)


def show(found: Spectrum, check: Check | None = None, file: IO[str] | None = None) -> None:
    """Print the spectrum as a table, with what it rests on below."""
    from rich.console import Console

    out = file or sys.stdout
    width = max(get_terminal_size().columns, 60) if out.isatty() else WIDE
    console = Console(file=out, highlight=False, markup=False, width=width)
    console.print(_table(found, str(getattr(out, "encoding", "")).lower().startswith("utf")))
    for line in _remarks(found, check):
        console.print(line, soft_wrap=True)


def _table(found: Spectrum, unicode: bool) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.HORIZONTALS if unicode else box.ASCII2)
    table.add_column("Eigenvalue", justify="right", overflow="fold")
    table.add_column("Multiplicity", justify="right", no_wrap=True)
    table.add_column("Modes (i, j)", overflow="fold")
    table.add_column("Formula", overflow="fold")
    for e in found.eigenvalues:
        table.add_row(_value(e), str(e.multiplicity), pairs(e.pairs), repr(e.formula))
    return table


def _value(eigenvalue: Eigenvalue) -> str:
    exact = eigenvalue.value
    if exact is None or len(exact) > MOST_VALUE or exact == eigenvalue.decimal:
        return eigenvalue.decimal
    return f"{exact}\n{eigenvalue.decimal}"


def pairs(held: Sequence[Pair]) -> str:
    """Some pairs of modes in a row, and how many more there are.

    >>> pairs([(1, 2), (2, 1)]), pairs([(1, j) for j in range(1, 9)])
    ('(1, 2) (2, 1)', '(1, 1) (1, 2) (1, 3) (1, 4) (1, 5) (1, 6) and 2 more')
    """
    shown = " ".join(map(str, held[:MOST_PAIRS]))
    more = len(held) - MOST_PAIRS
    return f"{shown} and {more} more" if more > 0 else shown


def _remarks(found: Spectrum, check: Check | None) -> Iterator[str]:
    yield f"sharpness   {found.sharpness.value or found.sharpness.decimal}"
    yield f"parameters  {found.minimum.parameters}"
    yield f"formula     lambda_ij = {found.formula!r}"
    yield f"theorem     {THEOREM}: verifier check --only {THEOREM}"
    for note in found.notes:
        yield f"note        {note}"
    if check is not None:
        outcome = "agrees" if check.agrees else "DISAGREES"
        yield f"check       {outcome} to {check.digits} digits ({check.needed} needed)"
        yield f"            {check.method}"
        yield f"            {check.compared} of {check.parameters} compared"


__all__ = ["pairs", "render", "show"]
