"""Cases drawn by Hypothesis, sizes and targets of every magnitude, judged at 50 digits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from time import process_time
from typing import Any

from verifier.engines.counterexample.rational import Evaluator, NotRational, excludes
from verifier.engines.counterexample.values import TABLE_SIZE, Values, determined, table
from verifier.engines.witness import numeric
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, subterms

DRAWS, MORE_DRAWS = 10, 40  # for each case; more where they take less than so many seconds
MORE_SECONDS = 1.0
MAX_SIZE = 4  # pathways and depths go this far beyond their lower bounds


def check(statement: Statement, cases: int = 6) -> tuple[int, Values | None]:
    """How many drawn cases hold at 50 digits, and the first that fails.

    The draws are the same at every run.  A case counts when it satisfies what is given and both
    sides can be evaluated from the definition, which derivatives and limits cannot.
    """
    if any(isinstance(n, Apply) and n.head in ("diff", "limit") for n in subterms(statement.claim)):
        return 0, None
    held = tried = 0
    failing, start = None, process_time()

    def judge(values: Values) -> bool:
        nonlocal held, tried, failing
        tried += 1
        if satisfies(statement, values):
            with suppress(numeric.CannotEvaluate):
                verdict = numeric.holds(statement, values)
                if verdict is False and numeric.fails(statement, values):
                    failing = values
                held += bool(verdict)
        slow = tried >= DRAWS * cases and process_time() - start > MORE_SECONDS
        return held == cases or failing is not None or slow

    draw(statement, MORE_DRAWS * cases, judge)
    return held, failing


def drawn(statement: Statement, count: int) -> list[Values]:
    """Values drawn by Hypothesis, the same at every run."""
    found: list[Values] = []
    draw(statement, count, found.append)
    return found


class _Enough(BaseException):
    """Ends the drawing: Hypothesis stops for what is no Exception, and lets it pass."""


def draw(statement: Statement, count: int, visit: Callable[[Values], object]) -> None:
    """Show a function values drawn by Hypothesis, the same at every run, until it is satisfied."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    @seed(0)  # else they depend on the text of this function
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy(statement))
    def collect(values: Values) -> None:
        if visit(dict(values)):
            raise _Enough

    with suppress(_Enough):
        collect()


def strategy(statement: Statement) -> Any:
    """A Hypothesis strategy for values of the variables that are not determined by others."""
    from hypothesis import strategies as st

    context = context_of(statement.given)
    taken = {symbol for symbol, _ in determined(statement)}
    free = [s for s in statement.variables if s not in taken]
    return st.fixed_dictionaries({s: values_of(s, context) for s in free})


def magnitudes() -> Any:
    """Positive fractions: simple ones, and powers of ten from 10**-300 to 10**300."""
    from hypothesis import strategies as st

    ordinary = st.builds(Fraction, st.integers(1, 20), st.integers(1, 20))
    return st.one_of(ordinary, st.integers(-300, 300).map(lambda p: Fraction(10) ** p))


def values_of(symbol: Symbol, context: Context) -> Any:
    """A Hypothesis strategy for values of one variable within the bounds that a context gives it.

    Real values lie strictly between their bounds.
    """
    from hypothesis import strategies as st

    bounds = context.bounds(symbol)
    if symbol.arity:
        low = symbol.domain.lower
        entries = (
            st.integers(int(low or 1), int(low or 1) + 2)
            if symbol.domain.integer
            else _fractions(0 if low is not None else -3, 3)
        )
        rows = st.lists(entries, min_size=1, max_size=TABLE_SIZE**symbol.arity)
        return rows.map(lambda row: table(symbol, _exact(row)))
    if symbol.domain.integer:
        start, end = _integers_between(bounds.lower, bounds.upper)
        return st.integers(start, max(start, end)).map(Number)
    lower, upper = (
        None if bound is None else Fraction(int(bound.p), int(bound.q))
        for bound in (bounds.lower, bounds.upper)
    )
    if lower is not None and upper is not None:
        # a size s lies at the part s/(1 + s) of the way between the bounds
        return magnitudes().map(lambda v: Number(lower + (upper - lower) * v / (1 + v)))
    if lower is not None:
        return magnitudes().map(lambda v: Number(lower + v))
    if upper is not None:
        return magnitudes().map(lambda v: Number(upper - v))
    signed = st.tuples(magnitudes(), st.sampled_from([1, -1]))
    return signed.map(lambda p: Number(p[0] * p[1]))


def _fractions(lowest: int, highest: int) -> Any:
    """Fractions with a denominator up to 4, each as often as another, simple ones first."""
    from hypothesis import strategies as st

    found = [
        Fraction(n, d) for d in (1, 1, 1, 2, 2, 3, 4) for n in range(lowest * d, highest * d + 1)
    ]
    return st.sampled_from(sorted(found, key=lambda f: (f.denominator, abs(f), f < 0)))


def _integers_between(lower: Any, upper: Any) -> tuple[int, int]:
    if lower is None:
        end = MAX_SIZE if upper is None else int(upper.floor())
        return end - 2 * MAX_SIZE, end
    start = int(lower.ceil())
    return start, start + MAX_SIZE if upper is None else int(upper.floor())


def satisfies(statement: Statement, values: Values) -> bool:
    """Complete the values by what equalities determine; whether all that is given holds."""
    here, dependent = Context(), determined(statement)
    late = {symbol for symbol, _ in dependent}
    if excludes((g for g in statement.given if not g.free & late), values):
        return False
    try:
        for symbol, term in dependent:
            values[symbol] = to_term(here.normal(substitute(term, values)))
        return all(holds_at(g, values) for g in statement.given) and all(
            not isinstance(v, Number) or s.domain.contains(v.value) for s, v in values.items()
        )
    except (Refused, NotRational):
        return False


def holds_at(given: Relation, values: Values) -> bool:
    """Whether it is seen to hold; an equality exactly, as digits that agree do not show one."""
    try:
        if given.op != "==":
            return bool(numeric.compared(given, values))
        try:
            return Evaluator(values).holds(given)
        except NotRational:
            here, ground = Context(), substitute(given, values)
            here.require_defined(ground)
            return here.holds(ground)
    except (Refused, numeric.CannotEvaluate):
        return False


def _exact(row: Any) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, row))
