"""Proof by the slope: an inequality that holds at one point, and grows truer from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.kernel import signs
from verifier.kernel.calculus import derivative
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused, number_term, to_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

Search = Callable[[Statement], Proved]


def search(statement: Statement, prove_part: Search) -> Proved:
    """A proof by the rule `slope`, over a real variable of a claim about exp, log, sin or powers.

    Raises:
        Refused: no variable and no starting point will do.
    """
    claim = statement.claim
    if claim.op in ("==", "!=") or not any(map(_is_curved, subterms(claim))):
        raise Refused("the slope helps with inequalities about functions")
    for variable in statement.variables:
        if variable.domain.integer or variable.arity or variable not in claim.free:
            continue
        for start in starts(statement, variable):
            try:
                return _from(statement, variable, start, prove_part)
            except Refused:
                continue
    raise Refused("no slope shows the claim")


def _is_curved(node: object) -> bool:
    if not isinstance(node, Apply):
        return False
    if node.head == "**":
        exponent = node.args[1]
        return not (isinstance(exponent, Number) and exponent.value.denominator == 1)
    return node.head in ("exp", "log", "sin", "cos")


def starts(statement: Statement, variable: Symbol) -> Iterator[Term]:
    """Where the two sides may be equal: the bounds of the variable, 0, 1, and other variables."""
    bounds = context_of(statement.given).bounds(variable)
    found = [number_term(b) for b in (bounds.lower, bounds.upper) if b is not None]
    others = [s for s in statement.variables if s.domain == variable.domain and not s.arity]
    yield from dict.fromkeys([*found, Number(0), Number(1), *(s for s in others if s != variable)])


def _from(statement: Statement, variable: Symbol, start: Term, prove_part: Search) -> Proved:
    context = context_of(statement.given)
    side = context.sign(context.normal(variable) - context.normal(start))
    if signs.only(side, signs.NONNEGATIVE):
        return _one_side(statement, variable, start, True, prove_part)
    if signs.only(side, signs.NONPOSITIVE):
        return _one_side(statement, variable, start, False, prove_part)
    on = variable >= start
    parts = tuple(
        _one_side(
            Statement(statement.claim, (*statement.given, case)),
            variable, start, rising, prove_part,
        )
        for case, rising in ((on, True), (on.negation, False))
    )  # fmt: skip
    return prove("cases", statement, parts, on=on)


def _one_side(
    statement: Statement, variable: Symbol, start: Term, rising: bool, prove_part: Search
) -> Proved:
    claim = statement.claim
    others = tuple(g for g in statement.given if variable not in g.free)
    at = substitute(claim, {variable: start})
    try:
        base = prove("arithmetic", Statement(at, others))
    except Refused:
        weak = Relation(claim.op.rstrip("=") + "=", at.lhs, at.rhs)
        base = prove("arithmetic", Statement(weak, others))
    strict = base.statement.claim.op != claim.op  # the slope must make up for a weak start
    beyond = variable >= start if rising else variable <= start
    apart = variable > start if rising else variable < start
    between = [g for g in statement.given if _bounds_from(g, variable, rising)]
    path = (*others, *between, beyond)
    here = context_of(path)
    greater, smaller = (claim.lhs, claim.rhs) if claim.op in (">", ">=") else (claim.rhs, claim.lhs)
    rate = here.normal(derivative(here, greater, variable)) - here.normal(
        derivative(here, smaller, variable)
    )
    op = (">" if rising else "<") + ("" if strict else "=")
    growth = prove_part(Statement(Relation(op, to_term(rate), 0), (*others, *between, apart)))
    return prove("slope", statement, (base, growth), on=variable, start=start)


def _bounds_from(relation: Relation, variable: Symbol, rising: bool) -> bool:
    upper = (relation.lhs is variable and relation.op in ("<", "<=")) or (
        relation.rhs is variable and relation.op in (">", ">=")
    )
    lower = (relation.lhs is variable and relation.op in (">", ">=")) or (
        relation.rhs is variable and relation.op in ("<", "<=")
    )
    other = relation.rhs if relation.lhs is variable else relation.lhs
    return variable not in other.free and (upper if rising else lower)
