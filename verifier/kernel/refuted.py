"""`Refuted`: a statement with exact values of its variables at which it fails, proved to fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.proved import Proved, prove
from verifier.kernel.roots import has_no_root
from verifier.kernel.rules.limits import FAR, has_no_limit
from verifier.kernel.rules.logic import require_value
from verifier.statements.definedness import Condition, conditions
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

_KEY = object()
MAX_RANGE = 64


class Refuted:
    """A statement and values at which all that is given is proved and the claim is proved false.

    `failure` proves the claim's negation at the values, or is the condition of definedness that
    fails there.  Only `refute` makes one.
    """

    __slots__ = ("failure", "statement", "values")
    statement: Statement
    values: Mapping[Symbol, Term]
    failure: Proved | Condition

    def __init__(self, *contents: Any) -> None:
        if not contents or contents[0] is not _KEY:
            raise TypeError("only the kernel makes a Refuted: call refute(statement, values)")
        _, self.statement, self.values, self.failure = contents

    def __repr__(self) -> str:
        at = ", ".join(f"{s} = {v}" for s, v in self.values.items())
        return f"Refuted: {self.statement!r} fails at {at}"


def refute(
    statement: Statement, values: Mapping[Symbol, Term], premises: tuple[Proved, ...] = ()
) -> Refuted:
    """The refutation of a statement by values of its variables.

    `premises` are proved facts about the values (such as the sharpness there), with nothing given,
    or, for what stands in a limit, given only that one variable is far out.

    Raises:
        Refused: a value is missing, outside its domain or not closed; something given is not known
            to hold; the claim is not known to fail.
    """
    missing = set(statement.variables) - set(values)
    if missing:
        raise Refused(f"no value for {', '.join(s.name for s in missing)}")
    for symbol in statement.variables:
        if values[symbol].free:
            raise Refused(f"the value of {symbol} is not closed")
        require_value(context_of(()), symbol, values[symbol])
    here = tuple(p for p in premises if not p.statement.given)
    far = _far_out(p.statement for p in premises if p.statement.given)
    for condition in statement.given:
        require_indices(condition, values)
        prove("arithmetic", Statement(substitute(condition, values)), here)
    at_values = context_of(tuple(p.statement.claim for p in here))
    needed = (*_indices(statement.claim, values), *_underived(statement.claim, values))
    undefined = _undefined(at_values, needed, far)
    if undefined is None:
        claim: Relation = substitute(differentiated(statement, values), values)
        undefined = _undefined(at_values, conditions(claim), far)
    if undefined is not None:
        return Refuted(_KEY, statement, dict(values), undefined)
    failure = prove("arithmetic", Statement(claim.negation), here)
    return Refuted(_KEY, statement, dict(values), failure)


def require_indices(relation: Relation, values: Mapping[Symbol, Term]) -> None:
    """Refuse unless the indices of families are known to be integers at the values.

    The relation at the values has lambdas in place of families, and these would forget it.
    """
    for condition in _indices(relation, values):
        context_of(()).require(condition)


def _indices(relation: Relation, values: Mapping[Symbol, Term]) -> Iterator[Condition]:
    """That the indices of families are integers at the values."""
    if not any(symbol.arity for symbol in relation.free):
        return
    for kind, terms, within in conditions(relation):
        if kind == "integer":
            at = tuple(substitute(term, values) for term in terms)
            yield Condition(kind, at, tuple(substitute(r, values) for r in within))


def _underived(claim: Relation, values: Mapping[Symbol, Term]) -> Iterator[Condition]:
    """The conditions, at the values, in which nothing is differentiated."""
    if not any(map(_is_derivative, subterms(claim))):
        return  # all of them are read off the claim at the values
    for kind, terms, within in conditions(claim):
        parts = (*terms, *within)
        if not any(_is_derivative(node) for part in parts for node in subterms(part)):
            at = tuple(substitute(term, values) for term in terms)
            yield Condition(kind, at, tuple(substitute(r, values) for r in within))


Far = dict[Symbol | None, tuple[Relation, ...]]


def _far_out(statements: Iterable[Statement]) -> Far:
    """The claims about each variable of which only is given that it is far out."""
    found: Far = {}
    for statement in statements:
        (variable,) = statement.variables if len(statement.variables) == 1 else (None,)
        if variable is None or statement.given != (variable >= FAR,):
            raise Refused("a premise about the values gives something")
        found[variable] = (*found.get(variable, ()), statement.claim)
    return found or {None: ()}


def differentiated(statement: Statement, values: Mapping[Symbol, Term]) -> Relation:
    """The claim with its derivatives carried out, at the values of all that they do not involve.

    A derivative by a variable must be taken before the variable gets a value.
    """
    by = {_variable(n) for n in subterms(statement.claim) if _is_derivative(n)}
    if not by:
        return statement.claim
    fixed = {s: v for s, v in values.items() if s not in by}
    given = tuple(substitute(g, fixed) for g in statement.given)
    context = context_of(tuple(g for g in given if g.free))
    claim: Relation = substitute(statement.claim, fixed)
    context.require_defined(claim)
    sides = (to_term(context.normal(side)) for side in (claim.lhs, claim.rhs))
    return Relation(claim.op, *sides)


def _is_derivative(node: object) -> bool:
    return isinstance(node, Apply) and node.head == "diff"


def _variable(node: Apply) -> Symbol:
    variable = node.args[1]
    return variable if isinstance(variable, Symbol) else variable.args[0]


def _undefined(context: Context, needed: Iterable[Condition], far: Far) -> Condition | None:
    """A condition of definedness that certainly fails at these numbers."""
    for condition in needed:
        for ground in _instances(condition):
            try:
                if _fails(context, ground, far):
                    return ground
            except Refused:
                continue
    return None


def _instances(condition: Condition) -> Iterator[Condition]:
    """The condition at the places of its ranges, where the ranges are short literal ones."""
    if not condition.within:
        yield condition
        return
    lower, upper, *rest = condition.within
    try:
        first, last = (context_of(()).normal(t).constant for t in (lower.lhs, upper.rhs))
    except Refused:
        return
    if first is None or last is None:
        return
    index = lower.rhs
    start = int(first.ceil())
    for place in range(start, min(int(last.floor()), start + MAX_RANGE) + 1):
        at = {index: Number(place)}
        terms = tuple(substitute(t, at) for t in condition.terms)  # type: ignore[arg-type]
        within = tuple(substitute(r, at) for r in rest)  # type: ignore[arg-type]
        yield from _instances(Condition(condition.kind, terms, within))


def _at_ends(node: Apply) -> Iterator[Condition]:
    """That the function of a root has values at the bounds."""
    body, variable, *bounds = node.args
    for bound in bounds:
        yield from conditions(substitute(body, {variable: bound}))


_CERTAIN_FAILURE = {
    "nonzero": signs.ZERO, "positive": signs.NONPOSITIVE, "nonnegative": signs.NEGATIVE,
}  # fmt: skip


def _fails(context: Context, condition: Condition, far: Far) -> bool:
    if condition.kind == "limit":
        (node,) = condition.terms
        return any(has_no_limit(context, node, v, facts) for v, facts in far.items())  # type: ignore
    if condition.kind == "root":
        (node,) = condition.terms
        return _undefined(context, _at_ends(node), far) is not None or has_no_root(context, node)  # type: ignore
    first = context.normal(condition.terms[0])
    sign = context.sign(first)
    if condition.kind in _CERTAIN_FAILURE:
        return signs.only(sign, _CERTAIN_FAILURE[condition.kind])
    if condition.kind == "integer":
        return first.constant is not None and first.constant.q != 1
    if condition.kind == "power":
        exponent = context.normal(condition.terms[1])
        if signs.only(sign, signs.ZERO):
            return signs.only(context.sign(exponent), signs.NEGATIVE)
        literal = exponent.constant
        return signs.only(sign, signs.NEGATIVE) and literal is not None and literal.q != 1
    return False
