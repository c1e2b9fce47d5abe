"""Proof by the inequality of weighted means: one negative term against all the others."""

from __future__ import annotations

from functools import reduce
from operator import add, mul

from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Monomial, Poly, Refused, constant, monomial_term, to_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Term

MAX_VALUES = 6


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
    weights, values, all_positive = weighted(context, difference)
    if len(values) < 2 or all_positive:
        raise Refused("the claim is not a difference of means")
    return prove("am_gm", statement, (), weights=tuple(weights), values=tuple(values))


def weighted(context: Context, difference: Poly) -> tuple[list[Term], list[Term], bool]:
    """The nonnegative terms as weights and power products, and whether there are no others."""
    groups = _by_power(difference)
    weights: list[Term] = []
    values: list[Term] = []
    for power, weight in groups.items():
        if signs.only(context.sign(weight), signs.NONNEGATIVE) and len(values) < MAX_VALUES:
            weights.append(to_term(weight))
            values.append(monomial_term(power) if power else Number(1))
    return weights, values, len(values) == len(groups)


def both_means(weights: list[Term], values: list[Term]) -> tuple[Term, Term]:
    """Sum(w*a) and W * Product(a**(w/W)) with W = Sum(w), of which the first is the greater."""
    whole = reduce(add, weights)
    arithmetic = reduce(add, (w * a for w, a in zip(weights, values, strict=True)))
    powers = (a ** (w / whole) for w, a in zip(weights, values, strict=True))
    return arithmetic, whole * reduce(mul, powers)


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
