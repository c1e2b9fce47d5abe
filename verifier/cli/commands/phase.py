"""Map what gradient descent does over step sizes and starts."""

from __future__ import annotations

import re
from fractions import Fraction

import click

from verifier.cli.options import format_option, interrupted, resume_option
from verifier.errors import VerifierError

TEXT, PICTURE = "72x24", "320x200"  # cells
LOW, HIGH = 0.25, 1.3  # of the least and of the greatest threshold
SMALL, LARGE = 1e-4, 0.95  # of the start that carries the target


@click.command("phase")
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", type=click.IntRange(min=1), required=True, help="Layers of each, L.")
@click.option("--target", default="1", show_default=True, metavar="Q", help="The target, positive.")
@click.option("--eta", "etas", metavar="FROM:TO", help="Step sizes; by default all thresholds.")
@click.option("--start", metavar="FROM:TO", help="Shares of the first pathway at the start.")
@click.option(
    "--ratio",
    type=float,
    default=0.85,
    show_default=True,
    help="What each further pathway starts from, relative to the one before.",
)
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    default=20_000,
    show_default=True,
    help="How many steps each run takes.",
)
@click.option("--cells", metavar="WxH", help=f"How many; {TEXT}, or {PICTURE} for a figure.")
@click.option("--output", metavar="FIGURE", help="Draw it into a .png, .pdf or .svg file.")
@resume_option
@format_option
def command(
    paths: int,
    depth: int,
    target: str,
    etas: str | None,
    start: str | None,
    ratio: float,
    steps: int,
    cells: str | None,
    output: str | None,
    resume: str | None,
    form: str,
) -> int:
    """Map what gradient descent does over step sizes and starts.

    Every cell is a run: the winner takes all, it re-balances, falls into a cycle or chaos, flips a
    sign, or diverges.  The step sizes 2/S_1, 2/S_H and eta_WCR, which theorems single out, are
    marked.  Needs the extra `dynamics`, and for a figure `figures`.

    \b
    verifier phase --paths 2 --depth 5
    verifier phase --paths 2 --depth 20 --start 1e-4:0.4 --output map.png --resume map.json
    """
    import numpy as np

    from verifier import checkpoint
    from verifier.dynamics.phase import largest_start, phase_map, thresholds
    from verifier.dynamics.reading import read_number
    from verifier.reports import phase as report
    from verifier.reports.figures import check_name
    from verifier.reports.terminal import progress

    if output:
        check_name(output)
    columns, rows = _cells(cells or (PICTURE if output else TEXT))
    sigma = read_number(target, "the target")
    limits = [threshold.eta for threshold in thresholds(paths, depth, sigma)]
    low, high = _range(etas, "--eta") or (LOW * limits[0], HIGH * limits[-1])
    most = largest_start(paths, sigma, ratio)
    least, most = _range(start, "--start") or (SMALL * most, LARGE * most)
    sizes = np.linspace(low, high, columns).tolist()
    scales = np.geomspace(least, most, rows).tolist()
    identity = {
        "phase": [paths, depth, str(sigma), ratio, steps], "etas": sizes, "starts": scales
    }  # fmt: skip
    done = checkpoint.load(resume, identity, [*map(str, range(rows))]) if resume else {}
    try:
        with progress(rows, "simulating", "simulated") as advance:

            def finished(row: str) -> None:
                if resume:
                    checkpoint.save(resume, identity, done)
                advance(row)

            found = phase_map(paths, depth, sigma, sizes, scales, ratio, steps, finished, done)
    except KeyboardInterrupt:
        click.echo(interrupted(len(done), rows, resume), err=True)
        return 1
    if output:
        from verifier.reports.figures import Sheet
        from verifier.reports.figures.phase import PANEL, draw

        sheet = Sheet(panel=PANEL)
        sheet.draw(lambda axes: draw(axes[0], found))
        sheet.save(output)
    if form == "json":
        click.echo(report.render(found))
    else:
        report.show(found, letters=not output)
    return 0


def _cells(text: str) -> tuple[int, int]:
    found = re.fullmatch("([0-9]{1,5})x([0-9]{1,5})", text.strip())
    if not found or min(map(int, found.groups())) < 2:
        raise VerifierError(f"--cells {text!r}", f"write {TEXT}: columns x rows, 2 or more of each")
    return int(found[1]), int(found[2])


def _range(text: str | None, name: str) -> tuple[float, float] | None:
    from verifier.dynamics.reading import read_number

    if text is None:
        return None
    low, colon, high = text.partition(":")
    if not colon:
        raise VerifierError(f"{name} {text!r} is no range", "write FROM:TO, as 0.1:0.9")
    ends: list[Fraction] = [read_number(end, f"an end of {name}") for end in (low, high)]
    if not 0 < ends[0] < ends[1]:
        raise VerifierError(f"{name} {text!r} is no range", "write FROM:TO with 0 < FROM < TO")
    return float(ends[0]), float(ends[1])
