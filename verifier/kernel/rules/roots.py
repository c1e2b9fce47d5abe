"""Roots of continuous functions, by the intermediate value theorem."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.roots import opposite, require_root, value_at
from verifier.kernel.rules.arithmetic import context_with
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Term


@rule
def intermediate_value(statement: Statement, premises: tuple[Proved, ...], of: Term) -> None:
    """The least root lies before any place where the function has come to 0 or changed its sign.

    `of` is r = root(f, (x, a, b)).  The claim is f(r) == 0, or a <= r, or r <= c for a c in [a, b]
    with f(a) and f(c) of opposite signs, or 0, such as b; strictly where f is not 0 at a, or at c.
    Sound because a continuous function has a root between places where its signs are opposite, and
    the least of its roots between a and b exists, the roots being a compact set.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    if not isinstance(of, Apply) or of.head != "root":
        raise Refused(f"{of!r} is no root")
    require_root(context, of)
    body, variable, lower, upper = of.args
    claim = statement.claim
    if claim is Relation("==", substitute(body, {variable: of}), 0):
        return
    if claim.op not in ("<", "<=", ">", ">="):
        raise Refused(f"the claim must be that the function is 0 at {of!r}, or a bound of it")
    smaller, larger = (claim.lhs, claim.rhs) if claim.op in ("<", "<=") else (claim.rhs, claim.lhs)
    if smaller is lower and larger is of:
        place = lower
    elif smaller is of:
        place = larger
        if place is not upper:
            _require_crossed(context, of, place)
    else:
        raise Refused(f"the claim must bound {of!r}")
    if claim.op in ("<", ">"):
        sign = context.sign(value_at(context, of, place))
        if not signs.only(sign, signs.NONZERO):
            raise Refused(f"the function may be 0 at {place!r}")


def _require_crossed(context: Context, of: Apply, place: Term) -> None:
    """Refuse unless the place lies between the bounds, and a root before it."""
    _, _, lower, upper = of.args
    if not (context.holds(lower <= place) and context.holds(place <= upper)):
        raise Refused(f"{place!r} is not known to lie between {lower!r} and {upper!r}")
    if not opposite(context, value_at(context, of, lower), value_at(context, of, place)):
        raise Refused(f"no change of sign from {lower!r} to {place!r} is known")


__all__ = ["intermediate_value"]
