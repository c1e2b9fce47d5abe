"""One run of gradient descent, or of gradient flow: for people as a table, for programs as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import IO, TYPE_CHECKING, Any

from verifier import __version__
from verifier.reports.tables import printer, table

if TYPE_CHECKING:
    from verifier.dynamics.descent import Run
    from verifier.dynamics.flow import Flow

ROWS = 11  # of a table: every tenth part of the run
MOST = 1000  # points in JSON
MOST_COLUMNS = 6  # pathways in a table
MOST_WEIGHTS = 500  # of which the sharpness is found
DIGITS = 6
MOST_DIGITS = 25  # of a number in a table


@dataclass(frozen=True)
class Course:
    """What is shown of a run: where it was at some times, and facts about it, for both readers."""

    steps: Sequence[int] | None
    times: Sequence[Any]
    shares: Sequence[Sequence[Any]]
    residuals: Sequence[Any]
    facts: Mapping[str, Any]
    remarks: Mapping[str, str]

    def thinned(self, most: int) -> list[int]:
        """The indices of at most so many points, the first and the last among them.

        >>> Course(None, range(10), [[]] * 10, range(10), {}, {}).thinned(4)
        [0, 3, 6, 9]
        """
        count = len(self.times)
        if count <= most:
            return list(range(count))
        return [round(k * (count - 1) / (most - 1)) for k in range(most)]


def of_descent(run: Run) -> Course:
    """What is shown of a run of gradient descent, and what became of it."""
    from verifier.dynamics.cycle import cycle_of_theory
    from verifier.dynamics.outcome import WINDOW, Kind, outcome

    found = outcome(run)
    facts: dict[str, Any] = {
        "outcome": {
            "kind": found.kind.value,
            "period": found.period,
            "split": found.split.value if found.split else None,
            "flipped": found.flipped,
        },
        "diverged": run.diverged,
    }
    remarks = {"outcome": repr(found)}
    if found.kind is Kind.MOVING:
        longer = f"{WINDOW} steps or more" if len(run.steps) < WINDOW else "more steps"
        remarks["outcome"] += f" ({longer} tell what becomes of it)"
    if run.diverged is not None:
        remarks["diverged"] = f"at step {run.diverged}; the table ends before it"
    elif sum(run.depths) <= MOST_WEIGHTS:
        from verifier.dynamics.curvature import sharpness_at

        facts["sharpness"] = sharpness_at(run.depths, run.end, run.target)
        stable = float(2 / run.eta)
        beside = f"; 2/eta = {stable:.6g}" if isfinite(stable) else ""
        remarks["sharpness"] = f"{facts['sharpness']:.6g} at the end{beside}"
    cycle = cycle_of_theory(run, found)
    if cycle is not None:
        facts["cycle"] = {
            "lower": cycle.lower,
            "upper": cycle.upper,
            "multiplier": cycle.multiplier,
            "stable": cycle.stable,
        }
        remarks["cycle"] = f"layers {cycle!r} (theorem two-cycle)"
    if hasattr(run.target, "_mpf_"):
        facts["rounding"] = moved = _moved_by_rounding(run)
        remarks["rounding"] = (
            "in float64 the run leaves the range, or diverges at another step"
            if moved is None
            else f"in float64 a share is off by up to {moved:.1e}"
        )
    times = [run.eta * step for step in run.steps]
    return Course(run.steps, times, run.shares, run.residuals, facts, remarks)


def _moved_by_rounding(run: Run) -> float | None:
    """How far the same run in floats is off at most; None where floats do not suffice."""
    from verifier.dynamics.descent import descend
    from verifier.dynamics.errors import DynamicsError
    from verifier.dynamics.rounding import apart

    begin = run.states[0]
    start = [tuple(map(float, w)) if isinstance(w, tuple) else float(w) for w in begin]
    steps = run.steps[-1] if run.diverged is None else run.diverged
    try:
        found = max(
            apart(run, descend(run.depths, start, float(run.target), float(run.eta), steps))
        )
    except (DynamicsError, OverflowError):
        return None
    return found if isfinite(found) else None


def of_flow(run: Flow) -> Course:
    """What is shown of gradient flow, and how far the quantities moved that it conserves."""
    layer, path = run.layer_drift, run.path_drift
    facts = {"layer_drift": layer, "path_drift": path}
    clocks = "none of two balanced ones" if path is None else f"moved apart by {path:.1e}"
    remarks = {
        "conserved": f"w_l^2 - w_k^2 moved by {layer:.1e} of the largest w^2",
        "clocks": f"{clocks} of the largest" if path is not None else clocks,
    }
    shares, residuals = run.shares.tolist(), run.residual.tolist()
    return Course(None, run.times.tolist(), shares, residuals, facts, remarks)


def render(course: Course) -> str:
    """The run as JSON text; numbers of high precision are texts, so that no digit is lost."""
    held = course.thinned(MOST)
    content: dict[str, Any] = {"version": __version__}
    if course.steps is not None:
        content["steps"] = [course.steps[k] for k in held]
    content |= {
        "times": [_plain(course.times[k]) for k in held],
        "shares": [[_plain(share) for share in course.shares[k]] for k in held],
        "residuals": [_plain(course.residuals[k]) for k in held],
        **course.facts,
    }
    return json.dumps(content, indent=2, allow_nan=False)


def show(course: Course, file: IO[str] | None = None) -> None:
    """Print where the run was at some times, as a table, with the remarks below."""
    out = file or sys.stdout
    console = printer(out)
    rows = table(out, *_columns(course), numbers=True)
    for k in course.thinned(ROWS):
        rows.add_row(*_row(course, k))
    console.print(rows)
    for name, text in course.remarks.items():
        console.print(f"{name:<9} {text}", soft_wrap=True)


def _columns(course: Course) -> Iterator[str]:
    if course.steps is not None:
        yield "Step"
    yield from ("Time", "Residual")
    count = len(course.shares[0])
    yield from (f"Share {h}" for h in range(1, min(count, MOST_COLUMNS) + 1))
    if count > MOST_COLUMNS:
        yield f"... {count}"


def _row(course: Course, k: int) -> Iterator[str]:
    if course.steps is not None:
        yield str(course.steps[k])
    yield _rough(course.times[k], 6)
    yield _rough(course.residuals[k], 3)
    yield from (_short(share) for share in course.shares[k][:MOST_COLUMNS])
    if len(course.shares[k]) > MOST_COLUMNS:
        yield _short(course.shares[k][-1])


def _rough(number: Any, digits: int) -> str:
    if hasattr(number, "_mpf_"):
        return str(number.context.nstr(number, digits))
    return f"{number:.{digits}g}"


def _short(number: Any) -> str:
    if hasattr(number, "_mpf_"):
        return _rough(number, min(number.context.dps, MOST_DIGITS))
    return f"{number:.{DIGITS}f}" if abs(number) < 10**DIGITS else f"{number:.3e}"


def _plain(number: Any) -> Any:
    return number.context.nstr(number, number.context.dps) if hasattr(number, "_mpf_") else number


__all__ = ["Course", "of_descent", "of_flow", "render", "show"]
