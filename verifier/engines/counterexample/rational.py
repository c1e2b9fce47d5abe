"""Evaluation in rational arithmetic, by code that shares nothing with the kernel's algebra.

Sharpness and Hessian come from the second derivatives that SymPy derives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.entries import NoEntry, entry, network
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import member
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

MAX_WEIGHTS = 24
MAX_BITS = 100_000
MAX_TERMS = 20_000  # of all sums and products in one evaluation

Weights = tuple[tuple[Fraction, ...], ...]


class NotRational(Exception):
    """The term has no value in the rational numbers that this arithmetic finds."""


class Evaluator:
    """Evaluates terms at given values of their symbols; families are lambdas.

    >>> from verifier.statements.vocabulary import H, L, Sum, integer
    >>> h = integer("h")
    >>> Evaluator({H: Number(4), L: Number(2)})(Sum(h, (h, 1, H)) * H ** (1 / L))
    Fraction(20, 1)
    """

    def __init__(self, values: Mapping[Symbol, Term]) -> None:
        self.families = {s: v for s, v in values.items() if s.arity}
        self.numbers: dict[Symbol, Fraction] = {}
        self.budget = MAX_TERMS
        for symbol, value in values.items():
            if not symbol.arity:
                self.numbers[symbol] = self(value)

    def holds(self, relation: Relation) -> bool:
        """Whether a relation holds."""
        return COMPARISONS[relation.op](self(relation.lhs), self(relation.rhs))

    def __call__(self, term: Term) -> Fraction:
        if isinstance(term, Number):
            return term.value
        if isinstance(term, Symbol):
            if term not in self.numbers:
                raise NotRational(term)
            return self.numbers[term]
        if not isinstance(term, Apply):
            raise NotRational(term)
        step = getattr(self, _STEPS.get(term.head, "_none"))
        return step(*term.args)

    def _none(self, *_: Term) -> Fraction:
        raise NotRational

    def whole(self, term: Term) -> int:
        """The value of a term that must be an integer."""
        value = self(term)
        if value.denominator != 1:
            raise NotRational
        return value.numerator

    def _plus(self, a: Term, b: Term) -> Fraction:
        return self(a) + self(b)

    def _minus(self, a: Term, b: Term) -> Fraction:
        return self(a) - self(b)

    def _times(self, a: Term, b: Term) -> Fraction:
        return self(a) * self(b)

    def _over(self, a: Term, b: Term) -> Fraction:
        denominator = self(b)
        if not denominator:
            raise NotRational
        return self(a) / denominator

    def _negative(self, a: Term) -> Fraction:
        return -self(a)

    def _power(self, base: Term, exponent: Term) -> Fraction:
        return power(self(base), self(exponent))

    def _sqrt(self, a: Term) -> Fraction:
        return power(self(a), Fraction(1, 2))

    def _abs(self, a: Term) -> Fraction:
        return abs(self(a))

    def _min(self, a: Term, b: Term) -> Fraction:
        return min(self(a), self(b))

    def _max(self, a: Term, b: Term) -> Fraction:
        return max(self(a), self(b))

    def _iverson(self, relation: Relation) -> Fraction:
        return Fraction(self.holds(relation))

    def _members(self, body: Term, index: Symbol, lower: Term, upper: Term) -> list[Fraction]:
        before = self.numbers.get(index)
        first, last = self.whole(lower), self.whole(upper)
        self.budget -= max(0, last - first)
        if self.budget < 0:
            raise NotRational
        found = []
        for place in range(first, last + 1):
            self.numbers[index] = Fraction(place)
            found.append(self(body))
        self.numbers.pop(index, None)
        if before is not None:
            self.numbers[index] = before
        return found

    def _sum(self, *args: Any) -> Fraction:
        return sum(self._members(*args), Fraction(0))

    def _product(self, *args: Any) -> Fraction:
        result = Fraction(1)
        for factor in self._members(*args):
            result *= factor
        return result

    def _chain(self, *args: Term) -> Fraction:
        try:
            return Fraction(entry(args, self.whole, self))
        except NoEntry as error:
            raise NotRational from error

    def _member(self, family: Term, *indices: Term) -> Fraction:
        return self.at(family, *(Fraction(self.whole(i)) for i in indices))

    def at(self, family: Term, *indices: Fraction) -> Fraction:
        """The member of a family or lambda at literal indices."""
        known = self.families.get(family) if isinstance(family, Symbol) else family
        if known is None:
            raise NotRational(family)
        if known.free:
            return self(member(known, tuple(map(Number, indices))))
        return _closed_member(known, tuple(map(int, indices)))

    # --- the network

    def _sharpness(self, *setting: Any) -> Fraction:
        if setting[0].head == "matrices":
            return self._matrix_sharpness(*setting)
        return _largest(*self._point(*setting))

    def _matrix_sharpness(self, *args: Any) -> Fraction:
        try:
            net = network(args, self.whole, self, MAX_WEIGHTS)
        except NoEntry as error:
            raise NotRational from error
        return largest_eigenvalue(net.exact_hessian())

    def _hessian(self, allocation: Apply, *args: Any) -> Fraction:
        *setting, h, l, i, j = args  # noqa: E741
        weights, target = self._point(allocation, *setting)
        row, column = self._place(weights, h, l), self._place(weights, i, j)
        entry = hessian(weights, target)[row, column]
        return Fraction(int(entry.p), int(entry.q))

    def _place(self, weights: Weights, pathway: Term, layer: Term) -> int:
        """The position of a weight among all weights."""
        h, l = self.whole(pathway), self.whole(layer)  # noqa: E741
        if not (1 <= h <= len(weights) and 1 <= l <= len(weights[h - 1])):
            raise NotRational
        return sum(len(row) for row in weights[: h - 1]) + l - 1

    def _point(
        self, allocation: Apply, pathways: Term, depth: Term, target: Term
    ) -> tuple[Weights, Fraction]:
        """The weights at an allocation, written from its definition, and the target."""
        count, sigma = self.whole(pathways), self(target)
        depths = [self.whole(depth_of(depth, Number(h))) for h in range(1, count + 1)]
        if count < 1 or min(depths) < 1 or sum(depths) > MAX_WEIGHTS:
            raise NotRational
        if allocation.head == "weights":
            family = allocation.args[0]
            rows = [
                tuple(self.at(family, Fraction(h), Fraction(place)) for place in range(1, d + 1))
                for h, d in enumerate(depths, 1)
            ]
            return tuple(rows), sigma
        shares = self._shares(allocation, count, sigma)
        roots = [power(q, Fraction(1, d)) for q, d in zip(shares, depths, strict=True)]
        return tuple((r,) * d for r, d in zip(roots, depths, strict=True)), sigma

    def _shares(self, allocation: Apply, count: int, sigma: Fraction) -> list[Fraction]:
        if allocation.head == "split":
            return [self.at(allocation.args[0], Fraction(h)) for h in range(1, count + 1)]
        active = {"single_path": 1, "balanced": count}.get(allocation.head)
        active = self.whole(allocation.args[0]) if active is None else active
        return [sigma / active if h < active else Fraction(0) for h in range(count)]


def excludes(given: Iterable[Relation], values: Mapping[Symbol, Term]) -> bool:
    """Whether one of the relations, which say nothing of other variables, surely does not hold."""
    for relation in given:
        try:
            if not Evaluator(values).holds(relation):
                return True
        except NotRational:
            continue
    return False


@lru_cache(maxsize=100_000)
def _closed_member(family: Term, indices: tuple[int, ...]) -> Fraction:
    return Evaluator({})(member(family, tuple(map(Number, indices))))


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """base**exponent where that is rational (0**0 = 1).

    Raises:
        NotRational: it is not, or undefined, or too large.
    """
    if exponent.denominator > 1:
        base = Fraction(
            _root(base.numerator, exponent.denominator),
            _root(base.denominator, exponent.denominator),
        )
    n = exponent.numerator
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(n) * size > MAX_BITS or (base == 0 and n < 0):
        raise NotRational
    return base**n


def _root(value: int, degree: int) -> int:
    from flint import fmpz

    if value in (0, 1):
        return value
    if value < 0 or degree >= value.bit_length():  # no root but 1 is so small
        raise NotRational
    root = int(fmpz(value).root(degree))
    if root**degree != value:
        raise NotRational
    return root


@lru_cache(maxsize=2048)
def hessian(weights: Weights, target: Fraction) -> Any:
    """The exact Hessian of the loss, from the SymPy-derived entries."""
    from verifier.networks.exact import exact_hessian

    return exact_hessian(_network(tuple(len(row) for row in weights)), weights, target)


@lru_cache(maxsize=512)
def _network(depths: tuple[int, ...]) -> Any:
    from verifier.networks.scalar import ScalarNetwork

    return ScalarNetwork(depths)


@lru_cache(maxsize=2048)
def _largest(weights: Weights, target: Fraction) -> Fraction:
    return largest_eigenvalue(hessian(weights, target))


def largest_eigenvalue(matrix: Any) -> Fraction:
    """The largest eigenvalue of a symmetric matrix over Q, from its characteristic polynomial.

    Raises:
        NotRational: it is not rational.
    """
    from flint import fmpq

    from verifier.networks.exact import eigenvalues_above, exact_spectrum

    rational = [v for v, _ in exact_spectrum(matrix) if isinstance(v, fmpq)]
    if not rational or eigenvalues_above(matrix, max(rational)):
        raise NotRational
    return Fraction(int(max(rational).p), int(max(rational).q))


_STEPS = {
    "+": "_plus", "-": "_minus", "*": "_times", "/": "_over", "**": "_power", "neg": "_negative",
    "sqrt": "_sqrt", "Abs": "_abs", "Min": "_min", "Max": "_max", "Iverson": "_iverson",
    "Sum": "_sum", "Product": "_product", "chain": "_chain", "[]": "_member",
    "sharpness": "_sharpness", "hessian": "_hessian",
}  # fmt: skip
