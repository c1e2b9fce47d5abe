"""Certificates replayed by the kernel alone: importing a computer algebra system is an error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import NamedTuple

from verifier.errors import VerifierError

FORBIDDEN = frozenset({"sympy", "mpmath", "numpy", "hypothesis", "z3"})
MAX_BYTES = 50_000_000


class Rechecked(NamedTuple):
    """What came of one certificate: what was proved again, domain included, or why not."""

    path: str
    accepted: bool
    text: str


class _Blocker(MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Refuse the packages that a kernel must do without; leave others to the next finder."""
        if fullname.partition(".")[0] in FORBIDDEN:
            raise ImportError(f"{fullname} may not be imported while certificates are replayed")


def forbid_algebra() -> None:
    """From now on, importing SymPy (or mpmath, NumPy, Hypothesis, z3) raises ImportError.

    Raises:
        VerifierError: one of them is loaded already.
    """
    loaded = FORBIDDEN & sys.modules.keys()
    if loaded:
        raise VerifierError(
            f"{', '.join(sorted(loaded))} is loaded already", "recheck in a process of its own"
        )
    if not any(isinstance(finder, _Blocker) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Blocker())


def recheck(paths: Iterable[Path]) -> Iterator[Rechecked]:
    """Replay certificates.

    Raises:
        VerifierError: a file is no JSON, or too large.
        OSError: a file cannot be read.
    """
    forbid_algebra()
    from verifier.kernel.certificate import CertificateError, replay

    for path in paths:
        try:
            statement = replay(_load(path)).statement
            # a name says nothing of its domain: H may be declared to be at least 3
            domain = f" ({statement.domain})" if statement.domain else ""
            yield Rechecked(str(path), True, f"{statement!r}{domain}")
        except CertificateError as error:
            yield Rechecked(str(path), False, str(error))


def _load(path: Path) -> object:
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise VerifierError(f"{path} is too large", f"at most {MAX_BYTES} bytes")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        remedy = "give a file written by `verifier check --certificates DIR`"
        raise VerifierError(f"{path} is no certificate: {error}", remedy) from error


__all__ = ["Rechecked", "forbid_algebra", "recheck"]
