"""Random small statements, most of them near neighbours of true identities and signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

from verifier.statements.statement import Statement
from verifier.statements.substitution import rebuild, substitute
from verifier.statements.terms import NONNEGATIVE, POSITIVE, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import (
    Abs,
    H,
    Iverson,
    L,
    Max,
    Min,
    Product,
    Sum,
    family,
    integer,
    k,
    real,
    sigma,
    sqrt,
)

x, y = real("x"), real("y")
a, c = Symbol("a", POSITIVE), Symbol("c", NONNEGATIVE)
n, m, h, i = (integer(name) for name in "nmhi")
s, w = family("s", NONNEGATIVE), family("w")
REALS, INTEGERS = (x, y, a, c, sigma), (n, m, H, L, k)
NUMBERS = tuple(Fraction(q) for q in ("0", "1", "2", "3", "4", "-1", "-2", "1/2", "-1/2", "3/2"))
REAL_VALUES = tuple(
    Fraction(q) for q in ("0", "1", "-1", "2", "-2", "4", "9", "1/4", "-1/2", "3/2")
)
INTEGER_VALUES = tuple(Fraction(q) for q in (0, 1, 2, -1, 3, -2, 4, -3))
GIVEN = (
    x >= 0, x > 0, x != 0, x <= 0, x >= 1, x == y, x >= y, x > y, x * y > 0, x * y == 1, x**2 >= 1,
    y != 0, n >= 0, n >= 1, n <= 0, n == 2 * m, n > m, n == 0, n + m >= 0, n * n >= n, m >= 0,
    H >= 2, L >= 2, L >= 3, k <= H, k < H, c > 0, c == 0, c <= 1, a >= 1, a < 1, sqrt(c) != 1,
    x == -y, 1 / x >= y, x / y > 0, Iverson(x > 0) == 1, w[n] >= 0, w[1] == x, s[n] > 0, x == c,
    (n + m) ** 4 >= (n + m) ** 2, x**n > 0,
)  # fmt: skip
RANGES = (
    (1, H), (1, L), (1, n), (n, m), (0, n), (2, L), (1, L - 1), (1, n - 1), (n, n + 2), (1, 3),
    (m + 1, n), (2, 1), (1, n + m), (1, H - k),
)  # fmt: skip


class Generator:
    """Statements and points from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def atom(self, indices: tuple[Symbol, ...]) -> Term:
        kind = self.random.random()
        if kind < 0.25:
            return Number(self.random.choice(NUMBERS))
        if kind < 0.35:
            return self.pick(s, w)[self.pick(n, 1, H, *indices)]  # type: ignore[no-any-return]
        return self.pick(*REALS, *INTEGERS, *INTEGERS, *indices, *indices)  # type: ignore[no-any-return]

    def exponent(self, indices: tuple[Symbol, ...]) -> Any:
        numbers = (2, 3, 0, -1, -2, Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2))
        powers = (n, m, 2 * n, 2 * n + 1, -n, n - m, L, L - 2, 1 / L, 2 / L - 1, n / 2, c, a, x)
        return self.pick(*numbers, *powers, *indices)

    def term(self, depth: int, indices: tuple[Symbol, ...] = ()) -> Term:
        if depth <= 0 or self.random.random() < 0.12:
            return self.atom(indices)
        one, two = self.term(depth - 1, indices), self.term(depth - 1, indices)
        kind = self.random.random()
        if kind < 0.8:
            return self.pick(  # type: ignore[no-any-return]
                one + two, one + two, one - two, one * two, one * two, one / two,
                one ** self.exponent(indices), one ** self.exponent(indices),
            )  # fmt: skip
        if kind < 0.9:
            relation = Relation(self.pick("<", "<=", "==", "!="), one, two)
            return self.pick(sqrt(one), Abs(one), Min(one, two), Max(one, two), Iverson(relation))  # type: ignore[no-any-return]
        index = h if h not in indices else i
        body = self.term(depth - 1, (*indices, index))
        return self.pick(Sum, Sum, Product)(body, (index, *self.pick(*RANGES)))  # type: ignore[no-any-return]

    def rewritten(self, term: Term) -> Term:
        """The term after a step that is often valid, but not always."""
        if isinstance(term, Apply) and term.head != "[]":
            places = [0] if term.head in ("Sum", "Product") else range(len(term.args))
            place = self.pick(*places)
            inner = term.args[place]
            if isinstance(inner, Apply) and self.random.random() < 0.5:
                args = list(term.args)
                args[place] = self.rewritten(inner)
                return rebuild(term.head, tuple(args))
            if term.head in _LAWS:
                return self.pick(*_LAWS[term.head](*term.args))  # type: ignore[no-any-return]
        return self.pick(  # type: ignore[no-any-return]
            term * term / term, sqrt(term**2), term**n * term ** (1 - n), (term ** (1 / L)) ** L,
            term**0 * term, Abs(term), term + 0 * (1 / term), term * Iverson(term != 0),
        )  # fmt: skip

    def positive(self, depth: int) -> Term:
        """A term that is positive, or nearly so."""
        one, two = self.term(depth), self.term(1, (h,))
        bounds = (h, *self.pick(*RANGES))
        return self.pick(  # type: ignore[no-any-return]
            one**2, Abs(one), Sum(two**2, bounds), Product(two**2, bounds), sqrt(one),
            one ** (2 * n), one**n, c * one**2, Max(one, 0), a**one, (-1) ** n, x**n * y**2,
        )  # fmt: skip

    def claim(self) -> Relation:
        depth = self.pick(1, 2, 2, 3)
        if self.random.random() < 0.6:
            term = changed = self.term(depth)
            for _ in range(self.pick(1, 1, 2)):
                changed = self.rewritten(changed)
            return Relation(self.pick("==", "==", "<=", ">="), term, changed)
        shift = self.pick(0, 0, 1, Fraction(1, 2), -1, self.positive(1))
        return Relation(self.pick(">", ">=", "!="), self.positive(depth) + shift, 0)

    def statement(self) -> Statement:
        claim = self.claim()
        fitting = [g for g in GIVEN if g.free <= claim.free] or [claim]
        given = [self.random.choice(fitting) for _ in range(self.pick(0, 0, 1, 1, 2, 3))]
        return Statement(claim, [g for g in given if g is not claim])

    def points(self, statement: Statement, count: int) -> Iterator[dict[Symbol, Any]]:
        for _ in range(count):
            yield {symbol: self.value(symbol) for symbol in statement.variables}

    def value(self, symbol: Symbol) -> Any:
        pool = INTEGER_VALUES if symbol.domain.integer else REAL_VALUES
        allowed = [v for v in pool if symbol.domain.contains(v)]
        if not symbol.arity:
            return self.random.choice(allowed)
        members = [self.random.choice(allowed) for _ in range(7)]
        return lambda first, *others: members[(first + 3 * sum(others)) % 7]


def _of_power(p: Term, e: Term) -> list[Term]:
    laws = [
        1 / p ** (-e),
        p * p ** (e - 1),
        p ** (e + 1) / p,
        (p**2) ** (e / 2),
        (-p) ** e * (-1) ** e,
    ]
    if isinstance(p, Apply) and p.head in ("*", "/"):
        laws += [rebuild(p.head, (p.args[0] ** e, p.args[1] ** e))] * 2
    if isinstance(p, Apply) and p.head == "**":
        laws += [p.args[0] ** (p.args[1] * e), (p.args[0] ** e) ** p.args[1]]
    if isinstance(e, Apply) and e.head in ("+", "-"):
        laws += [rebuild({"+": "*", "-": "/"}[e.head], (p ** e.args[0], p ** e.args[1]))] * 2
    return laws


def _of_range(head: str) -> Callable[..., list[Term]]:
    def laws(body: Term, index: Symbol, lower: Term, upper: Term) -> list[Term]:
        join = "+" if head == "Sum" else "*"
        last, first = substitute(body, {index: upper}), substitute(body, {index: lower})
        found: list[Term] = [
            Apply(join, Apply(head, body, index, lower, upper - 1), last),
            Apply(join, first, Apply(head, body, index, lower + 1, upper)),
            Apply(head, substitute(body, {index: index + 1}), index, lower - 1, upper - 1),
        ]
        count = upper - lower + 1
        if index not in body.free:
            found += [body * count if head == "Sum" else body**count] * 3
        if isinstance(body, Apply) and body.head in ("*", "/"):
            one, two = (Apply(head, part, index, lower, upper) for part in body.args)
            if head == "Product":
                found += [rebuild(body.head, (one, two))] * 3
            elif index not in body.args[1].free:
                found += [rebuild(body.head, (one, body.args[1]))] * 3
        return found

    return laws


_LAWS: dict[str, Callable[..., list[Term]]] = {
    "**": _of_power,
    "*": lambda p, q: [q * p, sqrt(p**2) * q, sqrt(p) * sqrt(p) * q, (p**n * q**n) ** (1 / n)],
    "/": lambda p, q: [p * q**-1, 1 / (q / p), (p * x) / (q * x)],
    "+": lambda p, q: [q + p, (p**2 - q**2) / (p - q), (p * x + q * x) / x, Max(p, q) + Min(p, q)],
    "-": lambda p, q: [-(q - p), (p**2 - q**2) / (p + q), Abs(p - q)],
    "sqrt": lambda p: [p / sqrt(p), (p**2) ** Fraction(1, 4), sqrt(1 / p) ** -1, sqrt(4 * p) / 2],
    "Abs": lambda p: [p, -p, sqrt(p**2), Max(p, -p)],
    "Min": lambda p, q: [p, q, -Max(-p, -q)],
    "Max": lambda p, q: [p, q, -Min(-p, -q)],
    "Iverson": lambda r: [
        1 - Iverson(r.negation),
        Iverson(r) ** 2,
        Iverson(r) ** c,
        Iverson(r) ** n,
    ],
    "Sum": _of_range("Sum"),
    "Product": _of_range("Product"),
}
__all__ = ["Generator"]
