"""The formats for editors and CI: escaped, valid, complete, and at the right line."""

import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from verifier.reports import formats
from verifier.reports.formats import github, junit, lines
from verifier.verdicts import Place, Result, Verdict

from ..results import ALL, PROVED, REFUTED, THEOREM, UNREAD

PLACED = replace(REFUTED, place=Place("a,b:c%.tex", 12))
SUPPORTED = Result("maybe", Verdict.SUPPORTED, place=Place("claims.toml", 3))


@pytest.mark.parametrize("form", formats.names())
def test_every_format_prints_every_result(form):
    out = io.StringIO()
    formats.show(ALL, form, file=out)
    for result in ALL:
        assert result.name in out.getvalue()
        assert result.verdict.value in out.getvalue()


def test_names_are_those_of_the_files():
    assert formats.names() == ["text", "github", "json", "junit", "lines"]


def test_lines():
    assert lines.line(PLACED) == (
        "a,b:c%.tex:12: refuted: edge: H**(2/L - 1) < 1; given H >= 1, L >= 2; "
        "for H, L: integer >= 1; counterexample: H = 1, L = 2"
    )
    assert all("\n" not in lines.line(result) for result in ALL)


def test_github_annotates_what_is_not_accepted():
    assert github.command(PLACED).startswith(
        "::error file=a%2Cb%3Ac%25.tex,line=12,title=refuted%3A edge::H**(2/L - 1) < 1%0Agiven H"
    )
    assert github.command(UNREAD).startswith("::error title=error%3A bad::reason: f.toml:3: ")
    assert github.command(SUPPORTED).startswith("::warning file=claims.toml,line=3,")
    assert github.command(SUPPORTED, strict=True).startswith("::error file=claims.toml,line=3,")
    assert github.command(PROVED).startswith("proved: good: H**(2/L - 1) < 1; given H >= 2")
    assert all("\n" not in github.command(result) for result in ALL)


def test_junit_is_one_case_a_result():
    root = ElementTree.fromstring(junit.render((*ALL, PLACED, SUPPORTED)))
    cases = list(root.iter("testcase"))
    assert [case.get("name") for case in cases] == [r.name for r in (*ALL, PLACED, SUPPORTED)]
    kinds = [[child.tag for child in case] for case in cases]
    failed = ["failure"]
    passed = ["system-out"]
    assert kinds == [passed, failed, failed, ["error"], failed, failed, passed]
    (suite,) = root
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors")}
    assert counts == {"tests": "7", "failures": "4", "errors": "1"}
    assert (cases[5].get("file"), cases[5].get("line")) == ("a,b:c%.tex", "12")
    assert cases[1][0].get("type") == "refuted" and "H = 1, L = 2" in cases[1][0].text
    assert "refuted second" in cases[4][0].text


def test_junit_knows_what_is_strict():
    root = ElementTree.fromstring(junit.render([SUPPORTED], strict=True))
    assert root.get("failures") == "1" and root.find(".//failure") is not None


def test_junit_is_xml_whatever_is_said():
    odd = replace(REFUTED, name="a<b>&\"'\x1b\ud800", reason="x < y && \x00 ]]> \ufffe")
    (case,) = ElementTree.fromstring(junit.render([odd])).iter("testcase")
    assert case.get("name") == "a<b>&\"'\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    assert "x < y && \N{REPLACEMENT CHARACTER} ]]>" in case[0].text


def test_parts_are_named():
    assert "proved first%0AH**(2/L - 1) < 1%0Agiven H >= 2, L >= 3" in github.command(THEOREM)
