"""Values to try: small ones in order of simplicity, then boundaries and extremes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from verifier.engines.counterexample.layers import networks
from verifier.kernel.context import Context
from verifier.statements.statement import Statement
from verifier.statements.substitution import function
from verifier.statements.terms import INTEGER, Apply, Domain, Number, Symbol, Term

Values = dict[Symbol, Term]
#: Orders of magnitude at which a statement may fail though it holds for all small values.
POWERS = (2, 3, 6, 9, 12, 19, 30, 40)
REAL_POWERS = (1, 3, 9, 40, 100, 300)
TABLE_SIZE = 4
LAYER_INDICES = 4  # of an entry of a layer: pathway, layer, row and column


def small_values(symbol: Symbol, context: Context, count: int) -> list[Term]:
    """The simplest values that the bounds of a variable allow, simplest first.

    >>> from verifier.statements.vocabulary import L
    >>> from verifier.kernel.context import context_of
    >>> small_values(L, context_of((L >= 3,)), 3)
    [3, 4, 5]
    """
    if symbol.arity:
        tables = [table(symbol, entries) for entries in _tables(symbol.domain)]
        return networks(symbol.domain) + tables if symbol.arity == LAYER_INDICES else tables
    return [Number(v) for v in _small(symbol, context, count)]


def extreme_values(symbol: Symbol, context: Context) -> list[Term]:
    """Huge and tiny values, and values just inside the bounds."""
    if symbol.arity:
        return []
    lower, upper, integral = _bounds(symbol, context)
    if integral:
        found = [Fraction(10**p) for p in POWERS] + [Fraction(10**p + 1) for p in POWERS[:3]]
        found += [lower + 10**p for p in POWERS] if lower is not None else [-v for v in found]
        if upper is not None:
            found += [upper, upper - 1]
    else:
        sizes = [Fraction(10) ** p for p in REAL_POWERS]
        found = sizes + [1 / s for s in sizes]
        found += [1 + 1 / s for s in sizes[:4]] + [1 - 1 / s for s in sizes[:4]]
        if lower is None:
            found += [-v for v in found]
        for bound, inwards in ((lower, 1), (upper, -1)):
            if bound is not None:
                found += [bound, *(bound + inwards / s for s in sizes)]
    terms: list[Term] = [
        Number(v) for v in dict.fromkeys(found) if _allowed(v, symbol.domain, lower, upper)
    ]
    return terms if integral else terms + _roots(lower, upper)


def _roots(lower: Fraction | None, upper: Fraction | None) -> list[Term]:
    """A few irrational numbers within the bounds, for what fails at no rational one."""
    found: list[Term] = []
    for square in (2, 3, 5):
        root = Apply("sqrt", square)
        if (lower is None or lower <= 1) and (upper is None or upper >= 3):
            found.append(root)
        if lower is None and (upper is None or upper >= -1):
            found.append(-root)
    return found


def _small(symbol: Symbol, context: Context, count: int) -> list[Fraction]:
    lower, upper, integral = _bounds(symbol, context)
    found = []
    for value in _integers(lower, upper) if integral else _rationals(lower, upper):
        if _allowed(value, symbol.domain, lower, upper):
            found.append(value)
            if len(found) == count:
                break
    return found


def _bounds(symbol: Symbol, context: Context) -> tuple[Fraction | None, Fraction | None, bool]:
    bounds = context.bounds(symbol)

    def exact(value: object) -> Fraction | None:
        return None if value is None else Fraction(int(value.p), int(value.q))  # type: ignore[attr-defined]

    return exact(bounds.lower), exact(bounds.upper), symbol.domain.integer


def _allowed(
    value: Fraction, domain: Domain, lower: Fraction | None, upper: Fraction | None
) -> bool:
    below = lower is not None and value < lower
    above = upper is not None and value > upper
    return domain.contains(value) and not below and not above


def _integers(lower: Fraction | None, upper: Fraction | None) -> Iterator[Fraction]:
    if lower is not None:
        start = Fraction(lower.__ceil__())
        count = 4096 if upper is None else min(4096, (upper - start).__floor__() + 1)
        yield from (start + i for i in range(count))
    elif upper is not None:
        start = Fraction(upper.__floor__())
        yield from (start - i for i in range(4096))
    else:
        yield Fraction(0)
        for i in range(1, 2048):
            yield from (Fraction(i), Fraction(-i))


def _rationals(lower: Fraction | None, upper: Fraction | None) -> Iterator[Fraction]:
    """The bounds' neighbourhood, then fractions by height: 0, 1, -1, 2, 1/2, -2, ..."""
    anchor = lower if lower is not None else upper if upper is not None else Fraction(0)
    side = (1,) if lower is not None else (-1,) if upper is not None else (1, -1)
    yield anchor
    if lower is not None and upper is not None:
        yield (lower + upper) / 2
    seen = {anchor}
    for height in range(1, 60):
        for p, q in [(height, d) for d in range(1, height + 1)] + [
            (n, height) for n in range(1, height)
        ]:
            for s in side:
                for base in {anchor, Fraction(0)} if anchor == anchor.__floor__() else {anchor}:
                    value = base + s * Fraction(p, q)
                    if value not in seen:
                        seen.add(value)
                        yield value


# --- combinations -------------------------------------------------------------------------------


def determined(statement: Statement) -> list[tuple[Symbol, Term]]:
    """Variables that an equality among what is given expresses by others, in order of use."""
    found: list[tuple[Symbol, Term]] = []
    taken: set[Symbol] = set()
    for relation in statement.given:
        if relation.op != "==":
            continue
        for symbol, term in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
            if isinstance(symbol, Symbol) and symbol not in taken and symbol not in term.free:
                if term.free & taken or any(symbol in t.free for _, t in found):
                    continue
                taken.add(symbol)
                found.append((symbol, term))
                break
    return found


def free_variables(statement: Statement) -> list[Symbol]:
    """The variables that are not determined by others."""
    taken = {symbol for symbol, _ in determined(statement)}
    return [s for s in statement.variables if s not in taken]


def by_total(lists: Sequence[Sequence[Term]]) -> Iterator[tuple[Term, ...]]:
    """The combinations of one element of each list, by the sum of their positions."""
    if not lists:
        yield ()
        return
    longest = sum(len(values) - 1 for values in lists)
    for total in range(longest + 1):
        yield from _with_total(lists, total)


def _with_total(lists: Sequence[Sequence[Term]], total: int) -> Iterator[tuple[Term, ...]]:
    first, *rest = lists
    if not rest:
        if total < len(first):
            yield (first[total],)
        return
    reach = sum(len(values) - 1 for values in rest)
    for position in range(max(0, total - reach), min(total, len(first) - 1) + 1):
        for others in _with_total(rest, total - position):
            yield (first[position], *others)


# --- families --------------------------------------------------------------------------------


def table(symbol: Symbol, entries: tuple[Fraction, ...]) -> Term:
    """A family with given first members, row by row, and the last one from there on."""
    from verifier.statements.vocabulary import Iverson

    indices = tuple(Symbol(name, INTEGER) for name in ("a", "b", "c", "d")[: symbol.arity])
    rest = entries[-1]
    body: Term = Number(rest)
    places = product(range(1, TABLE_SIZE + 1), repeat=symbol.arity)
    for place, entry in zip(places, entries, strict=False):
        if entry != rest:
            bracket: Term = Number(entry - rest)
            for own, position in zip(indices, place, strict=True):
                bracket = bracket * Iverson(own == position)
            body = body + bracket
    return function(indices, body)


def members(value: Term, count: int) -> list[Term]:
    """The first members of a family of one index, for display."""
    from verifier.kernel.context import Context
    from verifier.kernel.polynomial import to_term
    from verifier.statements.substitution import member

    here = Context()
    return [to_term(here.normal(member(value, (Number(i),)))) for i in range(1, count + 1)]


def _tables(domain: Domain) -> list[tuple[Fraction, ...]]:
    rows = [
        (1,), (1, 2), (2, 1), (1, 0), (2, 1, 0), (0,), (2,), (3,), (-1,), (2, 3), (1, 1, 0),
        (4, 2, 3, 1), (3, 1, 2, 1), (-1, 2, 1), (1, -1, 2, 3, 1, -2, 1),
        (2, 3, 4, 2, 5, 1, 3, 2, 1),
    ]  # fmt: skip
    start = max(Fraction(0), domain.lower - 1) if domain.lower is not None else Fraction(0)
    found = [tuple(start + entry for entry in row) for row in rows]
    if domain.integer:  # depths: two layers and more first
        found.sort(key=lambda row: row[-1] < start + 2)
    return [row for row in found if all(domain.contains(v) for v in row)]
