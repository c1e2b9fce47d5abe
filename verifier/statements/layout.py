"""Formulas as rows of pieces, and the breaking of such rows into lines.

Widths are estimates in em, on the wide side.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

INDENT = 2.0  # em by which the lines after the first are set in
DOT = 0.8  # em
TOO_WIDE = 100.0  # what it costs that a line sticks out
SIZES = {1: ("", ""), 2: (r"\Bigl", r"\Bigr"), 3: (r"\biggl", r"\biggr")}


class Piece(NamedTuple):
    """LaTeX that stays whole, with what joins it to the piece before: `mark`.

    A line may be broken before it; `lead` then takes the place of `mark`.  `depth` is the cost:
    twice the number of parentheses that are open there, 1 more within a product, less than 0 where
    a break is welcome.  `parts` say the same with breaks, for lines that the whole does not fit.
    """

    text: str
    width: float
    mark: str = ""
    lead: str = ""
    depth: int = 0
    parts: tuple[Piece, ...] = ()


Row = tuple[Piece, ...]


def flat(row: Row) -> Piece:
    """A row as one piece."""
    text = row[0].text + "".join(piece.mark + piece.text for piece in row[1:])
    return Piece(text, sum(piece.width for piece in row))


def glue(left: Row, mark: str, width: float, right: Row) -> Row:
    """Two rows with a mark between them, and no break there."""
    last, first = left[-1], right[0]
    text, both = last.text + mark + first.text, last.width + width + first.width
    parts: Row = ()
    if last.parts or first.parts:
        parts = glue(last.parts or (last,), mark, width, first.parts or (first,))
    return (*left[:-1], last._replace(text=text, width=both, parts=parts), *right[1:])


def follow(
    left: Row, mark: str, width: float, right: Row, lead: str | None = None, depth: int = 0
) -> Row:
    """Two rows with a mark between them, and a place to break the line before the mark.

    A line there begins with `lead`, or else with the mark.

    >>> [piece.lead for piece in follow((Piece("a", 1),), " + ", 1, (Piece("b", 1),))]
    ['', '{} + ']
    """
    led = "{}" + mark if lead is None else lead
    first = around("", right, "", width)[0]._replace(mark=mark, lead=led, depth=depth)
    return (*left, first, *right[1:])


def around(before: str, row: Row, after: str, width: float) -> Row:
    """A row with something of a given width, in all, attached to its ends."""
    first = row[0]
    parts = around(before, first.parts, "", width) if first.parts else ()
    first = first._replace(text=before + first.text, width=first.width + width, parts=parts)
    return ended((first, *row[1:]), after, 0.0)


def ended(row: Row, after: str, width: float) -> Row:
    """A row with something of a given width at its end."""
    last = row[-1]
    parts = ended(last.parts, after, width) if last.parts else ()
    last = last._replace(text=last.text + after, width=last.width + width, parts=parts)
    return (*row[:-1], last)


def enclosed(row: Row, height: int, marks: tuple[str, str] = ("(", ")")) -> Row:
    """A row in parentheses, or other marks, of the size that fits its height."""
    left, right = (size + mark for size, mark in zip(SIZES[height], marks, strict=True))
    inside = _deeper(row)
    space = " " if left[-1].isalpha() else ""
    width = 0.4 if height == 1 else 0.7
    return ended(around(left + space, inside, "", width), right, width)


def _deeper(row: Row) -> Row:
    first, *rest = (
        piece._replace(parts=_deeper(piece.parts)) if piece.parts else piece for piece in row
    )
    return (first, *(piece._replace(depth=piece.depth + 2) for piece in rest))


def led(row: Row, before: str) -> Row:
    """A row with something in front of each of its lines but the first."""
    pieces = [piece._replace(parts=led(piece.parts, before)) for piece in row]
    return (*pieces[:1], *(piece._replace(lead=before + piece.lead) for piece in pieces[1:]))


def _divided(row: Row, width: float) -> Row:
    """The row with its parts in place of each piece that fits no line."""
    found: list[Piece] = []
    for place, piece in enumerate(row):
        if piece.width <= width - INDENT * (place > 0) or not piece.parts:
            found.append(piece)
        else:
            first, *rest = piece.parts
            joined = first._replace(mark=piece.mark, lead=piece.lead, depth=piece.depth)
            found += _divided((joined, *rest), width)
    return tuple(found)


def wrap(row: Row, width: float) -> list[Piece]:
    """The row on several lines that fit, broken as seldom and as far out of parentheses as can be.

    >>> lines = wrap((Piece("a", 1), Piece("b", 1, " = "), Piece("c", 2, " + ", "{} + ")), 3)
    >>> [line.text for line in lines]
    ['a = b', '{} + c']
    """
    row = _divided(row, width)
    starts = _starts(row, width)
    lines = []
    for start, end in pairwise([*starts, len(row)]):
        first = row[start]
        if start:
            width_there = first.width + _more(first)
            first = first._replace(text=first.lead + first.text, width=width_there)
        lines.append(flat((first, *row[start + 1 : end])))
    return lines


def _more(piece: Piece) -> float:
    """By how much a piece is wider at the start of a line: a factor has a dot there."""
    return DOT if r"\cdot" in piece.lead and r"\cdot" not in piece.mark else 0.0


def _starts(row: Row, width: float) -> list[int]:
    """Where the lines start, at the least cost; a piece that fits no line has one of its own."""
    costs, before = [0.0], [0]
    for end in range(1, len(row) + 1):
        used, best = 0.0, (float("inf"), 0)  # the cost, and where the last line starts, negated
        for start in range(end - 1, -1, -1):
            used += row[start].width
            room = width - (INDENT + _more(row[start]) if start else 0.0)
            if used > room and start < end - 1:
                if start == 0 or used > width:
                    break
                continue
            cost = costs[start] + (_cost(row[start]) if start else 0.0)
            best = min(best, (cost + TOO_WIDE * (used > room), -start))
        costs.append(best[0])
        before.append(-best[1])
    starts = [before[-1]]
    while starts[-1]:
        starts.append(before[starts[-1]])
    return starts[::-1]


def _cost(piece: Piece) -> float:
    """What it costs to break the line before a piece."""
    return 1.0 + (0.9 * piece.depth if piece.depth > 0 else 0.2 * piece.depth)
