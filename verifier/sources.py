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
    return any(_assigns_theorem(node) for node in body)


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


def _assigns_theorem(node: Any) -> bool:
    import ast

    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(getattr(target, "id", "") == "theorem" for target in targets)


__all__ = ["SUFFIXES", "holds_claims", "holds_theorem", "within"]
