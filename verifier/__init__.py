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
    from verifier.statements.vocabulary import Abs as Abs
    from verifier.statements.vocabulary import H as H
    from verifier.statements.vocabulary import Iverson as Iverson
    from verifier.statements.vocabulary import L as L
    from verifier.statements.vocabulary import Max as Max
    from verifier.statements.vocabulary import Min as Min
    from verifier.statements.vocabulary import Product as Product
    from verifier.statements.vocabulary import Sum as Sum
    from verifier.statements.vocabulary import balanced as balanced
    from verifier.statements.vocabulary import cos as cos
    from verifier.statements.vocabulary import diff as diff
    from verifier.statements.vocabulary import eta as eta
    from verifier.statements.vocabulary import exp as exp
    from verifier.statements.vocabulary import family as family
    from verifier.statements.vocabulary import hessian as hessian
    from verifier.statements.vocabulary import integer as integer
    from verifier.statements.vocabulary import k as k
    from verifier.statements.vocabulary import limit as limit
    from verifier.statements.vocabulary import log as log
    from verifier.statements.vocabulary import oo as oo
    from verifier.statements.vocabulary import pi as pi
    from verifier.statements.vocabulary import positive as positive
    from verifier.statements.vocabulary import rational as rational
    from verifier.statements.vocabulary import real as real
    from verifier.statements.vocabulary import shared as shared
    from verifier.statements.vocabulary import sharpness as sharpness
    from verifier.statements.vocabulary import sigma as sigma
    from verifier.statements.vocabulary import sin as sin
    from verifier.statements.vocabulary import single_path as single_path
    from verifier.statements.vocabulary import split as split
    from verifier.statements.vocabulary import sqrt as sqrt
    from verifier.statements.vocabulary import weights as weights
    from verifier.theorem import Theorem as Theorem
    from verifier.verdicts import Result as Result
    from verifier.verdicts import Verdict as Verdict

_HOME = {
    "Statement": "statements.statement",
    "Theorem": "theorem",
    "Result": "verdicts",
    "Verdict": "verdicts",
    "check": "interface",
    "shipped": "library",
    "parse": "statements.parser",
    "latex": "statements.latex",
    "to_sympy": "engines.witness.lowering",
    "spectrum": "interface",
    "ScalarNetwork": "networks.scalar",
    "MatrixNetwork": "networks.matrix",
    "Landscape": "networks.landscape",
    "VerifierError": "errors",
    **dict.fromkeys(
        """
        H L k sigma eta real positive integer family rational sharpness hessian single_path shared
        balanced split weights Sum Product limit diff sqrt exp log sin cos Abs Min Max Iverson pi oo
        """.split(),
        "statements.vocabulary",
    ),
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
