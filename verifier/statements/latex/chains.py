"""Conditions as they stand in a text: bounds that continue one another, equal bounds said once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from verifier.statements.latex.boxes import RELATIONS, Style, listed, node_row
from verifier.statements.layout import Piece, Row, flat, follow
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

NARROW = 10.0  # em; what is no wider needs no fractions
BIG = re.compile(r"\\(?:sum|prod)_")
_UPWARDS = {"<": "<", "<=": "<=", ">": "<", ">=": "<="}


class _Chain(NamedTuple):
    """Terms, or several of them, with relations between."""

    terms: tuple[tuple[Term, ...], ...]
    ops: tuple[str, ...]

    def joined(self, other: _Chain) -> _Chain | None:
        """Both as one, where they bound a variable in the same way."""
        place = 1 if len(self.ops) == 2 else 0
        if self.ops != other.ops or len(self.ops) > 2 or not all(map(_is_bound, (self, other))):
            return None
        if any(self.terms[i] != other.terms[i] for i in range(len(self.terms)) if i != place):
            return None
        terms = list(self.terms)
        terms[place] += other.terms[place]
        return _Chain(tuple(terms), self.ops)

    def row(self) -> Row:
        if len(self.ops) == 1 and len(self.terms[0]) == 1:
            return in_line(Relation(self.ops[0], self.terms[0][0], self.terms[1][0]))
        row = listed(self.terms[0], Style.INLINE)
        for op, terms in zip(self.ops, self.terms[1:], strict=True):
            shown = listed(terms, Style.INLINE)
            row = follow(row, f" {RELATIONS[op]} ", Style.INLINE.relation, shown, depth=-1)
        return row


def chains(relations: Iterable[Relation]) -> list[Piece]:
    r"""Relations for running text, those that continue one another joined.

    >>> from verifier.statements.vocabulary import H, L, k, integer
    >>> [piece.text for piece in chains([1 <= k, k <= H, H >= 2, L >= 2])]
    ['1 \\le k \\le H', 'H, L \\ge 2']
    >>> i = integer("i")
    >>> [piece.text for piece in chains([1 <= i, i <= H, 1 <= k, k <= H])]
    ['1 \\le i, k \\le H']
    """
    return [flat(row) for row in chained(relations)]


def chained(relations: Iterable[Relation]) -> list[Row]:
    """The same as rows."""
    found: list[_Chain] = []
    before: Relation | None = None
    for relation in relations:
        single = _of(relation)
        upper = _upper(before) if before is not None else None
        if before is not None and upper is relation.lhs and relation.op in ("<", "<="):
            last = _of(_upwards(before)) if before.op[0] == ">" else found[-1]
            single = _Chain((*last.terms, (relation.rhs,)), (*last.ops, relation.op))
            found.pop()
        found.append(single)
        before = relation
    return [chain.row() for chain in _together(found)]


def _together(found: Iterable[_Chain]) -> list[_Chain]:
    """Chains, those with equal bounds as one."""
    merged: list[_Chain] = []
    for chain in found:
        for place, other in enumerate(merged):
            both = other.joined(chain)
            if both is not None:
                merged[place] = both
                break
        else:
            merged.append(chain)
    return merged


def in_line(relation: Relation) -> Row:
    """A relation as in running text; with fractions, where slashes would make it much wider."""
    slashed, upright = (node_row(relation, style) for style in (Style.INLINE, Style.DISPLAY))
    text, width = flat(slashed)[:2]
    much = width > NARROW and flat(upright).width < 0.8 * width and not BIG.search(text)
    return upright if much else slashed


def _is_bound(chain: _Chain) -> bool:
    """Whether it bounds variables: from both sides, or by a number."""
    ordered = all(op in _UPWARDS for op in chain.ops)
    if len(chain.ops) == 2:
        return ordered and all(map(_is_variable, chain.terms[1]))
    return (
        ordered and isinstance(chain.terms[1][0], Number) and all(map(_is_variable, chain.terms[0]))
    )


def _is_variable(term: Term) -> bool:
    return isinstance(term, Symbol) or (isinstance(term, Apply) and term.head == "[]")


def _of(relation: Relation) -> _Chain:
    return _Chain(((relation.lhs,), (relation.rhs,)), (relation.op,))


def _upper(relation: Relation) -> Term | None:
    return _upwards(relation).rhs if relation.op in _UPWARDS else None


def _upwards(relation: Relation) -> Relation:
    """The relation with the larger side on the right."""
    turned = relation.op[0] == ">"
    sides = (relation.rhs, relation.lhs) if turned else (relation.lhs, relation.rhs)
    return Relation(_UPWARDS[relation.op], *sides)


__all__ = ["BIG", "chained", "chains", "in_line"]
