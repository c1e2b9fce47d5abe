"""Statements at small sizes, judged by SymPy alone; run as a program where FLINT is forbidden.

The program reads a JSON list of statements and writes, for each, how many cases hold and the first
that fails.  Integers get small values, equalities that are given are solved, the other variables
stay symbols: an equality that SymPy reduces to 0 = 0 holds for all of them.  Where symbols do not
decide, exact numbers take their place.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from itertools import chain, islice
from math import lcm
from typing import Any

import sympy
from sympy.external.gmpy import GROUND_TYPES
from sympy.polys.polyerrors import BasePolynomialError

from verifier.engines.witness.lowering import (
    CannotLower,
    Special,
    is_zero_polynomial,
    literal_integer,
    to_sympy,
)
from verifier.engines.witness.small_integers import Integers, choices
from verifier.engines.witness.symbolic_point import (
    TARGET,
    Numbers,
    Point,
    Unknown,
    derivatives,
    largest_eigenvalue,
    sign,
)
from verifier.errors import VerifierError
from verifier.statements.codec import decode_statement
from verifier.statements.definedness import depth_of
from verifier.statements.statement import Statement
from verifier.statements.substitution import member, substitute
from verifier.statements.terms import Apply, Domain, Number, Relation, Term
from verifier.statements.vocabulary import L

MAX_WEIGHTS = 8
CHOICES = 16  # of the integers, for each statement
#: Signs of real numbers, for each attempt to give the other variables exact values.
SIGNS = ((1, -1, 1), (1, 1, 1), (-1, 1, 1), (-1, -1, -1))
BASES = tuple(map(sympy.Rational, ("3/2", "2", "1/2", "5/3", "1", "3", "4/3", "1/3", "5/2")))
MAX_SHOWN = 3
_NOT_FOR_SYMPY = (ArithmeticError, ValueError, NotImplementedError, BasePolynomialError)


def check(statement: Statement) -> tuple[int, str | None]:
    """How many cases hold, and the first that fails, as text."""
    held = 0
    for integers in islice(choices(statement, MAX_WEIGHTS), CHOICES):
        try:
            verdict, at = _Case(statement, integers).verdict()
        except (VerifierError, Unknown, *_NOT_FOR_SYMPY):
            continue
        if verdict is False:
            shown = [f"{s.name} = {_shown(v)}" for s, v in integers.items()]
            return held, ", ".join([*shown, *(f"{name} = {v}" for name, v in at.items())])
        held += bool(verdict)
    return held, None


class _Case:
    """A statement at given integers: its relations in SymPy, each sharpness a placeholder."""

    def __init__(self, statement: Statement, integers: Integers) -> None:
        self.domains = {symbol.name: symbol.domain for symbol in statement.variables}
        self.special: Special = {
            "hessian": self.hessian, "sharpness": self.sharpness, "diff": self.diff,
        }  # fmt: skip
        self.points: dict[Any, Point] = {}
        self.roots = [literal_integer(integers[L])] if L in integers else [1]
        self.divisors = [1]
        self.claim = self.sides(substitute(statement.claim, integers))
        self.given = [self.sides(substitute(g, integers)) for g in statement.given]

    def sides(self, relation: Relation) -> tuple[str, Any, Any]:
        return relation.op, self.lower(relation.lhs), self.lower(relation.rhs)

    def lower(self, term: Term) -> Any:
        return to_sympy(term, self.special)

    # --- the network

    def hessian(self, node: Apply) -> Any:
        *setting, h, l, i, j = node.args  # noqa: E741
        depths, point = self.point(*setting)
        row, column = _place(depths, h, l), _place(depths, i, j)
        return point.hessian[row, column]

    def sharpness(self, node: Apply) -> Any:
        placeholder = sympy.Symbol(f"sharpness_{len(self.points)}", real=True)
        self.points[placeholder] = self.point(*node.args)[1]
        return placeholder

    def diff(self, node: Apply) -> Any:
        body = self.lower(node.args[0])
        if body.free_symbols & self.points.keys():
            raise CannotLower("a derivative of a sharpness", "")
        return sympy.diff(body, to_sympy(node.args[1]))

    def point(
        self, allocation: Apply, pathways: Term, depth: Term, target: Term
    ) -> tuple[tuple[int, ...], Point]:
        """The depths of the pathways, and the network at an allocation."""
        if allocation.head == "matrices":
            raise CannotLower("the sharpness of matrices", "")
        total, sigma = literal_integer(pathways), self.lower(target)
        depths = tuple(literal_integer(depth_of(depth, Number(h + 1))) for h in range(total))
        if total < 1 or min(depths) < 1 or sum(depths) > MAX_WEIGHTS:
            raise CannotLower("no network of a size that is tried", "")
        self.roots.extend(depths)
        weights = chain(*(self.layers(allocation, h, depths, sigma) for h in range(total)))
        symbols, general = derivatives(depths)
        at = {**dict(zip(symbols, weights, strict=True)), TARGET: sigma}
        return depths, Point(*(part.xreplace(at) for part in general))

    def layers(self, allocation: Apply, h: int, depths: tuple[int, ...], sigma: Any) -> list[Any]:
        """The weights of a pathway, by the definition of the allocation."""
        if allocation.head == "weights":
            return [
                self.lower(member(allocation.args[0], (Number(h + 1), Number(place))))
                for place in range(1, depths[h] + 1)
            ]
        if allocation.head == "split":
            share = self.lower(member(allocation.args[0], (Number(h + 1),)))
        else:
            fixed = {"single_path": 1, "balanced": len(depths)}.get(allocation.head)
            active = literal_integer(allocation.args[0]) if fixed is None else fixed
            if active < 1:
                raise CannotLower("no pathway is active", "")
            self.divisors.append(active)
            share = sigma / active if h < active else sympy.Integer(0)
        return [share ** sympy.Rational(1, depths[h])] * depths[h]

    # --- the verdict

    def verdict(self) -> tuple[bool | None, dict[str, Any]]:
        """Whether the claim holds, and the numbers at which it fails."""
        solved = self.solutions()
        op, lhs, rhs = self.claim
        difference = lhs.xreplace(solved) - rhs.xreplace(solved)
        zero = is_zero_polynomial(difference) if op == "==" else False
        if zero:
            return True, {}
        verdict = None
        for attempt in range(len(SIGNS)):
            try:
                numbers = self.numbers(solved, attempt)
                known = numbers | {
                    p: largest_eigenvalue(x.at(numbers)) for p, x in self.points.items()
                }
                if all(_holds(given, known) for given in self.given):
                    if not _holds(self.claim, known):
                        return False, {str(s): v for s, v in numbers.items()}
                    verdict = True
            except Unknown:
                continue
        if verdict is None and zero is None and sympy.expand(difference) == 0:
            verdict = True
        return verdict, {}

    def solutions(self) -> Numbers:
        """Symbols that the given equalities determine, each as an expression in the others."""
        solved: Numbers = {}
        for op, lhs, rhs in self.given:
            error = sympy.expand(lhs.xreplace(solved) - rhs.xreplace(solved))
            if op != "==" or error.free_symbols & self.points.keys():
                continue
            for symbol in sorted(error.free_symbols, key=str):
                slope = _slope(error, symbol)
                if slope != 0:
                    value = sympy.cancel(-error.xreplace({symbol: sympy.Integer(0)}) / slope)
                    solved = {s: v.xreplace({symbol: value}) for s, v in solved.items()}
                    solved[symbol] = value
                    break
        return solved

    def numbers(self, solved: Numbers, attempt: int) -> Numbers:
        """Exact numbers for all symbols, first those that make the roots of shares rational.

        Raises:
            Unknown: a number is outside the domain of its variable.
        """
        sides = chain(*((lhs, rhs) for _, lhs, rhs in (self.claim, *self.given)))
        symbols: set[Any] = set().union(*(side.free_symbols for side in sides))
        symbols = symbols.union(*(point.symbols for point in self.points.values()))
        numbers: Numbers = {}
        for position, symbol in enumerate(
            sorted(symbols - solved.keys() - self.points.keys(), key=str)
        ):
            base = BASES[(2 * attempt + position) % len(BASES)]
            domain = self.domain(symbol)
            if domain.lower is None:
                numbers[symbol] = base * SIGNS[attempt][position % 3]
            elif attempt % 2 and position % 2 and not domain.strict:
                numbers[symbol] = _exact(domain.lower)
            else:
                shared = max(self.divisors) if attempt < 2 else 1
                numbers[symbol] = _exact(domain.lower) + shared * base ** lcm(*self.roots)
        numbers |= {s: v.xreplace(numbers) for s, v in solved.items()}
        for symbol, value in numbers.items():
            domain = self.domain(symbol)
            if domain.lower is not None:
                above = sign(value - _exact(domain.lower))
                if above < 0 or (above == 0 and domain.strict):
                    raise Unknown
        return numbers

    def domain(self, symbol: Any) -> Domain:
        """The domain of a variable, or of the family that it is a member of."""
        name = str(symbol)
        while name not in self.domains and "_" in name:
            name = name.rpartition("_")[0]
        return self.domains[name]


def _slope(expanded: Any, symbol: Any) -> Any:
    """What a symbol is multiplied with in a sum that is linear in it, else 0."""
    slopes = [t / symbol for t in sympy.Add.make_args(expanded) if symbol in t.free_symbols]
    linear = all(symbol not in slope.free_symbols for slope in slopes)
    return sympy.Add(*slopes) if linear else sympy.Integer(0)


def _shown(value: Term) -> str:
    """An integer, or the first members of a family."""
    if isinstance(value, Number):
        return repr(value)
    first = (literal_integer(member(value, (Number(h),))) for h in range(1, MAX_SHOWN + 1))
    return ", ".join([*map(str, first), "..."])


def _exact(number: Fraction) -> Any:
    return sympy.Rational(number.numerator, number.denominator)


def _place(depths: tuple[int, ...], pathway: Term, layer: Term) -> int:
    """The position of a weight among all weights."""
    h, l = literal_integer(pathway), literal_integer(layer)  # noqa: E741
    if not (1 <= h <= len(depths) and 1 <= l <= depths[h - 1]):
        raise CannotLower("no weight of the network", "")
    return sum(depths[: h - 1]) + l - 1


def _holds(relation: tuple[str, Any, Any], known: Numbers) -> bool:
    """Whether a relation holds at exact numbers."""
    op, lhs, rhs = relation
    signed = sign(sympy.expand(lhs.xreplace(known) - rhs.xreplace(known)))
    return {
        "<": signed < 0, "<=": signed <= 0, "==": signed == 0, "!=": signed != 0,
        ">=": signed >= 0, ">": signed > 0,
    }[op]  # fmt: skip


def forbid_flint() -> None:
    """From now on importing FLINT is an error.

    Raises:
        VerifierError: it is loaded already, or SymPy does not compute on Python's integers.
    """
    if GROUND_TYPES != "python" or any(n.partition(".")[0] == "flint" for n in sys.modules):
        raise VerifierError("SymPy computes on FLINT here", "set SYMPY_GROUND_TYPES=python")
    sys.modules["flint"] = None  # type: ignore[assignment]


def main() -> None:
    """Judge the statements on standard input."""
    forbid_flint()
    statements = [decode_statement(value) for value in json.load(sys.stdin)]
    json.dump([check(statement) for statement in statements], sys.stdout)


if __name__ == "__main__":
    main()
