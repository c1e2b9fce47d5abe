"""Which files hold theorems or claims, told from their text alone: nothing in them is run.

pytest's plugin is loaded by every run of pytest, so this file imports nothing that takes time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: What a file that holds claims has in it, by its suffix.
_CLAIMS = {
    ".toml": re.compile(r"^[ \t]*\[\[[ \t]*claim[ \t]*\]\]", re.MULTILINE),
    ".tex": re.compile(
        r"^[ \t]*%+[ \t]*verifier[ \t]*:|\\begin[ \t]*\{verifierclaim\}", re.MULTILINE
    ),
}
_THEOREM = re.compile(r"^theorem\b[^=\n]*=(?!=)", re.MULTILINE)
SUFFIXES = (".py", ".toml", ".tex")


def holds_claims(path: Path) -> bool:
    """Whether a .toml or .tex file holds claims."""
    claims = _CLAIMS.get(path.suffix)
    return claims is not None and claims.search(_text(path)) is not None


def holds_theorem(path: Path) -> bool:
    """Whether a Python file assigns `theorem` at its top what a call returns: `Theorem(...)`."""
    if path.suffix != ".py":
        return False
    text = _text(path)
    if not _THEOREM.search(text):
        return False
    import ast

    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return True  # it is meant to be one: its error is shown with its line
    return any(map(_built, body))


def theorem_in(path: Path) -> tuple[str, int]:
    """The label of the theorem in a Python file, and the line that assigns it.

    Where no label is written out the theorem is called as its file.

    Raises:
        OSError: the file cannot be read.
    """
    import ast

    text = path.read_text(encoding="utf-8", errors="replace")
    label, begin = path.stem.replace("_", "-"), _THEOREM.search(text)
    line = text.count("\n", 0, begin.start()) + 1 if begin else 1
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return label, line
    for call in filter(None, map(_built, body)):
        for keyword in call.keywords:
            written = keyword.arg == "label" and getattr(keyword.value, "value", None)
            if isinstance(written, str) and written and written.isprintable():
                label = written
    return label, line


def within(folder: Path) -> Iterator[Path]:
    """The files of a folder that hold theorems or claims, in order.

    What is hidden, begins with an underscore, or belongs to a virtual environment is passed over,
    and so is a link to a folder: it may lead back.
    """
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(("_", ".")):
            continue
        if entry.is_dir():
            if not (entry.is_symlink() or (entry / "pyvenv.cfg").exists()):
                yield from within(entry)
        elif holds_claims(entry) or holds_theorem(entry):
            yield entry


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _built(node: Any) -> Any:
    """The call whose value a node of a syntax tree assigns to `theorem`, if it does so."""
    import ast

    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    named = any(getattr(target, "id", "") == "theorem" for target in targets)
    return node.value if named else None


__all__ = ["SUFFIXES", "holds_claims", "holds_theorem", "theorem_in", "within"]
