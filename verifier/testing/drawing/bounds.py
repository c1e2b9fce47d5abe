"""Between which numbers all that is given leaves a variable its values."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from flint import arb, fmpq

from verifier.engines.counterexample.values import small_values
from verifier.engines.enclosure.boxes import simplest
from verifier.engines.enclosure.intervals import INFINITY, Interval, Nowhere, between, precision
from verifier.engines.enclosure.narrowing import narrowed
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused
from verifier.statements.terms import Number, Relation, Symbol, Term

from .equations import exact
from .written import approximate

ROUNDS = 4  # of narrowing
LEVELS = 150  # of a continued fraction
SIMPLE = 10**12  # of a denominator
BITS, AGREE = 2_400, 200  # of narrowing, and in which a bound and a simple number are the same
FAR = fmpq(2) ** 4_000  # bounds beyond are none, and those closer to zero are zero


class Left(NamedTuple):
    """What is left to a variable: bounds, which it may have unless something given excludes it."""

    lower: Fraction | None
    upper: Fraction | None

    def context(self, symbol: Symbol) -> Context:
        """The bounds as a context in which values of the variable are looked for."""
        above = () if self.lower is None else (symbol >= self.lower,)
        below = () if self.upper is None else (symbol <= self.upper,)
        return context_of((*above, *below))

    def simple(self, symbol: Symbol, count: int) -> list[Term]:
        """The simplest values between the bounds, ends that are simple among them.

        >>> from verifier.statements.vocabulary import real
        >>> Left(Fraction(0), Fraction(1)).simple(real("x"), 4)
        [0, 1, 1/2, 1/3]
        >>> Left(Fraction(1), Fraction(1001, 1000)).simple(real("x"), 4)
        [1, 1001/1000, 1002/1001, 1003/1002]
        """
        lower, upper = self
        if symbol.arity or symbol.domain.integer or lower is None or upper is None:
            return small_values(symbol, self._simpler().context(symbol), count)
        return [Number(value) for value in islice(_between(lower, upper), count)]

    def _simpler(self) -> Left:
        """With a simple number a little inside of an end that is not."""
        lower, upper = (None if end is None else _flint(end) for end in self)
        if lower is not None and lower.q > SIMPLE:
            lower = simplest(lower, lower + max(fmpq(1), abs(lower)) / 16)
        if upper is not None and upper.q > SIMPLE:
            upper = simplest(upper - max(fmpq(1), abs(upper)) / 16, upper)
        return Left(*(None if end is None else exact(end) for end in (lower, upper)))


def left(given: tuple[Relation, ...], further: tuple[Relation, ...], symbol: Symbol) -> Left:
    """The bounds that what is given leaves a variable, the others being anything.

    What follows from all that is given may narrow them further.

    >>> from verifier.statements.vocabulary import real
    >>> x, y = real("x"), real("y")
    >>> left((x**2 + y**2 <= 4, y >= 0), (), y)
    Left(lower=Fraction(0, 1), upper=Fraction(2, 1))

    Raises:
        Nowhere: no value is left.
    """
    lower = upper = None
    if symbol.arity or symbol.domain.integer:  # bounds by other variables, which are still open
        own = context_of(given).bounds(symbol)
        lower = None if own.lower is None else exact(own.lower)
        upper = None if own.upper is None else exact(own.upper)
    if symbol.arity:
        return Left(lower, upper)
    found = _box(given + further).get(symbol) or _domain(symbol)
    low, high = _end(found.lo, 1), _end(found.hi, -1)
    if low is not None and high is not None and not _apart(low, high):
        only = _only(found.lo.fmpq(), found.hi.fmpq())
        low, high = (low, high) if only is None else (only, only)
    if low is not None and (lower is None or _apart(low, lower) > 0):
        lower = low
    if high is not None and (upper is None or _apart(upper, high) > 0):
        upper = high
    if lower is not None and upper is not None and lower > upper:
        if _apart(lower, upper) > 0:
            raise Nowhere
        return Left(lower, lower)
    return Left(lower, upper)


@lru_cache(maxsize=256)
def _box(given: tuple[Relation, ...]) -> dict[Symbol, Interval]:
    with precision(BITS):
        plain, balls = approximate(given)
        box = {s: _domain(s) for s in _variables(given)}
        box |= {s: _around(value) for s, value in balls.items()}
        for _ in range(ROUNDS):
            before = box
            for relation in plain:
                try:
                    box = narrowed(relation, box)
                except Refused:
                    continue
            box = {s: _whole(i) if s.domain.integer else i for s, i in box.items()}
            if box == before:
                break
        return box


def _variables(given: Iterable[Relation]) -> frozenset[Symbol]:
    return frozenset(s for g in given for s in g.free if not s.arity)


def _domain(symbol: Symbol) -> Interval:
    lower = symbol.domain.lower
    return Interval(-INFINITY if lower is None else between(lower, lower).lo, INFINITY)


def _around(value: Fraction) -> Interval:
    room = abs(value) / 2**AGREE
    return Interval(between(value - room, value - room).lo, between(value + room, value + room).hi)


def _between(lower: Fraction, upper: Fraction) -> Iterator[Fraction]:
    """Fractions in an interval, simple ones first: in each part the simplest, then beside it."""
    if lower == upper:
        yield lower
        return
    yield from (end for end in (lower, upper) if end.denominator <= SIMPLE)
    parts = deque([(lower, upper)])
    while parts:
        low, high = parts.popleft()
        room = (high - low) / 2**AGREE
        value = exact(simplest(_flint(low + room), _flint(high - room)))
        yield value
        parts += [(low, value), (value, high)]


def _flint(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _whole(found: Interval) -> Interval:
    low = found.lo.ceil() if found.lo.is_finite() else found.lo
    high = found.hi.floor() if found.hi.is_finite() else found.hi
    if low > high:
        raise Nowhere
    return Interval(low, high)


def _end(end: arb, inwards: int) -> Fraction | None:
    """A simple number at the end of an interval, or none where the end is far away."""
    if not (end.is_finite() and -FAR < end < FAR):
        return None
    if -1 / FAR < end < 1 / FAR:
        return Fraction(0)
    value = end.fmpq()
    near = value + inwards * abs(value) / fmpq(2) ** AGREE
    return exact(simplest(min(value, near), max(value, near)))


def _only(low: fmpq, high: fmpq) -> Fraction | None:
    """The simplest number in a short interval, if it is found soon, by continued fractions.

    >>> _only(fmpq(333, 1000), fmpq(334, 1000)), _only(fmpq(-1, 2), fmpq(-1, 2))
    (Fraction(1, 3), Fraction(-1, 2))
    """
    if high < 0:
        found = _only(-high, -low)
        return None if found is None else -found
    if low <= 0:
        return Fraction(0)
    p, q, r, s = 0, 1, 1, 0
    for _ in range(LEVELS):
        whole = int(low.ceil())
        if whole <= high:
            return Fraction(whole * r + p, whole * s + q)
        whole -= 1
        p, q, r, s = r, s, whole * r + p, whole * s + q
        low, high = 1 / (high - whole), 1 / (low - whole)
    return None


def _apart(a: Fraction, b: Fraction) -> Fraction:
    """a - b, or 0 where they agree but for rounding."""
    return Fraction(0) if abs(a - b) * 2 ** (AGREE // 2) <= abs(b) else a - b


__all__ = ["Left", "left"]
