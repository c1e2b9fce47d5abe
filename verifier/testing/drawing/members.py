"""Members of families as variables of their own, and families made of their members again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.statements.definedness import depth_of
from verifier.statements.substitution import fresh, function, rebuild
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term, subterms
from verifier.statements.vocabulary import Iverson, split, weights

from .written import written

Place = tuple[int, ...]


def members(
    family: Symbol, given: Iterable[Relation], claim: Relation, names: set[str]
) -> dict[Place, Symbol]:
    """A variable for each member that is given something at literal indices, or is claimed of.

    >>> from verifier.statements.vocabulary import family as named
    >>> s = named("s")
    >>> members(s, [s[1] > 0], s[2] > s[1], {"s"})
    {(1,): s_1_1, (2,): s_2_1}
    """
    found = set(_places(family, given))
    if found:
        found |= {*_places(family, [claim]), *_in_networks(family, claim)}
    return {
        place: fresh(Symbol("_".join([family.name, *map(_word, place)]), family.domain), names)
        for place in sorted(found)
    }


def _places(family: Symbol, relations: Iterable[Relation]) -> Iterator[Place]:
    for node in (n for relation in relations for n in subterms(relation)):
        if _is_member(node, family) and _literal(node.args[1:]):
            yield tuple(int(n.value) for n in node.args[1:])


def _in_networks(family: Symbol, claim: Relation) -> Iterator[Place]:
    """The members that shares or weights of a network are, if its sizes are literal."""
    for node in subterms(claim):
        if not isinstance(node, Apply) or node.head not in ("sharpness", "hessian"):
            continue
        allocation, pathways, depth, *_ = node.args
        if not isinstance(pathways, Number) or family not in allocation.free:
            continue
        for h in range(1, int(pathways.value) + 1):
            if family.arity == 1 and allocation is split(family):
                yield (h,)
            elif family.arity == 2 and allocation is weights(family):
                layers = written(depth_of(depth, Number(h)))
                count = int(layers.value) if isinstance(layers, Number) else 0
                yield from ((h, layer) for layer in range(1, count + 1))


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
