"""The largest eigenvalue of a symmetric matrix of real balls, with every digit certain.

mpmath proposes an eigenvalue t and its vector v.  The quotient v^T A v / v^T v is never above the
largest eigenvalue, and t + e is above it where (t + e) I - A is positive definite, which an
elimination in balls shows.  Multiple eigenvalues are no obstacle.
"""

from collections.abc import Callable
from typing import Any

from flint import arb, ctx
from mpmath import MPContext

from .errors import NetworkError

Rows = list[list[arb]]
ATTEMPTS = 4


def largest_eigenvalue(rows_at: Callable[[int], Rows], digits: int) -> str:
    """The eigenvalue to some digits; `rows_at` gives the matrix at a precision in bits.

    Digits count from the largest entry where the eigenvalue is smaller than the last of them.

    >>> largest_eigenvalue(lambda bits: [[arb(2), arb(1)], [arb(1), arb(1)]], 20)
    '2.6180339887498948482'

    Raises:
        NetworkError: the precision that was tried does not show the digits.
    """
    bits = 8 * digits + 64
    for _ in range(ATTEMPTS):
        with ctx.workprec(bits):
            found = _enclose(rows_at(bits), digits, bits)
            if found is not None:
                return str(found.str(digits, radius=False))
        bits *= 2
    raise NetworkError(
        f"{digits} digits of the largest eigenvalue are not shown with {bits // 2} bits",
        "ask for fewer digits",
    )


def _enclose(rows: Rows, digits: int, bits: int) -> arb | None:
    """A ball around the eigenvalue, if it is small enough."""
    value, vector = _proposed(rows, bits)
    image = [sum((a * x for a, x in zip(row, vector, strict=True)), arb(0)) for row in rows]
    below = sum((x * y for x, y in zip(vector, image, strict=True)), arb(0)) / sum(
        (x * x for x in vector), arb(0)
    )
    largest = max(abs(entry).upper() for row in rows for entry in row)
    scale = abs(value) + largest * arb(10) ** -digits
    above = value + scale * arb(10) ** -(digits + 2)
    if not _is_positive_definite(rows, above):
        return None
    found = below.lower().union(above.upper())
    return found if found.rad() <= scale * arb(10) ** -(digits + 1) else None


def _proposed(rows: Rows, bits: int) -> tuple[arb, list[arb]]:
    """An eigenvalue near the largest, and a vector near its own; nothing is certain about them."""
    mp: Any = MPContext()
    mp.prec = bits
    middles = [[mp.ldexp(*map(int, entry.mid().man_exp())) for entry in row] for row in rows]
    values, vectors = mp.eigsy(mp.matrix(middles))
    best = max(range(len(rows)), key=lambda i: values[i])
    return _ball(values[best]), [_ball(vectors[i, best]) for i in range(len(rows))]


def _ball(number: Any) -> arb:
    sign, mantissa, exponent, _ = number._mpf_
    return arb((-int(mantissa) if sign else int(mantissa), int(exponent)))


def _is_positive_definite(rows: Rows, shift: arb) -> bool:
    """Whether shift * I - A certainly is: all pivots of the elimination are positive."""
    size = len(rows)
    left = [[(shift if i == j else 0) - rows[i][j] for j in range(size)] for i in range(size)]
    for k in range(size):
        if not left[k][k] > 0:
            return False
        for i in range(k + 1, size):
            factor = left[i][k] / left[k][k]
            for j in range(k + 1, size):
                left[i][j] -= factor * left[k][j]
    return True
