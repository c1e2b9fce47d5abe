"""How results are printed: each file in this folder is the format of its name.

A format is a module with a function `show(results, strict, file)`, where `strict` says that
`supported` is not accepted, and no file is standard output.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier.verdicts import Result


def names() -> list[str]:
    """The names of all formats, the one for people first.

    >>> names()[0]
    'text'
    """
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(found, key=lambda name: (name != "text", name))


def show(
    results: Sequence[Result], form: str, strict: bool = False, file: IO[str] | None = None
) -> None:
    """Print results in a format."""
    module: Any = importlib.import_module(f"{__name__}.{form}")
    module.show(results, strict, file)
