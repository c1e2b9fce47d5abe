"""Terms of concrete size as SymPy expressions, derivatives taken by SymPy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import sympy
from sympy.polys.rings import ring

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.entries import NoEntry, entry
from verifier.errors import VerifierError
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

MAX_ENTRIES = 12  # of the matrices of a product
Special = Mapping[str, Callable[[Apply], Any]]
_NONE: Special = MappingProxyType({})


class CannotLower(VerifierError):
    """The term has no SymPy counterpart of concrete size."""


def to_sympy(term: Term, special: Special = _NONE) -> Any:
    """The SymPy expression of a term whose sums have literal bounds.

    Members of families become symbols, so that derivatives by them can be taken; `diff` is
    SymPy's own.  `special` says what becomes of operations that have no counterpart here.

    >>> from verifier.statements.vocabulary import Sum, diff, family, integer
    >>> w, h = family("w"), integer("h")
    >>> to_sympy(diff(Sum(w[h] ** 2, (h, 1, 3)), w[2]))
    2*w_2
    """
    return _lowered(term, special) if special else _plain(term)


@lru_cache(maxsize=2**14)
def _plain(term: Term) -> Any:
    """The same without special operations: one expression for one term, which often recurs."""
    return _lowered(term, _NONE)


def _lowered(term: Term, special: Special) -> Any:
    if isinstance(term, Number):
        return sympy.Rational(term.value.numerator, term.value.denominator)
    if isinstance(term, Symbol):
        return sympy.Symbol(term.name, real=True)
    if not isinstance(term, Apply):
        raise CannotLower(f"{term!r} is no term", "")
    head, args = term.head, term.args
    if head in special:
        return special[head](term)
    if head == "[]":
        family, *indices = args
        numbers = "_".join(str(literal_integer(i)) for i in indices)
        return sympy.Symbol(f"{family.name}_{numbers}", real=True)
    if head in ("Sum", "Product"):
        body, index, lower, upper = args
        members = (
            to_sympy(substitute(body, {index: Number(i)}), special)
            for i in range(literal_integer(lower), literal_integer(upper) + 1)
        )
        return sympy.Add(*members) if head == "Sum" else sympy.Mul(*members)
    if head == "chain":

        def at(family: Term, *place: int) -> Any:
            return to_sympy(member(family, tuple(map(Number, place))), special)

        try:
            return sympy.sympify(entry(args, literal_integer, at, MAX_ENTRIES))
        except NoEntry as error:
            raise CannotLower(f"{term!r} has no value", "restrict the indices") from error
    if head == "diff":
        return sympy.diff(to_sympy(args[0], special), to_sympy(args[1]))
    if head == "Iverson":
        relation: Relation = args[0]
        left, right = literal_integer(relation.lhs), literal_integer(relation.rhs)
        return sympy.Integer(COMPARISONS[relation.op](left, right))
    if head not in _OPERATIONS:
        raise CannotLower(f"{head} has no SymPy counterpart here", "")
    return _OPERATIONS[head](*(to_sympy(a, special) for a in args))


def literal_integer(term: Term) -> int:
    """The integer that a closed term is.

    Raises:
        CannotLower: it is none.
    """
    value = to_sympy(term)
    if not value.is_Integer:
        raise CannotLower(f"{term!r} is no literal integer", "give values to the integer variables")
    return int(value)


def vanishes(difference: Any) -> bool:
    """Whether a rational expression is identically zero."""
    zero = is_zero_polynomial(difference)
    if zero is not None:
        return zero
    return bool(sympy.expand(sympy.numer(sympy.together(difference))) == 0)


def is_zero_polynomial(expression: Any) -> bool | None:
    """Whether a polynomial over the rationals is zero; None where it is no polynomial.

    >>> x = sympy.Symbol("x")
    >>> is_zero_polynomial((x + 1) ** 2 - x * (x + 2) - 1), is_zero_polynomial(1 / x - 1 / x**2)
    (True, None)
    """
    polynomials = ring(sorted(expression.free_symbols, key=str) or [sympy.Dummy()], sympy.QQ)[0]
    try:
        return not polynomials.from_expr(expression)
    except ValueError:
        return None


def with_positive(expression: Any, terms: Iterable[Term]) -> Any:
    """The expression with the symbols of some variables or members known to be positive."""
    found = (to_sympy(term) for term in terms)
    symbols = [s for s in found if isinstance(s, sympy.Symbol)]  # a member may have a known value
    return expression.subs({s: sympy.Symbol(s.name, positive=True) for s in symbols})


def at(relation: Relation, values: Mapping[Symbol, Term]) -> Any:
    """The difference of both sides as a SymPy expression, at values of the integer variables."""
    ground = substitute(relation, values)
    return to_sympy(ground.lhs) - to_sympy(ground.rhs)


_OPERATIONS: dict[str, Any] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "/": lambda a, b: a / b, "**": lambda a, b: a**b, "neg": lambda a: -a, "sqrt": sympy.sqrt,
    "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "Abs": sympy.Abs,
    "Min": sympy.Min, "Max": sympy.Max, "pi": lambda: sympy.pi,
}  # fmt: skip
