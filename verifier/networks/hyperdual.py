"""Second derivatives without a formula for them: hyper-dual numbers.

A hyper-dual number is x + a e1 + b e2 + c e1 e2 with e1^2 = e2^2 = 0 and e1 e2 != 0.  By Taylor's
theorem g(x + u e1 + v e2) carries u^T g''(x) v, exactly, as its coefficient of e1 e2: no limit is
taken and nothing is truncated.  (Fike and Alonso, 2011.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HyperDual:
    """value + first e1 + second e2 + mixed e1 e2, over any kind of number.

    >>> x = HyperDual(3, 1, 1, 0)
    >>> x * x * x
    HyperDual(value=27, first=27, second=27, mixed=18)
    """

    value: Any
    first: Any
    second: Any
    mixed: Any

    def __add__(self, other: Any) -> "HyperDual":
        if not isinstance(other, HyperDual):
            return HyperDual(self.value + other, self.first, self.second, self.mixed)
        return HyperDual(
            self.value + other.value,
            self.first + other.first,
            self.second + other.second,
            self.mixed + other.mixed,
        )

    __radd__ = __add__

    def __sub__(self, number: Any) -> "HyperDual":
        return HyperDual(self.value - number, self.first, self.second, self.mixed)

    def __mul__(self, other: Any) -> "HyperDual":
        if not isinstance(other, HyperDual):
            return HyperDual(
                self.value * other, self.first * other, self.second * other, self.mixed * other
            )
        return HyperDual(
            self.value * other.value,
            self.value * other.first + self.first * other.value,
            self.value * other.second + self.second * other.value,
            self.value * other.mixed
            + self.first * other.second
            + self.second * other.first
            + self.mixed * other.value,
        )

    __rmul__ = __mul__

    def __truediv__(self, number: Any) -> "HyperDual":
        return HyperDual(
            self.value / number, self.first / number, self.second / number, self.mixed / number
        )


Function = Callable[[Sequence[Any]], Any]


def second_derivative(
    function: Function, point: Sequence[Any], along: Sequence[int], across: Sequence[int]
) -> Any:
    """along^T g''(point) across, for a function g of a list of numbers.

    >>> second_derivative(lambda p: p[0] * p[0] * p[1], [5, 7], [1, 0], [0, 1])
    10
    """
    moved = [
        HyperDual(x, u, v, 0) if u or v else x for x, u, v in zip(point, along, across, strict=True)
    ]
    result = function(moved)
    return result.mixed if isinstance(result, HyperDual) else 0


def second_derivatives(function: Function, point: Sequence[Any]) -> list[list[Any]]:
    """The matrix of all second derivatives of a function of a list of numbers.

    >>> second_derivatives(lambda p: p[0] * p[0] * p[1], [5, 7])
    [[14, 10], [10, 0]]
    """
    size = len(point)
    units = [[int(i == j) for i in range(size)] for j in range(size)]
    lower = [
        [second_derivative(function, point, units[i], units[j]) for j in range(i + 1)]
        for i in range(size)
    ]
    return [[lower[max(i, j)][min(i, j)] for j in range(size)] for i in range(size)]
