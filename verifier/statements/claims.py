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
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from verifier.errors import ClaimsFileError, StatementError
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation
from verifier.statements.vocabulary import symbol_for

MAX_BYTES = 1_000_000
MAX_CLAIMS = 1_000
MAX_NAME = 100
KEYS = ("name", "statement", "given", "variables")

#: A dotted key of more than 50 parts: the time to read one grows with their square.
_DEEP_KEY = re.compile(r"""(?:[ \t]*+\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')){50}""")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*claim[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """One claim of a file: its statement, or the error in its place; `line` counts from 1."""

    name: str
    statement: Statement | None
    error: str = ""
    line: int = 1


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
    if _DEEP_KEY.search(text):
        raise ClaimsFileError(
            f"{source} has a key of many parts", "write name = ..., statement = ..."
        )
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ClaimsFileError(f"{source} is no TOML: {error}", "see https://toml.io") from error
    for key in content.keys() - {"claim"}:
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
    seen: set[str] = set()
    return [
        _claim(table, number, line, seen)
        for number, (table, line) in enumerate(zip(tables, lines, strict=True), 1)
    ]


def statement_of(text: str, given: list[str], kinds: Mapping[str, str]) -> Statement:
    """The statement of a text under conditions; `kinds` declares variables: real or integer.

    Raises:
        StatementError: naming the text in which it occurs, the column and the remedy.
    """
    variables = {name: symbol_for(name, kind) for name, kind in kinds.items()}
    conditions: list[Relation] = []
    for condition in given:
        try:
            conditions.extend(parse_conditions(condition, variables))
        except StatementError as error:
            raise StatementError(f"given {condition!r}: {error.cause}", error.remedy) from error
    return Statement(parse(text, variables), conditions)


def _claim(table: dict[str, Any], number: int, line: int, seen: set[str]) -> Claim:
    name = table.get("name")
    shown = str(name) if _is_name(name) else f"claim {number}"
    try:
        _check(table)
        if shown in seen:
            raise StatementError(f"two claims are called {shown!r}", "rename one")
        seen.add(shown)
        statement = statement_of(
            table["statement"], table.get("given", []), table.get("variables", {})
        )
    except StatementError as error:
        return Claim(shown, None, str(error), line)
    return Claim(shown, statement, line=line)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= MAX_NAME and name.isprintable()


def _check(table: dict[str, Any]) -> None:
    for key in table:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, 1)
            remedy = f"did you mean {close[0]}?" if close else "known: " + ", ".join(KEYS)
            raise StatementError(f"unknown key {key!r}", remedy)
    for key in KEYS[:2]:
        if key not in table:
            raise StatementError(f"{key} is missing", f'write {key} = "..."')
    if not _is_name(table["name"]):
        raise StatementError("the name is no short line of text", f"at most {MAX_NAME} characters")
    if not isinstance(table["statement"], str):
        raise StatementError("the statement is no text", "put it in quotes")
    given = table.get("given", [])
    if not isinstance(given, list) or not all(isinstance(g, str) for g in given):
        raise StatementError("given is no list of texts", 'write given = ["H >= 2"]')
    kinds = table.get("variables", {})
    if not isinstance(kinds, dict) or not all(isinstance(k, str) for k in kinds.values()):
        raise StatementError("variables is no table of kinds", 'write variables = { x = "real" }')


__all__ = ["Claim", "decode_claims", "load_claims", "read_claims", "statement_of"]
