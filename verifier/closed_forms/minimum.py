"""The minimum that a reader names: how many pathways, how deep, which targets, how divided."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from typing import TypeVar

from verifier.errors import VerifierError
from verifier.networks.aligned import check_share
from verifier.networks.allocations import Allocation, Split, parse_allocation, parse_rational

MAX_INPUT = 3_000  # bits of a number that is given
MAX_EXPLICIT = 10**6

Value = TypeVar("Value")
Runs = list[tuple[Value, int]]  # a value, and for how many pathways in a row


@dataclass(frozen=True)
class Minimum:
    """The aligned, depth-balanced global minimum of a network of d x d matrices.

    Args:
        paths: the number of pathways.
        depths: their depths, or the one that they have in common.
        targets: the diagonal of M*, d numbers of any sign.
        allocations: how each target is divided, or the one division for all of them.
    """

    paths: int
    depths: tuple[int, ...]
    targets: tuple[Fraction, ...]
    allocations: tuple[Allocation, ...]

    def __post_init__(self) -> None:
        self._one_or("depths", len(self.depths), "pathways", self.paths)
        self._one_or("allocations", len(self.allocations), "targets", len(self.targets))
        numbers = [Fraction(self.paths), *map(Fraction, self.depths), *self.targets]
        numbers += [s for a in self.allocations if isinstance(a, Split) for s in a.given]
        if max(max(n.numerator.bit_length(), n.denominator.bit_length()) for n in numbers) > (
            MAX_INPUT
        ):
            raise VerifierError("a number of very many digits", f"stay below {MAX_INPUT} bits")

    def _one_or(self, name: str, given: int, plural: str, needed: int) -> None:
        if given not in (1, needed):
            raise VerifierError(
                f"{given} {name} for {needed} {plural}", "give one for all, or one for each"
            )

    @property
    def modes(self) -> range:
        """The numbers of the modes, from 1 to d."""
        return range(1, len(self.targets) + 1)

    @property
    def parameters(self) -> int:
        """The number of weights, d^2 sum_h L_h."""
        layers = self.paths * self.depths[0] if len(self.depths) == 1 else sum(self.depths)
        return int(len(self.targets) ** 2 * layers)

    def classes(self) -> Counter[tuple[int, tuple[Fraction, ...]]]:
        """How many pathways have a depth and, mode by mode, certain shares.

        >>> from verifier.networks.allocations import shared, single_path
        >>> pair = Minimum(10**9, (3,), (Fraction(1), Fraction(2)), (single_path, shared(2)))
        >>> for (depth, (first, second)), count in pair.classes().items():
        ...     print(depth, first, second, count)
        3 1 1 1
        3 0 1 1
        3 0 0 999999998

        Raises:
            VerifierError: an allocation does not fit, or a share is negative at even depth.
        """
        depths: Runs[int] = (
            [(self.depths[0], self.paths)] if len(self.depths) == 1 else _runs(self.depths)
        )
        columns = [self._shares(mode) for mode in self.modes]
        counts: Counter[tuple[int, tuple[Fraction, ...]]] = Counter()
        for depth, shares, count in _refined(depths, columns):
            for mode, share in enumerate(shares, start=1):
                self._check(share, depth, mode)
            counts[depth, shares] += count
        return counts

    def explicit(self) -> tuple[list[int], list[list[Fraction]]]:
        """The depth of every pathway, and its share of every mode."""
        if self.parameters > MAX_EXPLICIT:
            raise VerifierError(
                f"the network has {self.parameters} parameters", f"stay below {MAX_EXPLICIT}"
            )
        depths = (
            list(self.depths) if len(self.depths) == self.paths else [*self.depths] * self.paths
        )
        columns = [
            self._allocation(mode).shares(self.paths, self.targets[mode - 1]) for mode in self.modes
        ]
        return depths, [list(row) for row in zip(*columns, strict=True)]

    def _allocation(self, mode: int) -> Allocation:
        return self.allocations[mode - 1 if len(self.allocations) > 1 else 0]

    def _shares(self, mode: int) -> Runs[Fraction]:
        allocation, target = self._allocation(mode), self.targets[mode - 1]
        if isinstance(allocation, Split):
            return _runs(self._of_mode(mode, allocation, target))
        return list(allocation.multiset(self.paths, target).items())

    def _of_mode(self, mode: int, allocation: Allocation, target: Fraction) -> Sequence[Fraction]:
        try:
            return allocation.shares(self.paths, target)
        except VerifierError as error:
            if len(self.targets) == 1:
                raise
            remedy = f"{error.remedy}; a division for each target may be given, in their order"
            raise VerifierError(f"mode {mode}: {error.cause}", remedy) from error

    def _check(self, share: Fraction, depth: int, mode: int) -> None:
        try:
            check_share(share, depth)
        except VerifierError as error:
            raise VerifierError(f"mode {mode}: {error.cause}", error.remedy) from error


def read_minimum(
    paths: int, depth: str, targets: Sequence[str], allocations: Sequence[str]
) -> Minimum:
    """The minimum that texts name: a depth such as `3`, or `3,5` for each pathway its own.

    >>> read_minimum(2, "3,5", ["1", "-1/2"], ["balanced"]).parameters
    32
    """
    depths = [part.strip() for part in depth.split(",")]
    for part in depths:
        if not re.fullmatch("[0-9]{1,900}", part) or int(part) == 0:
            raise VerifierError(f"{part!r} is no depth", "write an integer >= 1, such as 3, or 3,5")
    return Minimum(
        paths,
        tuple(map(int, depths)),
        tuple(map(parse_rational, targets)),
        tuple(map(parse_allocation, allocations)),
    )


def _runs(values: Iterable[Value]) -> Runs[Value]:
    return [(value, len(list(group))) for value, group in groupby(values)]


def _refined(
    depths: Runs[int], columns: Sequence[Runs[Fraction]]
) -> Iterator[tuple[int, tuple[Fraction, ...], int]]:
    """The depth and the shares of some pathways in a row, and how many they are."""
    ends = [list(accumulate(count for _, count in column)) for column in columns]
    own = list(accumulate(count for _, count in depths))
    start = 0
    for stop in sorted(set(own).union(*ends)):
        held = [
            column[bisect_left(places, stop)][0]
            for column, places in zip(columns, ends, strict=True)
        ]
        yield depths[bisect_left(own, stop)][0], tuple(held), stop - start
        start = stop


__all__ = ["Minimum", "read_minimum"]
