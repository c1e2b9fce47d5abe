"""The report for people: complete, plain when piped, coloured only where it is wanted."""

import io
import re
import sys
from dataclasses import replace

import pytest

from verifier.reports import terminal
from verifier.reports.formats import text as report
from verifier.verdicts import Place, Verdict

from ..results import ALL, LENGTHY, LONG, REFUTED, THEOREM


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def shown(results, columns=None, monkeypatch=None):
    out = io.StringIO()
    if columns:
        out = Terminal()
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm-256color")
    report.show(results, file=out)
    return out.getvalue()


def test_piped_output_is_plain_ascii():
    text = shown(ALL)
    assert text.isascii() and "\x1b" not in text


@pytest.mark.parametrize("columns", [None, 40, 80, 120, 200])
def test_nothing_is_cut_off(columns, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = "".join(shown(ALL, columns, monkeypatch).split())
    for n in range(1, 60):
        assert f"x**{n}" in text
    assert "…" not in text


@pytest.mark.parametrize("columns", [80, 120])
def test_colours_only_where_wanted(columns, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in shown(ALL, columns, monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown(ALL, columns, monkeypatch))


def test_a_refuted_claim_shows_why():
    assert shown([REFUTED]) == (
        "refuted    edge  (0.00 s)\n"
        "           H**(2/L - 1) < 1\n"
        "           given H >= 1, L >= 2\n"
        "           for H, L: integer >= 1\n"
        "           counterexample: H = 1, L = 2\n"
        "           rests on: the kernel\n"
        "1 result: 1 refuted\n"
    )


def test_the_place_of_a_claim_is_shown(monkeypatch):
    placed = replace(REFUTED, place=Place("paper.tex", 12))
    assert "refuted    edge  (0.00 s)  paper.tex:12\n" in shown([placed])
    assert "paper.tex:12" in shown([placed], 120, monkeypatch)


def test_a_theorem_shows_its_parts_and_attacks():
    text = shown([THEOREM])
    for line in (
        "refuted    two-parts: Two parts  (1.50 s)",
        "  proved     first",
        "  refuted    second",
        "counterexample: H = 1, L = 2",
        "checked: 24 sizes",
        "checked: second: fails at H = 1",
        "false neighbours: 1 of 2 refuted",
    ):
        assert line in text


def test_reasons_are_shown():
    assert "reason: out of time" in shown([LENGTHY])
    assert repr(LONG.claim)[:40] in shown([LENGTHY])


def test_every_verdict_has_a_colour():
    assert set(terminal.COLOURS) == set(Verdict)


def test_no_progress_display_without_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with terminal.progress(5) as advance:
        advance("one")
    assert sys.stderr.getvalue() == ""


def test_progress_on_a_terminal_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    with terminal.progress(2) as advance:
        advance("one")
        advance("two")
    shown = sys.stderr.getvalue()
    assert "judged two" in shown and "[progress" not in shown
