"""The bounded domain of a statement: a range for every variable, and its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flint import arb, fmpq

from verifier.engines.enclosure.intervals import INFINITY, Interval, Nowhere, between, down, up
from verifier.engines.enclosure.narrowing import narrowed
from verifier.engines.enclosure.unrolled import folded, unrolled
from verifier.kernel.context import context_of
from verifier.kernel.known import Bounds
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Symbol

ROUNDS = 4  # of narrowing
GRID = 64  # real bounds that are found by narrowing are multiples of 1/64
MAX_VALUES = 20_000
VERY_LARGE = fmpq(2) ** 1024


@dataclass(frozen=True)
class Range:
    """The bounds of one variable."""

    bounds: Bounds

    @property
    def size(self) -> fmpq:
        """The distance of the bounds; very large where one is missing."""
        low, high = self.bounds.lower, self.bounds.upper
        return VERY_LARGE if low is None or high is None else high - low

    def ends(self, symbol: Symbol) -> tuple[fmpq, fmpq]:
        """Both bounds.

        Raises:
            Refused: one is missing.
        """
        low, high = self.bounds.lower, self.bounds.upper
        if low is None:
            raise Refused(f"{symbol} is not bounded below")
        if high is None:
            raise Refused(f"{symbol} is not bounded above")
        return low, high

    def integers(self, symbol: Symbol) -> range:
        """The integers within the bounds.

        Raises:
            Refused: there are too many.
        """
        low, high = self.ends(symbol)
        if high - low > MAX_VALUES:
            raise Refused(f"{symbol} has more than {MAX_VALUES} values")
        return range(int(low.ceil()), int(high.floor()) + 1)


def bounds_of(statement: Statement, variables: Iterable[Symbol]) -> dict[Symbol, Range]:
    """The constant bounds of variables: from the kernel, where these are missing by narrowing."""
    context = context_of(statement.given)
    wanted = tuple(variables)
    known = {s: context.bounds(s) for s in {*wanted, *statement.variables} if not s.arity}
    if any(_open(known[s]) for s in wanted):
        known = _narrow(statement, known)
    return {s: Range(known[s]) for s in wanted}


def _open(bounds: Bounds) -> bool:
    return bounds.lower is None or bounds.upper is None


def _narrow(statement: Statement, known: dict[Symbol, Bounds]) -> dict[Symbol, Bounds]:
    box = {s: _interval(b) for s, b in known.items()}
    plain = list(_plain(statement.given))
    try:
        for _ in range(ROUNDS):
            for relation in plain:
                box = narrowed(relation, box)
            box = {s: _rounded(s, i) for s, i in box.items()}
    except (Nowhere, Refused):
        return known
    return {s: _filled(known[s], i) for s, i in box.items()}


def _plain(given: Iterable[Relation]) -> Iterable[Relation]:
    for relation in given:
        try:
            yield folded(unrolled(relation))
        except Refused:
            continue


def _interval(bounds: Bounds) -> Interval:
    low = -INFINITY if bounds.lower is None else between(bounds.lower, bounds.lower).lo
    high = INFINITY if bounds.upper is None else between(bounds.upper, bounds.upper).hi
    return Interval(low, high)


def _rounded(symbol: Symbol, found: Interval) -> Interval:
    """For an integer the integers inside; else end points on a grid, outwards."""
    low, high = _exact(found.lo), _exact(found.hi)
    if symbol.domain.integer:
        low = None if low is None else fmpq(low.ceil())
        high = None if high is None else fmpq(high.floor())
    else:
        low = None if low is None else fmpq((low * GRID).floor(), GRID)
        high = None if high is None else fmpq((high * GRID).ceil(), GRID)
    if low is not None and high is not None and low > high:
        raise Nowhere
    return Interval(
        -INFINITY if low is None else down(arb(low)), INFINITY if high is None else up(arb(high))
    )


def _exact(end: arb) -> fmpq | None:
    return end.fmpq() if -VERY_LARGE < end < VERY_LARGE else None


def _filled(known: Bounds, found: Interval) -> Bounds:
    """What is missing in the bounds that are known, from an interval."""
    low, high = _exact(found.lo), _exact(found.hi)
    if known.lower is None and low is not None:
        known = known._replace(lower=low, lower_strict=False)
    if known.upper is None and high is not None:
        known = known._replace(upper=high, upper_strict=False)
    return known


class Ranges:
    """The ranges of all variables, over all integer points."""

    def __init__(self) -> None:
        self.found: dict[Symbol, Bounds] = {}

    def add(self, symbol: Symbol, own: Range) -> None:
        """Take in one more range of a variable."""
        bounds = own.bounds
        old = self.found.get(symbol)
        if old is not None:
            low = min((old.lower, old.lower_strict), (bounds.lower, bounds.lower_strict))
            high = max((old.upper, not old.upper_strict), (bounds.upper, not bounds.upper_strict))
            bounds = Bounds(low[0], low[1], high[0], not high[1])
        self.found[symbol] = bounds

    def text(self) -> str:
        """All ranges as text, by name."""
        ordered = sorted(
            self.found.items(), key=lambda item: (item[0].domain.integer, item[0].name)
        )
        return ", ".join(f"{s} in {_text(s, b)}" for s, b in ordered) or "no variables"


def _text(symbol: Symbol, bounds: Bounds) -> str:
    low, high = Range(bounds).ends(symbol)
    if symbol.domain.integer:
        shown = [str(low), *(["..."] if high - low > 1 else []), str(high)]
        return "{" + ", ".join(shown if low < high else shown[:1]) + "}"
    left, right = "(" if bounds.lower_strict else "[", ")" if bounds.upper_strict else "]"
    return f"{left}{low}, {high}{right}"
