"""Members of families as variables of their own, and families made of their members again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verifier.statements.substitution import fresh, function, rebuild
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term, subterms

Place = tuple[int, ...]


def members(family: Symbol, relations: Iterable[Relation], names: set[str]) -> dict[Place, Symbol]:
    """A variable for each member at literal indices, named after them.

    >>> from verifier.statements.vocabulary import family as family_of
    >>> s = family_of("s")
    >>> members(s, [s[2] > s[1]], {"s"})
    {(1,): s_1_1, (2,): s_2_1}
    """
    found = {n.args[1:] for r in relations for n in subterms(r) if _is_member(n, family)}
    places = sorted(tuple(int(n.value) for n in i) for i in found if _literal(i))
    return {
        place: fresh(Symbol("_".join([family.name, *map(_word, place)]), family.domain), names)
        for place in places
    }


def with_members(node: Any, family: Symbol, own: Mapping[Place, Symbol]) -> Any:
    """The node with the members of a family at literal indices as variables."""

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply) or family not in node.free or node.head == "lambda":
            return node
        if _is_member(node, family) and _literal(node.args[1:]):
            return own[tuple(int(n.value) for n in node.args[1:])]
        return rebuild(node.head, tuple(map(go, node.args)))

    return go(node)


def family_of(family: Symbol, own: Mapping[Place, Term]) -> Term:
    """The family with such members, and the last of them from there on.

    >>> from verifier.statements.vocabulary import family as named
    >>> family_of(named("s"), {(1,): Number(3), (2,): Number(5)})
    (lambda a: 5 + -2*Iverson(a == 1))
    """
    from verifier.statements.vocabulary import Iverson

    indices = tuple(Symbol(name, INTEGER) for name in ("a", "b", "c", "d")[: family.arity])
    rest = body = list(own.values())[-1]
    for place, value in own.items():
        if value is not rest:
            bracket: Term = value - rest
            if isinstance(value, Number) and isinstance(rest, Number):
                bracket = Number(value.value - rest.value)
            for index, position in zip(indices, place, strict=True):
                bracket = bracket * Iverson(index == position)
            body = body + bracket
    return function(indices, body)


def _is_member(node: Any, family: Symbol) -> bool:
    return isinstance(node, Apply) and node.head == "[]" and node.args[0] is family


def _literal(indices: tuple[Term, ...]) -> bool:
    return all(isinstance(n, Number) and n.value.denominator == 1 for n in indices)


def _word(index: int) -> str:
    return str(index) if index >= 0 else f"minus_{-index}"


__all__ = ["Place", "family_of", "members", "with_members"]
