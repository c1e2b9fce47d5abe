"""The scalar network by definition, for any kind of number.

Pathway h has weights w_{h,1}, ..., w_{h,L_h}.  The output is f = sum_h prod_l w_{h,l} and the loss
is half the square of f - sigma.  Everything else in this room is derived from these two functions,
with SymPy symbols, hyper-dual numbers or polynomials in place of the weights.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import prod
from typing import Any

from .errors import NetworkError

Weights = Sequence[Sequence[Any]]


def output(weights: Weights) -> Any:
    """The sum over pathways of the product of their layers.

    >>> output([[2, 3], [5]])
    11
    """
    return sum(prod(path) for path in weights)


def loss(weights: Weights, target: Any) -> Any:
    """Half the square of output - target.

    >>> from fractions import Fraction
    >>> loss([[2, 3], [5]], Fraction(8))
    Fraction(9, 2)
    """
    error = output(weights) - target
    return error * error / 2


def check_depths(depths: Sequence[int]) -> tuple[int, ...]:
    """The depths as a tuple, if they describe a network.

    >>> check_depths([3, 0])
    Traceback (most recent call last):
    ...
    verifier.networks.errors.NetworkError: pathway 2 has depth 0 (a depth is an integer >= 1)
    """
    if len(depths) == 0:
        raise NetworkError("the network has no pathway", "give the depth of at least one pathway")
    for number, depth in enumerate(depths, start=1):
        if isinstance(depth, bool) or not isinstance(depth, int) or depth < 1:
            raise NetworkError(
                f"pathway {number} has depth {depth!r}", "a depth is an integer >= 1"
            )
    return tuple(depths)


def pathways(flat: Sequence[Any], depths: Sequence[int]) -> tuple[tuple[Any, ...], ...]:
    """Weights in one list, cut into pathways of the given depths.

    >>> pathways("abc", (2, 1))
    (('a', 'b'), ('c',))
    """
    rest: Iterator[Any] = iter(flat)
    return tuple(tuple(islice(rest, depth)) for depth in depths)
