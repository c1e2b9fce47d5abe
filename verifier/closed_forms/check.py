"""The closed form of the spectrum against the definition of the loss, and the digits of agreement.

The Hessian of the whole network is found from the loss, at layers that are roots of the shares.

* Small networks: every eigenvalue, zeros included, in high precision.  Where entries of the Hessian
  vanish (up to rounding, which moves no eigenvalue by more) it falls into blocks; mpmath finds the
  eigenvalues of each block.
* Large ones: the largest few eigenvalues in float64, by the Lanczos method.  It need not find every
  copy of a repeated eigenvalue, so there the different values are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Any

from verifier.closed_forms.minimum import Minimum
from verifier.closed_forms.spectrum import MAX_DIGITS, Spectrum, spectrum
from verifier.errors import VerifierError

if TYPE_CHECKING:
    from verifier.networks.matrix_free import MatrixFreeHessian

DIGITS = 50  # that must agree in high precision
GUARD = 20
FLOAT_DIGITS = 8  # that must agree in float64
SMALLEST = 1e-100  # sharpness in float64
LARGEST = 6  # eigenvalues that are compared in float64
MOST_FULL = 600  # parameters
MOST_WORK = 3 * 10**6  # d^2 (number of layers)^3: about the multiplications per eigenvalue problem


@dataclass(frozen=True)
class Check:
    """How far the closed form and the definition agree; digits relative to the sharpness."""

    method: str
    parameters: int
    compared: int
    digits: int
    needed: int
    sharpness: str

    @property
    def agrees(self) -> bool:
        """Whether enough digits agree."""
        return self.digits >= self.needed


def check(found: Spectrum, digits: int = DIGITS) -> Check:
    """Compare a spectrum with the Hessian of the loss by definition.

    Args:
        found: the closed form.
        digits: how many must agree in high precision.

    Raises:
        VerifierError: the network is too large, or its numbers do not fit into float64.

    >>> from fractions import Fraction
    >>> from verifier.networks.allocations import balanced
    >>> outcome = check(spectrum(Minimum(2, (2,), (Fraction(1), Fraction(2)), (balanced,))))
    >>> outcome.compared, outcome.agrees
    (16, True)
    """
    minimum = found.minimum
    work = minimum.parameters**3 // len(minimum.targets) ** 4
    if minimum.parameters <= MOST_FULL and work <= MOST_WORK:
        return _in_full(found, min(max(digits, DIGITS), MAX_DIGITS - GUARD))
    return _matrix_free(minimum)


def _in_full(found: Spectrum, digits: int) -> Check:
    from mpmath import MPContext

    from verifier.networks.aligned import aligned_minimum, mpf_root

    depths, shares = found.minimum.explicit()
    largest = max(abs(share) for row in shares for share in row)
    working = digits + GUARD
    mp = MPContext()
    mp.dps = working + _lost(mp, largest, len(depths), found.sharpness.decimal)
    network = aligned_minimum(depths, shares, mpf_root(mp.dps))
    network.require_minimum(mp.convert(largest) * len(depths) * mp.mpf(10) ** (GUARD - mp.dps))
    rows = [[mp.convert(entry) for entry in row] for row in network.hessian()]
    defined = sorted(_eigenvalues(mp, rows, working - GUARD // 2), reverse=True)
    closed = [
        mp.mpf(eigenvalue.decimal)
        for eigenvalue in spectrum(found.minimum, working).eigenvalues
        for _ in range(eigenvalue.multiplicity)
    ]
    gap = max(abs(a - b) for a, b in zip(defined, closed, strict=True))
    agreed = working if gap == 0 else int(mp.floor(-mp.log10(gap / (closed[0] or 1))))
    method = f"every eigenvalue of the full Hessian, in mpmath with {mp.dps} digits"
    shown = mp.nstr(defined[0], digits)
    return Check(method, len(rows), len(rows), max(0, min(agreed, working)), digits, shown)


def _lost(mp: Any, largest: Any, paths: int, sharpness: str) -> int:
    """Digits that rounding of the residual may cost, relative to the sharpness.

    The residual is rounded by `paths` times the largest share; it is multiplied with at most as
    many layers as a pathway has, and so with no more than the largest share, or 1.
    """
    scale = mp.convert(max(largest, 1)) ** 2 * paths / min(mp.mpf(sharpness) or mp.one, mp.one)
    return int(mp.ceil(mp.log10(scale)))


def _eigenvalues(mp: Any, rows: list[list[Any]], digits: int) -> list[Any]:
    """All eigenvalues of a symmetric matrix, block after block, to some digits of the largest."""
    rounding = max(abs(entry) for row in rows for entry in row) / mp.mpf(10) ** digits
    found = []
    for block in _blocks([{j for j, e in enumerate(row) if abs(e) > rounding} for row in rows]):
        if len(block) == 1:
            found.append(rows[block[0]][block[0]])
        else:
            matrix = mp.matrix([[rows[i][j] for j in block] for i in block])
            found += list(mp.eigsy(matrix, eigvals_only=True))
    return found


def _blocks(neighbours: list[set[int]]) -> list[list[int]]:
    """The sets of indices that are connected.

    >>> _blocks([{0, 2}, {1}, {0, 2}])
    [[0, 2], [1]]
    """
    blocks = []
    left = set(range(len(neighbours)))
    while left:
        waiting = [min(left)]
        block = set(waiting)
        while waiting:
            fresh = neighbours[waiting.pop()] - block
            block |= fresh
            waiting += fresh
        left -= block
        blocks.append(sorted(block))
    return blocks


def _matrix_free(minimum: Minimum) -> Check:
    known = spectrum(minimum, 20).eigenvalues
    closed = [float(eigenvalue.decimal) for eigenvalue in known]
    if not SMALLEST < closed[0] < 1 / SMALLEST and known[0].decimal != "0":
        raise VerifierError(
            f"a sharpness of {known[0].decimal} is out of the range of float64",
            "scale the targets, or take a smaller network",
        )
    operator = _operator(minimum)
    count = sum(eigenvalue.multiplicity for eigenvalue in known if eigenvalue.decimal != "0")
    defined = operator.largest(max(1, min(LARGEST, count)))
    method = f"the largest {len(defined)} eigenvalues, matrix-free Hessian and Lanczos in float64"
    agreed = _agreement(defined, closed)
    return Check(method, operator.size, len(defined), agreed, FLOAT_DIGITS, repr(defined[0]))


def _agreement(defined: list[float], closed: list[float]) -> int:
    """The digits to which each value found is in the spectrum, and each value as large was found.

    >>> _agreement([2.0, 2.0, 1.0], [2.0, 1.0, 0.0]), _agreement([2.0, 1.0], [2.0, 1.5, 1.0])
    (15, 0)
    """
    scale = closed[0] or 1.0
    rounding = scale / 10**FLOAT_DIGITS
    wanted = [value for value in closed if value > defined[-1] + rounding]
    gaps = [min(abs(value - other) for other in closed) for value in defined]
    gaps += [min(abs(value - other) for other in defined) for value in wanted]
    gap = max(gaps) / scale
    return 15 if gap < 1e-15 else max(0, floor(-log10(gap)))


def _operator(minimum: Minimum) -> MatrixFreeHessian:
    import numpy as np

    from verifier.networks.matrix_free import MatrixFreeHessian

    depths, shares = minimum.explicit()
    try:
        held = np.array([[float(share) for share in row] for row in shares])
        target = np.diag([float(target) for target in minimum.targets])
    except OverflowError as error:
        raise VerifierError(
            "a share is out of the range of float64", "take a smaller network"
        ) from error
    groups = []
    modes = range(len(minimum.targets))
    for depth in sorted(set(depths)):
        own = held[[other == depth for other in depths]]
        layers = np.zeros((len(own), len(modes), len(modes)))
        layers[:, modes, modes] = np.sign(own) * np.abs(own) ** (1 / depth)
        groups.append([layers] * depth)
    return MatrixFreeHessian(groups, target)


__all__ = ["Check", "check"]
