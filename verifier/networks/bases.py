"""A network of matrices in other orthogonal bases: the same loss, the layers Q_{l+1} W_l Q_l^T.

Pathway h has a basis Q_{h,l} at each boundary between layers, from the input's to the output's.
All pathways share these two, V and U, and the target is written in them as U M* V^T.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from .errors import NetworkError
from .matrices import Matrix, identity, product, shape, shown, tidy, transpose
from .matrix import MatrixNetwork


def cayley(skew: Matrix) -> Matrix:
    """The orthogonal matrix (1 + A)(1 - A)^-1 of a skew-symmetric matrix A of rationals, exactly.

    >>> half = Fraction(1, 2)
    >>> cayley([[0, -half], [half, 0]])
    [[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]]

    Raises:
        NetworkError: the matrix is not skew-symmetric.
    """
    from flint import fmpq, fmpq_mat

    rows = tidy(skew, "the matrix")
    size = len(rows)
    if transpose(rows) != tuple(tuple(-x for x in row) for row in rows):
        raise NetworkError("the matrix is not skew-symmetric", "give entries with a_ij = -a_ji")

    def matrix(sign: int) -> fmpq_mat:
        entries = [[(i == j) + sign * rows[i][j] for j in range(size)] for i in range(size)]
        return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in entries])

    found = matrix(1) * matrix(-1).inv()
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in found.tolist()]


def in_bases(network: MatrixNetwork, bases: Sequence[Sequence[Matrix]]) -> MatrixNetwork:
    """The network of the layers Q_{l+1} W_l Q_l^T, its target U M* V^T.

    Args:
        network: layers of any sizes, of rational numbers.
        bases: for each pathway the matrices Q_1, ..., Q_{L+1}, orthogonal; the first is V and the
            last U in all pathways.

    Raises:
        NetworkError: a basis is missing, of another size, not orthogonal or not shared.
    """
    if [len(own) for own in bases] != [depth + 1 for depth in network.depths]:
        raise NetworkError(
            f"{[len(own) for own in bases]} bases for pathways of depth {list(network.depths)}",
            "give each pathway one basis more than it has layers",
        )
    tidied = [[tidy(basis, "a basis") for basis in own] for own in bases]
    if any((own[0], own[-1]) != (tidied[0][0], tidied[0][-1]) for own in tidied):
        raise NetworkError("the pathways have other outer bases", "give all of them one V and U")
    pathways = []
    for path, own in zip(network.pathways, tidied, strict=True):
        sizes = [len(path[0][0]), *map(len, path)]
        for basis, size in zip(own, sizes, strict=True):
            if shape(basis) != (size, size):
                raise NetworkError(
                    f"a basis is {shown(basis)}, its boundary has the size {size}",
                    "give square matrices of the sizes that the layers map",
                )
            if product([transpose(basis), basis]) != identity(size, Fraction(1)):
                raise NetworkError("a basis is not orthogonal", "cayley(skew) makes one")
        pathways.append(
            [
                product([above, layer, transpose(below)])
                for layer, (below, above) in zip(path, pairwise(own), strict=True)
            ]
        )
    first, last = tidied[0][0], tidied[0][-1]
    covariance = network.covariance
    if covariance is not None:
        covariance = product([first, covariance, transpose(first)])
    target = product([last, network.target, transpose(first)])
    return replace(network, pathways=pathways, target=target, covariance=covariance)
