"""The definition evaluated in high precision, with no derivation in between.

The Hessian is what hyper-dual numbers report when they are pushed through `loss`, and sharpness is
its largest eigenvalue as mpmath computes it.  Every call has a private mpmath context, because the
public one, `mpmath.mp`, is shared by the whole process.

How precision is chosen.  Replace every weight by its absolute value and the target by minus its
absolute value: then nothing cancels in the loss, and its second derivatives bound the sum of the
absolute values of all terms that were added up for the same entries of the true Hessian.  One
evaluation along (1, ..., 1) sums those bounds, and so bounds the digits lost to cancellation,
whatever the target and the depths are.  While that is more than the guard digits can pay for, the
precision is doubled.  The Hessian is accurate relative to its largest entry; sharpness is then
accurate too, because the trace is never negative and so no eigenvalue outweighs sharpness by more
than the number of weights.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from mpmath import MPContext

from .allocations import layer_signs
from .definition import Weights, check_depths, loss, output, pathways
from .errors import NetworkError
from .hyperdual import second_derivative, second_derivatives

MOST_WEIGHTS = 100
MOST_DIGITS = 1000
_GUARD = 24
_SPENT = 12  # guard digits that rounding and the eigenvalue routine may use up

Point = Callable[[MPContext], Weights]  # the same weights in whatever precision is asked for


def hessian(weights: Weights, target: Any, digits: int = 50) -> Any:
    """The mpmath matrix of second derivatives of the loss, pathway after pathway.

    >>> print(hessian([[2, 1], [0]], target=2))
    [1.0  2.0  1.0]
    [2.0  4.0  2.0]
    [1.0  2.0  1.0]
    """
    depths = [len(path) for path in weights]
    entries = _second_derivatives(depths, lambda mp: _numbers(mp, weights), target, digits)
    return _context(digits).matrix(entries)


def residual(weights: Weights, target: Any, digits: int = 50) -> Any:
    """target - output; accurate relative to the largest of the terms that are subtracted.

    >>> residual([[2, 1], [Fraction(1, 2)]], target=3)
    mpf('0.5')
    """
    check_depths([len(path) for path in weights])
    mp = _context(_check_digits(digits) + _GUARD)
    return _context(digits).mpf(_number(mp, target) - output(_numbers(mp, weights)))


def sharpness_at(weights: Weights, target: Any, digits: int = 50) -> Any:
    """The largest eigenvalue of the Hessian of the loss at any weights, a minimum or not.

    >>> sharpness_at([[2, 1], [0]], target=2)
    mpf('6.0')
    """
    depths = [len(path) for path in weights]
    return _largest_eigenvalue(depths, lambda mp: _numbers(mp, weights), target, digits)


def weights_at(depths: Sequence[int], shares: Sequence[Any], digits: int = 50) -> Weights:
    """The depth-balanced weights whose pathways multiply to the shares.

    >>> weights_at((2, 1), (Fraction(9, 4), Fraction(-1, 2)))
    ((mpf('1.5'), mpf('1.5')), (mpf('-0.5'),))
    """
    _check_shares(depths, shares)
    mp = _context(_check_digits(digits) + _GUARD)
    rounded = _context(digits)
    return tuple(
        tuple(rounded.mpf(weight) for weight in path) for path in _balanced(mp, depths, shares)
    )


def sharpness(depths: Sequence[int], shares: Sequence[Any], target: Any, digits: int = 50) -> Any:
    """Sharpness at the depth-balanced weights of the shares, whether or not they sum to the target.

    >>> sharpness((4, 4), (1, 0), target=1)
    mpf('4.0')
    """
    _check_shares(depths, shares)
    return _largest_eigenvalue(depths, lambda mp: _balanced(mp, depths, shares), target, digits)


def _largest_eigenvalue(depths: Sequence[int], point: Point, target: Any, digits: int) -> Any:
    entries = _second_derivatives(depths, point, target, digits)
    mp = entries[0][0].context
    return _context(digits).mpf(max(mp.eigsy(mp.matrix(entries), eigvals_only=True)))


def _second_derivatives(
    depths: Sequence[int], point: Point, target: Any, digits: int
) -> list[list[Any]]:
    size = sum(check_depths(depths))
    if size > MOST_WEIGHTS:
        raise NetworkError(
            f"the network has {size} weights, the numeric Hessian stops at {MOST_WEIGHTS}",
            "take fewer pathways or layers",
        )
    working = _check_digits(digits) + _GUARD
    while True:
        mp = _context(working)
        weights, sigma = list(chain(*point(mp))), _number(mp, target)
        entries = second_derivatives(_loss(depths, sigma), weights)
        bound = second_derivative(
            _loss(depths, -abs(sigma)), [abs(weight) for weight in weights], [1] * size, [1] * size
        )
        if bound <= _largest(entries) * mp.mpf(10) ** (working - digits - _SPENT):
            return entries
        working *= 2


def _loss(depths: Sequence[int], sigma: Any) -> Callable[[Sequence[Any]], Any]:
    return lambda flat: loss(pathways(flat, depths), sigma)


def _largest(entries: list[list[Any]]) -> Any:
    return max(abs(entry) for row in entries for entry in row)


def _balanced(mp: MPContext, depths: Sequence[int], shares: Sequence[Any]) -> Weights:
    return tuple(
        tuple(sign * mp.root(abs(_number(mp, share)), depth) for sign in layer_signs(share, depth))
        for depth, share in zip(depths, shares, strict=True)
    )


def _numbers(mp: MPContext, weights: Weights) -> Weights:
    return tuple(tuple(_number(mp, weight) for weight in path) for path in weights)


def _number(mp: MPContext, value: Any) -> Any:
    """An int, Fraction, float or mpf as an mpf; integers and fractions are rounded only here."""
    if not isinstance(value, int | Fraction | float) and not hasattr(value, "_mpf_"):
        raise NetworkError(f"{value!r} is not a real number", "give an int, a Fraction or an mpf")
    number = mp.convert(value)
    if not mp.isfinite(number):
        raise NetworkError(f"{value!r} is not finite", "give an int, a Fraction or an mpf")
    return number


def _context(digits: int) -> MPContext:
    mp = MPContext()
    mp.dps = digits
    return mp


def _check_digits(digits: int) -> int:
    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= MOST_DIGITS:
        raise NetworkError(
            f"cannot give {digits!r} digits", f"ask for an integer from 1 to {MOST_DIGITS}"
        )
    return digits


def _check_shares(depths: Sequence[int], shares: Sequence[Any]) -> None:
    if len(check_depths(depths)) != len(shares):
        raise NetworkError(
            f"{len(shares)} shares for {len(depths)} pathways",
            "give one share for each pathway, 0 for a silent one",
        )
