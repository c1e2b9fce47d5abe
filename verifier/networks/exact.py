"""Exact spectra for concrete sizes: no floating point between the definition and the eigenvalue.

SymPy differentiates the output f, entry by entry, once for each network, in its ring of sparse
polynomials.  The chain rule, H_ab = f_a f_b + (f - sigma) f_ab, then gives the Hessian of the loss
1/2 (f - sigma)^2 at every point: it is the one step between the definition and these numbers, and
the tests compare the outcome with the loss itself differentiated.  Spectra come from FLINT.

Choose a rational layer value t: a pathway of depth L then has share t^L, and all is rational.
With python-flint installed SymPy computes on FLINT too: these modules are one witness, not two.

>>> from fractions import Fraction
>>> from verifier.networks.scalar import ScalarNetwork
>>> network = ScalarNetwork((3, 3))
>>> exact_spectrum(exact_hessian(network, [[2, 2, 2], [0, 0, 0]], 8))
[(48, 1), (0, 5)]
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, pairwise
from math import prod
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat, fmpq_poly
from sympy import QQ, ZZ, Dummy
from sympy.polys.rings import ring

from .definition import Weights, output
from .errors import NetworkError
from .scalar import ScalarNetwork, exact_expression

Term = tuple[int, tuple[int, ...]]  # a coefficient and the weights it is multiplied with


class _Derivatives(NamedTuple):
    """The output with its first and second derivatives, each a list of terms."""

    value: list[Term]
    first: list[list[Term]]
    second: list[list[list[Term]]]


def exact_hessian(
    network: ScalarNetwork, weights: Sequence[Sequence[Fraction | int]], target: Fraction | int
) -> fmpq_mat:
    """The Hessian of the loss at rational weights."""
    values = _flat(network, [[_rational(weight) for weight in path] for path in weights])
    return fmpq_mat(_entries(network, values, _rational(target)))


def exact_spectrum(matrix: fmpq_mat) -> list[tuple[fmpq | fmpq_poly, int]]:
    """Every eigenvalue with its multiplicity, the rational ones first, largest first.

    Eigenvalues that are not rational stand together, as the irreducible polynomial they are the
    roots of; the multiplicity is that of each root.

    >>> exact_spectrum(fmpq_mat([[1, 1, 0], [1, 0, 0], [0, 0, 3]]))
    [(3, 1), (x^2 + (-1)*x + (-1), 1)]
    """
    _, factors = matrix.charpoly().factor()
    linear = [(-p[0] / p[1], power) for p, power in factors if p.degree() == 1]
    others = [(p, power) for p, power in factors if p.degree() > 1]
    return [
        *sorted(linear, key=lambda factor: factor[0], reverse=True),
        *sorted(others, key=lambda factor: (factor[0].degree(), str(factor[0]))),
    ]


def eigenvalues_above(matrix: fmpq_mat, bound: Fraction | int) -> int:
    """How many eigenvalues of a symmetric matrix exceed the bound, with multiplicity, exactly.

    The characteristic polynomial has real roots only, and for such a polynomial the rule of
    Descartes is exact: sign changes among the coefficients count the positive roots.

    >>> eigenvalues_above(fmpq_mat([[1, 1], [1, 0]]), Fraction(8, 5))
    1
    """
    if matrix != matrix.transpose():
        raise NetworkError("the matrix is not symmetric", "give the Hessian of a loss")
    shifted = matrix.charpoly()(fmpq_poly([_rational(bound), 1]))
    signs = [c > 0 for c in shifted.coeffs() if c != 0]
    return sum(a != b for a, b in pairwise(signs))


def is_eigenpair(
    matrix: fmpq_mat, vector: Sequence[Fraction | int], value: Fraction | int | fmpq
) -> bool:
    """Whether the vector is not zero and the matrix maps it to value times itself, exactly.

    >>> is_eigenpair(fmpq_mat([[2, 1], [1, 2]]), [1, 1], 3)
    True
    """
    column = fmpq_mat([[_rational(entry)] for entry in vector])
    if column.nrows() != matrix.ncols():
        raise NetworkError(
            f"a vector of length {column.nrows()} for {matrix.ncols()} columns",
            "give one entry for each weight",
        )
    return any(map(bool, column.entries())) and matrix * column == column * _rational(value)


def symbolic_eigenpair(
    network: ScalarNetwork, weights: Weights, target: Any, vector: Sequence[Any], value: Any
) -> bool:
    """Whether H v = value v holds identically, everything a polynomial over QQ in some symbols.

    The vector must not be the zero polynomial; it may still vanish at single points.

    >>> from sympy.abc import t
    >>> symbolic_eigenpair(ScalarNetwork((2, 2)), [[t, t], [0, 0]], t**2, [1, 1, 0, 0], 2 * t**2)
    True
    """
    given = [*_flat(network, weights), target, *_flat(network, network.arrange(vector)), value]
    *polynomials, eigenvalue = _polynomials(given)
    size = sum(network.depths)
    point, sigma, direction = polynomials[:size], polynomials[size], polynomials[size + 1 :]
    image = [
        sum(entry * v for entry, v in zip(row, direction, strict=True))
        for row in _entries(network, point, sigma)
    ]
    return any(direction) and image == [eigenvalue * v for v in direction]


@lru_cache(maxsize=128)
def _derivatives(depths: tuple[int, ...]) -> _Derivatives:
    network = ScalarNetwork(depths)
    _, *symbols = ring([weight.name for weight in chain(*network.weights)], ZZ)
    value = output(network.arrange(symbols))
    first = [value.diff(weight) for weight in symbols]
    return _Derivatives(
        _terms(value),
        [_terms(slope) for slope in first],
        [[_terms(slope.diff(weight)) for weight in symbols] for slope in first],
    )


def _terms(polynomial: Any) -> list[Term]:
    return [
        (int(coefficient), tuple(chain(*([i] * power for i, power in enumerate(monomial)))))
        for monomial, coefficient in polynomial.terms()
    ]


def _entries(network: ScalarNetwork, values: Sequence[Any], target: Any) -> list[list[Any]]:
    """The Hessian of the loss in whatever kind of exact number the weights are."""

    def at(terms: list[Term]) -> Any:
        return sum(prod((values[i] for i in indices), start=c) for c, indices in terms)

    derivatives = _derivatives(network.depths)
    error = at(derivatives.value) - target
    slopes = [at(terms) for terms in derivatives.first]
    return [
        [a * b + error * at(terms) for b, terms in zip(slopes, row, strict=True)]
        for a, row in zip(slopes, derivatives.second, strict=True)
    ]


def _flat(network: ScalarNetwork, weights: Weights) -> list[Any]:
    if tuple(len(path) for path in weights) != network.depths:
        raise NetworkError(
            f"weights in pathways of depth {tuple(len(path) for path in weights)}",
            f"the network has depths {network.depths}",
        )
    return list(chain(*weights))


def _rational(number: Any) -> fmpq:
    if isinstance(number, int | Fraction | fmpq):
        return fmpq(int(number.numerator), int(number.denominator))
    raise NetworkError(f"{number!r} is not a rational number", "give an int or a Fraction")


def _polynomials(given: Sequence[Any]) -> list[Any]:
    """The expressions as elements of one ring over QQ, in all symbols that occur."""
    expressions = [exact_expression(item) for item in given]
    symbols = set[Any]().union(*(expression.free_symbols for expression in expressions))
    over_symbols = ring(sorted(symbols, key=str) or [Dummy()], QQ)[0]
    try:
        return [over_symbols.from_expr(expression) for expression in expressions]
    except ValueError as error:
        raise NetworkError(
            f"not a polynomial with rational coefficients: {error}",
            "choose a layer value t so that every share is a power of t",
        ) from error
