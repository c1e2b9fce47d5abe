"""Monotonicity: of exp, log and powers, and of a function whose slope has a sign."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.calculus import derivative
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Poly, Refused, is_integral
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with, require_no_more_given
from verifier.kernel.rules.logic import require_value
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term, subterms


@rule
def monotone(statement: Statement, premises: tuple[Proved, ...], by: Term) -> None:
    """A strictly increasing function keeps a relation between its arguments, and reflects it.

    `by` is exp(t), log(t) or t**p with an own symbol t; p > 0, or p an odd natural number where the
    sides may be negative.  The claim is the premise with the function applied to both sides, up to
    calculation, or the premise is the claim so treated.  Sound because a < b if and only if
    f(a) < f(b), and a == b if and only if f(a) == f(b).
    """
    (premise,) = premises
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    function, slot = _function(by)
    if slot in statement.claim.free | premise.statement.claim.free:
        raise Refused(f"{slot} stands for the argument of the function; it may not occur")
    claim, known = statement.claim, premise.statement.claim
    if claim.op != known.op:
        raise Refused(f"the premise must be a relation {claim.op}, like the claim")
    for inner, outer in ((known, claim), (claim, known)):
        if _is_image(context, function, slot, inner, outer):
            return
    raise Refused(f"neither relation is the other under {by!r}")


def _function(by: Term) -> tuple[Apply, Symbol]:
    """The function and the symbol that stands for its argument."""
    if isinstance(by, Apply) and by.head in ("exp", "log", "**"):
        slot, *exponent = by.args
        if isinstance(slot, Symbol) and not any(slot in e.free for e in exponent):
            return by, slot
    raise Refused(f"{by!r} is not exp, log or a power of a symbol")


def _is_image(context: Context, by: Apply, slot: Symbol, inner: Relation, outer: Relation) -> bool:
    for side, image in ((inner.lhs, outer.lhs), (inner.rhs, outer.rhs)):
        if not _increases_at(context, by, context.normal(side)):
            return False
        applied = substitute(by, {slot: side})
        context.require_defined(applied)
        if not signs.only(
            context.sign(context.normal(applied) - context.normal(image)), signs.ZERO
        ):
            return False
    return True


def _increases_at(context: Context, by: Apply, argument: Poly) -> bool:
    """Whether the argument lies in an interval, the same for all, where the function increases."""
    if by.head == "exp":
        return True
    sign = context.sign(argument)
    if by.head == "log":
        return signs.only(sign, signs.POSITIVE)
    exponent = context.normal(by.args[1])
    literal = exponent.constant
    if literal is not None and is_integral(literal) and literal > 0 and int(literal.p) % 2:
        return True
    positive = signs.only(context.sign(exponent), signs.POSITIVE)
    return positive and signs.only(sign, signs.NONNEGATIVE)


@rule
def slope(statement: Statement, premises: tuple[Proved, ...], on: Symbol, start: Term) -> None:
    """An inequality that holds at the start, and whose sides' difference then grows, holds.

    Premises: the claim at `on` == start; and the derivative of (greater - smaller) by `on` is >= 0
    from the start on (or <= 0, where `on` <= start).  Where the claim is strict and the first
    premise is weak, the second must be strict, and `on` != start given.  What else is given about
    `on` may only bound it away from the start.  Sound by the mean value theorem: the difference is
    defined and differentiable between the start and `on`.
    """
    base, growth = premises
    claim = statement.claim
    if claim.op not in ("<", "<=", ">", ">="):
        raise Refused("a slope shows an inequality")
    if on.domain.integer or on.arity or on in start.free:
        raise Refused(f"{on} is no real variable that can start from {start!r}")
    if any(isinstance(node, Apply) and node.head == "diff" for node in subterms(claim)):
        raise Refused("a derivative in the claim has no value at the start by itself")
    whole = context_of(statement.given)
    side = whole.sign(whole.normal(on) - whole.normal(start))
    if signs.only(side, signs.NONNEGATIVE):
        beyond = on >= start
    elif signs.only(side, signs.NONPOSITIVE):
        beyond = on <= start
    else:
        raise Refused(f"it is not known on which side of {start!r} {on} lies")
    rising = beyond.op == ">="
    others = tuple(g for g in statement.given if on not in g.free)
    between = [g for g in statement.given if on in g.free and _reaches_back(g, on, rising)]
    path = (*others, *between, beyond)
    here = context_of(path)
    require_value(context_of(others), on, start)
    here.require_defined(claim)
    greater, smaller = (claim.lhs, claim.rhs) if claim.op in (">", ">=") else (claim.rhs, claim.lhs)
    rate = here.normal(derivative(here, greater, on)) - here.normal(derivative(here, smaller, on))
    _require_base(base, statement, on, start, others)
    strict_base = base.statement.claim.op in ("<", ">")
    allowed = {*path, on > start if rising else on < start}
    strict_growth = _growth(growth, here, rate if rising else -rate, allowed)
    apart = signs.only(side, signs.NONZERO)
    if claim.op in ("<", ">") and not (strict_base or (strict_growth and apart)):
        raise Refused("a strict claim needs a strict start or a strict slope")


def _reaches_back(given: Relation, on: Symbol, rising: bool) -> bool:
    """Whether a bound on the variable holds between the start and it as well: a bound beyond it."""
    if given.lhs is on and on not in given.rhs.free:
        return given.op in (("<", "<=") if rising else (">", ">="))
    if given.rhs is on and on not in given.lhs.free:
        return given.op in ((">", ">=") if rising else ("<", "<="))
    return False


def _require_base(
    base: Proved, statement: Statement, on: Symbol, start: Term, others: tuple[Relation, ...]
) -> None:
    at = {on: start}
    weak = {"<": "<=", ">": ">="}.get(statement.claim.op, statement.claim.op)
    claims = {
        substitute(Relation(op, statement.claim.lhs, statement.claim.rhs), at)
        for op in (weak, statement.claim.op, weak.rstrip("="))
    }
    if base.statement.claim not in claims:
        raise Refused(f"the first premise must be the claim at {on} = {start!r}")
    require_no_more_given(Statement(base.statement.claim, others), (base,))


def _growth(growth: Proved, here: Context, rate: Poly, allowed: set[Relation]) -> bool:
    """Whether the second premise says that the rate is positive; refused unless it is >= 0."""
    missing = set(growth.statement.given) - allowed
    if missing:
        raise Refused(f"the slope needs more than is given: {', '.join(map(repr, missing))}")
    claim = growth.statement.claim
    difference = here.normal(claim.lhs) - here.normal(claim.rhs)
    if claim.op in ("<", "<="):
        difference = -difference
    elif claim.op not in (">", ">="):
        raise Refused("the second premise must be an inequality")
    if not signs.only(here.sign(difference - rate), signs.ZERO):
        raise Refused(f"the second premise must give the sign of {rate!r}")
    return claim.op in ("<", ">")


__all__ = ["monotone", "slope"]
