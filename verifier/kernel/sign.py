"""The sign of a generalised polynomial, from what is known of its variables.

Every method returns a set of signs that certainly contains the true one, so that their results
may be intersected.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from verifier.kernel import balls, signs
from verifier.kernel.algebraic import algebraic_sign
from verifier.kernel.clearing import clear
from verifier.kernel.collecting import collected
from verifier.kernel.known import Known, power_sign
from verifier.kernel.polynomial import (
    ONE,
    Base,
    Monomial,
    Poly,
    Refused,
    constant,
    exponent_poly,
    free_symbols,
    is_integral,
    number_term,
    primitive,
    to_term,
)
from verifier.kernel.powers import TRIAL_PRIMES, multiply, natural_power
from verifier.kernel.shifting import DECIDED, MAX_DEGREE, by_shift, connected


def sign_of(known: Known, poly: Poly) -> int:
    """The signs that the polynomial can have."""
    if poly.constant is not None:
        return signs.of_number(poly.constant)
    if poly.single is not None:
        sign = _monomial_sign(known, *poly.single)
        if sign in DECIDED:
            return sign
    if not free_symbols(poly):
        sign = _closed_sign(poly)
        if sign in DECIDED:
            return sign
    try:
        cleared = clear(known, poly)
    except Refused:
        return signs.ANY
    if cleared.constant is not None:
        return signs.of_number(cleared.constant)
    result = signs.ANY
    for method in (
        _by_enclosure,
        _by_terms,
        _by_collecting,
        _by_powers,
        _by_nonzero,
        by_shift,
        _by_one_fact,
    ):
        try:
            result &= method(known, cleared)
        except Refused:
            continue
        if result in DECIDED:
            break
    return result


def _monomial_sign(known: Known, monomial: Monomial, coefficient: fmpq) -> int:
    result = signs.of_number(coefficient)
    for base, exponent in monomial:
        result = signs.times(result, power_sign(known, base, exponent))
    return result


def _closed_sign(poly: Poly) -> int:
    term = to_term(primitive(poly)[1])
    try:
        return algebraic_sign(term)
    except Refused:
        return balls.closed_sign(term)


def _by_enclosure(known: Known, poly: Poly) -> int:
    return signs.ANY if free_symbols(poly) else _closed_sign(poly)


def _by_collecting(known: Known, poly: Poly) -> int:
    """The coefficient of each power product is a number, whose sign is known and may be zero."""
    groups = collected(poly)
    if len(groups) == len(poly.terms):
        return signs.ANY
    found = {monomial: known.sign(factor) for monomial, factor in groups.items()}
    if signs.ZERO in found.values():
        left = [m for m, sign in found.items() if sign != signs.ZERO]
        terms = {m | numbers: c for m in left for numbers, c in groups[m].terms.items()}
        return known.sign(Poly(terms))
    result = signs.ZERO
    for monomial, sign in found.items():
        product = _monomial_sign(known, monomial, fmpq(1))
        result = signs.plus(result, signs.times(sign, product))
    return result


def _by_terms(known: Known, poly: Poly) -> int:
    result = signs.ZERO
    for monomial, coefficient in poly.terms.items():
        result = signs.plus(result, _monomial_sign(known, monomial, coefficient))
    return result


def _by_nonzero(known: Known, poly: Poly) -> int:
    _, own = primitive(poly)
    for other in known.nonzero:
        _, given = primitive(other)
        if own in (given, -given):
            return signs.NONZERO
    return signs.ANY


def _by_powers(known: Known, poly: Poly) -> int:
    """Two positive terms of opposite sign, compared through the logarithm of their ratio."""
    if len(poly.terms) != 2:
        return signs.ANY
    (m, c), (n, d) = poly.terms.items()
    if c * d > 0:
        return signs.ANY
    if c < 0:
        (m, c), (n, d) = (n, d), (m, c)
    if all(is_integral(e) for _, e in m | n):
        return signs.ANY
    exponents: dict[Base, Poly] = {}
    for base, exponent, unit in [(b, e, 1) for b, e in m] + [(b, e, -1) for b, e in n]:
        old = exponents.get(base, constant(0))
        exponents[base] = old + exponent_poly(exponent).scale(fmpq(unit))
    for base, exponent in _prime_powers(c / -d):
        exponents[base] = exponents.get(base, constant(0)) + constant(exponent)
    doubtful = [b for b in exponents if not signs.only(known.base_sign(b), signs.POSITIVE)]
    if not doubtful:
        return log_sign(known, exponents)
    if len(doubtful) != 1 or (doubtful[0] in dict(m) and doubtful[0] in dict(n)):
        return signs.ANY
    return _with_nonnegative(known, exponents, doubtful[0], doubtful[0] in dict(m))


def _prime_powers(ratio: fmpq) -> Iterator[tuple[Base, int]]:
    """A positive rational number as powers of the bases that stand for primes."""
    for part, side in ((ratio.p, 1), (ratio.q, -1)):
        for prime, times in part.factor(trial_limit=TRIAL_PRIMES):
            yield number_term(fmpq(prime)), side * int(times)


def _with_nonnegative(known: Known, exponents: dict[Base, Poly], x: Base, above: bool) -> int:
    """x**e - y**e for e > 0, x >= 0 and y > 0 has the sign of x - y, at x = 0 too.

    x stands in one of the two terms only: in the positive one if it is `above`.
    """
    groups = _proportional(exponents)
    if len(groups) != 1 or not signs.only(known.base_sign(x), signs.NONNEGATIVE):
        return signs.ANY
    ((direction, powers),) = groups.items()
    exponent = signs.times(signs.of_number(powers[x]), known.sign(direction))
    if not signs.only(exponent, signs.POSITIVE if above else signs.NEGATIVE):
        return signs.ANY
    with_x_above = {b: v if powers[x] > 0 else -v for b, v in powers.items()}
    compared = _compare_with_one(known, with_x_above)
    return compared if above else signs.negated(compared)


def log_sign(known: Known, exponents: dict[Base, Poly]) -> int:
    """The sign of sum of exponent * log(base), all bases positive."""
    result = signs.ZERO
    for direction, powers in _proportional(exponents).items():
        compared = _compare_with_one(known, powers)
        result = signs.plus(result, signs.times(known.sign(direction), compared))
    return result


def _proportional(exponents: dict[Base, Poly]) -> dict[Poly, dict[Base, fmpq]]:
    """The bases grouped by exponents that are rational multiples of one another."""
    groups: dict[Poly, dict[Base, fmpq]] = {}
    for base, exponent in exponents.items():
        if not exponent:
            continue
        content, direction = primitive(exponent)
        if -direction in groups:
            content, direction = -content, -direction
        groups.setdefault(direction, {})[base] = content
    return groups


def _compare_with_one(known: Known, powers: dict[Base, fmpq]) -> int:
    """The sign of (product of base**rational) - 1, all bases positive."""
    scale = 1
    for value in powers.values():
        scale = scale * int(value.q)
    over, under = constant(1), constant(1)
    for base, value in powers.items():
        n = int((value * scale).p)
        if abs(n) > MAX_DEGREE:
            return signs.ANY if len(powers) > 1 else _one_power(known, base, n)
        poly = base if isinstance(base, Poly) else known.normal(base)
        raised = natural_power(known, poly, abs(n))
        if n > 0:
            over = multiply(known, over, raised)
        else:
            under = multiply(known, under, raised)
    return known.sign(over - under)


def _one_power(known: Known, base: Base, exponent: int) -> int:
    poly = base if isinstance(base, Poly) else known.normal(base)
    return signs.times(signs.of_number(exponent), known.sign(poly - constant(1)))


def _by_one_fact(known: Known, poly: Poly) -> int:
    """Poly = c * fact + rest, where one more known inequality settles the sign."""
    result = signs.ANY
    for direction in (1, -1):
        own = poly.scale(fmpq(direction))
        for given, strict in connected(known, poly):
            for monomial in given.terms.keys() & own.terms.keys():
                factor = own.terms[monomial] / given.terms[monomial]
                if factor <= 0 or monomial == ONE:
                    continue
                rest = own - given.scale(factor)
                sign = signs.ZERO if not rest else _by_terms(known, rest)
                if not signs.only(sign, signs.NONNEGATIVE):
                    sign = signs.ANY if not rest else by_shift(known, rest)
                if signs.only(sign, signs.NONNEGATIVE):
                    total = signs.plus(sign, signs.POSITIVE if strict else signs.NONNEGATIVE)
                    result &= total if direction == 1 else signs.negated(total)
    return result
