"""Printing as text; `verifier.statements.parser` reads it back to the same object."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

_SUM, _PRODUCT, _NEGATION, _POWER, _ATOM = range(5)
_INFIX = {"+": (" + ", _SUM), "-": (" - ", _SUM), "*": ("*", _PRODUCT), "/": ("/", _PRODUCT)}
_DEFAULTS = ("H", "L", "sigma")


def text(node: Any) -> str:
    """The node in the text language.

    >>> from verifier.statements.vocabulary import H, L
    >>> text(H ** (2 / L - 1) < 1)
    'H**(2/L - 1) < 1'
    """
    if isinstance(node, Relation):
        return f"{text(node.lhs)} {node.op} {text(node.rhs)}"
    return _print(node)[0]


def _print(term: Term) -> tuple[str, int]:
    if isinstance(term, Number):
        value = term.value
        if value.denominator != 1:
            return _digits(value), _PRODUCT if value > 0 else _NEGATION
        return _digits(value), _ATOM if value >= 0 else _NEGATION
    if isinstance(term, Symbol):
        return term.name, _ATOM
    if not isinstance(term, Apply):
        raise TypeError(term)
    head, args = term.head, term.args
    if head in _INFIX:
        operator, level = _INFIX[head]
        left = _within(args[0], level)
        right = _within(args[1], level + 1 if level == _SUM else _POWER)
        return left + operator + right, level
    if head == "**":
        return f"{_within(args[0], _ATOM)}**{_within(args[1], _POWER)}", _POWER
    if head == "neg":
        return "-" + _within(args[0], _NEGATION), _NEGATION
    if head == "[]":
        return f"{_within(args[0], _ATOM)}[{', '.join(text(a) for a in args[1:])}]", _ATOM
    if head in ("Sum", "Product", "root"):
        body, index, lower, upper = map(text, args)
        return f"{head}({body}, ({index}, {lower}, {upper}))", _ATOM
    if head == "lambda":
        *bound, body = map(text, args)
        return f"(lambda {', '.join(bound)}: {body})", _ATOM
    if head in ("sharpness", "hessian"):
        allocation, *setting = args[:4]
        named = [
            f"{name}={text(value)}"
            for name, value in zip(_DEFAULTS, setting, strict=True)
            if not _is_default(name, value)
        ]
        return f"{head}({', '.join([*map(text, (allocation, *args[4:])), *named])})", _ATOM
    if not args:
        return head, _ATOM
    return f"{head}({', '.join(map(text, args))})", _ATOM


def _digits(value: Fraction) -> str:
    """The number, or its size where Python refuses to write it out (no statement is so long)."""
    try:
        return str(value)
    except ValueError:
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        return f"<{bits} bits>"


def _is_default(name: str, value: Term) -> bool:
    return isinstance(value, Symbol) and value.name == name and not value.arity


def _within(term: Term, level: int) -> str:
    printed, own = _print(term)
    # a leading minus ends a sum's first operand without harm: -x + y is (-x) + y
    if own < level:
        return f"({printed})"
    return printed
