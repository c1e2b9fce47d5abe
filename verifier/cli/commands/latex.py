"""Print theorems, tables of verdicts and statements as LaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verifier.cli.judging import complain, judged, worst
from verifier.cli.options import complete_names_and_files, jobs_option, kinds

if TYPE_CHECKING:
    from verifier.verdicts import Result
    from verifier.verify import Task


@click.command("latex")
@click.argument(
    "subjects", nargs=-1, metavar="[LABEL|FILE]...", shell_complete=complete_names_and_files
)
@click.option("--statement", metavar="TEXT", help="Print this statement, without judging it.")
@click.option("--given", multiple=True, metavar="CONDITION", help="A condition of the statement.")
@click.option(
    "--var", "variables", multiple=True, metavar="NAME=KIND", help="x=real, n=integer or s=real[.]."
)
@click.option("--table", is_flag=True, help="A table of verdicts, without proofs.")
@click.option("--document", is_flag=True, help="A whole document, ready for pdflatex.")
@click.option("--preamble", is_flag=True, help="What a paper needs to \\input the rest.")
@click.option("--notation", metavar="NAME=LATEX,...", help="Print symbols under other names.")
@click.option("--width", type=click.FloatRange(min=20), metavar="EM", help="The width of a line.")
@jobs_option
def command(
    subjects: tuple[str, ...],
    statement: str | None,
    given: tuple[str, ...],
    variables: tuple[str, ...],
    table: bool,
    document: bool,
    preamble: bool,
    notation: str | None,
    width: float | None,
    jobs: int,
) -> int:
    """Print theorems, tables of verdicts and statements as LaTeX.

    Theorems, given by their labels or files, are printed with their proofs, claims in .toml or
    .tex files as a table; all are judged first.  What is printed can be \\input in a paper whose
    preamble has what --preamble prints.

    \b
    verifier latex sharpness-reduction
    verifier latex claims.toml --notation 'H=M,sigma=\\lambda'
    verifier latex --statement "H**(2/L - 1) < 1" --given "H >= 2"
    verifier latex --document > appendix.tex
    """
    from verifier.reports import latex as report
    from verifier.statements.claims import statement_of
    from verifier.statements.notation import notation as authors
    from verifier.statements.notation import read_notation
    from verifier.verdicts import Result, Verdict

    if preamble:
        click.echo(report.preamble(), nl=False)
        return 0
    names = read_notation(notation) if notation else {}
    wide = width or report.WIDTH
    stated = None
    if statement is not None:
        stated = statement_of(statement, list(given), kinds(variables))
    tasks = _tasks(subjects, everything=stated is None)
    with authors(names):  # what cannot be printed like this need not be judged
        unjudged = [Result(task.name, Verdict.UNDECIDED) for task in tasks]
        drafts = list(_pieces(tasks, unjudged, wide, table))
        if document:
            report.document(drafts)
    results, complete = judged(tasks, jobs, None)
    if not complete:
        return 1
    with authors(names):
        pieces = [report.statement(stated, wide)] if stated is not None else []
        shown = (
            [] if table else [r for t, r in zip(tasks, results, strict=True) if t.kind == "theorem"]
        )
        if document and len(shown) > 1:
            pieces.append(report.overview(shown))
        pieces += _pieces(tasks, results, wide, table)
        click.echo(report.document(pieces, shown) if document else "\n".join(pieces))
    complain(results)
    return worst(results, strict=False)


def _tasks(subjects: Sequence[str], everything: bool) -> list[Task]:
    from verifier.sources import SUFFIXES
    from verifier.tasks import collect

    if not subjects:
        return collect(()) if everything else []
    found: list[Task] = []
    for subject in subjects:
        path = Path(subject)
        is_path = subject == "-" or path.suffix in SUFFIXES or path.is_dir()
        found += collect((subject,)) if is_path else collect((), (subject,))
    return found


def _pieces(
    tasks: Sequence[Task], results: Sequence[Result], width: float, table: bool
) -> Iterator[str]:
    """Theorems one by one, and what stands between them in tables."""
    from verifier import library
    from verifier.reports import latex as report

    pairs = zip(tasks, results, strict=True)
    for is_theorem, group in groupby(
        pairs, key=lambda pair: pair[0].kind == "theorem" and not table
    ):
        if not is_theorem:
            yield report.table([result for _, result in group], width)
        else:
            for task, result in group:
                subject = library.load(task.path) if task.path else library.shipped(task.label)
                yield report.theorem(subject, result, width)
