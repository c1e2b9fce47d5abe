"""The step of a batch, compiled for given depths: a block of runs stays in the first-level cache.

The runs of a block lie beside one another in memory, and the innermost loop runs over them, so
that the compiler makes vector instructions of it.  Depths and number of pathways are constants of
the compiled code: loops over them are unrolled, and a power costs about log2 L multiplications.
Each run is computed by the same instructions whatever its neighbours and threads are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .errors import DynamicsError

BLOCK = 32  # runs side by side; a multiple of every vector length

KEPT = 5  # depths from which a power is kept in the cache, not computed a second time

Kernel = Callable[[Any, Any, Any, float, int, Any], None]


@lru_cache
def kernel(depths: tuple[int, ...], signs: bool) -> Kernel:
    """The compiled steps: `(w, eta, bound, target, steps, lowest)` changes `w` in place.

    `w` has the shape (H, m) and `eta`, `bound` and `lowest` the shape (m,), with m a multiple of
    `BLOCK`.  A run whose residual is beyond its bound stays where it is.  With `signs`, `lowest`
    becomes negative where a layer value changes its sign.

    Raises:
        DynamicsError: numba is not installed.
    """
    try:
        import numba
        import numpy as np
    except ImportError as error:
        raise DynamicsError(
            "a batch of runs needs numba", 'pip install "pathway-verifier[dynamics]"'
        ) from error

    paths = len(depths)
    exponents = tuple(depth - 1 for depth in depths)
    keep = max(depths) >= KEPT

    def integer_power(x: float, exponent: int) -> float:
        result = 1.0
        while exponent:
            if exponent & 1:
                result *= x
            x *= x
            exponent >>= 1
        return result

    power = numba.njit(integer_power, inline="always")

    def run(w: Any, eta: Any, bound: Any, target: float, steps: int, lowest: Any) -> None:
        here, slopes = np.empty((paths, BLOCK)), np.empty((paths, BLOCK))
        for first in range(0, w.shape[1], BLOCK):
            here[:] = w[:, first : first + BLOCK]
            step = eta[first : first + BLOCK].copy()
            limit = bound[first : first + BLOCK].copy()
            low = lowest[first : first + BLOCK].copy()
            for _ in range(steps):
                for j in range(BLOCK):
                    residual = target
                    for h in range(paths):
                        slope = power(here[h, j], exponents[h])
                        residual -= slope * here[h, j]
                        if keep:
                            slopes[h, j] = slope
                    inside = abs(residual) <= limit[j]
                    pull = step[j] * residual
                    for h in range(paths):
                        before = here[h, j]
                        slope = slopes[h, j] if keep else power(before, exponents[h])
                        after = before + pull * slope if inside else before
                        if signs:
                            low[j] = min(low[j], before * after)
                        here[h, j] = after
            w[:, first : first + BLOCK] = here
            lowest[first : first + BLOCK] = low

    # contracting to fused operations is the same for every run of a block; nothing is reordered
    compiled: Kernel = numba.njit(run, nogil=True, error_model="numpy", fastmath={"contract"})
    return compiled


__all__ = ["BLOCK", "Kernel", "kernel"]
