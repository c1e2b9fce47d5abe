"""Partial derivatives of terms, by the rules of calculus, at a point where they are valid."""

from __future__ import annotations

from verifier.kernel.polynomial import Facts, Refused, unique_index
from verifier.kernel.signs import POSITIVE, only
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import Apply, Number, Symbol, Term

ZERO, ONE = Number(0), Number(1)


def derivative(facts: Facts, term: Term, variable: Term) -> Term:
    """The partial derivative of a term by a real variable, or by one member of a family.

    Derivatives of different members of a family are kept apart by Iverson brackets:
    d w[h, l] / d w[i, j] = [h == i] [l == j].

    Raises:
        Refused: the term is not known to be differentiable there.
    """
    if isinstance(variable, Symbol):
        if variable.domain.integer or variable.arity:
            raise Refused(f"no derivative by {variable}: it is no real variable")
    elif variable.args[0].domain.integer:  # type: ignore[attr-defined]
        raise Refused(f"no derivative by {variable}: it is no real variable")
    return _Derivative(facts, variable)(term)


class _Derivative:
    def __init__(self, facts: Facts, variable: Term) -> None:
        self.facts, self.variable = facts, variable
        family = variable.args[0] if isinstance(variable, Apply) else variable
        self.symbol: Symbol = family  # type: ignore[assignment]

    def __call__(self, term: Term) -> Term:
        if self.symbol not in term.free:
            return ZERO
        if isinstance(term, Symbol):
            return ONE
        rule = getattr(self, "_" + _RULES.get(term.head, ""), None)  # type: ignore[attr-defined]
        if rule is None:
            raise Refused(f"{term!r} is not known to be differentiable")
        return rule(*term.args)  # type: ignore[attr-defined]

    def _member(self, family: Term, *indices: Term) -> Term:
        if any(self.symbol in i.free for i in indices) or not isinstance(self.variable, Apply):
            raise Refused(f"an index depends on {self.symbol}")
        result: Term = ONE
        for index, own in zip(indices, self.variable.args[1:], strict=True):
            result = times(result, Apply("Iverson", index == own))
        return result

    def _add(self, a: Term, b: Term) -> Term:
        return plus(self(a), self(b))

    def _subtract(self, a: Term, b: Term) -> Term:
        return self(a) - self(b)

    def _negate(self, a: Term) -> Term:
        return -self(a)

    def _multiply(self, a: Term, b: Term) -> Term:
        return plus(times(self(a), b), times(a, self(b)))

    def _divide(self, a: Term, b: Term) -> Term:
        return (times(self(a), b) - times(a, self(b))) / b**2

    def _power(self, base: Term, exponent: Term) -> Term:
        integral = self.facts.is_integer(self.facts.normal(exponent))
        if self.symbol in exponent.free or not integral:
            self._require_positive(base)
        inner = times(exponent * base ** (exponent - 1), self(base))
        if self.symbol not in exponent.free:
            return inner
        return plus(inner, base**exponent * Apply("log", base) * self(exponent))

    def _sqrt(self, a: Term) -> Term:
        self._require_positive(a)
        return self(a) / (2 * Apply("sqrt", a))

    def _exp(self, a: Term) -> Term:
        return times(Apply("exp", a), self(a))

    def _log(self, a: Term) -> Term:
        self._require_positive(a)
        return self(a) / a

    def _sin(self, a: Term) -> Term:
        return times(Apply("cos", a), self(a))

    def _cos(self, a: Term) -> Term:
        return -times(Apply("sin", a), self(a))

    def _sum(self, body: Term, index: Symbol, lower: Term, upper: Term) -> Term:
        body, index = self._renamed(body, index, lower, upper)
        return Apply("Sum", self(body), index, lower, upper)

    def _product(self, body: Term, index: Symbol, lower: Term, upper: Term) -> Term:
        body, index = self._renamed(body, index, lower, upper)
        other = unique_index()
        rest = substitute(body, {index: other})
        before = Apply("Product", rest, other, lower, index - 1)
        after = Apply("Product", rest, other, index + 1, upper)
        return Apply("Sum", times(self(body), before * after), index, lower, upper)

    def _chain(self, layers: Term, first: Term, last: Term, *place: Term) -> Term:
        """The product rule: one layer after the other replaced by its derivative."""
        row, column, width = place
        if any(self.symbol in term.free for term in (first, last, *place)):
            raise Refused(f"the size of a product of matrices depends on {self.symbol}")
        layer, a, b = (unique_index() for _ in range(3))
        slope = self(member(layers, (layer, a, b)))
        above = Apply("chain", layers, layer + 1, last, row, a, width)
        below = Apply("chain", layers, first, layer - 1, b, column, width)
        inner = Apply("Sum", times(above, times(slope, below)), b, ONE, depth_of(width, layer - 1))
        outer = Apply("Sum", inner, a, ONE, depth_of(width, layer))
        return Apply("Sum", outer, layer, first, last)

    def _derivative(self, body: Term, variable: Term) -> Term:
        """The derivative of a derivative, which exists beside this place only with its body."""
        if variable is not self.variable:
            self(body)  # (-1)**y + x is differentiable by x where y is 2, but not beside
        return self(derivative(self.facts, body, variable))

    def _renamed(self, body: Term, index: Symbol, lower: Term, upper: Term) -> tuple[Term, Symbol]:
        if self.symbol in lower.free | upper.free:
            raise Refused(f"a bound depends on {self.symbol}")
        own = unique_index()
        return substitute(body, {index: own}), own

    def _require_positive(self, term: Term) -> None:
        if not only(self.facts.sign(self.facts.normal(term)), POSITIVE):
            raise Refused(f"{term!r} may not be positive")


def plus(a: Term, b: Term) -> Term:
    """A + b, without a literal zero."""
    return b if a is ZERO else a if b is ZERO else a + b


def times(a: Term, b: Term) -> Term:
    """A * b, without a literal zero or one."""
    if a is ZERO or b is ZERO:
        return ZERO
    return b if a is ONE else a if b is ONE else a * b


_RULES = {
    "[]": "member", "+": "add", "-": "subtract", "neg": "negate", "*": "multiply", "/": "divide",
    "**": "power", "sqrt": "sqrt", "exp": "exp", "log": "log", "sin": "sin", "cos": "cos",
    "Sum": "sum", "Product": "product", "chain": "chain", "diff": "derivative",
}  # fmt: skip
