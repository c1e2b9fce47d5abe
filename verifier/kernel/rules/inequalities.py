"""The classical inequalities, as rules."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with
from verifier.kernel.rules.ranges import member_sign, require_place
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Term


@rule
def am_gm(
    statement: Statement,
    premises: tuple[Proved, ...],
    weights: tuple[Term, ...],
    values: tuple[Term, ...],
    distinct: tuple[int, ...] = (),
) -> None:
    """The weighted arithmetic mean of nonnegative values is at least their geometric mean.

    The claim is sum(w*a) >= W * product(a**(w/W)) with W = sum(w) > 0, up to calculation, or the
    strict relation, where two values that have positive weights and are known to be `distinct` are
    named by position.  Bernoulli's inequality, the tangent of a power, is the case of two values.
    Sound because log is strictly concave: log(a/A) <= a/A - 1 at the mean A, weighted and added up.
    """
    if len(weights) != len(values) or not weights:
        raise Refused("one weight is needed for each value")
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    whole = weights[0]
    for weight in weights[1:]:
        whole = whole + weight
    for term in (*weights, *values):
        context.require_defined(term)
    for weight in weights:
        _require(context, weight, signs.NONNEGATIVE, "weight")
    _require(context, whole, signs.POSITIVE, "sum of weights")
    for value in values:
        _require(context, value, signs.NONNEGATIVE, "value")
    arithmetic = weights[0] * values[0]
    geometric: Term = values[0] ** (weights[0] / whole)
    for weight, value in zip(weights[1:], values[1:], strict=True):
        arithmetic = arithmetic + weight * value
        geometric = geometric * value ** (weight / whole)
    if _is_weak(context, statement.claim, arithmetic, whole * geometric):
        return
    if len(distinct) != 2:
        raise Refused("a strict mean inequality needs two distinct values")
    first, second = distinct
    for position in distinct:
        if not 0 <= position < len(values):
            raise Refused("there is no such value")
        _require(context, weights[position], signs.POSITIVE, "weight")
    _require(context, values[first] - values[second], signs.NONZERO, "difference of values")


@rule
def am_gm_range(
    statement: Statement,
    premises: tuple[Proved, ...],
    weights: Term,
    values: Term,
    distinct: tuple[Term, ...] = (),
) -> None:
    """The same for the members of a range: weights w and values a, summed over one range.

    The claim is Sum(w*a) >= W * Product(a**w)**(1/W) with W = Sum(w) > 0, up to calculation, where
    `weights` is Sum(w) and `values` is Sum(a); or the strict relation, where the values at two
    `distinct` places of positive weight are known to differ.  Sound because it is am_gm for each
    number of members.
    """
    for term in (weights, values):
        if not (isinstance(term, Apply) and term.head == "Sum"):
            raise Refused(f"{term!r} is no sum over a range")
    (weight, index, lower, upper), (value, *bounds) = weights.args, values.args  # type: ignore
    if bounds != [index, lower, upper]:
        raise Refused("weights and values must be summed over one range, with one index")
    context = context_with(statement, premises)
    for node in (statement.claim, weights, values):
        context.require_defined(node)
    for term, what in ((weight, "weight"), (value, "value")):
        if not signs.only(member_sign(context, term, index, lower, upper), signs.NONNEGATIVE):
            raise Refused(f"the {what} {term!r} may be negative in the range")
    _require(context, weights, signs.POSITIVE, "sum of weights")
    arithmetic = Apply("Sum", weight * value, index, lower, upper)
    geometric = Apply("Product", value**weight, index, lower, upper) ** (1 / weights)
    if _is_weak(context, statement.claim, arithmetic, weights * geometric):
        return
    if len(distinct) != 2:
        raise Refused("a strict mean inequality needs two places with distinct values")
    first, second = (substitute(value, {index: place}) for place in distinct)
    for place in distinct:
        require_place(context, place, lower, upper)
        _require(context, substitute(weight, {index: place}), signs.POSITIVE, "weight")
    _require(context, first - second, signs.NONZERO, "difference of values")


def _is_weak(context: Context, claim: Relation, greater: Term, smaller: Term) -> bool:
    """Whether the claim is greater >= smaller up to calculation; not where it is greater > smaller.

    Raises:
        Refused: it is neither.
    """
    difference = context.normal(claim.lhs) - context.normal(claim.rhs)
    if claim.op in ("<", "<="):
        difference = -difference
    excess = context.normal(greater) - context.normal(smaller)
    if not signs.only(context.sign(difference - excess), signs.ZERO):
        raise Refused(f"the claim must be {greater!r} >= {smaller!r}")
    if claim.op not in ("<", "<=", ">=", ">"):
        raise Refused("only an inequality follows")
    return claim.op in ("<=", ">=")


@rule
def exp_tangent(statement: Statement, premises: tuple[Proved, ...], at: Term) -> None:
    """exp(t) >= 1 + t for every real t, and strictly where t is not zero.

    The claim is that, up to calculation; with t = log(x) it reads log(x) <= x - 1.  Sound because
    exp is convex with the tangent 1 + t at 0.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    context.require_defined(at)
    if _is_weak(context, statement.claim, Apply("exp", at), 1 + at):
        return
    _require(context, at, signs.NONZERO, "point")


def _require(context: Context, term: Term, allowed: int, what: str) -> None:
    if not signs.only(context.sign(context.normal(term)), allowed):
        raise Refused(f"the {what} {term!r} does not have the sign that is needed")


__all__ = ["am_gm", "am_gm_range", "exp_tangent"]
