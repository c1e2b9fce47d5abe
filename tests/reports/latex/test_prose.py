"""Prose as LaTeX: formulas are found in it, and every text is balanced."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.reports.latex.prose import prose

from ...statements.strategies import SETTINGS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a path of depth L_h", "a path of depth $L_{h}$"),
        ("p = 2 - 2/L, so x^p falls", "$p = 2 - 2/L$, so $x^{p}$ falls"),
        ("contributes s_h^(2(L_h - 1)/L_h).", "contributes $s_{h}^{2(L_{h} - 1)/L_{h}}$."),
        ("is 0**0 = 1: every", "is $0^{0} = 1$: every"),
        ("grad f grad f^T - r Hess f", r"$\nabla f\nabla f^{T} - r\nabla^2 f$"),
        ("the square |grad f|^2", r"the square $|\nabla f|^{2}$"),
        ("(mode-sharpness) and shared-k", "(mode-sharpness) and shared-k"),
        ("the pathway's share (and I)", "the pathway's share (and I)"),
        ("50% & {x_1} #2", r"50\% \& \{$x_{1}$\} \#2"),
        ("at depth 1 it is 1", "at depth 1 it is 1"),
        ("decreases towards -1. A power", "decreases towards $ - 1$. A power"),
        ("is -r times (-q) - r well-known", "is $ - r$ times $( - q) - r$ well-known"),
        (
            "as sigma_1 >= ... >= sigma_d > 0 are",
            r"as $\sigma_{1} \ge \dots \ge \sigma_{d} > 0$ are",
        ),
        ("until 2/S_(p+1), where", "until $2/S_{p + 1}$, where"),
        ("over l = 0, ..., L - 1", r"over $\ell = 0$, \dots{}, $L - 1$"),
        ("S_( is not", r"S\_( is not"),
        ("S = 2L x^(2L-2), (2L-1)c - 1", "$S = 2 L x^{2 L - 2}$, $(2 L - 1)c - 1$"),
        ("r = sigma - sum_h w_h^(L_h)", r"$r = \sigma - \sum_{h} w_{h}^{L_{h}}$"),
        ("f' = 1, the layers' f''^2/2", "$f' = 1$, the layers' $f''^{2}/2$"),
        ("1 + s <= exp(s) and 2 log L; log it", r"$1 + s \le \exp(s)$ and $2\log L$; log it"),
        ("both are A^T R; a = 1, a pear", "both are $A^{T} R$; $a = 1$, a pear"),
        ("p = W_L .. W_1 v is y . x.", r"$p = W_{L} \cdots W_{1}v$ is $y \cdot x$."),
        ("the flow dw/dt = -r, |M - M*|^2", "the flow $dw/dt =  - r$, $|M - M^{*}|^{2}$"),
        ("is sqrt(b^2 + 1)/2.", r"is $\sqrt{b^{2} + 1}/2$."),
        ("df'/d eta", r"$df'/d \eta$"),
        ("G is L (z-1) / (z (z - 2)) (flip)", "$G$ is $L(z - 1)/(z(z - 2))$ (flip)"),
        ('"So" it is ("not")', "``So'' it is (``not'')"),
        ("the threshold 2/sharpness", "the threshold 2/sharpness"),
        ("out of time after 1.5 s", "out of time after 1.5 s"),
    ],
)
def test_prose(text, expected):
    assert prose(text) == expected


def test_articles_are_no_variables():
    text = "A point a, of a line: between A and B. A is a matrix (a)."
    shown = "A point $a$, of a line: between $A$ and $B$. A is a matrix $(a)$."
    assert prose(text, "aAB") == shown
    assert prose(text).replace("$B$", "B") == text


@SETTINGS
@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_prose_of_any_text_is_balanced(text):
    assert_balanced_braces = re.sub(r"\\[{}]", "", prose(text))
    assert assert_balanced_braces.count("{") == assert_balanced_braces.count("}")
    assert re.sub(r"\\\$", "", prose(text)).count("$") % 2 == 0
