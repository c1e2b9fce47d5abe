"""Smooth expressions at exact points: what a landscape accepts, and where.

SymPy has derivatives for `Abs(x)` and `sqrt(x)` at 0 as well, of a kind that no test of second
order may use; so kinks are refused in a loss, and roots, logarithms and quotients at such points.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from .closed import sign_of
from .errors import NetworkError

_SMOOTH = (sympy.exp, sympy.log, sympy.sin, sympy.cos, sympy.tanh, sympy.sinh, sympy.cosh)


def exact_value(name: str, value: Any) -> Any:
    """A value of a parameter as an exact SymPy number; an mpmath number stands for itself."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return sympy.Rational(value.numerator, value.denominator)
    if hasattr(value, "_mpf_") and value.context.isfinite(value):
        sign, mantissa, exponent, _ = value._mpf_
        return (-1) ** sign * sympy.Integer(int(mantissa)) * sympy.Integer(2) ** exponent
    if isinstance(value, sympy.Expr) and _is_exact(value):
        return value
    raise NetworkError(
        f"{name} = {value!r} is no exact real number",
        "give an int, a Fraction, an mpmath number, or a number of SymPy such as sqrt(2)",
    )


def _is_exact(value: Any) -> bool:
    return bool(value.is_number and value.is_real and not value.has(sympy.Float))


def value_at(expression: Any, at: Mapping[Any, Any]) -> Any:
    """The value of an expression where its symbols have exact values."""
    value = sympy.expand(expression.xreplace(at))
    if value.has(sympy.zoo, sympy.oo, sympy.nan, -sympy.oo):
        raise NetworkError(f"{expression} is not defined at this point", "take another point")
    return value


def require_smooth(loss: Any) -> None:
    """Refuse a loss that is not put together from exact numbers and smooth functions."""
    for node in sympy.preorder_traversal(loss):
        known = node.is_Add or node.is_Mul or node.is_Pow or isinstance(node, _SMOOTH)
        if not (known or node.is_Symbol or node.is_Rational or node in (sympy.pi, sympy.E)):
            raise NetworkError(
                f"the loss contains {node}",
                "use exact numbers, + - * / **, exp, log, sin, cos, sinh, cosh, tanh",
            )


def require_smooth_at(loss: Any, at: Mapping[Any, Any]) -> None:
    """Refuse a point at which a root, a logarithm or a quotient in the loss is not smooth."""
    for node in sympy.preorder_traversal(loss):
        if isinstance(node, sympy.log):
            inner, regular = node.args[0], False
        elif node.is_Pow and not (node.exp.is_Integer and node.exp > 0):
            inner, regular = node.base, node.exp.is_Integer
        else:
            continue
        sign = sign_of(value_at(inner, at))
        if sign != 1 and not (sign == -1 and regular):
            raise NetworkError(
                f"the loss is not known to be smooth at this point: {node}", "take another point"
            )
