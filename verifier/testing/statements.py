"""Values of a statement's variables that satisfy its domains and conditions, at its edges first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.engines.counterexample.cases import small_cases
from verifier.engines.counterexample.values import Values, extreme_values
from verifier.engines.enclosure.intervals import Nowhere
from verifier.engines.witness.draws import satisfies, values_of
from verifier.errors import StatementError
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms

from .drawing.bounds import Left
from .drawing.draft import Draft

SMALL = 8  # values of one variable that count as simple
#: Sizes of networks and sums that count as small, by the most indices that a family has.
FEW = {0: 5, 1: 5, 2: 3}
LEAST = 2  # the same where whole matrices are drawn
ATTEMPTS = 2
DEAD_ENDS = 6  # of one attempt
CASES, KEPT = 1_000, 200  # small values tried together where a draw satisfies nothing, and kept
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

    What is given by equalities is computed from the others: solved, or as a root.  Where drawn
    values leave others none, values that are known to satisfy what is given take their place.
    Half of the values of whole matrices are such, as few others are alike.

    Raises:
        StatementError: when values are drawn, none are found that satisfy what is given.
    """
    return _assignments(statement)


@st.composite
def _assignments(draw: DrawFn, statement: Statement) -> Values:
    __tracebackhide__ = True  # pytest shows the test, not this
    whole = any(symbol.arity > max(FEW) for symbol in statement.variables)
    if whole and not draw(st.booleans()) and _known(statement):
        return dict(draw(st.sampled_from(_known(statement))))
    for _ in range(ATTEMPTS):
        values = _completed(draw, Draft.of(statement), _few(statement), [0] * DEAD_ENDS)
        if values is not None:
            return values
    known = _known(statement)
    if not known:
        raise StatementError(
            f"no values are found that satisfy {', '.join(map(repr, statement.given))}",
            "verifier claim may show that they contradict each other",
        )
    return dict(draw(st.sampled_from(known)))


def _completed(
    draw: DrawFn | None, draft: Draft, few: int | None, dead_ends: list[int]
) -> Values | None:
    """One variable after the other; where one has no value left, other ones of those before.

    Where values are drawn, two of a variable that lead nowhere are enough to go back further.
    """
    failed = 0
    try:
        symbol = draft.next()
        if symbol is None:
            return draft.values()
        for value in _tries(draw, draft, symbol, few):
            further = draft.put(symbol, value)
            if further is None:
                continue
            found = _completed(draw, further, few, dead_ends)
            failed += 1
            if found is not None or not dead_ends or (draw and failed == 2):
                return found
    except Nowhere:
        pass
    if not failed:
        dead_ends.pop()
    return None


def _tries(draw: DrawFn | None, draft: Draft, symbol: Symbol, few: int | None) -> Iterator[Term]:
    """A drawn value, if any are drawn, and then the simplest ones."""
    simple, first = draft.solved(symbol), None
    if simple is None:
        left = draft.left(symbol)
        simple = _inside(draft, symbol, left, left.simple(symbol, SMALL))
        if simple and draw is not None and (left.lower is None or left.lower != left.upper):
            first = draw(_values(draft, symbol, left, simple, few))
    elif len(simple) > 1 and draw is not None:
        first = draw(st.sampled_from(simple))
    if first is not None:
        yield first
    yield from (value for value in simple if value is not first)


def _values(
    draft: Draft, symbol: Symbol, left: Left, simple: list[Term], few: int | None
) -> SearchStrategy[Term]:
    context = left.context(symbol)
    ends: list[Term] = [] if symbol.arity else [Number(end) for end in left if end is not None]
    edges = _inside(draft, symbol, left, ends)
    if few is not None and symbol.domain.integer and not symbol.arity:
        simple = [v for v in simple if v.value <= few] or simple[:2]  # type: ignore[attr-defined]
        return st.sampled_from([*simple, *(end for end in edges if end not in simple)])
    simple = [*simple, *(end for end in edges if end not in simple)]
    extreme = _inside(draft, symbol, left, extreme_values(symbol, context))
    if draft.is_member(symbol):  # sums of irrational members cancel
        extreme = [value for value in extreme if isinstance(value, Number)]
    kinds = [st.sampled_from(values) for values in (simple, extreme) if values]
    return st.one_of(*kinds, values_of(symbol, context))


def _inside(draft: Draft, symbol: Symbol, left: Left, values: list[Term]) -> list[Term]:
    """The values that are no bound which is excluded; others are checked when they are drawn."""
    return [
        value
        for value in values
        if not (isinstance(value, Number) and value.value in left) or draft.allows(symbol, value)
    ]


@lru_cache
def _few(statement: Statement) -> int | None:
    """Up to where integers are small, if the larger they are the longer a side takes."""
    relations = (statement.claim, *statement.given)
    heads = {n.head for r in relations for n in subterms(r) if isinstance(n, Apply)}
    solved = (n for r in statement.given if r.op == "==" for n in subterms(r))
    grows = not heads.isdisjoint(_GROWING) or any(
        isinstance(n, Apply) and n.head == "**" and n.args[1].free for n in solved
    )
    if not grows:
        return None
    return FEW.get(max(s.arity for s in statement.variables), LEAST)


@lru_cache
def _known(statement: Statement) -> list[Values]:
    """The simplest values that satisfy what is given, as far as they are found soon."""
    cases = (dict(values) for values in islice(small_cases(statement), CASES))
    known = list(islice((values for values in cases if satisfies(statement, values)), KEPT))
    found = _completed(None, Draft.of(statement), LEAST, [0] * 4 * DEAD_ENDS)
    return known if found is None else [*known, found]
