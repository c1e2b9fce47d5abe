r"""The author's notation: symbols printed under other names, never two of them under one.

>>> from verifier.statements.latex import latex
>>> from verifier.statements.vocabulary import H, L, sigma
>>> with notation(read_notation(r"H=M, sigma=\sigma^{\star}")):
...     latex(sigma**L / H <= 1)
'\\frac{({\\sigma^{\\star}})^{L}}{M} \\le 1'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from verifier.errors import NotationError
from verifier.statements.names import GREEK, authors_name, canonical, printed_word

_LETTER = "|".join(
    [*sorted(GREEK), "varepsilon", "vartheta", "varrho", "varsigma", "varphi", "ell"]
)
_FONT = "mathcal|mathbb|mathbf|mathrm|mathsf|mathfrak|mathit|boldsymbol|hat|tilde|bar|vec|overline"
_ATOM = rf"(?:[A-Za-z]+|\\(?:{_LETTER})|\\(?:{_FONT})\{{(?:[A-Za-z]+|\\(?:{_LETTER}))\}})"
_STAR = r"\\star|\\ast|\\dagger|\\prime"
_SAFE = re.compile(
    rf"({_ATOM})(_(?:[A-Za-z0-9]|\{{[A-Za-z0-9,]+\}}))?(\^(?:{_STAR}|\*|\{{(?:{_STAR}|\*)\}}))?"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = (r"\pi", r"\mathcal{H}")  # the number, the Hessian


def read_notation(text: str) -> dict[str, str]:
    r"""The names of symbols in the LaTeX of an author: `H=M,sigma=\lambda`.

    >>> read_notation(r"H=M, sigma=lambda, x=\hat{x}_0")
    {'H': 'M', 'sigma': '\\lambda', 'x': '\\hat{x}_{0}'}

    Raises:
        NotationError: it names no symbol, names one twice, or its LaTeX is none that is safe.
    """
    found: dict[str, str] = {}
    for pair in re.split(r",(?![^{]*\})", text):
        name, equals, printed = (part.strip() for part in pair.partition("="))
        if not (equals and _NAME.fullmatch(name)):
            raise NotationError(f"{pair.strip()!r} names no symbol", "write H=M,sigma=s")
        if canonical(name) in found:
            raise NotationError(f"{name} is named twice", "name it once")
        safe = _SAFE.fullmatch(printed)
        if safe is None:
            raise NotationError(
                f"{printed!r} is no safe LaTeX for {name}",
                r"use a letter, \lambda, \mathcal{M} or \hat{x}; then perhaps x_0 or x^\star",
            )
        base, index, star = (part or "" for part in safe.groups())
        whole = printed_word(base) + _braced(index) + _braced(star)
        if whole in _TAKEN:
            raise NotationError(f"{printed} has a meaning already", "choose another name")
        found[canonical(name)] = whole
    return found


def _braced(script: str) -> str:
    if not script or script[1] == "{":
        return script
    return f"{script[0]}{{{script[1:]}}}"


class _Names:
    """Names as an author writes them; remembers whose name each is, so that no two are alike."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self.mapping = mapping
        self.owners: dict[str, str] = {}

    def __call__(self, name: str, usual: str) -> str:
        name = canonical(name)
        printed = self.mapping.get(name, usual)
        mapped = name in self.mapping
        for shown in (printed, printed.partition("_")[0]) if mapped else (printed,):
            owner = self.owners.setdefault(shown, name)
            if owner != name:
                other = name if owner in self.mapping else owner
                raise NotationError(
                    f"{owner} and {name} would both be printed as {shown}",
                    f"give {other} another name as well",
                )
        return f"{{{printed}}}" if mapped and set("_^") & set(printed) else printed


@contextmanager
def notation(mapping: Mapping[str, str]) -> Iterator[None]:
    """Within this context every symbol of `mapping` is printed under its name there.

    Raises:
        NotationError: where two symbols that are printed would have one name.
    """
    token = authors_name.set(_Names(mapping)) if mapping else None
    try:
        yield
    finally:
        if token is not None:
            authors_name.reset(token)


__all__ = ["notation", "read_notation"]
