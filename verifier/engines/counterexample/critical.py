"""Values at which a claim is about to fail: where its sides agree, or a part of it has no value."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from flint import fmpq, fmpq_poly, fmpz_poly

from verifier.engines.counterexample.values import Values, by_total, free_variables, small_values
from verifier.errors import StatementError
from verifier.kernel.clearing import clear
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Poly, Refused, is_integral, number_term
from verifier.statements.definedness import conditions
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms

OTHERS = {0: 1, 1: 400, 2: 100}  # combinations of the other variables
MAX_DEGREE = 24
BESIDE = Fraction(1, 10**6)
TURNS = (Fraction(1, 2), 1, Fraction(1, 4), Fraction(1, 6), Fraction(3, 2), 2, Fraction(3, 4), 3)


def critical_cases(statement: Statement) -> Iterator[Values]:
    """For each variable, the roots of the claim's difference and of its denominators, and beside.

    The other variables have small values.  Roots are exact: rational, of a quadratic, or pure; for
    the arguments of sine and cosine there are multiples of pi.  A claim with derivatives has none:
    they must be taken before their variables get values.
    """
    if any(isinstance(n, Apply) and n.head == "diff" for n in subterms(statement.claim)):
        return
    symbols = [s for s in free_variables(statement) if not s.arity]
    context = context_of(statement.given)
    for symbol in symbols:
        others = [s for s in free_variables(statement) if s is not symbol]
        lists = [small_values(s, context, OTHERS.get(len(others), 30)) for s in others]
        for values in islice(by_total(lists), OTHERS.get(len(others), 30)):
            rest = dict(zip(others, values, strict=True))
            for root in _roots(statement, symbol, rest):
                yield {symbol: root, **rest}


def _roots(statement: Statement, symbol: Symbol, rest: Values) -> Iterator[Term]:
    claim = statement.claim
    here = Context()
    for term in (claim.lhs - claim.rhs, *(c.terms[0] for c in conditions(claim) if not c.within)):
        try:
            poly = clear(here, here.normal(substitute(term, rest)))
        except (Refused, StatementError):  # such as a value for a variable of differentiation
            continue
        coefficients = _coefficients(poly, symbol)
        if coefficients is not None:
            yield from roots(coefficients, symbol.domain.integer)
    if not symbol.domain.integer and any(_turns(node, symbol) for node in subterms(claim)):
        for turn in TURNS:
            yield from (turn * Apply("pi"), -turn * Apply("pi"))


def _turns(node: object, symbol: Symbol) -> bool:
    return isinstance(node, Apply) and node.head in ("sin", "cos") and symbol in node.free


def _coefficients(poly: Poly, symbol: Symbol) -> fmpq_poly | None:
    found: dict[int, fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        powers = dict(monomial)
        exponent = powers.pop(symbol, fmpq(0))
        if powers or not is_integral(exponent) or not 0 <= exponent <= MAX_DEGREE:  # type: ignore
            return None
        found[int(exponent.p)] = coefficient  # type: ignore[union-attr]
    if not found or max(found) == 0:
        return None
    return fmpq_poly([found.get(i, fmpq(0)) for i in range(max(found) + 1)])


def roots(poly: fmpq_poly, integral: bool) -> Iterator[Term]:
    """The exact real roots that have a simple form, and for a real variable numbers beside them.

    >>> list(roots(fmpq_poly([-6, 1, 1]), True))
    [2, -3]
    """
    _, factors = fmpz_poly(poly.numer()).factor()
    for factor, _ in sorted(factors, key=lambda f: (f[0].degree(), str(f[0]))):
        if factor.degree() == 1:
            root = fmpq(-factor[0], factor[1])
            if not integral:
                yield number_term(root)
                yield Number(Fraction(int(root.p), int(root.q)) + BESIDE)
                yield Number(Fraction(int(root.p), int(root.q)) - BESIDE)
            elif root.q == 1:
                yield number_term(root)
        elif not integral:
            yield from _irrational(factor)


def _irrational(factor: fmpz_poly) -> Iterator[Term]:
    degree = factor.degree()
    if degree == 2:
        c, b, a = (int(factor[i]) for i in range(3))
        if b * b > 4 * a * c:
            root = Apply("sqrt", b * b - 4 * a * c)
            yield from ((root - b) / (2 * a), (-root - b) / (2 * a))
    elif not any(factor[i] for i in range(1, degree)):
        power = Fraction(-int(factor[0]), int(factor[degree]))
        if power > 0:
            power_root = Number(power) ** Number(Fraction(1, degree))
            yield from (power_root, -power_root)
        elif degree % 2:
            yield -(Number(-power) ** Number(Fraction(1, degree)))
