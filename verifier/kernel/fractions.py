"""Rational functions in lowest terms, by FLINT: so that exponents can be compared."""

from __future__ import annotations

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from verifier.kernel.polynomial import Base, Monomial, Poly, is_integral, primitive
from verifier.statements.terms import Term


def reduced_fraction(poly: Poly) -> Poly:
    """A rational function of atoms with one denominator, in lowest terms: so exponents compare.

    Brackets that occur with a negative power are not zero, nor are their factors.
    """
    powers = [pair for monomial in poly.terms for pair in monomial]
    brackets = {base for base, _ in powers if isinstance(base, Poly)}
    inside = [pair for bracket in brackets for monomial in bracket.terms for pair in monomial]
    atoms = {base for base, _ in powers + inside if isinstance(base, Term)}
    if not brackets or any(not is_integral(e) for _, e in powers):
        return poly
    if any(isinstance(b, Poly) or not is_integral(e) or e < 0 for b, e in inside):  # type: ignore[operator]
        return poly
    names = sorted(atoms, key=repr)
    ring = fmpq_mpoly_ctx.get([f"a{i}" for i in range(len(names))], Ordering.lex)
    generators: dict[Base, fmpq_mpoly] = dict(zip(names, ring.gens(), strict=True))
    for bracket in brackets:
        generators[bracket] = _in_ring(ring, generators, bracket)[0]
    numerator, denominator = ring.constant(0), ring.constant(1)
    for monomial, coefficient in poly.terms.items():
        over, under = _in_ring(ring, generators, Poly({monomial: coefficient}))
        numerator = numerator * under + over * denominator
        denominator = denominator * under
    common = numerator.gcd(denominator)
    return _from_ring(names, numerator / common, denominator / common)


def _in_ring(
    ring: fmpq_mpoly_ctx, generators: dict[Base, fmpq_mpoly], poly: Poly
) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """A polynomial as a fraction in the ring; one monomial, or without negative powers."""
    numerator, denominator = ring.constant(0), ring.constant(1)
    for monomial, coefficient in poly.terms.items():
        term = ring.constant(coefficient)
        for base, exponent in monomial:
            if exponent > 0:  # type: ignore[operator]
                term = term * generators[base] ** int(exponent.p)  # type: ignore[union-attr]
            else:
                denominator = denominator * generators[base] ** int(-exponent.p)  # type: ignore[union-attr]
        numerator = numerator + term
    return numerator, denominator


def _from_ring(names: list[Term], numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Poly:
    def monomial(exponents: tuple[int, ...]) -> Monomial:
        pairs = zip(names, exponents, strict=True)
        return frozenset((name, fmpq(int(e))) for name, e in pairs if e)

    def poly(element: fmpq_mpoly, shift: list[int]) -> Poly:
        return Poly(
            {
                monomial(tuple(int(e) - s for e, s in zip(exponents, shift, strict=True))): c
                for exponents, c in element.terms()
            }
        )

    shift = [min(int(e[i]) for e in denominator.monoms()) for i in range(len(names))]
    content, bracket = primitive(poly(denominator, shift))
    above = poly(numerator, shift).scale(1 / content)
    if bracket.constant is not None:
        return above.scale(1 / bracket.constant)
    return Poly({m | {(bracket, fmpq(-1))}: c for m, c in above.terms.items()})
