"""Generalised polynomials: finite sums of rational multiples of products of powers.

A monomial is a set of pairs (base, exponent).  A base is an atom (a symbol, a member of a family,
a sum that has no closed form, ...) or, where it cannot be expanded, a polynomial.  An exponent
is a rational number or a polynomial of its own, as in H**(2/L - 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import count
from typing import Protocol, Union

from flint import fmpq, fmpz

from verifier.statements.terms import INTEGER, Apply, Domain, Number, Symbol, Term, subterms

Base = Union[Term, "Poly"]
Exponent = Union[fmpq, "Poly"]
Monomial = frozenset[tuple[Base, Exponent]]

ONE: Monomial = frozenset()
E = Apply("exp", 1)  # the base of the exponential


class Refused(Exception):
    """The kernel cannot accept this; the message says which condition failed."""


def told(refusal: Refused, own: Symbol, variable: Symbol) -> Refused:
    """The refusal in words of the variable for which the kernel took one of its own.

    >>> own = unique_real()
    >>> print(told(Refused(f"{own - 1 != 0!r} is not known"), own, Symbol("x")))
    x - 1 != 0 is not known
    """
    return Refused(re.sub(rf"\b{own.name}\b", variable.name, str(refusal)))


class Poly:
    """An immutable generalised polynomial.  Addition needs no context; multiplication does."""

    __slots__ = ("_hash", "terms")
    terms: dict[Monomial, fmpq]

    def __init__(self, terms: dict[Monomial, fmpq]) -> None:
        self.terms = {m: c for m, c in terms.items() if c}
        self._hash = hash(frozenset(self.terms))  # whose hashes are known; numbers' are slow

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __add__(self, other: Poly) -> Poly:
        terms = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            terms[monomial] = terms.get(monomial, 0) + coefficient
        return Poly(terms)

    def __neg__(self) -> Poly:
        return self.scale(fmpq(-1))

    def __sub__(self, other: Poly) -> Poly:
        return self + -other

    def scale(self, factor: fmpq) -> Poly:
        """The polynomial times a rational number."""
        return Poly({m: c * factor for m, c in self.terms.items()})

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def constant(self) -> fmpq | None:
        """Its value, if it is a rational number."""
        if not self.terms:
            return fmpq(0)
        if len(self.terms) == 1 and ONE in self.terms:
            return self.terms[ONE]
        return None

    @property
    def single(self) -> tuple[Monomial, fmpq] | None:
        """Its only term, if there is exactly one."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def split_constant(self) -> tuple[fmpq, Poly]:
        """The constant term, and the rest."""
        rest = {m: c for m, c in self.terms.items() if m}
        return self.terms.get(ONE, fmpq(0)), Poly(rest)

    def __repr__(self) -> str:
        return repr(to_term(self))


class Facts(Protocol):
    """What the algebra asks of the context in which it computes."""

    def normal(self, term: Term) -> Poly: ...
    def sign(self, poly: Poly) -> int: ...
    def base_sign(self, base: Base) -> int: ...
    def is_integer(self, poly: Poly) -> bool: ...
    def within(self, index: Symbol, lower: Poly, upper: Poly) -> Facts: ...
    def rewrite(self, atom: Term) -> Poly | None: ...
    def require_defined(self, node: Term) -> None: ...


_numbers = count(1)


def unique_index() -> Symbol:
    """An index that no other term has, so that nothing is known about it."""
    return Symbol(f"_i{next(_numbers)}", INTEGER)


def unique_real() -> Symbol:
    """A real variable that no other term has, so that nothing is known about it."""
    return Symbol(f"_x{next(_numbers)}")


_CANONICAL = re.compile(r"_\d+\Z")


def canonical(body: Term, domain: Domain, place: int = 1) -> Symbol:
    """The symbol that an operation with this body binds, at some place, in normal forms."""
    names = (s.name for s in subterms(body) if isinstance(s, Symbol))
    height = max((int(n[1:]) for n in names if _CANONICAL.match(n)), default=0)
    return Symbol(f"_{height + place}", domain)


def as_atom(facts: Facts, term: Term) -> Poly:
    """A term that has no further normal form: itself, or what an equality says that it is."""
    known = facts.rewrite(term)
    return power_of(term) if known is None else known


def constant(value: int | fmpq | Fraction) -> Poly:
    """The polynomial of a rational number."""
    return Poly({ONE: rational(value)})


def rational(value: int | fmpq | Fraction) -> fmpq:
    """The FLINT number of a Python number."""
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    return fmpq(value)


def power_of(base: Base, exponent: Exponent | int = 1) -> Poly:
    """The polynomial with the one term base**exponent."""
    if isinstance(exponent, int):
        exponent = fmpq(exponent)
    return Poly({frozenset([(base, exponent)]): fmpq(1)})


def base_poly(base: Base) -> Poly:
    """A base as a polynomial."""
    return base if isinstance(base, Poly) else power_of(base)


def exponent_poly(exponent: Exponent) -> Poly:
    """An exponent as a polynomial."""
    return exponent if isinstance(exponent, Poly) else constant(exponent)


def as_exponent(poly: Poly) -> Exponent:
    """A polynomial as an exponent: a number where it is one."""
    value = poly.constant
    return poly if value is None else value


def is_integral(exponent: Exponent) -> bool:
    """Whether an exponent is a literal integer."""
    return isinstance(exponent, fmpq) and exponent.q == 1


def primitive(poly: Poly) -> tuple[fmpq, Poly]:
    """A positive content and the polynomial with coprime integer coefficients."""
    numerator = reduce(lambda a, b: a.gcd(b), (c.p for c in poly.terms.values()), fmpz(0))
    denominator = reduce(lambda a, b: a.lcm(b), (c.q for c in poly.terms.values()), fmpz(1))
    content = fmpq(numerator, denominator)
    return content, poly.scale(1 / content)


def free_symbols(thing: Poly | Base | Exponent) -> frozenset[Symbol]:
    """The symbols that occur free in a polynomial, a base or an exponent."""
    if isinstance(thing, Term):
        return thing.free
    if isinstance(thing, Poly):
        parts = (part for m in thing.terms for pair in m for part in pair)
        return frozenset().union(*(free_symbols(p) for p in parts))
    return frozenset()


def occurs(term: Term, poly: Poly) -> bool:
    """Whether a term occurs anywhere in a polynomial."""
    return any(s is term for s in subterms(to_term(poly)))


_terms: dict[Poly, Term] = {}


def to_term(poly: Poly) -> Term:
    """A term with the polynomial's value, in a fixed order."""
    done = _terms.get(poly)
    if done is None:
        if len(_terms) > 100_000:
            _terms.clear()
        done = _terms[poly] = _to_term(poly)
    return done


def _to_term(poly: Poly) -> Term:
    printed = []
    for monomial, coefficient in poly.terms.items():
        product = monomial_term(monomial)
        printed.append((repr(product) if monomial else "~", product, coefficient))
    printed.sort(key=lambda p: p[0])
    total: Term | None = None
    for _, product, coefficient in printed:
        size = number_term(abs(coefficient))
        one = isinstance(size, Number) and size.value == 1
        piece = product if one else (size * product if product is not Number(1) else size)
        if total is None:
            total = piece if coefficient > 0 else -piece
        else:
            total = total + piece if coefficient > 0 else total - piece
    return Number(0) if total is None else total


def monomial_term(monomial: Monomial) -> Term:
    """The term of a monomial, factors in a fixed order."""
    factors: list[tuple[str, Term]] = []
    for base, exponent in monomial:
        term = to_term(base) if isinstance(base, Poly) else base
        factor = term
        if base is E:
            factor = Apply("exp", to_term(exponent_poly(exponent)))
        elif exponent != 1:
            factor = term ** to_term(exponent_poly(exponent))
        factors.append((repr(factor), factor))
    factors.sort(key=lambda f: f[0])
    product: Term = Number(1)
    for i, (_, factor) in enumerate(factors):
        product = factor if i == 0 else product * factor
    return product


def number_term(value: fmpq) -> Number:
    """The literal of a FLINT number."""
    return Number(Fraction(int(value.p), int(value.q)))


def total(polys: Iterable[Poly]) -> Poly:
    """The sum of polynomials."""
    terms: dict[Monomial, fmpq] = {}
    for poly in polys:
        for monomial, coefficient in poly.terms.items():
            terms[monomial] = terms.get(monomial, 0) + coefficient
    return Poly(terms)
