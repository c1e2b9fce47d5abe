"""Evaluate the proved sharpness."""

from __future__ import annotations

import click


@click.command("sharpness")
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", type=click.IntRange(min=1), required=True, help="Layers of each, L.")
@click.option("--target", required=True, metavar="Q", help="The target, exact: 2 or -1/3.")
@click.option(
    "--allocation",
    required=True,
    metavar="ALLOCATION",
    help="single, balanced, shared:K, or one share for each pathway: 1/2,1/4,1/4.",
)
@click.option("--digits", type=int, default=30, show_default=True, help="Significant digits.")
def command(paths: int, depth: int, target: str, allocation: str, digits: int) -> int:
    """Evaluate the proved sharpness.

    The largest Hessian eigenvalue at a depth-balanced minimum, by the theorem mode-sharpness.

    \b
    verifier sharpness --paths 4 --depth 3 --target 1 --allocation balanced
    """
    from verifier.closed_forms import sharpness as closed_form
    from verifier.networks.allocations import parse_allocation, parse_rational

    sigma = parse_rational(target)
    found = closed_form.sharpness(parse_allocation(allocation), paths, depth, sigma, digits)
    click.echo(f"sharpness  {found.digits if found.exact is None else found.exact}")
    if found.exact is not None and found.exact.denominator != 1:
        click.echo(f"decimal    {found.digits}")
    if (text := repr(found.term)) and len(text) <= 100:
        click.echo(f"exact      {text}")
    click.echo(f"formula    {found.claim!r}")
    click.echo(f"theorem    {closed_form.THEOREM}, claim {closed_form.CLAIM}")
    click.echo(f"proof      verifier check --only {closed_form.THEOREM}")
    for note in found.notes:
        click.echo(f"note       {note}")
    return 0
