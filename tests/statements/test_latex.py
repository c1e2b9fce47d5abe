"""LaTeX: parentheses where they are needed, everything balanced, lines that fit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.statements.latex import Style, latex, row_of
from verifier.statements.layout import DOT, INDENT, flat, wrap
from verifier.statements.parser import parse, parse_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import function
from verifier.statements.terms import INTEGER, REAL, Symbol
from verifier.statements.vocabulary import (
    H,
    L,
    Sum,
    chain,
    diff,
    family,
    hessian,
    integer,
    sharpness,
    split,
    weights,
)

from .strategies import DECLARED, SETTINGS, relations

CASES = [
    ("x**y**2", "x^{y^{2}}"),
    ("(x**y)**2", "(x^{y})^{2}"),
    ("(-x)**2", "(-x)^{2}"),
    ("-x**2", "-x^{2}"),
    ("-(x + 1)", "-(x + 1)"),
    ("x - (y - 1)", "x - (y - 1)"),
    ("x + -y", "x + (-y)"),
    ("x*(y + 1)*2", r"2 x \, (y + 1)"),
    ("2*3*x", r"2 \cdot 3 x"),
    ("x*2**y", r"x \cdot 2^{y}"),
    ("x*(1/2)", r"\frac{1}{2} x"),
    ("3*x/2*y/(2*H)", r"\frac{3 x y}{2 \cdot 2 H}"),
    ("-2*x", "-2 x"),
    ("(1/2)**x", r"\Bigl(\frac{1}{2}\Bigr)^{x}"),
    ("(x/y)/(1/H)", r"\frac{x/y}{1/H}"),
    ("x/y/H", r"\frac{x}{y H}"),
    ("H**(x/y/H)", "H^{x/(y H)}"),
    ("H**(x*(y/H))", "H^{x \\, (y/H)}"),
    ("sqrt(x)**2", r"\sqrt{x}^{2}"),
    ("log(x)**2", r"(\log(x))^{2}"),
    ("Abs(x - 1)", r"\lvert x - 1 \rvert"),
    ("Sum(l, (l, 1, L))*x", r"\biggl(\sum_{\ell = 1}^{L} \ell\biggr) x"),
    ("x*Sum(l, (l, 1, L))", r"x \, \sum_{\ell = 1}^{L} \ell"),
    ("2*Sum(l, (l, 1, L)) + 1", r"2 \, \biggl(\sum_{\ell = 1}^{L} \ell\biggr) + 1"),
    ("1 + Sum(l, (l, 1, L))", r"1 + \sum_{\ell = 1}^{L} \ell"),
    ("Sum(l + 1, (l, 1, L))", r"\sum_{\ell = 1}^{L} (\ell + 1)"),
    ("Sum(l, (l, 1, L))**2", r"\biggl(\sum_{\ell = 1}^{L} \ell\biggr)^{2}"),
    ("Sum(Product(l, (l, 1, n)), (n, 1, L))", r"\sum_{n = 1}^{L} \prod_{\ell = 1}^{n} \ell"),
    ("limit(1/x, x, oo) + 1", r"\Bigl(\lim_{x \to \infty} \frac{1}{x}\Bigr) + 1"),
    ("Iverson(n <= H)*x", r"[n \le H] x"),
    ("Max(x, y)", r"\max(x, y)"),
    ("sigma*eta*pi", r"\sigma \eta \pi"),
    ("sharpness(balanced, H=H + 1)", r"\lambda_{\max}(\mathrm{balanced}; H \mapsto H + 1)"),
    (
        "sharpness(single_path, sigma=Sum(l, (l, 1, L)))",
        r"\lambda_{\max}\biggl(\mathrm{single\ path}; "
        r"\sigma \mapsto \sum_{\ell = 1}^{L} \ell\biggr)",
    ),
    ("sharpness(single_path)", r"\lambda_{\max}(\mathrm{single\ path})"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_golden(text, expected):
    assert latex(parse_term(text, DECLARED)) == expected


def test_families_derivatives_and_lambdas():
    w, s = family("w", REAL, 2), family("s_1")
    h, l, i, j = map(integer, "h l i j".split())  # noqa: E741
    depth = Symbol("L", INTEGER, 1)
    assert latex(w[h, l + 1]) == r"w_{h,\ell + 1}"
    assert latex(s[h] ** 2) == "{s_{1}}_{h}^{2}"
    once = diff(w[h, l] * w[i, j], w[h, l])
    assert latex(once) == r"\frac{\partial}{\partial w_{h,\ell}} (w_{h,\ell} w_{i,j})"
    assert latex(diff(once, w[i, j])).startswith(
        r"\frac{\partial^{2}}{\partial w_{i,j} \, \partial w_{h,\ell}}"
    )
    entry = hessian(weights(w), h, l, i, j, L=depth)
    assert latex(entry) == r"\mathcal{H}_{h,\ell,i,j}(\mathrm{weights}(w); L \mapsto L_{\bullet})"
    layers, weight = family("W", REAL, 3), family("W", REAL, 4)
    assert latex(chain(layers, 1, L, i, j, H) ** 2) == r"(W_{L} \cdots W_{1})_{i,j}^{2}"
    of_pathway = function((l, i, j), weight[h, l, i, j])
    assert latex(chain(of_pathway, l, L, i, j, H)) == r"(W_{h,L} \cdots W_{h,\ell})_{i,j}"
    assert latex(chain(of_pathway, l, l, i, j, H)) == r"(W_{h,\ell})_{i,j}"
    moved = function((l, i, j), layers[l, i, j] - 2 * weight[h, l, i, j])
    assert latex(chain(moved, l, L, i, j, H)) == (
        r"(\overleftarrow{\prod}_{\ell_{1} = \ell}^{L} (W_{\ell_{1}} - 2 W_{h,\ell_{1}}))_{i,j}"
    )
    by_entries = function((l, i, j), weight[h, l, j, i])  # the transpose has no name
    assert latex(chain(by_entries, 1, L, i, j, H)) == (
        r"(\overleftarrow{\prod}_{\ell = 1}^{L} (W_{h,\ell,j,i})_{i,j})_{i,j}"
    )
    assert latex(diff(diff(w[h, l], w[h, l]), w[h, l])).startswith(
        r"\frac{\partial^{2}}{\partial w_{h,\ell}^{2}}"
    )
    assert latex(once, Style.INLINE) == r"\partial_{w_{h,\ell}} (w_{h,\ell} w_{i,j})"
    share = sharpness(split(function((h,), 1 / H)))
    assert latex(share) == r"\lambda_{\max}(\mathrm{split}(h \mapsto 1/H))"


def test_statements_join_bounds_that_continue_one_another():
    h = integer("h")
    statement = Statement(parse("H > 1"), [1 <= h, h <= H, L >= 2])
    assert latex(statement) == r"H > 1 \quad \text{for } {1 \le h \le H}, \; {L \ge 2}"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (
            "1 <= i, i <= H, 1 <= j, j <= H, 1 <= n, n <= L",
            r"{1 \le i, j \le H}, \; {1 \le n \le L}",
        ),
        ("1 <= i, i <= H, 1 <= j, j < H", r"{1 \le i \le H}, \; {1 \le j < H}"),
        ("i >= 2, L >= 3, j >= 2", r"{i, j \ge 2}, \; {L \ge 3}"),
        ("i >= H, j >= H", r"{i \ge H}, \; {j \ge H}"),
        ("i + 1 >= 2, j >= 2", r"{i + 1 \ge 2}, \; {j \ge 2}"),
        ("i != 2, j != 2", r"{i \ne 2}, \; {j \ne 2}"),
        ("i == 2, j == 2", r"{i = 2}, \; {j = 2}"),
    ],
)
def test_equal_bounds_of_variables_are_said_once(given, printed):
    names = {name: integer(name) for name in "ijn"}
    conditions = [parse(text, names) for text in given.split(", ")]
    assert latex(Statement(H > 1, conditions)) == rf"H > 1 \quad \text{{for }} {printed}"


def test_wide_conditions_are_broken_and_stay_small():
    wide = " + ".join(f"Sum(l**{n}, (l, 1, L))" for n in range(2, 9))
    row = row_of(Statement(parse("H > 1"), [parse(f"H < {wide}"), L >= 2]))
    first, *others = (line.text for line in wrap(row, 25))
    assert first.startswith(r"H > 1 \quad \text{for } \textstyle H < ")
    assert others and all(line.startswith(r"\textstyle {} + ") for line in others)
    assert others[-1].endswith(r"\ell^{8}, \; {L \ge 2}")
    short = Statement(parse("H > 1"), [parse("H < Sum(l, (l, 1, L))")])
    assert latex(short).endswith(r"{\textstyle H < \sum_{\ell = 1}^{L} \ell}")


def assert_balanced(text):
    depth = 0
    for token in re.findall(r"\\[{}]|[{}]", text):
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0, text
    assert depth == 0, text
    for opening, closing in ((r"\Bigl", r"\Bigr"), (r"\biggl", r"\biggr"), ("(", ")"), ("[", "]")):
        assert text.count(opening) == text.count(closing), text


@SETTINGS
@given(relations, st.sampled_from(Style))
def test_everything_is_balanced(relation, style):
    assert_balanced(latex(relation, style))


def leaves(row):
    return [leaf for piece in row for leaf in (leaves(piece.parts) if piece.parts else [piece])]


@SETTINGS
@given(relations, st.integers(5, 40))
def test_lines_hold_all_pieces_and_fit(relation, width):
    """A line is wider than it may be only where it is one piece that cannot be broken."""
    row = row_of(relation)
    lines = wrap(row, width)
    alone = max(piece.width for piece in leaves(row)) + DOT
    assert all(line.width <= max(width - INDENT * (n > 0), alone) for n, line in enumerate(lines))
    for line in lines:
        assert line.text.count("{") == line.text.count("}")
    if len(lines) == 1:
        assert lines[0].text == flat(row).text


def test_a_piece_that_fits_no_line_is_broken():
    """A fraction becomes a quotient, a sum may end a line; on a wide line both stay whole."""
    h = integer("h")
    row = row_of(Sum((H + L + 1) / (H + L * h), (h, 1, H)) * (L + 1) < L)
    assert r"\frac" in wrap(row, 40)[0].text and len(wrap(row, 40)) == 1
    narrow = wrap(row, 6)
    assert not any(r"\frac" in line.text for line in narrow) and len(narrow) > 2
    assert max(line.width for line in narrow) <= 6
