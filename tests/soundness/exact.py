"""An evaluator of statements in plain fractions, independent of the kernel and of every library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Relation, Symbol

Value = Fraction
Point = Mapping[Symbol, Any]  # a Fraction, or a function of the indices for a family
LARGEST = 10**4


class UndefinedHere(Exception):
    """The term has no value at this point."""


class Inexact(Exception):
    """The value is no fraction that is found here: nothing can be said at this point."""


def value(term: Any, at: Point) -> Value:
    """The exact value of a term at a point."""
    if isinstance(term, Number):
        return term.value
    if isinstance(term, Symbol):
        if term.arity:
            raise Inexact("a family")
        return at[term]  # type: ignore[no-any-return]
    head, args = term.head, term.args
    if head in ("Sum", "Product"):
        return _over_range(head, args, at)
    if head == "Iverson":
        return Fraction(holds(args[0], at))
    if head == "[]" and isinstance(args[0], Symbol):
        return at[args[0]](*(_whole(value(i, at)) for i in args[1:]))  # type: ignore[no-any-return]
    if head not in _OPERATIONS:
        raise Inexact(head)
    return _OPERATIONS[head](*(value(a, at) for a in args))


def holds(relation: Relation, at: Point) -> bool:
    """Whether a relation is true at a point."""
    left, right = value(relation.lhs, at), value(relation.rhs, at)
    return {
        "<": left < right, "<=": left <= right, "==": left == right, "!=": left != right,
        ">=": left >= right, ">": left > right,
    }[relation.op]  # fmt: skip


def fails(statement: Statement, at: Point) -> bool:
    """Whether what is given holds at a point and the claim does not, or is undefined."""
    try:
        if not all(holds(g, at) for g in statement.given):
            return False
    except UndefinedHere:
        return False
    try:
        return not holds(statement.claim, at)
    except UndefinedHere:
        return True


def _whole(number: Value) -> int:
    if number.denominator != 1:
        raise UndefinedHere("an index that is no integer")
    return int(number)


def _over_range(head: str, args: tuple[Any, ...], at: Point) -> Value:
    body, index, lower, upper = args
    first, last = _whole(value(lower, at)), _whole(value(upper, at))
    if last - first > LARGEST:
        raise Inexact("a long range")
    result = Fraction(head == "Product")
    for i in range(first, last + 1):
        member = value(body, {**at, index: Fraction(i)})
        result = result * member if head == "Product" else result + member
    return result


def _divide(a: Value, b: Value) -> Value:
    if b == 0:
        raise UndefinedHere("division by zero")
    return a / b


def _power(base: Value, exponent: Value) -> Value:
    if exponent.denominator != 1 and base < 0:
        raise UndefinedHere("a fractional power of a negative number")
    if exponent < 0 and base == 0:
        raise UndefinedHere("a negative power of zero")
    if abs(base) in (0, 1) and exponent.denominator == 1:
        return base ** (int(exponent) % 2 + 2 * bool(exponent))
    if abs(exponent.numerator) > LARGEST:
        raise Inexact("a large power")
    root = exponent.denominator
    rooted = Fraction(_root(base.numerator, root), _root(base.denominator, root))
    return rooted**exponent.numerator


def _root(number: int, degree: int) -> int:
    """The exact root of a natural number (any integer, for the first root)."""
    if degree == 1:
        return number
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    if low**degree != number:
        raise Inexact("an irrational root")
    return low


def _logarithm(a: Value) -> Value:
    if a <= 0:
        raise UndefinedHere("the logarithm of what is not positive")
    if a != 1:
        raise Inexact("a logarithm")
    return Fraction(0)


def _exponential(a: Value) -> Value:
    if a != 0:
        raise Inexact("an exponential")
    return Fraction(1)


_OPERATIONS: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": _divide,
    "neg": lambda a: -a, "**": _power, "sqrt": lambda a: _power(a, Fraction(1, 2)),
    "exp": _exponential, "log": _logarithm, "Abs": abs, "Min": min, "Max": max,
}  # fmt: skip
__all__ = ["Inexact", "UndefinedHere", "fails", "holds", "value"]
