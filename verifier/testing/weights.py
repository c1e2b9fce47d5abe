"""Scalar networks at weights: anywhere, and at minima on and off the depth-balanced set.

All weights are rational and drawn directly.  A minimum has the output that its target says because
one weight is solved for, or because the target is taken to be the output.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.networks.definition import check_depths, output
from verifier.networks.errors import NetworkError

from .numbers import rationals, targets
from .sizes import shapes

Shape = tuple[int, ...]


class Point(NamedTuple):
    """A network at some weights: the depth of each pathway, its layers, and the target sigma.

    >>> Point((2, 1), ((2, 3), (1,)), 7).is_minimum
    True
    """

    depths: Shape
    weights: tuple[tuple[Fraction, ...], ...]
    target: Fraction

    @property
    def is_minimum(self) -> bool:
        """Whether the output is the target, so that the loss is zero."""
        return bool(output(self.weights) == self.target)

    @property
    def is_balanced(self) -> bool:
        """Whether all layers of a pathway have one absolute value, for every pathway."""
        return all(len(set(map(abs, path))) == 1 for path in self.weights)


def points(
    shape: Shape | None = None, target: Fraction | int | None = None
) -> SearchStrategy[Point]:
    """Weights with zeros and both signs, and a target that need not be what they multiply to.

    >>> from verifier.testing import simplest
    >>> simplest(points(), lambda point: not point.is_minimum)
    Point(depths=(1,), weights=((Fraction(0, 1),),), target=Fraction(1, 1))
    """
    return _points(_shapes(shape), rationals() if target is None else st.just(Fraction(target)))


def balanced_minima(shape: Shape | None = None) -> SearchStrategy[Point]:
    """Depth-balanced minima: the layers of a pathway are equal up to signs, and may be 0.

    >>> from verifier.testing import simplest
    >>> simplest(balanced_minima((2, 1)), lambda point: point.target > 1).weights
    ((Fraction(0, 1), Fraction(0, 1)), (Fraction(2, 1),))
    """
    return _balanced_minima(_shapes(shape))


def minima(
    shape: Shape | None = None, target: Fraction | int | None = None
) -> SearchStrategy[Point]:
    """Minima anywhere: weights drawn freely, the last layer of one pathway solved for.

    >>> from verifier.testing import simplest
    >>> simplest(minima((2,), target=6)).weights
    ((Fraction(1, 1), Fraction(6, 1)),)
    """
    return _minima(_shapes(shape), _targets(target))


def unbalanced_minima(
    shape: Shape | None = None, target: Fraction | int | None = None
) -> SearchStrategy[Point]:
    """Minima off the depth-balanced set; a shape must have a pathway of two layers or more.

    >>> from verifier.testing import simplest
    >>> simplest(unbalanced_minima((2,), target=1)).weights
    ((Fraction(2, 1), Fraction(1, 2)),)

    Raises:
        NetworkError: no pathway of the shape has two layers.
    """
    if shape is not None and max(check_depths(shape)) == 1:
        raise NetworkError(
            "a pathway of one layer is always balanced", "give a pathway of two layers or more"
        )
    chosen = shapes(smallest_depth=2) if shape is None else st.just(shape)
    return _minima(chosen, _targets(target)).map(_unbalanced)


@st.composite
def _points(draw: DrawFn, shape: SearchStrategy[Shape], target: SearchStrategy[Fraction]) -> Point:
    depths = draw(shape)
    weights = tuple(tuple(draw(rationals()) for _ in range(depth)) for depth in depths)
    return Point(depths, weights, draw(target))


@st.composite
def _balanced_minima(draw: DrawFn, shape: SearchStrategy[Shape]) -> Point:
    depths = draw(shape)
    weights = tuple(_signed(draw, draw(rationals()), depth) for depth in depths)
    return Point(depths, weights, output(weights))


def _signed(draw: DrawFn, size: Fraction, depth: int) -> tuple[Fraction, ...]:
    return tuple(size * draw(st.sampled_from([1, -1])) for _ in range(depth))


@st.composite
def _minima(draw: DrawFn, shape: SearchStrategy[Shape], target: SearchStrategy[Fraction]) -> Point:
    depths, sigma = draw(shape), draw(target)
    deepest = max(range(len(depths)), key=lambda h: depths[h])
    weights = [
        [draw(_nonzero if h == deepest else rationals()) for _ in range(depth)]
        for h, depth in enumerate(depths)
    ]
    solved = weights[deepest]
    solved[-1] = Fraction(0)
    solved[-1] = (sigma - output(weights)) / prod(solved[:-1])
    return Point(depths, tuple(map(tuple, weights)), sigma)


def _unbalanced(point: Point) -> Point:
    """The point, or where it is balanced the same with a layer doubled and another one halved."""
    if not point.is_balanced:
        return point
    deepest = max(range(len(point.depths)), key=lambda h: point.depths[h])
    first, *between, last = point.weights[deepest]
    weights = list(point.weights)
    weights[deepest] = (2 * first, *between, last / 2)
    return point._replace(weights=tuple(weights))


def _shapes(shape: Shape | None) -> SearchStrategy[Shape]:
    return shapes() if shape is None else st.just(check_depths(shape))


def _targets(target: Fraction | int | None) -> SearchStrategy[Fraction]:
    return targets("any", extremes=False) if target is None else st.just(Fraction(target))


_nonzero = targets("nonzero", extremes=False)
