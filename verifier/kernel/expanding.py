"""Terms as expansions: what a term does as its variable tends to a point."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.expansion import BOUNDED, NONE, Algebra, Expansion, negated
from verifier.kernel.polynomial import Refused, constant, free_symbols, to_term
from verifier.kernel.series import Series, leading, number
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term


class Alternates(Refused):
    """A power of -1 whose exponent is neither always even nor always odd."""


class Expander(Algebra):
    """The expansion of terms in one variable, parts first.

    `start` is the variable itself.  `here` knows the parameters; `beyond` also knows that the
    variable is close to its point.  `parity` is 2*n or 2*n + 1 for the integer variable n, where
    only even or only odd values count.
    """

    def __init__(
        self,
        here: Context,
        beyond: Context,
        variable: Symbol,
        start: Series,
        length: int,
        parity: Term | None = None,
    ) -> None:
        super().__init__(here, length)
        self.here, self.beyond, self.variable = here, beyond, variable
        self.start, self.parity = start, parity
        self._done: dict[Term, Expansion] = {}
        self._open: set[Term] = set()

    def __call__(self, term: Term) -> Expansion:
        """The expansion of a term.

        Raises:
            Refused: it is not known, or the term is not known to be defined near the point.
        """
        done = self._done.get(term)
        if done is None:
            done = self._done[term] = self._expand(term)
        return done

    def _expand(self, term: Term) -> Expansion:
        if self.variable not in term.free:
            self.here.require_defined(term)
            return Expansion(number(self.here.normal(term)))
        if isinstance(term, Symbol):
            return Expansion(self.start)
        rule = _RULES.get(term.head)  # type: ignore[attr-defined]
        if rule is None:
            return self._by_normal(term)
        return rule(self, *term.args)  # type: ignore[attr-defined]

    def _by_normal(self, term: Term) -> Expansion:
        """The expansion of the normal form, where that is another term."""
        self.beyond.require_defined(term)
        other = to_term(self.beyond.normal(term))
        if other is term or self._open & {term, other}:
            raise Refused(f"the expansion of {term!r} is not known")
        self._open.add(term)
        try:
            return self(other)
        finally:
            self._open.discard(term)

    def _add(self, a: Term, b: Term) -> Expansion:
        return self.plus(self(a), self(b))

    def _subtract(self, a: Term, b: Term) -> Expansion:
        return self.plus(self(a), negated(self(b)))

    def _negate(self, a: Term) -> Expansion:
        return negated(self(a))

    def _multiply(self, a: Term, b: Term) -> Expansion:
        return self.times(self(a), self(b))

    def _divide(self, a: Term, b: Term) -> Expansion:
        return self.times(self(a), self.rational_power(self(b), fmpq(-1)))

    def _sqrt(self, a: Term) -> Expansion:
        return self.rational_power(self(a), fmpq(1, 2))

    def _power(self, base: Term, exponent: Term) -> Expansion:
        if self.variable not in exponent.free:
            self.here.require_defined(exponent)
            literal = self.here.normal(exponent).constant
            if literal is not None:
                return self.rational_power(self(base), literal)
        value, times = self(base), self(exponent)
        found = leading(self.here, value.body)
        if found is None:
            if self.direction(times.body) <= 0:
                raise Refused("a power of zero with an exponent that is not positive")
            return Expansion(NONE)
        if found[2] == signs.POSITIVE:
            return self.exponential(self.times(times, self.logarithm(value)))
        if found[2] != signs.NEGATIVE:
            raise Refused("a power of a base whose sign is not known")
        unit = Expansion(self._alternating(exponent))
        size = self.exponential(self.times(times, self.logarithm(negated(value))))
        return self.times(unit, size)

    def _alternating(self, exponent: Term) -> Series:
        """(-1)**exponent, for an integer exponent."""
        if not self.beyond.is_integer(self.beyond.normal(exponent)):
            raise Refused(f"a negative base, and {exponent!r} may not be an integer")
        if self.parity is not None:
            exponent = substitute(exponent, {self.variable: self.parity})
        unit = self.beyond.normal(Apply("**", Number(-1), exponent))
        if self.variable not in free_symbols(unit):
            return number(unit)
        if self.parity is None:
            raise Alternates(f"(-1)**({exponent!r}) has no limit")
        return BOUNDED

    def _exp(self, a: Term) -> Expansion:
        return self.exponential(self(a))

    def _log(self, a: Term) -> Expansion:
        return self.logarithm(self(a))

    def _sin(self, a: Term) -> Expansion:
        return self.circular("sin", self(a))

    def _cos(self, a: Term) -> Expansion:
        return self.circular("cos", self(a))

    def _absolute(self, a: Term) -> Expansion:
        value = self(a)
        if not value.body.terms:
            return value  # what does not exceed an order, or vanishes
        return negated(value) if self.direction(value.body) < 0 else value

    def _minimum(self, a: Term, b: Term) -> Expansion:
        return self(a) if self.compared(a, b) < 0 else self(b)

    def _maximum(self, a: Term, b: Term) -> Expansion:
        return self(b) if self.compared(a, b) < 0 else self(a)

    def _iverson(self, relation: Relation) -> Expansion:
        sign = signs.of_number(self.compared(relation.lhs, relation.rhs))
        return Expansion(number(constant(int(signs.only(sign, signs.HOLDS[relation.op])))))

    def compared(self, a: Term, b: Term) -> int:
        """The sign of a - b close to the point."""
        return self.direction(self.plus(self(a), negated(self(b))).body)


_RULES: dict[str, Callable[..., Expansion]] = {
    "+": Expander._add, "-": Expander._subtract, "neg": Expander._negate,
    "*": Expander._multiply, "/": Expander._divide, "**": Expander._power,
    "sqrt": Expander._sqrt, "exp": Expander._exp, "log": Expander._log,
    "sin": Expander._sin, "cos": Expander._cos, "Abs": Expander._absolute,
    "Min": Expander._minimum, "Max": Expander._maximum, "Iverson": Expander._iverson,
}  # fmt: skip
