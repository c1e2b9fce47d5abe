"""Proof by the inequality of weighted means: one negative term against all the others."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Monomial, Poly, Refused, constant, monomial_term, to_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Term


def search(statement: Statement) -> Proved:
    """A proof by the rule `am_gm`, where the claim is (positive terms) - (one term) >= 0.

    The terms are grouped by the powers of their variable bases; the weights are their coefficients.

    Raises:
        Refused: the claim does not have that form.
    """
    claim = statement.claim
    if claim.op not in ("<=", ">="):
        raise Refused("means prove weak inequalities")
    context = context_of(statement.given)
    difference = context.normal(claim.lhs) - context.normal(claim.rhs)
    if claim.op == "<=":
        difference = -difference
    groups = _by_power(difference)
    weights: list[Term] = []
    values: list[Term] = []
    for power, weight in groups.items():
        if signs.only(context.sign(weight), signs.POSITIVE) and len(values) < 6:
            weights.append(to_term(weight))
            values.append(monomial_term(power) if power else Number(1))
    if len(values) < 2 or len(values) == len(groups):
        raise Refused("the claim is not a difference of means")
    return prove("am_gm", statement, (), weights=tuple(weights), values=tuple(values))


def _by_power(poly: Poly) -> dict[Monomial, Poly]:
    """The coefficients, polynomials in the bases of integer variables, of each power product."""
    groups: dict[Monomial, Poly] = {}
    for monomial, number in poly.terms.items():
        weight = frozenset(p for p in monomial if _is_weight(p[0]))
        power = monomial - weight
        groups[power] = groups.get(power, constant(0)) + Poly({weight: number})
    return groups


def _is_weight(base: object) -> bool:
    domain = getattr(base, "domain", None)
    return domain is not None and domain.integer
