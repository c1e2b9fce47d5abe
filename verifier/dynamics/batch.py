"""Very many balanced runs of gradient descent at once, in float64, on all cores.

A slice of the runs goes through all its steps before the next one is taken, so that memory does
not grow with the steps unless states are asked for.  What a run does depends neither on the other
runs nor on the number of threads, to the last bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import mul
from threading import Event
from typing import TYPE_CHECKING

from verifier.networks.definition import check_depths

from .descent import ESCAPE
from .errors import DynamicsError
from .kernel import BLOCK, kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_SLICE = 4096  # runs that one thread takes at a time
_CALL = 2_000  # steps after which it looks whether it is to stop


@dataclass(frozen=True, eq=False)
class Batch:
    """What n runs with H pathways came to.

    `ends` (n, H) holds the layer values after the last step; where `diverged` (n,) is true those of
    the first state beyond the bound of `descent.ESCAPE`, infinite where float64 ends.  `flipped`
    (n,) says where a layer value changed its sign, if that was watched.  `states` (k, n, H) holds
    the layer values after the steps `recorded` (k,).
    """

    depths: tuple[int, ...]
    target: float
    etas: Floats
    ends: Floats
    diverged: Flags
    flipped: Flags | None
    recorded: tuple[int, ...]
    states: Floats


def simulate(
    depths: Sequence[int],
    starts: ArrayLike,
    target: float,
    etas: ArrayLike,
    steps: int,
    *,
    record: Sequence[int] = (),
    signs: bool = False,
    threads: int = 0,
    progress: Callable[[int], object] | None = None,
) -> Batch:
    """Gradient descent from n balanced starts; the cost grows linearly in runs and in steps.

    Args:
        depths: the number of layers of each of the H pathways.
        starts: the layer values, of shape (n, H).
        target: sigma, of any sign.
        etas: the step size, or one for each run.
        steps: how many steps to take.
        record: after which steps the states are kept.
        signs: whether to watch for layer values that change their sign.
        threads: how many threads to use; 0: one a core.
        progress: is called with a number of runs whenever so many are done.

    Raises:
        DynamicsError: numba is missing, a number is not finite, eta <= 0, or the shapes disagree.
        NetworkError: the depths are no network.

    >>> simulate((1, 2), [[0.0, 0.5], [2.0, 1.0]], target=1.0, etas=1.0, steps=1).ends
    array([[ 0.75 ,  0.875],
           [ 0.   , -1.   ]])
    """
    import numpy as np

    depths = check_depths(depths)
    start, eta, bound, target = _settings(depths, starts, etas, target)
    for number in (steps, *record):
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= steps:
            raise DynamicsError(f"step {number!r} of {steps!r}", "count steps by integers from 0")
    count, paths = start.shape
    if threads < 0:
        raise DynamicsError(f"{threads} threads", "take 1 or more, or 0 for one a core")
    recorded = tuple(sorted(set(record)))
    ends, states = np.empty((count, paths)), np.empty((len(recorded), count, paths))
    diverged, flipped = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    advance, stop = kernel(depths, signs), Event()
    stops = sorted({*recorded, *range(_CALL, steps, _CALL), steps})

    def run(part: slice) -> int:
        size: int = part.stop - part.start
        rows = np.minimum(np.arange(part.start, part.stop + -size % BLOCK), part.stop - 1)
        w, step, limit = np.ascontiguousarray(start[rows].T), eta[rows], bound[rows]
        lowest, done = np.zeros(w.shape[1]), 0
        for number in stops:
            if stop.is_set():
                return 0
            advance(w, step, limit, target, number - done, lowest)
            done = number
            if number in places:
                states[places[number], part] = w.T[:size]
        ends[part] = w.T[:size]
        with np.errstate(all="ignore"):
            inside = np.abs(target - sum(_shares(depths, w))) <= limit
        diverged[part] = ~inside[:size]
        flipped[part] = lowest[:size] < 0
        return size

    places = {number: place for place, number in enumerate(recorded)}
    workers = threads or os.cpu_count() or 1
    width = min(_SLICE, BLOCK * -(-count // (BLOCK * workers)))
    parts = [slice(first, min(first + width, count)) for first in range(0, count, width)]
    with ThreadPoolExecutor(workers) as pool:
        try:
            for size in pool.map(run, parts):
                if progress is not None:
                    progress(size)
        finally:
            stop.set()
    return Batch(depths, target, eta, ends, diverged, flipped if signs else None, recorded, states)


def _settings(
    depths: tuple[int, ...], starts: ArrayLike, etas: ArrayLike, target: float
) -> tuple[Floats, Floats, Floats, float]:
    import numpy as np

    try:
        start, eta = np.asarray(starts, np.float64), np.asarray(etas, np.float64)
        sigma = float(target)
    except (TypeError, ValueError, OverflowError) as error:
        raise DynamicsError(f"the settings are no numbers: {error}", "give floats") from error
    if start.ndim != 2 or start.shape[1] != len(depths) or not len(start):
        raise DynamicsError(
            f"the starts have the shape {start.shape}",
            f"give one row or more of {len(depths)} layer values",
        )
    if eta.shape not in ((), (len(start),)):
        raise DynamicsError(
            f"the step sizes have the shape {eta.shape}", "give one, or one for each start"
        )
    with np.errstate(over="ignore"):
        bound = ESCAPE * sum(map(np.abs, _shares(depths, start.T)), np.full(len(start), abs(sigma)))
    for what, numbers in (("start", start), ("step size", eta), ("bound of the run", bound)):
        if not np.isfinite(numbers).all():
            raise DynamicsError(f"a {what} is not finite", "give numbers that float64 can hold")
    if not (eta > 0).all():
        raise DynamicsError(f"a step size is {eta.min()}", "take eta > 0")
    return start, np.broadcast_to(eta, len(start)).copy(), bound, sigma


def _shares(depths: tuple[int, ...], w: Floats) -> Iterator[Floats]:
    """The shares of the runs in the columns, pathway after pathway; NumPy's powers are slow."""
    return (reduce(mul, repeat(row, depth)) for row, depth in zip(w, depths, strict=True))


__all__ = ["Batch", "simulate"]
