"""Hyper-dual numbers against exact differences, which know nothing of derivatives.

The loss is quadratic in every single weight, so its central second differences are exact.
"""

from fractions import Fraction
from itertools import chain

import pytest
from hypothesis import given

from verifier.networks.definition import check_depths, loss, output, pathways
from verifier.networks.errors import NetworkError
from verifier.networks.hyperdual import HyperDual, second_derivative, second_derivatives
from verifier.testing import points

from .strategies import SETTINGS


def second_difference(function, point, i, j):
    step = Fraction(1, 2)

    def at(*moves):
        moved = list(point)
        for index, sign in moves:
            moved[index] += sign * step
        return function(moved)

    if i == j:
        return (at((i, 1)) - 2 * at() + at((i, -1))) / step**2
    corners = [(a, b) for a in (1, -1) for b in (1, -1)]
    return sum(a * b * at((i, a), (j, b)) for a, b in corners) / (4 * step**2)


@SETTINGS
@given(points())
def test_second_derivatives_of_the_loss_are_its_exact_second_differences(point):
    depths, weights, target = point
    flat = list(chain(*weights))

    def loss_at(values):
        return loss(pathways(values, depths), target)

    found = second_derivatives(loss_at, flat)
    everywhere = range(len(flat))
    assert found == [
        [second_difference(loss_at, flat, i, j) for j in everywhere] for i in everywhere
    ]


def test_a_direction_sums_the_entries():
    def cubic(p):
        return p[0] * p[0] * p[1] + 5 * p[1] * p[2]

    entries = second_derivatives(cubic, [2, 3, 4])
    assert entries == [[6, 4, 0], [4, 0, 5], [0, 5, 0]]
    assert second_derivative(cubic, [2, 3, 4], [1, 1, 1], [1, 1, 1]) == sum(chain(*entries))


def test_arithmetic_with_plain_numbers_on_either_side():
    x = HyperDual(Fraction(3), 2, 5, 7)
    assert 1 + x == x + 1 == HyperDual(4, 2, 5, 7)
    assert 2 * x == x * 2 == HyperDual(6, 4, 10, 14)
    assert x - 1 == HyperDual(2, 2, 5, 7)
    assert x / 2 == HyperDual(Fraction(3, 2), 1, Fraction(5, 2), Fraction(7, 2))
    assert x * x == HyperDual(9, 12, 30, 2 * 3 * 7 + 2 * 2 * 5)


def test_what_does_not_depend_on_the_point_has_no_derivative():
    assert second_derivatives(lambda p: 4, [1, 2]) == [[0, 0], [0, 0]]


def test_the_definition():
    weights = [[2, 3], [5], [7, 0, 1]]
    assert output(weights) == 11
    assert loss(weights, Fraction(8)) == Fraction(9, 2)
    assert loss(weights, Fraction(14)) == Fraction(9, 2)


@pytest.mark.parametrize("depths", [(), (0,), (2, -1), (1.0,), (True,)])
def test_depths_that_are_no_network(depths):
    with pytest.raises(NetworkError, match=r"\(.*(at least|>= 1)"):
        check_depths(depths)
