"""The search for a counterexample: small values in order, then boundaries, then Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from time import process_time

from verifier.engines.counterexample.critical import critical_cases
from verifier.engines.counterexample.rational import Evaluator, NotRational, excludes
from verifier.engines.counterexample.values import (
    Values,
    by_total,
    determined,
    extreme_values,
    free_variables,
    small_values,
)
from verifier.engines.proof import calculation
from verifier.errors import StatementError
from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.refuted import Refuted, differentiated, refute, require_indices
from verifier.kernel.rules.logic import require_value
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term, subterms

REFRESH = 500
ASKING = 0.25  # of the time, mpmath of what the kernel does not decide
MAX_WEIGHTS = 200  # of a network whose formula is written out
SMALL, EXTREME, DRAWN, QUICK = 4_000, 1_500, 300, 400


@dataclass
class Search:
    """What a search found: a refutation, or how many cases satisfied everything and held."""

    refuted: Refuted | None = None
    held: int = 0
    unknown: int = 0
    witness: Values | None = None  # values that satisfy what is given
    doubt: Values | None = None  # values at which mpmath alone says that it fails
    reach: str = ""


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
    judge = _Judge(statement, asking * seconds)
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
    judge = _Judge(refuted.statement, 0)
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


class _Judge:
    """Decides a statement at closed values, quickly; a failure is confirmed by the kernel."""

    def __init__(self, statement: Statement, patience: float) -> None:
        self.statement = statement
        self.patience = patience  # seconds in which mpmath may be asked
        self.here = Context()
        self.tried = 0
        self.determined = determined(statement)
        nodes = [n for r in (statement.claim, *statement.given) for n in subterms(r)]
        self.plain = not any(
            isinstance(n, Apply) and n.head in ("diff", "limit", "sharpness") for n in nodes
        )
        self.networks = [n.args[1:3] for n in nodes if _is_at_weights(n)]
        late = {symbol for symbol, _ in self.determined}
        self.early = [g for g in statement.given if not g.free & late]
        self.theorems = [
            (general.claim, general.given)
            for _, _, general in calculation.sharpness_theorems_for(statement)
        ]

    def try_values(self, values: Values, found: Search) -> None:
        """Take in one more case, if what is given holds there."""
        self.tried += 1
        if self.tried % REFRESH == 0:
            self.here = Context()
        if excludes(self.early, values) or self.is_large(values):
            return
        try:
            complete = self.complete(values)
            verdict: bool | None = self.rational(complete)
        except Refused:
            return
        except NotRational:
            if not self.given_holds(complete):
                return
            verdict = self.claim_sign(complete)
        found.witness = complete if found.witness is None else found.witness
        if verdict is True:
            found.held += 1
            return
        try:
            found.refuted = confirm(self.statement, complete)
        except (Refused, StatementError):  # StatementError: a value for what a derivative is by
            seems = self.by_digits(complete)
            found.held += seems is True
            found.unknown += seems is None
            if seems is False and found.doubt is None:
                found.doubt = complete

    def is_large(self, values: Values) -> bool:
        """Whether a network of any weights has too many for its formula to be written out."""
        for sizes in self.networks:
            known = [substitute(size, values) for size in sizes]
            if prod(n.value for n in known if isinstance(n, Number)) > MAX_WEIGHTS:
                return True
        return False

    def by_digits(self, values: Values) -> bool | None:
        """Whether mpmath says that the claim holds, which the kernel does not decide."""
        if self.patience <= 0:
            return None
        from verifier.engines.witness import numeric

        start = process_time()
        try:
            return numeric.seems_to_hold(self.statement, values)
        finally:
            self.patience -= process_time() - start

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
        for symbol, value in complete.items():
            self.require_inside(symbol, value)
        return complete

    def require_inside(self, symbol: Symbol, value: Term) -> None:
        """Refuse a number that is not in the domain of its variable, such as some root."""
        if isinstance(value, Number):
            if not symbol.domain.contains(value.value):
                raise Refused(f"{value!r} is outside the domain of {symbol}")
        elif not symbol.arity and symbol.domain is not REAL:
            require_value(self.here, symbol, value)

    def given_holds(self, values: Values) -> bool:
        for relation in self.statement.given:
            try:
                require_indices(relation, values)
                ground = self.closed(substitute(relation, values))
                self.here.require_defined(ground)
                if not self.here.holds(ground):
                    return False
            except (Refused, StatementError):
                return False
        return True

    def claim_sign(self, values: Values) -> bool | None:
        """Whether the claim holds; None if that is not seen at once."""
        try:
            require_indices(self.statement.claim, values)
            claim = differentiated(self.statement, values)
            ground = self.closed(substitute(claim, values))
            self.here.require_defined(ground)
            sign = self.here.relation_sign(ground)
        except (Refused, StatementError):
            return None
        if signs.only(sign, signs.HOLDS[ground.op]):
            return True
        return None if sign & signs.HOLDS[ground.op] else False

    def closed(self, relation: Relation) -> Relation:
        """The relation with every sharpness replaced by what the theorems say it is."""
        return calculation.with_formulas(relation, self.theorems, self.here)


def _is_at_weights(node: object) -> bool:
    """Whether it is the sharpness, or an entry of the Hessian, of a network of any weights."""
    if not isinstance(node, Apply) or node.head not in ("sharpness", "hessian"):
        return False
    return node.args[0].head == "weights"


def confirm(statement: Statement, values: Values) -> Refuted:
    """The kernel's refutation at the values, with what theorems say of them.

    Raises:
        Refused: the kernel does not see that the statement fails there.
    """
    try:
        claim = substitute(differentiated(statement, values), values)
    except Refused:  # it may have no value there
        return refute(statement, values)
    closed = [Statement(r) for r in (*(substitute(g, values) for g in statement.given), claim)]
    found = [fact for relation in closed for fact in calculation.facts(relation)]
    found.extend(calculation.facts_far_out(closed[-1]))
    return refute(statement, values, tuple(dict.fromkeys(found)))


# --- candidates ------------------------------------------------------------------------------


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
