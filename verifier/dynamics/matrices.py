"""Gradient descent on the matrix network in float64, mode by mode, beside the scalar recursion.

Omega_h is the product of the layers of pathway h, M* = U diag(sigma) V^T the target, and mode i of
pathway h is u_i^T Omega_h v_i.  From an aligned start the modes never mix (invariant-manifold), and
each runs like the scalar network of its sigma_i.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from verifier.networks.definition import check_depths

from .descent import layer_values
from .errors import DynamicsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Layers = Sequence[Sequence[Any]]
MOST_NUMBERS = 10**7  # that a run keeps


@dataclass(frozen=True)
class MatrixRun:
    """What gradient descent did to a matrix network.

    Args:
        target: M*, shape (d, d).
        singular: the singular values of M*, shape (d,), the largest first.
        modes: u_i^T Omega_h v_i after every step, shape (steps + 1, H, d).
        mixing: the largest |u_i^T Omega_h v_j| with i != j, shape (steps + 1,).
        layers: the layers of each pathway after the last step.
    """

    target: NDArray[Any]
    singular: NDArray[Any]
    modes: NDArray[Any]
    mixing: NDArray[Any]
    layers: tuple[tuple[NDArray[Any], ...], ...]

    @property
    def residual(self) -> NDArray[Any]:
        """sigma_i - sum_h u_i^T Omega_h v_i after every step, shape (steps + 1, d)."""
        return np.asarray(self.singular - self.modes.sum(axis=1))


def aligned_start(
    depths: Sequence[int], shares: Sequence[float], target: Any
) -> list[list[NDArray[Any]]]:
    """Layers shares_h^(1/L_h) I, the last one turned by U V^T: depth-balanced, aligned with M*.

    Where M* is symmetric and has no negative eigenvalue U V^T is the identity: the start of the
    source paper.

    >>> aligned_start([2], [0.25], [[2, 0], [0, 1]])[0][1].tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    """
    goal = _target(target)
    values = layer_values(check_depths(depths), [float(share) for share in shares])
    left, _, right = np.linalg.svd(goal)
    identity = np.eye(len(goal))
    return [
        [value * factor for factor in [identity] * (depth - 1) + [left @ right]]
        for depth, value in zip(depths, values, strict=True)
    ]


def descend_matrices(layers: Layers, target: Any, eta: float, steps: int) -> MatrixRun:
    """Run gradient descent on 1/2 |M - M*|^2.

    Args:
        layers: for each pathway its d x d layers, from the input on.
        target: M*, d x d.
        eta: the step size, > 0.
        steps: how many steps, >= 0.

    Raises:
        DynamicsError: the input describes no run, or a weight leaves float64.

    >>> run = descend_matrices(aligned_start([3, 3], [0.002, 0.001], [[1, 0], [0, 2]]),
    ...               [[1, 0], [0, 2]], eta=0.1, steps=1000)
    >>> run.modes[-1].round(3).tolist(), bool(run.mixing.max() < 1e-12)
    ([[1.95, 0.963], [0.05, 0.037]], True)
    """
    goal, weights = network(layers, target)
    if not 0 < eta < float("inf"):
        raise DynamicsError(f"the step size is {eta!r}", "give a finite step size > 0")
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
        raise DynamicsError(f"cannot take {steps!r} steps", "give an integer >= 0")
    if (steps + 1) * len(weights) * len(goal) > MOST_NUMBERS:
        raise DynamicsError(f"a run of {steps} steps is too long to keep", "take fewer steps")
    left, singular, right = np.linalg.svd(goal)
    modes, mixing = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps + 1):
            turned = ends(weights, left, right)
            if not np.isfinite(turned).all():
                raise DynamicsError(
                    f"a weight leaves the range of float64 at step {step}: the run diverges",
                    "take a smaller step size or a smaller start",
                )
            modes.append(np.einsum("hii->hi", turned))
            mixing.append(off_diagonal(turned))
            if step < steps:
                slopes = descent_direction(weights, goal)
                weights = [
                    [layer + eta * slope for layer, slope in zip(*pair, strict=True)]
                    for pair in zip(weights, slopes, strict=True)
                ]
    held = tuple(tuple(path) for path in weights)
    return MatrixRun(goal, singular, np.array(modes), np.array(mixing), held)


def network(layers: Layers, target: Any) -> tuple[NDArray[Any], list[list[NDArray[Any]]]]:
    """The target and the layers of each pathway as arrays in float64.

    Raises:
        DynamicsError: a shape does not fit, or a number is not finite.
    """
    goal = _target(target)
    weights = [[_square(layer, len(goal), h) for layer in path] for h, path in enumerate(layers, 1)]
    check_depths([len(path) for path in weights])
    return goal, weights


def ends(weights: Layers, left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """U^T Omega_h V for each pathway, shape (H, d, d)."""
    return np.array([left.T @ _products(path)[-1] @ right.T for path in weights])


def off_diagonal(turned: NDArray[Any]) -> float:
    """The largest entry, in size, that is not on a diagonal; shape (..., d, d)."""
    return float(abs(turned * (1 - np.eye(turned.shape[-1]))).max())


def descent_direction(weights: Layers, goal: NDArray[Any]) -> list[list[NDArray[Any]]]:
    """Minus the gradient: (W_L ... W_{l+1})^T (M* - M) (W_{l-1} ... W_1)^T for each layer.

    >>> [slope.tolist() for slope in descent_direction([[np.eye(1), 2 * np.eye(1)]], np.eye(1))[0]]
    [[[-2.0]], [[-1.0]]]
    """
    below = [_products(path) for path in weights]
    residual = goal - sum(products[-1] for products in below)
    found = []
    for path, products in zip(weights, below, strict=True):
        slopes, carried = [], residual
        for layer, before in zip(reversed(path), reversed(products[:-1]), strict=True):
            slopes.append(carried @ before.T)
            carried = layer.T @ carried
        found.append(slopes[::-1])
    return found


def _products(path: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """The identity, W_1, W_2 W_1, and so on."""
    products = [np.eye(len(path[0]))]
    for layer in path:
        products.append(layer @ products[-1])
    return products


def _target(target: Any) -> NDArray[Any]:
    try:
        goal = np.array(target, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DynamicsError("the target is no matrix of numbers", "give d rows of d") from error
    if goal.ndim != 2 or goal.shape[0] != goal.shape[1] or goal.size == 0:
        raise DynamicsError(f"the target has the shape {goal.shape}", "give a d x d matrix")
    if not np.isfinite(goal).all():
        raise DynamicsError("an entry of the target is not finite", "give finite numbers")
    return goal


def _square(layer: Any, size: int, h: int) -> NDArray[Any]:
    held = np.array(layer, dtype=np.float64)
    if held.shape != (size, size):
        raise DynamicsError(
            f"a layer of pathway {h} has the shape {held.shape}", f"give a {size} x {size} matrix"
        )
    if not np.isfinite(held).all():
        raise DynamicsError(f"a layer of pathway {h} is not finite", "give finite numbers")
    return held


__all__ = [
    "MatrixRun", "aligned_start", "descend_matrices", "descent_direction", "ends", "network",
    "off_diagonal",
]  # fmt: skip
