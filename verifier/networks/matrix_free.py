"""The Hessian of a large matrix network as an operator in float64, and its largest eigenvalues.

Nothing of the size of the Hessian is stored: the gradient of the loss by definition is found by one
sweep up and one down each pathway, and differentiated along a direction in the same two sweeps.
Pathways whose layers have the same sizes move together.  The eigenvalues are those of the Lanczos
method, as ARPACK in SciPy runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import NetworkError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PARAMETERS = 10**6
_SEED = 20260605
_TOLERANCE = 1e-10  # of the residual of an eigenvector; the error of the eigenvalue is smaller


class MatrixFreeHessian:
    """The Hessian of 1/2 |M - M*|^2 at some weights, as a map of vectors.

    A vector lists group after group the entries of the layers from the input on.

    Args:
        groups: for each group of pathways of equal sizes its layers; layer l is an array of shape
            (pathways, n_l, n_{l-1}).
        target: the matrix M*.

    >>> one = MatrixFreeHessian([[np.array([[[2.0]]]), np.array([[[1.0]]])]], np.array([[2.0]]))
    >>> one.times(np.array([1.0, 0.0]))
    array([1., 2.])
    """

    def __init__(
        self, groups: Sequence[Sequence[NDArray[np.float64]]], target: NDArray[np.float64]
    ) -> None:
        self.groups = [[np.asarray(layer, dtype=np.float64) for layer in group] for group in groups]
        self.size = sum(layer.size for group in self.groups for layer in group)
        if self.size > MOST_PARAMETERS:
            raise NetworkError(
                f"the network has {self.size} parameters, the matrix-free Hessian stops at "
                f"{MOST_PARAMETERS}",
                "take fewer pathways, layers or modes",
            )
        for group in self.groups:
            _check_shapes(group, target)
        self._below = [_products(group) for group in self.groups]
        self._error = sum(below[-1].sum(axis=0) for below in self._below) - target

    def times(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """The Hessian times a vector."""
        moves = self._cut(np.asarray(vector, dtype=np.float64).reshape(-1))
        below = [
            _moved_products(group, move, products)
            for group, move, products in zip(self.groups, moves, self._below, strict=True)
        ]
        error = sum(moved[-1].sum(axis=0) for moved in below)
        slopes = [
            _moved_slopes(*found, self._error, error)
            for found in zip(self.groups, moves, self._below, below, strict=True)
        ]
        return np.concatenate([slope.reshape(-1) for group in slopes for slope in group])

    def largest(self, count: int) -> list[float]:
        """The largest eigenvalues, the largest first; of a repeated one not every copy.

        >>> one = MatrixFreeHessian([[np.full((2, 1, 1), 2.0)]], np.array([[4.0]]))
        >>> [round(value, 9) for value in one.largest(1)]
        [2.0]
        """
        try:
            from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh
        except ImportError as error:
            raise NetworkError(
                "the Lanczos method needs SciPy, which is not installed",
                "pip install 'pathway-verifier[dynamics]'",
            ) from error
        operator = LinearOperator((self.size,) * 2, matvec=self.times, dtype=np.float64)
        start = np.random.default_rng(_SEED).standard_normal(self.size)
        if not self.times(start).any():  # no start for ARPACK; a random vector is in no kernel
            return [0.0] * count
        try:
            found = eigsh(
                operator, k=count, which="LA", v0=start, tol=_TOLERANCE, return_eigenvectors=False
            )
        except ArpackError as error:
            raise NetworkError(
                f"the Lanczos method did not converge: {error}", "ask for fewer eigenvalues"
            ) from error
        return sorted(map(float, found), reverse=True)

    def _cut(self, vector: NDArray[np.float64]) -> list[list[NDArray[np.float64]]]:
        if vector.size != self.size:
            raise NetworkError(
                f"a vector of length {vector.size} for {self.size} parameters",
                "give one entry for each weight",
            )
        cut: list[list[Any]] = []
        place = 0
        for group in self.groups:
            cut.append([])
            for layer in group:
                cut[-1].append(vector[place : place + layer.size].reshape(layer.shape))
                place += layer.size
        return cut


def _check_shapes(group: Sequence[NDArray[np.float64]], target: NDArray[np.float64]) -> None:
    sizes = [layer.shape for layer in group]
    fits = bool(sizes) and all(len(size) == 3 and size[0] == sizes[0][0] for size in sizes)
    fits = fits and all(upper[2] == lower[1] for lower, upper in pairwise(sizes))
    if not fits or (sizes[-1][1], sizes[0][2]) != target.shape:
        raise NetworkError(
            f"layers of shapes {sizes} do not multiply to matrices of shape {target.shape}",
            "give layer l the shape (pathways, n_l, n_(l-1))",
        )


def _products(group: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Of the layers up to each one."""
    found = [group[0]]
    for layer in group[1:]:
        found.append(layer @ found[-1])
    return found


def _moved_products(
    group: Sequence[NDArray[np.float64]],
    move: Sequence[NDArray[np.float64]],
    products: Sequence[NDArray[np.float64]],
) -> list[NDArray[np.float64]]:
    """The derivatives of the products along the direction in which the layers move."""
    found = [move[0]]
    for place in range(1, len(group)):
        found.append(move[place] @ products[place - 1] + group[place] @ found[-1])
    return found


def _moved_slopes(
    group: Sequence[NDArray[np.float64]],
    move: Sequence[NDArray[np.float64]],
    below: Sequence[NDArray[np.float64]],
    moved_below: Sequence[NDArray[np.float64]],
    error: NDArray[np.float64],
    moved_error: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    """The derivatives of the gradient A^T (M - M*) B^T; A^T (M - M*) is pulled down the layers."""
    pulled = np.broadcast_to(error, (len(group[0]), *error.shape))
    moved = np.broadcast_to(moved_error, pulled.shape)
    slopes = []
    for place in range(len(group) - 1, 0, -1):
        under, moved_under = _flip(below[place - 1]), _flip(moved_below[place - 1])
        slopes.append(moved @ under + pulled @ moved_under)
        layer, moved_layer = _flip(group[place]), _flip(move[place])
        pulled, moved = layer @ pulled, moved_layer @ pulled + layer @ moved
    return [moved, *reversed(slopes)]


def _flip(layers: NDArray[np.float64]) -> NDArray[np.float64]:
    return layers.transpose(0, 2, 1)
