"""The search for a counterexample: all small values in order, then boundaries, then at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from time import monotonic

from verifier.engines import calculation
from verifier.engines.rational import Evaluator, NotRational
from verifier.engines.values import extreme_values, small_values
from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.refuted import Refuted, differentiated, refute
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Relation, Symbol, Term, substitute, subterms

Values = dict[Symbol, Term]
REFRESH = 500
SMALL, EXTREME = 4_000, 1_500


@dataclass
class Search:
    """What a search found: a refutation, or how many cases satisfied everything and held."""

    refuted: Refuted | None = None
    held: int = 0
    unknown: int = 0
    witness: Values | None = None  # values that satisfy what is given
    reach: str = ""


def search(statement: Statement, seconds: float = 20.0, cases: int = SMALL) -> Search:
    """Try small values in order of simplicity, then boundaries and extremes.

    The first failure that the kernel confirms is returned; among the values tried it is the
    simplest.
    """
    found = Search()
    deadline = monotonic() + seconds
    judge = _Judge(statement)
    stages = (
        ("small values", islice(small_cases(statement), cases)),
        ("boundaries and extremes", islice(extreme_cases(statement), EXTREME)),
    )
    for name, candidates in stages:
        for values in candidates:
            judge.try_values(values, found)
            if found.refuted is not None or monotonic() > deadline:
                return found
        found.reach = f"{found.reach}, {name}" if found.reach else name
    return found


def try_cases(statement: Statement, candidates: Iterator[Values], found: Search) -> None:
    """Try given values, and add what they show to a search."""
    judge = _Judge(statement)
    for values in candidates:
        judge.try_values(values, found)
        if found.refuted is not None:
            return


class _Judge:
    """Decides a statement at closed values, quickly; a failure is confirmed by the kernel."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.here = Context()
        self.tried = 0
        self.determined = determined(statement)
        nodes = [n for r in (statement.claim, *statement.given) for n in subterms(r)]
        self.plain = not any(
            isinstance(n, Apply) and n.head in ("diff", "limit", "sharpness") for n in nodes
        )
        self.theorems = [
            (general.claim, general.given)
            for _, _, general in calculation.sharpness_theorems_for(statement)
        ]

    def try_values(self, values: Values, found: Search) -> None:
        self.tried += 1
        if self.tried % REFRESH == 0:
            self.here = Context()
        try:
            complete = self.complete(values)
            verdict: bool | None = self.rational(complete)
        except Refused:
            return
        except NotRational:
            if not self.given_holds(complete):
                return
            verdict = self.claim_sign(complete)
        found.witness = found.witness or complete
        if verdict is True:
            found.held += 1
            return
        try:
            found.refuted = confirm(self.statement, complete)
        except Refused:
            found.unknown += 1

    def rational(self, values: Values) -> bool:
        """Whether the claim holds, in rational arithmetic.

        Raises:
            Refused: something that is given does not hold.
            NotRational: that arithmetic does not decide it.
        """
        if not self.plain:
            raise NotRational
        evaluate = Evaluator(values)
        if not all(evaluate.holds(g) for g in self.statement.given):
            raise Refused("something that is given does not hold")
        return evaluate.holds(self.statement.claim)

    def complete(self, values: Values) -> Values:
        """The values with those that equalities determine."""
        complete = dict(values)
        for symbol, term in self.determined:
            value = to_term(self.here.normal(substitute(term, complete)))
            if value.free:
                raise Refused("a determined value is not closed")
            complete[symbol] = value
        return complete

    def given_holds(self, values: Values) -> bool:
        for relation in self.statement.given:
            try:
                ground = self.closed(substitute(relation, values))
                self.here.require_defined(ground)
                if not self.here.holds(ground):
                    return False
            except Refused:
                return False
        return True

    def claim_sign(self, values: Values) -> bool | None:
        """Whether the claim holds; None if that is not seen at once."""
        try:
            claim = differentiated(self.statement, values)
            ground = self.closed(substitute(claim, values))
            self.here.require_defined(ground)
            sign = self.here.relation_sign(ground)
        except Refused:
            return None
        if signs.only(sign, signs.HOLDS[ground.op]):
            return True
        return None if sign & signs.HOLDS[ground.op] else False

    def closed(self, relation: Relation) -> Relation:
        """The relation with every sharpness replaced by what the theorems say it is."""
        return calculation.with_formulas(relation, self.theorems, self.here)


def confirm(statement: Statement, values: Values) -> Refuted:
    """The kernel's refutation at the values, with what theorems say of them.

    Raises:
        Refused: the kernel does not see that the statement fails there.
    """
    relations = [substitute(g, values) for g in statement.given]
    relations.append(substitute(differentiated(statement, values), values))
    found = [fact for relation in relations for fact in calculation.facts(Statement(relation))]
    return refute(statement, values, tuple(dict.fromkeys(found)))


# --- candidates ------------------------------------------------------------------------------


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


def small_cases(statement: Statement) -> Iterator[Values]:
    """All combinations of small values, the simplest combinations first."""
    symbols = free_variables(statement)
    context = context_of(statement.given)
    count = {0: 1, 1: 400, 2: 60, 3: 24}.get(len(symbols), 8)
    lists = [small_values(s, context, count) for s in symbols]
    for values in by_total(lists):
        yield dict(zip(symbols, values, strict=True))


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
