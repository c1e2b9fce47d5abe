"""How far rounding moves a run in floats: the same run again, in high precision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .descent import Run, descend, settings
from .errors import DynamicsError

MOST_DIGITS = 1000
TRUSTED = 1000  # times closer to the truth is the run in high precision


def private(digits: int) -> Any:
    """A context of mpmath of its own, with so many digits.

    >>> private(30).mpf(0.1)
    mpf('0.100000000000000005551115123125783')

    Raises:
        DynamicsError: the digits are out of range.
    """
    from mpmath import MPContext

    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= MOST_DIGITS:
        raise DynamicsError(f"{digits!r} digits", f"ask for an integer from 1 to {MOST_DIGITS}")
    context = MPContext()
    context.dps = digits
    return context


def rounding(
    depths: Sequence[int],
    start: Sequence[float],
    target: float,
    eta: float,
    steps: int,
    digits: int = 50,
) -> list[float]:
    """The error of a run in floats, the largest among the shares, after each step.

    It is measured against a run in high precision from the same binary fractions.  That run has an
    error too; it is found with twice the digits, and must be far smaller.

    Raises:
        DynamicsError: the input describes no run, the runs diverge at different steps, or the
            digits do not suffice, as where the run is chaotic and long.

    >>> max(rounding((3, 3), (0.2, 0.1), target=1.0, eta=0.1, steps=500)) < 1e-15
    True
    """
    depths, state, target, eta = settings(depths, start, float(target), float(eta))

    def run(precision: int | None) -> Run:
        if precision is None:
            return descend(depths, state, target, eta, steps)
        convert = private(precision).convert
        return descend(depths, state, convert(target), convert(eta), steps)

    rough, fine, finer = run(None), run(digits), run(2 * digits)
    found, doubt = apart(rough, finer), max(apart(fine, finer))
    if doubt * TRUSTED > max(found) and doubt > 0:
        raise DynamicsError(
            f"{digits} digits do not suffice: the run in high precision is off by {doubt:.1e}",
            "take more digits or fewer steps",
        )
    return found


def apart(run: Run, other: Run) -> list[float]:
    """The largest difference of a share after each step, whatever the kinds of number.

    Raises:
        DynamicsError: the runs diverge at different steps.
    """
    if run.diverged != other.diverged:
        raise DynamicsError(
            "rounding decides at which step the run diverges", "take fewer steps or a smaller eta"
        )
    return [
        max(float(abs(a - b)) for a, b in zip(shares, others, strict=True))
        for shares, others in zip(run.shares, other.shares, strict=True)
    ]


__all__ = ["apart", "private", "rounding"]
