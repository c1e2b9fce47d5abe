"""Functions of a small t as exp(scale) * series: sums, products, powers, exp, log, sin and cos.

`Expansion(body, scale)` stands for exp(scale(t)) * body(t) for all sufficiently small t > 0, where
the scale is a sum of terms t**k * l**m with k < 0, or with k == 0 and m > 1.  Such a sum whose
leading coefficient is not zero tends to oo or to -oo faster than any multiple of l = log(1/t): its
exponential outgrows every power of 1/t, or falls below every power of t.
"""

from __future__ import annotations

from math import factorial
from typing import NamedTuple

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.polynomial import Facts, Poly, Refused, constant, to_term
from verifier.kernel.powers import inverse, power
from verifier.kernel.series import (
    LOGARITHM,
    UNIT,
    Lost,
    Order,
    Series,
    composed,
    leading,
    number,
    product,
)
from verifier.statements.terms import Apply

MAX_NATURAL = 16
NONE = Series({})
BOUNDED = Series({}, UNIT)
SINE, COSINE = (0, 1, 0, -1), (1, 0, -1, 0)  # times x**n/n!, again and again


class Expansion(NamedTuple):
    """exp(scale) * body."""

    body: Series
    scale: Series = NONE


def negated(value: Expansion) -> Expansion:
    """The value times -1."""
    return Expansion(-value.body, value.scale)


class Algebra:
    """Operations on expansions, whose coefficients are quantities of a context.

    `length` is the number of terms that are taken of a power series.  That the result is defined
    for small t is part of what each operation shows.
    """

    def __init__(self, facts: Facts, length: int) -> None:
        self.facts, self.length = facts, length

    def direction(self, series: Series) -> int:
        """The sign of a series for small t; a scale tends to oo, or to -oo, with that sign."""
        found = leading(self.facts, series)
        if found is None:
            return 0
        if found[2] == signs.NONZERO:
            raise Refused("a quantity that may be positive or negative")
        return 1 if found[2] == signs.POSITIVE else -1

    def plain(self, value: Expansion) -> Series:
        """The value as a series; what falls below every power of t is an error."""
        direction = self.direction(value.scale)
        if direction > 0:
            raise Refused("a series of powers for an exponential that grows")
        return value.body if direction == 0 else self._negligible(BOUNDED)

    def _negligible(self, beside: Series) -> Series:
        """What is below every power of t, next to a series."""
        bound = beside.bound or UNIT
        return Series({}, Order(max(bound.power, fmpq(0)) + self.length))

    def plus(self, a: Expansion, b: Expansion) -> Expansion:
        """The sum: one exponential absorbs all that grow less."""
        if a.body.exactly_zero or b.body.exactly_zero:
            return b if a.body.exactly_zero else a
        direction = self.direction(a.scale - b.scale)
        if direction == 0:
            return Expansion(a.body + b.body, a.scale)
        larger = a if direction > 0 else b
        return Expansion(larger.body + self._negligible(larger.body), larger.scale)

    def times(self, a: Expansion, b: Expansion) -> Expansion:
        """The product."""
        return Expansion(product(self.facts, a.body, b.body), a.scale + b.scale)

    def rational_power(self, value: Expansion, exponent: fmpq) -> Expansion:
        """A power with a rational exponent: that of the leading term, times a binomial series."""
        if exponent == 0:
            return Expansion(number(constant(1)))
        scale = product(self.facts, number(constant(exponent)), value.scale)
        few = exponent.q == 1 and 0 < exponent <= MAX_NATURAL
        try:
            found = leading(self.facts, value.body)
        except Refused:
            if few:
                return Expansion(self._repeated(value.body, int(exponent.p)), scale)
            raise
        if found is None:
            if exponent < 0:
                raise Refused("a negative power of zero")
            return Expansion(NONE)
        order, coefficient, sign = found
        if sign != signs.POSITIVE and exponent.q != 1:
            raise Refused("a root of what may be negative")
        binomials = [fmpq(1)]
        for n in range(int(exponent.p) if few else self.length - 1):
            binomials.append(binomials[-1] * (exponent - n) / (n + 1))
        raised = power(self.facts, coefficient, constant(exponent))
        factor = number(raised, order.raised(exponent))
        rest = self._ratio(value.body, order, coefficient)
        series = composed(self.facts, binomials, rest, few)
        return Expansion(product(self.facts, factor, series), scale)

    def _repeated(self, body: Series, times: int) -> Series:
        result = body
        for _ in range(times - 1):
            result = product(self.facts, result, body)
        return result

    def _ratio(self, body: Series, order: Order, coefficient: Poly) -> Series:
        """The body divided by its leading term, less 1: it tends to 0."""
        rest = Series({o: c for o, c in body.terms.items() if o.rank > order.rank}, body.error)
        unit = number(inverse(self.facts, coefficient), order.raised(fmpq(-1)))
        return product(self.facts, unit, rest)

    def exponential(self, value: Expansion) -> Expansion:
        """The exponential of what diverges, times that of a number, times that of what vanishes."""
        series = self.plain(value)
        large = series.large
        growth = large.pop(LOGARITHM, constant(0)).constant  # exp(g * l) = t**-g
        if growth is None or any(o.power == 0 and o.log <= 1 for o in large):
            raise Refused("an exponential between powers, whose growth is not known")
        factor, scale = number(constant(1), Order(-growth)), Series(large)
        if series.error is not None and series.error.rank < UNIT.rank:
            raise Lost("an exponential of what is not known to be bounded")
        if series.error == UNIT:
            return Expansion(product(self.facts, factor, BOUNDED), scale)
        middle = to_term(series.terms.get(UNIT, constant(0)))
        unit = number(self.facts.normal(Apply("exp", middle)))
        powers = self._taylor((1,), series.small)
        return Expansion(product(self.facts, product(self.facts, factor, unit), powers), scale)

    def _taylor(self, derivatives: tuple[int, ...], small: Series) -> Series:
        """The Taylor series at 0 of a function whose derivatives there repeat."""
        coefficients = [
            fmpq(derivatives[n % len(derivatives)], factorial(n)) for n in range(self.length)
        ]
        return composed(self.facts, coefficients, small, False)

    def logarithm(self, value: Expansion) -> Expansion:
        """The logarithm of the leading term, and the series of log(1 + u)."""
        found = leading(self.facts, value.body)
        if found is None or found[2] != signs.POSITIVE:
            raise Refused("a logarithm of what may not be positive")
        order, coefficient, _ = found
        if order.log != 0:
            raise Refused("a logarithm of a logarithm")
        harmonic = [fmpq((-1) ** (n + 1), n) if n else fmpq(0) for n in range(self.length)]
        rest = composed(self.facts, harmonic, self._ratio(value.body, order, coefficient), False)
        first = number(self.facts.normal(Apply("log", to_term(coefficient))))
        powers = number(constant(-order.power), LOGARITHM)
        return Expansion(value.scale + powers + first + rest)

    def circular(self, head: str, value: Expansion) -> Expansion:
        """The sine or cosine, by the addition theorem at the limit of the angle.

        Where the angle has none, they are bounded still.
        """
        try:
            angle = self.plain(value)
        except Refused:
            return Expansion(BOUNDED)
        if angle.error is not None and angle.error.rank <= UNIT.rank:
            return Expansion(BOUNDED)
        if angle.bound is not None and angle.bound.rank < UNIT.rank:
            return Expansion(BOUNDED)
        middle = to_term(angle.terms.get(UNIT, constant(0)))
        sine, cosine = (number(self.facts.normal(Apply(f, middle))) for f in ("sin", "cos"))
        if head == "cos":
            sine, cosine = cosine, -sine
        first = product(self.facts, sine, self._taylor(COSINE, angle.small))
        return Expansion(first + product(self.facts, cosine, self._taylor(SINE, angle.small)))
