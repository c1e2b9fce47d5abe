"""The largest eigenvalue of the Hessian where a run stands, at a minimum or not, in float64."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from .descent import State, products_of_others, shares, weights


def sharpness_at(depths: Sequence[int], state: State, target: Any) -> float:
    """The largest eigenvalue of the Hessian of (f - sigma)^2 / 2; digits: `verifier.networks`.

    The second derivative by two weights is the product of the derivatives of f, minus the residual
    times the second derivative of f, which is 0 for weights of two pathways.

    >>> sharpness_at((2, 2), (1.0, 0.0), 1.0)
    2.0
    """
    import numpy as np

    rows = [[float(w) for w in layers] for layers in weights(depths, state)]
    residual = float(target) - sum(shares(depths, tuple(map(tuple, rows))))
    slopes = np.array(list(chain.from_iterable(map(products_of_others, rows))), float)
    hessian = np.outer(slopes, slopes)
    first = 0
    for layers in rows:
        for l in range(len(layers)):  # noqa: E741
            without = products_of_others(layers[:l] + layers[l + 1 :])
            others = [first + m for m in range(len(layers)) if m != l]
            hessian[first + l, others] -= residual * np.array(without)
        first += len(layers)
    return float(np.linalg.eigvalsh(hessian)[-1])


__all__ = ["sharpness_at"]
