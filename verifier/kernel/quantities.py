"""Signs and bounds of single quantities: symbols, members of families, sums, brackets."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.known import Bounds, Known
from verifier.kernel.polynomial import (
    Base,
    E,
    Poly,
    constant,
    occurs,
    power_of,
    rational,
    unique_index,
)
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Symbol, Term


def base_sign(known: Known, base: Base) -> int:
    """The signs that a base can have."""
    sign = _own_sign(known, base) & _sign_within(known.bounds(base))
    if isinstance(base, Term) and (
        power_of(base) in known.nonzero or -power_of(base) in known.nonzero
    ):
        sign &= signs.NONZERO
    return sign


def sign_by_facts(known: Known, base: Term) -> int:
    """A bound by other variables: from x >= y and y > 0 follows x > 0."""
    result = signs.ANY
    own = frozenset([(base, fmpq(1))])
    for fact, strict in known.inequalities:
        slope = fact.terms.get(own)
        if slope is None or occurs(base, fact - Poly({own: slope})):
            continue
        offset = known.sign((fact - Poly({own: slope})).scale(-1 / slope))
        gap = signs.POSITIVE if strict else signs.NONNEGATIVE
        result &= signs.plus(offset, gap if slope > 0 else signs.negated(gap))
    return result


def _own_sign(known: Known, base: Base) -> int:
    if isinstance(base, Poly):
        return known.sign(base)
    if isinstance(base, Number):
        return signs.of_number(base.value)
    if isinstance(base, Symbol):
        return signs.ANY
    if not isinstance(base, Apply):
        return signs.ANY
    if base is E or base.head == "pi":
        return signs.POSITIVE
    if base.head == "Abs":
        return signs.integer_power(known.sign(known.normal(base.args[0])), 2)
    if base.head == "Iverson":
        return signs.NONNEGATIVE
    if base.head == "log":
        return known.sign(known.normal(base.args[0]) - constant(1))
    if base.head in ("Min", "Max"):
        first, second = (known.sign(known.normal(a)) for a in base.args)
        return first | second
    if base.head in ("Sum", "Product"):
        return _range_sign(known, base)
    if base.head == "root":
        lower, upper = (known.sign(known.normal(bound)) for bound in base.args[2:])
        return signs.plus(lower, signs.NONNEGATIVE) & signs.plus(upper, signs.NONPOSITIVE)
    return signs.ANY


def _range_sign(known: Known, base: Apply) -> int:
    body, index, lower_term, upper_term = base.args
    lower, upper = known.normal(lower_term), known.normal(upper_term)
    own = unique_index()
    inner = known.within(own, lower, upper)
    sign = inner.sign(inner.normal(substitute(body, {index: own})))
    if base.head == "Product":
        if signs.only(sign, signs.POSITIVE):
            return signs.POSITIVE
        if signs.only(sign, signs.NONNEGATIVE):
            return signs.NONNEGATIVE
        return signs.NONZERO if signs.only(sign, signs.NONZERO) else signs.ANY
    if not (signs.only(sign, signs.NONNEGATIVE) or signs.only(sign, signs.NONPOSITIVE)):
        return signs.ANY
    if signs.only(known.sign(upper - lower), signs.NONNEGATIVE):
        return sign
    return sign | signs.ZERO


def find_bounds(known: Known, base: Base) -> Bounds:
    """The constant bounds of a base, from its domain and from what is given."""
    found = Bounds()
    if isinstance(base, Poly):
        return found
    symbol = base.args[0] if isinstance(base, Apply) and base.head == "[]" else base
    integral = isinstance(symbol, Symbol) and symbol.domain.integer
    if isinstance(symbol, Symbol) and symbol.domain.lower is not None:
        found = Bounds(rational(symbol.domain.lower), symbol.domain.strict)
    if isinstance(base, Apply) and base.head == "Iverson":
        found = Bounds(fmpq(0), False, fmpq(1), False)
    if isinstance(base, Apply) and base.head in ("sin", "cos"):
        found = Bounds(fmpq(-1), False, fmpq(1), False)
    if isinstance(base, Apply) and base.head == "root":
        lower, upper = (known.normal(bound).constant for bound in base.args[2:])
        found = Bounds(lower, False, upper, False)
    own = frozenset([(base, fmpq(1))])
    for fact, strict in known.inequalities:
        slope = fact.terms.get(own)
        if slope is None:
            continue
        offset = (fact - Poly({own: slope})).constant
        if offset is None:
            continue
        found = _tightened(found, -offset / slope, slope > 0, strict, integral)
    return found


def _tightened(found: Bounds, value: fmpq, lower: bool, strict: bool, integral: bool) -> Bounds:
    if integral:
        if lower:
            value, strict = fmpq(value.floor() + 1 if strict else value.ceil()), False
        else:
            value, strict = fmpq(value.ceil() - 1 if strict else value.floor()), False
    if lower:
        old, old_strict = found.lower, found.lower_strict
        if old is None or value > old or (value == old and strict and not old_strict):
            return found._replace(lower=value, lower_strict=strict)
        return found
    old, old_strict = found.upper, found.upper_strict
    if old is None or value < old or (value == old and strict and not old_strict):
        return found._replace(upper=value, upper_strict=strict)
    return found


def _sign_within(bounds: Bounds) -> int:
    sign = signs.ANY
    if bounds.lower is not None and bounds.lower >= 0:
        above = bounds.lower > 0 or bounds.lower_strict
        sign &= signs.POSITIVE if above else signs.NONNEGATIVE
    if bounds.upper is not None and bounds.upper <= 0:
        below = bounds.upper < 0 or bounds.upper_strict
        sign &= signs.NEGATIVE if below else signs.NONPOSITIVE
    return sign
