"""Networks of matrices against the loss itself, differentiated in ways that know no matrices."""

import random
import sys
from fractions import Fraction
from itertools import product

import mpmath
import pytest

from verifier.networks import (
    Convention,
    MatrixFreeHessian,
    MatrixNetwork,
    NetworkError,
    ScalarNetwork,
    aligned_minimum,
    exact_hessian,
    exact_root,
    mpf_root,
)
from verifier.networks.hyperdual import second_derivatives
from verifier.networks.matrix import loss as generic_loss

SIZES = [  # for each pathway the sizes n_0, ..., n_L
    [[1, 1, 1]],
    [[2, 2], [2, 2, 2]],
    [[3, 2, 1, 2], [3, 2]],
    [[2, 3, 3], [2, 1, 1, 3]],
    [[2, 2, 2, 2]],
]


def plain_loss(sizes, flat, target, divisor, covariance):
    """The loss written out with indices: one weight for each step of a path through the layers."""
    rows, columns = sizes[0][-1], sizes[0][0]
    error = [[-target[i][j] for j in range(columns)] for i in range(rows)]
    place = 0
    for widths in sizes:
        starts = []
        for n in range(1, len(widths)):
            starts.append(place)
            place += widths[n] * widths[n - 1]
        for steps in product(*map(range, widths)):
            term = Fraction(1)
            for n, start in enumerate(starts, start=1):
                term *= flat[start + steps[n] * widths[n - 1] + steps[n - 1]]
            error[steps[-1]][steps[0]] += term
    total = sum(
        row[j] * covariance[j][k] * row[k]
        for row in error
        for j in range(columns)
        for k in range(columns)
    )
    return total / divisor


def drawn(seed, sizes, symmetric=False):
    chance = random.Random(seed)

    def matrix(rows, columns):
        return [
            [Fraction(chance.randint(-4, 4), chance.randint(1, 3)) for _ in range(columns)]
            for _ in range(rows)
        ]

    pathways = [[matrix(w[n + 1], w[n]) for n in range(len(w) - 1)] for w in sizes]
    target = matrix(sizes[0][-1], sizes[0][0])
    root = matrix(sizes[0][0], sizes[0][0])
    size = range(len(root))
    covariance = [[sum(root[i][k] * root[j][k] for k in size) for j in size] for i in size]
    flat = [e for path in pathways for layer in path for row in layer for e in row]
    return pathways, target, covariance, flat


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("convention", list(Convention))
@pytest.mark.parametrize("weighted", [False, True])
def test_derivatives_are_differences_of_the_loss_written_out(sizes, convention, weighted):
    """The loss is of degree 2 in each weight, so that central differences are exact."""
    pathways, target, covariance, flat = drawn(str((sizes, convention)), sizes)
    network = MatrixNetwork(pathways, target, convention, covariance if weighted else None)
    inputs, entries = len(target[0]), len(target) * len(target[0])
    if not weighted:
        covariance = [[int(i == j) for j in range(inputs)] for i in range(inputs)]
    divisor = {"halved": 2, "unhalved": 1, "mean": entries}[convention.value]

    def at(*moves):
        moved = list(flat)
        for place, step in moves:
            moved[place] += step
        return plain_loss(sizes, moved, target, divisor, covariance)

    size = network.parameters
    assert size == len(flat) and network.loss == at()
    gradient = [(at((p, 1)) - at((p, -1))) / 2 for p in range(size)]
    assert list(network.gradient()) == gradient
    hessian = network.hessian()
    for p in range(size):
        assert hessian[p][p] == at((p, 1)) - 2 * at() + at((p, -1))
        for q in range(p):
            mixed = sum(a * b * at((p, a), (q, b)) for a in (1, -1) for b in (1, -1)) / 4
            assert hessian[p][q] == hessian[q][p] == mixed


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_hessian_is_what_hyper_dual_numbers_report(sizes):
    pathways, target, covariance, flat = drawn(str(sizes), sizes)

    def of(values):
        rest = iter(values)
        layers = [[[[next(rest) for _ in r] for r in w] for w in path] for path in pathways]
        return generic_loss(layers, target, Convention.HALVED, covariance)

    found = MatrixNetwork(pathways, target, covariance=covariance).hessian()
    assert [list(row) for row in found] == second_derivatives(of, flat)


def test_matrices_of_size_one_are_the_scalar_network():
    weights, target = [[2, Fraction(-1, 3), 5], [7], [0, 3]], Fraction(9, 2)
    network = MatrixNetwork([[[[w]] for w in path] for path in weights], [[target]])
    exact = exact_hessian(ScalarNetwork((3, 1, 2)), weights, target)
    assert [list(row) for row in network.hessian()] == [
        [Fraction(int(e.p), int(e.q)) for e in row] for row in exact.tolist()
    ]


LAYERS = [  # for each pathway its depth and the layer values of the modes
    [(3, (2, 1)), (3, (1, -3))],
    [(2, (2, 0, 1)), (2, (1, 0, 3))],
    [(1, (5, -2)), (2, (3, 1)), (4, (1, 0))],
    [(3, (Fraction(1, 2), -2, 0))],
    [(1, (0, 0)), (1, (1, 7))],
]


def eigenvalues(layers):
    """`matrix-spectrum` with layer values t, for which no root is needed; zeros counted."""
    modes = range(len(layers[0][1]))
    found = [
        sum(Fraction(t[i]) ** (2 * (n - m)) * Fraction(t[j]) ** (2 * (m - 1))
            for n, t in layers for m in range(1, n + 1))
        for i in modes for j in modes
    ]  # fmt: skip
    return found + [Fraction(0)] * (len(found) * (sum(n for n, _ in layers) - 1))


def spectrum(network):
    return [
        Fraction(int(e.p), int(e.q)) for e, count in network.exact_spectrum() for _ in range(count)
    ]


@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_the_spectrum_at_an_aligned_minimum(layers):
    depths = [n for n, _ in layers]
    shares = [[Fraction(t) ** n for t in row] for n, row in layers]
    network = aligned_minimum(depths, shares)
    network.require_minimum()
    assert network.depths == tuple(depths) and not any(network.gradient())
    assert spectrum(network) == sorted(eigenvalues(layers), reverse=True)
    unhalved = aligned_minimum(depths, shares, convention=Convention.UNHALVED)
    assert spectrum(unhalved) == [2 * e for e in spectrum(network)]


def test_orthogonal_bases_do_not_move_the_spectrum():
    a, b = Fraction(3, 5), Fraction(4, 5)
    bases = [[[a, b], [-b, a]], [[b, a], [a, -b]], [[0, 1], [1, 0]], [[a, -b], [b, a]]]

    def turned(left, matrix, right):
        size = range(2)
        return [
            [sum(left[i][k] * matrix[k][m] * right[j][m] for k in size for m in size) for j in size]
            for i in size
        ]

    plain = aligned_minimum((3,), [[8, 1]])
    pathway = [turned(bases[n + 1], layer, bases[n]) for n, layer in enumerate(plain.pathways[0])]
    network = MatrixNetwork([pathway], turned(bases[3], plain.target, bases[0]))
    network.require_minimum()
    assert spectrum(network) == spectrum(plain)


def test_wide_and_rectangular_layers_add_modes_without_a_share():
    """Beyond the modes the output is 3 x 2 with rank 1; the second input and outputs are silent."""
    network = aligned_minimum((2, 2), [[4], [1]], widths=[[2, 1, 3], [2, 4, 3]])
    network.require_minimum()
    assert [len(network.target), len(network.target[0])] == [3, 2]
    first, rest = 2 * (4 + 1), 4 + 1  # (1, 1); then (i, 1) by the upper, (1, j) by the lower layers
    assert spectrum(network)[:4] == [first, rest, rest, rest]
    assert len(spectrum(network)) == 5 + 20 and not any(spectrum(network)[4:])


def test_high_precision_agrees_with_exact_numbers():
    shares = [[Fraction(8, 27), 1], [1, Fraction(-27)]]
    exact, numeric = (aligned_minimum((3, 3), shares, root) for root in (exact_root, mpf_root(60)))
    numeric.require_minimum(mpmath.mpf(10) ** -55)
    for row, other in zip(exact.hessian(), numeric.hessian(), strict=True):
        for a, b in zip(row, other, strict=True):
            assert abs(b.context.convert(a) - b) < mpmath.mpf(10) ** -55
    with pytest.raises(NetworkError, match="not exact"):
        numeric.exact_spectrum()


def test_the_shared_context_of_mpmath_is_left_alone():
    before = mpmath.mp.dps
    aligned_minimum((3,), [[2]], mpf_root(200)).hessian()
    assert mpmath.mp.dps == before


ONE = [[1]]
BAD = [
    (lambda: MatrixNetwork([], ONE), "no pathway"),
    (lambda: MatrixNetwork([[]], ONE), "pathway 1 has no layer"),
    (lambda: MatrixNetwork([[[[1], [1, 2]]]], ONE), "layer 1 of pathway 1 has rows of 1 and 2"),
    (lambda: MatrixNetwork([[[]]], ONE), "rows of no numbers"),
    (lambda: MatrixNetwork([[ONE]], [[1, 2]]), "multiplies to a 1 x 1 matrix, the target is 1 x 2"),
    (
        lambda: MatrixNetwork([[ONE, [[1, 2]]]], ONE),
        "layer 2 of pathway 1 is 1 x 2, layer 1 is 1 x",
    ),
    (lambda: MatrixNetwork([[[[0.5]]]], ONE), "has the entry 0.5"),
    (lambda: MatrixNetwork([[[[mpmath.nan]]]], ONE), "has the entry mpf('nan')"),
    (lambda: MatrixNetwork([[ONE]], ONE, covariance=[[1, 2], [2, 1]]), "no symmetric 1 x 1"),
    (lambda: MatrixNetwork([[[[1, 0]]]], [[1, 0]], covariance=[[1, 2], [3, 1]]), "no symmetric"),
    (lambda: MatrixNetwork([[ONE]], [[3]]).require_minimum(), "entry (1, 1) of the residual is 2"),
    (lambda: MatrixNetwork([[ONE] * 1001], ONE).hessian(), "1001 parameters, the full Hessian"),
    (lambda: aligned_minimum((2,), [[-1]]), "the share -1 is negative and the depth 2 is even"),
    (lambda: aligned_minimum((3,), [[2]]), "root of 2 of degree 3 is not rational"),
    (lambda: aligned_minimum((3, 3), [[1]]), "for 2 pathways"),
    (lambda: aligned_minimum((3,), [[]]), "0] modes for 1 pathways"),
    (lambda: aligned_minimum((1,), [[1, 1]], widths=[[2, 1]]), "a layer of size 1 for 2 modes"),
    (lambda: aligned_minimum((2,), [[1]], widths=[[1, 1]]), "the depths are [2]"),
]


@pytest.mark.parametrize(("ask", "message"), BAD, ids=[message for _, message in BAD])
def test_questions_without_an_answer(ask, message):
    with pytest.raises(NetworkError) as caught:
        ask()
    assert message in str(caught.value) and caught.value.remedy


def numpy_layers(pathways):
    import numpy as np

    return [[np.array([layer], dtype=float) for layer in path] for path in pathways]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_matrix_free_hessian_is_the_hessian(sizes):
    import numpy as np

    pathways, target, _, _ = drawn(str(sizes), sizes)
    operator = MatrixFreeHessian(numpy_layers(pathways), np.array(target, dtype=float))
    exact = np.array(MatrixNetwork(pathways, target).hessian(), dtype=float)
    found = np.array([operator.times(unit) for unit in np.eye(operator.size)])
    assert np.allclose(found, exact, rtol=1e-12, atol=1e-12 * abs(exact).max())


def test_pathways_of_equal_sizes_move_together():
    import numpy as np

    sizes = [[2, 3, 2], [2, 3, 2]]
    pathways, target, _, _ = drawn("together", sizes)
    apart = MatrixFreeHessian(numpy_layers(pathways), np.array(target, dtype=float))
    layers = [np.array(pair, dtype=float) for pair in zip(*pathways, strict=True)]
    together = MatrixFreeHessian([layers], np.array(target, dtype=float))
    # apart: pathway, layer, entry; together: layer, pathway, entry
    order = np.arange(24).reshape(2, 2, 6).transpose(1, 0, 2).reshape(-1)
    for vector in np.eye(24):
        assert np.allclose(together.times(vector[order]), apart.times(vector)[order])


def test_lanczos_finds_the_largest_eigenvalues():
    pytest.importorskip("scipy")
    import numpy as np

    pathways, target, _, _ = drawn("lanczos", [[3, 3, 3, 3], [3, 3]])
    operator = MatrixFreeHessian(numpy_layers(pathways), np.array(target, dtype=float))
    exact = np.array(MatrixNetwork(pathways, target).hessian(), dtype=float)
    wanted = sorted(np.linalg.eigvalsh(exact), reverse=True)[:4]
    assert np.allclose(operator.largest(4), wanted, rtol=1e-9)


def test_without_scipy_a_message_says_what_to_install(monkeypatch):
    import numpy as np

    monkeypatch.setitem(sys.modules, "scipy.sparse.linalg", None)
    operator = MatrixFreeHessian([[np.ones((1, 1, 1))]], np.ones((1, 1)))
    with pytest.raises(NetworkError, match=r"SciPy.*pip install"):
        operator.largest(1)


def test_matrix_free_shapes():
    import numpy as np

    with pytest.raises(NetworkError, match="do not multiply"):
        MatrixFreeHessian([[np.ones((1, 2, 1)), np.ones((1, 1, 1))]], np.ones((1, 1)))
    with pytest.raises(NetworkError, match="1000001 parameters"):
        MatrixFreeHessian([[np.ones((1000001, 1, 1))]], np.ones((1, 1)))
    with pytest.raises(NetworkError, match="vector of length 3"):
        MatrixFreeHessian([[np.ones((1, 1, 1))]], np.ones((1, 1))).times(np.ones(3))
