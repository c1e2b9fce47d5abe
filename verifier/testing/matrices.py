"""Networks of matrices: at any weights, at minima, and at aligned depth-balanced minima."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from verifier.networks.aligned import aligned_minimum
from verifier.networks.matrices import Matrix
from verifier.networks.matrix import MatrixNetwork, output

from .numbers import rationals
from .sizes import shapes
from .weights import Shape

_WIDTHS = st.integers(1, 3)


@st.composite
def matrix_networks(
    draw: DrawFn, minimum: bool = False, layers: int = 4, entries: int = 2
) -> MatrixNetwork:
    """Pathways of layers of any sizes that fit, with integer entries up to `entries`.

    With `minimum` the target is what the pathways multiply to, otherwise anything.

    >>> from verifier.testing import simplest
    >>> network = simplest(matrix_networks(minimum=True), lambda n: n.target[0][0] > 1)
    >>> network.depths, network.target, network.loss
    ((1,), ((Fraction(2, 1),),), Fraction(0, 1))
    """
    shape = draw(shapes(layers))
    inputs, outputs = draw(_WIDTHS), draw(_WIDTHS)
    pathways = []
    for depth in shape:
        widths = [inputs, *(draw(_WIDTHS) for _ in range(depth - 1)), outputs]
        pathways.append([draw(_matrices(widths[n + 1], widths[n], entries)) for n in range(depth)])
    target = output(pathways) if minimum else draw(_matrices(outputs, inputs, entries))
    return MatrixNetwork(pathways, target)


@st.composite
def aligned_networks(draw: DrawFn, modes: int = 2, shape: Shape | None = None) -> MatrixNetwork:
    """Aligned depth-balanced minima with rational layers: every share is a power of a rational.

    >>> from verifier.testing import simplest
    >>> simplest(aligned_networks(modes=2, shape=(2,)), lambda n: n.target[1][1] > 1).target
    ((Fraction(0, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(4, 1)))
    """
    depths = draw(shapes(layers=4) if shape is None else st.just(shape))
    roots = st.lists(rationals(largest=3, denominator=2).map(abs), min_size=modes, max_size=modes)
    shares = [[root**depth for root in draw(roots)] for depth in depths]
    return aligned_minimum(depths, shares)


def _matrices(rows: int, columns: int, entries: int) -> SearchStrategy[Matrix]:
    numbers = st.integers(-entries, entries).map(Fraction)
    row = st.lists(numbers, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


__all__ = ["aligned_networks", "matrix_networks"]
