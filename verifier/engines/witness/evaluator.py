"""Evaluation of closed terms in high precision, with mpmath."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mpmath.ctx_mp import MPContext

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.entries import NoEntry, entry
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

from . import spectra
from .errors import CannotEvaluate, NoValue, TooLarge

DIGITS, GUARD = 50, 25
MAX_TERMS = 20_000
MAX_MAGNITUDE = 10_000  # bits before the point in an exponent or an angle
ROOT_STEPS = 64  # in which an interval is looked through for roots


class Evaluator:
    """Evaluates closed terms with some digits more than asked for."""

    def __init__(self, digits: int = DIGITS) -> None:
        self.digits = digits + GUARD
        self.mp = _context(self.digits)
        self.budget = MAX_TERMS
        self.values: dict[Symbol, Any] = {}  # of the variables of roots
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
            raise self.beyond(x, "the root of a negative number")
        return self.mp.sqrt(x)

    def beyond(self, x: Any, cause: str) -> CannotEvaluate:
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

    def whole(self, term: Term) -> int:
        """The value of a term that must be an integer, up to rounding."""
        value = self(term)
        nearest = self.mp.nint(value)
        if abs(value - nearest) * 10**DIGITS > 1:
            raise NoValue(f"{term!r} is no integer", "restrict the domain")
        return int(nearest)

    def _range(self, body: Term, index: Symbol, lower: Term, upper: Term) -> list[Any]:
        first, last = self.whole(lower), self.whole(upper)
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
            return self.mp.mpf(entry(args, self.whole, self.at))
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

    def _sharpness(self, *args: Any) -> Any:
        return spectra.sharpness(self, *args)

    def _hessian(self, *args: Any) -> Any:
        return spectra.hessian(self, *args)


def _context(digits: int) -> MPContext:
    mp = MPContext()
    mp.dps = digits
    return mp


@lru_cache(maxsize=256)
def _root(body: Term, variable: Symbol, lower: Term, upper: Term, digits: int) -> Any:
    """A root without variables, to so many digits."""
    return Evaluator(digits - GUARD)._bisected(body, variable, lower, upper)


_STEPS = {
    "+": "_plus", "-": "_minus", "*": "_times", "/": "_over", "**": "_power", "neg": "_negative",
    "sqrt": "_sqrt", "exp": "_exp", "log": "_log", "sin": "_sin", "cos": "_cos", "Abs": "_abs",
    "Min": "_min", "Max": "_max", "pi": "_pi", "Iverson": "_iverson", "Sum": "_sum",
    "Product": "_product", "chain": "_chain", "root": "_root", "sharpness": "_sharpness",
    "hessian": "_hessian",
}  # fmt: skip

__all__ = ["DIGITS", "Evaluator"]
