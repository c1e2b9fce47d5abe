"""Signs as sets: which of negative, zero and positive a quantity can be."""

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
NONNEGATIVE = ZERO | POSITIVE
NONPOSITIVE = ZERO | NEGATIVE
NONZERO = NEGATIVE | POSITIVE
ANY = NEGATIVE | ZERO | POSITIVE

#: The signs of `lhs - rhs` that make a relation true.
HOLDS = {
    "<": NEGATIVE, "<=": NONPOSITIVE, "==": ZERO, "!=": NONZERO, ">=": NONNEGATIVE, ">": POSITIVE,
}  # fmt: skip


def only(sign: int, allowed: int) -> bool:
    """Whether every possibility is allowed.

    >>> only(POSITIVE, NONNEGATIVE), only(ANY, NONNEGATIVE)
    (True, False)
    """
    return not sign & ~allowed


def of_number(value: object) -> int:
    """The sign of an exact number."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO  # type: ignore[operator]


def negated(sign: int) -> int:
    """The signs of -x."""
    return (
        (sign & ZERO) | (POSITIVE if sign & NEGATIVE else 0) | (NEGATIVE if sign & POSITIVE else 0)
    )


def times(a: int, b: int) -> int:
    """The signs of x*y."""
    result = 0
    if a & ZERO or b & ZERO:
        result |= ZERO
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        result |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        result |= NEGATIVE
    return result


def plus(a: int, b: int) -> int:
    """The signs of x+y."""
    result = 0
    if a & ZERO:
        result |= b
    if b & ZERO:
        result |= a
    if a & POSITIVE and b & POSITIVE:
        result |= POSITIVE
    if a & NEGATIVE and b & NEGATIVE:
        result |= NEGATIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        result = ANY
    return result


def integer_power(a: int, exponent: int) -> int:
    """The signs of x**n for a natural number n (with 0**0 = 1)."""
    if exponent == 0:
        return POSITIVE
    if exponent % 2:
        return a
    return (a & ZERO) | (POSITIVE if a & NONZERO else 0)
