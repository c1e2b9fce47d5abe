"""Theorems, tables and statements in LaTeX: everything that was judged is on the page."""

import re
from dataclasses import replace

import pytest

from verifier.errors import NotationError
from verifier.library import labels, shipped
from verifier.reports.latex import document, overview, statement, table, theorem
from verifier.reports.latex.prose import escape
from verifier.reports.latex.statement import domains
from verifier.reports.versions import versions
from verifier.statements.latex import latex
from verifier.statements.notation import notation
from verifier.statements.statement import Statement
from verifier.statements.terms import REAL, Symbol
from verifier.statements.vocabulary import H
from verifier.verdicts import Result, Verdict

from ...statements.test_latex import assert_balanced
from ..results import ALL, PROVED, THEOREM, TRUE

RESULT = Result("x", Verdict.PROVED, trust=("the kernel",), reason="50% of s_h & more")
OTHER = r"\Upsilon"  # as wide as sigma, for whose sake lines are broken elsewhere


@pytest.mark.parametrize("label", labels())
def test_every_claim_and_link_is_printed(label):
    subject = shipped(label)
    text = theorem(subject, RESULT)
    assert_balanced(text)
    assert rf"\label{{{label}}}" in text and r"\verifiermark{proved}{" in text and r"50\%" in text
    for name in subject.claims:
        assert rf"\tag{{{escape(name)}}}\label{{{label}/{name}}}" in text
    for link in subject.proof:
        assert rf"{{{escape(link.name)}}}" in text
    for begin in set(re.findall(r"\\begin\{(.*?)\}", text)):
        assert text.count(rf"\begin{{{begin}}}") == text.count(rf"\end{{{begin}}}")


def test_golden_theorem():
    lines = theorem(shipped("single-path"), replace(PROVED, trust=("the kernel",))).splitlines()
    assert lines[1:5] == [
        r"\begin{theorem}[Sharpness of a single path]\label{single-path}",
        r"\verifierpages For all integers $H, L \ge 1$, all real $\sigma > 0$:",
        r"\begin{flalign*}",
        r"& \quad \lambda_{\max}(\mathrm{single\ path}) = L \sigma^{2 - 2/L} "
        r"\quad \text{for } {L \ge 2} && \tag{value}\label{single-path/value} \\[1ex]",
    ]
    assert (
        rf"\verifiermark{{proved}}{{\verifiername{{good}} rests on the kernel; by {versions()}.}}"
        in lines
    )
    assert (
        r"& \quad \lambda_{\max}(\mathrm{single\ path}) = L \sigma^{2 - 2/L} \quad "
        r"\text{for } {L \ge 2} && \tag*{\verifierwhy{calculation from (one of them) and (value) "
        r"of \verifierref{shared-k} with $k = 1$}{value}} \\[1ex]"
    ) in lines
    assert lines[-3].endswith(r"{depth-one} \qedsymbol}") and lines[-1] == r"\end{proof}"


def test_golden_statement():
    assert statement(TRUE).splitlines() == [
        r"For all integers $H, L \ge 1$:",
        r"\begin{flalign*}",
        r"& \quad H^{2/L - 1} < 1 \quad \text{for } {H \ge 2}, \; {L \ge 3} &&",
        r"\end{flalign*}",
    ]


def test_golden_table():
    lines = table(ALL).splitlines()
    body = [line.removesuffix(r" \addlinespace") for line in lines[11:-1]]
    assert body[:3] == [
        r"\verifiername{good} \newline $H^{2/L - 1} < 1 \quad \text{for } {H \ge 2}, \; {L \ge 3}$"
        r" \newline for all integers $H, L \ge 1$ \newline rests on the kernel"
        r" & \textbf{proved} \\",
        r"\verifiername{edge} \newline $H^{2/L - 1} < 1 \quad \text{for } {H \ge 1}, \; {L \ge 2}$"
        r" \newline for all integers $H, L \ge 1$ \newline rests on the kernel"
        r" & \textbf{refuted} at $H = 1$, $L = 2$ \\",
        body[2],
    ]
    assert body[2].startswith(r"\verifiername{long} \newline $x^{1} + x^{2} + ")
    assert body[2].endswith(r"\newline out of time after 1.0 s & \textbf{undecided} \\")
    assert body[4] == (
        r"\verifiername{two-parts}: Two parts \newline rests on the kernel"
        r" & \textbf{refuted} \\*[0.5ex]"
    )
    assert body[6].startswith(r"(second) \newline $H^{2/L - 1} < 1")
    assert body[6].endswith(r"& refuted at $H = 1$, $L = 2$ \\")
    assert versions() in lines[9]
    assert_balanced("\n".join(lines))


def test_golden_overview():
    assert overview([THEOREM]).splitlines()[8] == (
        r"\ref{two-parts} & Two parts & \verifiername{two-parts} & refuted & \pageref{two-parts} \\"
    )


def test_the_mark_says_which_part_is_not_proved():
    text = theorem(shipped("single-path"), THEOREM)
    assert r"(second) is refuted at $H = 1$, $L = 2$" in text and "(first) is" not in text
    assert "false neighbours: 1 of 2 refuted" in text


def test_theorems_that_the_idea_calls_by_their_labels_are_linked():
    why = "By shared-k it holds (single-path, flip); a two-cycle of\n shared-\n  k, in shared-k2"
    text = theorem(replace(shipped("single-path"), why=why), RESULT)
    assert (
        r"By \verifierref{shared-k} it holds (\verifierref{single-path}, flip); a two-cycle "
        r"of \verifierref{shared-k}, in shared-k2"
    ) in text


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (("x1", "x_1"), True), (("lam", "lambda"), True), (("x1", "x_2"), False),
        (("s[]", "s_1"), True), (("s[]", "s1"), True), (("s[]", "t_1"), False),
        (("s_1[]", "s_1_n"), False), (("lam[]", "lambda_h"), True),
    ],
)  # fmt: skip
def test_no_two_variables_are_printed_alike(names: tuple[str, ...], alike: bool) -> None:
    """s[1] > s_1 would be s_1 > s_1."""
    symbols = [Symbol(n.rstrip("[]"), REAL, int(n.endswith("[]"))) for n in names]
    terms = [s[1] if s.arity else s for s in symbols]
    statements = [Statement(terms[0] > terms[1])]
    if not alike:
        assert domains(statements)
        return
    with pytest.raises(NotationError, match="would be printed alike"):
        domains(statements)


def test_versions_name_z3_where_it_vouches():
    assert "z3" not in versions(PROVED)
    assert "z3" in versions(replace(PROVED, trust=("z3, and the translation into its language",)))


@pytest.mark.parametrize("label", labels())
def test_the_notation_of_an_author_is_used_everywhere(label):
    subject = shipped(label)
    plain = theorem(subject, RESULT)
    with notation({"H": "\x01", "sigma": OTHER, "w": "\x03"}):
        mapped = theorem(subject, RESULT)
    shown = plain.replace(r"\mathcal{H}", "\x04")
    formulas = re.sub(r"\\[A-Za-z]+", lambda m: m[0] if m[0] == r"\sigma" else "", shown)
    assert ("H" in re.sub(r"Hessian|Hypothesis|Hence|FLINT", "", formulas)) == ("\x01" in mapped)
    assert (r"\sigma" in plain) == (OTHER in mapped)
    assert r"\sigma" not in mapped
    back = mapped.replace("\x01", "H").replace(OTHER, r"\sigma").replace("\x03", "w")
    assert back == plain


def test_a_changed_theorem_changes_the_page():
    subject = shipped("single-path")
    changed = replace(subject, claims={**subject.claims, "value": H > 7})
    assert latex(H > 7) in theorem(changed, RESULT)
    assert latex(H > 7) not in theorem(subject, RESULT)


def test_a_document_explains_matrices_and_roots_where_they_occur_and_only_there():
    pieces = {
        label: theorem(shipped(label), RESULT)
        for label in ("single-path", "matrix-spectrum", "global-flatness", "worst-case-return")
    }
    explained = {label: document([piece]) for label, piece in pieces.items()}
    matrix, network, root = "may be a matrix", "network of matrices: layer", "is the least root"
    signs = {matrix: "overleftarrow", network: r"\mathrm{matrices}", root: r"\min \lbrace"}
    for label, text in explained.items():
        for words, sign in signs.items():
            assert (words in text) == (sign in pieces[label]), (label, words)
    assert not any(words in explained["single-path"] for words in signs)
    assert matrix in explained["matrix-spectrum"] and root in explained["worst-case-return"]
