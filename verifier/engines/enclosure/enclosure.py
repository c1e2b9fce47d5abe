"""Proof by enclosure: a bounded statement is shown box by box, with real balls (Arb).

Integer variables take their finitely many values, one after the other; real ones range over boxes,
which are halved until intervals show the claim, or exclude what is given, on every one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from flint import arb, fmpq

from verifier.engines.enclosure.bounding import Ranges, bounds_of
from verifier.engines.enclosure.boxes import Box, Judge, centre
from verifier.engines.enclosure.evaluation import Evaluation
from verifier.engines.enclosure.intervals import Nowhere, between, precision
from verifier.engines.enclosure.slopes import derivative
from verifier.engines.enclosure.unrolled import Obligation, folded, obligations, unrolled
from verifier.engines.proof import calculation
from verifier.errors import StatementError
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, number_term, to_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, subterms

BITS, MAX_BITS = 64, 4096
MAX_BOXES = 100_000
MAX_POINTS = 20_000
MAX_HALVINGS = 60  # of one side
PROVED_ONLY = frozenset(["limit", "sharpness", "hessian"])  # the kernel says what these are


@dataclass(frozen=True)
class Enclosed:
    """A statement that ball arithmetic proves on its whole domain, which is bounded."""

    boxes: int  # how many boxes (or integer points) were needed
    where: str  # "x in [0, 1], n in {1, ..., 20}": the whole stated domain
    bits: int  # the highest precision used


def enclose(statement: Statement, seconds: float = 5.0) -> Enclosed:
    """A proof by ball arithmetic that the statement holds, for variables in a bounded domain.

    >>> from verifier.statements.vocabulary import real, sin
    >>> x = real("x")
    >>> enclose(Statement(sin(x) <= x, given=[x >= 0, x <= 1]))
    Enclosed(boxes=1, where='x in [0, 1]', bits=64)

    Raises:
        Refused: a variable is not bounded, the claim fails, or is not decided in the time.
    """
    for symbol in statement.variables:
        if symbol.arity:
            raise Refused(f"{symbol} is a family of variables")
    search = _Search(monotonic() + seconds)
    try:
        with precision(BITS):
            search.enumerate(statement)
    except StatementError as error:  # a value that is no claim's, such as a reserved name
        raise Refused(str(error)) from None
    except RecursionError:
        raise Refused("the statement is nested too deeply") from None
    if not search.accepted:
        raise Refused("no values were found that satisfy everything that is given")
    return Enclosed(search.boxes, search.ranges.text(), search.bits)


class _Search:
    """Integer points, and boxes at each, until all are decided."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.ranges = Ranges()
        self.boxes = self.points = self.accepted = 0
        self.bits = BITS
        self.here: dict[Symbol, Number] = {}  # the values of the integers

    def watch(self) -> None:
        """Give up when the time or the number of boxes is spent."""
        if monotonic() > self.deadline:
            raise Refused("out of time")
        if self.boxes > MAX_BOXES:
            raise Refused(f"more than {MAX_BOXES} boxes")

    # --- integers

    def enumerate(self, statement: Statement) -> None:
        """Decide the statement for all values of its integer variables."""
        self.watch()
        if _excluded(statement):
            return
        whole = [s for s in statement.claim.free if s.domain.integer]
        if not whole:
            self.over_reals(statement)
            return
        found = bounds_of(statement, whole)
        variable = min(whole, key=lambda s: (found[s].size, s.name))
        values = found[variable].integers(variable)
        if values:
            self.ranges.add(variable, found[variable])
        for value in values:
            self.points += 1
            if self.points > MAX_POINTS:
                raise Refused(f"more than {MAX_POINTS} integer points")
            here = {variable: Number(value)}
            self.here[variable] = here[variable]
            given = [_written_out(substitute(g, here)) for g in statement.given]
            self.enumerate(Statement(substitute(statement.claim, here), given))

    # --- reals

    def over_reals(self, statement: Statement) -> None:
        """Decide the statement on the box of its real variables."""
        context = context_of(statement.given)
        solved = _solved(_computed(statement), context)
        if any(s.domain.integer for s in solved.free):
            self.enumerate(Statement(solved, statement.given))
            return
        claim = unrolled(solved)
        variables = sorted(claim.free, key=lambda s: s.name)
        open_ = [o for o in obligations(claim) if not _known(context, o)]
        found = bounds_of(statement, variables)
        box = {symbol: found[symbol].ends(symbol) for symbol in variables}
        if any(a > b for a, b in box.values()):
            return
        for symbol in variables:
            self.ranges.add(symbol, found[symbol])
        if claim.op == "==" and any(a < b for a, b in box.values()):
            raise Refused("an equality is shown by enclosure at single points only")
        given = list(_hypotheses(statement, set(variables)))
        self.branch(Judge(given), box, open_)

    def branch(self, judge: Judge, box: Box, open_: list[Obligation]) -> None:
        """Halve boxes until each is excluded or meets all that is open."""
        stack = [(box, open_, BITS)]
        while stack:
            self.watch()
            here, open_, bits = stack.pop()
            with precision(bits):
                if judge.excluded(here):
                    self.boxes += 1
                    continue
                open_ = [o for o in open_ if not judge.met(o, here)]
                if not open_:
                    self.boxes += 1
                    self.accepted += 1
                    self.bits = max(self.bits, judge.bits)
                    continue
                failing = judge.violated(open_, here)
                if failing is not None:
                    raise Refused(f"it fails at {self.place(failing)}")
                side = _side(judge, open_, here, box)
                if side is None:
                    raise Refused(f"not decided near {self.place(here)}")
                bits = _precision(open_, here, bits)
            low, high = here[side]
            middle = centre(here[side])
            stack.append(({**here, side: (middle, high)}, open_, bits))
            stack.append(({**here, side: (low, middle)}, open_, bits))

    def place(self, box: Box) -> str:
        """The integers, and the middle of a box, as text."""
        reals = {x: number_term(centre(ends)) for x, ends in box.items()}
        places = (f"{x} = {value!r}" for x, value in {**self.here, **reals}.items())
        return ", ".join(places) or "the only point"


def _excluded(statement: Statement) -> bool:
    """Whether something given is plainly false, without variables."""
    judge = Judge(())
    return any(not g.free and judge.at_point(g.negation) for g in statement.given)


def _written_out(relation: Relation) -> Relation:
    """The relation with its closed rational parts as numbers, if it is plain."""
    try:
        return folded(unrolled(relation))
    except Refused:
        return relation


def _computed(statement: Statement) -> Relation:
    """The claim with each limit and each sharpness replaced by what the kernel proves it is."""
    claim = statement.claim
    if any(isinstance(n, Apply) and n.head in PROVED_ONLY for n in subterms(claim)):
        for fact in calculation.facts(statement):
            known = fact.statement.claim
            if (
                known.op == "=="
                and isinstance(known.lhs, Apply)
                and set(fact.statement.given) <= set(statement.given)
            ):
                claim = calculation.replace(claim, known.lhs, known.rhs)
    return claim


def _solved(claim: Relation, context: Context) -> Relation:
    """The claim with real variables replaced that the given equalities determine."""
    values = {
        atom: to_term(poly)
        for atom, poly in context.rewrites.items()
        if isinstance(atom, Symbol) and not atom.arity and atom in claim.free
    }
    return substitute(claim, values)


def _known(context: Context, obligation: Obligation) -> bool:
    """Whether the kernel sees that it holds wherever all that is given holds."""
    for group in obligation:
        try:
            for relation in group:
                context.require_defined(relation)
            if all(context.holds(relation) for relation in group):
                return True
        except Refused:
            continue
    return False


def _hypotheses(statement: Statement, variables: set[Symbol]) -> Iterator[Relation]:
    """What may be used to exclude boxes: what is given, and the domains."""
    for symbol in variables:
        lower = symbol.domain.lower
        if lower is not None:
            yield Relation(">" if symbol.domain.strict else ">=", symbol, lower)
    for relation in statement.given:
        if relation.free and relation.free <= variables:
            try:
                yield folded(unrolled(relation))
            except Refused:
                continue


def _side(judge: Judge, open_: list[Obligation], box: Box, whole: Box) -> Symbol | None:
    """The side to halve: the one over which what is open varies most."""
    least = fmpq(1, 2**MAX_HALVINGS)
    sides = [x for x, (a, b) in box.items() if b - a > (whole[x][1] - whole[x][0]) * least]
    if len(sides) < 2:
        return sides[0] if sides else None
    on_box = Evaluation({x: between(*ends) for x, ends in box.items()})
    relation = open_[-1][0][0]
    free = [x for x in sides if x in relation.free] or sides
    varied: dict[Symbol, arb] = {}
    for x in free:
        width = arb(box[x][1] - box[x][0]).mid()
        try:
            slope = on_box(derivative(relation.lhs - relation.rhs, x))
            spread = max(-slope.lo, slope.hi) * width
        except (Nowhere, Refused):
            spread = arb.pos_inf()
        if not spread.is_finite():  # by width alone
            share = {y: (box[y][1] - box[y][0]) / (whole[y][1] - whole[y][0]) for y in free}
            return max(free, key=lambda y: (share[y], y.name))
        varied[x] = spread.mid()
    return max(free, key=lambda y: (varied[y], y.name))


def _precision(open_: list[Obligation], box: Box, bits: int) -> int:
    """More bits where rounding, not the size of the box, makes the enclosure wide."""
    point = {x: between(centre(ends), centre(ends)) for x, ends in box.items()}
    on_point = Evaluation(point)
    on_box = Evaluation({x: between(*ends) for x, ends in box.items()})
    relation = open_[-1][0][0]
    difference = relation.lhs - relation.rhs
    try:
        rounded, whole = on_point(difference).width, on_box(difference).width
    except (Nowhere, Refused):
        return bits
    return min(4 * bits, MAX_BITS) if rounded * 8 > whole else bits


__all__ = ["Enclosed", "enclose"]
