"""The step size up to which every overshoot of a single chain returns in one step, enclosed by Arb.

With the target scaled to 1, gradient descent maps the layer value u of a chain of depth L to
f(u) = u + (gamma / L) u^(L-1) (1 - u^L), gamma = eta S_1 being the step size times the sharpness.
For gamma > 1 the largest value of f on (0, 1) is at the only u there with
L = gamma u^(L-2) d, where d = (2 L - 1) u^L - (L - 1) lies in (0, L); it is r u with
r = 1 + (1 - u^L) / d.  It returns to (0, 1) if and only if f(r u) > 0, which is
r^(L-2) (r^L u^L - 1) < d.  The left side falls and d grows with u, and gamma falls with u: the
equality holds for one d only, and gamma there is the least upper bound of those that return.
The theorems `overshoots`, `largest-overshoot` and `worst-case-return` prove all this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, pow
from typing import TYPE_CHECKING

from verifier.closed_forms.crossing import crossing
from verifier.closed_forms.sharpness import rounded
from verifier.errors import VerifierError

if TYPE_CHECKING:
    from flint import arb

MAX_DIGITS = 2_000
MAX_DEPTH = 10**9


@dataclass(frozen=True)
class ReturnThreshold:
    """Below `gamma` every overshoot is back one step later; from it on the largest is not.

    Decimal digits, each correctly rounded: `gamma` is the threshold of eta S_1, `start` the place
    in (0, 1) from which the largest overshoot is made, and `overshoot` where that leads.
    """

    depth: int
    gamma: str
    start: str
    overshoot: str

    def step_size(self, target: float = 1.0) -> float:
        """The threshold of the step size itself, gamma / S_1 with S_1 = L target^(2 - 2/L).

        Raises:
            VerifierError: the target is not positive.
        """
        if not 0 < target < inf:
            raise VerifierError(f"the target {target}", "give a positive number")
        return float(self.gamma) / (self.depth * pow(target, 2 - 2 / self.depth))


def return_threshold(depth: int, digits: int = 15) -> ReturnThreshold:
    """The least upper bound of the gamma = eta S_1 with which every overshoot is back in one step.

    >>> return_threshold(5).gamma
    '4.22449541461224'

    Args:
        depth: the depth L >= 2 of the chain; gamma depends on nothing else.
        digits: how many significant digits are wanted.

    Raises:
        VerifierError: a depth below 2, where no place makes the largest overshoot, or too large;
            too many digits.

    Source: worst-case-return in mathematics.md.
    """
    if not 2 <= depth <= MAX_DEPTH:
        raise VerifierError(f"depth {depth}", f"ask for a depth from 2 to {MAX_DEPTH}")
    if not 1 <= digits <= MAX_DIGITS:
        raise VerifierError(f"{digits} digits", f"ask for 1 to {MAX_DIGITS}")
    found: dict[int, tuple[arb, arb, arb]] = {}

    def enclosed(part: int) -> Callable[[int], arb]:
        def ball(bits: int) -> arb:
            if bits not in found:
                found[bits] = enclosure(depth, bits)
            return found[bits][part]

        return ball

    return ReturnThreshold(depth, *(rounded(enclosed(part), digits) for part in range(3)))


def enclosure(depth: int, bits: int) -> tuple[arb, arb, arb]:
    """Balls around gamma, the start and the overshoot, computed with so many bits."""
    from flint import arb, ctx

    before = ctx.prec
    ctx.prec = bits + 3 * depth.bit_length()
    try:
        d = crossing(lambda d: _excess(depth, d), arb(depth), bits)
        power = _power(depth, d)
        start = (power.log() / depth).exp()
        gamma = depth / ((1 - arb(2) / depth) * power.log()).exp() / d
        return gamma, start, start * (1 + (1 - power) / d)
    finally:
        ctx.prec = before


def _power(depth: int, d: arb) -> arb:
    """u^L, of which d is (2 L - 1) u^L - (L - 1)."""
    return (d + (depth - 1)) / (2 * depth - 1)


def _excess(depth: int, d: arb) -> arb:
    """r^(L-2) (r^L u^L - 1) - d: positive where the largest overshoot does not return."""
    power = _power(depth, d)
    ratio = 1 + (1 - power) / d
    back = ratio ** (depth - 2)
    return back * (back * ratio**2 * power - 1) - d


__all__ = ["ReturnThreshold", "enclosure", "return_threshold"]
