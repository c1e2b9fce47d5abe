"""What follows by logic: other variables for variables, and a distinction of cases."""

from __future__ import annotations

from typing import Any

from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, constant, rational, unique_index
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with
from verifier.statements.statement import Statement
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term, subterms


@rule
def instance(
    statement: Statement,
    premises: tuple[Proved, ...],
    mapping: tuple[tuple[Symbol, Term], ...],
) -> None:
    """A proved statement holds for any values of its variables that satisfy what it needs.

    The first premise is the general statement; the others may help to show that the values lie in
    the domains of the variables and satisfy what is given there.  Families may be replaced by
    other families or by lambdas; one of any real numbers by a lambda that has values just where the
    claim asks for them.  Sound because a statement is claimed for all values, and its own value
    depends on no others than it asks for.
    """
    general, *helpers = premises
    context = context_with(statement, tuple(helpers))
    replaced = dict(mapping)
    _require_free_of_derivatives(general.statement, replaced)
    for symbol, value in mapping:
        if not _is_partial(symbol, value):
            require_value(context, symbol, value)
    if substitute(general.statement.claim, replaced) is not statement.claim:
        raise Refused("the claim is not the instance of the general statement")
    if any(_is_partial(symbol, value) for symbol, value in mapping):
        context.require_defined(statement.claim)
    known = {*statement.given, *(helper.statement.claim for helper in helpers)}
    for condition in general.statement.given:
        needed = substitute(condition, replaced)
        if needed in known:
            continue
        context.require_defined(needed)
        if not context.holds(needed):
            raise Refused(f"it is not known that {needed!r}")


def _is_partial(symbol: Symbol, value: Term) -> bool:
    """Whether a family of any real numbers is replaced by a lambda, to be defined where needed."""
    if not (isinstance(value, Apply) and value.head == "lambda"):
        return False
    return symbol.domain is REAL and symbol.arity == len(value.args) - 1


def _require_free_of_derivatives(general: Statement, replaced: dict[Symbol, Term]) -> None:
    for relation in (general.claim, *general.given):
        for node in subterms(relation):
            if isinstance(node, Apply) and node.head == "diff":
                variable = node.args[1]
                own = variable if isinstance(variable, Symbol) else variable.args[0]
                if own in replaced:
                    raise Refused(f"{own} is a variable of differentiation; it cannot be replaced")
                if any(own in replaced[s].free for s in node.free & replaced.keys()):
                    raise Refused(f"a value that depends on {own} cannot stand in {node!r}")


def require_value(context: Context, symbol: Symbol, value: Term) -> None:
    """Refuse unless the value is known to lie in the domain of the symbol."""
    if symbol.arity:
        indices = tuple(unique_index() for _ in range(symbol.arity))
        if isinstance(value, Symbol):
            if value.arity != symbol.arity:
                raise Refused(f"{value} has another number of indices than {symbol}")
        elif not (isinstance(value, Apply) and value.head == "lambda"):
            raise Refused(f"{symbol} is a family; {value!r} is none")
        value = member(value, indices)
    context.require_defined(value)
    domain = symbol.domain
    poly = context.normal(value)
    if domain.integer and not context.is_integer(poly):
        raise Refused(f"{value!r} is not known to be an integer, as {symbol} is")
    if domain.lower is not None:
        sign = context.sign(poly - constant(rational(domain.lower)))
        if not signs.only(sign, signs.POSITIVE if domain.strict else signs.NONNEGATIVE):
            raise Refused(f"{value!r} is not known to lie in the domain of {symbol}: {domain!r}")


@rule
def cases(statement: Statement, premises: tuple[Proved, ...], on: Relation) -> None:
    """The claim holds where a relation holds, and where it fails.

    Sound because the relation's sides are defined, so that it holds or fails.
    """
    context_of(statement.given).require_defined(on)
    if len(premises) != 2:
        raise Refused("a distinction of cases has two premises")
    for premise, case in zip(premises, (on, on.negation), strict=True):
        if premise.statement.claim is not statement.claim:
            raise Refused("a case has another claim")
        if set(premise.statement.given) - {*statement.given, case}:
            raise Refused(f"the case {case!r} needs more than is given")


@rule
def contraposition(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """The claim holds because its negation contradicts something that is given.

    The premise claims the negation of a given relation, under what is given and the negation of
    the claim.  Where what is given contradicts itself, it is enough that others exclude one of
    them.  Sound because the claim is defined wherever all that is given holds, so that it holds
    there or its negation does.
    """
    (premise,) = premises
    context_of(statement.given).require_defined(statement.claim)
    if premise.statement.claim.negation not in statement.given:
        raise Refused("the premise contradicts nothing that is given")
    missing = set(premise.statement.given) - {*statement.given, statement.claim.negation}
    if missing:
        raise Refused(f"the premise needs more than is given: {', '.join(map(repr, missing))}")


@rule
def induction(statement: Statement, premises: tuple[Proved, ...], on: Symbol, start: Term) -> None:
    """The claim holds at the start, and at n + 1 wherever it holds at an n from the start on.

    Premises: the claim at the start; the claim at n + 1, given the claim at n and n >= start.
    Sound because n is an integer, and what is given besides says nothing about n.
    """
    base, step = premises
    if not on.domain.integer or on.arity or on in start.free:
        raise Refused(f"{on} is no integer variable for an induction from {start!r}")
    context = context_of(tuple(g for g in statement.given if on not in g.free))
    require_value(context, on, start)  # an integer, and no gap below it in the domain
    bounds = [g for g in statement.given if on in g.free]
    below = [g for g in bounds if not (g.op == ">=" and g.lhs is on and g.rhs is start)]
    if below:
        raise Refused(f"what is given about {on} must be just {on} >= {start!r}")
    if not context_of(statement.given).holds(on >= start):
        raise Refused(f"it is not known that {on} >= {start!r}")
    others = {g for g in statement.given if on not in g.free}
    _require_premise(base, substitute(statement.claim, {on: start}), others)
    hypotheses = others | {on >= start, statement.claim}
    _require_premise(step, substitute(statement.claim, {on: on + 1}), hypotheses)


@rule
def exhaustion(statement: Statement, premises: tuple[Proved, ...], on: Symbol) -> None:
    """The claim holds for each of the finitely many values that an integer variable can have.

    One premise for each integer from the least to the greatest value that what is given allows:
    the claim there, under what is given there.  Sound because the variable has no other value.
    """
    if not on.domain.integer or on.arity:
        raise Refused(f"{on} is no integer variable")
    bounds = context_of(statement.given).bounds(on)
    if bounds.lower is None or bounds.upper is None:
        raise Refused(f"{on} is not known to be bounded")
    first, last = int(bounds.lower.ceil()), int(bounds.upper.floor())
    if len(premises) != max(0, last - first + 1):
        raise Refused(f"one premise is needed for each value from {first} to {last}")
    for value, premise in zip(range(first, last + 1), premises, strict=True):
        at = {on: Number(value)}
        allowed = {substitute(g, at) for g in statement.given}
        _require_premise(premise, substitute(statement.claim, at), allowed)


def _require_premise(premise: Proved, claim: Relation, allowed: Any) -> None:
    if premise.statement.claim is not claim:
        raise Refused(f"a premise must claim {claim!r}")
    missing = set(premise.statement.given) - set(allowed)
    if missing:
        raise Refused(f"a premise needs more than is given: {', '.join(map(repr, missing))}")


__all__ = ["cases", "contraposition", "exhaustion", "induction", "instance", "require_value"]
