"""The part of the language that z3 is asked about: rational arithmetic, roots, distinctions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, Term, subterms

MAX_NODES, MAX_TEXT = 300, 5_000  # different operations, and all of them as written out
MAX_BITS = 4_000  # of a literal number
MAX_SHOWN = 60  # characters of what is refused


class OutsideLanguage(Exception):
    """The statement, or a part of it, has no counterpart in the arithmetic of z3."""


def require_small(statement: Statement) -> None:
    """Refuse what is too large to be walked through."""
    relations = (statement.claim, *statement.given)
    nodes = list(dict.fromkeys(node for relation in relations for node in subterms(relation)))
    if len(nodes) > MAX_NODES:
        raise OutsideLanguage(f"more than {MAX_NODES} operations")
    written: dict[Any, int] = {}

    def length(node: Any) -> int:
        if node not in written:
            parts = node.args if isinstance(node, Apply) else ()
            if isinstance(node, Relation):
                parts = (node.lhs, node.rhs)
            written[node] = 1 + sum(map(length, parts))
        return written[node]

    if sum(map(length, relations)) > MAX_TEXT:
        raise OutsideLanguage(f"more than {MAX_TEXT} operations, written out")


def require_arithmetic(relation: Relation) -> None:
    """Refuse every operation that is not arithmetic."""
    for node in subterms(relation):
        if isinstance(node, Apply) and node.head not in _HEADS:
            raise OutsideLanguage(short(node))


def short(node: Term | Relation) -> str:
    """The text of a term or relation, cut where it is long."""
    text = repr(node)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def literal_value(term: Term) -> Fraction | None:
    """The number that a term without variables, roots or divisions by zero spells out.

    >>> x = Number(3)
    >>> literal_value(x / 6 - 1), literal_value(x / 0), literal_value(x ** 2)
    (Fraction(-1, 2), None, Fraction(9, 1))

    Raises:
        OutsideLanguage: the number is too long.
    """
    value: Fraction | None = None
    if isinstance(term, Number):
        value = term.value
    elif isinstance(term, Apply) and term.head in _ARITHMETIC and not term.free:
        values = [literal_value(a) for a in term.args]
        if None not in values:
            value = _computed(term.head, [v for v in values if v is not None])
    if value is not None and _bits(value) > MAX_BITS:
        raise OutsideLanguage("a number with too many digits")
    return value


def _computed(head: str, values: list[Fraction]) -> Fraction | None:
    first, last = values[0], values[-1]
    if head == "**":
        if last.denominator > 1 or (first == 0 and last < 0):
            return None
        if abs(last) * _bits(first) > MAX_BITS:
            raise OutsideLanguage("a number with too many digits")
        return first**last.numerator
    if head == "/":
        return first / last if last else None
    results = {"+": first + last, "-": first - last, "*": first * last, "neg": -first}
    return results[head]


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def exponent_value(term: Term) -> Fraction:
    """The literal exponent that a term spells out."""
    value = literal_value(term)
    if value is None:
        raise OutsideLanguage(f"the exponent {short(term)}")
    return value


_ARITHMETIC = frozenset({"+", "-", "*", "/", "neg", "**"})
_HEADS = _ARITHMETIC | {"sqrt", "Abs", "Min", "Max", "Iverson"}

__all__ = [
    "OutsideLanguage", "exponent_value", "literal_value", "require_arithmetic", "require_small",
    "short",
]  # fmt: skip
