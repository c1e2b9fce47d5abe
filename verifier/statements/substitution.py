"""Substitution: terms for symbols, without capture; families and lambdas applied to indices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.errors import StatementError
from verifier.statements.terms import (
    BINDERS,
    Apply,
    Number,
    Relation,
    Symbol,
    Term,
    TermLike,
    divide,
    negate,
)


def function(indices: tuple[Symbol, ...], body: TermLike) -> Apply:
    """The family whose member at `indices` is `body` (a lambda)."""
    return Apply("lambda", *indices, body)


Substitution = Mapping[Symbol, Term]


def substitute(node: Any, mapping: Substitution) -> Any:
    """The node with free symbols replaced; families are replaced by families or lambdas.

    Bound symbols are renamed where they would capture a symbol of a replacement.

    >>> from verifier.statements.vocabulary import Sum, integer
    >>> n, L = integer("n"), integer("L")
    >>> substitute(Sum(n * L, (n, 1, L)), {L: n})
    Sum(n_1*n, (n_1, 1, n))
    """
    seen: dict[Any, Any] = {}

    def go(node: Any) -> Any:
        if isinstance(node, Number) or not (node.free & mapping.keys()):
            return node
        done = seen.get(node)
        if done is None:
            done = seen[node] = step(node)
        return done

    def step(node: Any) -> Any:
        if isinstance(node, Symbol):
            return mapping[node]
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if node.head in BINDERS or node.head == "lambda":
            return _under_binder(node, mapping)
        if node.head == "[]":
            family, *indices = node.args
            return member(go(family), tuple(go(i) for i in indices))
        return rebuild(node.head, tuple(go(a) for a in node.args))

    return go(node)


def _under_binder(node: Apply, mapping: Substitution) -> Term:
    if node.head == "lambda":
        bound: tuple[Symbol, ...] = tuple(node.args[:-1])
        scope: tuple[int, ...] = (len(node.args) - 1,)
    else:
        position, scope = BINDERS[node.head]
        bound = (node.args[position],)
    inner = {s: t for s, t in mapping.items() if s not in bound}
    used = frozenset().union(*(t.free for s, t in inner.items() if s in node.free))
    names = {s.name for s in used | node.free}
    taken = names | {symbol.name for symbol in bound}
    renamed: dict[Symbol, Term] = {}
    for symbol in bound:
        if symbol.name in names:
            own = fresh(symbol, taken)
            renamed[symbol] = own
            taken.add(own.name)
    args = []
    for i, arg in enumerate(node.args):
        if (
            arg in bound
            and (node.head == "lambda" or i == BINDERS[node.head][0])
            and (i not in scope)
        ):
            args.append(renamed.get(arg, arg))
        elif i in scope:
            args.append(substitute(arg, {**inner, **renamed}))
        else:
            args.append(substitute(arg, mapping))
    return Apply(node.head, *args)


def fresh(symbol: Symbol, names: set[str]) -> Symbol:
    """A symbol of the same domain whose name is not taken."""
    number = 1
    while f"{symbol.name}_{number}" in names:
        number += 1
    return Symbol(f"{symbol.name}_{number}", symbol.domain, symbol.arity)


def member(family: Term, indices: tuple[Term, ...]) -> Term:
    """The member of a family at some indices; a lambda is applied."""
    if isinstance(family, Apply) and family.head == "lambda":
        *bound, body = family.args
        if len(bound) != len(indices):
            raise StatementError("wrong number of indices", "index a family by its arity")
        return substitute(body, dict(zip(bound, indices, strict=True)))  # type: ignore[no-any-return]
    return Apply("[]", family, *indices)


def rebuild(head: str, args: tuple[Any, ...]) -> Term:
    """The operation on new arguments, literals folded as the operators fold them."""
    if head == "neg":
        return negate(args[0])
    if head == "/":
        return divide(*args)
    if head in ("sharpness", "hessian"):
        allocation, pathways, depth, *rest = args
        return Apply(head, allocation, pathways, common_depth(depth), *rest)
    if head == "chain":
        return Apply(head, *args[:-1], common_depth(args[-1]))
    return Apply(head, *args)


def common_depth(depth: Term) -> Term:
    """A family of depths that are all the same, as that depth."""
    if isinstance(depth, Apply) and depth.head == "lambda":
        index, body = depth.args
        if index not in body.free:
            return body  # type: ignore[no-any-return]
    return depth
