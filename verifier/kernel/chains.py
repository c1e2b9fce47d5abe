"""Products of matrices, entry by entry: none, one, a few, diagonal ones, and what stays an atom."""

from __future__ import annotations

from verifier.kernel.polynomial import (
    Base,
    Exponent,
    Facts,
    Poly,
    Refused,
    as_atom,
    canonical,
    constant,
    power_of,
    to_term,
    total,
    unique_index,
)
from verifier.kernel.powers import multiply
from verifier.kernel.ranges import over_range
from verifier.kernel.signs import NONNEGATIVE, only
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import INTEGER, Apply, Number, Symbol, Term

MAX_WRITTEN = 24  # layers of a product that is written out
ONE = Number(1)
Indices = tuple[Symbol, ...]


def chain(facts: Facts, term: Apply) -> Poly:
    """The normal form of an entry (row, column) of a product of matrices.

    From a product of few matrices the last one is split off: chain(first..last; a, b) ==
    Sum(W[last, a, c] * chain(first..last - 1; c, b), (c, 1, width)).  A product of many diagonal
    matrices is one of numbers.
    """
    layers, first_term, last_term, row, column, width = term.args
    first, last = facts.normal(first_term), facts.normal(last_term)
    count = (last - first + constant(1)).constant
    same = Apply("Iverson", row == column)
    if count is not None and count < 0:
        raise Refused(f"{term!r} has no value: a product of {count} matrices")
    if count == 0:
        return facts.normal(same)
    if count == 1:
        return facts.normal(member(layers, (to_term(last), row, column)))
    if count is not None and count <= MAX_WRITTEN:
        through = unique_index()
        below = to_term(last - constant(1))
        rest = Apply("chain", layers, first_term, below, through, column, width)
        body = member(layers, (to_term(last), row, through)) * rest
        return facts.normal(Apply("Sum", body, through, ONE, depth_of(width, below)))
    own = tuple(unique_index() for _ in range(3))
    entry, diagonal = _entry(facts, layers, own, (first, last), width)
    if not entry and only(facts.sign(last - first), NONNEGATIVE):
        return entry
    if diagonal is not None:
        along = substitute(to_term(diagonal), {own[1]: row, own[2]: row})
        product = over_range(facts, Apply("Product", along, own[0], first_term, last_term))
        return multiply(facts, product, facts.normal(same))
    numbers = (to_term(facts.normal(term)) for term in (first_term, last_term, row, column))
    widths = _widths(facts, width, (first, last))
    return as_atom(facts, Apply("chain", _family(own, to_term(entry)), *numbers, widths))


def _entry(
    facts: Facts, layers: Term, own: Indices, ends: tuple[Poly, Poly], width: Term
) -> tuple[Poly, Poly | None]:
    """Any entry of any layer and, if all layers are diagonal, an entry on the diagonal."""
    layer, row, column = own
    inside = facts.within(layer, *ends)
    rows, columns = (inside.normal(depth_of(width, end)) for end in (layer, layer - 1))
    inside = inside.within(row, constant(1), rows).within(column, constant(1), columns)
    entry = inside.normal(member(layers, own))
    difference = power_of(row) - power_of(column)

    def is_bracket(base: Base, exponent: Exponent) -> bool:
        if not (isinstance(base, Apply) and base.head == "Iverson" and exponent == 1):
            return False
        relation = base.args[0]
        sides = inside.normal(relation.lhs) - inside.normal(relation.rhs)
        return relation.op == "==" and sides in (difference, -difference)

    if rows != columns:
        return entry, None
    diagonal = []
    for monomial, coefficient in entry.terms.items():
        rest = frozenset(pair for pair in monomial if not is_bracket(*pair))
        if rest == monomial:
            return entry, None
        diagonal.append(Poly({rest: coefficient}))
    return entry, total(diagonal)


def _widths(facts: Facts, width: Term, ends: tuple[Poly, Poly]) -> Term:
    if isinstance(width, Symbol) and width.arity:
        return width
    if isinstance(width, Apply) and width.head == "lambda":
        own = unique_index()
        first, last = ends
        inside = facts.within(own, first - constant(1), last)
        body = to_term(inside.normal(member(width, (own,))))
        return _family((own,), body) if own in body.free else body
    return to_term(facts.normal(width))


def _family(indices: Indices, body: Term) -> Apply:
    """The body as a function of the indices, under names that depend on the body alone."""
    own = tuple(canonical(body, INTEGER, place) for place in range(1, len(indices) + 1))
    return function(own, substitute(body, dict(zip(indices, own, strict=True))))


__all__ = ["chain"]
