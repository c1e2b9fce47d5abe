"""The signs of a polynomial in one variable within bounds, by the theorem of Sturm."""

from __future__ import annotations

from itertools import pairwise

from flint import fmpq, fmpq_poly

from verifier.kernel import signs
from verifier.kernel.known import Bounds

MAX_DEGREE = 60


def signs_on(poly: fmpq_poly, bounds: Bounds, integral: bool) -> int:
    """Exactly the signs that a polynomial takes within the bounds, or at the integers there.

    >>> square = fmpq_poly([1, -2, 1])
    >>> signs_on(square, Bounds(), False) == signs.NONNEGATIVE
    True
    >>> signs_on(square, Bounds(lower=fmpq(1), lower_strict=True), False) == signs.POSITIVE
    True
    """
    if poly.degree() < 1:
        return signs.of_number(poly[0])
    if poly.degree() > MAX_DEGREE:
        return signs.ANY
    far = fmpq(_root_bound(poly))
    low, high = bounds.lower, bounds.upper
    if integral:
        return _at_integers(poly, bounds, far)
    if low is not None and high is not None and low >= high:
        one = low == high and not (bounds.lower_strict or bounds.upper_strict)
        return signs.of_number(poly(low)) if one else 0
    found = 0
    if low is not None and not bounds.lower_strict:
        found |= signs.of_number(poly(low))
    if high is not None and not bounds.upper_strict:
        found |= signs.of_number(poly(high))
    inside = poly
    if low is not None:  # x - low > 0 inside
        inside = _without_root(inside, low, 1)
    if high is not None:
        inside = _without_root(inside, high, -1)
    first = min(-far, high - 1 if high is not None else -far) if low is None else low
    last = max(far, low + 1 if low is not None else far) if high is None else high
    return found | _At(inside).between(first, last)


def _at_integers(poly: fmpq_poly, bounds: Bounds, far: fmpq) -> int:
    """Integers beyond all roots stand for those farther out."""
    low, high = bounds.lower, bounds.upper
    first = None if low is None else fmpq(low.floor() + 1 if bounds.lower_strict else low.ceil())
    last = None if high is None else fmpq(high.ceil() - 1 if bounds.upper_strict else high.floor())
    if first is None:
        first = -far if last is None else min(-far, last)
    if last is None:
        last = max(far, first)
    return _At(poly).integers(first, last) if first <= last else 0


def _root_bound(poly: fmpq_poly) -> int:
    """An integer greater than the absolute value of every root (Cauchy's bound)."""
    leading = abs(poly[poly.degree()])
    return int(max(abs(c) / leading for c in poly.coeffs()).ceil()) + 1


def _without_root(poly: fmpq_poly, root: fmpq, side: int) -> fmpq_poly:
    """The polynomial over the power of side*(x - root) > 0 that divides it."""
    factor = fmpq_poly([-root, 1]) * side
    while poly and not poly(root):
        poly = poly // factor
    return poly


class _At:
    """A polynomial with its Sturm chain."""

    def __init__(self, poly: fmpq_poly) -> None:
        self.poly = poly
        squarefree = poly // poly.gcd(poly.derivative())
        self.chain = [squarefree, squarefree.derivative()]
        while self.chain[-1].degree() > 0:
            self.chain.append(-(self.chain[-2] % self.chain[-1]))

    def roots(self, low: fmpq, high: fmpq) -> int:
        """The number of roots in (low, high]."""
        return self._changes(low) - self._changes(high)

    def _changes(self, x: fmpq) -> int:
        values = [v for v in (p(x) for p in self.chain) if v]
        return sum((a < 0) != (b < 0) for a, b in pairwise(values))

    def between(self, low: fmpq, high: fmpq) -> int:
        """The signs in the open interval between two numbers that are no roots."""
        found = signs.of_number(self.poly(low)) | signs.of_number(self.poly(high))
        count = self.roots(low, high)
        if not count:
            return found
        if count == 1:
            return found | signs.ZERO
        middle = (low + high) / 2
        while not self.poly(middle):
            middle = (middle + high) / 2
        return self.between(low, middle) | self.between(middle, high)

    def integers(self, first: fmpq, last: fmpq) -> int:
        """The signs at the integers from the first to the last."""
        found, waiting = 0, [(first, last)]
        while waiting:
            first, last = waiting.pop()
            found |= signs.of_number(self.poly(first)) | signs.of_number(self.poly(last))
            if last - first < 2:
                continue
            if self.roots(first, last) - (not self.poly(last)):
                middle = fmpq(((first + last) / 2).floor())
                waiting += [(first, middle), (middle, last)]
            else:
                found |= signs.of_number(self.poly(first + 1))
        return found
