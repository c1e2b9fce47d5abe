"""Evaluation in rational arithmetic, by code that shares nothing with the kernel's algebra.

Sharpness and Hessian come from the second derivatives that SymPy derives.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.counterexample import spectra
from verifier.engines.counterexample.errors import NotRational
from verifier.engines.counterexample.spectra import Exact, Weights
from verifier.engines.entries import NoEntry, entry, network
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import member
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

MAX_WEIGHTS = 24
MAX_BITS = 100_000
MAX_TERMS = 20_000  # of all sums and products in one evaluation


class Evaluator:
    """Evaluates terms at given values of their symbols; families are lambdas.

    >>> from verifier.statements.vocabulary import H, L, Sum, integer
    >>> h = integer("h")
    >>> Evaluator({H: Number(4), L: Number(2)})(Sum(h, (h, 1, H)) * H ** (1 / L))
    Fraction(20, 1)
    """

    def __init__(self, values: Mapping[Symbol, Term]) -> None:
        self.families = {s: v for s, v in values.items() if s.arity}
        self.numbers: dict[Symbol, Exact] = {}
        self.budget = MAX_TERMS
        self.known: dict[tuple[Any, ...], Any] = {}
        for symbol, value in values.items():
            if not symbol.arity:
                self.numbers[symbol] = self.value(value)

    def __call__(self, term: Term) -> Fraction:
        return Fraction(self.value(term))

    def holds(self, relation: Relation) -> bool:
        """Whether a relation holds."""
        return COMPARISONS[relation.op](self.value(relation.lhs), self.value(relation.rhs))

    def value(self, term: Term) -> Exact:
        """The value of a term, where it is whole as an integer."""
        return _calculation(term)(self)

    def whole(self, term: Term) -> int:
        """The value of a term that must be an integer."""
        value = self.value(term)
        if value.denominator != 1:
            raise NotRational
        return value.numerator

    def once(self, find: Callable[..., Any], *terms: Term) -> Any:
        """What a method finds for some terms, which is remembered for these values of theirs."""
        key = (find, terms, *map(self.numbers.get, _numbers_in(terms)))
        if key not in self.known:
            self.known[key] = find(self, *terms)
        return self.known[key]

    def where(
        self, body: Term, indices: Sequence[Symbol], places: Iterable[tuple[int, ...]]
    ) -> Iterator[Exact]:
        """The values of a term as its indices take some places, one after the other."""
        before = [(index, self.numbers.get(index)) for index in indices]
        calculate = _calculation(body)
        try:
            for place in places:
                self.numbers.update(zip(indices, place, strict=True))
                yield calculate(self)
        finally:
            for index, value in before:
                if value is None:
                    self.numbers.pop(index, None)
                else:
                    self.numbers[index] = value

    def at(self, family: Term, *indices: int) -> Exact:
        """The member of a family or lambda at literal indices."""
        known = self.families.get(family) if isinstance(family, Symbol) else family
        if not isinstance(known, Apply):
            raise NotRational(family)
        if not known.free:
            return _closed_member(known, indices)
        if known is not family:  # what it depends on is nothing that is bound here
            return self.value(member(known, tuple(map(Number, indices))))
        *bound, body = known.args
        (value,) = self.where(body, bound, [indices])
        return value

    # --- operations on terms

    def _none(self, *_: Term) -> Exact:
        raise NotRational

    def _iverson(self, relation: Relation) -> Exact:
        return int(self.holds(relation))

    def _members(self, body: Term, index: Symbol, lower: Term, upper: Term) -> Iterator[Exact]:
        first, last = self.whole(lower), self.whole(upper)
        self.budget -= max(0, last - first)
        if self.budget < 0:
            raise NotRational
        return self.where(body, (index,), ((place,) for place in range(first, last + 1)))

    def _sum(self, *args: Any) -> Exact:
        return sum(self._members(*args))

    def _product(self, *args: Any) -> Exact:
        return prod(self._members(*args))

    def _chain(self, *args: Term) -> Exact:
        try:
            return entry(args, self.whole, self.at)
        except NoEntry as error:
            raise NotRational from error

    def _member(self, family: Term, *indices: Term) -> Exact:
        return self.at(family, *map(self.whole, indices))

    # --- the network

    def _sharpness(self, *setting: Any) -> Exact:
        if setting[0].head == "matrices":
            return self._matrix_sharpness(*setting)
        return spectra.sharpness(*self.once(Evaluator.point, *setting))

    def _matrix_sharpness(self, *args: Any) -> Exact:
        try:
            net = network(args, self.whole, self.at, MAX_WEIGHTS)
        except NoEntry as error:
            raise NotRational from error
        return spectra.sharpness_of(net)

    def _hessian(self, *args: Any) -> Exact:
        *setting, h, l, i, j = args  # noqa: E741
        weights, target = self.once(Evaluator.point, *setting)
        row, column = self._place(weights, h, l), self._place(weights, i, j)
        entry = spectra.hessian(weights, target)[row, column]
        return _quotient(int(entry.p), int(entry.q))

    def _place(self, weights: Weights, pathway: Term, layer: Term) -> int:
        """The position of a weight among all weights."""
        h, l = self.whole(pathway), self.whole(layer)  # noqa: E741
        if not (1 <= h <= len(weights) and 1 <= l <= len(weights[h - 1])):
            raise NotRational
        return sum(len(row) for row in weights[: h - 1]) + l - 1

    def point(
        self, allocation: Apply, pathways: Term, depth: Term, target: Term
    ) -> tuple[Weights, Exact]:
        """The weights at an allocation, written from its definition, and the target."""
        count, sigma = self.whole(pathways), self.value(target)
        if not 1 <= count <= MAX_WEIGHTS:
            raise NotRational
        depths = [self.whole(depth_of(depth, Number(h))) for h in range(1, count + 1)]
        if min(depths) < 1 or sum(depths) > MAX_WEIGHTS:
            raise NotRational
        if allocation.head == "weights":
            family = allocation.args[0]
            rows = [
                tuple(self.at(family, h, place) for place in range(1, d + 1))
                for h, d in enumerate(depths, 1)
            ]
            return tuple(rows), sigma
        shares = self._shares(allocation, count, sigma)
        roots = [power(q, Fraction(1, d)) for q, d in zip(shares, depths, strict=True)]
        return tuple((r,) * d for r, d in zip(roots, depths, strict=True)), sigma

    def _shares(self, allocation: Apply, count: int, sigma: Exact) -> list[Exact]:
        if allocation.head == "split":
            return [self.at(allocation.args[0], h) for h in range(1, count + 1)]
        active = {"single_path": 1, "balanced": count}.get(allocation.head)
        active = self.whole(allocation.args[0]) if active is None else active
        return [_quotient(sigma, active) if h < active else 0 for h in range(count)]


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
def _calculation(term: Term) -> Callable[[Evaluator], Exact]:
    """How a term is evaluated, found once for all values."""
    if isinstance(term, Number):
        number = _exact(term.value)
        return lambda _: number
    if not isinstance(term, Apply):
        return lambda at: _known(at.numbers, term)
    if term.head in _OPERATIONS:
        operation: Callable[..., Exact] = _OPERATIONS[term.head]
        if len(term.args) == 1:
            (only,) = map(_calculation, term.args)
            return lambda at: operation(only(at))
        first, second = map(_calculation, term.args)
        return lambda at: operation(first(at), second(at))
    step, args = getattr(Evaluator, _STEPS.get(term.head, "_none")), term.args
    if term.head in _REMEMBERED:
        return lambda at: at.once(step, *args)
    return lambda at: step(at, *args)


def _known(numbers: Mapping[Symbol, Exact], symbol: Any) -> Exact:
    if symbol not in numbers:
        raise NotRational(symbol)
    return numbers[symbol]


@lru_cache(maxsize=100_000)
def _numbers_in(terms: tuple[Term, ...]) -> tuple[Symbol, ...]:
    """The variables other than families that occur in some terms."""
    free = frozenset[Symbol]().union(*(term.free for term in terms))
    return tuple(symbol for symbol in free if not symbol.arity)


@lru_cache(maxsize=100_000)
def _closed_member(family: Apply, indices: tuple[int, ...]) -> Exact:
    *bound, body = family.args
    (value,) = Evaluator({}).where(body, bound, [indices])
    return value


def _exact(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _quotient(a: Exact, b: Exact) -> Exact:
    if not b:
        raise NotRational
    return _exact(Fraction(a, b))


def _square_root(a: Exact) -> Exact:
    return power(a, Fraction(1, 2))


def power(base: Exact, exponent: Exact) -> Exact:
    """base**exponent where that is rational (0**0 = 1).

    Raises:
        NotRational: it is not, or undefined, or too large.
    """
    if exponent.denominator > 1:
        base = _quotient(
            _root(base.numerator, exponent.denominator),
            _root(base.denominator, exponent.denominator),
        )
    n = exponent.numerator
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(n) * size > MAX_BITS or (base == 0 and n < 0):
        raise NotRational
    return base**n if n >= 0 else Fraction(base) ** n


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


_OPERATIONS: Mapping[str, Callable[..., Exact]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": _quotient, "**": power,
    "neg": operator.neg, "sqrt": _square_root, "Abs": abs, "Min": min, "Max": max,
}  # fmt: skip
_STEPS = {
    "Iverson": "_iverson", "Sum": "_sum", "Product": "_product", "chain": "_chain",
    "[]": "_member", "sharpness": "_sharpness", "hessian": "_hessian",
}  # fmt: skip
_REMEMBERED = ("Sum", "Product", "chain", "sharpness")

__all__ = ["MAX_WEIGHTS", "Evaluator", "NotRational", "excludes", "power"]
