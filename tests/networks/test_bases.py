"""Networks of matrices in other orthogonal bases: the same loss, and layers that turn back."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.networks import MatrixNetwork, NetworkError, cayley, in_bases
from verifier.networks.matrices import Matrix, identity, product, subtract, transpose
from verifier.testing import matrix_networks

ROTATION = [[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]]
SHEAR = [[1, 1], [0, 1]]
EYE = identity(2)


def orthogonal(random: Random, size: int) -> Matrix:
    square = [[Fraction(random.randint(-3, 3), 2) for _ in range(size)] for _ in range(size)]
    return cayley(subtract(square, transpose(square)))


@settings(deadline=None, derandomize=True, max_examples=25)
@given(matrix_networks(), st.randoms(use_true_random=False))
def test_the_loss_is_kept_and_the_layers_turn_back(net: MatrixNetwork, random: Random) -> None:
    sizes = [[len(path[0][0]), *map(len, path)] for path in net.pathways]
    first, last = orthogonal(random, sizes[0][0]), orthogonal(random, sizes[0][-1])
    bases = [[first, *(orthogonal(random, n) for n in own[1:-1]), last] for own in sizes]
    turned = in_bases(net, bases)
    assert turned.loss == net.loss
    assert sum(x * x for x in turned.gradient()) == sum(x * x for x in net.gradient())
    assert in_bases(turned, [[transpose(basis) for basis in own] for own in bases]) == net


def test_a_covariance_is_turned_like_the_inputs() -> None:
    net = MatrixNetwork([[[[1, 2], [0, 3]]]], [[1, 0], [1, 1]], covariance=[[2, 1], [1, 3]])
    assert in_bases(net, [[ROTATION, EYE]]).loss == net.loss


def test_cayley_makes_orthogonal_matrices() -> None:
    basis = orthogonal(Random(3), 4)
    assert product([transpose(basis), basis]) == identity(4)
    with pytest.raises(NetworkError):
        cayley([[0, 1], [1, 0]])
    with pytest.raises(NetworkError):
        cayley([[0, 1]])


@pytest.mark.parametrize(
    "bases",
    [
        [[EYE, EYE], [EYE, EYE]],
        [[EYE, EYE, EYE]],
        [[EYE, EYE, EYE], [ROTATION, EYE]],
        [[EYE, EYE, ROTATION], [EYE, EYE]],
        [[EYE, SHEAR, EYE], [EYE, EYE]],
        [[EYE, [[1]], EYE], [EYE, EYE]],
    ],
)
def test_bases_that_are_none(bases: list[list[Matrix]]) -> None:
    net = MatrixNetwork([[EYE, EYE], [EYE]], EYE)
    with pytest.raises(NetworkError):
        in_bases(net, bases)
