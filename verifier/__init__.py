"""A symbolic-numeric theorem verifier for the theory of multi-pathway deep linear networks.

What a notebook needs is here: a statement is built with Python's operators, and judged by `check`.

>>> from verifier import H, L, check
>>> result = check(H ** (2 / L - 1) < 1, given=[H >= 2, L >= 3])
>>> result.verdict
<Verdict.PROVED: 'proved'>

Names are imported on first use, so that importing the package loads no computer algebra.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from verifier.lazy import lazy

__version__ = "0.1.0"

if TYPE_CHECKING:
    from verifier.engines.witness.lowering import to_sympy as to_sympy
    from verifier.errors import VerifierError as VerifierError
    from verifier.interface import check as check
    from verifier.interface import spectrum as spectrum
    from verifier.library import shipped as shipped
    from verifier.networks.landscape import Landscape as Landscape
    from verifier.networks.matrix import MatrixNetwork as MatrixNetwork
    from verifier.networks.scalar import ScalarNetwork as ScalarNetwork
    from verifier.statements.latex import latex as latex
    from verifier.statements.parser import parse as parse
    from verifier.statements.statement import Statement as Statement
    from verifier.statements.vocabulary import *  # noqa: F403
    from verifier.theorem import Theorem as Theorem
    from verifier.verdicts import Result as Result
    from verifier.verdicts import Verdict as Verdict

_find, _listed, _names = lazy(
    __name__,
    {
        "statements.statement": "Statement",
        "theorem": "Theorem",
        "verdicts": "Result Verdict",
        "interface": "check spectrum",
        "library": "shipped",
        "statements.parser": "parse",
        "statements.latex": "latex",
        "engines.witness.lowering": "to_sympy",
        "networks.scalar": "ScalarNetwork",
        "networks.matrix": "MatrixNetwork",
        "networks.landscape": "Landscape",
        "errors": "VerifierError",
    },
)
_LANGUAGE = "statements.vocabulary"  # its words are names of this package as well
__all__: list[str]  # made when it is asked for


def __getattr__(name: str) -> object:
    if name == "__all__":
        return ["__version__", *_names, *words()]
    if not name.startswith("_") and name not in _names:
        vocabulary = import_module(f"{__name__}.{_LANGUAGE}")
        if name in vocabulary.__all__:
            return getattr(vocabulary, name)
    return _find(name)


def __dir__() -> list[str]:
    return sorted({*_listed(), *words()})


def words() -> list[str]:
    """The words of the language: its variables, its functions, and what declares others."""
    vocabulary = import_module(f"{__name__}.{_LANGUAGE}")
    return [n for n in vocabulary.__all__ if n in ("H", "L") or not n.isupper()]
