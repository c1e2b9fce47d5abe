"""Claims in LaTeX: found by either form, at their lines; what begins none is never passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import ClaimsFileError
from verifier.statements.tex import load_tex, read_tex

from .strategies import SETTINGS

PAPER = r"""\documentclass{article}
\usepackage{amsmath} % \begin{verifierclaim} of the package
\begin{document}
Half of it, 50\%, is shared.
  % verifier: claim reduction
  % statement = "sharpness(balanced)/sharpness(single_path) == H**(2/L-1)"
  % given = [
  %   "1 <= k <= H",
  %   "L >= 2",
  % ]
  % verifier: end
\begin{verifierclaim}{a pole}
statement = "(x**2 - 1)/(x - 1) == x + 1" # at one
variables = { x = "real" }
\end{verifierclaim}
%%verifier:claim last
%%statement = "H > 0"
%%verifier:end
\end{document}
"""


def test_both_forms():
    first, second, third = read_tex(PAPER, "paper.tex")
    assert (first.name, first.line, first.error) == ("reduction", 5, "")
    assert [repr(g) for g in first.statement.given] == ["1 <= k", "k <= H", "L >= 2"]
    assert (second.name, second.line) == ("a pole", 12)
    assert repr(second.statement) == "(x**2 - 1)/(x - 1) == x + 1"
    assert (third.name, third.line, repr(third.statement)) == ("last", 16, "H > 0")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(newline):
    text = "\x0c\u2028\n" + PAPER
    claims = read_tex(text.replace("\n", newline), "paper.tex")
    assert [claim.line for claim in claims] == [6, 13, 17]


BAD = [
    ('% statement = "H >"', 2, "column 4"),
    ('% given = ["L >"]\n% statement = "H > 0"', 2, "given 'L >'"),
    ('% statement = "H > 0"\n% given = ["L >"]', 3, "given 'L >'"),
    ('% statement = "H > 0"\n% variables = {H = "real"}', 3, "word of the language"),
    ('% statement = "H > 0"\n% statment = "H > 0"', 3, "did you mean statement"),
    ('% given = ["L > 1"]', 1, "statement is missing"),
    ('% statement = "H > 0"\n% name = "b"', 3, "in the line that begins it"),
    ('% statement = "H > 0"\n% given = L > 1', 3, "no TOML"),
    ('% statement = "H > 0"\n% given = ["L > 1"', 3, "no TOML"),
    ('% statement = "H > 0', 2, "no TOML"),
    ("% a." + "b." * 60 + "c = 1", 2, "many parts"),
]


@pytest.mark.parametrize(("body", "line", "message"), BAD, ids=[message for _, _, message in BAD])
def test_errors_carry_their_line_and_spoil_nothing(body, line, message):
    good = '% verifier: claim good\n% statement = "H > 0"\n% verifier: end\n'
    bad, other = read_tex(f"% verifier: claim a\n{body}\n% verifier: end\n{good}", "paper.tex")
    assert bad.name == "a" and bad.statement is None
    assert message in bad.error and bad.line == line
    assert other.statement is not None
    uncommented = "\n".join(row.removeprefix("% ") for row in body.split("\n"))
    environment = f"\\begin{{verifierclaim}}{{a}}\n{uncommented}\n\\end{{verifierclaim}}\n"
    same, _ = read_tex(environment + good, "paper.tex")
    assert (same.error, same.line) == (bad.error, bad.line)


@pytest.mark.parametrize(
    "text",
    [
        "% verifier: cliam a",
        "% verifier: claim",
        "% Verifier: claim a",
        "% verifier claim: a",
        "%% verifier end",
        "% verifier: end",
        '% verifier: claim a\n% statement = "H > 0"',
        '% verifier: claim a\n% statement = "H > 0"\n\n',
        '% verifier: claim a\nstatement = "H > 0"\n',
        r"\begin{verifierclaim}",
        r"\begin{verifierclaim}{a} statement = 1",
        r"\noindent\begin{verifierclaim}{a}",
        "\\begin{verifierclaim}{a}\nstatement = 'H > 0'",
        r"50\% \end{verifierclaim}",
    ],
)
def test_what_begins_or_ends_no_claim_is_an_error(text):
    claims = read_tex("\n" + text, "paper.tex")
    assert claims[0].line == 2 and claims[0].error
    assert all(claim.statement is None for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        r"% \begin{verifierclaim}{a}",
        r"text % \begin{verifierclaim}{a}",
        r"\newenvironment{verifierclaim}",
        "% the verifier says so",
        "% verifier claims this",
        "a verifier: claim a",
    ],
)
def test_what_is_no_claim(text):
    assert read_tex(text, "paper.tex") == []


TOY = r"""
% verifier: claim before
% statement = "gradient(toy, x) == -y*(1 - x*y)"
% verifier: end
\begin{verifierlandscape}{toy}
loss = "(1 - x*y)**2/2"
parameters = { x = "real", y = "real" }
\end{verifierlandscape}
% verifier: landscape toy
% loss = "x"
% parameters = { x = "real" }
% verifier: end
% verifier: landscape bad
% loss = "x +"
% parameters = { x = "real" }
% verifier: end
"""


def test_landscapes_may_be_named_before_and_after():
    claim, twice, bad = read_tex(TOY, "paper.tex")
    assert claim.name == "before" and "diff((1 - x*y)**2/2, x)" in repr(claim.statement)
    assert "two landscapes" in twice.error and twice.line == 9
    assert "the loss of bad" in bad.error and bad.line == 13


def test_names_are_unique():
    block = '% verifier: claim a\n% statement = "H > 0"\n% verifier: end\n'
    first, second = read_tex(2 * block, "paper.tex")
    assert first.statement is not None
    assert "two claims" in second.error and second.line == 4


def test_a_claim_within_a_claim_is_an_error_of_the_outer_one():
    inner = '% verifier: claim b\n% statement = "H > 0"\n% verifier: end\n'
    outer, good = read_tex(f'% verifier: claim a\n% statement = "H > 1"\n{inner}', "paper.tex")
    assert "does not end" in outer.error and outer.line == 1
    assert good.name == "b" and good.statement is not None


def test_files(tmp_path):
    file = tmp_path / "paper.tex"
    file.write_bytes("caf\xe9".encode("latin-1"))
    assert load_tex(file) == []
    file.write_bytes("caf\xe9 % verifier: claim a".encode("latin-1"))
    with pytest.raises(ClaimsFileError, match="UTF-8"):
        load_tex(file)
    file.write_text("% verifier: claim a\n" * 1001)
    with pytest.raises(ClaimsFileError, match="at most 1000"):
        load_tex(file)


@SETTINGS
@given(st.text(max_size=200), st.sampled_from(["", "% verifier: claim a\n", "% verifier: "]))
def test_any_text_is_read(text, start):
    for claim in read_tex(start + text, "paper.tex"):
        assert claim.error or claim.statement is not None
