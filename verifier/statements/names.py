"""The names of variables in LaTeX."""

from __future__ import annotations

GREEK = frozenset(
    """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    """.split()
)


def symbol_name(name: str) -> str:
    r"""The name of a variable: Greek letters, indices after an underscore or as a final number.

    >>> [symbol_name(n) for n in ("sigma", "x_1", "w2", "lam", "rate", "eta_max")]
    ['\\sigma', 'x_{1}', 'w_{2}', '\\lambda', '\\mathit{rate}', '\\eta_{\\mathit{max}}']
    """
    base, _, index = name.partition("_")
    letters = base.rstrip("0123456789")
    parts = [part for part in (letters, base[len(letters) :], *index.split("_")) if part]
    first, *rest = parts or [r"\_"]
    return _word(first) + ("_{" + ",".join(map(_word, rest)) + "}" if rest else "")


def name_width(name: str) -> float:
    """The width of a variable's name, about, in em."""
    return 0.75 if _word(name)[1:] in GREEK else 0.1 + 0.6 * len(name)


def _word(word: str) -> str:
    word = "lambda" if word in ("lam", "lamda") else word
    if word in GREEK:
        return "\\" + word
    return word if len(word) == 1 or word.isdigit() else rf"\mathit{{{word}}}"
