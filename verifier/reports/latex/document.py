"""A whole document that shows what was judged, and the preamble that its pieces need elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

from verifier import __version__
from verifier.reports.latex.prose import escape
from verifier.reports.versions import versions
from verifier.statements.names import symbol_name
from verifier.verdicts import Result

_HEAD = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[margin=25mm]{geometry}
"""
_LINKS = r"\usepackage[hidelinks]{hyperref}"
_TITLE = r"\title{{Statements checked by \texttt{{pathway-verifier}} {version}}}"
#: Symbols stand between angle brackets, so that they are printed in the author's notation.
_SETTING = r"""\section*{Setting and notation}
A network has $<H>$ pathways; pathway $<h>$ is a product of scalar weights
$<w>_{<h>,1}, \dots, <w>_{<h>,<L>_{<h>}}$, and $<L>$ stands for a common depth.  The output is
$<f> = \sum_{<h>} \prod_{<l>} <w>_{<h>,<l>}$ and the loss $\frac{1}{2} (<f> - <sigma>)^2$.  At an
allocation the output is $<sigma>$ and the share of a pathway is spread evenly over its layers:
$\mathrm{single\ path}$ gives all of $<sigma>$ to the first pathway, $\mathrm{shared}(<k>)$ an equal
share to each of the first $<k>$, $\mathrm{balanced}$ to each of the $<H>$ pathways,
$\mathrm{split}(<s>)$ the share $<s>_{<h>}$ to pathway $<h>$; $\mathrm{weights}(<w>)$ are any
weights.
$\mathcal{H}_{<h>,<l>,<i>,<j>}(\cdot)$ is the second derivative of the loss by $<w>_{<h>,<l>}$ and
$<w>_{<i>,<j>}$, and $\lambda_{\max}(\cdot)$, the sharpness, is the largest eigenvalue of that
Hessian.  What follows a semicolon replaces a variable:
$\lambda_{\max}(\mathrm{balanced}; <L> \mapsto <L> + 1)$, or a common depth by depths that may
differ: $<L> \mapsto <L>_{\bullet}$.  A bracket $[<h> \le <k>]$ is $1$ where the condition holds,
else $0$.  Empty sums are $0$, empty products are $1$, and $0^0 = 1$.
"""
#: What is said as well where one of some signs is printed.
_FURTHER = (
    (
        (r"\cdots", r"\overleftarrow", r"\mathrm{matrices}"),
        r"""
A layer may be a matrix, whose entries have two indices more: $<A>_{<l>}$ is the matrix of the
$<A>_{<l>,<a>,<b>}$, and $<W>_{<h>,<l>}$ of the $<W>_{<h>,<l>,<a>,<b>}$.  Products of matrices have
the last layer first, $<A>_{<n>} \cdots <A>_{1} = \overleftarrow{\prod}_{<l> = 1}^{<n>} <A>_{<l>}$,
and $(<A>_{<l>,<a>,<b>})_{<a>,<b>}$ is a matrix written by its entries.  The product of no matrices
is the identity.
""",
    ),
    (
        (r"\mathrm{matrices}",),
        r"""
$\mathrm{matrices}(<W>, <d>)$ are any weights of a network of matrices: layer $<l>$ of pathway
$<h>$ is the $<d> \times <d>$ matrix $<W>_{<h>,<l>}$, the output is the sum over the pathways of
their products, and the loss half the sum of the squares of its entries less those of the target,
which is a matrix as well.
""",
    ),
    (
        (r"\lbrace",),
        r"""
$\min \lbrace <x> \in [<a>, <b>] : <f>(<x>) = 0 \rbrace$ is the least root of a continuous $<f>$
between two bounds, at which its signs are opposite or it vanishes.
""",
    ),
)
_BY = r"""
Under each theorem stands its verdict and what was checked; where nothing else is said, by
{versions}.
"""


def document(pieces: Iterable[str], results: Iterable[Result] = ()) -> str:
    """A whole document that shows theorems, tables and statements as this package prints them.

    The versions that most of the results name are named once, before the pieces.
    """
    printed = list(pieces)
    title = _TITLE.format(version=escape(__version__))
    counts = Counter(escape(versions(result)) for result in results)
    usual = counts.most_common(1)[0][0] if counts else ""
    head = [
        _HEAD + preamble() + _LINKS,
        rf"\def\verifierversions{{{usual}}}",
        title,
        r"\author{}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
    ]
    said = _BY.format(versions=usual) if usual else ""
    return "\n".join([*head, setting(printed) + said, *printed, r"\end{document}"])


def preamble() -> str:
    """What a document needs in its preamble to show the pieces."""
    return files(__package__).joinpath("preamble.tex").read_text(encoding="utf-8")


def setting(pieces: Iterable[str] = ()) -> str:
    """What the symbols mean, matrices and roots only where they occur."""
    printed = "".join(pieces)
    further = [text for signs, text in _FURTHER if any(sign in printed for sign in signs)]
    before, *others = "".join([_SETTING, *further]).split("<")
    named = (other.partition(">") for other in others)
    return before + "".join(symbol_name(name) + rest for name, _, rest in named)


__all__ = ["document", "preamble"]
