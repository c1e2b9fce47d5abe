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
from .errors import DynamicsError
from .numbers import alike

if TYPE_CHECKING:
    from numpy.typing import NDArray

METHOD = "LSODA"  # changes to backward differences where the flow is stiff
RELATIVE = 1e-12
ABSOLUTE = 1e-15
MOST_WEIGHTS = 1000
MOST_CALLS = 100_000  # of the velocity; an ordinary run takes some thousands
POINTS = 400


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
    (end,) = alike([until])
    values = [float(weight) for weight in chain(*weights(depths, state))]
    if end <= 0:
        raise DynamicsError(f"the flow ends at time {until}", "give a time > 0")
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise DynamicsError(f"{points!r} points in time", "ask for an integer >= 2")
    if len(values) > MOST_WEIGHTS:
        raise DynamicsError(
            f"the network has {len(values)} weights, the flow stops at {MOST_WEIGHTS}",
            "take fewer pathways or layers",
        )
    sigma = float(target)
    times, rows = _solve(depths, values, sigma, float(end), points)
    ends = list(accumulate(depths))
    layers = tuple(rows[:, last - depth : last] for last, depth in zip(ends, depths, strict=True))
    return Flow(depths, sigma, times, layers, _layer_drift(layers), _path_drift(layers))


def _solve(
    depths: tuple[int, ...], start: list[float], target: float, until: float, points: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The times, and the weights at each of them."""
    import numpy as np

    try:
        from scipy.integrate import solve_ivp
    except ImportError as error:
        raise DynamicsError(
            "gradient flow needs SciPy, which is not installed",
            "pip install 'pathway-verifier[dynamics]'",
        ) from error

    ends = np.cumsum(depths)
    cuts = [slice(end - depth, end) for end, depth in zip(ends, depths, strict=True)]

    calls = 0

    def velocity(now: float, values: NDArray[Any]) -> NDArray[Any]:
        nonlocal calls
        calls += 1
        if calls > MOST_CALLS:
            raise _gave_up(now)
        residual = target - sum(float(values[cut].prod()) for cut in cuts)
        return residual * np.concatenate([_others(values[cut]) for cut in cuts])

    times = np.linspace(0.0, until, points)
    with np.errstate(over="ignore", invalid="ignore"):
        found = solve_ivp(
            velocity, (0.0, until), start, METHOD, times, rtol=RELATIVE, atol=ABSOLUTE
        )
    if not found.success or not np.isfinite(found.y).all():
        raise _gave_up(found.t[-1] if len(found.t) else 0.0)
    return times, found.y.T


def _gave_up(now: float) -> DynamicsError:
    return DynamicsError(
        f"the solver gave up at time {now:g}",
        "take smaller weights, a smaller target or an earlier end",
    )


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
