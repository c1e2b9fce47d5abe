"""Values to try: small ones in order, and those at boundaries and beyond."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from verifier.engines.counterexample.values import (
    Values,
    by_total,
    extreme_values,
    free_variables,
    small_values,
)
from verifier.kernel.context import context_of
from verifier.statements.statement import Statement


def small_cases(statement: Statement) -> Iterator[Values]:
    """All combinations of small values, the simplest combinations first."""
    symbols = free_variables(statement)
    context = context_of(statement.given)
    count = {0: 1, 1: 400, 2: 60, 3: 24}.get(len(symbols), 8)
    lists = [small_values(s, context, count) for s in symbols]
    for values in by_total(lists):
        yield dict(zip(symbols, values, strict=True))


def extreme_cases(statement: Statement) -> Iterator[Values]:
    """Combinations with at least one huge or tiny value, or one at a boundary."""
    symbols = free_variables(statement)
    context = context_of(statement.given)
    small = {s: small_values(s, context, 3) for s in symbols}
    extreme = {s: extreme_values(s, context) for s in symbols}
    for symbol in symbols:
        others = [s for s in symbols if s is not symbol]
        for value in extreme[symbol]:
            for rest in islice(by_total([small[s] for s in others]), 12):
                yield {symbol: value, **dict(zip(others, rest, strict=True))}
    for first, second in product(symbols, repeat=2):
        if first.name < second.name:
            others = [s for s in symbols if s not in (first, second)]
            base = {s: small[s][0] for s in others if small[s]}
            for a, b in product(extreme[first], extreme[second]):
                yield {**base, first: a, second: b}


__all__ = ["extreme_cases", "small_cases"]
