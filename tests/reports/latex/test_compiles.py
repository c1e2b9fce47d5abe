"""What is printed compiles: the whole appendix, and pieces in the document of an author."""

import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from verifier.library import labels, shipped
from verifier.reports.latex import document, overview, preamble, statement, table, theorem
from verifier.statements.notation import notation
from verifier.verdicts import Result, Verdict

from ..results import ALL, TRUE

RESULT = Result("x", Verdict.PROVED, trust=("the kernel",), reason="50% of s_h & more")
MATTERS = re.compile(r"Overfull .*|.*Warning: (?!Label\(s\) may have changed).*")


@pytest.fixture
def compiled(tmp_path):
    """Compiles a document and gives its number of pages; no warning that matters is in its log."""
    if shutil.which("pdflatex") is None:
        if os.environ.get("CI") == "true" and shutil.which("apt-get"):
            pytest.fail("CI did not install pdflatex: see .ci/run")
        pytest.skip("pdflatex is not installed: apt-get install texlive-latex-recommended lmodern")

    def pages(text):
        (tmp_path / "all.tex").write_text(text)
        for _ in range(3):
            command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
            run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
            log = (tmp_path / "all.log").read_text(errors="replace")
            assert run.returncode == 0, log[-2000:]
        assert not (found := MATTERS.findall(log)), found
        return int(re.search(r"Output written on all.pdf \((\d+) page", log)[1])

    return pages


def test_the_appendix(compiled):
    results = [replace(RESULT, name=label, title=shipped(label).title) for label in labels()]
    pieces = [theorem(shipped(result.name), result) for result in results]
    pieces.insert(0, overview(results))
    assert len(labels()) <= compiled(document(pieces, results)) <= 3 * len(labels())


TWO_COLUMNS = r"""\documentclass[10pt,twocolumn]{article}
\setlength{\textwidth}{6.75in}
\setlength{\columnsep}{0.25in}
<PREAMBLE>
\begin{document}
<PIECES>
\end{document}
"""


def test_the_theorems_in_two_columns(compiled):
    pieces = [theorem(shipped(label), replace(RESULT, name=label), 23) for label in labels()]
    paper = TWO_COLUMNS.replace("<PREAMBLE>", preamble()).replace("<PIECES>", "\n".join(pieces))
    assert compiled(paper) <= 3 * len(labels())


PAPER = r"""\documentclass[10pt]{article}
\usepackage[margin=4cm]{geometry}
<PREAMBLE>
\newtheorem{theorem}{Proposition}
\begin{document}
See \ref{single-path} and \eqref{single-path/value}.
\begin{verifierclaim}{hidden}
statement = "H**2 >= 1_% # \undefined"
\end{verifierclaim}
\begin{verifierlandscape}{hidden}
loss = "x_% # \undefined"
\end{verifierlandscape}
\verifierclaimstrue
\begin{verifierclaim}{shown}
statement = "H**2 >= 1_% # \undefined"
\end{verifierclaim}
<PIECES>
\end{document}
"""


def test_pieces_in_a_paper_of_another_width(compiled):
    with notation({"H": r"\mathcal{M}", "sigma": r"\sigma^{\star}"}):
        pieces = [
            theorem(shipped("single-path"), RESULT, 30),
            theorem(shipped("shared-k"), RESULT, 30),
            table(ALL, 30),
            statement(TRUE, 30),
        ]
    paper = PAPER.replace("<PREAMBLE>", preamble()).replace("<PIECES>", "\n".join(pieces))
    assert compiled(paper) <= 5
