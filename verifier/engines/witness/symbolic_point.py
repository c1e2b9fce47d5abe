"""A scalar network at some weights, in SymPy alone: its derivatives and its largest eigenvalue."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import sympy
from sympy.polys.matrices import DomainMatrix

from verifier.networks.scalar import ScalarNetwork

DIGITS, NEGLIGIBLE = 60, sympy.Rational(1, 10**30)
TARGET = sympy.Symbol("target")

Numbers = dict[Any, Any]  # a SymPy expression for each SymPy symbol


class Unknown(Exception):
    """SymPy does not decide this."""


class Point(NamedTuple):
    """A network at some weights: the Hessian of the loss, the gradient of the output, f - sigma."""

    hessian: Any
    gradient: Any
    error: Any

    def at(self, numbers: Numbers) -> Point:
        """The same with numbers for symbols."""
        return Point(*(sympy.expand(part.xreplace(numbers)) for part in self))

    @property
    def symbols(self) -> set[Any]:
        """All symbols that occur."""
        return set().union(*(part.free_symbols for part in self))


@lru_cache
def derivatives(depths: tuple[int, ...]) -> tuple[list[Any], Point]:
    """The weights of a network as symbols, and all that is derived from its loss."""
    network = ScalarNetwork(depths)
    symbols = list(chain(*network.weights))
    gradient = sympy.ImmutableMatrix([sympy.diff(network.output, w) for w in symbols])
    return symbols, Point(network.hessian(TARGET), gradient, network.output - TARGET)


def largest_eigenvalue(point: Point) -> Any:
    """The largest eigenvalue of the Hessian.

    From the characteristic polynomial where the entries are rational; else, at a minimum, from
    H = g g^T, which is checked entry by entry.

    Raises:
        Unknown: it is not found this way.
    """
    if all(entry.is_Rational for entry in point.hessian):
        found = _largest_root(point.hessian)
        if found is not None:
            return found
    outer = point.gradient * point.gradient.T
    if point.error != 0 or any(e != 0 for e in sympy.expand(point.hessian - outer)):
        raise Unknown
    return sympy.expand(outer.trace())


def _largest_root(matrix: Any) -> Any:
    """The largest eigenvalue, where it is rational."""
    domain_matrix = DomainMatrix.from_Matrix(matrix).convert_to(sympy.QQ)
    variable = sympy.Symbol("x")
    polynomial = sympy.Poly(domain_matrix.charpoly(), variable, domain=sympy.QQ)
    _, factors = polynomial.factor_list()
    roots = [-p.nth(0) / p.nth(1) for p, _ in factors if p.degree() == 1]
    if not roots or polynomial.sqf_part().count_roots(inf=max(roots)) != 1:
        return None
    return max(roots)


def sign(value: Any) -> int:
    """The sign of an exact number.

    Raises:
        Unknown: it is not rational and close to zero, or it is no real number.
    """
    if value.is_Rational:
        return int(sympy.sign(value))
    approximate = value.evalf(DIGITS)
    if not approximate.is_Float or abs(approximate) < NEGLIGIBLE:
        raise Unknown
    return 1 if approximate > 0 else -1
