"""The shares of a target: inside the simplex, on its boundary, and outside it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.networks.allocations import Allocation, balanced, shared, single_path, split
from verifier.networks.errors import AllocationError

from .numbers import rationals
from .sizes import pathway_counts

Place = Literal["inside", "boundary", "outside", "anywhere"]
_PARTS = st.integers(1, 12)


def splits(
    pathways: int, target: Fraction | int = 1, place: Place = "anywhere"
) -> SearchStrategy[tuple[Fraction, ...]]:
    """The share of each pathway; they sum to the target exactly.

    `place` is "inside" the simplex, where every share has the target's sign; on its "boundary",
    where some pathway is silent and the others have that sign; "outside", where a share has the
    other sign; or "anywhere".

    >>> from verifier.testing import simplest
    >>> simplest(splits(2, 1, "inside")), simplest(splits(2, 1, "outside"))
    ((Fraction(1, 2), Fraction(1, 2)), (Fraction(2, 1), Fraction(-1, 1)))

    Raises:
        AllocationError: a single pathway has no split there.
    """
    pathway_counts(pathways, pathways)
    if pathways == 1 and place in ("boundary", "outside"):
        raise AllocationError(
            f"one pathway has no split {place!r}", "take two pathways or more, or place='inside'"
        )
    places = {"inside": _inside, "boundary": _boundary, "outside": _outside}
    if place == "anywhere":
        chosen = list(places.values()) if pathways > 1 else [_inside]
        return st.one_of([kind(pathways, Fraction(target)) for kind in chosen])
    return places[place](pathways, Fraction(target))


def allocations(pathways: int, target: Fraction | int = 1) -> SearchStrategy[Allocation]:
    """The allocations by name, and splits of the target.

    >>> from verifier.testing import simplest
    >>> str(simplest(allocations(3), lambda a: 0 not in a.shares(3, 1)))
    'balanced'
    """
    named = st.one_of(
        st.sampled_from([single_path, balanced]), st.builds(shared, st.integers(1, pathways))
    )
    return st.one_of(named, splits(pathways, target).map(lambda shares: split(*shares)))


@st.composite
def _inside(draw: DrawFn, pathways: int, target: Fraction) -> tuple[Fraction, ...]:
    parts = draw(st.lists(_PARTS, min_size=pathways, max_size=pathways))
    return tuple(target * part / sum(parts) for part in parts)


@st.composite
def _boundary(draw: DrawFn, pathways: int, target: Fraction) -> tuple[Fraction, ...]:
    active = draw(st.integers(1, pathways - 1))
    shares = draw(_inside(active, target)) + (Fraction(0),) * (pathways - active)
    return tuple(shares[h] for h in draw(st.permutations(range(pathways))))


@st.composite
def _outside(draw: DrawFn, pathways: int, target: Fraction) -> tuple[Fraction, ...]:
    against = Fraction(draw(_PARTS), draw(_PARTS)) * (1 if target < 0 else -1)
    others = draw(st.lists(rationals(), min_size=pathways - 2, max_size=pathways - 2))
    shares = (target - against - sum(others), against, *others)
    return tuple(shares[h] for h in draw(st.permutations(range(pathways))))
