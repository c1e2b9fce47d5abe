"""Claims files: TOML written by anybody, read into statements; one bad claim spoils no other.

>>> text = '''
... [[claim]]
... name = "reduction"
... statement = "H**(2/L - 1) < 1"
... given = ["H >= 2", "L >= 3"]
... '''
>>> read_claims(text, "claims.toml")[0].statement
H**(2/L - 1) < 1 for H >= 2, L >= 3
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from verifier.errors import ClaimsFileError, StatementError
from verifier.statements.landscapes import Landscape, read_landscape
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Symbol
from verifier.statements.vocabulary import symbol_for

MAX_BYTES = 1_000_000
MAX_CLAIMS = 1_000
MAX_LANDSCAPES = 100
MAX_NAME = 100
KEYS = ("name", "statement", "given", "variables")

#: A dotted key of more than 50 parts: the time to read one grows with their square.
_DEEP_KEY = re.compile(r"""(?:[ \t]*+\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')){50}""")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*claim[ \t]*\]\]", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z]\w*", re.ASCII)


@dataclass(frozen=True)
class Claim:
    """One claim of a file: its statement, or the error in its place and the `key` that has it.

    `line` counts from 1.
    """

    name: str
    statement: Statement | None
    error: str = ""
    line: int = 1
    key: str = ""


class _KeyError(StatementError):
    """An error in what one key of a claim says."""

    def __init__(self, key: str, cause: str, remedy: str) -> None:
        super().__init__(cause, remedy)
        self.key = key


def load_claims(path: Path) -> list[Claim]:
    """The claims in a file.

    Raises:
        ClaimsFileError: the file is too large, is no UTF-8, or is no claims file.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return decode_claims(file.read(MAX_BYTES + 1), str(path))


def decode_claims(content: bytes, source: str) -> list[Claim]:
    """The claims in what was read from a file or from standard input.

    Raises:
        ClaimsFileError: it is too long, is no UTF-8, or is no claims file.
    """
    if len(content) > MAX_BYTES:
        raise ClaimsFileError(f"{source} is too large", f"at most {MAX_BYTES} bytes")
    try:
        return read_claims(content.decode(), source)
    except UnicodeDecodeError as error:
        raise ClaimsFileError(f"{source} is no text: {error.reason}", "save it as UTF-8") from error


def read_claims(text: str, source: str) -> list[Claim]:
    """The claims in a text, in order.

    Raises:
        ClaimsFileError: the text is no TOML, or has something else than claims at the top.
    """
    if too_deep(text):
        raise ClaimsFileError(
            f"{source} has a key of many parts", "write name = ..., statement = ..."
        )
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ClaimsFileError(f"{source} is no TOML: {error}", "see https://toml.io") from error
    for key in content.keys() - {"claim", "landscape"}:
        raise ClaimsFileError(
            f"{source}: unknown key {key!r}", "put everything under [[claim]] headers"
        )
    tables = content.get("claim", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise ClaimsFileError(f"{source}: claim is no list of tables", "write [[claim]]")
    if not tables:
        raise ClaimsFileError(f"{source} has no claim", 'write [[claim]], name = "..." and so on')
    if len(tables) > MAX_CLAIMS:
        raise ClaimsFileError(f"{source} has {len(tables)} claims", f"at most {MAX_CLAIMS} a file")
    lines = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    if len(lines) != len(tables):  # headers in strings, or claims in another notation
        lines = [1] * len(tables)
    landscapes = _landscapes(content.get("landscape", []), source)
    seen: set[str] = set()
    return [
        read_claim(table, f"claim {number}", line, seen, landscapes)
        for number, (table, line) in enumerate(zip(tables, lines, strict=True), 1)
    ]


def _landscapes(tables: object, source: str) -> dict[str, Landscape]:
    """The landscapes of a file, by name; claims after and before them may name them."""
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise ClaimsFileError(f"{source}: landscape is no list of tables", "write [[landscape]]")
    if len(tables) > MAX_LANDSCAPES:
        raise ClaimsFileError(
            f"{source} has {len(tables)} landscapes", f"at most {MAX_LANDSCAPES} a file"
        )
    found: dict[str, Landscape] = {}
    for number, table in enumerate(tables, 1):
        try:
            landscape = read_landscape(table)
        except StatementError as error:
            cause = f"{source}: landscape {number}: {error.cause}"
            raise ClaimsFileError(cause, error.remedy) from error
        if landscape.name in found:
            raise ClaimsFileError(
                f"{source}: two landscapes are called {landscape.name!r}", "rename one"
            )
        found[landscape.name] = landscape
    return found


def too_deep(text: str) -> bool:
    """Whether a text has a key of so many parts that no TOML reader should see it."""
    return _DEEP_KEY.search(text) is not None


def statement_of(
    text: str,
    given: list[str],
    kinds: Mapping[str, str],
    landscapes: Mapping[str, Landscape] | None = None,
) -> Statement:
    """The statement of a text under conditions; `kinds` declares variables: real, say, or integer.

    The parameters of the landscapes that it names are variables as well.

    Raises:
        StatementError: naming the text in which it occurs, the column and the remedy.
    """
    try:
        variables = {name: symbol_for(name, kind) for name, kind in kinds.items()}
    except StatementError as error:
        raise _KeyError("variables", error.cause, error.remedy) from error
    named = _named(landscapes or {}, [text, *given])
    for landscape in named.values():
        _declare(landscape, variables)
    conditions: list[Relation] = []
    for condition in given:
        try:
            conditions.extend(parse_conditions(condition, variables, named))
        except StatementError as error:
            cause = f"given {condition!r}: {error.cause}"
            raise _KeyError("given", cause, error.remedy) from error
    return Statement(parse(text, variables, named), conditions)


def _named(landscapes: Mapping[str, Landscape], texts: Iterable[str]) -> dict[str, Landscape]:
    """The landscapes whose names occur in some texts."""
    if not landscapes:
        return {}
    words = {word for text in texts for word in _WORD.findall(text)}
    return {name: landscape for name, landscape in landscapes.items() if name in words}


def _declare(landscape: Landscape, variables: dict[str, Symbol]) -> None:
    """Add the parameters of a landscape to the variables, of which none may be another."""
    if landscape.name in variables:
        cause = f"{landscape.name} is a landscape, and a variable as well"
        raise _KeyError("variables", cause, "rename one")
    for name, symbol in landscape.parameters.items():
        if variables.setdefault(name, symbol) is not symbol:
            cause = f"{name} is another parameter of {landscape.name}, of kind {symbol.domain}"
            raise _KeyError("variables", cause, "give it one kind, or two names")


def read_claim(
    table: dict[str, Any],
    other_name: str,
    line: int,
    seen: set[str],
    landscapes: Mapping[str, Landscape] | None = None,
) -> Claim:
    """The claim that a table states; `seen` holds the names before it, and is added to."""
    name = table.get("name")
    shown = str(name) if _is_name(name) else other_name
    try:
        _check(table)
        if shown in seen:
            raise _KeyError("name", f"two claims are called {shown!r}", "rename one")
        seen.add(shown)
        statement = statement_of(
            table["statement"], table.get("given", []), table.get("variables", {}), landscapes
        )
    except StatementError as error:
        key = error.key if isinstance(error, _KeyError) else "statement"
        return Claim(shown, None, str(error), line, key)
    return Claim(shown, statement, line=line)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= MAX_NAME and name.isprintable()


def _check(table: dict[str, Any]) -> None:
    for key in table:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, 1)
            remedy = f"did you mean {close[0]}?" if close else "known: " + ", ".join(KEYS)
            raise _KeyError(key, f"unknown key {key!r}", remedy)
    for key in KEYS[:2]:
        if key not in table:
            raise _KeyError(key, f"{key} is missing", f'write {key} = "..."')
    if not _is_name(table["name"]):
        raise _KeyError(
            "name", "the name is no short line of text", f"at most {MAX_NAME} characters"
        )
    if not isinstance(table["statement"], str):
        raise _KeyError("statement", "the statement is no text", "put it in quotes")
    given = table.get("given", [])
    if not isinstance(given, list) or not all(isinstance(g, str) for g in given):
        raise _KeyError("given", "given is no list of texts", 'write given = ["H >= 2"]')
    kinds = table.get("variables", {})
    if not isinstance(kinds, dict) or not all(isinstance(k, str) for k in kinds.values()):
        raise _KeyError(
            "variables", "variables is no table of kinds", 'write variables = { x = "real" }'
        )


__all__ = [
    "Claim", "decode_claims", "load_claims", "read_claim", "read_claims", "statement_of",
    "too_deep",
]  # fmt: skip
