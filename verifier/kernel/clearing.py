"""Clearing denominators: a polynomial times something positive, so that its sign can be read."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.known import Known
from verifier.kernel.polynomial import (
    Base,
    Exponent,
    Poly,
    Refused,
    as_exponent,
    constant,
    exponent_poly,
    is_integral,
    power_of,
)
from verifier.kernel.powers import multiply, natural_power


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
    return min((int(e.p) for e in exponents if is_integral(e)), default=0)


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
