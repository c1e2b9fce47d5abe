"""Gradient flow of the scalar network, dw/dt = -(gradient of the loss), its invariants watched.

A layer w of pathway h moves at the rate r p_h / w, with r = sigma - f the residual and p_h the
product of its layers.  Two families of quantities are therefore constant, and how far the numbers
leave them says how good the numbers are:

* layer-conservation: w_l^2 - w_k^2 within a pathway;
* path-invariant: between depth-balanced pathways of layers v the difference of their clocks
  v^(2 - L)/(2 - L), log v at L = 2, signed as the share is: each of them runs as fast as r.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import inf
from typing import TYPE_CHECKING, Any

from .descent import settings, weights
from .solver import POINTS, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Flow:
    """A solution of gradient flow, at T times.

    Args:
        depths: the depth of each pathway.
        target: sigma.
        times: shape (T,), from 0 on.
        layers: for each pathway an array of shape (T, depth).
        layer_drift: how far w_l^2 - w_k^2 moves, relative to the largest w^2.
        path_drift: how far the differences of clocks move, relative to the largest clock; None
            where fewer than two pathways are depth-balanced.
    """

    depths: tuple[int, ...]
    target: float
    times: NDArray[Any]
    layers: tuple[NDArray[Any], ...]
    layer_drift: float
    path_drift: float | None

    @property
    def shares(self) -> NDArray[Any]:
        """What each pathway contributes to the output, shape (T, H)."""
        import numpy as np

        return np.stack([path.prod(axis=1) for path in self.layers], axis=1)

    @property
    def residual(self) -> NDArray[Any]:
        """sigma - f, shape (T,)."""
        import numpy as np

        return np.asarray(self.target - self.shares.sum(axis=1))


def flow(
    depths: Sequence[int], start: Sequence[Any], target: Any, until: float, points: int = POINTS
) -> Flow:
    """Solve gradient flow in float64, up to a time.

    Args:
        depths: the number of layers of each pathway.
        start: for each pathway the value of all its layers, or a sequence of its weights.
        target: sigma, of any sign.
        until: the last time, > 0.
        points: how many times are reported, equally far apart, both ends included.

    Raises:
        DynamicsError: the input describes no flow, SciPy is missing, or the solver gives up.
        NetworkError: the depths are no network.

    >>> run = flow((3, 3), (0.2, 0.1), target=1, until=100)
    >>> run.shares[-1].round(3).tolist(), run.layer_drift < 1e-9, run.path_drift < 1e-9
    ([0.995, 0.005], True, True)
    """
    depths, state, target, _ = settings(depths, start, target, 1)
    sigma = float(target)
    ends = list(accumulate(depths))
    cuts = [slice(last - depth, last) for last, depth in zip(ends, depths, strict=True)]

    def velocity(values: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        residual = sigma - sum(float(values[cut].prod()) for cut in cuts)
        return residual * np.concatenate([_others(values[cut]) for cut in cuts])

    values = [float(weight) for weight in chain(*weights(depths, state))]
    times, rows = solve(velocity, values, until, points)
    layers = tuple(rows[:, cut] for cut in cuts)
    return Flow(depths, sigma, times, layers, _layer_drift(layers), _path_drift(layers))


def _others(path: NDArray[Any]) -> NDArray[Any]:
    """For each layer the product of the others.

    >>> import numpy as np
    >>> _others(np.array([2.0, 3.0, 0.0])).tolist()
    [0.0, 0.0, 6.0]
    """
    import numpy as np

    below = np.concatenate([[1.0], path[:-1]]).cumprod()
    above = np.concatenate([[1.0], path[:0:-1]]).cumprod()[::-1]
    return np.asarray(below * above)


def _layer_drift(layers: Sequence[NDArray[Any]]) -> float:
    squares = [path**2 for path in layers]
    largest = max(float(path.max()) for path in squares) or 1.0
    gaps = [path - path[:, :1] for path in squares]
    return max(float(abs(gap - gap[0]).max()) for gap in gaps) / largest


def _path_drift(layers: Sequence[NDArray[Any]]) -> float | None:
    import numpy as np

    clocks = [_clock(path) for path in layers if _balanced(path[0])]
    if len(clocks) < 2:
        return None
    if not np.isfinite(clocks).all():
        return inf
    largest = max(float(abs(clock).max()) for clock in clocks) or 1.0
    passed = [clock - clock[0] for clock in clocks]
    return max(float(abs(clock - passed[0]).max()) for clock in passed) / largest


def _balanced(start: NDArray[Any]) -> bool:
    """Whether the layers are of one size, and not zero."""
    return bool(start[0] != 0 and (abs(start) == abs(start[0])).all())


def _clock(path: NDArray[Any]) -> NDArray[Any]:
    """What runs at the rate r along a depth-balanced pathway."""
    import numpy as np

    depth, size, sign = path.shape[1], abs(path[:, 0]), np.sign(path[0].prod())
    with np.errstate(divide="ignore"):
        clock = np.log(size) if depth == 2 else size ** float(2 - depth) / (2 - depth)
    return np.asarray(sign * clock)


__all__ = ["Flow", "flow"]
