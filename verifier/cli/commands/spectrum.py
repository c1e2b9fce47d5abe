"""Evaluate every Hessian eigenvalue."""

from __future__ import annotations

import click

from verifier.cli.options import format_option


@click.command("spectrum")
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", required=True, metavar="L", help="Layers of each, 3; or of each one, 3,5.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    required=True,
    metavar="Q",
    help="A target, exact; given d times the diagonal of M*, and the layers are d x d.",
)
@click.option(
    "--allocation",
    "allocations",
    multiple=True,
    required=True,
    metavar="ALLOCATION",
    help="single, balanced, shared:K, or one share for each pathway, 3/2,1/2, that sum to the "
    "target; given once for every mode, or once for each target.",
)
@click.option("--digits", type=int, default=30, show_default=True, help="Significant digits.")
@click.option("--check", "checked", is_flag=True, help="Compare with the Hessian by definition.")
@format_option
def command(
    paths: int,
    depth: str,
    targets: tuple[str, ...],
    allocations: tuple[str, ...],
    digits: int,
    checked: bool,
    form: str,
) -> int:
    """Evaluate every Hessian eigenvalue.

    The spectrum of the full Hessian of half the squared error at the aligned depth-balanced
    minimum, where each target is divided among the pathways as in `verifier sharpness`.

    \b
    verifier spectrum --paths 2 --depth 3 --target 8 --target 1 --allocation balanced --check
    verifier spectrum --paths 2 --depth 3 --target 2 --target 1 --allocation 1,1 --allocation 1,0
    """
    from verifier.closed_forms.minimum import read_minimum
    from verifier.closed_forms.spectrum import spectrum as evaluate
    from verifier.reports import spectrum as report

    found = evaluate(read_minimum(paths, depth, targets, allocations), digits)
    outcome = None
    if checked:
        from verifier.closed_forms.check import check as compare

        outcome = compare(found, digits)
    if form == "json":
        click.echo(report.render(found, outcome))
    else:
        report.show(found, outcome)
    return 0 if outcome is None or outcome.agrees else 1
