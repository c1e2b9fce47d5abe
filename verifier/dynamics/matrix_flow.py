"""Gradient flow of the matrix network, dW/dt = -(gradient of the loss), its invariants watched.

Neighbouring layers keep W_{l+1}^T W_{l+1} - W_l W_l^T (matrix-conservation); how far the numbers
leave it says how good the numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .matrices import Layers, descent_direction, ends, network, off_diagonal
from .solver import POINTS, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class MatrixFlow:
    """A solution of gradient flow of H pathways of d x d layers, at T times.

    Args:
        target: M*, shape (d, d).
        singular: the singular values of M*, shape (d,), the largest first.
        times: shape (T,), from 0 on.
        layers: for each pathway an array of shape (T, depth, d, d).
        modes: u_i^T Omega_h v_i, shape (T, H, d).
        mixing: the largest |u_i^T Omega_h v_j| with i != j, shape (T,).
        layer_drift: how far W_{l+1}^T W_{l+1} - W_l W_l^T moves, in its largest entry, relative to
            the largest entry of W_l W_l^T.
    """

    target: NDArray[Any]
    singular: NDArray[Any]
    times: NDArray[Any]
    layers: tuple[NDArray[Any], ...]
    modes: NDArray[Any]
    mixing: NDArray[Any]
    layer_drift: float

    @property
    def residual(self) -> NDArray[Any]:
        """sigma_i - sum_h u_i^T Omega_h v_i, shape (T, d)."""
        return np.asarray(self.singular - self.modes.sum(axis=1))


def flow_matrices(layers: Layers, target: Any, until: float, points: int = POINTS) -> MatrixFlow:
    """Solve gradient flow of 1/2 |M - M*|^2 in float64, up to a time.

    Args:
        layers: for each pathway its d x d layers, from the input on.
        target: M*, d x d.
        until: the last time, > 0.
        points: how many times are reported, equally far apart, both ends included.

    Raises:
        DynamicsError: the input describes no flow, SciPy is missing, or the solver gives up.

    >>> from verifier.dynamics.matrices import aligned_start
    >>> goal = [[1, 0], [0, 2]]
    >>> run = flow_matrices(aligned_start([3, 3], [0.02, 0.01], goal), goal, until=50)
    >>> run.modes[-1].round(3).tolist(), run.layer_drift < 1e-9, bool(run.mixing.max() < 1e-9)
    ([[1.822, 0.876], [0.178, 0.124]], True, True)
    """
    goal, weights = network(layers, target)
    shapes = [(len(path), *goal.shape) for path in weights]
    cuts = np.cumsum([np.prod(shape) for shape in shapes])[:-1]

    def paths(state: NDArray[Any]) -> list[list[NDArray[Any]]]:
        parts = np.split(state, cuts)
        return [list(part.reshape(shape)) for part, shape in zip(parts, shapes, strict=True)]

    def velocity(state: NDArray[Any]) -> NDArray[Any]:
        return np.ravel(np.concatenate(descent_direction(paths(state), goal)))

    times, states = solve(velocity, np.ravel(np.concatenate(weights)), until, points)
    left, singular, right = np.linalg.svd(goal)
    turned = np.array([ends(paths(state), left, right) for state in states])
    held = tuple(np.array(path) for path in zip(*map(paths, states), strict=True))
    modes = np.einsum("thii->thi", turned)
    mixing = np.array([off_diagonal(found) for found in turned])
    return MatrixFlow(goal, singular, times, held, modes, mixing, _drift(held))


def _drift(layers: tuple[NDArray[Any], ...]) -> float:
    """How far the conserved matrices move; layers have the shape (T, depth, d, d)."""
    largest, moved = 0.0, 0.0
    for path in layers:
        turned = path.swapaxes(-1, -2)
        outer, inner = path @ turned, turned @ path
        kept = inner[:, 1:] - outer[:, :-1]
        largest = max(largest, float(abs(outer).max()))
        moved = max(moved, float(abs(kept - kept[0]).max(initial=0.0)))
    return moved / (largest or 1.0)


__all__ = ["MatrixFlow", "flow_matrices"]
