"""The classical inequalities, as rules."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Term


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
    excess = context.normal(arithmetic) - context.normal(whole * geometric)
    claim = statement.claim
    difference = context.normal(claim.lhs) - context.normal(claim.rhs)
    if claim.op in ("<", "<="):
        difference = -difference
    if not signs.only(context.sign(difference - excess), signs.ZERO):
        raise Refused(f"the claim must be {arithmetic!r} >= {whole * geometric!r}")
    if claim.op in ("<=", ">="):
        return
    if claim.op not in ("<", ">") or len(distinct) != 2:
        raise Refused("a strict mean inequality needs two distinct values")
    first, second = distinct
    for position in distinct:
        if not 0 <= position < len(values):
            raise Refused("there is no such value")
        _require(context, weights[position], signs.POSITIVE, "weight")
    _require(context, values[first] - values[second], signs.NONZERO, "difference of values")


@rule
def exp_tangent(statement: Statement, premises: tuple[Proved, ...], at: Term) -> None:
    """exp(t) >= 1 + t for every real t, and strictly where t is not zero.

    The claim is that, up to calculation; with t = log(x) it reads log(x) <= x - 1.  Sound because
    exp is convex with the tangent 1 + t at 0.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    context.require_defined(at)
    claim = statement.claim
    difference = context.normal(claim.lhs) - context.normal(claim.rhs)
    if claim.op in ("<", "<="):
        difference = -difference
    excess = context.normal(Apply("exp", at)) - context.normal(1 + at)
    if not signs.only(context.sign(difference - excess), signs.ZERO):
        raise Refused(f"the claim must be exp(t) >= 1 + t with t = {at!r}")
    if claim.op in ("<=", ">="):
        return
    if claim.op not in ("<", ">"):
        raise Refused("the tangent gives an inequality")
    _require(context, at, signs.NONZERO, "point")


def _require(context: Context, term: Term, allowed: int, what: str) -> None:
    if not signs.only(context.sign(context.normal(term)), allowed):
        raise Refused(f"the {what} {term!r} does not have the sign that is needed")


__all__ = ["am_gm", "exp_tangent"]
