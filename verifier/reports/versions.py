"""Which versions a verdict was reached with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from verifier import __version__
from verifier.verdicts import Result

ENGINES = {"python-flint": "python-flint", "SymPy": "sympy", "mpmath": "mpmath"}


def versions(result: Result | None = None) -> str:
    """The versions of this program and of what judges with it, in a line.

    >>> versions().split(",")[0]
    'pathway-verifier 0.1.0'
    """
    used = {**ENGINES}
    if result is not None and any("z3" in trusted for trusted in result.trust):
        used["z3"] = "z3-solver"
    named = [f"pathway-verifier {__version__}"]
    for name, package in used.items():
        try:
            named.append(f"{name} {version(package)}")
        except PackageNotFoundError:  # it was not installed, so it was not used
            continue
    return ", ".join(named)
