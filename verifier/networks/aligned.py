"""The aligned, depth-balanced global minimum of a matrix network.

In the bases of the target every layer is diagonal: layer l of pathway h carries in mode i the root
s_{h,i}^(1/L_h) of that pathway's share of the mode, and the shares of a mode sum to its target.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from .definition import check_depths
from .errors import NetworkError
from .matrix import Convention, MatrixNetwork

Root = Callable[[Fraction, int], Any]  # the root, of some degree, of a number that is not negative


def check_share(share: Fraction | int, depth: int) -> None:
    """Refuse a share that equal real layers cannot multiply to.

    >>> check_share(-8, 3)
    >>> check_share(Fraction(-1, 2), 4)
    Traceback (most recent call last):
    ...
    verifier.networks.errors.NetworkError: the share -1/2 is negative and the depth 4 is even: \
4 equal real layers have no negative product (choose an odd depth, or shares >= 0)
    """
    if share < 0 and depth % 2 == 0:
        raise NetworkError(
            f"the share {share} is negative and the depth {depth} is even: "
            f"{depth} equal real layers have no negative product",
            "choose an odd depth, or shares >= 0",
        )


def exact_root(number: Fraction, degree: int) -> Fraction:
    """The root of a rational number, if it is rational.

    >>> exact_root(Fraction(8, 27), 3)
    Fraction(2, 3)
    """
    from flint import fmpz

    parts = [int(fmpz(part).root(degree)) for part in (number.numerator, number.denominator)]
    root = Fraction(*parts)
    if root**degree != number:
        raise NetworkError(
            f"the root of {number} of degree {degree} is not rational",
            "choose shares that are powers, or give mpf_root(digits) as the root",
        )
    return root


def mpf_root(digits: int) -> Root:
    """Roots as mpmath numbers of so many digits, in a context of their own.

    >>> mpf_root(20)(Fraction(2), 2)
    mpf('1.4142135623730950488011')
    """
    from mpmath import MPContext

    mp = MPContext()
    mp.dps = digits
    return lambda number, degree: mp.root(mp.convert(number), degree)


def aligned_minimum(
    depths: Sequence[int],
    shares: Sequence[Sequence[Fraction | int]],
    root: Root = exact_root,
    widths: Sequence[Sequence[int]] | None = None,
    convention: Convention = Convention.HALVED,
) -> MatrixNetwork:
    """The minimum at which pathway h has the share `shares[h][i]` of mode i.

    Args:
        depths: the depth of each pathway.
        shares: for each pathway its share of each mode; the target is the diagonal of their sums.
        root: how a share becomes a layer; exactly, or `mpf_root(digits)`.
        widths: for each pathway the sizes n_0, ..., n_L of what its layers map, where they are not
            all the number of modes; no size may be smaller than that.
        convention: the constant in front of the loss.

    >>> aligned_minimum((2, 3), [[4, 0], [1, 8]]).target
    ((Fraction(5, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(8, 1)))
    """
    depths = check_depths(depths)
    modes = len(shares[0]) if shares else 0
    if len(shares) != len(depths) or modes == 0 or any(len(row) != modes for row in shares):
        raise NetworkError(
            f"shares of {[len(row) for row in shares]} modes for {len(depths)} pathways",
            "give each pathway one share of each mode, 0 for a silent mode",
        )
    if widths is None:
        widths = [[modes] * (depth + 1) for depth in depths]
    _check_widths(depths, widths, modes)
    pathways = []
    for depth, row, sizes in zip(depths, shares, widths, strict=True):
        layer = [_signed_root(Fraction(share), depth, root) for share in row]
        pathways.append([_diagonal(layer, sizes[n + 1], sizes[n]) for n in range(depth)])
    totals = [sum((Fraction(row[i]) for row in shares), Fraction(0)) for i in range(modes)]
    target = _diagonal(totals, widths[0][-1], widths[0][0])
    return MatrixNetwork(pathways, target, convention)


def _signed_root(share: Fraction, depth: int, root: Root) -> Any:
    check_share(share, depth)
    return -root(-share, depth) if share < 0 else root(share, depth)


def _diagonal(values: Sequence[Any], rows: int, columns: int) -> list[list[Any]]:
    zero = 0 * values[0]
    return [
        [values[i] if i == j < len(values) else zero for j in range(columns)] for i in range(rows)
    ]


def _check_widths(depths: Sequence[int], widths: Sequence[Sequence[int]], modes: int) -> None:
    lengths = [len(sizes) - 1 for sizes in widths]
    if lengths != list(depths):
        raise NetworkError(
            f"sizes for pathways of depth {lengths}, the depths are {list(depths)}",
            "give the sizes n_0, ..., n_L of each pathway",
        )
    if min(map(min, widths)) < modes:
        raise NetworkError(
            f"a layer of size {min(map(min, widths))} for {modes} modes",
            "an aligned minimum has layers at least as wide as the number of modes",
        )
