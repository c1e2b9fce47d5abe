"""Values of a statement's variables that satisfy its domains and conditions, at its edges first."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import islice

from flint import fmpq
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.engines.counterexample.falsify import small_cases
from verifier.engines.counterexample.values import (
    Values,
    extreme_values,
    free_variables,
    small_values,
)
from verifier.engines.witness.draws import satisfies, values_of
from verifier.kernel.context import Context, context_of
from verifier.kernel.known import Bounds
from verifier.kernel.polynomial import to_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms

SMALL = 8  # values of one variable that count as simple
FEW = 5  # the same for a size of a network or of a sum
ATTEMPTS = 3
CASES, KEPT = 1_000, 24  # small values tried together where a draw satisfies nothing, and kept
_GROWING = ("sharpness", "hessian", "Sum", "Product")  # what no computer can do at huge sizes


def assignments(statement: Statement) -> SearchStrategy[Values]:
    """Values that satisfy everything that the statement has given.

    One variable is drawn after the other, each within the bounds that what is given leaves it
    beside those before: bounds themselves, small values, huge and tiny ones, and any between.

    >>> from verifier.testing import simplest
    >>> from verifier.statements.claims import statement_of
    >>> from verifier.statements.vocabulary import H
    >>> statement = statement_of("k <= 2", ["k <= H", "H >= 3"], {})
    >>> simplest(assignments(statement))
    {H: 3, k: 1}
    >>> simplest(assignments(statement), lambda values: values[H].value > 10**20)
    {H: 1000000000000000000000000000000, k: 1}

    Where that leads to nothing, values that are known to satisfy what is given are drawn, and where
    none are known, the draw is rejected as `hypothesis.assume` rejects it.
    """
    return _assignments(statement)


@st.composite
def _assignments(draw: DrawFn, statement: Statement) -> Values:
    for _ in range(ATTEMPTS):
        values = _attempt(draw, statement)
        if values is not None and satisfies(statement, values):
            return values
    known = _known(statement)
    if not known:
        reject()
    return dict(draw(st.sampled_from(known)))


def _attempt(draw: DrawFn, statement: Statement) -> Values | None:
    """One variable after the other; none where what is given leaves a variable no value."""
    values: Values = {}
    for symbol in _order(statement):
        context = context_of(tuple(substitute(g, values) for g in statement.given))
        solved = _solved(symbol, context)
        if solved is not None:
            values[symbol] = solved
            continue
        simple = _inside(small_values(symbol, context, SMALL), context.bounds(symbol))
        if not simple:
            return None
        values[symbol] = draw(_values(symbol, context, simple, _grows(statement)))
    return values


@lru_cache
def _order(statement: Statement) -> list[Symbol]:
    """The free variables, those last that an equality which is given can be solved for."""
    order = free_variables(statement)
    generic = {
        s: Number(place + 3) if s.domain.integer else Number(Fraction(2 * place + 3, 7))
        for place, s in enumerate(order)
        if not s.arity
    }
    for relation in statement.given:
        for symbol in [s for s in order if s in relation.free and relation.op == "=="]:
            others = {s: value for s, value in generic.items() if s is not symbol}
            if _solved(symbol, context_of((substitute(relation, others),))) is not None:
                order.remove(symbol)
                order.append(symbol)
                break
    return order


def _solved(symbol: Symbol, context: Context) -> Term | None:
    """The value that an equality of the context gives the variable, if that is a closed term."""
    found = None if symbol.arity else context.rewrite(symbol)
    term = None if found is None else to_term(found)
    return term if term is None or not term.free else None


def _values(
    symbol: Symbol, context: Context, simple: list[Term], grows: bool
) -> SearchStrategy[Term]:
    if grows and symbol.domain.integer:
        simple, extreme = simple[:FEW], []
    else:
        extreme = _inside(extreme_values(symbol, context), context.bounds(symbol))
    kinds = [st.sampled_from(values) for values in (simple, extreme) if values]
    return st.one_of(*kinds, values_of(symbol, context))


def _inside(values: list[Term], bounds: Bounds) -> list[Term]:
    """The values that are no bound which is excluded; irrational ones are checked later."""
    excluded = [
        bound
        for bound, strict in (
            (bounds.lower, bounds.lower_strict),
            (bounds.upper, bounds.upper_strict),
        )
        if strict
    ]
    return [
        value
        for value in values
        if not isinstance(value, Number)
        or fmpq(value.value.numerator, value.value.denominator) not in excluded
    ]


@lru_cache
def _grows(statement: Statement) -> bool:
    """Whether a side takes the longer to evaluate the larger the integers are."""
    relations = (statement.claim, *statement.given)
    heads = {n.head for r in relations for n in subterms(r) if isinstance(n, Apply)}
    solved = (n for r in statement.given if r.op == "==" for n in subterms(r))
    return not heads.isdisjoint(_GROWING) or any(
        isinstance(n, Apply) and n.head == "**" and n.args[1].free for n in solved
    )


@lru_cache
def _known(statement: Statement) -> list[Values]:
    """The simplest values that satisfy what is given, as far as they are found soon."""
    cases = (dict(values) for values in islice(small_cases(statement), CASES))
    return list(islice((values for values in cases if satisfies(statement, values)), KEPT))
