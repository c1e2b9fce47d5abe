"""Judge theorems and claims."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.judging import judged, report, worst
from verifier.cli.options import FILE, complete_names, jobs_option, limits, report_option


@click.command("check")
@click.argument("paths", nargs=-1, type=FILE, metavar="[FILE_OR_DIR]...")
@click.option(
    "--only",
    multiple=True,
    metavar="LABEL",
    shell_complete=complete_names,
    help="Judge this theorem or claim alone.",
)
@limits
@jobs_option
@click.option(
    "--certificates", type=FILE, metavar="DIR", help="Write a certificate for each proof."
)
@report_option
def command(
    paths: tuple[str, ...],
    only: tuple[str, ...],
    strict: bool,
    timeout: float | None,
    jobs: int,
    certificates: str | None,
    form: str,
) -> int:
    """Judge theorems and claims.

    Theorems are .py files, claims .toml files (- for standard input), or stand in the .tex files
    of a paper; a folder stands for all that it holds.  By default the shipped theorems are judged.

    \b
    verifier check
    verifier check claims.toml --strict --timeout 60
    verifier check paper.tex --format github
    verifier check --only sharpness-reduction --certificates proofs.d
    """
    from verifier.tasks import collect

    tasks = collect(paths, only)
    if certificates is not None:  # a folder that cannot be is told before the work
        Path(certificates).mkdir(parents=True, exist_ok=True)
    results, complete = judged(tasks, jobs, timeout)
    report(results, form, strict)
    if certificates is not None:
        from verifier.tasks import write_certificates

        count = write_certificates(results, Path(certificates))
        click.echo(f"{count} certificates in {certificates}", err=True)
    return worst(results, strict) if complete else max(1, worst(results, strict))
