"""One run of gradient descent on the scalar multi-path network, in any kind of number.

The network is f = sum_h prod_l w_{h,l}, the loss (f - sigma)^2 / 2, and one step maps every
weight to w - eta * (its derivative).  Where all layers of a pathway are equal they stay equal
(theorem `balanced-step`), and one value a pathway is enough: with r = sigma - f,

    w_h  ->  w_h + eta r w_h^(L_h - 1).

With fractions a run is exact, and its numbers grow by a factor of about 2 max L_h - 1 in length
with every step; mpf numbers of a private context bound the rounding of a run in floats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from math import prod
from operator import mul
from typing import Any

from verifier.networks.definition import check_depths

from .errors import DynamicsError
from .numbers import alike, finite

#: For each pathway the value of its layers, or the weights of its layers one by one.
State = tuple[Any, ...]

#: A run has diverged when |r| is more than this many times |sigma| + sum_h |sigma_h| at the start.
ESCAPE = 10**6


@dataclass(frozen=True)
class Run:
    """What a run passed through; every number in it is finite.

    `states[n]` is the state after `steps[n]` steps.  `diverged` is the number of the step that
    left the bound `ESCAPE`, or None; that state and what follows is not in the run.
    """

    depths: tuple[int, ...]
    target: Any
    eta: Any
    steps: tuple[int, ...]
    states: tuple[State, ...]
    diverged: int | None = None

    @property
    def balanced(self) -> bool:
        """Whether a state holds one value for each pathway."""
        return not isinstance(self.states[0][0], tuple)

    @property
    def end(self) -> State:
        """The last state that was recorded."""
        return self.states[-1]

    @cached_property
    def shares(self) -> tuple[tuple[Any, ...], ...]:
        """sigma_h = prod_l w_{h,l} for every pathway, at each recorded step."""
        return tuple(shares(self.depths, state) for state in self.states)

    @cached_property
    def residuals(self) -> tuple[Any, ...]:
        """sigma - sum_h sigma_h at each recorded step."""
        return tuple(self.target - sum(found) for found in self.shares)

    @cached_property
    def losses(self) -> tuple[Any, ...]:
        """Half the square of the residual at each recorded step."""
        return tuple(residual * residual / 2 for residual in self.residuals)


def descend(
    depths: Sequence[int], start: Sequence[Any], target: Any, eta: Any, steps: int, every: int = 1
) -> Run:
    """Gradient descent from a start; a run that diverges ends there and says so.

    Args:
        depths: the number of layers of each pathway.
        start: for each pathway the value of all its layers, or a sequence of its weights.
        target: sigma, of any sign.
        eta: the step size, positive.
        steps: how many steps to take.
        every: record the start, every so many steps, and the last step.

    Raises:
        DynamicsError: a number is not finite, eta <= 0, or the start does not fit the depths.
        NetworkError: the depths are no network.

    >>> from fractions import Fraction
    >>> run = descend((2, 2), (1, Fraction(1, 2)), target=2, eta=Fraction(1, 3), steps=1)
    >>> run.end, run.residuals
    ((Fraction(5, 4), Fraction(5, 8)), (Fraction(3, 4), Fraction(3, 64)))
    >>> descend((3,), ((1.0, 2.0, 3.0),), target=0, eta=1, steps=100).diverged
    2
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
        raise DynamicsError(f"{steps!r} steps", "take a number of steps, 0 or more")
    if isinstance(every, bool) or not isinstance(every, int) or every < 1:
        raise DynamicsError(f"every {every!r} steps", "record every step, or every 10th, or so")
    depths, state, target, eta = settings(depths, start, target, eta)
    numbers, states, number = [], [], 0
    for number, reached in enumerate(islice(trajectory(depths, state, target, eta), steps + 1)):
        if number % every == 0 or number == steps:
            numbers.append(number)
            states.append(reached)
        last = reached
    diverged = None if number == steps else number + 1
    if numbers[-1] != number:
        numbers.append(number)
        states.append(last)
    return Run(depths, target, eta, tuple(numbers), tuple(states), diverged)


def trajectory(
    depths: Sequence[int], start: Sequence[Any], target: Any, eta: Any
) -> Iterator[State]:
    """The states one after another, from the start on; it ends only where the run diverges.

    >>> from itertools import islice
    >>> [state for state, in islice(trajectory((1,), [0], target=1, eta=1), 3)]
    [Fraction(0, 1), Fraction(1, 1), Fraction(1, 1)]

    Raises:
        DynamicsError, NetworkError: as `descend` does.
    """
    depths, state, target, eta = settings(depths, start, target, eta)
    step = _weights_step if isinstance(state[0], tuple) else _balanced_step
    bound = ESCAPE * (abs(target) + sum(map(abs, shares(depths, state))))
    while True:
        yield state
        try:
            state = step(depths, state, target, eta)
            residual = target - sum(shares(depths, state))
        except OverflowError:
            return
        if not finite(residual) or abs(residual) > bound:
            return


def shares(depths: Sequence[int], state: State) -> tuple[Any, ...]:
    """The product of the layers of each pathway.

    >>> shares((2, 3), (3, 2)), shares((2, 3), ((3, 4), (1, 2, 5)))
    ((9, 8), (12, 10))
    """
    if isinstance(state[0], tuple):
        return tuple(prod(layers) for layers in state)
    return tuple(w**depth for w, depth in zip(state, depths, strict=True))


def weights(depths: Sequence[int], state: State) -> tuple[tuple[Any, ...], ...]:
    """Every weight of a state, pathway after pathway.

    >>> weights((2, 1), (3, 5))
    ((3, 3), (5,))
    """
    if isinstance(state[0], tuple):
        return state
    return tuple((w,) * depth for w, depth in zip(state, depths, strict=True))


def layer_values(depths: Sequence[int], shares: Sequence[Any]) -> State:
    """The balanced start whose pathways carry these shares (alpha_h), as floats or mpf.

    Raises:
        DynamicsError: a negative share at even depth, which equal layers cannot carry.

    >>> layer_values((2, 3), (0.25, -8.0))
    (0.5, -2.0)
    """
    if len(shares) != len(depths):
        raise _shape(len(shares), len(depths))
    for share, depth in zip(shares, depths, strict=True):
        if share < 0 and depth % 2 == 0:
            raise DynamicsError(
                f"{depth} equal layers cannot carry the share {share}",
                "take a positive share, an odd depth, or give every weight",
            )
    return tuple(
        -root if share < 0 else root
        for share, root in zip(shares, map(_root, alike(shares), depths), strict=True)
    )


def settings(
    depths: Sequence[int], start: Sequence[Any], target: Any, eta: Any
) -> tuple[tuple[int, ...], State, Any, Any]:
    """What describes a run, checked, with all numbers of one kind.

    Raises:
        DynamicsError, NetworkError: as `descend` does.
    """
    depths = check_depths(depths)
    if len(start) != len(depths):
        raise _shape(len(start), len(depths))
    rows = [isinstance(value, list | tuple) for value in start]
    if any(rows) and not all(rows):
        raise DynamicsError(
            "the start mixes single values and lists of weights",
            "give one value for each pathway, or all weights of each",
        )
    if all(rows):
        for number, (layers, depth) in enumerate(zip(start, depths, strict=True), 1):
            if len(layers) != depth:
                raise DynamicsError(
                    f"pathway {number} has {len(layers)} weights for depth {depth}",
                    "give one weight for each layer",
                )
    flat = [w for layers in start for w in layers] if all(rows) else list(start)
    target, eta, *numbers = alike([target, eta, *flat])
    if eta <= 0:
        raise DynamicsError(f"the step size is {eta}", "take eta > 0")
    if not all(rows):
        return depths, tuple(numbers), target, eta
    rest = iter(numbers)
    return depths, tuple(tuple(next(rest) for _ in range(depth)) for depth in depths), target, eta


def _balanced_step(depths: tuple[int, ...], state: State, target: Any, eta: Any) -> State:
    pull = eta * (target - sum(shares(depths, state)))
    return tuple(w + pull * w ** (depth - 1) for w, depth in zip(state, depths, strict=True))


def _weights_step(depths: tuple[int, ...], state: State, target: Any, eta: Any) -> State:
    pull = eta * (target - sum(shares(depths, state)))
    return tuple(
        tuple(
            w + pull * others for w, others in zip(layers, products_of_others(layers), strict=True)
        )
        for layers in state
    )


def products_of_others(layers: Sequence[Any]) -> list[Any]:
    """For each layer the product of the other layers of its pathway.

    >>> products_of_others([2, 3, 5])
    [15, 10, 6]
    """
    below = accumulate(layers[:-1], mul, initial=1)
    above = list(accumulate(layers[:0:-1], mul, initial=1))[::-1]
    return [a * b for a, b in zip(below, above, strict=True)]


def _root(share: Any, depth: int) -> Any:
    if hasattr(share, "_mpf_"):
        return share.context.root(abs(share), depth)
    return float(abs(share)) ** (1 / depth)


def _shape(given: int, wanted: int) -> DynamicsError:
    return DynamicsError(f"{given} values for {wanted} pathways", "give one value for each pathway")


__all__ = [
    "ESCAPE",
    "Run",
    "State",
    "descend",
    "layer_values",
    "products_of_others",
    "settings",
    "shares",
    "trajectory",
    "weights",
]
