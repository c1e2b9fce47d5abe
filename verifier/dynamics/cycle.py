"""The two-cycle of the theory that a run of equal layers ended in."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any

from verifier.errors import VerifierError

from .outcome import Kind, Outcome

if TYPE_CHECKING:
    from verifier.closed_forms.cycle import TwoCycle

    from .descent import Run

NEAR = 1e-6  # of a layer value


def cycle_of_theory(run: Run, found: Outcome) -> TwoCycle | None:
    """The cycle that `two-cycle` proves, enclosed, if the run alternates between its points.

    The layers must be equal, of one pathway or of several equal ones: H of them move as one does
    with the step size H eta and the target sigma / H.

    >>> from .descent import descend
    >>> from .outcome import outcome
    >>> run = descend((3,), (0.9,), target=1.0, eta=0.75, steps=2000)
    >>> cycle_of_theory(run, outcome(run))
    0.887464686739717 <-> 1.06528668816399, stable: multiplier -0.011287921699958
    """
    paths, depth = len(run.depths), run.depths[0]
    if found.kind is not Kind.CYCLE or found.period != 2 or run.depths != (depth,) * paths:
        return None
    from verifier.closed_forms.cycle import two_cycle

    try:
        cycle = two_cycle(depth, exact(run.eta) * paths, exact(run.target) / paths)
    except VerifierError:  # there is none, as for a negative target
        return None
    ends = sorted(map(_layers, run.states[-2:]))
    for layers, value in zip(ends, (float(cycle.lower), float(cycle.upper)), strict=True):
        if any(abs(layer - value) > NEAR * value for layer in layers):
            return None
    return cycle


def exact(number: Any) -> Fraction:
    """A number of a run as a fraction, unrounded.

    >>> exact(0.75)
    Fraction(3, 4)
    """
    if hasattr(number, "_mpf_"):
        mantissa, exponent = number.man_exp
        return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return Fraction(number)


def _layers(state: Any) -> list[float]:
    """All layer values, as floats."""
    flat = chain.from_iterable(state) if isinstance(state[0], tuple) else state
    return sorted(map(float, flat))


__all__ = ["cycle_of_theory", "exact"]
