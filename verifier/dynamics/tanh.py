"""Gradient descent on pathways of matrices with tanh between the layers, in float64.

Pathway h maps an input x to W_L tanh(W_{L-1} ... tanh(W_1 x)), and the loss is half the mean over
the inputs of the squared distance between the sum of the pathways and what is wanted.  The share of
a pathway is the part of the wanted signal that it carries, <output_h, Y>/<Y, Y>.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import DynamicsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pathways = list[list[Any]]


def outputs(pathways: Pathways, inputs: NDArray[Any]) -> list[NDArray[Any]]:
    """What each pathway makes of the inputs, one a column.

    >>> outputs([[np.eye(1), 2 * np.eye(1)]], np.array([[0.0, 10.0]]))[0].round(6).tolist()
    [[0.0, 2.0]]
    """
    return [_activations(path, inputs)[-1] for path in pathways]


def shares(pathways: Pathways, inputs: NDArray[Any], wanted: NDArray[Any]) -> list[float]:
    """The part of the wanted signal that each pathway carries."""
    norm = (wanted * wanted).sum()
    return [float((found * wanted).sum() / norm) for found in outputs(pathways, inputs)]


def loss(pathways: Pathways, inputs: NDArray[Any], wanted: NDArray[Any]) -> float:
    """Half the mean over the inputs of the squared distance from what is wanted."""
    error = sum(outputs(pathways, inputs), start=-wanted)
    return float((error * error).sum() / (2 * inputs.shape[1]))


def gradient(pathways: Pathways, inputs: NDArray[Any], wanted: NDArray[Any]) -> Pathways:
    """The derivative of the loss by every layer, by the chain rule from the output back.

    >>> gradient([[np.array([[3.0]])]], np.array([[2.0]]), np.array([[5.0]]))[0][0].tolist()
    [[2.0]]
    """
    held = [_activations(path, inputs) for path in pathways]
    error = (sum(activations[-1] for activations in held) - wanted) / inputs.shape[1]
    found = []
    for path, activations in zip(pathways, held, strict=True):
        slopes, carried = [], error
        for number in range(len(path) - 1, -1, -1):
            if number < len(path) - 1:
                carried = carried * (1 - activations[number + 1] ** 2)
            slopes.append(carried @ activations[number].T)
            carried = path[number].T @ carried
        found.append(slopes[::-1])
    return found


def descend_tanh(
    pathways: Pathways, inputs: NDArray[Any], wanted: NDArray[Any], eta: float
) -> Iterator[Pathways]:
    """The layers after every step, from the start on.

    Raises:
        DynamicsError: a step size that is not positive, or a weight leaves float64.
    """
    if not 0 < eta < float("inf"):
        raise DynamicsError(f"the step size is {eta!r}", "give a finite step size > 0")
    while True:
        if not all(np.isfinite(layer).all() for path in pathways for layer in path):
            raise DynamicsError("a weight leaves the range of float64", "take a smaller step size")
        yield pathways
        with np.errstate(over="ignore", invalid="ignore"):
            slopes = gradient(pathways, inputs, wanted)
            pathways = [
                [layer - eta * slope for layer, slope in zip(path, found, strict=True)]
                for path, found in zip(pathways, slopes, strict=True)
            ]


def _activations(path: Sequence[NDArray[Any]], inputs: NDArray[Any]) -> list[NDArray[Any]]:
    """The inputs, and what stands behind each layer."""
    found = [inputs]
    for number, layer in enumerate(path, start=1):
        sums = layer @ found[-1]
        found.append(sums if number == len(path) else np.tanh(sums))
    return found


__all__ = ["Pathways", "descend_tanh", "gradient", "loss", "outputs", "shares"]
