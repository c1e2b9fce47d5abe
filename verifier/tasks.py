"""What is to be judged: theorems and claims from files, from folders, and the shipped proofs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from verifier.errors import VerifierError
from verifier.sources import theorem_in, within
from verifier.statements.claims import MAX_BYTES, Claim, decode_claims, load_claims
from verifier.statements.tex import load_tex
from verifier.verdicts import STANDARD_INPUT, Place, Result
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
            close = get_close_matches(name, known, 1)
            remedy = f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}"
            raise VerifierError(f"nothing is called {name!r}", remedy)
    return [task for task in tasks if task.name in only]


def write_certificates(results: Iterable[Result], folder: Path) -> int:
    """Write the certificates of all proofs into a folder, one file each; returns how many.

    Raises:
        OSError: the folder cannot be written to.
    """
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
        yield from _claims(decode_claims(content, "standard input"), STANDARD_INPUT)
        return
    place = Path(path)
    if not place.is_dir():
        tasks = list(_tasks_of_file(place))
        if not tasks:
            raise VerifierError(
                f"{path} has no claim", r"write one between % verifier: claim NAME and ... end"
            )
        yield from tasks
        return
    tasks = [task for file in within(place) for task in _tasks_of_file(file)]
    if not tasks:
        raise VerifierError(
            f"{path}: no theorems (.py) and no claims (.toml, .tex) here",
            "name a folder that has some",
        )
    yield from tasks


def _tasks_of_file(file: Path) -> Iterator[Task]:
    if file.suffix == ".toml":
        yield from _claims(load_claims(file), str(file))
    elif file.suffix == ".tex":
        yield from _claims(load_tex(file), str(file))
    elif file.suffix == ".py":
        label, line = theorem_in(file)  # a missing file is told here, not by a worker
        yield Task(label, "theorem", path=str(file), place=Place(str(file), line))
    elif not file.exists():
        raise VerifierError(f"{file}: no such file", "check the path")
    else:
        raise VerifierError(
            f"{file} is neither .py nor .toml nor .tex", "theorems are .py, claims .toml or .tex"
        )


def _claims(claims: Iterable[Claim], source: str) -> Iterator[Task]:
    for claim in claims:
        place = Place(source, claim.line)
        if claim.statement is None:
            yield Task(claim.name, "error", reason=claim.error, place=place)
        else:
            yield Task(claim.name, "claim", statement=claim.statement, place=place)


__all__ = ["collect", "write_certificates"]
