"""Limits of sums of generalised monomials as a variable tends to infinity."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.context import Context, assume
from verifier.kernel.polynomial import (
    Base,
    E,
    Exponent,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    constant,
    exponent_poly,
    free_symbols,
    power_of,
    total,
)
from verifier.kernel.powers import expanded, multiply, power
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, substitute
from verifier.statements.terms import Apply, Symbol


@rule
def limit(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """The limit of a sum of generalised monomials at infinity, monomial by monomial.

    The claim is `limit(body, x, oo) == value`.  Sound because exp and log are continuous, a finite
    sum of convergent terms converges to the sum of the limits, and c * x**e tends to 0 for e < 0;
    along the integers it is the same limit.
    """
    claim = statement.claim
    context = context_with(statement, premises)
    context.require_defined(claim.rhs)
    if claim.op != "==" or not (isinstance(claim.lhs, Apply) and claim.lhs.head == "limit"):
        raise Refused("the claim must be limit(body, x, oo) == value")
    found = limit_value(context, claim.lhs)
    if not signs.only(context.sign(found - context.normal(claim.rhs)), signs.ZERO):
        raise Refused(f"the limit is {found!r}")


def limit_value(context: Context, term: Apply) -> Poly:
    """The finite value of a limit at infinity.

    Raises:
        Refused: it is not known to be finite, or not a limit at infinity.
    """
    body, variable, point = term.args
    if point is not Apply("oo"):
        raise Refused("only limits at oo are known")
    own = fresh(variable, {s.name for s in body.free} | set(context.names))
    far = assume(context, (own >= FAR,))
    body = substitute(body, {variable: own})
    far.require_defined(body)
    limits = _Limit(context, far, own)
    return total(limits.monomial(m, c) for m, c in far.normal(body).terms.items())


FAR = 10**6  # a limit at infinity does not depend on what happens before


class _Limit:
    def __init__(self, context: Context, far: Context, variable: Symbol) -> None:
        self.context, self.far, self.variable = context, far, variable

    def monomial(self, monomial: Monomial, coefficient: fmpq) -> Poly:
        """The finite limit of a monomial; refused where there is none, or it is not seen."""
        result, growth = constant(coefficient), constant(0)
        for base, exponent in monomial:
            if not self.moves(base) and not self.moves(exponent):
                factor = expanded(self.context, base, exponent)
            elif not self.moves(base):
                factor = self.power_of_fixed(base, self.exponent(exponent_poly(exponent)))
            elif not self.moves(exponent):
                degree, leading = self.leading(base)
                order = multiply(self.context, constant(degree), exponent_poly(exponent))
                growth = growth + order
                factor = power(self.context, leading, exponent_poly(exponent))
            else:
                raise Refused(f"the limit of ({base!r})**({exponent!r}) is not known here")
            result = multiply(self.context, result, factor)
        sign = self.context.sign(growth)
        if signs.only(sign, signs.ZERO):
            return result
        if signs.only(sign, signs.NEGATIVE):
            return constant(0)
        raise Refused("a term may grow without bound")

    def moves(self, thing: Base | Exponent) -> bool:
        return self.variable in free_symbols(thing)

    def power_of_fixed(self, base: Base, exponent: Poly) -> Poly:
        if base is E:
            return power_of(E, as_exponent(exponent)) if exponent else constant(1)
        if not signs.only(self.context.base_sign(base), signs.POSITIVE):
            raise Refused(f"the base {base!r} may not be positive")
        return power(self.context, base if isinstance(base, Poly) else power_of(base), exponent)

    def leading(self, base: Base) -> tuple[fmpq, Poly]:
        """The degree of a base in the variable and its leading coefficient, which is positive."""
        poly = base if isinstance(base, Poly) else power_of(base)
        degrees: dict[Monomial, fmpq] = {}
        for monomial in poly.terms:
            powers = {b: e for b, e in monomial if self.moves(b) or self.moves(e)}
            degree = powers.pop(self.variable, fmpq(0))
            if powers or isinstance(degree, Poly):
                raise Refused(f"the growth of {poly!r} is not known here")
            degrees[monomial] = degree
        highest = max(degrees.values())
        own = (self.variable, highest)
        leading = Poly(
            {m - {own}: poly.terms[m] for m, degree in degrees.items() if degree == highest}
        )
        if not signs.only(self.context.sign(leading), signs.POSITIVE):
            raise Refused(f"the leading coefficient {leading!r} may not be positive")
        return highest, leading

    def exponent(self, exponent: Poly) -> Poly:
        """The limit of an exponent."""
        return total(self.monomial(m, c) for m, c in exponent.terms.items())


__all__ = ["limit", "limit_value"]
