"""Numbers of one kind: all exact, all floats, or all mpf of one context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from .errors import DynamicsError


def alike(values: Sequence[Any]) -> list[Any]:
    """The numbers in the most particular kind among them: mpf, then float, then Fraction.

    >>> alike([1, Fraction(1, 2)]), alike([1, 0.5])
    ([Fraction(1, 1), Fraction(1, 2)], [1.0, 0.5])

    Raises:
        DynamicsError: one is no real number, or not finite.
    """
    for value in values:
        if isinstance(value, bool) or not (
            isinstance(value, int | Fraction | float) or hasattr(value, "_mpf_")
        ):
            raise DynamicsError(
                f"{value!r} is no real number", "give an int, a Fraction, a float or an mpf"
            )
    convert = _conversion(values)
    found = []
    for value in values:
        try:
            number = convert(value)
        except OverflowError:
            number = float("inf")
        if not finite(number):
            raise DynamicsError(f"{value!r} is not finite", "give numbers that float64 can hold")
        found.append(number)
    return found


def finite(number: Any) -> bool:
    """Whether a number is neither infinite nor NaN."""
    return bool(number - number == 0)


def _conversion(values: Sequence[Any]) -> Callable[[Any], Any]:
    for value in values:
        if hasattr(value, "_mpf_"):
            return value.context.convert  # type: ignore[no-any-return]
    if any(isinstance(value, float) for value in values):
        return float
    return Fraction
