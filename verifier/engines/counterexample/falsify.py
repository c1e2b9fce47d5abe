"""The search for a counterexample: small values in order, then boundaries, then Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from time import process_time

from verifier.engines.counterexample.cases import extreme_cases, small_cases
from verifier.engines.counterexample.critical import critical_cases
from verifier.engines.counterexample.judging import Judge, Search
from verifier.engines.counterexample.values import (
    Values,
    free_variables,
)
from verifier.kernel.context import context_of
from verifier.kernel.refuted import Refuted
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Symbol

ASKING = 0.25  # of the time, mpmath of what the kernel does not decide
SMALL, EXTREME, DRAWN, QUICK = 4_000, 1_500, 300, 400


def search(statement: Statement, seconds: float = 20.0, cases: int = SMALL) -> Search:
    """Try small values in order of simplicity, then boundaries and extremes, then random ones.

    The first failure that the kernel confirms is returned: among small values the simplest, else
    one from which no single variable can be made smaller.  `seconds` are of computing.
    """
    stages = {
        "small values": islice(small_cases(statement), cases),
        "where its sides agree": islice(critical_cases(statement), EXTREME),
        "boundaries and extremes": islice(extreme_cases(statement), EXTREME),
        "random draws": _drawn(statement),
    }
    return _search(statement, stages, seconds)


def quick(statement: Statement, seconds: float = 2.0) -> Search:
    """The simplest values, and a few at boundaries and beyond."""
    stages = {
        "small values": islice(small_cases(statement), QUICK),
        "where its sides agree": islice(critical_cases(statement), QUICK),
        "boundaries and extremes": islice(extreme_cases(statement), QUICK),
    }
    return _search(statement, stages, seconds)


def first_cases(statement: Statement, cases: int = 150) -> Search:
    """The simplest values only: a quick look for a contradiction, or for any case at all."""
    return _search(statement, {"small values": islice(small_cases(statement), cases)}, 5.0, 0)


def _search(
    statement: Statement,
    stages: Mapping[str, Iterator[Values]],
    seconds: float,
    asking: float = ASKING,
) -> Search:
    found = Search()
    deadline = process_time() + seconds
    judge = Judge(statement, asking * seconds)
    for number, (name, candidates) in enumerate(stages.items(), 1):
        until = deadline - seconds * (len(stages) - number) / (2 * len(stages))
        for values in candidates:
            judge.try_values(values, found)
            if found.refuted is not None:
                if name != "small values":
                    found.refuted = smaller(found.refuted, seconds)
                return found
            if process_time() > until:
                break
        else:
            found.reach = f"{found.reach}, {name}" if found.reach else name
    return found


def _drawn(statement: Statement) -> Iterator[Values]:
    from verifier.engines.witness.draws import drawn

    yield from drawn(statement, DRAWN)


def smaller(refuted: Refuted, seconds: float) -> Refuted:
    """A refutation in which no integer can be made smaller while the others stay."""
    deadline = process_time() + seconds
    statement = refuted.statement
    context = context_of(statement.given)
    improved = True
    while improved:
        improved = False
        for symbol in free_variables(statement):
            value = refuted.values[symbol]
            if not (isinstance(value, Number) and symbol.domain.integer):
                continue
            low = context.bounds(symbol).lower
            floor = int(low.ceil()) if low is not None else -abs(value.value.numerator)
            found = _bisected(refuted, symbol, floor, deadline)
            improved = improved or found is not refuted
            refuted = found
    return refuted


def _bisected(refuted: Refuted, symbol: Symbol, floor: int, deadline: float) -> Refuted:
    """Lower one variable by bisection, as if all between failed; then one by one."""
    judge = Judge(refuted.statement, 0)
    low, high = floor - 1, int(refuted.values[symbol].value)  # type: ignore[attr-defined]
    while high - low > 1 and process_time() < deadline:
        middle = (low + high) // 2
        attempt = Search()
        judge.try_values({**refuted.values, symbol: Number(middle)}, attempt)
        if attempt.refuted is None:
            low = middle
        else:
            refuted, high = attempt.refuted, middle
    return refuted


__all__ = ["Search", "first_cases", "quick", "search", "smaller"]
