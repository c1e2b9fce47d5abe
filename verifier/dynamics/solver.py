"""Differential equations w' = v(w) in float64, through SciPy, or a clear word where it gives up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

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


def solve(
    velocity: Callable[[NDArray[Any]], NDArray[Any]],
    start: Sequence[float] | NDArray[Any],
    until: float,
    points: int = POINTS,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The times, shape (T,), and the weights at each of them, shape (T, number of weights).

    Args:
        velocity: what the weights change by in a unit of time, at given weights.
        start: the weights at time 0.
        until: the last time, > 0.
        points: how many times are reported, equally far apart, both ends included.

    Raises:
        DynamicsError: a number is out of range, SciPy is missing, or the solver gives up.

    >>> times, states = solve(lambda w: -w, [1.0], until=1, points=3)
    >>> times.tolist(), states[:, 0].round(6).tolist()
    ([0.0, 0.5, 1.0], [1.0, 0.606531, 0.367879])
    """
    import numpy as np

    (end,) = (float(time) for time in alike([until]))
    if end <= 0:
        raise DynamicsError(f"the flow ends at time {until}", "give a time > 0")
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise DynamicsError(f"{points!r} points in time", "ask for an integer >= 2")
    if len(start) > MOST_WEIGHTS:
        raise DynamicsError(
            f"the network has {len(start)} weights, the flow stops at {MOST_WEIGHTS}",
            "take fewer pathways or layers",
        )
    try:
        from scipy.integrate import solve_ivp
    except ImportError as error:
        raise DynamicsError(
            "gradient flow needs SciPy, which is not installed",
            "pip install 'pathway-verifier[dynamics]'",
        ) from error
    calls = 0

    def counted(now: float, weights: NDArray[Any]) -> NDArray[Any]:
        nonlocal calls
        calls += 1
        if calls > MOST_CALLS:
            raise _gave_up(now)
        return velocity(weights)

    times = np.linspace(0.0, end, points)
    with np.errstate(over="ignore", invalid="ignore"):
        found = solve_ivp(counted, (0.0, end), start, METHOD, times, rtol=RELATIVE, atol=ABSOLUTE)
    if not found.success or not np.isfinite(found.y).all():
        raise _gave_up(found.t[-1] if len(found.t) else 0.0)
    return times, found.y.T


def _gave_up(now: float) -> DynamicsError:
    return DynamicsError(
        f"the solver gave up at time {now:g}",
        "take smaller weights, a smaller target or an earlier end",
    )


__all__ = ["POINTS", "solve"]
