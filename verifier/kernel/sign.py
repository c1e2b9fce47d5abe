"""The sign of a generalised polynomial, from what is known of its variables.

Every method returns a set of signs that certainly contains the true one, so that their results
may be intersected.  The main one shifts each variable to its bound: a polynomial in quantities
that are >= 0 is >= 0 when all its coefficients are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from math import lcm
from typing import NamedTuple, Protocol

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from verifier.kernel import balls, signs
from verifier.kernel.normal import TRIAL_PRIMES, multiply, natural_power
from verifier.kernel.polynomial import (
    ONE,
    Base,
    Exponent,
    Facts,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    constant,
    exponent_poly,
    free_symbols,
    is_integral,
    number_term,
    power_of,
    primitive,
    to_term,
)

MAX_CHOICES = 24
MAX_SHIFT_TERMS = 4_000
MAX_DEGREE = 400
DECIDED = (0, signs.NEGATIVE, signs.ZERO, signs.POSITIVE)  # 0: what is given contradicts itself


class Bounds(NamedTuple):
    """What is known of a quantity: lower and upper bounds, and whether they are strict."""

    lower: fmpq | None = None
    lower_strict: bool = False
    upper: fmpq | None = None
    upper_strict: bool = False


class Known(Facts, Protocol):
    """What a context knows beyond the normal form: inequalities, bounds, what is not zero."""

    @property
    def inequalities(self) -> tuple[tuple[Poly, bool], ...]: ...
    @property
    def nonzero(self) -> tuple[Poly, ...]: ...
    def cleared(self) -> list[tuple[Poly, bool]]: ...
    def bounds(self, base: Base) -> Bounds: ...


def sign_of(known: Known, poly: Poly) -> int:
    """The signs that the polynomial can have."""
    if poly.constant is not None:
        return signs.of_number(poly.constant)
    if poly.single is not None:
        sign = _monomial_sign(known, *poly.single)
        if sign in DECIDED:
            return sign
    try:
        cleared = clear(known, poly)
    except Refused:
        return signs.ANY
    if cleared.constant is not None:
        return signs.of_number(cleared.constant)
    result = signs.ANY
    for method in (_by_enclosure, _by_terms, _by_powers, _by_nonzero, _by_shift, _by_one_fact):
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


def power_sign(known: Known, base: Base, exponent: Exponent) -> int:
    """The signs of base**exponent, which is defined."""
    sign = known.base_sign(base)
    if signs.only(sign, signs.POSITIVE):
        return signs.POSITIVE
    if is_integral(exponent):
        n = int(exponent.p)  # type: ignore[union-attr]
        power = signs.integer_power(sign, abs(n))
        return power if n >= 0 else power & ~signs.ZERO
    if signs.only(sign, signs.NONZERO):
        return signs.NONZERO
    if not signs.only(sign, signs.NONNEGATIVE):
        return signs.ANY
    vanishes = signs.only(sign, signs.ZERO) and signs.only(
        known.sign(exponent_poly(exponent)), signs.POSITIVE
    )
    return signs.ZERO if vanishes else signs.NONNEGATIVE


# --- clearing denominators -------------------------------------------------------------------


def clear(known: Known, poly: Poly) -> Poly:
    """The polynomial times something positive, without negative powers and brackets to expand."""
    for _ in range(20):
        step = _clear_once(known, poly)
        if step is None:
            return poly
        poly = step
    raise Refused("too many nested denominators")


def _clear_once(known: Known, poly: Poly) -> Poly | None:
    bases = {base for monomial in poly.terms for base, _ in monomial}
    for base in sorted(bases, key=repr):
        lowest = _lowest_power(poly, base)
        if lowest < 0:
            positive = signs.only(known.base_sign(base), signs.POSITIVE)
            factor = -lowest if positive or lowest % 2 == 0 else -lowest + 1
            if isinstance(base, Poly):
                return _times_power(known, poly, base, factor)
            return multiply(known, poly, power_of(base, factor))
        if isinstance(base, Poly):
            leveled = _level(known, poly, base)
            if leveled is not None:
                return leveled
    return None


def _lowest_power(poly: Poly, base: Base) -> int:
    """The least literal integer exponent of the base in a term (0 where it is absent)."""
    exponents = (dict(m).get(base, fmpq(0)) for m in poly.terms)
    return min((int(e.p) for e in exponents if is_integral(e)), default=0)  # type: ignore[union-attr]


def _times_power(known: Known, poly: Poly, base: Poly, factor: int) -> Poly:
    terms = constant(0)
    for monomial, coefficient in poly.terms.items():
        exponent = dict(monomial).get(base, fmpq(0))
        rest = Poly({frozenset(p for p in monomial if p[0] != base): coefficient})
        raised = exponent_poly(exponent) + constant(factor)
        if raised.constant is not None and raised.constant.q == 1:
            power = natural_power(known, base, int(raised.constant.p))
        else:
            power = power_of(base, as_exponent(raised))
        terms = terms + multiply(known, rest, power)
    return terms


def _level(known: Known, poly: Poly, base: Poly) -> Poly | None:
    """Expand differences: base**(R+2) beside base**R becomes base**R times base*base."""
    levels: dict[Poly, fmpq] = {}
    for monomial in poly.terms:
        exponent = dict(monomial).get(base)
        if exponent is not None:
            whole, rest = _whole_part(exponent)
            levels[rest] = min(levels.get(rest, whole), whole)
    changed = False
    terms = constant(0)
    for monomial, coefficient in poly.terms.items():
        exponent = dict(monomial).get(base)
        piece = Poly({monomial: coefficient})
        if exponent is not None:
            whole, rest = _whole_part(exponent)
            excess = whole - levels[rest]
            if excess > 0:
                changed = True
                others = frozenset(p for p in monomial if p[0] != base)
                low = as_exponent(rest + constant(levels[rest]))
                kept = others if low == 0 else others | {(base, low)}
                piece = multiply(
                    known,
                    Poly({kept: coefficient}),
                    natural_power(known, base, int(excess.p)),
                )
        terms = terms + piece
    return terms if changed else None


def _whole_part(exponent: Exponent) -> tuple[fmpq, Poly]:
    number, rest = exponent_poly(exponent).split_constant()
    whole = fmpq(number.floor())
    return whole, rest + constant(number - whole)


# --- the methods -----------------------------------------------------------------------------


def _by_enclosure(known: Known, poly: Poly) -> int:
    return signs.ANY if free_symbols(poly) else balls.closed_sign(to_term(poly))


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
        for given, strict in _connected(known, poly):
            for monomial in given.terms.keys() & own.terms.keys():
                factor = own.terms[monomial] / given.terms[monomial]
                if factor <= 0 or monomial == ONE:
                    continue
                rest = own - given.scale(factor)
                sign = signs.ZERO if not rest else _by_terms(known, rest)
                if not signs.only(sign, signs.NONNEGATIVE):
                    sign = signs.ANY if not rest else _by_shift(known, rest)
                if signs.only(sign, signs.NONNEGATIVE):
                    total = signs.plus(sign, signs.POSITIVE if strict else signs.NONNEGATIVE)
                    result &= total if direction == 1 else signs.negated(total)
    return result


# --- shifting to the bounds ------------------------------------------------------------------


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

    def bounds(self, index: int) -> Bounds:
        base, unit = self.generators[index]
        if unit == 1:
            return self.known.bounds(base)
        if not signs.only(self.known.base_sign(base), signs.POSITIVE):
            nonnegative = signs.only(self.sign(index), signs.NONNEGATIVE)
            return Bounds(fmpq(0)) if nonnegative else Bounds()
        side = _one_power(self.known, base, 1)
        side = signs.times(side, self.known.sign(exponent_poly(unit)))
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


def _by_shift(known: Known, poly: Poly) -> int:
    facts = _connected(known, poly)
    ring = _Ring(known, [poly, *(fact for fact, _ in facts)])
    whole = ring.polynomial(poly)
    usable = []
    for fact, strict in facts:
        try:
            usable.append((ring.polynomial(fact), strict))
        except Refused:
            continue
    shifter = _Shifter(ring, usable)
    result = shifter.sign(whole)
    if result in DECIDED:
        return result
    given = _Given(known, ring, usable)
    content, factors = whole.factor()
    by_factors = signs.of_number(content)
    for factor, times in factors:
        sign = shifter.sign(factor) & given.sign(factor)
        if sign not in DECIDED:
            sign &= shifter.sign_by_square(factor)
        by_factors = signs.times(by_factors, signs.integer_power(sign, int(times)))
    return result & by_factors


def _connected(known: Known, poly: Poly) -> list[tuple[Poly, bool]]:
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
            (self._stripped(fact), signs.POSITIVE if strict else signs.NONNEGATIVE)
            for fact, strict in facts
        ]
        for poly in known.nonzero:
            try:
                self.signs.append((self._stripped(ring.polynomial(poly)), signs.NONZERO))
            except (Refused, KeyError):
                continue

    def _stripped(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        for index, gen in enumerate(self.ring.context.gens()):
            lowest = min((int(e[index]) for e in poly.monoms()), default=0)
            if lowest and signs.only(self.ring.sign(index), signs.POSITIVE):
                poly = poly / gen**lowest
        return poly

    def sign(self, factor: fmpq_mpoly) -> int:
        """The signs that the factor can have, by a fact that is a multiple of it."""
        result = signs.ANY
        for poly, sign in self.signs:
            if not poly or len(poly) != len(factor):
                continue
            ratio = factor.leading_coefficient() / poly.leading_coefficient()
            if factor == poly * ratio:
                result &= sign if ratio > 0 else signs.negated(sign)
        return result


class _Shifter:
    def __init__(self, ring: _Ring, facts: list[tuple[fmpq_mpoly, bool]]) -> None:
        self.ring = ring
        self.gens = ring.context.gens()
        self.options: list[list[_Shift]] = []
        for index, gen in enumerate(self.gens):
            options = self._constant_shifts(index)
            for fact, strict in facts:
                shift = self._shift_by(index, gen, fact, strict)
                if shift is not None:
                    options.append(shift)
            self.options.append(options)

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

    def _shift_by(
        self, index: int, gen: fmpq_mpoly, fact: fmpq_mpoly, strict: bool
    ) -> _Shift | None:
        """From a*g + rest >= 0 with a number a and no g in the rest: g = -rest/a + t/a."""
        slope = None
        rest: dict[tuple[int, ...], fmpq] = {}
        for exponents, coefficient in fact.terms():
            if exponents[index] == 0:
                rest[tuple(exponents)] = coefficient
            elif exponents[index] == 1 and sum(exponents) == 1:
                slope = coefficient
            else:
                return None
        if slope is None or (not rest or all(not any(e) for e in rest)):
            return None  # a constant bound is among the bounds already
        offset = self.ring.context.from_dict(rest) * (-1 / slope)
        return _Shift(offset, 1 if slope > 0 else -1, strict)

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
        lists = [self.options[i] or [None] for i in present]
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
                    degrees = shift.offset.degrees()
                    parts = [
                        resolve(i, (*above, index)) if degrees[i] > 0 else g
                        for i, g in enumerate(self.gens)
                    ]
                    offset = shift.offset.compose(*parts, ctx=self.ring.context)
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
