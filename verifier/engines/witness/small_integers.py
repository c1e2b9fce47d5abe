"""Small values of the integer variables of a statement that satisfy what is given of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.witness.lowering import CannotLower, literal_integer
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import INTEGER, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import H, Iverson, L

Integers = dict[Symbol, Term]
#: Depths of three pathways, row after row; where the domain starts at 3, each is 2 more.
DEPTHS = ((2, 3, 1), (1, 2, 3), (2, 2, 2), (3, 1, 2))
INDICES = (1, 2, 3, 0, 4, -1)
FOUND, KEPT = 60, 6  # choices of the other integers, at one size


def choices(statement: Statement, weights: int) -> Iterator[Integers]:
    """Sizes with at most so many weights, in turn, each with a few values of the other integers.

    >>> from verifier.statements.vocabulary import integer
    >>> i = integer("i")
    >>> next(choices(Statement(H >= i, [i >= 2, i <= H]), 6))
    {H: 2, i: 2}
    """
    columns = [_spread(_completed(statement, size)) for size in _sizes(statement, weights)]
    for row in zip_longest(*columns):
        yield from (found for found in row if found is not None)


def _spread(candidates: Iterator[Integers]) -> list[Integers]:
    found = list(islice(candidates, FOUND))
    return found[:: max(1, len(found) // KEPT)]


def _sizes(statement: Statement, weights: int) -> Iterator[Integers]:
    """Values of H, L and the families of depths."""
    variables = set(statement.variables)
    families = [s for s in statement.variables if s.arity == 1 and s.domain.integer]
    pathways = range(1, weights + 1) if H in variables else (1,)
    depths = range(1, weights + 1) if L in variables else (1,)
    for layers in depths:
        for paths in pathways:
            if paths * layers > weights or (families and paths > len(DEPTHS[0])):
                continue
            size: Integers = {H: Number(paths), L: Number(layers)}
            for row in DEPTHS if families else ((),):
                tables = {f: _table(_in_domain(row, f)) for f in families}
                yield {s: v for s, v in (size | tables).items() if s in variables}


def _in_domain(row: Sequence[int], family: Symbol) -> list[int]:
    least = family.domain.lower
    return [entry + max(0, int(least) - 1 if least is not None else 0) for entry in row]


def _table(row: Sequence[int]) -> Term:
    """The family with these first members, and the last of them from there on."""
    index = Symbol("h", INTEGER)
    body: Term = Number(row[-1])
    for place, depth in enumerate(row, 1):
        body = body + Iverson(index == place) * (depth - row[-1])
    return function((index,), body)


def _completed(statement: Statement, size: Integers) -> Iterator[Integers]:
    """The size with values of the other integers, every relation checked as soon as it can be."""
    others = [s for s in statement.variables if s.domain.integer and not s.arity and s not in size]
    known = set(size)
    given = [g for g in statement.given if all(s.domain.integer for s in g.free)]
    due: list[list[Relation]] = [[g for g in given if g.free <= known]]
    for symbol in others:
        known.add(symbol)
        due.append([g for g in given if g.free <= known and symbol in g.free])
    if not all(_holds(g, size) for g in due[0]):
        return

    def extend(values: Integers, position: int) -> Iterator[Integers]:
        if position == len(others):
            yield values
            return
        symbol = others[position]
        for number in INDICES:
            more = {**values, symbol: Number(number)}
            allowed = symbol.domain.lower is None or symbol.domain.lower <= number
            if allowed and all(_holds(g, more) for g in due[position + 1]):
                yield from extend(more, position + 1)

    yield from extend(size, 0)


def _holds(relation: Relation, values: Integers) -> bool:
    ground = substitute(relation, values)
    try:
        left, right = literal_integer(ground.lhs), literal_integer(ground.rhs)
    except CannotLower:
        return False
    return COMPARISONS[relation.op](left, right)


__all__ = ["choices"]
