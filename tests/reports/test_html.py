"""What a notebook shows: everything that was judged, from the object, escaped."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from verifier.interface import spectrum
from verifier.library import labels, shipped
from verifier.networks import Landscape, MatrixNetwork, ScalarNetwork
from verifier.reports import html
from verifier.statements.latex import latex
from verifier.statements.statement import Statement
from verifier.statements.vocabulary import H, L, balanced, real
from verifier.verdicts import Result, Verdict

from ..statements.strategies import SETTINGS
from ..statements.test_latex import assert_balanced
from .results import ALL, REFUTED, THEOREM

EVIL = "<script>alert(1)</script> & $x$ \\(y\\) \\begin{z} \"'"
NETWORKS = [
    ScalarNetwork((2, 1)),
    ScalarNetwork((2, 3)).minimum(balanced),
    MatrixNetwork([[[[1, 2]], [[1], [0]]]], target=[[1, 2], [0, 0]]),
    Landscape.of(lambda x, y: (1 - x * y) ** 2 / 2, "x y"),
    spectrum(2, 3, [8, 1], balanced),
]


class Page(HTMLParser):
    """The text of some HTML, and whether its tags are closed in order."""

    def __init__(self, source):
        super().__init__()
        self.text, self.open, self.tags = "", [], set()
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def shown(thing):
    return Page(thing._repr_html_())


@pytest.mark.parametrize("result", ALL, ids=lambda r: r.name)
def test_results(result):
    page = shown(result)
    assert result.verdict.value in page.text and result.name in page.text
    for statement in result.statements:
        first = latex(statement.claim).split(" + ")[0]
        assert first in page.text
    for trust in result.trust:
        assert trust in page.text
    assert result.reason in page.text


def test_the_counterexample_and_the_conditions_are_shown():
    text = shown(REFUTED).text
    assert "H = 1, L = 2" in text and r"{L \ge 2}" in text and r"integers $H, L \ge 1$" in text
    assert "1 of 2 refuted" in shown(THEOREM).text


@pytest.mark.parametrize("label", labels())
def test_theorems(label):
    subject = shipped(label)
    text = shown(subject).text
    for name in subject.claims:
        assert name in text
    for link in subject.proof:
        assert link.name in text
    for math in re.findall(r"\$([^$]*)\$", text):
        assert_balanced(math)
    assert_balanced(subject._repr_latex_())


def test_a_changed_theorem_changes_what_is_shown():
    subject = shipped("single-path")
    changed = replace(subject, claims={**subject.claims, "value": H > 7})
    assert latex(H > 7) in shown(changed).text and latex(H > 7) in changed._repr_latex_()
    assert latex(H > 7) not in shown(subject).text


@pytest.mark.parametrize("thing", NETWORKS, ids=lambda t: type(t).__name__)
def test_networks(thing):
    page = shown(thing)
    assert "table" in page.tags
    assert_balanced(thing._repr_latex_())


def test_what_is_shown_of_a_network_is_its_own():
    one, other = (Landscape.of(lambda x, n=n: x**n, "x") for n in (4, 6))
    assert "x^{4}" in shown(one).text and "x^{6}" in shown(other).text
    text = shown(spectrum(2, 3, [8, 1], balanced)).text
    assert "24 parameters" in text and r"\sum_{\ell = 1}^{3}" in text
    large = MatrixNetwork([[[[0] * 9]]], target=[[0] * 9])
    assert r"\begin{matrix}" not in shown(large).text


def test_everything_else_is_escaped():
    x = real("x")
    result = Result(EVIL, Verdict.UNDECIDED, (Statement(x < 1),), (EVIL,), title=EVIL, reason=EVIL)
    page = shown(result)
    assert "script" not in page.tags and page.text.count(EVIL) == 4
    theorem = replace(shipped("single-path"), title=EVIL, label=EVIL, why=EVIL)
    assert "script" not in shown(theorem).tags and shown(theorem).text.count(EVIL) == 3


@SETTINGS
@given(st.text(max_size=30))
def test_text_opens_no_formula(text):
    source = html.plain(text)
    outside = re.sub(r"<span>[\\$]</span>", "", source)
    assert "$" not in outside and "\\" not in outside and "<" not in outside


def test_relations_within_formulas_are_no_tags():
    page = shown(Statement(L < H, [H > 1]))
    assert "L < H" in page.text and page.tags <= {"div", "br", "small"}


def test_terms_are_shown_as_formulas():
    assert (2 / L)._repr_latex_() == r"$\displaystyle \frac{2}{L}$"
    assert (H >= 2)._repr_latex_() == r"$\displaystyle H \ge 2$"


def test_symbols_of_sympy_are_written_as_those_of_statements():
    expression = sympy.Symbol("lam_1") ** sympy.Rational(2, 3)
    assert html.sympy_latex(expression) == r"\lambda_{1}^{2/3}"
