"""The two-cycle of gradient descent on a single chain, enclosed by Arb to any number of digits.

With gamma = eta S_1 the layer values of the cycle are e^(-s) r w* and e^s r w*, where
w* = sigma^(1/L) is the minimum, r = (cosh((L-1) s) / cosh((2L-1) s))^(1/L), and s > 0 solves
gamma = 2 L cosh((2L-1) s) sinh(s) / sinh(L s) * (cosh((2L-1) s) / cosh((L-1) s))^(1-2/L).
That is the equation of the theorem `two-cycle` with z = e^(2 s): it has a root for every gamma > 2,
with z < gamma^(2/L), and one only, because the right side rises (`two-cycle-step-size`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verifier.closed_forms.crossing import crossing
from verifier.closed_forms.sharpness import decimal
from verifier.errors import VerifierError

if TYPE_CHECKING:
    from flint import arb

MAX_DIGITS = 2_000
MAX_DEPTH = 10**9
DOUBLINGS = 5  # of the bits, until all signs are seen


@dataclass(frozen=True)
class TwoCycle:
    """The two layer values that a step of gradient descent exchanges, `lower` < w* < `upper`.

    Decimal digits, off by less than a unit of the last: `ratio` is upper / lower, `multiplier` the
    product of the map's derivatives at both points; `stable` is about layers that stay equal.
    """

    depth: int
    eta: Fraction
    target: Fraction
    ratio: str
    lower: str
    upper: str
    multiplier: str
    stable: bool

    def __repr__(self) -> str:
        kind = "stable" if self.stable else "unstable"
        return f"{self.lower} <-> {self.upper}, {kind}: multiplier {self.multiplier}"


def two_cycle(
    depth: int, eta: Fraction, target: Fraction = Fraction(1), digits: int = 15
) -> TwoCycle:
    """The only two-cycle of positive layer values of a single chain; it is there for eta > 2/S_1.

    >>> two_cycle(2, Fraction(3, 2))
    0.577350269189626 <-> 1.15470053837925, unstable: multiplier -3.5
    >>> two_cycle(20, Fraction(11, 100), digits=5)
    0.98884 <-> 1.0067, stable: multiplier 0.20151

    Args:
        depth: the depth L >= 2 of the chain.
        eta: the step size, exact.
        target: sigma > 0, exact.
        digits: how many significant digits are wanted; decimal places of the multiplier.

    Raises:
        VerifierError: the step size is at most 2/S_1, with which there is no such cycle; a number
            is out of range.

    Source: two-cycle in mathematics.md.
    """
    if not 2 <= depth <= MAX_DEPTH:
        raise VerifierError(f"depth {depth}", f"ask for a depth from 2 to {MAX_DEPTH}")
    if not 1 <= digits <= MAX_DIGITS:
        raise VerifierError(f"{digits} digits", f"ask for 1 to {MAX_DIGITS}")
    for name, value in (("step size", eta), ("target", target)):
        if not value > 0:
            raise VerifierError(f"the {name} {value}", "give a positive number")
    eta, target = Fraction(eta), Fraction(target)
    _require_beyond(depth, eta, target)
    unit = Fraction(1, 10 ** (digits + 1))
    for bits in _precisions(int(digits * 3.33) + 64, DOUBLINGS):
        balls = enclosure(depth, eta, target, bits)
        *sizes, multiplier = map(_bounds, balls)
        close = all(low > 0 and high - low <= unit * low for low, high in sizes)
        stable = -1 < multiplier[0] and multiplier[1] < 1
        sure = stable or multiplier[1] < -1 or multiplier[0] > 1
        if close and sure and multiplier[1] - multiplier[0] <= unit:
            break
    else:
        raise VerifierError(
            "the cycle could not be enclosed so closely", "take a step size a little larger"
        )
    ratio, lower, upper = (decimal((low + high) / 2, digits) for low, high in sizes)
    places = round(sum(multiplier) / 2 * 10**digits)
    return TwoCycle(
        depth,
        eta,
        target,
        ratio,
        lower,
        upper,
        decimal(Fraction(places, 10**digits), digits + len(str(places))),
        stable,
    )


def enclosure(depth: int, eta: Fraction, target: Fraction, bits: int) -> tuple[arb, arb, arb, arb]:
    """Balls around the ratio, both points and the multiplier, computed with so many bits.

    The step size must be more than 2/S_1.
    """
    from flint import arb, ctx

    before = ctx.prec
    ctx.prec = bits + 3 * depth.bit_length()
    try:
        gamma, lift = _gamma(depth, eta, target), 1 - arb(2) / depth

        def sums(s: arb) -> tuple[arb, arb]:
            return ((depth - 1) * s).cosh(), ((2 * depth - 1) * s).cosh()

        def missing(s: arb) -> arb:
            near, far = sums(s)
            scaled = 2 * depth * far * s.sinh() / (depth * s).sinh()
            return gamma - scaled * (lift * (far / near).log()).exp()

        s = crossing(missing, (gamma.log() / depth).upper(), ctx.prec)
        near, far = sums(s)
        shrunk = ((near / far * _ball(target)).log() / depth).exp()
        multiplier = arb(1)
        for side in (-s, s):
            power = (depth * side).exp() * near / far  # of the point over w*, to the L
            bend = (2 * depth - 1) * power - (depth - 1)
            multiplier *= 1 - gamma / depth * (lift * power.log()).exp() * bend
        return (2 * s).exp(), shrunk * (-s).exp(), shrunk * s.exp(), multiplier
    finally:
        ctx.prec = before


def _gamma(depth: int, eta: Fraction, target: Fraction) -> arb:
    """The step size times S_1 = L target^(2 - 2/L)."""
    from flint import arb

    power = ((2 - arb(2) / depth) * _ball(target).log()).exp()
    return depth * _ball(eta) * power


def _ball(number: Fraction) -> arb:
    from flint import arb, fmpq

    return arb(fmpq(number.numerator, number.denominator))


def _bounds(ball: arb) -> tuple[Fraction, Fraction]:
    """Exact bounds of a ball; of one without, bounds that tell nothing."""
    if not ball.is_finite():
        return Fraction(-1), Fraction(1)
    middle, radius = (Fraction(int(q.p), int(q.q)) for q in (ball.mid().fmpq(), ball.rad().fmpq()))
    return middle - radius, middle + radius


def _precisions(first: int, doublings: int) -> Iterator[int]:
    """Bits to try, each time twice as many."""
    return (first << doubled for doubled in range(doublings + 1))


def _require_beyond(depth: int, eta: Fraction, target: Fraction) -> None:
    """Refuse a step size that is at most 2/S_1, with which no positive values are exchanged."""
    from flint import ctx

    before = ctx.prec
    try:
        for ctx.prec in _precisions(128, DOUBLINGS):
            gamma = _gamma(depth, eta, target)
            if gamma > 2:
                return
            if gamma < 2 or _critical(depth, eta, target):
                limit = (2 * _ball(eta) / gamma).str(6, radius=False)
                raise VerifierError(
                    f"with the step size {decimal(eta, 6)} no two layer values are exchanged",
                    f"take one above 2/S_1 = {limit}",
                )
    finally:
        ctx.prec = before
    raise VerifierError("the step size is too close to 2/S_1", "take a larger one")


def _critical(depth: int, eta: Fraction, target: Fraction) -> bool:
    """Whether eta S_1 = 2 exactly, that is (eta L target^2 / 2)^L = target^2.

    >>> _critical(4, Fraction(1, 16), Fraction(4)), _critical(3, Fraction(1), Fraction(1))
    (True, False)
    """
    power = eta * depth * target**2 / 2
    longest = max(number.bit_length() for number in target.as_integer_ratio())
    if power == 1 or depth > 2 * longest:  # else the power is longer than the square
        return power == target == 1
    return power**depth == target**2


__all__ = ["TwoCycle", "enclosure", "two_cycle"]
