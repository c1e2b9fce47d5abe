"""Terms written out: sums and products of matrices over literal ranges, closed parts as numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.enclosure.unrolled import PLAIN
from verifier.engines.entries import NoEntry, entry
from verifier.engines.witness import numeric
from verifier.statements.substitution import member, rebuild, substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, as_term

MAX_MEMBERS = 200  # of a sum that is written out, and entries of matrices


def written(node: Any) -> Any:
    """The term or relation with what runs over literal ranges written out, closed parts computed.

    >>> from verifier.statements.vocabulary import NONNEGATIVE, Sum, family, integer
    >>> s, h = family("s", NONNEGATIVE), integer("h")
    >>> written(Sum(s[h], (h, 1, 1 + 1)))
    s[1] + s[2]
    """
    seen: dict[Any, Any] = {}

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply) or node.head == "lambda":
            return node
        done = seen.get(node)
        if done is None:
            done = seen[node] = step(node)
        return done

    def step(node: Apply) -> Term:
        if node.head in ("Sum", "Product"):
            return range_(node)
        if node.head in ("limit", "diff"):
            return node
        if node.head == "root":
            body, variable, lower, upper = node.args
            return Apply("root", go(body), variable, go(lower), go(upper))
        if node.head == "[]" and not isinstance(node.args[0], Symbol):
            return go(member(node.args[0], node.args[1:]))  # type: ignore[no-any-return]
        done = rebuild(node.head, tuple(map(go, node.args)))
        if node.head == "chain":
            try:
                return as_term(entry(done.args, _whole, at, MAX_MEMBERS))  # type: ignore[attr-defined]
            except NoEntry:
                return done
        return done if done.free or node.head not in PLAIN else _number(done)

    def at(layers: Term, *place: int) -> Term:
        return go(member(layers, tuple(map(Number, place))))  # type: ignore[no-any-return]

    def range_(node: Apply) -> Term:
        body, index, lower, upper = node.args
        first, last = go(lower), go(upper)
        if not (isinstance(first, Number) and isinstance(last, Number)):
            return Apply(node.head, body, index, first, last)
        start, stop = first.value, last.value + 1
        if stop - start > MAX_MEMBERS or start.denominator * stop.denominator != 1:
            return Apply(node.head, body, index, first, last)
        places = range(int(start), int(stop))
        members = [go(substitute(body, {index: Number(i)})) for i in places]
        return _joined("+" if node.head == "Sum" else "*", members)

    return go(node)


def _whole(term: Term) -> int:
    if not isinstance(term, Number) or term.value.denominator != 1:
        raise NoEntry
    return term.value.numerator


def _joined(head: str, members: list[Term]) -> Term:
    if not members:
        return Number(0 if head == "+" else 1)
    first, *rest = members
    return rebuild(head, (first, _joined(head, rest))) if rest else first


@lru_cache(maxsize=16_384)
def _number(term: Term) -> Term:
    try:
        return Number(Evaluator({})(term))
    except NotRational:
        return term


def approximate(
    relations: tuple[Relation, ...],
) -> tuple[list[Relation], dict[Symbol, Fraction]]:
    """The relations with variables for what no interval is known of, and these parts' values.

    >>> from verifier.statements.vocabulary import real, root
    >>> x, y = real("x"), real("y")
    >>> ((relation,), values) = approximate((x < root(y**3 - y - 1, (y, 1, 2)),))
    >>> relation, {part: float(value) for part, value in values.items()}
    (x < _0, {_0: 1.324717957244746})
    """
    parts: dict[Term, Symbol] = {}

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply):
            return node
        if node.head == "Iverson" or (node.free and node.head not in PLAIN):
            return node
        if node.head in PLAIN:
            return rebuild(node.head, tuple(map(go, node.args)))
        return parts.setdefault(node, Symbol(f"_{len(parts)}"))

    found = [go(relation) for relation in relations]
    values = {symbol: _near(part) for part, symbol in parts.items()}
    return found, {symbol: value for symbol, value in values.items() if value is not None}


@lru_cache(maxsize=4_096)
def _near(term: Term) -> Fraction | None:
    """A closed term as a number that is equal to it, or close; none where it has no value."""
    exact = _number(term)
    if isinstance(exact, Number):
        return exact.value
    try:
        value = numeric.Evaluator()(term)
    except numeric.CannotEvaluate:
        return None
    sign, mantissa, exponent, _ = value._mpf_
    size: Fraction = Fraction(int(mantissa)) * Fraction(2) ** exponent
    return -size if sign else size


__all__ = ["approximate", "written"]
