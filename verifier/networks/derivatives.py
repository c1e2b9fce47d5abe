"""Gradient and Hessian of a matrix network, entry by entry.

One rule is used: a product is affine in each entry of each of its factors.  With A the product of
the layers above a layer and B that of the layers below it, the derivative of M by the entry (a, b)
of the layer is column a of A times row b of B.  The tests compare with the loss itself,
differentiated by hyper-dual numbers that know no rule about matrices.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import NetworkError
from .matrices import Matrix, identity, product, transpose

if TYPE_CHECKING:
    from .matrix import MatrixNetwork

MOST_PARAMETERS = 1000


class _Layer(NamedTuple):
    """A layer of a pathway, both counted from 0, with the products above it and below it."""

    pathway: int
    number: int
    above: Matrix
    below: Matrix


class _Derivatives:
    """What first and second derivatives share."""

    def __init__(self, network: MatrixNetwork) -> None:
        self.network = network
        self.one = network.target[0][0] * 0 + 1

    @cached_property
    def error(self) -> Matrix:
        """(M - M*) S."""
        return self.weighted([[-entry for entry in row] for row in self.network.residual])

    def weighted(self, matrix: Matrix) -> Matrix:
        """The matrix times S."""
        covariance = self.network.covariance
        return matrix if covariance is None else product([matrix, covariance])

    def between(self, pathway: int, first: int, last: int) -> Matrix:
        """The product of the layers `first`, ..., `last - 1` of a pathway."""
        layers = self.network.pathways[pathway]
        if first == last:
            size = len(layers[0][0]) if first == 0 else len(layers[first - 1])
            return identity(size, self.one)
        return product(list(reversed(layers[first:last])))

    @cached_property
    def layers(self) -> list[_Layer]:
        return [
            _Layer(h, n, self.between(h, n + 1, depth), self.between(h, 0, n))
            for h, depth in enumerate(self.network.depths)
            for n in range(depth)
        ]

    def pulled(self, upper: _Layer, lower: _Layer) -> Matrix:
        """A^T (M - M*) S B^T, with A above the one layer and B below the other."""
        return product([transpose(upper.above), self.error, transpose(lower.below)])

    def block(self, upper: _Layer, lower: _Layer) -> Matrix:
        """Half the second derivatives of |M - M*|^2 by the entries of two layers, upper not before.

        The first term is the inner product of the derivatives of M; the second, within a pathway,
        that of M - M* with the second derivative A[:, a] C[b, c] B[e, :] of M, where C is the
        product of the layers between.
        """
        left = product([transpose(upper.above), lower.above])
        right = product([self.weighted(upper.below), transpose(lower.below)])
        rows = [[x * y for x in r for y in s] for r in left for s in right]
        if upper.pathway == lower.pathway and upper.number > lower.number:
            outer = self.pulled(upper, lower)
            middle = self.between(upper.pathway, lower.number + 1, upper.number)
            bent = [[x * y for y in s for x in r] for r in outer for s in middle]
            rows = [
                [x + y for x, y in zip(row, other, strict=True)]
                for row, other in zip(rows, bent, strict=True)
            ]
        return rows


def gradient(network: MatrixNetwork) -> tuple[Any, ...]:
    """The first derivatives of the loss: pathway after pathway, layer after layer, row by row."""
    found = _Derivatives(network)
    slopes = (found.pulled(layer, layer) for layer in found.layers)
    return tuple(2 * entry / network.divisor for slope in slopes for row in slope for entry in row)


def hessian(network: MatrixNetwork) -> tuple[tuple[Any, ...], ...]:
    """The second derivatives of the loss, in the order of the gradient."""
    if network.parameters > MOST_PARAMETERS:
        raise NetworkError(
            f"the network has {network.parameters} parameters, the full Hessian stops at "
            f"{MOST_PARAMETERS}",
            "take a smaller network, or the Hessian in `matrix_free`",
        )
    found = _Derivatives(network)
    lower: list[list[Any]] = []
    for place, upper in enumerate(found.layers):
        blocks = [found.block(upper, layer) for layer in found.layers[: place + 1]]
        for k in range(len(blocks[0])):
            lower.append([entry for block in blocks for entry in block[k]])
    size = len(lower)
    return tuple(
        tuple(2 * lower[max(i, j)][min(i, j)] / network.divisor for j in range(size))
        for i in range(size)
    )
