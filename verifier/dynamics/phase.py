"""The phase map of equally deep pathways: what each step size makes of each start.

A start gives pathway h the share scale * ratio^(h - 1), balanced over its layers.  While the
residual is positive the largest share grows in proportion to the others (`winner-takes-all`); a run
has *re-balanced* if it converges and the part that the largest share has in the whole is smaller at
the end, by `MARGIN` or more, than at one of the `SAMPLES` states that are looked at on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from verifier.networks.allocations import balanced, single_path

from .batch import Batch, simulate
from .descent import layer_values
from .errors import DynamicsError
from .outcome import WINDOW, Kind, Outcome, Split, outcomes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from verifier.networks.allocations import Allocation

MARGIN = 0.02
SAMPLES = 256  # half of them the first states, the others at equal ratios of the steps
MOST_CELLS = 4_000_000
MOST_PATHS = 64
LARGEST = 1e30  # target, so that no power of a layer value is out of the range of float64


class Regime(Enum):
    """What happens in a cell of the map, and the letter for it; signs come before cycles."""

    WINNER = "winner takes all", "w"
    SHARED = "stays shared", "s"
    REBALANCED = "re-balances", "R"
    TWO_CYCLE = "two-cycle", "2"
    WILD = "longer cycle or chaos", "c"
    FLIPPED = "sign flip", "f"
    DIVERGED = "diverges", "D"
    STALLED = "stalls far from a minimum", "o"
    MOVING = "not settled", "."

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @classmethod
    def of(cls, letter: str) -> Regime:
        """The regime of a letter.

        >>> Regime.of("2").label
        'two-cycle'
        """
        return next(regime for regime in cls if regime.letter == letter)


@dataclass(frozen=True)
class Threshold:
    """A step size that a theorem singles out, and the theorem."""

    name: str
    eta: float
    theorem: str


@dataclass(frozen=True)
class PhaseMap:
    """A regime for each scale (rows) and step size (columns), both in increasing order."""

    paths: int
    depth: int
    target: Fraction
    ratio: float
    steps: int
    etas: tuple[float, ...]
    scales: tuple[float, ...]
    regimes: tuple[tuple[Regime, ...], ...]
    thresholds: tuple[Threshold, ...]


def phase_map(
    paths: int,
    depth: int,
    target: Fraction,
    etas: Sequence[float],
    scales: Sequence[float],
    ratio: float,
    steps: int,
    progress: Callable[[str], object] = lambda row: None,
    done: dict[str, str] | None = None,
) -> PhaseMap:
    """Simulate every cell; the cost grows linearly in their number and in the steps.

    Args:
        paths: the number of pathways, H.
        depth: the layers of each, L.
        target: sigma, positive.
        etas: the step sizes.
        scales: the shares of the first pathway at the start.
        ratio: what every further pathway carries at the start, relative to the one before.
        steps: how many steps to take.
        progress: is called with the name of each row of cells when it is done.
        done: rows that are done, in letters by their number from "0" on; the others are added.

    Raises:
        DynamicsError: a number is out of range.
    """
    limits = thresholds(paths, depth, target)
    most = largest_start(paths, target, ratio)
    if steps < WINDOW:
        raise DynamicsError(f"{steps} steps", f"take at least {WINDOW}")
    if not 0 < len(etas) * len(scales) <= MOST_CELLS:
        raise DynamicsError(f"{len(etas)} x {len(scales)} cells", f"take 1 to {MOST_CELLS}")
    if not 0 < min(scales) <= max(scales) <= most:
        raise DynamicsError(
            "a start is not between 0 and the target",
            f"give the first pathway a share above 0 and up to {most:.3g}",
        )
    depths, sigma = (depth,) * paths, float(target)
    done, record = {} if done is None else done, _record(steps)
    for row, scale in enumerate(scales):
        if str(row) not in done:
            start = layer_values(depths, [scale * ratio**h for h in range(paths)])
            starts, sizes = [start] * len(etas), list(etas)
            batch = simulate(depths, starts, sigma, sizes, steps, record=record, signs=True)
            told = map(_regime, outcomes(batch), _fallen(batch).tolist())
            done[str(row)] = "".join(regime.letter for regime in told)
        progress(f"start {scale:.3g}")
    regimes = tuple(tuple(map(Regime.of, done[str(row)])) for row in range(len(scales)))
    return PhaseMap(
        paths,
        depth,
        target,
        ratio,
        steps,
        tuple(etas),
        tuple(scales),
        regimes,
        limits,
    )


def largest_start(paths: int, target: Fraction, ratio: float) -> float:
    """The share of the first pathway with which all of them carry the target at the start.

    >>> largest_start(2, Fraction(3), 0.5)
    2.0

    Raises:
        DynamicsError: there are too many pathways, or the ratio is out of range.
    """
    if not 1 <= paths <= MOST_PATHS:
        raise DynamicsError(f"{paths} pathways", f"take 1 to {MOST_PATHS}")
    if not 0 < ratio <= 1:
        raise DynamicsError(f"the ratio is {ratio}", "take a ratio in (0, 1]")
    return float(target) / sum(ratio**h for h in range(paths))


def thresholds(paths: int, depth: int, target: Fraction) -> tuple[Threshold, ...]:
    """The step sizes at which the theorems say that something changes, the smallest first.

    A single path is stable below 2/S_1, the balanced minimum below 2/S_H; up to eta_WCR every
    overshoot of a single path is back one step later.

    >>> [(t.name, round(t.eta, 6)) for t in thresholds(4, 4, Fraction(1))]
    [('2/S_1', 0.5), ('eta_WCR', 0.994645), ('2/S_H', 1.0)]

    Raises:
        VerifierError: the target is not positive, or the numbers are out of reach.
    """
    from verifier.closed_forms.return_threshold import return_threshold
    from verifier.closed_forms.sharpness import sharpness

    if not 0 < target <= LARGEST:
        raise DynamicsError(f"the target is {target}", f"take a positive target up to {LARGEST:g}")

    def critical(allocation: Allocation) -> float:
        return 2 / float(sharpness(allocation, paths, depth, target, digits=20).digits)

    single, shared = critical(single_path), critical(balanced)
    if single == shared:
        found = [Threshold("2/S_1 = 2/S_H", single, "stability-window")]
    else:
        found = [
            Threshold("2/S_1", single, "stability-window"),
            Threshold("2/S_H", shared, "stability-window"),
        ]
    if depth >= 2:
        gamma = float(return_threshold(depth, digits=20).gamma)
        found.append(Threshold("eta_WCR", gamma / 2 * single, "worst-case-return"))
    return tuple(sorted(found, key=lambda threshold: threshold.eta))


def _record(steps: int) -> list[int]:
    """The steps of the samples, and of the window from which outcomes are told."""
    half = SAMPLES // 2
    samples = {round((steps / half) ** (n / half) * half) for n in range(half + 1)}
    return sorted({*range(min(half, steps)), *samples, *range(steps - WINDOW + 1, steps + 1)})


def _fallen(batch: Batch) -> NDArray[np.bool_]:
    """Where the part of the largest share in the whole is smaller at the end than before."""
    import numpy as np

    with np.errstate(all="ignore"):  # of runs that diverge
        carried = np.abs(batch.states) ** batch.depths[0]
        part: NDArray[np.float64] = carried.max(axis=2) / carried.sum(axis=2)
        fallen: NDArray[np.bool_] = part[-1] < part.max(axis=0) - MARGIN
    return fallen


def _regime(told: Outcome, rebalanced: bool) -> Regime:
    if told.kind is Kind.DIVERGED:
        return Regime.DIVERGED
    if told.flipped:
        return Regime.FLIPPED
    if told.kind is Kind.CONVERGED:
        if rebalanced:
            return Regime.REBALANCED
        return Regime.WINNER if told.split is Split.SINGLE else Regime.SHARED
    if told.kind in (Kind.STALLED, Kind.MOVING):
        return Regime.STALLED if told.kind is Kind.STALLED else Regime.MOVING
    return Regime.TWO_CYCLE if told.period == 2 else Regime.WILD


__all__ = ["PhaseMap", "Regime", "Threshold", "largest_start", "phase_map", "thresholds"]
