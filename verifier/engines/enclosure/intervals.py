"""Intervals with exact end points, rounded outwards by Arb.

The image of an interval contains every value of the operation on it; where the operation has no
value it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from flint import arb, ctx, fmpq

INFINITY = arb.pos_inf()
ZERO, ONE = arb(0), arb(1)
MAX_EXPONENT = arb(2**30)  # of the exponential; beyond it bounds are coarse
MAX_WHOLE_BITS = 32  # of an integer exponent


class Nowhere(Exception):
    """The term has no value at any point of the box."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Arb computes with so many bits inside."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def down(ball: arb) -> arb:
    """An exact number that is not above anything in the ball."""
    lower = ball.lower()
    return -INFINITY if lower.is_nan() else lower


def up(ball: arb) -> arb:
    """An exact number that is not below anything in the ball."""
    upper = ball.upper()
    return INFINITY if upper.is_nan() else upper


class Interval(NamedTuple):
    """All real numbers from `lo` to `hi`: exact, or infinite."""

    lo: arb
    hi: arb

    @property
    def positive(self) -> bool:
        """Whether every number in it is positive."""
        return bool(self.lo > 0)

    @property
    def nonnegative(self) -> bool:
        """Whether no number in it is negative."""
        return bool(self.lo >= 0)

    @property
    def nonzero(self) -> bool:
        """Whether it does not contain 0."""
        return bool(self.lo > 0 or self.hi < 0)

    @property
    def width(self) -> arb:
        """Not less than the distance of the end points."""
        return up(self.hi - self.lo)


EVERYTHING = Interval(-INFINITY, INFINITY)
UNIT, SYMMETRIC = Interval(ZERO, ONE), Interval(-ONE, ONE)


def between(lower: fmpq | Fraction, upper: fmpq | Fraction) -> Interval:
    """The interval between two rational numbers, rounded outwards.

    >>> with precision(20):
    ...     third = between(Fraction(1, 3), Fraction(1, 3))
    >>> third.lo.fmpq() < fmpq(1, 3) < third.hi.fmpq()
    True
    """
    return Interval(down(arb(_rational(lower))), up(arb(_rational(upper))))


def _rational(value: fmpq | Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else value


def holds(op: str, difference: Interval) -> bool | None:
    """Whether `difference op 0` is true of all its values, or false of all, or None."""
    lo, hi = difference
    if op in (">", ">="):
        return holds({">": "<", ">=": "<="}[op], negative(difference))
    if op == "<":
        return True if hi < 0 else False if lo >= 0 else None
    if op == "<=":
        return True if hi <= 0 else False if lo > 0 else None
    apart = None if not difference.nonzero else True
    if apart is None and lo == 0 and hi == 0:
        apart = False
    return apart if op == "!=" or apart is None else not apart


def plus(a: Interval, b: Interval) -> Interval:
    """The sums."""
    return Interval(down(a.lo + b.lo), up(a.hi + b.hi))


def minus(a: Interval, b: Interval) -> Interval:
    """The differences."""
    return Interval(down(a.lo - b.hi), up(a.hi - b.lo))


def negative(a: Interval) -> Interval:
    """The negatives."""
    return Interval(down(-a.hi), up(-a.lo))  # Arb may round a negative, too


def times(a: Interval, b: Interval) -> Interval:
    """The products; an infinite end point bounds finite numbers, so that 0 times it is 0."""
    corners = [ZERO if p == 0 or q == 0 else p * q for p, q in product(a, b)]
    return Interval(min(map(down, corners)), max(map(up, corners)))


def over(a: Interval, b: Interval) -> Interval:
    """The quotients."""
    return times(a, inverse(b))


def inverse(b: Interval) -> Interval:
    """The values of 1/x."""
    if b.lo == 0 and b.hi == 0:
        raise Nowhere
    if b.lo < 0 < b.hi:
        return EVERYTHING
    lo = -INFINITY if b.hi == 0 else down(1 / b.hi)
    hi = INFINITY if b.lo == 0 else up(1 / b.lo)
    return Interval(lo, hi)


def whole_power(x: Interval, exponent: int) -> Interval:
    """The values of x**n for an integer n (0**0 = 1)."""
    if exponent < 0:
        return inverse(whole_power(x, -exponent))
    if exponent == 0:
        return Interval(ONE, ONE)
    if exponent.bit_length() > MAX_WHOLE_BITS:
        return EVERYTHING
    lo, hi = _whole(x.lo, exponent), _whole(x.hi, exponent)
    if exponent % 2 or x.lo >= 0:
        return Interval(down(lo), up(hi))
    if x.hi <= 0:
        return Interval(down(hi), up(lo))
    return Interval(ZERO, max(up(lo), up(hi)))


def _whole(x: arb, exponent: int) -> arb:
    return x**exponent if x.is_finite() else x if exponent % 2 else INFINITY


def real_power(x: Interval, y: Interval) -> Interval:
    """The values of x**y (0**0 = 1; a negative base may have an integer exponent)."""
    if x.lo < 0:
        return EVERYTHING
    bounds = []
    if x.lo == 0 and y.hi > 0:
        bounds.append(ZERO)
    if x.lo == 0 and y.lo <= 0 <= y.hi:
        bounds.append(ONE)
    if x.hi > 0:
        bounds.extend(exponential(times(y, logarithm(x))))
    if not bounds:
        raise Nowhere
    return Interval(min(bounds), max(bounds))


def exponential(x: Interval) -> Interval:
    """The values of exp."""
    lo = ZERO if x.lo < -MAX_EXPONENT else max(ZERO, down(min(x.lo, MAX_EXPONENT).exp()))
    hi = INFINITY if x.hi > MAX_EXPONENT else up(max(x.hi, -MAX_EXPONENT).exp())
    return Interval(lo, hi)


def logarithm(x: Interval) -> Interval:
    """The values of log."""
    if x.hi <= 0:
        raise Nowhere
    lo = -INFINITY if x.lo <= 0 else INFINITY if not x.lo.is_finite() else down(x.lo.log())
    return Interval(lo, up(x.hi.log()) if x.hi.is_finite() else INFINITY)


def square_root(x: Interval) -> Interval:
    """The values of sqrt."""
    if x.hi < 0:
        raise Nowhere
    lo = ZERO if x.lo <= 0 else max(ZERO, down(x.lo.sqrt()))
    return Interval(lo, up(x.hi.sqrt()) if x.hi.is_finite() else INFINITY)


def _wave(x: Interval, value: Callable[[arb], arb], slope: Callable[[arb], arb]) -> Interval:
    """The values of sine or cosine, which is concave where it is positive."""
    if not (x.lo.is_finite() and x.hi.is_finite()):
        return SYMMETRIC
    whole = x.lo.union(x.hi)
    height, rise = value(whole), slope(whole)
    first, last = value(x.lo), value(x.hi)
    if rise >= 0:
        lo, hi = down(first), up(last)
    elif rise <= 0:
        lo, hi = down(last), up(first)
    else:
        lo, hi = down(height), up(height)
        if height >= 0:
            lo = max(lo, min(down(first), down(last)))
        elif height <= 0:
            hi = min(hi, max(up(first), up(last)))
    return Interval(max(lo, -ONE), min(hi, ONE))


def sine(x: Interval) -> Interval:
    """The values of sin."""
    return _wave(x, lambda t: t.sin(), lambda t: t.cos())


def cosine(x: Interval) -> Interval:
    """The values of cos."""
    return _wave(x, lambda t: t.cos(), lambda t: -t.sin())


def absolute(x: Interval) -> Interval:
    """The absolute values."""
    if x.lo >= 0:
        return x
    return negative(x) if x.hi <= 0 else Interval(ZERO, max(up(-x.lo), x.hi))


def smaller(a: Interval, b: Interval) -> Interval:
    """The values of Min."""
    return Interval(min(a.lo, b.lo), min(a.hi, b.hi))


def larger(a: Interval, b: Interval) -> Interval:
    """The values of Max."""
    return Interval(max(a.lo, b.lo), max(a.hi, b.hi))


def circle() -> Interval:
    """Around pi."""
    return Interval(down(arb.pi()), up(arb.pi()))
