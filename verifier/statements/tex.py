r"""Claims in a paper: blocks of comments, or `verifierclaim` environments, in its LaTeX source.

A block holds what stands under `[[claim]]` in a claims file; its name stands in its first line.
`landscape` in place of `claim` declares a landscape, as `[[landscape]]` does.

>>> text = r'''
... Sharing a signal lowers the sharpness.
... % verifier: claim reduction
... % statement = "H**(2/L - 1) < 1"
... % given = ["H >= 2", "L >= 3"]
... % verifier: end
... \begin{verifierclaim}{frozen}
... statement = "H**(2/L - 1) == 1"
... given = ["L = 2"]
... \end{verifierclaim}
... '''
>>> for claim in read_tex(text, "paper.tex"):
...     print(claim.line, claim.name, claim.statement, claim.error)
3 reduction H**(2/L - 1) < 1 for H >= 2, L >= 3
9 frozen None given 'L = 2': column 3: unexpected '=' (write == for equality)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from verifier.errors import ClaimsFileError, StatementError
from verifier.statements.claims import MAX_CLAIMS, MAX_NAME, Claim, read_claim, too_deep
from verifier.statements.landscapes import Landscape, read_landscape

MAX_BYTES = 20_000_000

_SPACE = r"[ \t]*"
_COMMENT = rf"{_SPACE}%+{_SPACE}verifier{_SPACE}:"
_KIND = "(?:claim|landscape)"
#: What is meant to begin or to end a block, whether it does or not.
_MARK = re.compile(
    rf"(?i:{_COMMENT}|{_SPACE}%+{_SPACE}verifier[ \t]+(?:{_KIND}|end)\b)"
    rf"|(?:[^\\%]|\\.)*?\\(?:begin|end){_SPACE}\{{verifier{_KIND}\}}"
)
_KEY = re.compile(r"[ \t]*([A-Za-z]+)[ \t]*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class _Form:
    """How a block is written: its first and its last line, those between, and how to end it."""

    begin: re.Pattern[str]
    end: re.Pattern[str]
    body: re.Pattern[str]
    remedy: str


_FORMS = (
    _Form(
        re.compile(rf"{_COMMENT}{_SPACE}({_KIND})[ \t]+(\S.*)"),
        re.compile(rf"{_COMMENT}{_SPACE}end{_SPACE}"),
        re.compile(rf"{_SPACE}%+ ?(.*)"),
        "begin each of its lines with %, and write % verifier: end after them",
    ),
    _Form(
        re.compile(
            rf"{_SPACE}\\begin{_SPACE}\{{verifier({_KIND})\}}{_SPACE}\{{([^{{}}]+)\}}{_SPACE}"
        ),
        re.compile(rf"{_SPACE}\\end{_SPACE}\{{verifier{_KIND}\}}{_SPACE}"),
        re.compile("(.*)"),
        r"write its \end on a line of its own",
    ),
)


def load_tex(path: Path) -> list[Claim]:
    """The claims in a LaTeX file; there may be none.

    Raises:
        ClaimsFileError: the file is too large, has too many claims, or has some and is no UTF-8.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ClaimsFileError(f"{path} is too large", f"at most {MAX_BYTES} bytes")
    if b"verifier" not in content.lower():  # in whatever encoding
        return []
    try:
        return read_tex(content.decode(), str(path))
    except UnicodeDecodeError as error:
        raise ClaimsFileError(f"{path} is no text: {error.reason}", "save it as UTF-8") from error


def read_tex(text: str, source: str) -> list[Claim]:
    """The claims in the text of a LaTeX file, in order; a block that is none carries its error.

    Raises:
        ClaimsFileError: there are too many.
    """
    blocks = list(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    if len(blocks) > MAX_CLAIMS:
        raise ClaimsFileError(f"{source} has too many claims", f"at most {MAX_CLAIMS} a file")
    landscapes: dict[str, Landscape] = {}
    found = [
        _landscape(b, landscapes) if isinstance(b, _Block) and b.kind == "landscape" else b
        for b in blocks
    ]
    seen: set[str] = set()
    claims = (_claim(b, seen, landscapes) if isinstance(b, _Block) else b for b in found)
    return [claim for claim in claims if claim is not None]


@dataclass(frozen=True)
class _Block:
    kind: str
    name: str
    line: int
    body: list[str]


def _blocks(lines: list[str]) -> Iterator[_Block | Claim]:
    """Every block, and an error for every line that would begin or end one but does not."""
    place = 0
    while place < len(lines):
        line, place = lines[place], place + 1
        if not _MARK.match(line):
            continue
        for form in _FORMS:
            if begin := form.begin.fullmatch(line):
                block = _Block(begin[1], begin[2].strip(), place, _body(form, lines, place))
                place += len(block.body)
                if place < len(lines) and form.end.fullmatch(lines[place]):
                    place += 1
                    yield block
                else:
                    cause = f"the {block.kind} that begins here does not end ({form.remedy})"
                    yield Claim(block.name[:MAX_NAME], None, cause, block.line)
                break
        else:
            cause = f"{line.strip()[:60]!r} neither begins nor ends a claim"
            remedy = r"% verifier: claim NAME, or \begin{verifierclaim}{NAME}, begins one"
            yield Claim(f"line {place}", None, f"{cause} ({remedy})", place)


def _body(form: _Form, lines: list[str], place: int) -> list[str]:
    """The lines of a block, up to one that is no part of it."""
    body = []
    for line in lines[place:]:
        match = form.body.fullmatch(line)
        if match is None or _MARK.match(line):
            break
        body.append(match[1])
    return body


def _claim(block: _Block, seen: set[str], landscapes: dict[str, Landscape]) -> Claim:
    table = _table(block)
    if isinstance(table, Claim):
        return table
    claim = read_claim(table, block.name[:MAX_NAME], block.line, seen, landscapes)
    return replace(claim, line=_line_of(claim.key, block)) if claim.error else claim


def _landscape(block: _Block, found: dict[str, Landscape]) -> Claim | None:
    """Add a landscape to those that were found, or say what is wrong with it."""
    table = _table(block)
    if isinstance(table, Claim):
        return table
    try:
        landscape = read_landscape(table)
    except StatementError as error:
        return Claim(block.name[:MAX_NAME], None, str(error), block.line)
    if found.setdefault(landscape.name, landscape) is not landscape:
        cause = f"two landscapes are called {landscape.name!r} (rename one)"
        return Claim(block.name, None, cause, block.line)
    return None


def _table(block: _Block) -> dict[str, Any] | Claim:
    """What a block says, or its error."""
    text = "\n".join(block.body)
    first = block.line + 1
    if too_deep(text):
        return Claim(block.name, None, "a key of many parts (write statement = ...)", first)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        line = first + int(at[1]) - 1 if at else block.line + len(block.body)
        words = _AT_LINE.sub("", str(error)).strip()
        return Claim(block.name, None, f"no TOML: {words} (see https://toml.io)", line)
    if "name" in table:
        cause = f"a name within the {block.kind} (it stands in the line that begins it)"
        return Claim(block.name, None, cause, _line_of("name", block))
    return {"name": block.name, **table}


def _line_of(key: str, block: _Block) -> int:
    """The line of a key, or the block's first."""
    for number, line in enumerate(block.body, block.line + 1):
        match = _KEY.match(line)
        if match and match[1] == key:
            return number
    return block.line


__all__ = ["load_tex", "read_tex"]
