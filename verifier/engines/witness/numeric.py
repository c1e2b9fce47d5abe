"""Evaluation in high precision with mpmath, sharpness and Hessian from the definition.

This is the side that knows no theorem: a sharpness is the largest eigenvalue of the Hessian of
the loss at the weights, whatever closed form is claimed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mpmath.ctx_mp import MPContext

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.entries import NoEntry, entry
from verifier.engines.entries import network as network_of
from verifier.errors import VerifierError
from verifier.networks import numeric as network
from verifier.networks.errors import NetworkError
from verifier.statements.definedness import depth_of
from verifier.statements.statement import Statement
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

DIGITS = 50
GUARD = 25
SURE_DIGITS, MANY_DIGITS = 500, 1_000
MAX_TERMS = 20_000
MAX_MAGNITUDE = 10_000  # bits before the point in an exponent or an angle
MAX_WEIGHTS = 40
ROOT_STEPS = 64  # in which an interval is looked through for roots


class CannotEvaluate(VerifierError):
    """The term has no value here, or one that is too large to compute."""


class NoValue(CannotEvaluate):
    """The term has no value here."""


class TooLarge(CannotEvaluate):
    """The term has too many parts, or a value that is too large to compute."""


def holds(statement: Statement, values: Mapping[Symbol, Term], digits: int = DIGITS) -> bool | None:
    """Whether the claim holds at the values, to so many digits; None where it is too close.

    What seems to fail is evaluated again with twice the digits, lest cancellation decide.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    verdict = compared(statement.claim, values, digits)
    return compared(statement.claim, values, 2 * digits) if verdict is False else verdict


def fails(statement: Statement, values: Mapping[Symbol, Term]) -> bool:
    """Whether the claim fails at the values, and no cancellation of huge numbers makes it seem so.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    if holds(statement, values) is not False:
        return False
    if any(isinstance(n, Apply) and n.head == "root" for n in subterms(statement.claim)):
        lhs, rhs = sides(statement.claim, values, SURE_DIGITS)
        if abs(lhs - rhs) * 10 ** (SURE_DIGITS // 2) < 1:  # as small as the error of a root
            return False
    return compared(statement.claim, values, DIGITS, SURE_DIGITS) is False


def seems_to_hold(statement: Statement, values: Mapping[Symbol, Term]) -> bool | None:
    """Whether the claim has a value and holds at the values, as far as digits tell; or None.

    A strict relation fails between moderate numbers of which no digit differs, as 0 and 0.

    >>> from verifier.statements.vocabulary import log, real
    >>> x = real("x")
    >>> [seems_to_hold(Statement(log(x) < x), {x: Number(n)}) for n in (-1, 1)]
    [False, True]
    """
    claim = statement.claim
    try:
        for digits in (DIGITS, SURE_DIGITS):
            lhs, rhs = sides(claim, values, digits)
            gap, size = abs(lhs - rhs), max(abs(lhs), abs(rhs))
            apart = gap * 10 ** (digits // 2) > max(size, 1)
            if apart and (COMPARISONS[claim.op](lhs, rhs) or digits == SURE_DIGITS):
                return COMPARISONS[claim.op](lhs, rhs)
            alike = gap * 10**digits <= size <= 10**DIGITS  # no rounding error, nor lost in size
            if alike and claim.op in ("==", "<=", ">="):
                return True
        return None if gap or not alike else False
    except NoValue:
        return False
    except (VerifierError, ArithmeticError, ValueError):
        return None


def compared(
    claim: Relation, values: Mapping[Symbol, Term], digits: int = DIGITS, computed: int = 0
) -> bool | None:
    """Whether a relation holds to so many digits, where cancellation may decide; or None.

    More digits can be `computed`.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    evaluate = Evaluator(max(digits, computed))
    ground = substitute(claim, values)
    lhs, rhs = evaluate(ground.lhs), evaluate(ground.rhs)
    if abs(lhs - rhs) <= max(abs(lhs), abs(rhs)) * evaluate.mp.mpf(10) ** -digits:
        return {"==": True, "!=": False, "<=": True, ">=": True}.get(claim.op)
    return {"==": False, "!=": True, "<": lhs < rhs, "<=": lhs < rhs}.get(claim.op, lhs > rhs)


def surely_holds(statement: Statement, values: Mapping[Symbol, Term]) -> bool:
    """Whether the claim holds at the values to few digits and to many, between moderate numbers.

    Two huge numbers may differ beyond all digits: 2**10**15 and 2**10**15 + 1.  A difference as
    small as the rounding errors, as of sin(pi) and 0, tells nothing.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    lhs, rhs = sides(statement.claim, values, MANY_DIGITS)
    if max(abs(lhs), abs(rhs)) > 10**DIGITS:
        return False
    if statement.claim.op in ("<", ">", "!=") and abs(lhs - rhs) * 10 ** (MANY_DIGITS // 2) < 1:
        return False
    return all(holds(statement, values, digits) is True for digits in (DIGITS, MANY_DIGITS))


def vanishes(term: Term) -> bool:
    """Whether a closed term is zero as far as many digits tell.

    Raises:
        CannotEvaluate: it has no value, or is too large to compute.
    """
    return bool(abs(Evaluator(MANY_DIGITS)(term)) * 10**DIGITS < 1)


def is_whole(term: Term) -> bool:
    """Whether a closed term is an integer as far as many digits tell.

    Raises:
        CannotEvaluate: it has no value, or is too large to compute.
    """
    evaluate = Evaluator(MANY_DIGITS)
    value = evaluate(term)
    return bool(abs(value - evaluate.mp.nint(value)) * 10**DIGITS < 1)


def sides(
    relation: Relation, values: Mapping[Symbol, Term], digits: int = DIGITS
) -> tuple[Any, Any]:
    """Both sides of a relation at the values, as numbers of mpmath."""
    evaluate = Evaluator(digits)
    ground = substitute(relation, values)
    return evaluate(ground.lhs), evaluate(ground.rhs)


class Evaluator:
    """Evaluates closed terms with some digits more than asked for."""

    def __init__(self, digits: int = DIGITS) -> None:
        self.digits = digits + GUARD
        self.mp = _context(self.digits)
        self.budget = MAX_TERMS
        self.values: dict[Symbol, Any] = {}  # of the variables of roots
        self.hessians: dict[tuple[Any, ...], Any] = {}  # at the points that entries were asked for
        self.closed: dict[Term, Any] = {}  # what depends on no root's variable, and is known

    def __call__(self, term: Term) -> Any:
        if term.free:
            return self._evaluated(term)
        if term not in self.closed:
            self.closed[term] = self._evaluated(term)
        return self.closed[term]

    def at(self, family: Term, *indices: int) -> Any:
        """The member of a lambda at literal indices."""
        return self(member(family, tuple(map(Number, indices))))

    def _evaluated(self, term: Term) -> Any:
        if isinstance(term, Number):
            return self.mp.mpf(term.value.numerator) / term.value.denominator
        if isinstance(term, Symbol) and term in self.values:
            return self.values[term]
        if not isinstance(term, Apply):
            raise CannotEvaluate(f"{term!r} has no value", "give values to all variables")
        step = getattr(self, _STEPS.get(term.head, ""), None)
        if step is None:
            raise CannotEvaluate(f"{term.head} cannot be evaluated numerically", "prove it")
        return step(*term.args)

    def _plus(self, a: Term, b: Term) -> Any:
        return self(a) + self(b)

    def _minus(self, a: Term, b: Term) -> Any:
        return self(a) - self(b)

    def _times(self, a: Term, b: Term) -> Any:
        return self(a) * self(b)

    def _over(self, a: Term, b: Term) -> Any:
        denominator = self(b)
        if not denominator:
            raise NoValue("division by zero", "restrict the domain")
        return self(a) / denominator

    def _power(self, base: Term, exponent: Term) -> Any:
        x, y = self(base), self(exponent)
        whole = self.mp.isint(y)
        if (x < 0 and not whole) or (x == 0 and y < 0):
            raise NoValue(f"({base!r})**({exponent!r}) is undefined", "restrict the domain")
        if x == 0:
            return self.mp.mpf(1 if y == 0 else 0)
        self._require_moderate(y)
        return x ** int(y) if whole else self.mp.exp(y * self.mp.log(x))

    def _require_moderate(self, x: Any) -> Any:
        """The number, if an exponential or a sine of it is within reach."""
        if x and self.mp.mag(x) > MAX_MAGNITUDE:
            raise TooLarge("a number too large to compute", "take smaller values")
        return x

    def _negative(self, a: Term) -> Any:
        return -self(a)

    def _sqrt(self, a: Term) -> Any:
        x = self(a)
        if x < 0:
            raise self._beyond(x, "the root of a negative number")
        return self.mp.sqrt(x)

    def _beyond(self, x: Any, cause: str) -> CannotEvaluate:
        """What to raise for a negative number: it may be a zero's rounding error."""
        kind = NoValue if x * self.mp.mpf(10) ** DIGITS < -1 else CannotEvaluate
        return kind(cause, "restrict the domain")

    def _exp(self, a: Term) -> Any:
        return self.mp.exp(self._require_moderate(self(a)))

    def _log(self, a: Term) -> Any:
        x = self(a)
        if x <= 0:
            raise NoValue("the logarithm of what is not positive", "restrict the domain")
        return self.mp.log(x)

    def _sin(self, a: Term) -> Any:
        return self.mp.sin(self._require_moderate(self(a)))

    def _cos(self, a: Term) -> Any:
        return self.mp.cos(self._require_moderate(self(a)))

    def _abs(self, a: Term) -> Any:
        return abs(self(a))

    def _min(self, a: Term, b: Term) -> Any:
        return min(self(a), self(b))

    def _max(self, a: Term, b: Term) -> Any:
        return max(self(a), self(b))

    def _pi(self) -> Any:
        return +self.mp.pi

    def _iverson(self, relation: Relation) -> Any:
        holds = COMPARISONS[relation.op](self(relation.lhs), self(relation.rhs))
        return self.mp.mpf(int(holds))

    def _whole(self, term: Term) -> int:
        """The value of a term that must be an integer, up to rounding."""
        value = self(term)
        nearest = self.mp.nint(value)
        if abs(value - nearest) * 10**DIGITS > 1:
            raise NoValue(f"{term!r} is no integer", "restrict the domain")
        return int(nearest)

    def _range(self, body: Term, index: Symbol, lower: Term, upper: Term) -> list[Any]:
        first, last = self._whole(lower), self._whole(upper)
        self.budget -= max(0, last - first + 1)
        if self.budget < 0:
            raise TooLarge("a sum with too many terms", f"at most {MAX_TERMS}")
        return [self(substitute(body, {index: Number(i)})) for i in range(first, last + 1)]

    def _sum(self, *args: Any) -> Any:
        return self.mp.fsum(self._range(*args))

    def _product(self, *args: Any) -> Any:
        return self.mp.fprod(self._range(*args))

    def _chain(self, *args: Term) -> Any:
        try:
            return self.mp.mpf(entry(args, self._whole, self.at))
        except NoEntry as error:
            raise CannotEvaluate("there is no such entry", "restrict the indices") from error

    def _root(self, body: Term, variable: Symbol, lower: Term, upper: Term) -> Any:
        """The only root that equal steps show, by bisection."""
        if self.values:  # it may depend on variables of other roots
            return self._bisected(body, variable, lower, upper)
        return self.mp.mpf(_root(body, variable, lower, upper, self.digits))

    def _bisected(self, body: Term, variable: Symbol, lower: Term, upper: Term) -> Any:
        start, end = self(lower), self(upper)

        def at(place: Any) -> Any:
            return self._at(body, variable, place)

        places = [start + (end - start) * i / ROOT_STEPS for i in range(ROOT_STEPS + 1)]
        values = [at(place) for place in places]
        if start > end or min(values[0], values[-1]) > 0 or max(values[0], values[-1]) < 0:
            raise NoValue("no change of sign between the bounds", "move them")
        sizes = [abs(value) for value in values]
        crossed = [i for i in range(ROOT_STEPS) if values[i] * values[i + 1] <= 0]
        least = [i for i in range(ROOT_STEPS + 1) if self._may_touch_zero(values, sizes, i)]
        if not crossed or any(i not in (crossed[0], crossed[0] + 1) for i in (*least, *crossed)):
            raise CannotEvaluate("there may be several roots", "narrow the bounds")
        first = crossed[0]
        return self._narrowed(at, places[first], places[first + 1], *values[first : first + 2])

    def _may_touch_zero(self, values: list[Any], sizes: list[Any], place: int) -> bool:
        """Whether a value is the least around, and as small as twice what a step changes."""
        around = range(max(0, place - 1), min(len(values), place + 2))
        change = max(abs(values[i] - values[place]) for i in around)
        return bool(sizes[place] <= min(2 * change, *(sizes[i] for i in around)))

    def _narrowed(self, at: Any, low: Any, high: Any, below: Any, above: Any) -> Any:
        """The place between two others at which a function with values of both signs vanishes.

        A step looks close around where the chord vanishes, and halves the rest.
        """
        whole = high - low
        for _ in range(self.mp.prec + ROOT_STEPS):
            width = high - low
            if not below or not above or width <= abs(high) * self.mp.eps / 4:
                break
            chord = low - below * width / (above - below)
            near = width * width / whole / 4
            for place in (chord - near, chord + near, (low + high) / 2):
                if not low < place < high:
                    continue
                value = at(place)
                if (value < 0) is (below < 0):
                    low, below = place, value
                else:
                    high, above = place, value
        return low if not below else high if not above else (low + high) / 2

    def _at(self, body: Term, variable: Symbol, place: Any) -> Any:
        """The body where the variable has a value of mpmath."""
        before = self.values.get(variable)
        self.values[variable] = place
        try:
            return self(body)
        finally:
            if before is None:
                del self.values[variable]
            else:
                self.values[variable] = before

    def _setting(
        self, allocation: Apply, pathways: Term, depth: Term, target: Term
    ) -> tuple[list[list[Any]], Any]:
        """The weights at an allocation, written from its definition, and the target."""
        count = self._whole(pathways)
        if count > MAX_WEIGHTS:
            raise TooLarge(f"a network of {count} pathways", f"at most {MAX_WEIGHTS}")
        depths = [self._whole(depth_of(depth, Number(h))) for h in range(1, count + 1)]
        if sum(depths) > MAX_WEIGHTS:
            raise TooLarge(f"a network of {sum(depths)} weights", f"at most {MAX_WEIGHTS}")
        sigma = self(target)
        if allocation.head == "weights":
            family = allocation.args[0]
            weights = [
                [self.at(family, h, l) for l in range(1, depth + 1)]  # noqa: E741
                for h, depth in enumerate(depths, 1)
            ]
            return weights, sigma
        shares = self._shares(allocation, count, sigma)
        if any(share < 0 for share in shares):
            raise self._beyond(min(shares), "the root of a negative share")
        return [
            [self.mp.mpf(0) if not share else self.mp.root(share, depth)] * depth
            for share, depth in zip(shares, depths, strict=True)
        ], sigma

    def _shares(self, allocation: Apply, count: int, sigma: Any) -> list[Any]:
        if allocation.head == "split":
            family = allocation.args[0]
            return [self.at(family, h) for h in range(1, count + 1)]
        active = {"single_path": 1, "balanced": count}.get(allocation.head)
        if active is None:
            active = self._whole(allocation.args[0])
        return [sigma / active if h < active else self.mp.mpf(0) for h in range(count)]

    def _sharpness(self, *args: Any) -> Any:
        if self.values or any(argument.free for argument in args):
            return self._derived_sharpness(*args)
        return self.mp.mpf(_sharpness(args, self.digits))

    def _derived_sharpness(self, *args: Any) -> Any:
        if args[0].head == "matrices":
            return self._matrix_sharpness(*args)
        weights, target = self._setting(*args)
        try:
            largest = _largest(tuple(map(tuple, weights)), target, self.digits)
            return self.mp.mpf(largest)
        except NetworkError as error:
            raise CannotEvaluate(error.cause, error.remedy) from error

    def _matrix_sharpness(self, *args: Any) -> Any:
        """The largest eigenvalue of the Hessian of the network of matrices, from its definition."""
        try:
            net = network_of(args, self._whole, self.at, MAX_WEIGHTS)
        except NoEntry as error:
            most = f"at most {MAX_WEIGHTS} entries"
            raise TooLarge("a network of many matrices", most) from error
        return self.mp.mpf(_largest_of_matrices(net, self.digits))

    def _hessian(self, allocation: Apply, *args: Any) -> Any:
        *setting, h, l, i, j = args  # noqa: E741
        weights, target = self._setting(allocation, *setting)
        key = (tuple(map(tuple, weights)), target)
        if key not in self.hessians:
            self.hessians[key] = network.hessian(weights, target, self.digits)
        matrix = self.hessians[key]
        row, column = self._place(weights, h, l), self._place(weights, i, j)
        return self.mp.mpf(matrix[row, column])

    def _place(self, weights: list[list[Any]], pathway: Term, layer: Term) -> int:
        """The position of a weight among all weights."""
        h, l = self._whole(pathway), self._whole(layer)  # noqa: E741
        if not (1 <= h <= len(weights) and 1 <= l <= len(weights[h - 1])):
            raise NoValue("there is no such weight", "restrict the indices")
        return sum(len(row) for row in weights[: h - 1]) + l - 1


def _context(digits: int) -> MPContext:
    mp = MPContext()
    mp.dps = digits
    return mp


@lru_cache(maxsize=1024)
def _largest(weights: tuple[tuple[Any, ...], ...], target: Any, digits: int) -> Any:
    """The sharpness at some weights, which often stands on both sides and in what is given."""
    return network.sharpness_at(weights, target, digits)


@lru_cache(maxsize=256)
def _largest_of_matrices(net: Any, digits: int) -> Any:
    mp = _context(digits)
    return max(mp.eigsy(mp.matrix(net.hessian()), eigvals_only=True))


@lru_cache(maxsize=256)
def _root(body: Term, variable: Symbol, lower: Term, upper: Term, digits: int) -> Any:
    """A root without variables, to so many digits."""
    return Evaluator(digits - GUARD)._bisected(body, variable, lower, upper)


@lru_cache(maxsize=256)
def _sharpness(args: tuple[Term, ...], digits: int) -> Any:
    """A sharpness without variables, to so many digits."""
    return Evaluator(digits - GUARD)._derived_sharpness(*args)


_STEPS = {
    "+": "_plus", "-": "_minus", "*": "_times", "/": "_over", "**": "_power", "neg": "_negative",
    "sqrt": "_sqrt", "exp": "_exp", "log": "_log", "sin": "_sin", "cos": "_cos", "Abs": "_abs",
    "Min": "_min", "Max": "_max", "pi": "_pi", "Iverson": "_iverson", "Sum": "_sum",
    "Product": "_product", "chain": "_chain", "root": "_root", "sharpness": "_sharpness",
    "hessian": "_hessian",
}  # fmt: skip
