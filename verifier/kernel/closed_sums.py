"""Closed forms of sums of powers of the index, and of geometric sums."""

from __future__ import annotations

from math import comb

from flint import fmpq

from verifier.kernel.polynomial import (
    Facts,
    Monomial,
    Poly,
    as_exponent,
    constant,
    exponent_poly,
    free_symbols,
    is_integral,
    total,
)
from verifier.kernel.powers import expanded, inverse, multiply, natural_power, power
from verifier.kernel.signs import NONNEGATIVE, NONZERO, POSITIVE, only
from verifier.statements.terms import Symbol

MAX_DEGREE = 12


def closed_sum(
    facts: Facts, moving: Monomial, index: Symbol, lower: Poly, upper: Poly
) -> Poly | None:
    """The sum of a monomial over an index from `lower` to `upper`, if a closed form is known.

    Where the range may be empty by more than one, no closed form holds.
    """
    if not only(facts.sign(upper - lower + constant(1)), NONNEGATIVE):
        return None
    if len(moving) == 1:
        ((base, exponent),) = moving
        if base is index and is_integral(exponent) and 0 < exponent <= MAX_DEGREE:  # type: ignore
            degree = int(exponent.p)  # type: ignore[union-attr]
            first = _power_sum(facts, degree, lower - constant(1))
            return _power_sum(facts, degree, upper) - first
    return _geometric(facts, moving, index, lower, upper)


def _power_sum(facts: Facts, degree: int, x: Poly) -> Poly:
    """1**n + ... + x**n by the formula of Faulhaber, which makes S(x) - S(x - 1) == x**n."""
    terms = [
        natural_power(facts, x, degree + 1 - j).scale(comb(degree + 1, j) * number)
        for j, number in enumerate(_bernoulli(degree))
    ]
    return total(terms).scale(fmpq(1, degree + 1))


def _bernoulli(last: int) -> list[fmpq]:
    """The Bernoulli numbers from B_0 to B_last, with B_1 = +1/2."""
    found: list[fmpq] = []
    for n in range(last + 1):
        rest = sum((comb(n + 1, j) * b for j, b in enumerate(found)), fmpq(0))
        found.append(1 - rest / (n + 1) if n == 0 else (fmpq(n + 1) - rest) / (n + 1))
    return found


def _geometric(
    facts: Facts, moving: Monomial, index: Symbol, lower: Poly, upper: Poly
) -> Poly | None:
    """c * r**index sums to c * (r**(upper + 1) - r**lower) / (r - 1), for a positive r != 1."""
    ratio, factor = constant(1), constant(1)
    own = frozenset([(index, fmpq(1))])
    for base, exponent in moving:
        poly = exponent_poly(exponent)
        slope = poly.terms.get(own)
        rest = poly - Poly({own: slope}) if slope is not None else poly
        fixed = index not in free_symbols(base) and index not in free_symbols(rest)
        if slope is None or not fixed or not only(facts.base_sign(base), POSITIVE):
            return None
        ratio = multiply(facts, ratio, expanded(facts, base, slope))
        if rest:
            factor = multiply(facts, factor, expanded(facts, base, as_exponent(rest)))
    if not moving or not only(facts.sign(ratio - constant(1)), NONZERO):
        return None
    ends = power(facts, ratio, upper + constant(1)) - power(facts, ratio, lower)
    quotient = multiply(facts, ends, inverse(facts, ratio - constant(1)))
    return multiply(facts, factor, quotient)
