"""Matching: what the variables of a theorem stand for if it is to state something else.

Its variables stand for terms, a family `s` of theirs for another one, or for the lambda that has
the member `s[h]` wherever they write it.  What is found is a proposal, for the kernel to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import (
    BINDERS,
    INTEGER,
    Apply,
    Number,
    Relation,
    Symbol,
    Term,
    arity_of,
)

#: What the variables of a theorem stand for.
Values = Mapping[Symbol, Term]

NOTHING: Mapping[Symbol, Symbol] = MappingProxyType({})


def match(
    pattern: object,
    target: object,
    values: Values = NOTHING,
    bound: Mapping[Symbol, Symbol] = NOTHING,
) -> Values | None:
    """What the variables of the pattern stand for if it is to be the target; None if it cannot be.

    `values` says what some of them stand for already, and `bound` which index of the target each
    index of the pattern is.

    >>> from verifier.statements.vocabulary import H, L, positive
    >>> x = positive("x")
    >>> match(x ** (2 / L) < 1, H ** (2 / L) < 1)
    {x: H, L: L}
    >>> match(x / x < 1, H / L < 1) is None
    True
    """
    if isinstance(pattern, Relation):
        if not isinstance(target, Relation) or pattern.op != target.op:
            return None
        return _match_all(zip(_sides(pattern), _sides(target), strict=True), values, bound)
    if isinstance(pattern, Number):
        return values if pattern is target else None
    if isinstance(pattern, Symbol):
        if pattern in bound:
            return values if bound[pattern] is target else None
        return _bind(pattern, target, values, bound)
    if not isinstance(pattern, Apply) or not isinstance(target, Term):
        return None
    if pattern.head == "[]":
        return _match_member(pattern, target, values, bound)
    if isinstance(target, Number):
        return values  # where a term has been worked out; the kernel compares
    if not isinstance(target, Apply) or (pattern.head, len(pattern.args)) != (
        target.head, len(target.args)
    ):  # fmt: skip
        return None
    if pattern.head in BINDERS:
        place, scope = BINDERS[pattern.head]
        indices = [(pattern.args[place], target.args[place])]
    elif pattern.head == "lambda":
        place, scope = -1, (len(pattern.args) - 1,)
        indices = list(zip(pattern.args[:-1], target.args[:-1], strict=True))
    else:
        return _match_all(zip(pattern.args, target.args, strict=True), values, bound)
    own = {index for index, _ in indices} | {index for _, index in indices}
    within = {**{p: t for p, t in bound.items() if p not in own and t not in own}, **dict(indices)}
    outside = [
        (p, t)
        for i, (p, t) in enumerate(zip(pattern.args, target.args, strict=True))
        if i not in scope and i != place and pattern.head != "lambda"
    ]
    found = _match_all(outside, values, bound)
    bodies = [(pattern.args[i], target.args[i]) for i in scope]
    return None if found is None else _match_all(bodies, found, within)


def _sides(relation: Relation) -> tuple[Term, Term]:
    return relation.lhs, relation.rhs


def _match_all(
    pairs: Iterable[tuple[object, object]], values: Values, bound: Mapping[Symbol, Symbol]
) -> Values | None:
    for pattern, target in pairs:
        found = match(pattern, target, values, bound)
        if found is None:
            return None
        values = found
    return values


def _bind(
    symbol: Symbol, target: object, values: Values, bound: Mapping[Symbol, Symbol]
) -> Values | None:
    if not isinstance(target, Term) or target.free & set(bound.values()):
        return None
    if arity_of(target) != symbol.arity:
        index = Symbol("h", INTEGER)  # a number for all members: depths that are the same
        if symbol.arity != 1 or arity_of(target) or index in target.free:
            return None
        target = function((index,), target)
    known = values.get(symbol)
    if known is None:
        return {**values, symbol: target}
    return values if known is target else None


def _match_member(
    pattern: Apply, target: Term, values: Values, bound: Mapping[Symbol, Symbol]
) -> Values | None:
    """A member of a family, with indices that may be bound."""
    family, *indices = pattern.args
    known = values.get(family)
    if isinstance(known, Apply):
        places = [substitute(substitute(i, dict(bound)), dict(values)) for i in indices]
        return values if member(known, tuple(places)) is target else None
    if isinstance(target, Apply) and target.head == "[]":
        found = match(family, target.args[0], values, bound)
        if found is not None:
            found = _match_all(zip(indices, target.args[1:], strict=True), found, bound)
        if found is not None:
            return found
    own = [bound[i] for i in indices if i in bound]
    if known is not None or len(own) < len(indices) or len(set(own)) < len(own):
        return None
    return _bind(family, function(tuple(own), target), values, bound)


__all__ = ["Values", "match"]
