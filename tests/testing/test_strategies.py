"""The strategies draw what they say, and shrink to what is simplest."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verifier.testing as testing
from verifier.errors import VerifierError
from verifier.networks import MatrixNetwork, sharpness_at
from verifier.networks.definition import output
from verifier.testing import (
    Point,
    aligned_networks,
    allocations,
    balanced_minima,
    matrix_networks,
    minima,
    pathway_counts,
    points,
    shapes,
    simplest,
    splits,
    step_sizes,
    targets,
    unbalanced_minima,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=60, database=None)


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    for name in testing.__all__:
        assert getattr(testing, name).__doc__
        assert name in dir(testing)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        testing.nothing  # noqa: B018


def test_no_name_is_that_of_a_module() -> None:
    """Otherwise the module would hide the name once it is imported."""
    assert not set(testing.__all__) & {module.name for module in iter_modules(testing.__path__)}


@SETTINGS
@given(st.data(), st.integers(1, 3), st.integers(3, 9))
def test_shapes(data: st.DataObject, smallest: int, layers: int) -> None:
    shape = data.draw(shapes(layers, smallest))
    assert sum(shape) <= layers
    assert min(shape) >= smallest


def test_every_small_shape_is_drawn() -> None:
    found = set()

    @settings(SETTINGS, max_examples=300)
    @given(shapes(layers=3))
    def collect(shape: tuple[int, ...]) -> None:
        found.add(shape)

    collect()
    assert found == {(1,), (2,), (3,), (1, 1), (1, 2), (2, 1), (1, 1, 1)}


@pytest.mark.parametrize(
    ("sign", "allowed"),
    [("positive", {1}), ("negative", {-1}), ("nonzero", {1, -1}), ("any", {1, 0, -1})],
)
def test_targets_have_their_sign_and_every_magnitude(sign: str, allowed: set[int]) -> None:
    found = []

    @settings(SETTINGS, max_examples=300)
    @given(targets(sign))  # type: ignore[arg-type]
    def collect(target: Fraction) -> None:
        found.append(target)

    collect()
    assert {(q > 0) - (q < 0) for q in found} == allowed
    sizes = [abs(q) for q in found if q]
    assert min(sizes) < Fraction(1, 10**30) and max(sizes) > 10**30 and 1 in sizes


@SETTINGS
@given(st.data(), pathway_counts(), targets("any"))
def test_shares_sum_to_the_target_and_lie_in_their_place(
    data: st.DataObject, count: int, target: Fraction
) -> None:
    for place in ("inside", "boundary", "outside", "anywhere"):
        if count == 1 and place in ("boundary", "outside"):
            continue
        shares = data.draw(splits(count, target, place))  # type: ignore[arg-type]
        assert len(shares) == count and sum(shares) == target
        if target:
            signs = {(s / target > 0) - (s / target < 0) for s in shares}
            assert place != "inside" or signs == {1}
            assert place != "boundary" or signs == {1, 0}
            assert place != "outside" or -1 in signs
        elif place != "outside" and place != "anywhere":
            assert set(shares) == {0}


@SETTINGS
@given(st.data(), pathway_counts(), targets("any"))
def test_allocations_divide_the_target(data: st.DataObject, count: int, target: Fraction) -> None:
    assert sum(data.draw(allocations(count, target)).shares(count, target)) == target


@SETTINGS
@given(st.data(), targets())
def test_step_sizes_lie_on_their_side(data: st.DataObject, sharpness: Fraction) -> None:
    largest = 2 / sharpness
    assert 0 < data.draw(step_sizes(sharpness, "below")) < largest
    assert data.draw(step_sizes(sharpness, "at")) == largest
    assert data.draw(step_sizes(sharpness, "above")) > largest
    assert data.draw(step_sizes(sharpness)) > 0


@SETTINGS
@given(minima(), balanced_minima(), unbalanced_minima(), points())
def test_minima_are_minima(
    anywhere: Point, balanced: Point, unbalanced: Point, point: Point
) -> None:
    for minimum in (anywhere, balanced, unbalanced):
        assert output(minimum.weights) == minimum.target
    assert balanced.is_balanced and not unbalanced.is_balanced
    for drawn in (anywhere, balanced, unbalanced, point):
        assert drawn.depths == tuple(map(len, drawn.weights))


@SETTINGS
@given(st.data(), shapes(smallest_depth=2), targets("any"))
def test_minima_take_a_shape_and_a_target(
    data: st.DataObject, shape: tuple[int, ...], target: Fraction
) -> None:
    for kind in (minima, unbalanced_minima):
        found = data.draw(kind(shape, target))
        assert found.depths == shape and found.target == target and found.is_minimum


def test_a_false_belief_about_minima_shrinks_to_the_smallest_network() -> None:
    """Not every minimum is as sharp as the single path, L sigma^(2 - 2/L): here 2."""
    found = simplest(
        minima((2,), target=1), lambda p: sharpness_at(p.weights, p.target) > 2, tries=200
    )
    assert set(found.weights[0]) == {2, Fraction(1, 2)}


@SETTINGS
@given(matrix_networks(minimum=True), matrix_networks(), aligned_networks())
def test_networks_of_matrices(
    minimum: MatrixNetwork, anywhere: MatrixNetwork, aligned: MatrixNetwork
) -> None:
    assert minimum.is_minimum() and aligned.is_minimum()
    for network in (minimum, anywhere, aligned):
        for path in network.pathways:
            assert all(len(below) == len(above[0]) for below, above in pairwise(path))


BAD = {
    "no depth from 0 to 6": lambda: testing.depths(0),
    "no number of pathways from 3 to 2": lambda: pathway_counts(3, 2),
    "no depth from 4 to 3": lambda: shapes(3, 4),
    "one pathway has no split 'outside'": lambda: splits(1, 1, "outside"),
    "no number of pathways from 0": lambda: splits(0),
    "sharpness 0": lambda: step_sizes(0),
    "always balanced": lambda: unbalanced_minima((1, 1)),
    "pathway 2 has depth 0": lambda: minima((1, 0)),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_arguments(message: str) -> None:
    with pytest.raises(VerifierError, match=message):
        BAD[message]()
