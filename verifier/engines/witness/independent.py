"""A second witness: SymPy on plain Python integers judges small cases, in a process of its own.

With python-flint installed SymPy computes on FLINT, as the kernel does.  Here it runs where FLINT
cannot be imported, so that a fault of FLINT would show as a disagreement.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from verifier.errors import VerifierError
from verifier.statements.codec import encode_statement
from verifier.statements.statement import Statement

CHILD = "verifier.engines.witness.without_flint"
SECONDS = 120.0
#: How many cases hold, and the first that fails, as text.
Found = tuple[int, str | None]


class NoWitness(VerifierError):
    """The other process ended without an answer."""


def check(statement: Statement) -> Found:
    """How many cases of one statement hold, and the first that fails.

    >>> from verifier.statements.vocabulary import L, sharpness, sigma, single_path
    >>> check(Statement(sharpness(single_path) == L * sigma ** (2 - 2 / L), [L >= 2]))[1] is None
    True
    """
    return check_all([statement])[0]


def check_all(statements: Sequence[Statement], seconds: float = SECONDS) -> list[Found]:
    """The same for several statements, in one process.

    Raises:
        NoWitness: it was stopped, or FLINT was found in it.
    """
    content = json.dumps([encode_statement(s) for s in statements])
    path = os.pathsep.join(entry for entry in sys.path if entry)
    try:
        run = subprocess.run(
            [sys.executable, "-P", "-m", CHILD],
            input=content,
            capture_output=True,
            text=True,
            env={**os.environ, "SYMPY_GROUND_TYPES": "python", "PYTHONPATH": path},
            timeout=seconds,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NoWitness(f"SymPy without FLINT gave no answer: {error}", "try again") from error
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["no message"])[-1]
        raise NoWitness(f"SymPy without FLINT gave no answer: {last}", "report it")
    return [(held, failing) for held, failing in json.loads(run.stdout)]


__all__ = ["NoWitness", "check", "check_all"]
