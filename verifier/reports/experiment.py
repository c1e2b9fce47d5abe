"""An experiment beside what was published: for people, as a table, and for programs, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import IO

from verifier import __version__
from verifier.experiment import Comparison, Experiment, Result
from verifier.reports.tables import printer, table


def render(result: Result) -> str:
    """The result as JSON text."""
    found = result.experiment
    content = {
        "version": __version__,
        "experiment": found.label,
        "title": found.title,
        "shows": found.shows,
        "settings": [
            {"name": s.name, "value": s.value, "source": s.source} for s in found.settings
        ],
        "comparisons": [
            {
                "name": c.name,
                "expected": c.expected,
                "measured": c.measured,
                "deviation": c.deviation,
                "tolerance": None if c.deviation is None else c.tolerance,
                "agrees": c.agrees,
                "source": c.source,
                "note": c.note,
            }
            for c in result.comparisons
        ],
        "notes": result.notes,
        "reproduced": result.reproduced,
        "seconds": round(result.seconds, 3),
    }
    return json.dumps(content, indent=2, allow_nan=False)


def show(result: Result, file: IO[str] | None = None) -> None:
    """Print what was run, the expected beside the measured numbers, and the notes."""
    out = file or sys.stdout
    found = result.experiment
    console = printer(out)
    console.print(f"{found.label}: {found.title}", soft_wrap=True)
    console.print(found.shows)
    settings = table(out, "Setting", "Value", "Source")
    for setting in found.settings:
        settings.add_row(setting.name, setting.value, setting.source)
    console.print(settings)
    compared = table(
        out, "Compared", "Expected", "Measured", "Deviation", "Allowed", "Source", "Outcome"
    )
    for comparison in result.comparisons:
        compared.add_row(*_row(comparison))
    console.print(compared)
    notes = [f"{c.name}: {c.note}" for c in result.comparisons if c.note]
    for note in (*notes, *result.notes):
        console.print(f"note: {note}")
    print(_summary(result), file=out)


def show_list(found: Iterable[Experiment], file: IO[str] | None = None) -> None:
    """Print the label and the title of each experiment."""
    out = file or sys.stdout
    known = table(out, "Label", "Experiment")
    for one in found:
        known.add_row(one.label, one.title)
    printer(out).print(known)


def _row(comparison: Comparison) -> tuple[str, ...]:
    deviation = comparison.deviation
    exacting = comparison.tolerance <= 1e-6 and comparison.expected != (0.0,)
    digits = 13 if exacting else 4
    return (
        comparison.name,
        shown(comparison.expected, digits),
        shown(comparison.measured, digits),
        "" if deviation is None else f"{deviation:.2g}",
        "" if deviation is None else f"{comparison.tolerance:g}",
        comparison.source,
        outcome(comparison),
    )


def outcome(comparison: Comparison) -> str:
    """What is published is reproduced or not; what was expected here holds or does not.

    >>> outcome(Comparison("end", "safe", "not safe"))
    'not reproduced'
    """
    if comparison.source == "published":
        return "reproduced" if comparison.agrees else "not reproduced"
    return "holds" if comparison.agrees else "does not hold"


def shown(value: tuple[float, ...] | str, digits: int = 4) -> str:
    """Words as they are, and numbers to some digits.

    >>> shown((0.98430, 0.01570)), shown((1 / 3,)), shown("safe")
    ('(0.9843, 0.0157)', '0.3333', 'safe')
    """
    if isinstance(value, str):
        return value
    numbers = ", ".join(f"{number:.{digits}g}" for number in value)
    return numbers if len(value) == 1 else f"({numbers})"


def _summary(result: Result) -> str:
    published = [c for c in result.comparisons if c.source == "published"]
    others = [c for c in result.comparisons if c.source != "published"]
    counts = [
        f"{sum(c.agrees for c in held)} of {len(held)} {words}"
        for held, words in (
            (published, "published reproduced"),
            (others, "others hold" if published else "hold"),
        )
        if held
    ]
    return f"{', '.join(counts)}  ({result.seconds:.2f} s)"


__all__ = ["outcome", "render", "show", "show_list", "shown"]
