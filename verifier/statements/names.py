"""The names of variables in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar

GREEK = frozenset(
    """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    """.split()
)

_SPELLINGS = {"lam": "lambda", "lamda": "lambda", "eps": "epsilon"}

#: The author's name for a symbol with a usual name: see `verifier.statements.notation`.
authors_name: ContextVar[Callable[[str, str], str]] = ContextVar(
    "authors_name", default=lambda name, usual: usual
)


def symbol_name(name: str) -> str:
    r"""The name of a variable: Greek letters, indices after an underscore or as a final number.

    >>> [symbol_name(n) for n in ("sigma", "x_1", "w2", "lam", "rate", "eta_max")]
    ['\\sigma', 'x_{1}', 'w_{2}', '\\lambda', '\\mathit{rate}', '\\eta_{\\mathit{max}}']
    """
    base, _, index = name.partition("_")
    letters = base.rstrip("0123456789")
    parts = [part for part in (letters, base[len(letters) :], *index.split("_")) if part]
    first, *rest = map(_word, parts or ["_"])
    return authors_name.get()(name, first + ("_{" + ",".join(rest) + "}" if rest else ""))


def name_width(name: str) -> float:
    """The width of a variable's name, about, in em."""
    shown = re.sub(
        r"\\(?:math|bold|hat|tilde|bar|vec|over)[a-z]*|[\\_^{}]",
        "",
        symbol_name(name).replace(r"\ell", "l"),
    )
    return 0.7 if shown in GREEK else 0.05 + sum(map(_letter_width, shown))


def _letter_width(letter: str) -> float:
    if letter in "mwMW":
        return 0.95
    return 0.8 if letter.isupper() else 0.4 if letter in "fijlrst" else 0.55


def canonical(name: str) -> str:
    """The one of its spellings under which a name is known.

    >>> canonical("lam"), canonical("w2")
    ('lambda', 'w_2')
    """
    return _SPELLINGS.get(name, re.sub(r"^([A-Za-z]+)(\d)", r"\1_\2", name))


def printed_word(word: str) -> str:
    r"""A word as a name: a letter, a Greek letter, LaTeX as it is, or several letters as one.

    >>> [printed_word(w) for w in ("x", "l", "eta", "\\hat{x}", "rate", "_")]
    ['x', '\\ell', '\\eta', '\\hat{x}', '\\mathit{rate}', '\\_']
    """
    word = canonical(word)
    if word == "l":  # which is too much like a 1
        return r"\ell"
    if word in GREEK or word == "_":
        return "\\" + word
    if len(word) == 1 or word.isdigit() or word[0] == "\\":
        return word
    return rf"\mathit{{{word}}}"


def _word(word: str) -> str:
    return authors_name.get()(word, printed_word(word))
