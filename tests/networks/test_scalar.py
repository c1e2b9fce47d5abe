"""The SymPy network: what it derives is the derivative of the loss, for every shape."""

from fractions import Fraction
from itertools import chain

import pytest
import sympy
from hypothesis import given

from verifier.networks import NetworkError, ScalarNetwork
from verifier.networks.definition import loss, pathways
from verifier.networks.hyperdual import second_derivatives
from verifier.testing import points

from .strategies import SETTINGS


def test_symbols_are_named_by_pathway_and_layer():
    network = ScalarNetwork((2, 1))
    assert str(network.weights) == "((w_1_1, w_1_2), (w_2_1,))"
    (a, b), (c,) = network.weights
    assert network.output == a * b + c
    sigma = sympy.Symbol("sigma")
    assert sympy.expand(network.loss(sigma) - (a * b + c - sigma) ** 2 / 2) == 0


def test_the_loss_is_half_the_square():
    (weight,) = ScalarNetwork((1,)).weights[0]
    assert ScalarNetwork((1,)).loss(Fraction(1, 2)).subs(weight, 3) == sympy.Rational(25, 8)


@SETTINGS
@given(points())
def test_gradient_and_hessian_anywhere(point):
    depths, weights, target = point
    network = ScalarNetwork(depths)
    flat = list(chain(*weights))
    values = dict(
        zip(
            chain(*network.weights),
            [sympy.Rational(w.numerator, w.denominator) for w in flat],
            strict=True,
        )
    )

    def loss_at(moved):
        return loss(pathways(moved, depths), target)

    hessian = network.hessian(target).xreplace(values)
    assert hessian.tolist() == second_derivatives(loss_at, flat)
    for index, slope in enumerate(network.gradient(target)):
        up, down = list(flat), list(flat)
        up[index] += 1
        down[index] -= 1
        assert slope.xreplace(values) == Fraction(loss_at(up) - loss_at(down)) / 2


@pytest.mark.parametrize("depths", [(), (0,), (2, 0), (2.0,)])
def test_depths_that_are_no_network(depths):
    with pytest.raises(NetworkError, match="pathway"):
        ScalarNetwork(depths)


@pytest.mark.parametrize(
    "target", [0.5, "sigma", sympy.Float(0.5), None, sympy.Symbol("A", commutative=False)]
)
def test_targets_that_are_not_exact(target):
    with pytest.raises(NetworkError, match=r"is not an exact scalar \(give an int"):
        ScalarNetwork((2,)).loss(target)


def test_lists_of_the_wrong_length():
    with pytest.raises(NetworkError, match="2 values for 3 weights"):
        ScalarNetwork((2, 1)).arrange([1, 2])


def test_networks_of_equal_depths_are_equal():
    assert ScalarNetwork([2, 1]) == ScalarNetwork((2, 1))
    assert hash(ScalarNetwork((2, 1))) == hash(ScalarNetwork([2, 1]))
