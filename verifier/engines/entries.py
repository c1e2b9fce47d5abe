"""Products and networks of matrices by definition, in whatever numbers their layers are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from verifier.statements.definedness import depth_of
from verifier.statements.terms import Number, Term

if TYPE_CHECKING:
    from verifier.networks.matrix import MatrixNetwork

MAX_ENTRIES = 2_000  # of all layers


class NoEntry(Exception):
    """The product has no such entry, or too many matrices to multiply."""


def entry(
    args: tuple[Term, ...],
    whole: Callable[[Term], int],
    at: Callable[..., Any],
    most: int = MAX_ENTRIES,
) -> Any:
    """The entry that `chain(*args)` denotes, of no matrices an integer.

    `whole` evaluates a term that must be an integer, and `at` the member of a family at indices.

    Raises:
        NoEntry: the product has no such row or column, or its matrices more than `most` entries.
    """
    layers, first_term, last_term, row_term, column_term, width = args
    first, last, row, column = map(whole, (first_term, last_term, row_term, column_term))
    if not 0 <= last - first + 1 <= most:
        raise NoEntry
    boundaries = range(first - 1, last + 1)
    widths = {end: whole(depth_of(width, Number(end))) for end in boundaries}
    if not (1 <= row <= widths[last] and 1 <= column <= widths[first - 1]):
        raise NoEntry
    if sum(widths[end] * widths[end - 1] for end in boundaries[1:]) > most:
        raise NoEntry
    through: dict[int, Any] = {a: int(a == row) for a in range(1, widths[last] + 1)}
    for layer in reversed(boundaries[1:]):
        above, columns = through, range(1, widths[layer - 1] + 1)
        through = {b: sum(f * at(layers, layer, a, b) for a, f in above.items()) for b in columns}
    return through[column]


def network(
    args: tuple[Any, ...], whole: Callable[[Term], int], at: Callable[..., Any], most: int
) -> MatrixNetwork:
    """The network whose sharpness `sharpness(matrices(w, d), *args[1:])` is.

    Raises:
        NoEntry: it has no pathway or no layer, or its layers have more than `most` entries.
    """
    from verifier.networks.matrix import MatrixNetwork

    allocation, pathways, depth, target = args
    layers, width = allocation.args
    count, size = whole(pathways), whole(width)
    if size < 1 or not 1 <= count <= most:
        raise NoEntry
    depths = [whole(depth_of(depth, Number(h))) for h in range(1, count + 1)]
    if min(depths) < 1 or not 1 <= sum(depths) * size**2 <= most:
        raise NoEntry

    def matrix(family: Term, *place: int) -> list[list[Any]]:
        entries = range(1, size + 1)
        return [[at(family, *place, a, b) for b in entries] for a in entries]

    paths = [[matrix(layers, h, n) for n in range(1, d + 1)] for h, d in enumerate(depths, 1)]
    return MatrixNetwork(paths, matrix(target))
