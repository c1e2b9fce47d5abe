"""The sharpness of a network of matrices of given rational numbers, proved from its exact Hessian.

The largest eigenvalue S comes from the characteristic polynomial.  Elimination writes
S |V|^2 - V^T (Hessian) V as a sum of squares with positive coefficients, which the kernel adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from verifier.engines.counterexample.rational import MAX_WEIGHTS, Evaluator, NotRational
from verifier.engines.counterexample.spectra import largest_eigenvalue
from verifier.engines.entries import NoEntry, network
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.kernel.rules.matrices import hessian_form, inner
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, member
from verifier.statements.terms import INTEGER, REAL, Apply, Number, Symbol, Term
from verifier.statements.vocabulary import Iverson

V, t = Symbol("V", REAL, 4), Symbol("t", REAL)
INDICES = tuple(Symbol(name, INTEGER) for name in "hlab")
Place = tuple[int, int, int, int]


def is_closed(node: Apply) -> bool:
    """Whether it is the sharpness of matrices in which no variable is left."""
    return node.head == "sharpness" and node.args[0].head == "matrices" and not node.free


def value(node: Apply) -> Number:
    """The sharpness, where that and the matrices are rational.

    Raises:
        Refused: it is not, or the matrices are large.
    """
    try:
        return Number(Evaluator({})(node))
    except NotRational as error:
        raise Refused(f"{node!r} is not found in rational numbers") from error


def search(node: Apply) -> Proved:
    """A proof of `node == S`.

    Raises:
        Refused: there is none, as the sharpness or an entry is not rational.
    """
    hessian, places = _hessian(node)
    try:
        largest = largest_eigenvalue(hessian)
    except NotRational as error:
        raise Refused(f"{node!r} is not rational") from error
    gap = shifted(hessian, largest)
    vector = table(INDICES, places, null_vector(gap))
    allocation, pathways, depth, target = node.args
    layers, width = allocation.args
    value = Number(largest)

    def form(v: Term) -> Term:
        return hessian_form(layers, v, pathways, depth, target, width, t)

    def norm(v: Term) -> Term:
        return inner(v, v, pathways, depth, width)

    found = list(squares(V, gap, places))
    bound = prove(
        "combination",
        Statement(form(V) <= value * norm(V), (t == 0,)),
        tuple(prove("arithmetic", Statement(Number(0) <= root**2)) for _, root in found),
        multipliers=tuple(Number(factor) for factor, _ in found),
    )
    attained = prove("arithmetic", Statement(form(vector) == value * norm(vector), (t == 0,)))
    nonzero = prove("arithmetic", Statement(norm(vector) > 0, (t == 0,)))
    premises = bound, attained, nonzero
    claim = Statement(node == value)
    return prove("matrix_sharpness", claim, premises, vector=vector, direction=V, by=t)


def _hessian(node: Apply) -> tuple[Any, list[Place]]:
    evaluate = Evaluator({})
    try:
        net = network(node.args, evaluate.whole, evaluate.at, MAX_WEIGHTS)
    except (NoEntry, NotRational) as error:
        raise Refused(f"{node!r} is no small network of rational numbers") from error
    size = len(net.target)
    places = [
        (h, l, a, b)
        for h, depth in enumerate(net.depths, 1)
        for l, a, b in product(range(1, depth + 1), range(1, size + 1), range(1, size + 1))  # noqa: E741
    ]
    return net.exact_hessian(), places


def shifted(hessian: Any, largest: Fraction) -> Any:
    """The matrix S - Hessian, which is positive semidefinite."""
    from flint import fmpq, fmpq_mat

    size = hessian.nrows()
    shift = fmpq(largest.numerator, largest.denominator)
    return fmpq_mat([[shift * (i == j) - hessian[i, j] for j in range(size)] for i in range(size)])


def null_vector(matrix: Any) -> list[Fraction]:
    """A vector that the matrix maps to zero."""
    whole, _ = matrix.numer_denom()
    basis, _ = whole.nullspace()
    return [Fraction(int(basis[row, 0])) for row in range(matrix.nrows())]


def squares(
    family: Symbol, matrix: Any, places: Sequence[tuple[int, ...]]
) -> Iterator[tuple[Fraction, Term]]:
    """The quadratic form of a positive semidefinite matrix as factors and what they multiply."""
    size = matrix.nrows()
    rows = [[_fraction(matrix[i, j]) for j in range(size)] for i in range(size)]
    for k in range(size):
        own, pivot = rows[k], rows[k][k]
        if not pivot:  # then its row is zero, too
            continue
        root: Term = Number(0)
        for place, entry in zip(places, own, strict=True):
            if entry:
                root = root + Number(entry / pivot) * member(family, tuple(map(Number, place)))
        yield pivot, root
        for i in range(k + 1, size):
            factor = rows[i][k] / pivot
            if factor:
                rows[i] = [x - factor * y for x, y in zip(rows[i], own, strict=True)]


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def table(
    indices: tuple[Symbol, ...], places: Sequence[tuple[int, ...]], entries: list[Fraction]
) -> Term:
    """The vector with these entries."""
    body: Term = Number(0)
    for place, entry in zip(places, entries, strict=True):
        if entry:
            bracket: Term = Number(entry)
            for index, position in zip(indices, place, strict=True):
                bracket = bracket * Iverson(index == position)
            body = body + bracket
    return function(indices, body)


__all__ = ["is_closed", "null_vector", "search", "shifted", "squares", "table", "value"]
