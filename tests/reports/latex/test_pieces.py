"""Theorems, tables and statements in LaTeX: everything that was judged is on the page."""

import re
from dataclasses import replace

import pytest

from verifier.errors import NotationError
from verifier.library import labels, shipped
from verifier.reasons import calculation
from verifier.reports.latex import document, overview, statement, table, theorem
from verifier.reports.latex.conditions import lettered
from verifier.reports.latex.prose import escape
from verifier.reports.latex.reasons import because
from verifier.reports.latex.statement import domains_of
from verifier.reports.versions import versions
from verifier.statements.latex import Style, latex
from verifier.statements.notation import notation
from verifier.statements.statement import Statement
from verifier.statements.terms import COUNT, REAL, Domain, Symbol
from verifier.statements.vocabulary import H, family, integer, real, root
from verifier.theorem import Theorem, link
from verifier.verdicts import Result, Verdict

from ...statements.test_latex import assert_balanced
from ..results import ALL, PROVED, THEOREM, TRUE

RESULT = Result("x", Verdict.PROVED, trust=("the kernel",), reason="50% of s_h & more")
#: As wide as H, sigma and w, so that lines are broken at the same places.
PATHWAYS, OTHER, WEIGHT = r"\mathsf{Z}", r"\Upsilon", r"\mathsf{w}"


@pytest.mark.parametrize("label", labels())
def test_every_claim_and_link_is_printed(label):
    subject = shipped(label)
    text = theorem(subject, RESULT)
    assert_balanced(text)
    assert rf"\label{{{label}}}" in text and r"\verifiermark{proved}{" in text and r"50\%" in text
    for name in subject.claims:
        assert rf"\tag{{{escape(name)}}}\label{{{label}/{name}}}" in text
    for step in subject.proof:
        shown = rf"\eqref{{{label}/{step.name}}}"  # a claim that is too long to be printed again
        assert rf"{{({escape(step.name)})" in text or (step.claim is None and shown in text)
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
    told = rf"{{\verifiername{{good}} rests on the kernel}}{{{versions()}}}"
    assert rf"\verifiermark{{proved}}{told}" in lines
    assert (
        r"& \quad \lambda_{\max}(\mathrm{single\ path}) = L \sigma^{2 - 2/L} \quad "
        r"\text{for } {L \ge 2} && \tag*{\verifierwhy{calculation from (one of them) and (value) "
        r"of \verifierref{shared-k} with $k = 1$}{(value)}} \\[1ex]"
    ) in lines
    assert lines[-3].endswith(r"{(depth-one) \qedsymbol}}") and lines[-1] == r"\end{proof}"


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
    variables = Statement(terms[0] > terms[1]).variables
    if not alike:
        assert domains_of(variables)
        return
    with pytest.raises(NotationError, match="would be printed alike"):
        domains_of(variables)


def test_versions_name_z3_where_it_vouches():
    assert "z3" not in versions(PROVED)
    assert "z3" in versions(replace(PROVED, trust=("z3, and the translation into its language",)))


@pytest.mark.parametrize("label", labels())
def test_every_hypothesis_is_printed(label):
    """On endless lines every statement has its conditions, by themselves or by name."""
    subject = shipped(label)
    text = theorem(subject, RESULT, width=10000)
    called = {}  # what has a name, as it is printed where it has it
    for formula, name in re.findall(r"^& \\quad (.*) && \\tag\{([ivx]+)\}", text, re.MULTILINE):
        called[formula] = name
    assert len(called) == len(set(called.values()))
    head = text.partition(r"\end{theorem}")[0].replace(r"\allowbreak ", "")
    for condition in subject.given:
        for side in (condition.lhs, condition.rhs):
            assert any(latex(side, style) in head for style in Style)
    for step in subject.proof:
        stated = subject.claims[step.name] if step.claim is None else step
        tag = rf"\verifierwhy{{{because(step.by)}}}{{({escape(step.name)})"
        (line,) = (line for line in text.splitlines() if tag in line)
        claim, _ = lettered(Statement(subject.link_statement(step).claim))
        assert line.startswith(rf"& \quad {latex(claim)} ")
        for condition in getattr(stated, "given", ()):
            name = called.get(latex(condition))
            if condition is step.claim:
                continue  # a hypothesis is not said to hold under itself
            if name:
                assert name in named(line, [*called.values()])
            for side in () if name else (condition.lhs, condition.rhs):
                assert any(latex(side, style) in line for style in Style), (condition, line)


def named(line, names):
    """The names of conditions in a line, ranges of them opened."""
    for run in re.findall(r"\\textup\{(.*?)\}", line):
        first, *_, last = re.findall("[ivx]+", run) * 2
        yield from names[names.index(first) : names.index(last) + 1]


def test_conditions_that_are_long_and_recur_stand_once():
    text = theorem(shipped("orthogonal-loss"), RESULT)
    for name in ("i", "ii", "iii", "iv", "v"):
        assert text.count(rf"\tag{{{name}}}") == 1
    displayed = re.findall(r"^& (.*) && ", text, re.MULTILINE)
    assert sum(r"Q_{h,\ell,c,a} Q_{h,\ell,c,b}" in formula for formula in displayed) == 1
    assert any(r"\textup{(i)--(v)}" in formula for formula in displayed)


def test_a_root_that_recurs_has_a_letter():
    text = theorem(shipped("worst-case-return"), RESULT)
    assert text.count(r"\text{where } y_{1} = \min ") == 1
    assert r"& \quad y_{1}^{L - 2} \, " in text


def test_no_letter_of_a_root_looks_like_a_member():
    x, members = real("x"), family("x", REAL, 1)
    least = root(x**2 - H, (x, 0, H))
    recurs = least**2 + least > 0
    assert lettered(Statement(recurs))[1]
    assert lettered(Statement(recurs, [members[1] > 0])) == (
        Statement(recurs, [members[1] > 0]),
        [],
    )
    assert not lettered(Statement(least > 0))[1]


def test_variables_of_narrower_domains_say_so():
    wide, narrow = family("L", COUNT, 1), family("L", Domain(integer=True, lower=3), 1)
    h = integer("h")
    claims = {"any": wide[h] > 0, "deep": narrow[h] > 2}
    proof = tuple(link(name, calculation()) for name in claims)
    text = theorem(Theorem("depths", "Depths", "", "", claims, proof), RESULT)
    assert text.count(r"L_{h} \ge 1") == 1
    assert text.count(r"L_{h} > 2 \quad \text{for } {L_{h} \ge 3}") == 2


def test_variables_of_the_proof_alone_are_introduced_there():
    text = theorem(shipped("worst-case-return-growth"), RESULT)
    before, _, proof = text.partition(r"\begin{proof}")
    assert "$d > 0$" in proof.replace(r"\allowbreak ", "") and "d" not in before.split(":")[0]


@pytest.mark.parametrize("label", labels())
def test_the_notation_of_an_author_is_used_everywhere(label):
    subject = shipped(label)
    plain = theorem(subject, RESULT)
    with notation({"H": PATHWAYS, "sigma": OTHER, "w": WEIGHT}):
        mapped = theorem(subject, RESULT)
    assert ("H" in formulas(plain)) == (PATHWAYS in mapped) and "H" not in formulas(mapped)
    assert (r"\sigma" in plain) == (OTHER in mapped) and r"\sigma" not in mapped
    assert mapped.replace(PATHWAYS, "H").replace(OTHER, r"\sigma").replace(WEIGHT, "w") == plain


def formulas(text):
    """What stands in mathematics, without words and the sign of the Hessian."""
    displays = re.findall(r"^& (.*?) && ", text, re.MULTILINE)
    within = re.findall(r"\$([^$]*)\$", text)
    return re.sub(r"\\(?:mathcal|mathrm|text|textup)\{[^}]*\}", "", " ".join([*displays, *within]))


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
    signs = {
        matrix: (r"\cdots", r"\overleftarrow"),
        network: (r"\mathrm{matrices}",),
        root: (r"\lbrace",),
    }
    for label, text in explained.items():
        for words, some in signs.items():
            assert (words in text) == any(sign in pieces[label] for sign in some), (label, words)
    assert not any(words in explained["single-path"] for words in signs)
    assert matrix in explained["matrix-spectrum"] and root in explained["worst-case-return"]
