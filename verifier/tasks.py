"""What is to be judged: theorems and claims from files, from folders, and the shipped proofs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from verifier.errors import VerifierError
from verifier.statements.claims import MAX_BYTES, Claim, decode_claims, load_claims
from verifier.verdicts import Result
from verifier.verify import Task


def collect(paths: Sequence[str], only: Sequence[str] = ()) -> list[Task]:
    """The tasks in some files or folders, or the shipped theorems; `only` selects by name.

    Raises:
        VerifierError: a file is neither theorem nor claims, or nothing has the selected name.
        OSError: a file cannot be read.
    """
    tasks = [task for path in paths for task in _tasks_in(path)] if paths else _shipped()
    if not only:
        return tasks
    known = [task.name for task in tasks]
    for name in only:
        if name not in known:
            raise VerifierError(f"nothing is called {name!r}", f"known: {', '.join(known[:30])}")
    return [task for task in tasks if task.name in only]


def write_certificates(results: Iterable[Result], folder: Path) -> int:
    """Write the certificates of all proofs, one file each; returns how many.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for result in results:
        for name, certificate in result.certificates.items():
            stem = base = re.sub(r"[^A-Za-z0-9_-]+", ".", name).strip(".") or "claim"
            number = 1
            while stem.lower() in taken:
                number += 1
                stem = f"{base}.{number}"
            taken.add(stem.lower())
            (folder / f"{stem}.json").write_text(json.dumps(certificate) + "\n", encoding="utf-8")
    return len(taken)


def _shipped() -> list[Task]:
    from verifier.library import labels

    return [Task(label, "theorem", label=label) for label in labels()]


def _tasks_in(path: str) -> Iterator[Task]:
    if path == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
        yield from _claims(decode_claims(content, "standard input"), "standard input")
        return
    place = Path(path)
    if not place.is_dir():
        yield from _tasks_of_file(place)
        return
    found = sorted(
        p
        for p in place.rglob("*")
        if p.suffix in (".py", ".toml") and not p.name.startswith(("_", "."))
    )
    if not found:
        raise VerifierError(
            f"{path}: no theorems (.py) and no claims (.toml) here", "name a folder that has some"
        )
    for file in found:
        yield from _tasks_of_file(file)


def _tasks_of_file(file: Path) -> Iterator[Task]:
    if file.suffix == ".toml":
        yield from _claims(load_claims(file), str(file))
    elif file.suffix == ".py":
        file.open("rb").close()  # a missing file is reported here, not by a worker
        yield Task(file.stem.replace("_", "-"), "theorem", path=str(file))
    elif not file.exists():
        raise VerifierError(f"{file}: no such file", "check the path")
    else:
        raise VerifierError(f"{file} is neither .py nor .toml", "theorems are .py, claims .toml")


def _claims(claims: Iterable[Claim], source: str) -> Iterator[Task]:
    for claim in claims:
        if claim.statement is None:
            yield Task(claim.name, "error", reason=f"{source}:{claim.line}: {claim.error}")
        else:
            yield Task(claim.name, "claim", statement=claim.statement)


__all__ = ["collect", "write_certificates"]
