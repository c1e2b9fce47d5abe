"""SymPy expressions as terms of the statements, and the signs of those without symbols.

SymPy derives; signs are decided by the exact arithmetic of the kernel, or left open.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

import sympy

from verifier.kernel import signs
from verifier.kernel.algebraic import algebraic_sign
from verifier.kernel.balls import closed_sign
from verifier.kernel.polynomial import Refused
from verifier.statements.terms import Apply, Number, Symbol, Term
from verifier.statements.vocabulary import VARIABLES, exp, pi, real

from .errors import NetworkError

_FUNCTIONS = {sympy.exp: "exp", sympy.log: "log", sympy.sin: "sin", sympy.cos: "cos"}
_BY_EXP = (sympy.tanh, sympy.sinh, sympy.cosh)


def term_of(expression: Any, symbols: Mapping[str, Symbol] = VARIABLES) -> Term:
    """The expression as a term that a claim or a link can name.

    A symbol becomes the variable of its name: one of `symbols`, else a real variable.

    >>> x, y = sympy.symbols("x y")
    >>> term_of(x * y**2 / 2)
    1/2*x*y**2

    Raises:
        NetworkError: the statements have no such number or function.
    """
    if expression.is_Rational:
        return Number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        known = symbols.get(expression.name)
        return real(expression.name) if known is None else known
    if expression is sympy.pi:
        return pi
    if expression is sympy.E:
        return exp(1)
    if isinstance(expression, _BY_EXP):
        return term_of(expression.rewrite(sympy.exp), symbols)
    parts = [term_of(part, symbols) for part in expression.args]
    if expression.is_Add:
        return reduce(add, parts)
    if expression.is_Mul:
        return reduce(mul, parts)
    if expression.is_Pow:
        return parts[0] ** parts[1]
    if expression.func in _FUNCTIONS:
        return Apply(_FUNCTIONS[expression.func], *parts)
    raise NetworkError(
        f"{expression} is outside the language of the statements",
        "use exact numbers, + - * / **, exp, log, sin, cos, sinh, cosh, tanh",
    )


def sign_of(number: Any) -> int | None:
    """The sign -1, 0 or 1 of an expression without symbols; None where it cannot be decided.

    >>> root = sympy.sqrt(2)
    >>> sign_of(sympy.sqrt(3 + 2 * root) - 1 - root), sign_of(sympy.pi - 3)
    (0, 1)
    """
    if number.is_Rational:
        return (number.p > 0) - (number.p < 0)
    term = term_of(number)
    try:
        found = algebraic_sign(term)
    except Refused:
        found = closed_sign(term)
    return {signs.NEGATIVE: -1, signs.ZERO: 0, signs.POSITIVE: 1}.get(found)
