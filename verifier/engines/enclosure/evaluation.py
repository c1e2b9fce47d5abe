"""The values of terms on boxes.

An interval that is found for a term contains every value that the term has on the box.  Points
at which it has none are left out: that a term is defined everywhere is shown apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb

from verifier.engines.enclosure.intervals import (
    UNIT,
    ZERO,
    Interval,
    Nowhere,
    absolute,
    between,
    circle,
    cosine,
    exponential,
    holds,
    larger,
    logarithm,
    minus,
    negative,
    over,
    plus,
    real_power,
    sine,
    smaller,
    square_root,
    times,
    whole_power,
)
from verifier.kernel.polynomial import Refused
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term


class Evaluation:
    """Intervals for terms on one box, each term once.

    >>> from fractions import Fraction
    >>> from verifier.statements.vocabulary import real, sqrt
    >>> x = real("x")
    >>> on_box = Evaluation({x: between(Fraction(-1), Fraction(2))})
    >>> on_box(x**2).lo == 0, on_box(x**2).hi == 4, on_box(sqrt(x)).lo == 0
    (True, True, True)

    Raises:
        Nowhere: the term has no value anywhere on the box.
        Refused: the term has a part that has no enclosure.
    """

    def __init__(self, box: Mapping[Symbol, Interval]) -> None:
        self.box = box
        self.seen: dict[Term, Interval] = {}

    def __call__(self, term: Term) -> Interval:
        found = self.seen.get(term)
        if found is None:
            found = self.seen[term] = self._value(term)
        return found

    def relation(self, relation: Relation) -> bool | None:
        """Whether it is true, or false, at every point of the box at which it is defined."""
        return holds(relation.op, minus(self(relation.lhs), self(relation.rhs)))

    def _value(self, term: Term) -> Interval:
        if isinstance(term, Number):
            return between(term.value, term.value)
        if isinstance(term, Symbol) and term in self.box:
            return self.box[term]
        if not isinstance(term, Apply):
            raise Refused(f"{term!r} has no enclosure")
        if term.head == "Iverson":
            truth = self.relation(term.args[0])
            return UNIT if truth is None else Interval(arb(int(truth)), arb(int(truth)))
        if term.head == "**":
            return self._power(*term.args)
        if term.head == "*" and term.args[0] is term.args[1]:
            return whole_power(self(term.args[0]), 2)
        operation = _OPERATIONS.get(term.head)
        if operation is None:
            raise Refused(f"{term.head} has no enclosure")
        return operation(*map(self, term.args))

    def _power(self, base: Term, exponent: Term) -> Interval:
        x = self(base)
        if not isinstance(exponent, Number):
            return real_power(x, self(exponent))
        if exponent.value.denominator == 1:
            return whole_power(x, exponent.value.numerator)
        if x.hi < 0:
            raise Nowhere
        return real_power(Interval(max(x.lo, ZERO), x.hi), self(exponent))


_OPERATIONS: dict[str, Callable[..., Interval]] = {
    "+": plus, "-": minus, "*": times, "/": over, "neg": negative, "sqrt": square_root,
    "exp": exponential, "log": logarithm, "sin": sine, "cos": cosine, "Abs": absolute,
    "Min": smaller, "Max": larger, "pi": circle,
}  # fmt: skip
