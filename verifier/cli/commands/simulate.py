"""Follow one run of gradient descent, or gradient flow."""

from __future__ import annotations

import click

from verifier.cli.options import format_option


@click.command("simulate")
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", required=True, metavar="L", help="Layers of each, 3; or of each one, 3,5.")
@click.option("--target", required=True, metavar="Q", help="The target: 1, -1/3 or 0.5.")
@click.option(
    "--start",
    metavar="Q,...",
    help="The share that each pathway starts from, 0.002 or 0.002,0.0017; its layers are equal.",
)
@click.option(
    "--weights",
    multiple=True,
    metavar="Q,...",
    help="Instead of it the layers of a pathway, 0.1,0.2,0.3; given once for each pathway.",
)
@click.option("--eta", metavar="Q", help="The step size of gradient descent.")
@click.option("--steps", type=click.IntRange(min=0), help="How many steps.")
@click.option("--time", metavar="Q", help="Instead of them eta times the steps; the end of a flow.")
@click.option("--flow", "flowing", is_flag=True, help="Gradient flow instead of gradient descent.")
@click.option("--digits", type=int, help="Calculate with so many digits, not in float64.")
@click.option("--output", metavar="FIGURE", help="Draw it into a .png, .pdf or .svg file.")
@format_option
def command(
    paths: int,
    depth: str,
    target: str,
    start: str | None,
    weights: tuple[str, ...],
    eta: str | None,
    steps: int | None,
    time: str | None,
    flowing: bool,
    digits: int | None,
    output: str | None,
    form: str,
) -> int:
    """Follow one run of gradient descent, or gradient flow.

    On half the squared error of the scalar network, f = sum_h prod_l w_{h,l}.  Prints the shares of
    the pathways along the run, and what became of it.

    \b
    verifier simulate --paths 2 --depth 20 --target 1 --start 0.0020,0.0017 --eta 0.154 --time 100
    verifier simulate --paths 2 --depth 3,5 --target 1 --start 0.002 --flow --time 100
    """
    from verifier.dynamics.reading import in_kind, read_depths, read_number, read_start, read_steps
    from verifier.reports import run as report
    from verifier.reports.figures import check_name

    if output:
        check_name(output)
    depths = read_depths(paths, depth)
    begin = read_start(depths, start, weights, digits)
    (sigma,) = in_kind([read_number(target, "the target")], digits)
    if flowing:
        from verifier.dynamics.flow import flow

        if eta is not None or steps is not None or digits is not None or time is None:
            raise click.UsageError("--flow goes with --time, not with --eta, --steps or --digits.")
        (until,) = in_kind([read_number(time, "the time")], None)
        course = report.of_flow(flow(depths, begin, sigma, until))
    else:
        from verifier.dynamics.descent import descend

        if eta is None:
            raise click.UsageError("Give the step size as --eta, or --flow.")
        count = read_steps(paths, eta, steps, time)
        (size,) = in_kind([read_number(eta, "the step size")], digits)
        course = report.of_descent(descend(depths, begin, sigma, size, count))
    if output:
        from verifier.reports.figures import Sheet
        from verifier.reports.figures.trajectories import draw_course

        sheet = Sheet(1, 2)
        sheet.draw(lambda axes: draw_course(axes, course))
        sheet.save(output)
    if form == "json":
        click.echo(report.render(course))
    else:
        report.show(course)
    return 0
