"""The outcome of the self-test, for people and for other programs."""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from verifier import __version__
from verifier.reports.formats import text
from verifier.reports.formats.json import entry
from verifier.reports.terminal import COLOURS
from verifier.selftest import LABELS, RIGHT, Outcome


def show(outcome: Outcome, file: IO[str] | None = None) -> None:
    """Print the share of each verdict, then every verdict that a label excludes."""
    from rich.console import Console

    out = file or sys.stdout
    console = Console(file=out, highlight=False, markup=False, soft_wrap=True)
    for label in LABELS:
        console.print(_shares(outcome, label))
    unsound = outcome.unsound()
    for label in LABELS:
        wrong = [result for given, result in unsound if given == label]
        if wrong:
            print(f"\nunsound, for the claims are {label}:", file=out)
            text.show(wrong, file=out)
    print(f"unsound: {len(unsound) or 'none'}", file=out)


def _shares(outcome: Outcome, label: str) -> Any:
    from rich.text import Text

    judged = len(outcome.results[label])
    shown = Text(f"{judged} {label} claim{'s' * (judged != 1)}:")
    for position, (verdict, count) in enumerate(outcome.counts(label).items()):
        shown.append(f"{',' if position else ''} {count} ")
        shown.append(verdict.value, style=COLOURS[verdict])
        shown.append(f" ({100 * count / judged:.1f} %)")
    return shown


def render(outcome: Outcome) -> str:
    """The outcome as JSON text: shares and counts, what is unsound by name, and every result.

    >>> from verifier.selftest import outcome
    >>> '"unsound": []' in render(outcome([]))
    True
    """
    content: dict[str, Any] = {"version": __version__}
    for label in LABELS:
        content[label] = {
            "claims": len(outcome.results[label]),
            "verdicts": {v.value: count for v, count in outcome.counts(label).items()},
            f"share {RIGHT[label].value}": round(outcome.share(label), 4),
        }
    content["unsound"] = [result.name for _, result in outcome.unsound()]
    content["results"] = [
        {"label": label, **entry(result)} for label in LABELS for result in outcome.results[label]
    ]
    return json.dumps(content, indent=2)


__all__ = ["render", "show"]
