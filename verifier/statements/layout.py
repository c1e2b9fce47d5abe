"""Formulas as rows of pieces, and the breaking of such rows into lines.

Widths are estimates in em, on the wide side.
"""

from __future__ import annotations

from typing import NamedTuple

INDENT = 2.0  # em by which the lines after the first are set in
SIZES = {1: ("", ""), 2: (r"\Bigl", r"\Bigr"), 3: (r"\biggl", r"\biggr")}


class Piece(NamedTuple):
    """LaTeX that stays whole, with what joins it to the piece before: `mark`.

    A line may be broken before it; `lead` then takes the place of `mark`.  `depth` is the cost: how
    many parentheses are open there, less than 0 where a break is welcome.
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


def enclosed(row: Row, height: int, marks: tuple[str, str] = ("(", ")")) -> Row:
    """A row in parentheses, or other marks, of the size that fits its height."""
    left, right = (size + mark for size, mark in zip(SIZES[height], marks, strict=True))
    inside = (row[0], *(piece._replace(depth=piece.depth + 1) for piece in row[1:]))
    space = " " if left[-1].isalpha() else ""
    return around(left + space, inside, right, 0.8 if height == 1 else 1.4)


def wrap(row: Row, width: float) -> list[Piece]:
    """The row on as many lines as it needs, broken where the fewest parentheses are open.

    >>> lines = wrap((Piece("a", 1), Piece("b", 1, " = "), Piece("c", 2, " + ", "{} + ")), 3)
    >>> [line.text for line in lines]
    ['a = b', '{} + c']
    """
    lines = []
    room = width
    while flat(row).width > room and (place := _break(row, room)):
        lines.append(flat(row[:place]))
        row = (row[place]._replace(text=row[place].lead + row[place].text), *row[place + 1 :])
        room = width - INDENT
    return [*lines, flat(row)]


def _break(row: Row, room: float) -> int:
    """The number of pieces on the first line: as few open parentheses, as full as possible."""
    used, best = row[0].width, 0
    for place, piece in enumerate(row[1:], 1):
        if best and used > room:
            break
        if not best or piece.depth <= row[best].depth:
            best = place
        used += piece.width
    return best
