"""Proof by combination: known inequalities times multipliers, by linear programming."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from flint import fmpq

from verifier.engines.proof.lemmas import lemmas
from verifier.engines.proof.simplex import nonnegative_solution
from verifier.kernel import balls, signs
from verifier.kernel.clearing import clear
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import (
    Monomial,
    Poly,
    Refused,
    constant,
    free_symbols,
    monomial_term,
    power_of,
    to_term,
)
from verifier.kernel.powers import inverse, multiply
from verifier.kernel.proved import Proved, prove
from verifier.kernel.rules.arithmetic import directed
from verifier.statements.statement import Statement
from verifier.statements.terms import POSITIVE, Symbol

UNIT = fmpq(1)
MAX_LEMMAS = 90
MAX_MULTIPLIERS = 4
MAX_COLUMNS = 160
MAX_EXPONENT = 10_000  # bits of a rational bound of a number


class _Column(NamedTuple):
    """A lemma times a multiplier >= 0 (of any sign, for an equality)."""

    lemma: int
    multiplier: Poly
    product: Poly
    strict: bool


def search(statement: Statement) -> Proved:
    """A proof by the rule `combination`, from what is given and from the lemmas of the claim.

    Raises:
        Refused: no combination with multipliers that the terms suggest shows the claim.
    """
    if statement.claim.op == "!=":
        raise Refused("a combination shows no claim of inequality")
    context = context_of(statement.given)
    goal, op = directed(context, statement.claim)
    known = list(islice(lemmas(statement), MAX_LEMMAS))
    columns = list(islice(_columns(context, goal, known), MAX_COLUMNS))
    for used in _combinations(context, goal, op, columns, known):
        try:
            return prove(
                "combination",
                statement,
                tuple(known[c.lemma] for c, _ in used),
                multipliers=tuple(to_term(c.multiplier.scale(f)) for c, f in used),
            )
        except Refused:
            continue
    raise Refused("no combination of what is known shows the claim")


def _combinations(
    context: Context, goal: Poly, op: str, columns: list[_Column], known: list[Proved]
) -> Iterator[list[tuple[_Column, fmpq]]]:
    """What linear programming finds; then what is given, one by one: the kernel sees more signs."""
    plain = [c for c in columns if c.multiplier.constant is not None]
    for chosen in (plain, columns) if len(plain) < len(columns) else (columns,):
        yield _solution(context, goal, chosen, op)
    for column in columns:
        if known[column.lemma].rule == "given":
            yield [(column, UNIT)]


def _columns(context: Context, goal: Poly, known: list[Proved]) -> Iterator[_Column]:
    for number, lemma in enumerate(known):
        try:
            difference, op = directed(context, lemma.statement.claim)
        except Refused:
            continue
        for multiplier in islice(_multipliers(context, goal, difference), MAX_MULTIPLIERS):
            sign = context.sign(multiplier)
            if op != "==" and not signs.only(sign, signs.NONNEGATIVE):
                continue
            try:
                product = multiply(context, multiplier, difference)
            except Refused:
                continue
            strict = op == ">" and signs.only(sign, signs.POSITIVE)
            yield _Column(number, multiplier, product, strict)
            if op == "==":
                yield _Column(number, -multiplier, -product, False)


def _multipliers(context: Context, goal: Poly, difference: Poly) -> Iterator[Poly]:
    """1, and the quotients of terms of the goal by terms of the lemma."""
    seen = {constant(1)}
    yield constant(1)
    for monomial in difference.terms:
        for own in goal.terms:
            try:
                quotient = _quotient(context, own, monomial)
            except Refused:
                continue
            if quotient.single is not None and quotient not in seen:
                seen.add(quotient)
                yield quotient


def _quotient(context: Context, dividend: Monomial, divisor: Monomial) -> Poly:
    if divisor <= dividend:  # also where the divisor may be 0
        return Poly({dividend - divisor: UNIT})
    return multiply(context, Poly({dividend: UNIT}), inverse(context, Poly({divisor: UNIT})))


def _cleared(context: Context, polys: list[Poly]) -> list[Poly]:
    """The polynomials times one positive factor, without denominators, brackets at one level."""
    markers = [Symbol(f"m_{i}", POSITIVE) for i in range(len(polys))]
    whole = constant(0)
    for marker, poly in zip(markers, polys, strict=True):
        whole = whole + multiply(context, power_of(marker), poly)
    whole = clear(context, whole)
    parts: dict[Symbol, dict[Monomial, fmpq]] = {m: {} for m in markers}
    for monomial, coefficient in whole.terms.items():
        pair = next(p for p in monomial if p[0] in parts)
        parts[pair[0]][monomial - {pair}] = coefficient  # type: ignore[index]
    return [Poly(parts[m]) for m in markers]


def _solution(
    context: Context, goal: Poly, columns: list[_Column], op: str
) -> list[tuple[_Column, fmpq]]:
    """Columns with factors > 0: goal == sum(factor * column) + terms of known sign; or none."""
    rows = _cleared(context, [goal, *(c.product for c in columns)])
    goal, *products = rows
    monomials = list(dict.fromkeys(m for poly in rows for m in poly.terms))
    if not goal or not columns:
        return []  # calculation has decided that
    slacks: list[Poly] = []
    if op != "==":
        for monomial in monomials:
            sign = context.sign(Poly({monomial: UNIT}))
            if signs.only(sign, signs.NONNEGATIVE):
                slacks.append(Poly({monomial: UNIT}))
            elif signs.only(sign, signs.NONPOSITIVE):
                slacks.append(Poly({monomial: -UNIT}))
        slacks.extend(_between(context, monomials))
    every = [*products, *slacks]
    if op == ">":  # t * goal == sum(factor * column), the factors of strict columns add up to 1
        strict = [c.strict for c in columns]
        strict += [signs.only(context.sign(s), signs.POSITIVE) for s in slacks]
        found = _solve(monomials, constant(0), [*every, -goal], [*strict, False])
        scale = found[-1] if found else fmpq(0)
        factors = [f / scale for f in found] if found and scale else []
    else:
        factors = _solve(monomials, goal, every) or []
    return [(column, f) for column, f in zip(columns, factors, strict=False) if f]


def _between(context: Context, monomials: list[Monomial]) -> Iterator[Poly]:
    """Number * factor between rational multiples of the factor, for numbers such as exp(1)."""
    groups: dict[Monomial, list[Monomial]] = {}
    for monomial in monomials:
        closed = frozenset(p for p in monomial if not free_symbols(Poly({frozenset([p]): UNIT})))
        groups.setdefault(monomial - closed, []).append(closed)
    for factor, numbers in groups.items():
        reference, *others = sorted(numbers, key=len)
        sign = context.sign(Poly({factor: UNIT}))
        if not others or not signs.only(sign, signs.NONNEGATIVE):
            continue
        for number in others:
            try:
                ball = balls.enclose(monomial_term(number) / monomial_term(reference), 64)
            except Refused:
                continue
            if not ball.is_finite():
                continue
            whole, part = Poly({factor | number: UNIT}), Poly({factor | reference: UNIT})
            for bound, side in ((ball.lower(), 1), (ball.upper(), -1)):
                if not bound.is_finite():
                    continue
                mantissa, exponent = bound.man_exp()
                if abs(int(exponent)) > MAX_EXPONENT:
                    continue
                rational = fmpq(mantissa) * fmpq(2) ** int(exponent)
                yield (whole - part.scale(rational)).scale(fmpq(side))


def _solve(
    monomials: list[Monomial], goal: Poly, columns: list[Poly], strict: list[bool] | None = None
) -> list[fmpq] | None:
    zero = fmpq(0)
    table: list[list[fmpq | int]] = [[c.terms.get(m, zero) for c in columns] for m in monomials]
    right: list[fmpq | int] = [goal.terms.get(m, zero) for m in monomials]
    if strict is not None:
        table.append([int(s) for s in strict])
        right.append(1)
    return nonnegative_solution(table, right)
