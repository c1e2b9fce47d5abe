"""What a run did, told from its states alone, whoever computed them.

The last `WINDOW` states are looked at.  The *gap* of period p is the largest change of a layer
value over p steps in the window, the *scale* the largest size of a layer value in it.  In order:

* `diverged`: whoever computed the run says so (`descent.ESCAPE`),
* `converged`: the gap of period 1 is at most `SETTLED` times the scale, and the residual at most
  `RESIDUAL` times |sigma| + sum_h |sigma_h|,
* `cycle`: the gap of period p is at most `SETTLED` times the scale, for a least p from 2 to
  `LONGEST`,
* `chaotic`: no gap of a period up to `LONGEST` is as small as `NEAR` times the scale, and the
  residuals range over the same interval in the first and in the second half of the window: the
  intersection of the two intervals is at least `SAME` of their union,
* `stalled`: the gap of period 1 is at most `CREEPING` times the scale, and yet the residual is more
  than `UNSOLVED` times |sigma| + sum_h |sigma_h|, as on a plateau or at a saddle,
* `moving`: none of these.  The run is on its way, or closing in on a minimum or a cycle slowly.

Apart from this a run has *flipped* if a layer value has changed its sign, and the *split* says
how the sizes |sigma_h|, each summed over the window, divide: `single` if one pathway has at least
`SINGLE` of the whole, `balanced` if every pathway has at least `BALANCED` of the H-th part of it,
otherwise `other`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from .descent import Run, State, shares
from .errors import DynamicsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .batch import Batch

    Array = NDArray[Any]

WINDOW = 128
LONGEST = 16
SETTLED = 1e-9
RESIDUAL = 1e-6
CREEPING = 1e-6
UNSOLVED = 1e-3
NEAR = 1e-2
SAME = 0.75
SINGLE = 0.95
BALANCED = 0.95


class Kind(Enum):
    """What a run did."""

    CONVERGED = "converged"
    CYCLE = "cycle"
    CHAOTIC = "chaotic"
    STALLED = "stalled"
    MOVING = "moving"
    DIVERGED = "diverged"


class Split(Enum):
    """How the pathways divide what they carry."""

    SINGLE = "single"
    BALANCED = "balanced"
    OTHER = "other"


@dataclass(frozen=True)
class Outcome:
    """The kind of a run, the period of its cycle (1: it converged), its split and its signs.

    >>> Outcome(Kind.CYCLE, 2, Split.BALANCED)
    2-cycle, balanced
    >>> Outcome(Kind.DIVERGED, flipped=True)
    diverged, flipped
    """

    kind: Kind
    period: int | None = None
    split: Split | None = None
    flipped: bool = False

    def __repr__(self) -> str:
        kind = f"{self.period}-cycle" if self.kind is Kind.CYCLE else self.kind.value
        split = self.split.value if self.split else ""
        return ", ".join(filter(None, (kind, split, "flipped" if self.flipped else "")))


def outcome(run: Run) -> Outcome:
    """What a run did whose every step was recorded.

    Raises:
        DynamicsError: a step was left out.

    >>> from .descent import descend
    >>> outcome(descend((2,), (0.5,), target=1.0, eta=0.1, steps=300))
    converged, single
    >>> outcome(descend((2,), (0.5,), target=1.0, eta=0.1, steps=30))
    moving, single
    """
    _check_consecutive(run.steps)
    return classify(run.depths, run.target, run.states, run.diverged is not None, flips(run.states))


def outcomes(batch: Batch) -> list[Outcome]:
    """What each run of a batch did, whose last `WINDOW` states were recorded.

    Raises:
        DynamicsError: they were not.
    """
    import numpy as np

    _check_consecutive(batch.recorded[-WINDOW:])
    if len(batch.recorded) < WINDOW:
        raise DynamicsError(
            f"{len(batch.recorded)} states were recorded", f"record the last {WINDOW} steps"
        )
    bounded = ~batch.diverged
    rows = batch.states[-WINDOW:, bounded]
    carried = np.stack([rows[..., h] ** depth for h, depth in enumerate(batch.depths)], axis=-1)
    flipped = np.zeros(len(bounded), bool) if batch.flipped is None else batch.flipped
    judged = _judge(rows, carried, batch.target, flipped[bounded].tolist())
    found = [Outcome(Kind.DIVERGED, flipped=flip) for flip in flipped.tolist()]
    for place, told in zip(np.flatnonzero(bounded).tolist(), judged, strict=True):
        found[place] = told
    return found


def classify(
    depths: Sequence[int],
    target: Any,
    states: Sequence[State],
    diverged: bool = False,
    flipped: bool = False,
) -> Outcome:
    """The outcome that the last of some states show, which follow one another step by step.

    >>> classify((1,), 2, [(1,), (3,)] * 50)
    2-cycle, single
    >>> classify((1, 1), 2, [(1, 1)] * 50)
    converged, balanced
    """
    import numpy as np

    if diverged:
        return Outcome(Kind.DIVERGED, flipped=flipped)
    last = states[-WINDOW:]
    rows = np.array([[tuple(_flat(state))] for state in last], object)
    carried = np.array([[shares(depths, state)] for state in last], object)
    return _judge(rows, carried, target, [flipped])[0]


def flips(states: Iterable[State]) -> bool:
    """Whether a layer value changes its sign from one state to the next.

    >>> flips([(1, 2), (3, 1)]), flips([((1, 2),), ((1, -1),)])
    (False, True)
    """
    return any(
        a * b < 0
        for before, after in pairwise(map(tuple, map(_flat, states)))
        for a, b in zip(before, after, strict=True)
    )


def _flat(state: State) -> Iterable[Any]:
    return chain.from_iterable(state) if isinstance(state[0], tuple) else state


def _check_consecutive(steps: Sequence[int]) -> None:
    if any(later != earlier + 1 for earlier, later in pairwise(steps)):
        raise DynamicsError("steps were left out of the record", "record every step")


def _judge(rows: Array, carried: Array, target: Any, flipped: list[bool]) -> list[Outcome]:
    """The outcomes of n runs from k layer values (k, n, w) and shares (k, n, H) of any kind."""
    scale = abs(rows).max(axis=(0, 2))
    residuals = target - carried.sum(axis=2)
    period = _period(rows, SETTLED * scale)
    size = abs(target) + abs(carried[-1]).sum(axis=1)
    kinds = map(
        _kind,
        period.tolist(),
        (abs(residuals[-1]) <= RESIDUAL * size).tolist(),
        (_stationary(residuals) & (_period(rows, NEAR * scale) == 0)).tolist(),
        ((abs(residuals[-1]) > UNSOLVED * size) & (_period(rows, CREEPING * scale) == 1)).tolist(),
    )
    found = zip(kinds, period.tolist(), _splits(carried), flipped, strict=True)
    return [
        Outcome(kind, after if kind in (Kind.CONVERGED, Kind.CYCLE) else None, split, flip)
        for kind, after, split, flip in found
    ]


def _kind(period: int, solved: bool, chaotic: bool, stalled: bool) -> Kind:
    if period == 1 and solved:
        return Kind.CONVERGED
    if period > 1:
        return Kind.CYCLE
    if chaotic:
        return Kind.CHAOTIC
    return Kind.STALLED if stalled else Kind.MOVING


def _period(rows: Array, most: Array) -> Array:
    """The least period over which no layer value changes by more than `most`; 0: there is none."""
    import numpy as np

    found = np.zeros(rows.shape[1], int)
    for period in range(min(LONGEST, (len(rows) - 1) // 2), 0, -1):  # seen twice at least
        gap = abs(rows[period:] - rows[:-period]).max(axis=(0, 2))
        found[(gap <= most).astype(bool)] = period
    return found


def _stationary(residuals: Array) -> Array:
    """Whether both halves of the window range over the same interval of residuals."""
    import numpy as np

    if len(residuals) < WINDOW:
        return np.zeros(residuals.shape[1], bool)
    first, second = residuals[: WINDOW // 2], residuals[WINDOW // 2 :]
    lower = np.maximum(first.min(axis=0), second.min(axis=0))
    upper = np.minimum(first.max(axis=0), second.max(axis=0))
    whole = residuals.max(axis=0) - residuals.min(axis=0)
    return np.asarray(upper - lower >= SAME * whole, bool)


def _splits(carried: Array) -> list[Split]:
    return [_split(sizes) for sizes in abs(carried).sum(axis=0).tolist()]


def _split(sizes: Sequence[Any]) -> Split:
    """How numbers that are not negative divide.

    >>> [_split(sizes).value for sizes in ([3, 0], [1, 1], [2, 1], [0, 0])]
    ['single', 'balanced', 'other', 'balanced']
    """
    total = sum(sizes)
    if 0 < SINGLE * total <= max(sizes):
        return Split.SINGLE
    return Split.BALANCED if min(sizes) * len(sizes) >= BALANCED * total else Split.OTHER


__all__ = ["Kind", "Outcome", "Split", "classify", "flips", "outcome", "outcomes"]
