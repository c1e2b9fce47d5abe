"""Asymptotic series in a small t > 0: sums of c * t**k * l**m with l = log(1/t), and an error.

A `Series` says of a function f that, for all sufficiently small t > 0, f(t) is defined and

    f(t) == sum of c * t**k * l**m + O(t**K * l**M),

with finitely many terms, rational k and m, and coefficients c that do not depend on t; without an
error, f(t) equals the sum.  t**k * l**m is of smaller order than t**K * l**M exactly if k > K, or
k == K and m < M.  Each operation keeps that meaning: orders multiply, a smaller order is absorbed
by a larger one, and for u -> 0 a power series that converges near 0 is, after n terms, exact to
O(u**n).  No coefficient is taken to be zero, or not to be, unless the context proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.polynomial import Facts, Poly, Refused, constant
from verifier.kernel.powers import multiply

MAX_SIZE = 80  # of a series, in monomials of its coefficients
MAX_PAIRS = 64  # of monomials, in a product of two coefficients


class Lost(Refused):
    """The error hides what is asked for; more terms may show it."""


class Order(NamedTuple):
    """t**power * l**log."""

    power: fmpq
    log: fmpq = fmpq(0)

    @property
    def rank(self) -> tuple[fmpq, fmpq]:
        """Larger for what is smaller as t tends to 0."""
        return self.power, -self.log

    def beside(self, other: Order) -> Order:
        """The product of two orders."""
        return Order(self.power + other.power, self.log + other.log)

    def raised(self, exponent: fmpq) -> Order:
        """The order to a rational power."""
        return Order(self.power * exponent, self.log * exponent)


UNIT, LOGARITHM = Order(fmpq(0)), Order(fmpq(0), fmpq(1))


class Series:
    """Terms in falling order, all of larger order than the error (`None`: exact)."""

    __slots__ = ("error", "terms")
    terms: dict[Order, Poly]
    error: Order | None

    def __init__(self, terms: Mapping[Order, Poly], error: Order | None = None) -> None:
        kept = sorted((o for o, c in terms.items() if c), key=lambda o: o.rank)
        size = 0
        for place, order in enumerate(kept):
            if error is not None and order.rank >= error.rank:
                kept = kept[:place]
                break
            size += len(terms[order].terms)
            if place and size > MAX_SIZE:  # the rest goes into the error
                kept, error = kept[:place], order
                break
        self.terms, self.error = {o: terms[o] for o in kept}, error

    @property
    def exactly_zero(self) -> bool:
        """Whether the function is known to vanish."""
        return not self.terms and self.error is None

    @property
    def bound(self) -> Order | None:
        """An order that the function does not exceed; `None` for zero."""
        return next(iter(self.terms), self.error)

    def __add__(self, other: Series) -> Series:
        terms = dict(self.terms)
        for order, coefficient in other.terms.items():
            terms[order] = terms.get(order, constant(0)) + coefficient
        errors = [s.error for s in (self, other) if s.error is not None]
        return Series(terms, largest(errors) if errors else None)

    def __neg__(self) -> Series:
        return Series({o: -c for o, c in self.terms.items()}, self.error)

    def __sub__(self, other: Series) -> Series:
        return self + -other

    @property
    def large(self) -> dict[Order, Poly]:
        """The terms that diverge (where their coefficients are not zero)."""
        return {o: c for o, c in self.terms.items() if o.rank < UNIT.rank}

    @property
    def small(self) -> Series:
        """The terms that vanish, and the error."""
        return Series({o: c for o, c in self.terms.items() if o.rank > UNIT.rank}, self.error)


def largest(orders: Iterable[Order]) -> Order:
    """The order that dominates the others."""
    return min(orders, key=lambda o: o.rank)


def number(value: Poly, order: Order = UNIT) -> Series:
    """One exact term."""
    return Series({order: value})


def product(facts: Facts, a: Series, b: Series) -> Series:
    """The product of two series; what grows too large goes into the error."""
    if a.exactly_zero or b.exactly_zero:
        return Series({})
    errors = [
        bound.beside(error)
        for bound, error in ((a.bound, b.error), (b.bound, a.error))
        if bound is not None and error is not None
    ]
    error = largest(errors) if errors else None
    terms: dict[Order, Poly] = {}
    for p, c in a.terms.items():
        for q, d in b.terms.items():
            order = p.beside(q)
            if error is not None and order.rank >= error.rank:
                continue
            if len(c.terms) * len(d.terms) > MAX_PAIRS:
                error = order  # too large to be written out
            else:
                terms[order] = terms.get(order, constant(0)) + multiply(facts, c, d)
    return Series(terms, error)


def composed(facts: Facts, coefficients: Sequence[fmpq], small: Series, ends: bool) -> Series:
    """a_0 + a_1 * u + ... for u -> 0; it `ends`, or it goes on with what is O(u**n)."""
    if small.bound is not None and not ends and small.bound.rank <= UNIT.rank:
        raise Refused("a power series of what does not vanish")
    result, power = Series({}), number(constant(1))
    for place, coefficient in enumerate(coefficients):
        power = product(facts, power, small) if place else power
        result = result + product(facts, number(constant(coefficient)), power)
    if ends or small.bound is None:
        return result
    return result + Series({}, small.bound.raised(fmpq(len(coefficients))))


def leading(facts: Facts, series: Series) -> tuple[Order, Poly, int] | None:
    """The first term that is not zero, and its signs; `None` if the function vanishes.

    Raises:
        Lost: all terms are zero, but not the error.
        Refused: it is not known which term is the first that is not zero.
    """
    for order, coefficient in series.terms.items():
        sign = facts.sign(coefficient)
        if signs.only(sign, signs.ZERO):
            continue
        if not signs.only(sign, signs.NONZERO):
            raise Refused(f"the coefficient {coefficient!r} may be zero")
        return order, coefficient, sign
    if series.error is not None:
        raise Lost("the terms cancel as far as they were computed")
    return None
