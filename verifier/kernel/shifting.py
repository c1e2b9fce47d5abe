"""Signs by shifting: each quantity is written as its bound plus something that is not negative.

A polynomial in quantities that are >= 0 is >= 0 when all its coefficients are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from math import lcm
from typing import NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from verifier.kernel import signs, univariate
from verifier.kernel.known import Bounds, Known, power_sign
from verifier.kernel.polynomial import (
    ONE,
    Base,
    Exponent,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    base_poly,
    constant,
    exponent_poly,
)

MAX_CHOICES = 24
MAX_SHIFT_TERMS = 4_000
MAX_DEGREE = 400
DECIDED = (0, signs.NEGATIVE, signs.ZERO, signs.POSITIVE)  # 0: what is given contradicts itself


class Generator(NamedTuple):
    """base**unit, an independent positive or real quantity of the polynomial."""

    base: Base
    unit: Exponent


class _Ring:
    """The polynomials in the generators of some generalised polynomials."""

    def __init__(self, known: Known, polys: list[Poly]) -> None:
        self.known = known
        self.denominators: dict[tuple[Base, Monomial | Exponent], int] = {}
        for poly in polys:
            for monomial in poly.terms:
                for base, exponent in monomial:
                    for key, coefficient in self._parts(base, exponent):
                        old = self.denominators.get(key, 1)
                        self.denominators[key] = lcm(old, int(coefficient.q))
        self.keys = sorted(self.denominators, key=repr)
        self.position = {key: i for i, key in enumerate(self.keys)}
        self.context = fmpq_mpoly_ctx.get([f"t{i}" for i in range(len(self.keys))], Ordering.lex)
        self.generators = [self._generator(key) for key in self.keys]

    def _parts(
        self, base: Base, exponent: Exponent
    ) -> Iterator[tuple[tuple[Base, Monomial | Exponent], fmpq]]:
        if isinstance(exponent, Poly):
            if signs.only(self.known.base_sign(base), signs.POSITIVE):
                for monomial, coefficient in exponent.terms.items():
                    yield (base, monomial), coefficient
            else:
                yield (base, exponent), fmpq(1)
        else:
            yield (base, ONE), exponent

    def _generator(self, key: tuple[Base, Monomial | Exponent]) -> Generator:
        base, part = key
        if isinstance(part, frozenset):
            unit = as_exponent(Poly({part: fmpq(1, self.denominators[key])}))
            return Generator(base, unit)
        return Generator(base, part)

    def polynomial(self, poly: Poly) -> fmpq_mpoly:
        """The polynomial in the generators, times a monomial of positive ones."""
        rows = []
        for monomial, coefficient in poly.terms.items():
            row = [0] * len(self.keys)
            for base, exponent in monomial:
                for key, part in self._parts(base, exponent):
                    times = part * self.denominators.get(key, 0)
                    if key not in self.position or times.q != 1:
                        raise Refused("a power that is none of the generators")
                    row[self.position[key]] += int(times.p)
            rows.append((row, coefficient))
        low = [min(0, *(row[i] for row, _ in rows)) for i in range(len(self.keys))]
        if any(
            low[i] < 0 and not signs.only(self.known.base_sign(g.base), signs.POSITIVE)
            for i, g in enumerate(self.generators)
        ):
            raise Refused("a negative power that could not be cleared")
        terms: dict[tuple[int, ...], fmpq] = {}
        for row, coefficient in rows:
            shifted = tuple(a - b for a, b in zip(row, low, strict=True))
            if max(shifted, default=0) > MAX_DEGREE:
                raise Refused("a degree too large to expand")
            terms[shifted] = terms.get(shifted, 0) + coefficient
        return self.context.from_dict(terms)

    def sign(self, index: int) -> int:
        base, unit = self.generators[index]
        return power_sign(self.known, base, unit)

    def sign_alone(self, poly: fmpq_mpoly) -> int:
        """The signs of a polynomial in one generator within its bounds; of others any."""
        degrees = poly.degrees()
        used = [i for i, degree in enumerate(degrees) if degree > 0]
        if len(used) != 1 or degrees[used[0]] > univariate.MAX_DEGREE:
            return signs.ANY
        (index,) = used
        coefficients = [fmpq(0)] * (int(degrees[index]) + 1)
        for exponents, coefficient in poly.terms():
            coefficients[int(exponents[index])] += coefficient
        base, unit = self.generators[index]
        integral = unit == 1 and self.known.is_integer(base_poly(base))
        return univariate.signs_on(fmpq_poly(coefficients), self.bounds(index), integral)

    def bounds(self, index: int) -> Bounds:
        base, unit = self.generators[index]
        if unit == 1:
            return self.known.bounds(base)
        if not signs.only(self.known.base_sign(base), signs.POSITIVE):
            nonnegative = signs.only(self.sign(index), signs.NONNEGATIVE)
            return Bounds(fmpq(0)) if nonnegative else Bounds()
        from_one = self.known.sign(base_poly(base) - constant(1))
        side = signs.times(from_one, self.known.sign(exponent_poly(unit)))
        if signs.only(side, signs.NONNEGATIVE):
            return Bounds(lower=fmpq(1), lower_strict=signs.only(side, signs.POSITIVE))
        if signs.only(side, signs.NONPOSITIVE):
            return Bounds(fmpq(0), True, fmpq(1), signs.only(side, signs.NEGATIVE))
        return Bounds(fmpq(0), True)


class _Shift(NamedTuple):
    """generator = offset + direction * t with t >= 0 (or > 0 where strict)."""

    offset: fmpq_mpoly
    direction: int
    strict: bool


def by_shift(known: Known, poly: Poly) -> int:
    """The signs left possible by shifting, for the polynomial and for its factors."""
    facts = connected(known, poly)
    ring = _Ring(known, [poly, *(fact for fact, _ in facts)])
    whole = ring.polynomial(poly)
    result = ring.sign_alone(whole)
    if result in DECIDED:
        return result
    usable = []
    for fact, strict in facts:
        try:
            usable.append((ring.polynomial(fact), strict))
        except Refused:
            continue
    shifter = _Shifter(ring, usable)
    result &= shifter.sign(whole)
    if result in DECIDED:
        return result
    given = _Given(known, ring, usable)
    content, factors = whole.factor()
    by_factors = signs.of_number(content)
    for factor, times in factors:
        sign = ring.sign_alone(factor) & shifter.sign(factor) & given.sign(factor)
        if sign not in DECIDED:
            sign &= shifter.sign_by_square(factor)
        by_factors = signs.times(by_factors, signs.integer_power(sign, int(times)))
    return result & by_factors


def connected(known: Known, poly: Poly) -> list[tuple[Poly, bool]]:
    """The inequalities that share a quantity with the polynomial, directly or through others."""
    reached = _bases(poly)
    rest = [(fact, strict, _bases(fact)) for fact, strict in known.cleared()]
    found: list[tuple[Poly, bool]] = []
    while True:
        touching = [r for r in rest if r[2] & reached]
        if not touching:
            return found
        rest = [r for r in rest if not r[2] & reached]
        for fact, strict, bases in touching:
            found.append((fact, strict))
            reached |= bases


def _bases(poly: Poly) -> set[Base]:
    return {base for monomial in poly.terms for base, _ in monomial}


class _Given:
    """The signs of polynomials that are given, up to a number and positive quantities."""

    def __init__(self, known: Known, ring: _Ring, facts: list[tuple[fmpq_mpoly, bool]]) -> None:
        self.ring = ring
        self.signs = [
            (fact, signs.POSITIVE if strict else signs.NONNEGATIVE) for fact, strict in facts
        ]
        for poly in known.nonzero:
            try:
                self.signs.append((ring.polynomial(poly), signs.NONZERO))
            except (Refused, KeyError):
                continue

    def _stripped(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        lowest = [min(column) for column in zip(*poly.monoms(), strict=True)]
        for index, gen in enumerate(self.ring.context.gens()):
            if lowest[index] and signs.only(self.ring.sign(index), signs.POSITIVE):
                poly = poly / gen ** int(lowest[index])
        return poly

    def sign(self, factor: fmpq_mpoly) -> int:
        """The signs that the factor can have, by a fact that is a multiple of it."""
        result = signs.ANY
        for fact, sign in self.signs:
            if not fact or len(fact) != len(factor):
                continue
            poly = self._stripped(fact)
            ratio = factor.leading_coefficient() / poly.leading_coefficient()
            if factor == poly * ratio:
                result &= sign if ratio > 0 else signs.negated(sign)
        return result


class _Shifter:
    def __init__(self, ring: _Ring, facts: list[tuple[fmpq_mpoly, bool]]) -> None:
        self.ring = ring
        self.gens = ring.context.gens()
        self.options = [self._constant_shifts(index) for index in range(len(self.gens))]
        for fact, strict in facts:
            for index, shift in self._shifts_by(fact, strict):
                self.options[index].append(shift)

    def _constant_shifts(self, index: int) -> list[_Shift]:
        bounds = self.ring.bounds(index)
        options = []
        if bounds.lower is not None:
            options.append(_Shift(self._number(bounds.lower), 1, bounds.lower_strict))
        if bounds.upper is not None:
            options.append(_Shift(self._number(bounds.upper), -1, bounds.upper_strict))
        return options

    def _number(self, value: fmpq) -> fmpq_mpoly:
        return self.ring.context.constant(value)

    def _shifts_by(self, fact: fmpq_mpoly, strict: bool) -> Iterator[tuple[int, _Shift]]:
        """From a*g + rest >= 0 with a number a and no g in the rest: g = -rest/a + t/a."""
        terms = fact.to_dict()
        slopes = {e.index(1): c for e, c in terms.items() if sum(e) == 1}
        for index, slope in slopes.items():
            rest = {e: c for e, c in terms.items() if not e[index]}
            if len(rest) + 1 < len(terms) or not any(map(any, rest)):
                continue  # a constant bound is among the bounds already
            offset = self.ring.context.from_dict(rest) * (-1 / slope)
            yield index, _Shift(offset, 1 if slope > 0 else -1, strict)

    def sign(self, poly: fmpq_mpoly) -> int:
        """The signs that some choice of shifts leaves possible."""
        result = signs.ANY
        present = [i for i, used in enumerate(poly.degrees()) if used > 0]
        for choice in self._choices(present):
            result &= self._attempt(poly, choice)
            if result in DECIDED:
                break
        return result

    def sign_by_square(self, poly: fmpq_mpoly) -> int:
        """Complete a square: 4*a*(a*g**2 + b*g + c) = (2*a*g + b)**2 + (4*a*c - b**2)."""
        result = signs.ANY
        for index, degree in enumerate(poly.degrees()):
            if degree != 2:
                continue
            a, b, c = (self._coefficient(poly, index, power) for power in (2, 1, 0))
            leading, rest = self.sign(a), self.sign(4 * a * c - b**2)
            square = signs.plus(signs.NONNEGATIVE, rest)
            if leading in (signs.POSITIVE, signs.NEGATIVE):
                result &= signs.times(leading, square)
        return result

    def _coefficient(self, poly: fmpq_mpoly, index: int, power: int) -> fmpq_mpoly:
        """The coefficient of a power of one generator."""
        terms = {}
        for exponents, coefficient in poly.terms():
            if exponents[index] == power:
                rest = tuple(0 if i == index else int(e) for i, e in enumerate(exponents))
                terms[rest] = coefficient
        return self.ring.context.from_dict(terms)

    def _choices(self, present: list[int]) -> Iterator[dict[int, _Shift]]:
        others = [i for i in range(len(self.gens)) if i not in present]
        default = {i: self.options[i][0] for i in others if self.options[i]}
        lists: list[list[_Shift | None]] = [[*self.options[i]] or [None] for i in present]
        for combination in islice(product(*lists), MAX_CHOICES):
            chosen = {i: s for i, s in zip(present, combination, strict=True) if s is not None}
            yield {**default, **chosen}

    def _attempt(self, poly: fmpq_mpoly, choice: dict[int, _Shift]) -> int:
        resolved: dict[int, fmpq_mpoly] = {}

        def resolve(index: int, above: tuple[int, ...]) -> fmpq_mpoly:
            if index in above:
                raise Refused("bounds in a circle")
            if index not in resolved:
                shift = choice.get(index)
                gen = self.gens[index]
                if shift is None:
                    resolved[index] = gen
                else:
                    offset = shift.offset
                    if not offset.is_constant():
                        degrees = offset.degrees()
                        parts = [
                            resolve(i, (*above, index)) if degrees[i] > 0 else g
                            for i, g in enumerate(self.gens)
                        ]
                        offset = offset.compose(*parts, ctx=self.ring.context)
                    resolved[index] = offset + gen * shift.direction
            return resolved[index]

        try:
            degrees = poly.degrees()
            parts = [resolve(i, ()) if degrees[i] > 0 else g for i, g in enumerate(self.gens)]
        except Refused:
            return signs.ANY
        shifted = poly.compose(*parts, ctx=self.ring.context)
        if len(shifted) > MAX_SHIFT_TERMS:
            return signs.ANY
        used = shifted.degrees()
        own = [self._shifted_sign(i, choice) if used[i] > 0 else 0 for i in range(len(used))]
        total = signs.ZERO
        for exponents, coefficient in shifted.terms():
            sign = signs.of_number(coefficient)
            for i, exponent in enumerate(exponents):
                if exponent:
                    sign = signs.times(sign, signs.integer_power(own[i], int(exponent)))
            total = signs.plus(total, sign)
            if total == signs.ANY:
                break
        return total

    def _shifted_sign(self, index: int, choice: dict[int, _Shift]) -> int:
        if index not in choice:
            return self.ring.sign(index)
        return signs.POSITIVE if choice[index].strict else signs.NONNEGATIVE
