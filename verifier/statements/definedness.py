"""What must hold for a term to have a value, read off the tree before anything is simplified.

The conventions of the language: 0**0 = 1; an empty sum is 0, an empty product 1; a power with a
negative base needs an integer exponent; everything else is real analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from verifier.statements.substitution import fresh, member, substitute
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term


class Condition(NamedTuple):
    """Within the given index ranges, `kind` must hold of `terms`.

    Kinds: `nonzero`, `positive` and `nonnegative` of one term; `power` of a base and an
    exponent; `integer` of one term; `family` of a symbol and a term (the term lies in the symbol's
    domain); `limit`, `root` and `diff` of the whole node.
    """

    kind: str
    terms: tuple[Term, ...]
    within: tuple[Relation, ...] = ()

    def __repr__(self) -> str:
        shown = {
            "nonzero": "{0!r} != 0", "positive": "{0!r} > 0", "nonnegative": "{0!r} >= 0",
            "integer": "{0!r} is an integer", "power": "({0!r})**({1!r}) is defined",
            "limit": "{0!r} exists", "root": "{0!r} exists", "diff": "{0!r} exists",
        }[self.kind].format(*self.terms)  # fmt: skip
        within = " for " + ", ".join(map(repr, self.within)) if self.within else ""
        return shown + within


def conditions(node: Any, avoid: Iterable[str] = ()) -> Iterator[Condition]:
    """The conditions under which the node is defined, each once.

    Indices of sums and products appear under fresh names, different from those in `avoid`.

    >>> from verifier.statements.vocabulary import real
    >>> x = real("x")
    >>> list(conditions((x**2 - 1) / (x - 1) == x + 1))
    [x - 1 != 0]
    """
    seen: set[Condition] = set()
    names = {s.name for s in node.free}.union(avoid)
    for condition in _conditions(node, (), names):
        if condition not in seen:
            seen.add(condition)
            yield condition


def _conditions(node: Any, within: tuple[Relation, ...], names: set[str]) -> Iterator[Condition]:
    if isinstance(node, Relation):
        yield from _conditions(node.lhs, within, names)
        yield from _conditions(node.rhs, within, names)
    if not isinstance(node, Apply):
        return
    head, args = node.head, node.args
    if head in ("Sum", "Product"):
        body, index, lower, upper = args
        for bound in (lower, upper):
            yield from _conditions(bound, within, names)
            yield Condition("integer", (bound,), within)
        own = fresh(index, names)
        body = substitute(body, {index: own})
        within = (*within, lower <= own, own <= upper)
        yield from _conditions(body, within, names | {own.name})
        return
    if head == "limit":
        yield Condition(head, (node,), within)
        return
    if head == "root":
        for bound in args[2:]:
            yield from _conditions(bound, within, names)
        yield Condition(head, (node,), within)
        return
    if head == "lambda":
        *bound_symbols, body = args
        taken = set(names)
        renamed = {}
        for symbol in bound_symbols:
            renamed[symbol] = fresh(symbol, taken)
            taken.add(renamed[symbol].name)
        yield from _conditions(substitute(body, renamed), within, taken)
        return
    if head == "chain":
        yield from _chain(args, within, names)
        return
    of_matrices = head == "sharpness" and args[0].head == "matrices"
    for arg in args[:3] if of_matrices else args:
        yield from _conditions(arg, within, names)
    if head == "/":
        yield Condition("nonzero", (args[1],), within)
    elif head == "**" and not _is_natural(args[1]):
        yield Condition("power", args, within)
    elif head == "log":
        yield Condition("positive", args, within)
    elif head == "sqrt":
        yield Condition("nonnegative", args, within)
    elif head == "diff":
        yield Condition("diff", (node,), within)
    elif head == "oo":
        yield Condition("nonzero", (Number(0),), within)  # infinity is a point, not a number
    elif head == "[]":
        for index in args[1:]:
            yield Condition("integer", (index,), within)
    elif head in ("sharpness", "hessian"):
        yield from _sharpness(args[:4], within, names)
        yield from _weight_indices(args, within)


def _is_natural(exponent: Term) -> bool:
    return (
        isinstance(exponent, Number)
        and exponent.value.denominator == 1
        and exponent.value.numerator >= 0
    )


def _sharpness(
    args: tuple[Any, ...], within: tuple[Relation, ...], names: set[str]
) -> Iterator[Condition]:
    allocation, pathways, depth, target = args
    any_path = fresh(Symbol("h", INTEGER), names)
    depth = depth_of(depth, any_path)
    for count in (pathways, depth):
        yield Condition("integer", (count,), within)
        yield Condition("nonnegative", (count - 1,), within)
    if allocation.head == "matrices":
        width = allocation.args[1]
        yield Condition("integer", (width,), within)
        yield Condition("nonnegative", (width - 1,), within)
        entry = [fresh(Symbol(name, INTEGER), names) for name in ("i", "j")]
        inside = [r for place in entry for r in (Number(1) <= place, place <= width)]
        taken = names | {symbol.name for symbol in entry}
        yield from _conditions(member(target, tuple(entry)), (*within, *inside), taken)
    elif allocation.head != "weights":
        yield Condition("nonnegative", (target,), within)
    if allocation.head == "shared":
        active = allocation.args[0]
        yield Condition("integer", (active,), within)
        yield Condition("nonnegative", (active - 1,), within)
        yield Condition("nonnegative", (pathways - active,), within)
    if allocation.head == "split":
        (shares,) = allocation.args
        yield Condition("nonnegative", (member(shares, (any_path,)),), within)


def _chain(
    args: tuple[Any, ...], within: tuple[Relation, ...], names: set[str]
) -> Iterator[Condition]:
    """The entries of all layers exist, and the row and the column are places of the product."""
    layers, first, last, row, column, width = args
    for arg in (first, last, row, column):
        yield from _conditions(arg, within, names)
        yield Condition("integer", (arg,), within)
    yield Condition("nonnegative", (last - first + 1,), within)
    own = [fresh(Symbol(name, INTEGER), names) for name in ("l", "a", "b")]
    layer, *places = own
    taken = names | {symbol.name for symbol in own}
    boundaries = (*within, first - 1 <= layer, layer <= last)
    yield from _conditions(depth_of(width, layer), boundaries, taken)
    yield Condition("integer", (depth_of(width, layer),), boundaries)
    for place, boundary in ((row, last), (column, first - 1)):
        yield Condition("nonnegative", (place - 1,), within)
        yield Condition("nonnegative", (depth_of(width, boundary) - place,), within)
    inside = (*within, first <= layer, layer <= last)
    for place, boundary in zip(places, (layer, layer - 1), strict=True):
        inside = (*inside, Number(1) <= place, place <= depth_of(width, boundary))
    yield from _conditions(member(layers, tuple(own)), inside, taken)


def _weight_indices(args: tuple[Any, ...], within: tuple[Relation, ...]) -> Iterator[Condition]:
    _, pathways, depth, _, *indices = args
    for pathway, layer in zip(indices[::2], indices[1::2], strict=True):
        for index, last in ((pathway, pathways), (layer, depth_of(depth, pathway))):
            yield Condition("integer", (index,), within)
            yield Condition("nonnegative", (index - 1,), within)
            yield Condition("nonnegative", (last - index,), within)


def depth_of(depth: Term, pathway: Term) -> Term:
    """The depth of one pathway: the common depth, or the member of a family of depths."""
    if (isinstance(depth, Symbol) and depth.arity == 1) or (
        isinstance(depth, Apply) and depth.head == "lambda"
    ):
        return member(depth, (pathway,))
    return depth


__all__ = ["Condition", "conditions", "depth_of"]
