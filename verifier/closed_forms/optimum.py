"""The flattest way to share a target among depth-balanced pathways of unequal depths.

With shares s_h and depths L_h the sharpness is the sum of L_h s_h^(2 - 2/L_h) (mode-sharpness).
Where it is least, (L_h - 1) s_h^(1 - 2/L_h) is one number mu for all pathways (unequal-depth-
optimum), so that s_h = (mu/(L_h - 1))^(L_h/(L_h - 2)) and mu is the root of an increasing function.
A pathway of depth 2 adds 2 s_h, so that mu is at most 1 beside one, and it takes what the others
leave there; one of depth 1 adds 1 whatever it carries, and takes everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import arb, ctx, fmpq

from verifier.closed_forms.radicals import Radicals, rational
from verifier.closed_forms.sharpness import MAX_BITS, MAX_DIGITS
from verifier.errors import VerifierError

MAX_STEPS = 200  # of Newton's method, which starts within a few units


@dataclass(frozen=True)
class OptimalSplit:
    """The flattest split; each number is known to a relative error below 10**-digits.

    `multiplier` is the common value mu of (L_h - 1) s_h^(1 - 2/L_h).  Where several pathways of
    depth 2, or of depth 1, share something, any other division among them is as flat: then the
    split is not `unique`, and they carry equal shares here.
    """

    shares: tuple[Fraction, ...]
    multiplier: Fraction
    sharpness: Fraction
    unique: bool


def optimal_split(depths: Sequence[int], target: Fraction | int, digits: int = 50) -> OptimalSplit:
    """The split of a target among pathways of given depths that has the least sharpness.

    Args:
        depths: the depth of each pathway, at least 1.
        target: what the shares sum to, positive.
        digits: how many digits are certain.

    >>> best = optimal_split([3, 4], 31)
    >>> [round(share, 40) for share in best.shares], round(best.multiplier, 40)
    ([Fraction(27, 1), Fraction(4, 1)], Fraction(6, 1))

    Raises:
        VerifierError: no depths, a depth below 1, a target that is not positive, too many digits.
    """
    depths, target = tuple(depths), Fraction(target)
    if not depths or min(depths) < 1:
        raise VerifierError(f"the depths {depths}", "give at least one, each at least 1")
    if target <= 0:
        raise VerifierError(
            f"the target {target}", "give a positive one: the sharpness depends on |target|"
        )
    if not 1 <= digits <= MAX_DIGITS:
        raise VerifierError(f"{digits} digits", f"ask for 1 to {MAX_DIGITS}")
    if 1 in depths:
        return _shared_by(depths, 1, target, Fraction(0))
    if len(set(depths)) == 1 and depths[0] == 2:
        return _shared_by(depths, 2, target, Fraction(1))
    deep = [depth for depth in depths if depth > 2]
    flat = len(deep) < len(depths) and _is_more_than_taken(deep, target)

    def enclosed() -> tuple[list[arb], arb, arb]:
        mu = arb(1) if flat else _multiplier(deep, target)
        shares = [_share(mu, d) if d > 2 else arb(0) for d in depths]
        if flat:
            rest = (_ball(target) - sum(shares, arb(0))) / depths.count(2)
            shares = [rest if d == 2 else s for d, s in zip(depths, shares, strict=True)]
        curvatures = (d * s ** (2 - arb(2) / d) for d, s in zip(depths, shares, strict=True))
        return shares, mu, sum(curvatures, arb(0))

    shares, mu, sharpness = _until_certain(enclosed, digits)
    return OptimalSplit(shares, mu, sharpness, not flat or depths.count(2) == 1)


def _shared_by(
    depths: tuple[int, ...], depth: int, target: Fraction, multiplier: Fraction
) -> OptimalSplit:
    """The pathways of one depth carry the target, at a sharpness that does not depend on how."""
    active = depths.count(depth)
    shares = tuple(target / active if d == depth else Fraction(0) for d in depths)
    sharpness = Fraction(active) if depth == 1 else 2 * target
    return OptimalSplit(shares, multiplier, sharpness, active == 1)


def _is_more_than_taken(deep: Sequence[int], target: Fraction) -> bool:
    """Whether the target is more than what deeper pathways take at mu = 1."""
    index = lcm(*(depth - 2 for depth in deep))
    radicals = Radicals([Fraction(depth - 1) for depth in deep], index)
    taken = radicals.total(
        radicals.product(1, [(Fraction(depth - 1), -depth * (index // (depth - 2)))])
        for depth in deep
    )
    exact = rational(taken)
    if exact is not None:
        return target > exact
    bits = 64
    while (ball := radicals.ball(taken, bits)).contains(fmpq(target.numerator, target.denominator)):
        bits *= 2
    return bool(ball < _ball(target))


def _share(mu: arb, depth: int) -> arb:
    return (mu / (depth - 1)) ** (arb(depth) / (depth - 2))


def _multiplier(depths: Sequence[int], target: Fraction) -> arb:
    """A ball around the mu at which the shares sum to the target, or NaN at too few bits.

    The logarithm of the sum is a convex function of log(mu) with slopes from 1 to 3, so that
    Newton's method descends to the root from a point above it.  The ball is certain because the
    sum increases, and is less than the target at one end and more at the other.
    """
    goal = _ball(target).log()
    rates = [arb(depth) / (depth - 2) for depth in depths]
    offsets = [arb(depth - 1).log() for depth in depths]

    def excess(t: arb) -> tuple[arb, arb]:
        parts = [(a * (t - b)).exp() for a, b in zip(rates, offsets, strict=True)]
        whole = sum(parts, arb(0))
        slope = sum((a * p for a, p in zip(rates, parts, strict=True)), arb(0)) / whole
        return whole.log() - goal, slope

    starts = [(b + goal / a).mid() for a, b in zip(rates, offsets, strict=True)]
    t = min(starts, key=float)
    radius = arb(2) ** (len(depths).bit_length() + 24 - ctx.prec)
    for _ in range(MAX_STEPS):
        value, slope = excess(t)
        step = (value / slope).mid()
        t = (t - step).mid()
        if abs(step) < radius:
            low, high = t - radius, t + radius
            certain = excess(low)[0] < 0 and excess(high)[0] > 0
            return low.union(high).exp() if certain else arb.nan()
    return arb.nan()


def _until_certain(
    enclosed: Callable[[], tuple[list[arb], arb, arb]], digits: int
) -> tuple[tuple[Fraction, ...], Fraction, Fraction]:
    """The middles of the balls, once each is small beside the number that it encloses."""
    before, bits = ctx.prec, int(digits * 3.33) + 64
    try:
        while bits <= MAX_BITS:
            ctx.prec = bits
            shares, mu, sharpness = enclosed()
            scale = arb(10) ** digits
            if all(
                b.rad() * scale < b.abs_lower() or b.is_zero() for b in (*shares, mu, sharpness)
            ):
                return tuple(map(_middle, shares)), _middle(mu), _middle(sharpness)
            bits *= 2
    finally:
        ctx.prec = before
    raise VerifierError("the split could not be enclosed closely enough", "ask for fewer digits")


def _ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))


def _middle(ball: arb) -> Fraction:
    mantissa, exponent = ball.mid().man_exp()
    return int(mantissa) * Fraction(2) ** int(exponent)


__all__ = ["OptimalSplit", "optimal_split"]
