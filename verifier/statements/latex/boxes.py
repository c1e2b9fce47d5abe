r"""What a printed term is: a row of pieces between which a line may be broken.

Parentheses have fixed sizes (`\Bigl`), because `\left...\right` cannot be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from verifier.statements.layout import Piece, Row, around, enclosed, flat, follow, glue
from verifier.statements.names import name_width, symbol_name
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term

RELATIONS = {"<": "<", "<=": r"\le", "==": "=", "!=": r"\ne", ">=": r"\ge", ">": ">"}
SMALL = 0.72  # the size of exponents and indices
LAMBDA, SUM, RATIO, PRODUCT, POWER, ATOM = range(6)  # how tightly a term holds together


class Style(IntEnum):
    """Where a term stands: on a line of its own, in running text, or in an exponent or index."""

    DISPLAY = 3
    INLINE = 2
    SCRIPT = 1

    @property
    def relation(self) -> float:
        """The width of a relation's sign; in exponents there is no space around it."""
        return 0.8 if self is Style.SCRIPT else 1.4

    @property
    def operation(self) -> float:
        """The width of a plus or a minus."""
        return 0.8 if self is Style.SCRIPT else 1.25


class Box(NamedTuple):
    """A printed term.

    A sum over an index, say, would swallow what is written after it: where something follows, such
    a term is printed as `closed`.
    """

    row: Row
    level: int
    height: int = 1  # 1: a letter, 2: a fraction, 3: a sum
    closed: Row | None = None


Printer = Callable[[Apply, Style], Box]
_printers: dict[str, Printer] = {}


def prints(*heads: str) -> Callable[[Printer], Printer]:
    """Marks a function as the one that prints some operations."""

    def add(printer: Printer) -> Printer:
        _printers.update(dict.fromkeys(heads, printer))
        return printer

    return add


def printed(term: Term, style: Style) -> Box:
    """A term as a box."""
    if isinstance(term, Symbol):
        return Box((Piece(symbol_name(term.name), name_width(term.name)),), ATOM)
    positive = _without_minus(term)
    if positive is not None:
        box = printed(positive, style)
        row = box.row if box.level >= RATIO else bracket(box, style)
        closed = around("-", box.closed, "", 0.8) if box.closed and row is box.row else None
        return Box(around("-", row, "", 0.8), SUM, box.height, closed)
    if isinstance(term, Number):
        numerator, denominator = (Number(n) for n in term.value.as_integer_ratio())
        if denominator.value != 1:
            return _printers["/"](Apply("/", numerator, denominator), style)
        return Box((Piece(str(term.value), 0.05 + 0.5 * len(str(term.value))),), ATOM)
    if not isinstance(term, Apply):
        raise TypeError(term)
    return _printers.get(term.head, _printers["()"])(term, style)


def _without_minus(term: Term) -> Term | None:
    """What is printed after a minus sign, if the term is printed with one in front."""
    if isinstance(term, Number) and term.value < 0:
        return Number(-term.value)
    if isinstance(term, Apply) and term.head == "neg":
        return term.args[0]  # type: ignore[no-any-return]
    if isinstance(term, Apply) and term.head in ("*", "/"):
        first, second = term.args
        rest = _without_minus(first)
        return rest if rest is None else Apply(term.head, rest, second)
    return None


def node_row(node: Term | Relation, style: Style) -> Row:
    """The LaTeX of a term or a relation, in pieces that stay whole."""
    if isinstance(node, Relation):
        left, right = (printed(side, style).row for side in (node.lhs, node.rhs))
        mark = f" {RELATIONS[node.op]} "
        return follow(left, mark, style.relation, right, depth=-1)
    return printed(node, style).row


def bracket(box: Box, style: Style, marks: tuple[str, str] = ("(", ")")) -> Row:
    """A box in parentheses as tall as it needs."""
    return enclosed(box.row, min(box.height, style), marks)


def within(box: Box, level: int, style: Style, last: bool = False) -> Row:
    """An operand: in parentheses where it holds together less tightly than `level`."""
    if box.level < level:
        return bracket(box, style)
    return box.row if last or box.closed is None else box.closed


def in_front(
    mark: str, width: float, body: Term, style: Style, height: int, level: int = PRODUCT
) -> Box:
    """A sign that reaches over all that follows it."""
    box = printed(body, style)
    row = within(box, level, style, last=True)
    first, *rest = around(mark, row, "", width)
    parts = follow((Piece(mark, width),), "", 0.0, row[:1], "{}", depth=4)
    shown = (first._replace(parts=parts), *rest)
    whole = Box(shown, PRODUCT, max(height, box.height))
    return whole._replace(closed=bracket(whole, style))


def listed(terms: Iterable[Term], style: Style, comma: str = ", ", width: float = 0.5) -> Row:
    """Terms one after another."""
    first, *rest = (printed(t, style).row for t in terms)
    for row in rest:
        first = glue(first, comma, width, row)
    return first


def index(terms: Iterable[Term]) -> Piece:
    """Terms as the index of a family."""
    return flat(listed(terms, Style.SCRIPT, ",", 0.3))
