"""The shipped theorems: found by label, proved once in a process, used as lemmas."""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import traceback
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache

from verifier.errors import TheoremError, VerifierError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved
from verifier.theorem import Proofs, Theorem

SHIPPED = "proofs"


@lru_cache
def _modules() -> dict[str, str]:
    """The module of each shipped theorem by its label; folders within the package count as well."""
    package = importlib.import_module(SHIPPED)
    found = pkgutil.walk_packages(package.__path__, f"{SHIPPED}.")
    return {m.name.rpartition(".")[2].replace("_", "-"): m.name for m in found if not m.ispkg}


@lru_cache
def labels() -> tuple[str, ...]:
    """The labels of the shipped theorems, in the order in which they build on one another."""
    ordered: list[str] = list(importlib.import_module(SHIPPED).ORDER)
    present = set(_modules())
    return tuple([n for n in ordered if n in present] + sorted(present - set(ordered)))


@lru_cache
def shipped(label: str) -> Theorem:
    """The shipped theorem of a label.

    Raises:
        TheoremError: there is none.
    """
    name = _modules().get(label)
    if name is None:
        close = get_close_matches(label, labels(), 1)
        remedy = f"did you mean {close[0]}?" if close else "known: " + ", ".join(labels())
        raise TheoremError(f"there is no theorem {label!r}", remedy)
    theorem = importlib.import_module(name).theorem
    if theorem.label != label:
        raise TheoremError(f"the file of {label!r} holds {theorem.label!r}", "rename one")
    return theorem  # type: ignore[no-any-return]


def load(path: str) -> Theorem:
    """The theorem that a Python file builds under the name `theorem`.

    Raises:
        TheoremError: the file cannot be run, or builds no theorem.
    """
    spec = importlib.util.spec_from_file_location(f"theorem_file_{abs(hash(path))}", path)
    if spec is None or spec.loader is None:
        raise TheoremError(f"{path} is no Python file", "name it NAME.py")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise TheoremError(_told(path, error), "correct the file") from error
    theorem = getattr(module, "theorem", None)
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
