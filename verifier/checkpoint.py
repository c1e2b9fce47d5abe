"""The finished parts of a long run in a file, so that it can go on where it was interrupted.

A run is known by its `identity`: whatever must be the same for its parts to fit together.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from verifier import __version__
from verifier.errors import VerifierError

#: Something that JSON can hold.
Data = Any

REMEDY = "name another file, or remove this one to begin again"


class CheckpointError(VerifierError):
    """A file does not hold parts of this run."""


def save(path: str, identity: Mapping[str, Data], done: Mapping[str, Data]) -> None:
    """Write the parts that are done; the file is whole at every moment.

    Raises:
        OSError: the file cannot be written.
    """
    parts = dict(done)
    content = {"version": __version__, "run": identity, "sum": _sum(parts), "parts": parts}
    fresh = Path(f"{path}.part")
    fresh.write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def load(path: str, identity: Mapping[str, Data], names: Collection[str]) -> dict[str, Data]:
    """The parts that are done, some of those named; none where there is no file.

    Raises:
        CheckpointError: the file is damaged, or of another run, version or setting.
    """
    if not Path(path).exists():
        return {}
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        held = content["version"], content["run"]
        parts: dict[str, Data] = content["parts"]
        whole = content["sum"] == _sum(parts)
    except (ValueError, KeyError, TypeError) as error:
        raise CheckpointError(f"{path} holds no parts of a run", REMEDY) from error
    if not whole:
        raise CheckpointError(f"{path} is damaged", REMEDY)
    wanted = __version__, json.loads(json.dumps(identity))
    if held != wanted or not set(parts) <= set(names):
        raise CheckpointError(f"{path} is of another run, version or setting", REMEDY)
    return parts


def _sum(parts: Mapping[str, Data]) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


__all__ = ["CheckpointError", "load", "save"]
