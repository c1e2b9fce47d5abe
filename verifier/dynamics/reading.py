"""The run that a reader names in text: depths, numbers, and where the pathways start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from .errors import DynamicsError
from .numbers import finite

_SMALLER = "take smaller numbers, or --digits"
MOST_NUMBERS = 10**7  # shares that a run keeps
_NUMBER = re.compile(
    r"[+-]?([0-9]{1,100}(/[0-9]{1,100})?|[0-9]{0,100}\.[0-9]{1,100})([eE][+-]?[0-9]{1,3})?"
)


def read_number(text: str, name: str = "a number") -> Fraction:
    """The number that a text such as `2`, `-1/3`, `0.002` or `2e-3` names, exactly.

    >>> read_number("2e-3"), read_number("1/3")
    (Fraction(1, 500), Fraction(1, 3))
    >>> read_number("nan", "the target")
    Traceback (most recent call last):
    ...
    verifier.dynamics.errors.DynamicsError: the target is 'nan' (write a number: 2, 1/3 or 0.002)

    Raises:
        DynamicsError: it names none.
    """
    stripped = text.strip()
    try:
        if _NUMBER.fullmatch(stripped):
            return Fraction(stripped)
    except (ValueError, ZeroDivisionError):
        pass
    raise DynamicsError(f"{name} is {stripped!r}", "write a number: 2, 1/3 or 0.002")


def read_depths(paths: int, text: str) -> tuple[int, ...]:
    """The depth of every pathway, from `3` for all of them or `3,5` for each its own.

    >>> read_depths(2, "3"), read_depths(2, "3,5")
    ((3, 3), (3, 5))

    Raises:
        DynamicsError: a depth is no integer >= 1, or they are too few or too many.
    """
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if not re.fullmatch("[0-9]{1,6}", part) or int(part) == 0:
            raise DynamicsError(f"{part!r} is no depth", "write an integer >= 1, as 3, or 3,5")
    return tuple(map(int, _for_each(parts, paths, "depths")))


def read_start(
    depths: Sequence[int], start: str | None, weights: Sequence[str], digits: int | None
) -> tuple[Any, ...]:
    """Where a run starts: layers of roots of the shares, or every weight as it is given.

    Args:
        depths: the depth of each pathway.
        start: the share of every pathway, one for all or one for each, as `0.002,0.0017`.
        weights: instead of it the weights of each pathway, one text for each.
        digits: how many digits the roots have; None for floats.

    >>> read_start((2, 2), "0.25", (), None)
    (0.5, 0.5)
    >>> read_start((2, 1), None, ("0.5,1", "2"), None)
    ((0.5, 1.0), (2.0,))

    Raises:
        DynamicsError: both or neither are given, or they do not fit the depths.
    """
    from .descent import layer_values, shares

    if bool(start and start.strip()) == bool(weights):
        raise DynamicsError(
            "the start is given twice" if weights else "the start is empty",
            "give --start with the share of each pathway, or --weights once for each pathway",
        )
    if not weights:
        given = [read_number(part, "a share of the start") for part in (start or "").split(",")]
        return layer_values(depths, in_kind(_for_each(given, len(depths), "shares"), digits))
    rows = [[read_number(part, "a weight") for part in text.split(",")] for text in weights]
    state = tuple(tuple(in_kind(row, digits)) for row in rows)
    if not all(finite(share) for share in shares(depths, state)):
        raise DynamicsError("a product of the weights is out of the range of float64", _SMALLER)
    return state


def read_steps(paths: int, eta: str, steps: int | None, time: str | None) -> int:
    """How many steps: as many as are given, or as fit into a time.

    >>> read_steps(2, "0.1", None, "100"), read_steps(2, "0.1", 5, None)
    (1000, 5)

    Raises:
        DynamicsError: both or neither are given, the step size is not positive, the time is
            negative, or the run is too long to be kept.
    """
    size = read_number(eta, "the step size")
    if size <= 0:
        raise DynamicsError(f"the step size is {eta.strip()}", "take eta > 0")
    if (steps is None) == (time is None):
        raise DynamicsError("the end is given twice" if time else "the end is not given",
                            "give either --steps or --time")  # fmt: skip
    count = steps if time is None else int(read_number(time, "the time") // size)
    if count is None or count < 0:
        raise DynamicsError(f"the time is {time}", "give a time >= 0")
    if count * paths > MOST_NUMBERS:
        raise DynamicsError(f"a run of {count} steps is too long to be kept", "take fewer steps")
    return count


def in_kind(values: Sequence[Fraction], digits: int | None) -> list[Any]:
    """Exact numbers rounded to floats, or to mpf of one context with so many digits.

    >>> in_kind([Fraction(1, 3)], None)
    [0.3333333333333333]

    Raises:
        DynamicsError: a float cannot hold a number, or the digits are out of range.
    """
    if digits is None:
        return [_float(value) for value in values]
    from .rounding import private

    context = private(digits)
    return [context.mpf(value.numerator) / value.denominator for value in values]


def _float(value: Fraction) -> float:
    try:
        number = float(value)
    except OverflowError as error:
        raise DynamicsError("a number is out of the range of float64", _SMALLER) from error
    if number == 0 != value:
        raise DynamicsError("a number is too small for float64", "take a larger one, or --digits")
    return number


def _for_each(values: Sequence[Any], paths: int, name: str) -> list[Any]:
    if len(values) not in (1, paths):
        raise DynamicsError(
            f"{len(values)} {name} for {paths} pathways", "give one for all, or one for each"
        )
    return [*values] * (paths if len(values) == 1 else 1)


__all__ = ["in_kind", "read_depths", "read_number", "read_start", "read_steps"]
