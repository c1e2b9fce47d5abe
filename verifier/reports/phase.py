"""A phase map in letters, one for each cell, with the thresholds marked below it; or as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import IO

from verifier import __version__
from verifier.dynamics.phase import PhaseMap, Regime
from verifier.reports.tables import printer, table

MARGIN = 10  # columns for the starts


def render(found: PhaseMap) -> str:
    """The map as JSON text: a row of letters for each start, a letter for each step size."""
    content = {
        "version": __version__,
        "paths": found.paths,
        "depth": found.depth,
        "target": str(found.target),
        "ratio": found.ratio,
        "steps": found.steps,
        "etas": found.etas,
        "starts": found.scales,
        "cells": ["".join(regime.letter for regime in row) for row in found.regimes],
        "regimes": {regime.letter: regime.label for regime in Regime},
        "thresholds": [
            {"name": t.name, "eta": t.eta, "theorem": t.theorem} for t in found.thresholds
        ],
    }
    return json.dumps(content, indent=2)


def show(found: PhaseMap, letters: bool = True, file: IO[str] | None = None) -> None:
    """Print the map in letters, if wanted, and tables of its regimes and of the thresholds."""
    out = file or sys.stdout
    console = printer(out)
    if letters:
        for line in lines(found):
            console.print(line, soft_wrap=True)
    regimes = Counter(chain.from_iterable(found.regimes))
    total = sum(regimes.values())
    shown = table(out, "Letter", "Regime", "Cells")
    for regime in Regime:
        if regimes[regime]:
            shown.add_row(regime.letter, regime.label, f"{100 * regimes[regime] / total:.1f} %")
    console.print(shown)
    shown = table(out, "Threshold", "Step size", "Theorem")
    for threshold in found.thresholds:
        shown.add_row(threshold.name, f"{threshold.eta:.6g}", threshold.theorem)
    console.print(shown)


def lines(found: PhaseMap) -> Iterator[str]:
    """The largest start first; below the step sizes stand marks at the thresholds."""
    yield "start"
    for scale, row in zip(reversed(found.scales), reversed(found.regimes), strict=True):
        yield f"{scale:<{MARGIN}.2g}" + "".join(regime.letter for regime in row)
    marks = [" "] * len(found.etas)
    names = " " * MARGIN
    for threshold in found.thresholds:
        if found.etas[0] <= threshold.eta <= found.etas[-1]:
            place = min(range(len(marks)), key=lambda n: abs(found.etas[n] - threshold.eta))
            marks[place] = "^"
            names = names.ljust(MARGIN + place) + threshold.name + " "
    yield " " * MARGIN + "".join(marks)
    yield names.rstrip()
    first, last = f"{found.etas[0]:.3g}", f"{found.etas[-1]:.3g}"
    yield f"{'eta':<{MARGIN}}" + first + last.rjust(len(marks) - len(first))


__all__ = ["lines", "render", "show"]
