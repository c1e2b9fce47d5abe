"""The LaTeX report: everything of the theorem is on the page, and the page compiles."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.library import labels, shipped
from verifier.reports.latex import document, theorem
from verifier.reports.prose import escape, prose
from verifier.statements.latex import latex
from verifier.statements.vocabulary import H
from verifier.verdicts import Result, Verdict

from ..statements.strategies import SETTINGS
from ..statements.test_latex import assert_balanced

RESULT = Result("x", Verdict.PROVED, trust=("the kernel",), reason="50% of s_h & more")


@pytest.mark.parametrize("label", labels())
def test_every_claim_and_link_is_printed(label):
    subject = shipped(label)
    text = theorem(subject, RESULT)
    assert_balanced(text.replace(r"\bigskip", ""))
    assert f"thm:{label}" in text and r"\textbf{proved}" in text and r"50\% of" in text
    for name in subject.claims:
        assert rf"\tag{{{escape(name)}}}" in text
    for link in subject.proof:
        assert rf"\textsf{{{escape(link.name)}}}" in text
    for begin in set(re.findall(r"\\begin\{(.*?)\}", text)):
        assert text.count(rf"\begin{{{begin}}}") == text.count(rf"\end{{{begin}}}")


def test_a_changed_theorem_changes_the_page():
    subject = shipped("single-path")
    changed = replace(subject, claims={**subject.claims, "value": H > 7})
    assert latex(H > 7) in theorem(changed, RESULT)
    assert latex(H > 7) not in theorem(subject, RESULT)


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
    ],
)
def test_prose(text, expected):
    assert prose(text) == expected


@SETTINGS
@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_prose_of_any_text_is_balanced(text):
    assert_balanced_braces = re.sub(r"\\[{}]", "", prose(text))
    assert assert_balanced_braces.count("{") == assert_balanced_braces.count("}")
    assert re.sub(r"\\\$", "", prose(text)).count("$") % 2 == 0


def test_the_document_compiles(tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed: apt-get install texlive-latex-recommended")
    text = document(theorem(shipped(label), RESULT) for label in labels())
    (tmp_path / "all.tex").write_text(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    log = (tmp_path / "all.log").read_text(errors="replace")
    assert run.returncode == 0, log[-2000:]
    assert "Overfull" not in log, re.findall(r"Overfull.*", log)
