"""One relation on one box: whether intervals, slopes or a Taylor expansion show that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from flint import ctx, fmpq

from verifier.engines.enclosure.evaluation import Evaluation
from verifier.engines.enclosure.intervals import (
    Interval,
    Nowhere,
    between,
    minus,
    negative,
    plus,
    precision,
    times,
)
from verifier.engines.enclosure.slopes import derivative, resolved, smooth
from verifier.engines.enclosure.unrolled import Obligation, folded
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused, number_term
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number, Relation, Symbol, Term, subterms

Box = Mapping[Symbol, tuple[fmpq, fmpq]]

MAX_LEVEL = 2  # of slopes of slopes
MAX_ORDER = 8  # of a Taylor expansion
MAX_NODES = 1_500  # of a derivative
POINT_PRECISIONS = (64, 256, 1024, 4096)


class Judge:
    """What certainly holds on a box, under the relations that are given."""

    def __init__(self, given: Iterable[Relation]) -> None:
        self.given = tuple(given)
        self.kernel = Context()
        self.points: dict[Relation, bool] = {}
        self.zeros: dict[Term, bool] = {}
        self.bits = POINT_PRECISIONS[0]  # the highest precision that was used

    # --- a box as a whole

    def excluded(self, box: Box) -> bool:
        """Whether something that is given is false, or undefined, everywhere on the box."""
        return any(self._fails(relation, box) for relation in self.given)

    def _fails(self, relation: Relation, box: Box) -> bool:
        relation, rest = at_points(relation, box)
        if not rest:
            return self.at_point(relation.negation)
        try:
            return self._evaluation(rest).relation(relation) is False
        except Nowhere:
            return True

    def met(self, obligation: Obligation, box: Box) -> bool:
        """Whether all relations of one group hold on the whole box."""
        return any(all(self.holds(r, box) for r in group) for group in obligation)

    def violated(self, obligations: Iterable[Obligation], box: Box) -> Box | None:
        """The middle of the box, if all that is given holds there and an obligation fails."""
        middle = {symbol: (centre(ends), centre(ends)) for symbol, ends in box.items()}
        on_point = self._evaluation(middle)
        try:
            if not all(on_point.relation(r) is True for r in self.given):
                return None
            for groups in obligations:
                if all(any(on_point.relation(r) is False for r in group) for group in groups):
                    return middle
        except Nowhere:
            return None
        return None

    def holds(self, relation: Relation, box: Box) -> bool:
        """Whether the relation holds wherever on the box all that is given holds."""
        relation, rest = at_points(relation, box)
        if not rest:
            return self.at_point(relation)
        try:
            on_box = self._evaluation(rest)
            if on_box.relation(relation) is True:
                return True
            if relation.op in ("==", "!="):
                return False
            difference = resolved(on_box, _difference(relation))
            if not smooth(on_box, difference):
                return False
            strict = relation.op in ("<", ">")
            return self._by_slopes(difference, strict, rest, on_box, MAX_LEVEL)
        except (Nowhere, Refused):
            return False

    def _evaluation(self, box: Box) -> Evaluation:
        self.bits = max(self.bits, ctx.prec)
        return Evaluation({symbol: between(*ends) for symbol, ends in box.items()})

    # --- slopes

    def _by_slopes(
        self, term: Term, strict: bool, box: Box, on_box: Evaluation, level: int
    ) -> bool:
        """Whether a smooth term is >= 0 (or > 0): on the face to which it decreases, there by
        the mean value theorem or a Taylor expansion.
        """
        slopes = {x: on_box(derivative(term, x)) for x in box if x in term.free}
        pins = {}
        for x, slope in slopes.items():
            rises = self._rises(derivative(term, x), slope, box, on_box, level)
            if rises is not None:
                pins[x] = (box[x][not rises],) * 2
        op = ">" if strict else ">="
        face, rest = at_points(Relation(op, term, 0), {**box, **pins})
        if not rest:
            if self.at_point(face):
                return True
            face, rest, pins = Relation(op, term, 0), box, {}
        on_face = self._evaluation(rest)
        if pins and on_face.relation(face) is True:
            return True
        middle = {x: between(centre(ends), centre(ends)) for x, ends in rest.items()}
        value = Evaluation(middle)(face.lhs)
        for x, ends in rest.items():
            if x in slopes:
                value = plus(value, times(slopes[x], minus(between(*ends), middle[x])))
        if value.positive if strict else value.nonnegative:
            return True
        if len(rest) > 1 or (strict and (pins or len(box) > 1)):
            return False
        ((x, ends),) = rest.items()
        return self._by_taylor(face.lhs, x, ends, strict, on_face)

    def _rises(
        self, slope: Term, values: Interval, box: Box, on_box: Evaluation, level: int
    ) -> bool | None:
        """Whether a slope is >= 0 on the box (True) or <= 0 (False), by slopes of its own."""
        if values.lo >= 0:
            return True
        if values.hi <= 0:
            return False
        if not level:
            return None
        middle = Evaluation({x: between(centre(e), centre(e)) for x, e in box.items()})(slope)
        rest = {x: ends for x, ends in box.items() if x in slope.free}
        if middle.nonzero and smooth(on_box, slope):
            up = middle.positive
            sided = slope if up else -slope
            if rest and self._by_slopes(sided, False, rest, on_box, level - 1):
                return up
        return None

    # --- zeros

    def _by_taylor(
        self,
        term: Term,
        x: Symbol,
        ends: tuple[fmpq, fmpq],
        strict: bool,
        on_box: Evaluation,
    ) -> bool:
        """Whether a term smooth on [a, b] that vanishes at a rational point is >= 0 there.

        If its derivatives at c vanish up to order n - 1, it is f_n(t) (x - c)^n / n! for a t
        between.  It is > 0 outside c if f_n is not zero; c itself must then be excluded.
        """
        for point in dict.fromkeys((*ends, simplest(*ends), centre(ends))):
            at = {x: number_term(point)}
            if not self._vanishes(substitute(term, at)):
                continue
            if strict and not self._excludes(at):
                continue
            if self._grows(term, x, at, point, ends, strict, on_box):
                return True
        return False

    def _grows(
        self,
        term: Term,
        x: Symbol,
        at: dict[Symbol, Number],
        point: fmpq,
        ends: tuple[fmpq, fmpq],
        strict: bool,
        on_box: Evaluation,
    ) -> bool:
        for order in range(1, MAX_ORDER + 1):
            term = derivative(term, x)
            if len(list(subterms(term))) > MAX_NODES:
                return False
            slope = on_box(term)
            if order % 2 and point == ends[1]:
                slope = negative(slope)
            if (not order % 2 or point in ends) and (
                slope.positive if strict else slope.nonnegative
            ):
                return True
            if not self._vanishes(substitute(term, at)):
                return False
        return False

    def _excludes(self, at: dict[Symbol, Number]) -> bool:
        """Whether something that is given is false at all points with that value."""
        return any(
            r.free == at.keys() and self.at_point(folded(substitute(r, at)).negation)
            for r in self.given
        )

    # --- points

    def at_point(self, relation: Relation) -> bool:
        """Whether a relation between numbers certainly holds."""
        done = self.points.get(relation)
        if done is None:
            done = self.points[relation] = self._decided(relation)
        return done

    def _decided(self, relation: Relation) -> bool:
        try:
            for bits in POINT_PRECISIONS:
                with precision(bits):
                    truth = self._evaluation({}).relation(relation)
                if truth is not None:
                    return truth
                if bits == POINT_PRECISIONS[0] and self._is_zero(relation.lhs - relation.rhs):
                    return relation.op in (">=", "<=", "==")
        except (Nowhere, Refused):
            return False
        return False

    def _vanishes(self, term: Term) -> bool:
        """Whether a number, defined, is certainly zero."""
        number = folded(term)
        if isinstance(number, Number):
            return number.value == 0
        try:
            value = self._evaluation({})(number)
        except (Nowhere, Refused):
            return False
        return not value.nonzero and self._is_zero(number)

    def _is_zero(self, number: Term) -> bool:
        """Whether the kernel's normal form of a number is zero."""
        done = self.zeros.get(number)
        if done is None:
            try:
                done = not self.kernel.normal(number)
            except Refused:
                done = False
            self.zeros[number] = done
        return done


@lru_cache(maxsize=256)
def _difference(relation: Relation) -> Term:
    """The side that is claimed to be larger, less the other."""
    sides = relation.lhs, relation.rhs
    above, below = sides if relation.op in (">", ">=") else sides[::-1]
    return folded(above - below)


def at_points(relation: Relation, box: Box) -> tuple[Relation, Box]:
    """The relation with the variables that have one value replaced, and the box of the others."""
    here = {x: ends for x, ends in box.items() if x in relation.free}
    single = {x: number_term(a) for x, (a, b) in here.items() if a == b}
    rest = {x: ends for x, ends in here.items() if x not in single}
    return (folded(substitute(relation, single)) if single else relation), rest


def centre(ends: tuple[fmpq, fmpq]) -> fmpq:
    """The middle."""
    return (ends[0] + ends[1]) / 2


def simplest(a: fmpq, b: fmpq) -> fmpq:
    """The rational number of smallest denominator in [a, b].

    >>> simplest(fmpq(3, 10), fmpq(2, 5))
    1/3
    """
    if a <= 0 <= b:
        return fmpq(0)
    if b < 0:
        return -simplest(-b, -a)
    whole = fmpq(a.ceil())
    if whole <= b:
        return whole
    below = fmpq(a.floor())
    return below + 1 / simplest(1 / (b - below), 1 / (a - below))
