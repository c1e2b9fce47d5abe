"""Pictures, drawn by matplotlib without a window and without its global state.

>>> sheet = Sheet(1, 2)
>>> len(sheet.axes)
2
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from verifier.errors import VerifierError

SUFFIXES = ("png", "pdf", "svg")
PANEL = 4.2  # inches
RESOLUTION = 150  # dots an inch

#: The hues of Okabe and Ito, which remain apart for colour-blind readers.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444")
STYLE = {
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.4,
}


class FigureError(VerifierError):
    """The picture cannot be drawn or written."""


class Sheet:
    """A figure with axes in rows and columns.

    Args:
        rows, columns: how many axes there are.
        title: what stands above them.
        panel: the width of one, in inches.
    """

    def __init__(
        self, rows: int = 1, columns: int = 1, title: str = "", panel: float = PANEL
    ) -> None:
        try:
            import matplotlib
            from matplotlib.figure import Figure
        except ImportError as error:
            raise FigureError(
                "pictures need matplotlib, which is not installed",
                "pip install 'pathway-verifier[figures]'",
            ) from error
        with matplotlib.rc_context(STYLE):
            self.figure = Figure(
                figsize=(panel * columns, panel * rows * 0.9), layout="constrained"
            )
            grid = self.figure.subplots(rows, columns, squeeze=False)
            if title:
                self.figure.suptitle(title, fontsize=11)
        self.axes: list[Any] = list(grid.flat)

    def draw(self, onto: Callable[[Sequence[Any]], None]) -> None:
        """Let a function draw onto the axes, row by row."""
        import matplotlib

        with matplotlib.rc_context(STYLE):
            onto(self.axes)

    def save(self, path: str) -> None:
        """Write the figure; the name says in which format.

        Raises:
            FigureError: the name ends in none of them.
        """
        check_name(path)
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        FigureCanvasAgg(self.figure)
        with matplotlib.rc_context(STYLE):
            self.figure.savefig(path, dpi=RESOLUTION)


def check_name(path: str) -> None:
    """Refuse the name of a file that can be no picture, before anything is run for it.

    >>> check_name("run.jpg")
    Traceback (most recent call last):
    ...
    verifier.reports.figures.FigureError: run.jpg names no picture (end it in .png, .pdf or .svg)

    Raises:
        FigureError: the name ends in none of the known ways, or its folder is not there.
    """
    place = Path(path)
    if place.suffix.lower().removeprefix(".") not in SUFFIXES:
        raise FigureError(f"{path} names no picture", "end it in .png, .pdf or .svg")
    if place.is_dir() or not place.parent.is_dir():
        what = "is a folder" if place.is_dir() else f"is to stand in {place.parent}, no folder"
        raise FigureError(f"{path} {what}", "name a file in a folder that is there")


__all__ = ["COLOURS", "FigureError", "Sheet", "check_name"]
