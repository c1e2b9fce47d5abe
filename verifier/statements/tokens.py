"""Cutting a text into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from verifier.errors import StatementError

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(\.\d*)?([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z]\w*)"
    r"|(?P<operator>\*\*|<=|>=|==|!=|[-+*/()\[\],<>=^:])",
    re.ASCII,
)


class Token(NamedTuple):
    """A word of a text: its kind, `number`, `name`, `operator` or `end`, and its column from 1."""

    kind: str
    text: str
    column: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, `end` last.

    >>> [token.text for token in tokens("H**2 >= 1")]
    ['H', '**', '2', '>=', '1', '']

    Raises:
        StatementError: a character that the language does not have.
    """
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            character = text[position]
            raise StatementError(
                f"column {position + 1}: unexpected character {character!r}",
                "the language has names, numbers, + - * / ** ( ) [ ] , and relations",
            )
        kind = match.lastgroup or ""
        for name in ("space", "number", "name", "operator"):
            if match.group(name) is not None:
                kind = name
        if kind != "space":
            yield Token(kind, match.group(), position + 1)
        position = match.end()
    yield Token("end", "", position + 1)


__all__ = ["Token", "tokens"]
