"""What a claim's text says, evaluated without the package: Python's own grammar, fractions, mpmath.

Values are fractions where they are rational and found so, otherwise numbers of 120 digits; two
numbers that agree to 90 digits count as equal.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from mpmath import MPContext

mp = MPContext()
mp.dps = 120
SMALL = mp.mpf(10) ** -90
FAR, NEAR = 10**12, Fraction(1, 10**12)  # where limits are read off
FAR_SUM = 2001
LIMIT_TOLERANCE = Fraction(1, 100)
LARGEST = 20_000  # bits of an exact power, terms of a sum

Value = Any  # a Fraction or a number of mpmath
Values = Mapping[str, Value]


class UndefinedHere(Exception):
    """The term has no value at this point."""


class TooLarge(Exception):
    """The value is not worked out here."""


def holds(text: str, at: Values) -> bool:
    """Whether a relation, or each of a chain of relations, is true at a point.

    Raises:
        UndefinedHere: a side has no value.
    """
    return _relation(ast.parse(text, mode="eval").body, at)


def value(text: str) -> Value:
    """The value of a term without variables."""
    return _value(ast.parse(text, mode="eval").body, {})


def _relation(node: ast.AST, at: Values) -> bool:
    if not isinstance(node, ast.Compare):
        raise TypeError("no relation")
    sides = [_value(side, at) for side in (node.left, *node.comparators)]
    loose = any(isinstance(n, ast.Name) and n.id == "limit" for n in ast.walk(node))
    return all(
        _RELATIONS[type(op)](_sign(_minus(a, b), a, loose))
        for op, a, b in zip(node.ops, sides, sides[1:], strict=False)
    )


def _sign(difference: Value, scale: Value, loose: bool) -> int:
    if isinstance(difference, Fraction) and not loose:
        return (difference > 0) - (difference < 0)
    number = _mpf(difference)
    tolerance = (_mpf(LIMIT_TOLERANCE) if loose else SMALL) * max(1, abs(_mpf(scale)))
    return 0 if abs(number) <= tolerance else (1 if number > 0 else -1)


def _value(node: ast.AST, at: Values) -> Value:
    match node:
        case ast.Constant(value=int(number)):
            return Fraction(number)
        case ast.Name(id="pi"):
            return +mp.pi
        case ast.Name(id=name):
            return at[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, at)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATIONS[type(op)](_value(left, at), _value(right, at))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            if name in _SPECIAL:
                return _SPECIAL[name](args, keywords, at)
            return _FUNCTIONS[name](*(_value(a, at) for a in args))
    raise TypeError(f"{ast.dump(node)} is not in the language")


def _mpf(x: Value) -> Any:
    return mp.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else x


def _both(exact: Callable[[Any, Any], Any]) -> Callable[[Value, Value], Value]:
    def apply(a: Value, b: Value) -> Value:
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return exact(a, b)
        return exact(_mpf(a), _mpf(b))

    return apply


_minus = _both(operator.sub)


def _is_zero(x: Value) -> bool:
    return x == 0 if isinstance(x, Fraction) else abs(x) < SMALL


def _divide(a: Value, b: Value) -> Value:
    if _is_zero(b):
        raise UndefinedHere("division by zero")
    return _both(operator.truediv)(a, b)


def _power(base: Value, exponent: Value) -> Value:
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    if _is_zero(base):
        if exponent < 0:
            raise UndefinedHere("a negative power of zero")
        return Fraction(_is_zero(exponent))
    if base < 0 and not whole:
        raise UndefinedHere("a fractional power of a negative number")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        root = exponent.denominator
        rooted = base if root == 1 else _exact_root(base, root)
        if rooted is not None:
            bits = max(rooted.numerator.bit_length(), rooted.denominator.bit_length())
            if bits * abs(exponent.numerator) <= LARGEST or abs(rooted) == 1:
                return rooted ** (
                    exponent.numerator % 2 if abs(rooted) == 1 else exponent.numerator
                )
    if whole:
        return mp.power(_mpf(base), exponent.numerator)
    return mp.power(_mpf(base), _mpf(exponent))


def _exact_root(number: Fraction, degree: int) -> Fraction | None:
    parts = []
    for part in (number.numerator, number.denominator):
        large = part.bit_length() >= degree
        guess = int(mp.nint(mp.root(mp.mpf(part), degree))) if large else 1
        if guess == 1:
            exact = part == 1
        else:
            exact = guess.bit_length() * degree <= LARGEST and guess**degree == part
        if not exact:
            return None
        parts.append(guess)
    return Fraction(*parts)


def _sqrt(x: Value) -> Value:
    return Fraction(0) if _is_zero(x) else _power(x, Fraction(1, 2))


def _log(x: Value) -> Value:
    if _is_zero(x) or x < 0:
        raise UndefinedHere("the logarithm of what is not positive")
    return mp.log(_mpf(x))


def _whole(x: Value) -> int:
    if not isinstance(x, Fraction) or x.denominator != 1:
        raise UndefinedHere("a bound that is no integer")
    return x.numerator


def _big(
    start: int, join: Callable[[Value, Value], Value]
) -> Callable[[list[ast.expr], Any, Values], Value]:
    def over_range(args: list[ast.expr], _: Any, at: Values) -> Value:
        body, bounds = args
        index, lower, upper = bounds.elts  # type: ignore[attr-defined]
        first, last = _whole(_value(lower, at)), _whole(_value(upper, at))
        if last - first > LARGEST:
            raise TooLarge("a long range")
        total: Value = Fraction(start)
        for i in range(first, last + 1):
            total = join(total, _value(body, {**at, index.id: Fraction(i)}))
        return total

    return over_range


def _iverson(args: list[ast.expr], _: Any, at: Values) -> Value:
    return Fraction(_relation(args[0], at))


def _limit(args: list[ast.expr], _: Any, at: Values) -> Value:
    """Read off at a few points; where these do not agree there is no limit."""
    body, variable, point = args
    name = variable.id  # type: ignore[attr-defined]
    if isinstance(point, ast.Name) and point.id == "oo":
        sums = any(isinstance(n, ast.Name) and n.id == "Sum" for n in ast.walk(body))
        far = FAR_SUM if sums else FAR
        points = [Fraction(p) for p in (far, far + 1, 2 * far)]
    else:
        centre = _value(point, at)
        points = [centre + NEAR, centre - NEAR, centre + NEAR / 2]
    found = [_value(body, {**at, name: p}) for p in points]
    if any(_sign(_minus(f, found[0]), f, loose=True) for f in found):
        raise UndefinedHere("there is no limit")
    return found[0]


def _sharpness(args: list[ast.expr], keywords: list[ast.keyword], at: Values) -> Value:
    """At a minimum the Hessian is g g^T, g the gradient of the output: the sharpness is |g|^2.

    An entry of g is the product of the other weights of its pathway.
    """
    setting = {name: at.get(name) for name in ("H", "L", "sigma")}
    setting |= {k.arg: _value(k.value, at) for k in keywords}
    paths, depth = _whole(setting["H"]), _whole(setting["L"])
    target = setting["sigma"]
    match args[0]:
        case ast.Name(id="balanced"):
            active = paths
        case ast.Name(id="single_path"):
            active = 1
        case ast.Call(args=[inner]):
            active = _whole(_value(inner, at))
        case _:
            raise TypeError("no allocation")
    if not 1 <= active <= paths or depth < 1 or target < 0:
        raise UndefinedHere("no such allocation")
    layer = _power(_divide(target, Fraction(active)), Fraction(1, depth))
    entry, silent = (_power(w, Fraction(depth - 1)) for w in (layer, Fraction(0)))
    return depth * (active * entry * entry + (paths - active) * silent * silent)


_RELATIONS: dict[type, Callable[[int], bool]] = {
    ast.Lt: lambda s: s < 0, ast.LtE: lambda s: s <= 0, ast.Eq: lambda s: s == 0,
    ast.NotEq: lambda s: s != 0, ast.GtE: lambda s: s >= 0, ast.Gt: lambda s: s > 0,
}  # fmt: skip
_OPERATIONS: dict[type, Callable[[Value, Value], Value]] = {
    ast.Add: _both(operator.add), ast.Sub: _minus, ast.Mult: _both(operator.mul),
    ast.Div: _divide, ast.Pow: _power,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "sqrt": _sqrt, "exp": lambda x: mp.exp(_mpf(x)), "log": _log, "Abs": abs,
    "sin": lambda x: mp.sin(_mpf(x)), "cos": lambda x: mp.cos(_mpf(x)),
    "Min": _both(min), "Max": _both(max),
}  # fmt: skip
_SPECIAL: dict[str, Callable[[list[ast.expr], Any, Values], Value]] = {
    "Sum": _big(0, _OPERATIONS[ast.Add]), "Product": _big(1, _OPERATIONS[ast.Mult]),
    "Iverson": _iverson, "limit": _limit, "sharpness": _sharpness,
}  # fmt: skip
__all__ = ["TooLarge", "UndefinedHere", "holds", "value"]
