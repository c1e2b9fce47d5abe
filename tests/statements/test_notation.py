"""The author's notation: safe names only, everywhere the same, never two symbols under one."""

import pytest

from verifier.errors import NotationError
from verifier.reports.latex.prose import prose
from verifier.statements.latex import latex
from verifier.statements.notation import notation, read_notation
from verifier.statements.parser import parse
from verifier.statements.terms import INTEGER, REAL, Symbol
from verifier.statements.vocabulary import H, L, family, sigma

x, y, w = Symbol("x", REAL), Symbol("y", REAL), family("w", REAL, 2)


@pytest.mark.parametrize(
    ("text", "node", "printed"),
    [
        ("H=M", H / L, r"\frac{M}{L}"),
        ("H=L,L=H", H / L, r"\frac{L}{H}"),
        (r"sigma=\lambda", sigma**2, r"\lambda^{2}"),
        ("sigma=lambda", sigma**2, r"\lambda^{2}"),
        (r"sigma=\sigma^\star", sigma**2, r"({\sigma^{\star}})^{2}"),
        ("H=width", H**2, r"\mathit{width}^{2}"),
        (r"H=\mathcal{M}", H + 1, r"\mathcal{M} + 1"),
        (r"x=\hat{y}_0", x**2 + y, r"{\hat{y}_{0}}^{2} + y"),
        ("w=a", w[1, 2], "a_{1,2}"),
        (r"w=a^\star", w[1, 2] ** 2, r"({a^{\star}}_{1,2})^{2}"),
        ("x_1=y", Symbol("x1", REAL) + 1, "y + 1"),
        ("lam=z", Symbol("lambda", REAL) + 1, "z + 1"),
    ],
)
def test_symbols_are_printed_under_their_names(text, node, printed):
    usual = latex(node)
    with notation(read_notation(text)):
        assert latex(node) == printed
    assert latex(node) == usual


def test_indices_and_prose_have_the_same_names():
    with notation({"H": "M", "L": "D", "h": "m"}):
        assert latex(Symbol("L", INTEGER, 1)[Symbol("h", INTEGER)]) == "D_{m}"
        assert prose("of depth L_h, with H*L > 1") == "of depth $D_{m}$, with $M D > 1$"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("H=L", "H < L"),
        ("x=y", "x < y"),
        ("x=sigma", "x < sigma"),
        (r"x=\sigma", "x < sigma"),
        ("x=y,y=z", "x < y + z"),
        ("x=y_1", "x < y"),
        ("x=y_1", "x < y_1"),
        ("x=n", "Sum(x*n, (n, 1, H)) < 1"),
    ],
)
def test_two_symbols_never_have_one_name(text, statement):
    names = {name: Symbol(name, REAL) for name in ("x", "y", "z", "y_1")}
    relation = parse(statement, names)
    with notation(read_notation(text)), pytest.raises(NotationError, match="would both be printed"):
        latex(relation)


@pytest.mark.parametrize(
    "text",
    [
        "", "H", "H=", "=M", "H=M,H=N", "H=M;L=D", r"H=\input{x}", r"H=\def\x", "H=$M$", "H=M}",
        "H={M", "H=M^2", "H=1", "H=M_", "H=M%", r"H=\undefined", r"H=\mathcal{H}", r"x=\pi", "x=pi",
        r"H=\mathbf{\hat{x}}", "H=M N", "1=M", "lam=x,lambda=y", r"H=M^^41", "H=M_{0}}",
    ],
)  # fmt: skip
def test_unsafe_names_are_refused(text):
    with pytest.raises(NotationError) as error:
        read_notation(text)
    assert error.value.remedy
