"""Matrices as rows of numbers of any kind, with the few operations that a network needs."""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from .errors import NetworkError

Matrix = Sequence[Sequence[Any]]


def product(factors: Sequence[Matrix]) -> Matrix:
    """The product of one matrix or more, multiplied from the right.

    >>> product([[[1, 2]], [[3], [4]]])
    [[11]]
    """
    return reduce(lambda right, left: _times(left, right), reversed(factors))


def _times(left: Matrix, right: Matrix) -> Matrix:
    columns = transpose(right)
    return [
        [sum(map(_multiply, row[1:], column[1:]), row[0] * column[0]) for column in columns]
        for row in left
    ]


def _multiply(a: Any, b: Any) -> Any:
    return a * b


def transpose(matrix: Matrix) -> Matrix:
    """The matrix mirrored at its diagonal.

    >>> transpose([[1, 2]])
    ((1,), (2,))
    """
    return tuple(zip(*matrix, strict=True))


def sum_of(matrices: Sequence[Matrix]) -> Matrix:
    """The sum of one matrix or more, entry by entry."""
    first, *others = matrices
    return [
        [
            sum((other[i][j] for other in others), first[i][j])
            for j in range(len(first[i]))
        ]
        for i in range(len(first))
    ]  # fmt: skip


def subtract(left: Matrix, right: Matrix) -> Matrix:
    """The difference, entry by entry."""
    return [
        [a - b for a, b in zip(row, other, strict=True)]
        for row, other in zip(left, right, strict=True)
    ]


def inner(left: Matrix, right: Matrix) -> Any:
    """The sum of the products of corresponding entries.

    >>> inner([[1, 2]], [[3, 4]])
    11
    """
    first, *others = (
        a * b
        for row, other in zip(left, right, strict=True)
        for a, b in zip(row, other, strict=True)
    )
    return sum(others, first)


def identity(size: int, one: Any = 1) -> Matrix:
    """The identity, its entries of the kind of `one`.

    >>> identity(2)
    [[1, 0], [0, 1]]
    """
    return [[one if i == j else 0 * one for j in range(size)] for i in range(size)]


def shape(matrix: Matrix) -> tuple[int, int]:
    """The numbers of rows and of columns."""
    return len(matrix), len(matrix[0])


def shown(matrix: Matrix) -> str:
    """The size of a matrix, as text.

    >>> shown([[1, 2]])
    '1 x 2'
    """
    return f"{len(matrix)} x {len(matrix[0])}"


def tidy(matrix: Matrix, name: str) -> Matrix:
    """The matrix as tuples of fractions and mpmath numbers, if it is a matrix of such.

    >>> tidy([[1, 2], [3]], "the target")
    Traceback (most recent call last):
    ...
    verifier.networks.errors.NetworkError: the target has rows of 2 and 1 numbers \
(give rows of equal length, at least one)
    """
    rows = [list(row) if isinstance(row, Sequence) else None for row in matrix]
    lengths = [0 if row is None else len(row) for row in rows]
    if not lengths or min(lengths) == 0 or len(set(lengths)) > 1:
        raise NetworkError(
            f"{name} has rows of {' and '.join(map(str, lengths)) or 'no'} numbers",
            "give rows of equal length, at least one",
        )
    return tuple(tuple(_number(entry, name) for entry in row) for row in rows if row is not None)


def _number(value: Any, name: str) -> Any:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if hasattr(value, "_mpf_") and value.context.isfinite(value):
        return value
    raise NetworkError(
        f"{name} has the entry {value!r}", "give an int, a Fraction or a finite mpmath number"
    )


def one_kind(matrices: Sequence[Matrix]) -> list[Matrix]:
    """The matrices with every number in the context of the first mpmath number, if there is one.

    Contexts of mpmath are not to be mixed, and mpmath subtracts no mpmath number from a fraction.
    """
    numbers = (entry for matrix in matrices for row in matrix for entry in row)
    first = next((entry for entry in numbers if hasattr(entry, "_mpf_")), None)
    if first is None:
        return list(matrices)
    convert = first.context.convert
    return [tuple(tuple(map(convert, row)) for row in matrix) for matrix in matrices]
