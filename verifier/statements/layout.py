"""Formulas as rows of pieces, and the breaking of such rows into lines.

Widths are estimates in em, on the wide side.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

INDENT = 2.0  # em by which the lines after the first are set in
TOO_WIDE = 100.0  # what it costs that a line sticks out
SIZES = {1: ("", ""), 2: (r"\Bigl", r"\Bigr"), 3: (r"\biggl", r"\biggr")}


class Piece(NamedTuple):
    """LaTeX that stays whole, with what joins it to the piece before: `mark`.

    A line may be broken before it; `lead` then takes the place of `mark`.  `depth` is the cost:
    twice the number of parentheses that are open there, 1 more within a product, less than 0 where
    a break is welcome.
    """

    text: str
    width: float
    mark: str = ""
    lead: str = ""
    depth: int = 0


Row = tuple[Piece, ...]


def flat(row: Row) -> Piece:
    """A row as one piece."""
    text = row[0].text + "".join(piece.mark + piece.text for piece in row[1:])
    return Piece(text, sum(piece.width for piece in row))


def glue(left: Row, mark: str, width: float, right: Row) -> Row:
    """Two rows with a mark between them, and no break there."""
    last, first = left[-1], right[0]
    text, both = last.text + mark + first.text, last.width + width + first.width
    return (*left[:-1], last._replace(text=text, width=both), *right[1:])


def follow(left: Row, mark: str, width: float, right: Row, lead: str = "", depth: int = 0) -> Row:
    """Two rows with a mark between them, and a place to break the line before the mark."""
    return (*left, Piece(right[0].text, width + right[0].width, mark, lead, depth), *right[1:])


def around(before: str, row: Row, after: str, width: float) -> Row:
    """A row with something of a given width, in all, attached to its ends."""
    first = row[0]._replace(text=before + row[0].text, width=row[0].width + width)
    row = (first, *row[1:])
    return (*row[:-1], row[-1]._replace(text=row[-1].text + after))


def ended(row: Row, after: str, width: float) -> Row:
    """A row with something of a given width at its end."""
    last = row[-1]
    return (*row[:-1], last._replace(text=last.text + after, width=last.width + width))


def enclosed(row: Row, height: int, marks: tuple[str, str] = ("(", ")")) -> Row:
    """A row in parentheses, or other marks, of the size that fits its height."""
    left, right = (size + mark for size, mark in zip(SIZES[height], marks, strict=True))
    inside = (row[0], *(piece._replace(depth=piece.depth + 2) for piece in row[1:]))
    space = " " if left[-1].isalpha() else ""
    return around(left + space, inside, right, 0.8 if height == 1 else 1.4)


def wrap(row: Row, width: float) -> list[Piece]:
    """The row on several lines that fit, broken as seldom and as far out of parentheses as can be.

    >>> lines = wrap((Piece("a", 1), Piece("b", 1, " = "), Piece("c", 2, " + ", "{} + ")), 3)
    >>> [line.text for line in lines]
    ['a = b', '{} + c']
    """
    starts = _starts(row, width)
    lines = []
    for start, end in pairwise([*starts, len(row)]):
        first = row[start]
        led = first if start == 0 else first._replace(text=first.lead + first.text)
        lines.append(flat((led, *row[start + 1 : end])))
    return lines


def _starts(row: Row, width: float) -> list[int]:
    """Where the lines start, at the least cost; a piece that fits no line has one of its own."""
    costs, before = [0.0], [0]
    for end in range(1, len(row) + 1):
        used, best = 0.0, (float("inf"), 0)
        for start in range(end - 1, -1, -1):
            used += row[start].width
            room = width - INDENT * (start > 0)
            if used > room and start < end - 1:
                if start == 0 or used > width:
                    break
                continue
            cost = costs[start] + (_cost(row[start]) if start else 0.0)
            best = min(best, (cost + TOO_WIDE * (used > room), start))
        costs.append(best[0])
        before.append(best[1])
    starts = [before[-1]]
    while starts[-1]:
        starts.append(before[starts[-1]])
    return starts[::-1]


def _cost(piece: Piece) -> float:
    """What it costs to break the line before a piece."""
    return 1.0 + (0.9 * piece.depth if piece.depth > 0 else 0.2 * piece.depth)
