"""Run a published experiment again."""

from __future__ import annotations

import sys

import click

from verifier.cli.options import format_option, interrupted, resume_option


@click.command("experiment")
@click.argument("label", required=False)
@click.option("--output", metavar="FIGURE", help="Draw it into a .png, .pdf or .svg file.")
@resume_option
@format_option
def command(label: str | None, output: str | None, resume: str | None, form: str) -> int:
    """Run a published experiment again.

    Prints what was published beside what is measured, and how far apart they are; without a label,
    which experiments there are.  Exit code 1: something is not reproduced, or the run was
    interrupted.

    \b
    verifier experiment three-regimes --output three-regimes.png
    verifier experiment unequal-depth-grid --resume grid.json
    """
    from verifier import checkpoint
    from verifier.experiment import Data, experiment, labels
    from verifier.reports import experiment as report
    from verifier.reports.figures import Sheet, check_name

    if label is None:
        report.show_list(map(experiment, labels()))
        return 0
    found = experiment(label)
    if output:
        check_name(output)
    held = checkpoint.load(resume, found.identity, found.parts) if resume else {}
    done: dict[str, Data] = held
    if done:
        click.echo(f"{len(done)} of {len(found.parts)} parts are those in {resume}", err=True)

    def keep(name: str = "") -> None:
        if name and sys.stderr.isatty():
            click.echo(f"{len(done)} of {len(found.parts)} parts done, now: {name}", err=True)
        if resume:
            checkpoint.save(resume, found.identity, done)

    try:
        result = found.run(done, keep)
    except KeyboardInterrupt:
        keep()
        click.echo(interrupted(len(done), len(found.parts), resume), err=True)
        return 1
    keep()
    if output:
        sheet = Sheet(*found.panels, found.title)
        sheet.draw(result.draw)
        sheet.save(output)
    if form == "json":
        click.echo(report.render(result))
    else:
        report.show(result)
    return 0 if result.reproduced else 1
