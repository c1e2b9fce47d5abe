"""Limits, of sums of generalised monomials and by asymptotic series."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.context import Context, assume
from verifier.kernel.expanding import Alternates, Expander
from verifier.kernel.expansion import Expansion
from verifier.kernel.polynomial import (
    Base,
    E,
    Exponent,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    base_poly,
    constant,
    exponent_poly,
    free_symbols,
    power_of,
    total,
)
from verifier.kernel.powers import expanded, multiply, power
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with, require_no_more_given
from verifier.kernel.series import UNIT, Lost, Order, Series, leading, number
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term


@rule
def limit(
    statement: Statement, premises: tuple[Proved, ...], variable: Symbol | None = None
) -> None:
    """A limit at infinity or at a point, monomial by monomial or by asymptotic series.

    The claim is `limit(body, x, point) == value`.  Sound because exp and log are continuous, a
    finite sum of convergent terms converges to the sum of the limits, c * x**e tends to 0 for
    e < 0, and so does c * x**e * b**p(x) for 0 < b < 1 and a growing p; along the integers it is
    the same limit.  Of series, see `kernel/series.py`.  A premise may speak of a `variable` of its
    own that is far out, in place of x.
    """
    claim = statement.claim
    general = [p for p in premises if variable is None or variable not in p.statement.claim.free]
    far = [p for p in premises if p not in general]
    context = context_with(statement, tuple(general))
    context.require_defined(claim.rhs)
    if claim.op != "==" or not (isinstance(claim.lhs, Apply) and claim.lhs.head == "limit"):
        raise Refused("the claim must be limit(body, x, point) == value")
    if variable is not None:
        if any(variable in r.free for r in (claim, *statement.given)):
            raise Refused(f"{variable} is not free to be any place far out")
        require_no_more_given(Statement(claim, (*statement.given, variable >= FAR)), tuple(far))
    facts = tuple(p.statement.claim for p in far)
    found = limit_value(context, claim.lhs, variable, facts)
    if not signs.only(context.sign(found - context.normal(claim.rhs)), signs.ZERO):
        raise Refused(f"the limit is {found!r}")


class NoLimit(Refused):
    """There certainly is no finite limit."""


def limit_value(
    context: Context,
    term: Apply,
    variable: Symbol | None = None,
    facts: tuple[Relation, ...] = (),
) -> Poly:
    """The finite value of a limit; `facts` hold of a `variable` in place of the bound one.

    Raises:
        NoLimit: it certainly has none.
        Refused: it is not known to have one.
    """
    body, bound, point = term.args
    if variable is None:
        variable = fresh(bound, {s.name for s in term.free | body.free} | set(context.names))
    elif variable.domain != bound.domain or variable.arity or variable in term.free:
        raise Refused(f"{variable} cannot stand for {bound}")
    body = substitute(body, {bound: variable})
    if point is Apply("oo"):
        far = assume(context, (variable >= FAR, *facts))
        try:
            return _by_monomials(context, far, variable, body)
        except Refused:
            return _far_out(context, far, variable, body)
    if variable.domain.integer:
        raise Refused("an integer tends to no point but oo")
    context.require_defined(point)
    return _at_point(context, variable, point, body)


def has_no_limit(
    context: Context, term: Apply, variable: Symbol | None = None, facts: tuple[Relation, ...] = ()
) -> bool:
    """Whether there certainly is no finite limit."""
    try:
        limit_value(context, term, variable, facts)
    except NoLimit:
        return True
    except Refused:
        return False
    return False


def _by_monomials(context: Context, far: Context, variable: Symbol, body: Term) -> Poly:
    far.require_defined(body)
    limits = _Limit(context, far, variable)
    return total(limits.monomial(m, c) for m, c in far.normal(body).terms.items())


def _far_out(context: Context, far: Context, variable: Symbol, body: Term) -> Poly:
    """The limit for x = 1/t; of integers, if need be, for x = 2/t and for x = 2/t + 1."""
    one, two = (Series({Order(fmpq(-1)): constant(c)}) for c in (1, 2))
    try:
        return _along(context, far, variable, one, body)
    except Alternates:
        odd = two + number(constant(1))
        return _common(
            context,
            _along(context, far, variable, two, body, 2 * variable),
            _along(context, far, variable, odd, body, 2 * variable + 1),
        )


def _at_point(context: Context, variable: Symbol, point: Term, body: Term) -> Poly:
    """The limit for x = a + t and for x = a - t."""
    step = Series({Order(fmpq(1)): constant(1)})
    centre = number(context.normal(point))
    right = assume(context, (variable > point, variable < point + 1))
    left = assume(context, (variable < point, variable > point - 1))
    return _common(
        context,
        _along(context, right, variable, centre + step, body),
        _along(context, left, variable, centre - step, body),
    )


def _common(context: Context, first: Poly, second: Poly) -> Poly:
    """What two limits of one function have in common."""
    sign = context.sign(first - second)
    if signs.only(sign, signs.ZERO):
        return first
    if signs.only(sign, signs.NONZERO):
        raise NoLimit(f"the limit is {first!r} or {second!r}")
    raise Refused(f"it is not known whether {first!r} and {second!r} are the same")


def _along(
    context: Context,
    near: Context,
    variable: Symbol,
    start: Series,
    body: Term,
    parity: Term | None = None,
) -> Poly:
    """The limit where the variable is the series `start` in t -> 0."""
    for length in LENGTHS:
        try:
            expander = Expander(context, near, variable, start, length, parity)
            return _value(expander, expander(body))
        except Lost as lost:
            refusal = lost
    raise refusal


def _value(expander: Expander, expansion: Expansion) -> Poly:
    direction = expander.direction(expansion.scale)
    series = expansion.body
    if direction < 0:
        return constant(0)
    found = None
    if direction > 0 or (series.bound is not None and series.bound.rank < UNIT.rank):
        found = leading(expander.here, series)
        if found is None:
            return constant(0)
        if direction > 0 or found[0].rank < UNIT.rank:
            raise NoLimit("it grows without bound")
    if series.error is not None and series.error.rank <= UNIT.rank:
        raise Lost("it is not known to converge")
    return series.terms.get(UNIT, constant(0))


LENGTHS = (2, 4, 9)  # how many terms of a power series are taken, first few, then more
FAR = 10**6  # a limit at infinity does not depend on what happens before


class _Limit:
    def __init__(self, context: Context, far: Context, variable: Symbol) -> None:
        self.context, self.far, self.variable = context, far, variable

    def monomial(self, monomial: Monomial, coefficient: fmpq) -> Poly:
        """The finite limit of a monomial; refused where there is none, or it is not seen."""
        result, growth = constant(coefficient), constant(0)
        vanishes = False
        for base, exponent in monomial:
            if not self.moves(base) and not self.moves(exponent):
                factor = expanded(self.context, base, exponent)
            elif not self.moves(base) and self.decays(base, exponent_poly(exponent)):
                vanishes, factor = True, constant(1)
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
        if vanishes:
            return constant(0)
        sign = self.context.sign(growth)
        if signs.only(sign, signs.ZERO):
            return result
        if signs.only(sign, signs.NEGATIVE):
            return constant(0)
        raise Refused("a term may grow without bound")

    def moves(self, thing: Base | Exponent) -> bool:
        return self.variable in free_symbols(thing)

    def decays(self, base: Base, exponent: Poly) -> bool:
        """Whether base**exponent tends to 0, and does so faster than any power of the variable."""
        from_one = self.context.sign(base_poly(base) - constant(1))
        for direction, side in ((exponent, signs.NEGATIVE), (-exponent, signs.POSITIVE)):
            try:
                degree, _ = self.leading(direction)
            except Refused:
                continue
            positive = signs.only(self.context.base_sign(base), signs.POSITIVE)
            return positive and degree > 0 and signs.only(from_one, side)
        return False

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


__all__ = ["FAR", "NoLimit", "has_no_limit", "limit", "limit_value"]
