"""Inequalities that hold for what stands in a claim: squares, tangents, means, sums of products."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations, permutations, product
from operator import add

from flint import fmpq

from verifier.engines.proof import means, ranges
from verifier.engines.proof.attempts import Attempt, by, either
from verifier.engines.proof.calculation import facts_of_roots
from verifier.kernel import signs
from verifier.kernel.clearing import clear
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import (
    Base,
    E,
    Monomial,
    Poly,
    Refused,
    exponent_poly,
    is_integral,
    monomial_term,
    primitive,
    to_term,
)
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term

MAX_ROOTS, MAX_DEGREE = 8, 8
MAX_POWERS = 6
ONE = Number(1)
X, Y, P = (Symbol(name, REAL) for name in ("x_", "y_", "p_"))


def lemmas(statement: Statement) -> Iterator[Proved]:
    """What is given, roots, and inequalities about squares, powers, exp and log in the claim."""
    context = context_of(statement.given)
    for relation in statement.given:
        if relation.op != "!=":
            yield prove("given", Statement(relation, statement.given))
    yield from facts_of_roots(statement)
    try:
        difference = context.normal(statement.claim.lhs) - context.normal(statement.claim.rhs)
    except Refused:
        return
    for attempt in (
        *ranges.attempts(difference, statement), *_squares(difference),
        *_tangents(context, difference), *_of_logs(statement), *_means(context, difference),
    ):  # fmt: skip
        try:
            yield attempt(statement)
        except Refused:
            continue


def _squares(difference: Poly) -> Iterator[Attempt]:
    """(a + b)**2 >= 0 and (a - b)**2 >= 0, where a*a or a*b stand in the difference."""
    roots: dict[Term, None] = {}
    for monomial in difference.terms:
        if all(is_integral(e) and e > 0 for _, e in monomial):  # type: ignore[operator]
            roots.update(dict.fromkeys(_halves(monomial)))
    few = [*sorted(roots.keys() - {ONE}, key=repr)[:MAX_ROOTS], ONE]
    for a, b in combinations(few, 2):
        yield _square(a - b)
        yield _square(a + b)


def _halves(monomial: Monomial) -> Iterator[Term]:
    """The divisors of half the degree, of a small monomial."""
    pairs = sorted(monomial, key=repr)
    degree = sum(int(e.p) for _, e in pairs)  # type: ignore
    if degree % 2 or degree > MAX_DEGREE:
        return
    for powers in product(*(range(int(e.p) + 1) for _, e in pairs)):  # type: ignore[union-attr]
        if 2 * sum(powers) == degree:
            chosen = zip(pairs, powers, strict=True)
            yield monomial_term(frozenset((b, fmpq(n)) for (b, _), n in chosen if n))


def _tangents(context: Context, difference: Poly) -> Iterator[Attempt]:
    found: dict[tuple[Term, Term], None] = {}
    for monomial in difference.terms:
        found.update(dict.fromkeys(_powers(context, monomial)))
        for factor, times in monomial:
            if factor is E:
                yield from _of_exp(to_term(exponent_poly(times)))
            elif isinstance(factor, Apply) and factor.head == "log":
                yield from _of_log(factor)
    powers = list(found)[:MAX_POWERS]
    for (base, exponent), (other, lower) in combinations(powers, 2):
        if base is other:
            yield _compared(base**exponent, base**lower)
    for base, exponent in powers:
        yield _compared(base**exponent, ONE)
        yield _below_exp(base, exponent)
        others = [b for b, e in powers if e is exponent and b is not base]
        mean = (base + reduce(add, others)) / (1 + len(others)) if others else ONE
        for point in (ONE, *others, mean):
            yield from _of_power(context, base, exponent, point)
        for larger in (ONE, *others):
            yield from _chord(base, larger, exponent)


def _compared(a: Term, b: Term) -> Attempt:
    """Which of two terms is the greater, where calculation sees it."""
    return either(*(by("arithmetic", Relation(op, a, b)) for op in ("<", ">", "<=", ">=")))


def _chord(base: Term, larger: Term, exponent: Term) -> Iterator[Attempt]:
    """base**e <= base*larger**(e - 1), where 0 <= base <= larger and e >= 1; strict inside."""
    values = {X: base, Y: larger, P: exponent}
    strict = Statement(Relation("<", X**P, X * Y ** (P - 1)), (X > 0, X < Y, P > 1))
    weak = Statement(Relation("<=", X**P, X * Y ** (P - 1)), (X >= 0, X <= Y, P >= 1))
    yield either(
        lambda here: _instance(here, prove("arithmetic", strict), values),
        lambda here: _instance(here, _by_cases(weak, X == 0), values),
    )


def _by_cases(statement: Statement, case: Relation) -> Proved:
    parts = tuple(
        prove("arithmetic", Statement(statement.claim, (*statement.given, c)))
        for c in (case, case.negation)
    )
    return prove("cases", statement, parts, on=case)


def _instance(statement: Statement, general: Proved, values: dict[Symbol, Term]) -> Proved:
    claim = substitute(general.statement.claim, values)
    mapping = tuple(values.items())
    return prove("instance", Statement(claim, statement.given), (general,), mapping=mapping)


def _powers(context: Context, monomial: Monomial) -> Iterator[tuple[Term, Term]]:
    """The powers in a monomial that no expansion removes: factors of one exponent are one power."""
    groups: dict[Poly, list[tuple[Base, fmpq]]] = {}
    numbers: list[tuple[Number, Poly]] = []
    for base, exponent in sorted(monomial, key=repr):
        if base is E or is_integral(exponent):
            continue
        if isinstance(base, Number):
            numbers.append((base, exponent_poly(exponent)))
            continue
        content, direction = primitive(exponent_poly(exponent))
        if -direction in groups:
            content, direction = -content, -direction
        groups.setdefault(direction, []).append((base, content))
    for number, exponent in numbers:
        direction, times = _proportional(exponent, list(groups))
        groups.setdefault(direction, []).append((number, times))
    for direction, factors in groups.items():
        unit = min((c for _, c in factors), key=abs)
        if (unit < 0) != (context.sign(direction) == signs.NEGATIVE):
            unit = -unit
        base_of_all = monomial_term(frozenset((b, c / unit) for b, c in factors))
        yield base_of_all, to_term(direction.scale(unit))


def _proportional(exponent: Poly, directions: list[Poly]) -> tuple[Poly, fmpq]:
    """A direction of which the exponent is a multiple, but for an integer: else its own."""
    whole, rest = exponent.split_constant()
    for direction in directions:
        number, moving = direction.split_constant()
        if not moving or not rest:
            continue
        monomial = next(iter(moving.terms))
        times = rest.terms.get(monomial, fmpq(0)) / moving.terms[monomial]
        if rest == moving.scale(times) and times and (times * number - whole).q == 1:
            return direction, times
    content, own = primitive(exponent)
    return own, content


def _of_power(context: Context, base: Term, exponent: Term, point: Term) -> Iterator[Attempt]:
    """The tangent of base**exponent at a point: convex beyond 1 and below 0, else concave."""
    try:
        over_one = context.sign(context.normal(exponent) - context.normal(ONE))
        sign = context.sign(context.normal(exponent))
    except Refused:
        return
    weights: tuple[Term, Term]
    if signs.only(over_one, signs.NONNEGATIVE):
        weights, values = (ONE, exponent - 1), (base**exponent, point**exponent)
        mean = exponent * base * point ** (exponent - 1)
    elif signs.only(sign, signs.NONNEGATIVE) and signs.only(over_one, signs.NONPOSITIVE):
        weights, values = (exponent, 1 - exponent), (base, point)
        mean = base**exponent * point ** (1 - exponent)
    elif signs.only(sign, signs.NONPOSITIVE):
        weights, values = (ONE, -exponent), (base**exponent, base * point ** (exponent - 1))
        mean = (1 - exponent) * point**exponent
    else:
        return
    arithmetic = weights[0] * values[0] + weights[1] * values[1]
    yield either(
        by("am_gm", arithmetic > mean, weights=weights, values=values, distinct=(0, 1)),
        by("am_gm", arithmetic >= mean, weights=weights, values=values),
    )


def _of_exp(argument: Term) -> Iterator[Attempt]:
    for at in (argument, -argument, argument - 1):
        yield _tangent(Apply("exp", at), at)


def _of_log(logarithm: Apply) -> Iterator[Attempt]:
    argument = logarithm.args[0]
    yield _tangent(argument, logarithm)
    yield _tangent(1 / argument, -logarithm)


def _tangent(exponential: Term, at: Term) -> Attempt:
    """exp(at) >= 1 + at, strictly where that is known, with the exponential as written."""
    return either(
        *(by("exp_tangent", Relation(op, exponential, 1 + at), at=at) for op in (">", ">="))
    )


def _of_logs(statement: Statement) -> Iterator[Attempt]:
    """The tangent at the difference of two logarithms: a/b >= 1 + log(a) - log(b)."""
    context = context_of(statement.given)
    logs: dict[Term, None] = {}
    for relation in (statement.claim, *statement.given):
        try:
            terms = (context.normal(relation.lhs) - context.normal(relation.rhs)).terms
        except Refused:
            continue
        bases = (base for monomial in terms for base, _ in monomial)
        logs.update({b: None for b in bases if isinstance(b, Apply) and b.head == "log"})
    for first, second in permutations(sorted(logs, key=repr)[:MAX_POWERS], 2):
        at = first - second
        yield _tangent(first.args[0] / second.args[0], at)  # type: ignore[attr-defined]


def _below_exp(base: Term, exponent: Term) -> Attempt:
    """base**exponent <= exp(exponent*(base - 1)), the power of base <= exp(base - 1)."""

    def attempt(statement: Statement) -> Proved:
        at = base - 1
        tangent = Statement(Relation("<=", base, Apply("exp", at)), statement.given)
        power = Relation("<=", base**exponent, Apply("exp", exponent * at))
        below = prove("exp_tangent", tangent, (), at=at)
        return prove("monotone", Statement(power, statement.given), (below,), by=X**exponent)

    return attempt


def _means(context: Context, difference: Poly) -> Iterator[Attempt]:
    """The mean of the positive terms, weighted by their coefficients, is at least the product."""
    try:
        cleared = clear(context, difference)
    except Refused:
        return
    for side in (cleared, -cleared):
        weights, values, _ = means.weighted(context, side)
        if len(values) < 2:
            continue
        arithmetic, geometric = means.both_means(weights, values)
        relation = Relation(">=", arithmetic, geometric)
        yield by("am_gm", relation, weights=tuple(weights), values=tuple(values))


def _square(root: Term) -> Attempt:
    """root**2 >= 0, as an instance: calculation might not see it once it is expanded."""
    return lambda here: _instance(here, prove("arithmetic", Statement(X**2 >= 0)), {X: root})
