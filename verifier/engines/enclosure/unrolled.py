"""Terms written out: sums over literal ranges as sums, closed rational parts as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.kernel.polynomial import Refused
from verifier.statements.definedness import conditions
from verifier.statements.substitution import rebuild, substitute
from verifier.statements.terms import Apply, Number, Relation, Term

MAX_MEMBERS = 2_000  # of all sums and products in one relation
PLAIN = frozenset(
    "+ - * / ** neg sqrt exp log sin cos Abs Min Max pi Iverson".split()
)  # fmt: skip

#: Relations of which one group must hold as a whole.
Obligation = tuple[tuple[Relation, ...], ...]


def unrolled(node: Any) -> Any:
    """The term or relation without sums and products over ranges.

    >>> from verifier.statements.vocabulary import Sum, integer, real
    >>> h, x = integer("h"), real("x")
    >>> unrolled(Sum(x**h, (h, 1, 2)))
    x**1 + x**2

    Raises:
        Refused: a range without literal bounds, or too long, or an operation that is not plain.
    """
    return _Unroller()(node)


class _Unroller:
    def __init__(self) -> None:
        self.budget = MAX_MEMBERS

    def __call__(self, node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, self(node.lhs), self(node.rhs))
        if not isinstance(node, Apply):
            return node
        if node.head in ("Sum", "Product"):
            return self._range(node)
        if node.head not in PLAIN:
            raise Refused(f"{node.head} has no enclosure")
        return rebuild(node.head, tuple(map(self, node.args)))

    def _range(self, node: Apply) -> Term:
        body, index, lower, upper = node.args
        first, last = (_whole(folded(self(bound))) for bound in (lower, upper))
        self.budget -= max(0, last - first + 1)
        if self.budget < 0:
            raise Refused("a sum or product with too many members")
        members = [self(substitute(body, {index: Number(i)})) for i in range(first, last + 1)]
        return _joined("+" if node.head == "Sum" else "*", members)


def _whole(bound: Term) -> int:
    if not isinstance(bound, Number) or bound.value.denominator != 1:
        raise Refused(f"the bound {bound!r} of a range is no literal integer")
    return bound.value.numerator


def _joined(head: str, members: list[Term]) -> Term:
    """All members as a shallow tree."""
    if not members:
        return Number(0 if head == "+" else 1)
    if len(members) == 1:
        return members[0]
    middle = len(members) // 2
    return Apply(head, _joined(head, members[:middle]), _joined(head, members[middle:]))


def folded(node: Any) -> Any:
    """A plain term or relation with its closed rational parts as numbers.

    >>> from verifier.statements.vocabulary import real, rational
    >>> folded(real("x") ** (rational(3) - 1))
    x**2
    """
    seen: dict[Any, Any] = {}

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply):
            return node
        done = seen.get(node)
        if done is None:
            done = rebuild(node.head, tuple(map(go, node.args)))
            if not done.free:
                done = _number(done)
            seen[node] = done
        return done

    return go(node)


def _number(term: Term) -> Term:
    try:
        return Number(Evaluator({})(term))
    except NotRational:
        return term


def obligations(claim: Relation) -> Iterator[Obligation]:
    """What must hold of a plain claim, each by one of its groups: that it is defined and true.

    >>> from verifier.statements.vocabulary import real
    >>> x = real("x")
    >>> for one in obligations(1 / x > 0):
    ...     print(one)
    ((x != 0,), (x > 0,), (x < 0,))
    ((1/x > 0,),)

    Raises:
        Refused: a condition of another kind.
    """
    for condition in conditions(claim):
        kind, terms = condition.kind, tuple(map(folded, condition.terms))
        if condition.within or kind not in ("nonzero", "positive", "nonnegative", "power"):
            raise Refused(f"not known to be defined: {condition!r}")
        if kind == "power":
            yield from _power(*terms)
        else:
            op = {"nonzero": "!=", "positive": ">", "nonnegative": ">="}[kind]
            yield _groups(Relation(op, terms[0], 0))
    yield _groups(folded(claim))


def _groups(relation: Relation) -> Obligation:
    if relation.op == "!=":
        lhs, rhs = relation.lhs, relation.rhs
        return ((relation,), (lhs > rhs,), (lhs < rhs,))
    return ((relation,),)


def _power(base: Term, exponent: Term) -> Iterator[Obligation]:
    """What makes base**exponent defined."""
    if not isinstance(exponent, Number):
        yield ((base > 0,), (base >= 0, exponent >= 0))
    elif exponent.value.denominator != 1:
        yield ((base >= 0 if exponent.value > Fraction(0) else base > 0,),)
    elif exponent.value < 0:
        yield _groups(Relation("!=", base, 0))
