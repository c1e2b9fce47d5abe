"""The shipped theorems: found by label, proved once in a process, used as lemmas."""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import traceback
from collections.abc import Callable
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from types import ModuleType

from verifier.errors import TheoremError, VerifierError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved
from verifier.theorem import Proofs, Theorem

SHIPPED = "proofs"


@lru_cache
def _modules() -> dict[str, str]:
    """The module of each shipped theorem by its label, in the order in which they build."""
    found: dict[str, str] = {}
    for section in importlib.import_module(SHIPPED).SECTIONS:
        package = importlib.import_module(f"{SHIPPED}.{section}")
        files = (module.name for module in pkgutil.iter_modules(package.__path__))
        present = sorted(name.replace("_", "-") for name in files if not name.startswith("_"))
        first = [label for label in getattr(package, "ORDER", ()) if label in present]
        for label in dict.fromkeys(first + present):
            found[label] = f"{package.__name__}.{label.replace('-', '_')}"
    return found


@lru_cache
def labels() -> tuple[str, ...]:
    """The labels of the shipped theorems, in the order in which they build on one another."""
    return tuple(_modules())


@lru_cache
def shipped(label: str) -> Theorem:
    """The shipped theorem of a label.

    Raises:
        TheoremError: there is none, or its file cannot be run or holds another.
    """
    name = _modules().get(label)
    if name is None:
        close = get_close_matches(label, labels(), 1)
        remedy = f"did you mean {close[0]}?" if close else "known: " + ", ".join(labels())
        raise TheoremError(f"there is no theorem {label!r}", remedy)
    spec = importlib.util.find_spec(name)
    path = str(spec.origin) if spec else name
    theorem = _built(path, lambda: importlib.import_module(name))
    if theorem.label != label:
        raise TheoremError(f"the file of {label!r} holds {theorem.label!r}", "rename one")
    return theorem


def load(path: str) -> Theorem:
    """The theorem that a Python file builds under the name `theorem`.

    Raises:
        TheoremError: the file cannot be run, or builds no theorem.
    """
    spec = importlib.util.spec_from_file_location(f"theorem_file_{abs(hash(path))}", path)
    if spec is None or spec.loader is None:
        raise TheoremError(f"{path} is no Python file", "name it NAME.py")
    module, run = importlib.util.module_from_spec(spec), spec.loader.exec_module

    def imported() -> ModuleType:
        run(module)
        return module

    return _built(path, imported)


def _built(path: str, imported: Callable[[], ModuleType]) -> Theorem:
    """The theorem of a module that is imported just now from a path."""
    try:
        theorem = getattr(imported(), "theorem", None)
    except (Exception, SystemExit) as error:
        raise TheoremError(_told(path, error), "correct the file") from error
    if not isinstance(theorem, Theorem):
        raise TheoremError(f"{path} builds no theorem", "assign theorem = Theorem(...)")
    return theorem


def _told(path: str, error: BaseException) -> str:
    """`PATH:LINE: what is wrong`, with the last line of the file that the error passed through."""
    file = os.path.abspath(path)
    kind = "" if isinstance(error, VerifierError) else f"{type(error).__name__}: "
    if isinstance(error, SyntaxError) and error.filename == file:
        return f"{path}:{error.lineno}: {kind}{error.msg}"
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
    return f"{path}{f':{lines[-1]}' if lines else ''}: {kind}{error}"


@lru_cache
def proofs_of(label: str) -> Proofs:
    """The proofs of a shipped theorem, each link proved when it is first needed."""
    return Proofs(shipped(label), lemma)


def prove_links(label: str) -> None:
    """Prove every link of a shipped theorem that the kernel accepts, and remember the proofs."""
    proofs = proofs_of(label)
    for link in proofs.theorem.proof:
        with suppress(Refused):
            proofs.link(link.name)


def lemma(label: str, claim: str) -> Proved:
    """The proof of one claim of a shipped theorem.

    Raises:
        Refused: a link on the way is not proved.
        TheoremError: there is no such theorem or claim.
    """
    theorem = shipped(label)
    if claim not in theorem.claims:
        raise TheoremError(f"{label} has no claim {claim!r}", "it has " + ", ".join(theorem.claims))
    return proofs_of(label).link(claim)
