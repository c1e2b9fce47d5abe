"""Terms collected by their power products, each with an algebraic number as its coefficient."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel.polynomial import Base, Exponent, Monomial, Poly
from verifier.statements.terms import Number


def collected(poly: Poly) -> dict[Monomial, Poly]:
    """The polynomial as a sum of monomial * coefficient, all numbers in the coefficients.

    x*3**(1/2) - x*2**(1/2) + y has the coefficients 3**(1/2) - 2**(1/2) of x, and 1 of y.
    """
    found: dict[Monomial, dict[Monomial, fmpq]] = {}
    for monomial, coefficient in poly.terms.items():
        numbers = frozenset(pair for pair in monomial if _is_algebraic(*pair))
        found.setdefault(monomial - numbers, {})[numbers] = coefficient
    return {monomial: Poly(terms) for monomial, terms in found.items()}


def _is_algebraic(base: Base, exponent: Exponent) -> bool:
    if not isinstance(exponent, fmpq):
        return False
    if isinstance(base, Poly):
        return all(_is_algebraic(*pair) for monomial in base.terms for pair in monomial)
    return isinstance(base, Number)
