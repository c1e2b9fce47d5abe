"""Equalities as polynomials over Q, in variables and in whatever else they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import comb, prod
from typing import Any, NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verifier.engines.enclosure.intervals import Nowhere
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

MAX_POWER, MAX_TERMS = 200, 2_000  # of a power, and of a polynomial that is multiplied out
MAX_DENSE = 20_000  # of a resultant, if all its coefficients are not zero
CHOICES, COUPLED = 4, 4  # variables that an equation may give, while so many others are looked at


class Equation(NamedTuple):
    """A polynomial that is zero, the equality that it was, and what its generators are."""

    poly: Any
    generators: tuple[Term, ...]
    source: Relation

    @property
    def parts(self) -> list[Term]:
        """The generators that occur: variables, and atoms that no polynomial looks into."""
        degrees = self.poly.degrees()
        return [own for own, degree in zip(self.generators, degrees, strict=True) if degree]

    @property
    def free(self) -> frozenset[Symbol]:
        """The variables that occur, anywhere."""
        return frozenset().union(*(part.free for part in self.parts))

    @property
    def hidden(self) -> frozenset[Symbol]:
        """The variables that occur inside atoms."""
        return frozenset().union(*(p.free for p in self.parts if not isinstance(p, Symbol)))

    def coefficients(self, part: Term) -> dict[int, Any]:
        """The coefficients of the powers of a generator."""
        place = self.generators.index(part)
        found: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exponents, value in self.poly.to_dict().items():
            rest = (*exponents[:place], 0, *exponents[place + 1 :])
            found.setdefault(int(exponents[place]), {})[rest] = value
        context = self.poly.context()
        return {power: context.from_dict(own) for power, own in found.items()}

    def degree(self, part: Term) -> int:
        """The highest power of a generator."""
        return int(self.poly.degrees()[self.generators.index(part)])

    def term(self, poly: Any = None) -> Term:
        """The polynomial, or another one in the same generators, as a term."""
        found: Term | None = None
        for exponents, value in (self.poly if poly is None else poly).to_dict().items():
            product: Term = Number(exact(value))
            for part, exponent in zip(self.generators, map(int, exponents), strict=True):
                if exponent:
                    factor = part if exponent == 1 else part**exponent
                    product = factor if product is Number(1) else product * factor
            found = product if found is None else found + product
        return Number(0) if found is None else found

    def linear(self, part: Term) -> Term | None:
        """What a generator is equal to, if the equation is linear in it."""
        own = self.coefficients(part)
        if not own.keys() <= {0, 1}:
            return None
        rest, factor = -own.get(0, self.poly.context().constant(0)), own[1]
        if factor.is_constant():
            return self.term(rest / factor)
        if factor.leading_coefficient() < 0:
            rest, factor = -rest, -factor
        return self.term(rest) / self.term(factor)

    def without(self, other: Equation, variable: Symbol) -> Equation:
        """What the other equation is where this one gives the variable: their resultant."""
        place = self.generators.index(variable)
        resultant = self.poly.resultant(other.poly, f"a{place}")
        return Equation(reduced(resultant, self.generators), self.generators, other.source)


def equations(relations: Iterable[Relation]) -> list[Equation]:
    """The equalities among the relations, as far as they are polynomials of moderate size.

    >>> from verifier.statements.vocabulary import real, exp
    >>> x, y = real("x"), real("y")
    >>> (one,) = equations([x > 0, x / y == exp(x)])
    >>> one.term(), one.parts
    (x + -1*y*exp(x), [x, y, exp(x)])
    """
    return list(_equations(tuple(r for r in relations if r.op == "==" and not _jumps(r))))


@lru_cache(maxsize=1_024)
def _jumps(relation: Relation) -> bool:
    """Whether something that is 0 or 1 decides, which no equation is solved for."""
    return any(isinstance(n, Apply) and n.head == "Iverson" and n.free for n in subterms(relation))


@lru_cache(maxsize=1_024)
def _equations(equalities: tuple[Relation, ...]) -> tuple[Equation, ...]:
    parts = tuple(
        dict.fromkeys(p for r in equalities for side in (r.lhs, r.rhs) for p in _parts(side))
    )
    parts = tuple(sorted(parts, key=lambda p: not isinstance(p, Symbol)))
    context = fmpq_mpoly_ctx.get([f"a{i}" for i in range(len(parts))], Ordering.lex)
    ring = dict(zip(parts, context.gens(), strict=True))
    found = []
    for relation in equalities:
        try:
            top, bottom = _fraction(relation.lhs, ring, context)
            other_top, other_bottom = _fraction(relation.rhs, ring, context)
            _moderate(len(top) * len(other_bottom) + len(other_top) * len(bottom))
        except TooLarge:
            continue
        poly = reduced(top * other_bottom - other_top * bottom, parts)
        if not poly.is_zero():
            found.append(Equation(poly, parts, relation))
    return tuple(found)


class TooLarge(Exception):
    """A polynomial of too many terms, or a division by zero."""


def reduced(poly: Any, generators: tuple[Term, ...]) -> Any:
    """The polynomial without factors that are variables and always positive."""
    terms = poly.to_dict()
    if not terms:
        return poly
    least = [min(map(int, column)) for column in zip(*terms, strict=True)]
    drop = [
        power if isinstance(part, Symbol) and _positive(part) else 0
        for part, power in zip(generators, least, strict=True)
    ]
    if not any(drop):
        return poly
    return poly.context().from_dict(
        {tuple(int(e) - d for e, d in zip(m, drop, strict=True)): c for m, c in terms.items()}
    )


def _positive(symbol: Symbol) -> bool:
    lower, strict = symbol.domain.lower, symbol.domain.strict
    return lower is not None and (lower > 0 or (lower == 0 and strict))


def _power(term: Term) -> tuple[Term, Fraction] | None:
    """What a literal power is a power of: a polynomial for whole exponents, else one root."""
    if not isinstance(term, Apply) or term.head not in ("**", "sqrt"):
        return None
    exponent = term.args[1] if term.head == "**" else Number(Fraction(1, 2))
    if not isinstance(exponent, Number) or abs(exponent.value.numerator) > MAX_POWER:
        return None
    q = exponent.value.denominator
    base = term.args[0] if q == 1 else Apply("**", term.args[0], Number(Fraction(1, q)))
    return base, Fraction(exponent.value.numerator)


def _parts(term: Term) -> Iterator[Term]:
    if isinstance(term, Number):
        return
    power = _power(term)
    if power is not None:
        base = power[0]
        yield from _parts(base) if term.args[0] is base else (base,)  # type: ignore[attr-defined]
    elif isinstance(term, Apply) and term.head in ("+", "-", "*", "/", "neg"):
        for argument in term.args:
            yield from _parts(argument)
    else:
        yield term


def _fraction(term: Term, ring: dict[Term, Any], context: Any) -> tuple[Any, Any]:
    """The term as a numerator and a denominator."""
    one = context.constant(1)
    if isinstance(term, Number):
        value = term.value
        return context.constant(fmpq(value.numerator, value.denominator)), one
    power = _power(term)
    if power is not None:
        base, exponent = power
        top, bottom = (ring[base], one) if base in ring else _fraction(base, ring, context)
        n = abs(int(exponent))
        _moderate(max(comb(n + len(p) - 1, n) if len(p) else 0 for p in (top, bottom)))
        if exponent < 0:
            top, bottom = bottom, top
        return _lowest(top**n, bottom**n)
    if not isinstance(term, Apply) or term in ring:
        return ring[term], one
    sides = [_fraction(argument, ring, context) for argument in term.args]
    if term.head == "neg":
        return -sides[0][0], sides[0][1]
    (a, b), (c, d) = sides
    _moderate(max(len(a) * len(d) + len(b) * len(c), len(a) * len(c), len(b) * len(d)))
    if term.head == "*":
        return _lowest(a * c, b * d)
    if term.head == "/":
        return _lowest(a * d, b * c)
    return _lowest(a * d + c * b if term.head == "+" else a * d - c * b, b * d)


def _lowest(top: Any, bottom: Any) -> tuple[Any, Any]:
    if bottom.is_zero():
        raise TooLarge
    if bottom.is_constant() or top.is_zero():
        return top, bottom
    common = top.gcd(bottom)
    return top / common, bottom / common


def _moderate(terms: int) -> None:
    if terms > MAX_TERMS:
        raise TooLarge


def exact(value: fmpq) -> Fraction:
    """The same number of Python."""
    return Fraction(int(value.p), int(value.q))


# --- which variables they give ------------------------------------------------------------------


class Plan(NamedTuple):
    """Which variable each equation gives, once those after it have values; a cost of solving."""

    steps: tuple[tuple[Symbol, Equation], ...]
    cost: int

    def owned(self) -> frozenset[Symbol]:
        """The variables that equations give."""
        return frozenset(symbol for symbol, _ in self.steps)


def plan(found: Iterable[Equation], rank: Any) -> Plan:
    """A choice of variables for the equations to give: linear ones if possible, of low rank.

    Where two equations share a variable, the resultant of both takes the place of the second.

    >>> from verifier.statements.vocabulary import real
    >>> x, y, z = map(real, "xyz")
    >>> two = equations([x + y * z == 1, y - x * z == 2])
    >>> [(symbol, step.term()) for symbol, step in plan(two, repr).steps]
    [(x, x + y*z + -1), (y, y*z**2 + y + -1*z + -2)]

    Raises:
        Nowhere: the equations contradict each other.
    """
    return _plan(tuple(sorted(found, key=lambda e: (len(e.free), len(e.poly)))), rank)


def _plan(left: tuple[Equation, ...], rank: Any) -> Plan:
    left = tuple(e for e in left if not e.poly.is_zero())
    if any(e.poly.is_constant() for e in left):
        raise Nowhere
    if not left:
        return Plan((), 0)
    first, *others = left
    shared = any(first.free & other.free for other in others)
    candidates = sorted(_candidates(first), key=lambda c: (c[0], rank(c[1])))
    best: Plan | None = None
    several = shared and len(others) < COUPLED
    for cost, variable in candidates[: CHOICES if several else 1]:
        rest = tuple(_eliminated(first, other, variable) for other in others)
        after = _plan(rest, rank)
        if best is None or cost + after.cost < best.cost:
            best = Plan(((variable, first), *after.steps), cost + after.cost)
        if best.cost == 0:
            break
    return best or _plan(tuple(others), rank)


def _candidates(equation: Equation) -> Iterator[tuple[int, Symbol]]:
    """The variables that an equation may give, each with a cost: 0 if it is linear in it."""
    hidden = equation.hidden
    reals = [s for s in equation.free if not s.arity and not s.domain.integer]
    for symbol in reals or [s for s in equation.free - hidden if not s.arity]:
        if symbol in hidden:
            yield 5 if symbol in equation.parts else 3, symbol
        else:
            own = equation.coefficients(symbol)
            yield 0 if own.keys() <= {0, 1} else 2 if len(own) == 2 and 0 in own else 4, symbol


def _eliminated(first: Equation, other: Equation, variable: Symbol) -> Equation:
    both = (first, other)
    if any(variable in e.hidden or variable not in e.parts for e in both):
        return other
    degrees = [e.poly.degrees() for e in both]
    one, two = (e.degree(variable) for e in both)
    places = [p for p, part in enumerate(first.generators) if part is not variable]
    if prod(two * degrees[0][p] + one * degrees[1][p] + 1 for p in places) > MAX_DENSE:
        return other
    return first.without(other, variable)


__all__ = ["Equation", "Plan", "equations", "exact", "plan"]
