"""Sizes of networks: depths, numbers of pathways, and both at once."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.networks.errors import NetworkError


def depths(smallest: int = 1, largest: int = 6) -> SearchStrategy[int]:
    """The depth L of a pathway.

    >>> from verifier.testing import simplest
    >>> simplest(depths(smallest=2), lambda L: 2 / L < 1)
    3

    Raises:
        NetworkError: there is no depth between the two.
    """
    return _between(smallest, largest, "depth")


def pathway_counts(smallest: int = 1, largest: int = 5) -> SearchStrategy[int]:
    """The number H of pathways.

    >>> from verifier.testing import simplest
    >>> simplest(pathway_counts(), lambda H: H > 1)
    2

    Raises:
        NetworkError: there is no number of pathways between the two.
    """
    return _between(smallest, largest, "number of pathways")


def shapes(layers: int = 8, smallest_depth: int = 1) -> SearchStrategy[tuple[int, ...]]:
    """The depth of every pathway of a network that has at most so many layers in all.

    >>> from verifier.testing import simplest
    >>> simplest(shapes()), simplest(shapes(), lambda shape: len(set(shape)) > 1)
    ((1,), (1, 2))

    Raises:
        NetworkError: the layers do not suffice for one pathway.
    """
    _between(smallest_depth, layers, "depth")
    return _shapes(layers, smallest_depth)


@st.composite
def _shapes(draw: DrawFn, layers: int, smallest: int) -> tuple[int, ...]:
    count = draw(st.integers(1, layers // smallest))
    shape = []
    for later in range(count - 1, -1, -1):
        depth = draw(st.integers(smallest, layers - later * smallest))
        shape.append(depth)
        layers -= depth
    return tuple(shape)


def _between(smallest: int, largest: int, name: str) -> SearchStrategy[int]:
    if not 1 <= smallest <= largest:
        raise NetworkError(
            f"there is no {name} from {smallest} to {largest}", "ask for 1 <= smallest <= largest"
        )
    return st.integers(smallest, largest)
