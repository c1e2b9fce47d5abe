"""Exact spectra against the loss itself, and against what the mathematics says they are."""

from fractions import Fraction
from itertools import chain, product

import pytest
import sympy
from flint import fmpq, fmpq_mat
from hypothesis import given
from sympy.abc import r, t

from verifier.networks import (
    NetworkError,
    ScalarNetwork,
    eigenvalues_above,
    exact_hessian,
    exact_spectrum,
    is_eigenpair,
    symbolic_eigenpair,
)
from verifier.networks.definition import loss, pathways
from verifier.networks.hyperdual import second_derivatives
from verifier.testing import points

from .strategies import SETTINGS

SIZES = [(paths, depth) for paths in range(1, 25) for depth in range(1, 24 // paths + 1)]


def rational(number):
    return fmpq(number.numerator, number.denominator)


def equal_paths(active, paths, depth, layer):
    return [[layer] * depth] * active + [[0] * depth] * (paths - active)


def spectrum_at(weights, target):
    network = ScalarNetwork(tuple(map(len, weights)))
    return exact_spectrum(exact_hessian(network, weights, target))


@SETTINGS
@given(points())
def test_the_hessian_is_that_of_the_loss(point):
    depths, weights, target = point
    found = exact_hessian(ScalarNetwork(depths), weights, target)
    expected = second_derivatives(
        lambda flat: loss(pathways(flat, depths), target), list(chain(*weights))
    )
    assert found == fmpq_mat([[rational(entry) for entry in row] for row in expected])


def test_equal_shares_at_every_small_size():
    """`shared-k`: with layers t the share is t^L, and L k t^(2L-2) is the only eigenvalue but 0."""
    assert len(SIZES) == 84
    layer = Fraction(3, 2)
    for paths, depth in SIZES:
        for active in range(1, paths + 1):
            weights = equal_paths(active, paths, depth, layer)
            top = paths if depth == 1 else active * depth * layer ** (2 * depth - 2)
            zeros = [(0, paths * depth - 1)] if paths * depth > 1 else []
            assert spectrum_at(weights, active * layer**depth) == [(rational(top), 1), *zeros]


@pytest.mark.parametrize(("paths", "depth"), [(1, 2), (3, 2), (1, 4), (4, 1), (3, 4), (2, 7)])
@pytest.mark.parametrize("r", [Fraction(7), Fraction(-7, 5)])
def test_the_symmetric_line(paths, depth, r):
    """`symmetric-line` for L >= 2; at L = 1 the residual plays no part."""
    w = Fraction(-3, 2)
    found = spectrum_at(equal_paths(paths, paths, depth, w), paths * w**depth + r)
    if depth == 1:
        assert found == [(paths, 1), (0, paths - 1)]
        return
    across = -r * (depth - 1) * w ** (depth - 2)
    top = paths * depth * w ** (2 * depth - 2) + across
    expected = [(top, 1), (across, paths - 1), (r * w ** (depth - 2), paths * (depth - 1))]
    expected = [(rational(value), count) for value, count in expected if count]
    assert found == sorted(expected, reverse=True)


def test_the_symmetric_line_identically():
    w, paths, depth = t, 3, 4
    network = ScalarNetwork((depth,) * paths)
    weights = equal_paths(paths, paths, depth, w)
    target = paths * w**depth + r
    across = -r * (depth - 1) * w ** (depth - 2)
    top = paths * depth * w ** (2 * depth - 2) + across
    ones, zeros = [1] * depth, [0] * depth
    inside = [1, -1, 0, 0]
    assert symbolic_eigenpair(network, weights, target, ones * 3, top)
    assert symbolic_eigenpair(
        network, weights, target, [*ones, *(-1 for _ in ones), *zeros], across
    )
    assert symbolic_eigenpair(network, weights, target, [*zeros, *inside, *zeros], r * w**2)
    assert not symbolic_eigenpair(network, weights, target, ones * 3, top + 1)
    assert not symbolic_eigenpair(network, weights, target, ones * 3, across)
    assert not symbolic_eigenpair(network, weights, target, [*ones, *ones, *zeros], top)
    assert not symbolic_eigenpair(network, weights, target, zeros * 3, top)


def test_symbolic_vectors_and_unequal_depths():
    """`gauss-newton`: without residual the gradient of f is an eigenvector, with its square."""
    network = ScalarNetwork((2, 1, 3))
    weights, target = [[t, t], [t], [t, 2 * t, 0]], t**2 + t
    gradient = [t, t, 1, 0, 0, 2 * t**2]
    assert symbolic_eigenpair(network, weights, target, gradient, sum(g**2 for g in gradient))
    assert not symbolic_eigenpair(network, weights, target + 1, gradient, 2 * t**2 + 1 + 4 * t**4)


def test_symbols_of_one_name_are_told_apart():
    positive = sympy.Symbol("t", positive=True)
    network = ScalarNetwork((1,))
    assert symbolic_eigenpair(network, [[t]], t, [positive], 1)
    assert not symbolic_eigenpair(network, [[t]], t, [1], positive / t * t + 1 - t)
    assert symbolic_eigenpair(network, [[2]], 5, [1], 1)


def test_a_silent_path_with_one_zero_layer_makes_the_minimum_sharper():
    silent = spectrum_at([[2, 2, 2], [0, 0, 0]], 8)
    half_silent = spectrum_at([[2, 2, 2], [0, 3, 5]], 8)
    assert silent == [(48, 1), (0, 5)]
    assert half_silent == [(48 + 15**2, 1), (0, 5)]


@pytest.mark.parametrize("depth", range(1, 7))
def test_a_negative_target_is_as_sharp_wherever_the_sign_is(depth):
    layer = Fraction(3, 2)
    positive = spectrum_at([[layer] * depth] * 2, 2 * layer**depth)
    for signs in product([1, -1], repeat=depth):
        if signs.count(-1) % 2:
            weights = [[sign * layer for sign in signs]] * 2
            assert spectrum_at(weights, -2 * layer**depth) == positive


def test_a_target_of_zero():
    assert spectrum_at([[0, 0, 0], [0, 0, 0]], 0) == [(0, 6)]
    assert spectrum_at([[0, 0], [0, 0]], 0) == [(0, 4)]
    assert spectrum_at([[0], [0]], 0) == [(2, 1), (0, 1)]
    assert spectrum_at([[2, 2], [2, -2]], 0) == [(16, 1), (0, 3)]


def test_the_origin_is_a_saddle():
    assert spectrum_at([[0, 0], [0, 0]], 3) == [(3, 2), (-3, 2)]
    assert spectrum_at([[0, 0, 0]], 3) == [(0, 3)]


def test_eigenvalues_that_are_not_rational():
    ((root, one), *others) = reversed(spectrum_at([[1, 2], [3]], 4))
    assert (root.degree(), one) == (3, 1)
    assert str(root) == "x^3 + (-6)*x^2 + (-5)*x + 1"
    assert others == []


@SETTINGS
@given(points())
def test_counting_eigenvalues_agrees_with_the_rational_spectrum(point):
    depths, weights, target = point
    matrix = exact_hessian(ScalarNetwork(depths), weights, target)
    spectrum = exact_spectrum(matrix)
    assert sum(getattr(e, "degree", lambda: 1)() * count for e, count in spectrum) == sum(depths)
    assert eigenvalues_above(matrix, -(10**9)) == sum(depths)
    assert eigenvalues_above(matrix, 10**9) == 0
    for value, count in spectrum:
        if isinstance(value, fmpq):
            bound = Fraction(int(value.p), int(value.q))
            tiny = Fraction(1, 10**30)
            jump = eigenvalues_above(matrix, bound - tiny) - eigenvalues_above(matrix, bound)
            assert jump == count


def test_eigenpairs():
    matrix = exact_hessian(ScalarNetwork((2, 2)), [[2, 3], [0, 0]], 6)
    assert is_eigenpair(matrix, [3, 2, 0, 0], 13)
    assert is_eigenpair(matrix, [Fraction(1, 2), Fraction(1, 3), 0, 0], fmpq(13))
    assert not is_eigenpair(matrix, [3, 2, 0, 0], 12)
    assert not is_eigenpair(matrix, [3, 3, 0, 0], 13)
    assert not is_eigenpair(matrix, [0, 0, 0, 0], 13)


NETWORK = ScalarNetwork((2, 1))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: exact_hessian(NETWORK, [[1, 2]], 1), "weights in pathways of depth (2,) (the"),
        (lambda: exact_hessian(NETWORK, [[1, 0.5], [1]], 1), "0.5 is not a rational number"),
        (lambda: exact_hessian(NETWORK, [[1, 2], [1]], 0.5), "0.5 is not a rational number"),
        (lambda: is_eigenpair(fmpq_mat([[1]]), [1, 2], 1), "a vector of length 2 for 1 columns"),
        (lambda: eigenvalues_above(fmpq_mat([[1, 2], [0, 1]]), 1), "is not symmetric"),
        (
            lambda: symbolic_eigenpair(NETWORK, [[t, sympy.sqrt(t)], [1]], t, [1, 1, 1], t),
            "not a polynomial with rational coefficients",
        ),
        (
            lambda: symbolic_eigenpair(NETWORK, [[t, 0.5], [1]], t, [1, 1, 1], t),
            "0.5 is not an exact scalar",
        ),
        (
            lambda: symbolic_eigenpair(NETWORK, [[t, t], [1]], t, [1, 1], t),
            "2 values for 3 weights",
        ),
    ],
)
def test_questions_that_have_no_exact_answer(ask, message):
    with pytest.raises(NetworkError) as caught:
        ask()
    assert message in str(caught.value)
