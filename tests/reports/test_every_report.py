"""Every report is printed from the object that was judged: change a theorem, and all change."""

import io
from dataclasses import replace

import pytest

from verifier.judge import judge_theorem
from verifier.library import lemma, shipped
from verifier.reports import formats, html, latex
from verifier.statements.latex import latex as printed
from verifier.statements.vocabulary import L, sharpness, sigma, single_path
from verifier.theorem import when
from verifier.verdicts import Place, Verdict

VALUE = L * sigma ** (2 - 2 / L)
CHANGES = {
    "a coefficient": when(sharpness(single_path) == 3 * VALUE, L >= 2),
    "a hypothesis": when(sharpness(single_path) == VALUE, L >= 5),
    "a relation": when(sharpness(single_path) >= VALUE, L >= 2),
}
LATEX = {
    "a theorem in LaTeX": lambda theorem, result: latex.theorem(theorem, result),
    "a table in LaTeX": lambda theorem, result: latex.table([result]),
    "HTML": lambda theorem, result: html.result(result).replace("&gt;", ">"),
}


def in_format(form):
    def report(theorem, result):
        out = io.StringIO()
        formats.show([result], form, file=out)
        return out.getvalue().replace("&gt;", ">")

    return report


PLAIN = {form: in_format(form) for form in formats.names()}


@pytest.fixture(scope="module", params=CHANGES)
def judged(request):
    """The theorem on a single path and a changed one, each with what was found out about it."""
    theorem = shipped("single-path")
    claim = CHANGES[request.param]
    changed = replace(theorem, claims={**theorem.claims, "value": claim})
    return [
        (t, replace(judge_theorem(t, lemma, attack=False), place=Place("paper.py", 3)))
        for t in (theorem, changed)
    ]


@pytest.mark.parametrize("name", [*PLAIN, *LATEX])
def test_every_report_changes(judged, name):
    pages = [(PLAIN | LATEX)[name](theorem, result) for theorem, result in judged]
    for (theorem, result), page, other in zip(judged, pages, pages[::-1], strict=True):
        claim = theorem.claims["value"]
        shown = [*map(repr, (claim.claim, *claim.given))] if name in PLAIN else [printed(claim)]
        assert all(text in page for text in shown)
        assert not all(text in other for text in shown)
        if name not in ("github", "lines"):
            assert ("refuted" in page) == (result.verdict is Verdict.REFUTED)


def test_the_verdict_is_that_of_the_changed_theorem(judged):
    (_, true), (theorem, changed) = judged
    assert true.verdict is Verdict.PROVED
    claim = theorem.claims["value"]
    assert (changed.verdict is Verdict.REFUTED) == (claim is CHANGES["a coefficient"])
