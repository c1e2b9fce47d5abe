"""Print theorems as LaTeX."""

from __future__ import annotations

import click

from verifier.cli.judging import judged, worst
from verifier.cli.options import jobs_option


@click.command("latex")
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option("--document", is_flag=True, help="A whole document, ready for pdflatex.")
@jobs_option
def command(labels: tuple[str, ...], document: bool, jobs: int) -> int:
    """Print theorems as LaTeX.

    Theorems and proofs are printed from the shipped objects, which are judged first.

    \b
    verifier latex sharpness-reduction
    verifier latex --document > appendix.tex
    """
    from verifier import library
    from verifier.reports import latex as report
    from verifier.tasks import collect

    results, complete = judged(collect((), labels), jobs, None)
    shown = [report.theorem(library.shipped(r.name), r) for r in results]
    click.echo(report.document(shown) if document else "\n".join(shown))
    return worst(results, strict=False) if complete else 1
