"""Values of a statement's variables that satisfy its domains and conditions, at its edges first."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from flint import fmpq
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
from verifier.errors import StatementError
from verifier.kernel.context import Context, context_of
from verifier.kernel.known import Bounds
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms

SMALL = 8  # values of one variable that count as simple
FEW = 5  # the same for a size of a network or of a sum
CASES, KEPT = 4_000, 24  # small values tried together where a draw satisfies nothing, and kept
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

    Raises:
        StatementError: when it is drawn from, if no values are found that satisfy what is given.
    """
    return _assignments(statement)


@st.composite
def _assignments(draw: DrawFn, statement: Statement) -> Values:
    values: Values = {}
    for symbol in free_variables(statement):
        context = context_of(tuple(substitute(g, values) for g in statement.given))
        simple = _inside(small_values(symbol, context, SMALL), context.bounds(symbol))
        if not simple:
            break
        values[symbol] = draw(_values(symbol, context, simple, _grows(statement)))
    else:
        if satisfies(statement, values):
            return values
    return dict(draw(st.sampled_from(_known(statement))))


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
    nodes = [node for r in (statement.claim, *statement.given) for node in subterms(r)]
    return any(isinstance(node, Apply) and node.head in _GROWING for node in nodes)


@lru_cache
def _known(statement: Statement) -> list[Values]:
    """The simplest values that satisfy what is given."""
    cases = (dict(values) for values in islice(small_cases(statement), CASES))
    found = list(islice((values for values in cases if satisfies(statement, values)), KEPT))
    if not found:
        raise StatementError(
            f"no values were found that satisfy what is given in {statement!r}",
            "ask `verifier claim` whether it contradicts itself",
        )
    return found
