"""Bounds of variables from a relation: what it leaves of a box, found by inverting operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb

from verifier.engines.enclosure.evaluation import Evaluation
from verifier.engines.enclosure.intervals import (
    INFINITY,
    ZERO,
    Interval,
    Nowhere,
    down,
    exponential,
    logarithm,
    minus,
    negative,
    over,
    plus,
    times,
    up,
    whole_power,
)
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

MAX_DEGREE = 64


def narrowed(relation: Relation, box: Mapping[Symbol, Interval]) -> dict[Symbol, Interval]:
    """The box without points that are seen to violate the relation.

    >>> from verifier.statements.vocabulary import real
    >>> x, everything = real("x"), Interval(-INFINITY, INFINITY)
    >>> found = narrowed(x**2 <= 4, {x: everything})[x]
    >>> found.lo == -2, found.hi == 2
    (True, True)

    Raises:
        Nowhere: no point is left.
        Refused: a part of the relation has no enclosure.
    """
    return _Narrowing(relation, box).box


class _Narrowing:
    def __init__(self, relation: Relation, box: Mapping[Symbol, Interval]) -> None:
        self.box = dict(box)
        self.value = Evaluation(box)
        lhs, rhs = relation.lhs, relation.rhs
        left, right = self.value(lhs), self.value(rhs)
        if relation.op in ("<", "<=", "=="):
            self.keep(lhs, Interval(-INFINITY, right.hi))
            self.keep(rhs, Interval(left.lo, INFINITY))
        if relation.op in (">", ">=", "=="):
            self.keep(lhs, Interval(right.lo, INFINITY))
            self.keep(rhs, Interval(-INFINITY, left.hi))

    def keep(self, term: Term, target: Interval) -> None:
        """Only points at which the term has a value in the target remain."""
        kept = meet(self.value(term), target)
        if isinstance(term, Symbol):
            self.box[term] = meet(self.box[term], kept)
        elif isinstance(term, Apply):
            step = _STEPS.get(term.head)
            if step is not None:
                step(self, kept, *term.args)

    def add(self, kept: Interval, a: Term, b: Term) -> None:
        self.keep(a, minus(kept, self.value(b)))
        self.keep(b, minus(kept, self.value(a)))

    def subtract(self, kept: Interval, a: Term, b: Term) -> None:
        self.keep(a, plus(kept, self.value(b)))
        self.keep(b, minus(self.value(a), kept))

    def negate(self, kept: Interval, a: Term) -> None:
        self.keep(a, negative(kept))

    def multiply(self, kept: Interval, a: Term, b: Term) -> None:
        for one, other in ((a, b), (b, a)):
            value = self.value(other)
            if value.nonzero:
                self.keep(one, over(kept, value))

    def divide(self, kept: Interval, a: Term, b: Term) -> None:
        self.keep(a, times(kept, self.value(b)))
        if kept.nonzero:
            self.keep(b, over(self.value(a), kept))

    def power(self, kept: Interval, base: Term, exponent: Term) -> None:
        if not isinstance(exponent, Number) or exponent.value.denominator != 1:
            return
        n = exponent.value.numerator
        if not 0 < n < MAX_DEGREE:
            return
        low, high = _root(kept.lo, n), _root(kept.hi, n)
        value = self.value(base)
        if n % 2 or value.lo >= 0:
            self.keep(base, Interval(low.lo, high.hi))
        elif value.hi <= 0:
            self.keep(base, negative(Interval(low.lo, high.hi)))
        else:
            self.keep(base, Interval(down(-high.hi), high.hi))

    def absolute(self, kept: Interval, a: Term) -> None:
        self.keep(a, Interval(down(-kept.hi), kept.hi))

    def square_root(self, kept: Interval, a: Term) -> None:
        self.keep(a, whole_power(meet(kept, Interval(ZERO, INFINITY)), 2))

    def exponential(self, kept: Interval, a: Term) -> None:
        self.keep(a, logarithm(kept))

    def logarithm(self, kept: Interval, a: Term) -> None:
        self.keep(a, exponential(kept))


def meet(a: Interval, b: Interval) -> Interval:
    """The numbers in both."""
    lo, hi = max(a.lo, b.lo), min(a.hi, b.hi)
    if lo > hi:
        raise Nowhere
    return Interval(lo, hi)


def _root(x: arb, degree: int) -> Interval:
    """Around the root of an exact number, with its sign."""
    if x < 0:
        return negative(_root(-x, degree))
    root = x.root(degree) if x.is_finite() else INFINITY
    return Interval(max(ZERO, down(root)), up(root))


_STEPS: dict[str, Callable[..., None]] = {
    "+": _Narrowing.add, "-": _Narrowing.subtract, "neg": _Narrowing.negate,
    "*": _Narrowing.multiply, "/": _Narrowing.divide, "**": _Narrowing.power,
    "Abs": _Narrowing.absolute, "sqrt": _Narrowing.square_root,
    "exp": _Narrowing.exponential, "log": _Narrowing.logarithm,
}  # fmt: skip
