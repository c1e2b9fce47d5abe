"""Sums and products over a range of an index: linearity, closed parts, brackets that sift."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel.closed_sums import closed_sum
from verifier.kernel.polynomial import (
    Base,
    E,
    Exponent,
    Facts,
    Monomial,
    Poly,
    Refused,
    as_atom,
    canonical,
    constant,
    exponent_poly,
    free_symbols,
    is_integral,
    monomial_term,
    power_of,
    to_term,
    told,
    total,
    unique_index,
)
from verifier.kernel.powers import multiply, power
from verifier.kernel.signs import NONNEGATIVE, NONPOSITIVE, POSITIVE, only
from verifier.statements.substitution import substitute
from verifier.statements.terms import INTEGER, Apply, Number, Symbol, Term

MAX_UNROLL, MAX_CLOSED = 256, 4096  # members, and members that are numbers
MAX_PEELED = 8


def over_range(facts: Facts, term: Apply) -> Poly:
    """The normal form of a sum or product over a range, written out if the range is short."""
    body, index, lower_term, upper_term = term.args
    lower, upper = facts.normal(lower_term), facts.normal(upper_term)
    count = upper - lower + constant(1)
    literal = count.constant
    is_sum = term.head == "Sum"
    if literal is not None and literal <= (MAX_UNROLL if body.free - {index} else MAX_CLOSED):
        members = [
            facts.normal(substitute(body, {index: to_term(lower + constant(i))}))
            for i in range(max(0, int(literal.floor())))
        ]
        if is_sum:
            return total(members)
        product = constant(1)
        for factor in members:
            product = multiply(facts, product, factor)
        return product
    if only(facts.sign(count), NONPOSITIVE):
        return constant(0 if is_sum else 1)
    first = lower.constant
    if first is not None and first.q == 1 and first != 1:  # ranges begin at 1, where they can
        shift = lower - constant(1)
        moved = substitute(body, {index: index + to_term(shift)})
        ends = Number(1), to_term(upper - shift)
        return over_range(facts, Apply(term.head, moved, index, *ends))
    peeled = _peeled(facts, lower, upper)
    if peeled:
        upper = upper - constant(peeled)
        last = [
            facts.normal(substitute(body, {index: to_term(upper + constant(i))}))
            for i in range(1, peeled + 1)
        ]
        rest = over_range(facts, Apply(term.head, body, index, lower_term, to_term(upper)))
        if is_sum:
            return total([rest, *last])
        for factor in last:
            rest = multiply(facts, rest, factor)
        return rest
    own = unique_index()
    inner = facts.within(own, lower, upper)
    try:
        normal_body = inner.normal(substitute(body, {index: own}))
    except Refused as refusal:
        raise told(refusal, own, index) from None
    frame = _Frame(facts, inner, own, lower, upper, count)
    return frame.sum(normal_body) if is_sum else frame.product(normal_body)


def _peeled(facts: Facts, lower: Poly, upper: Poly) -> int:
    """How many last members stand apart: c for an upper bound p + c beyond an upper bound p."""
    number, rest = upper.split_constant()
    if number.q != 1 or not 0 < number <= MAX_PEELED or not rest:
        return 0
    shorter = rest - lower + constant(1)
    return int(number) if only(facts.sign(shorter), NONNEGATIVE) else 0


def _text(pair: tuple[Base, Exponent]) -> str:
    return repr(pair[0])


class _Frame:
    """A range of summation or multiplication: its index, its bounds, what is known inside."""

    def __init__(
        self, facts: Facts, inner: Facts, index: Symbol, lower: Poly, upper: Poly, count: Poly
    ) -> None:
        self.facts, self.inner, self.index = facts, inner, index
        self.lower, self.upper, self.count = lower, upper, count

    def sum(self, body: Poly) -> Poly:
        return total(self.sum_term(m, c) for m, c in body.terms.items())

    def sum_term(self, monomial: Monomial, coefficient: fmpq) -> Poly:
        fixed, moving = self.separate(monomial)
        outside = Poly({fixed: coefficient})
        if not moving:
            return multiply(self.facts, outside, self.cardinality())
        sifted = self.sift(moving)
        if sifted is None:
            sifted = closed_sum(self.facts, moving, self.index, self.lower, self.upper)
        if sifted is None:
            sifted = self.atom("Sum", monomial_term(moving))
        return multiply(self.facts, outside, sifted)

    def separate(self, monomial: Monomial) -> tuple[Monomial, Monomial]:
        fixed = frozenset((b, e) for b, e in monomial if self.is_fixed(b, e))
        return fixed, monomial - fixed

    def is_fixed(self, base: Base, exponent: Exponent) -> bool:
        """Whether a power is free of the index, and defined even where the range is empty."""
        if self.index in free_symbols(base) or self.index in free_symbols(exponent):
            return False
        if only(self.facts.sign(self.count), POSITIVE):
            return True
        try:
            self.facts.require_defined(monomial_term(frozenset([(base, exponent)])))
        except Refused:
            return False
        return True

    def cardinality(self) -> Poly:
        if only(self.facts.sign(self.count), NONNEGATIVE):
            return self.count
        return self.atom("Sum", Number(1))

    def sift(self, moving: Monomial) -> Poly | None:
        """The one term that survives a factor [index == t], for an integer t."""
        for pair in sorted(moving, key=_text):  # of two brackets always the same one
            point = self.pinned(pair[0])
            if point is None:
                continue
            below = self.facts.sign(self.lower - point)
            above = self.facts.sign(point - self.upper)
            if only(below, POSITIVE) or only(above, POSITIVE):
                return constant(0)
            if only(below, NONPOSITIVE) and only(above, NONPOSITIVE):
                rest = monomial_term(moving - {pair})
                return self.facts.normal(substitute(rest, {self.index: to_term(point)}))
        return None

    def pinned(self, base: Base) -> Poly | None:
        """The integer t for which the base is the bracket [index == t]."""
        if not (isinstance(base, Apply) and base.head == "Iverson" and base.args[0].op == "=="):
            return None
        difference = self.inner.normal(base.args[0].lhs)
        own = frozenset([(self.index, fmpq(1))])
        slope = difference.terms.get(own)
        if slope is None or abs(slope) != 1:
            return None
        rest = difference - Poly({own: slope})
        if self.index in free_symbols(rest) or not self.facts.is_integer(rest):
            return None
        return -rest if slope == 1 else rest

    def product(self, body: Poly) -> Poly:
        if body.single is None:
            return self.atom("Product", to_term(body))
        monomial, coefficient = body.single
        fixed, moving = self.separate(monomial)
        if (coefficient != 1 or fixed) and not only(self.facts.sign(self.count), NONNEGATIVE):
            return self.atom("Product", to_term(body))
        result = power(self.facts, Poly({fixed: coefficient}), self.count)
        for base, exponent in moving:
            result = multiply(self.facts, result, self.product_factor(base, exponent))
        return result

    def product_factor(self, base: Base, exponent: Exponent) -> Poly:
        term = to_term(base) if isinstance(base, Poly) else base
        positive = only(self.inner.base_sign(base), POSITIVE)
        natural = is_integral(exponent) and exponent > 0  # type: ignore[operator]
        if natural or (positive and self.is_fixed(E, exponent)):
            return power(self.facts, self.atom("Product", term), exponent_poly(exponent))
        if positive and self.is_fixed(base, fmpq(1)):
            summed = self.sum(exponent_poly(exponent))
            return power(self.facts, power_of(base), summed)
        return self.atom("Product", monomial_term(frozenset([(base, exponent)])))

    def atom(self, head: str, body: Term) -> Poly:
        index = canonical(body, INTEGER)
        bound = substitute(body, {self.index: index})
        atom = Apply(head, bound, index, to_term(self.lower), to_term(self.upper))
        return as_atom(self.facts, atom)
