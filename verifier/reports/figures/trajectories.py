"""Runs drawn: in the plane of two shares, and over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import COLOURS

if TYPE_CHECKING:
    from verifier.reports.run import Course

TIME = r"time $t = \eta \times$ steps"


def plane(
    axes: Any, curves: Mapping[str, Sequence[Sequence[float]]], target: float, legend: bool = True
) -> None:
    """Curves in the plane of two shares, with the line of minima and the diagonal.

    Args:
        axes: where to draw.
        curves: by name the shares of both pathways, step after step.
        target: what the shares of a minimum sum to.
        legend: whether the names are shown.
    """
    axes.plot([0, target], [target, 0], color="#555555", linestyle="--", linewidth=1)
    axes.plot([0, target], [0, target], color="#BBBBBB", linestyle=":", linewidth=1)
    for number, (name, shares) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        first, second = [s[0] for s in shares], [s[1] for s in shares]
        axes.plot(first, second, ".-", color=colour, linewidth=0.5, markersize=2.5, alpha=0.6)
        axes.plot(
            first[-1:], second[-1:], "o", color=colour, markeredgecolor="white", markersize=7,
            label=name, zorder=3, clip_on=False,
        )  # fmt: skip
    axes.set_xlabel(r"$\sigma_1$")
    axes.set_ylabel(r"$\sigma_2$")
    if legend:
        axes.legend(loc="upper right", title="ends", handletextpad=0.2)


def over_time(
    axes: Any,
    times: Sequence[float],
    shares: Sequence[Sequence[float]],
    title: str = "",
    label: str = TIME,
) -> None:
    """The share of every pathway over time."""
    for h, curve in enumerate(zip(*shares, strict=True)):
        colour = COLOURS[h % len(COLOURS)]
        axes.plot(times, curve, color=colour, label=rf"$\sigma_{{{h + 1}}}$")
    axes.set_xlabel(label)
    axes.set_ylabel("share")
    axes.set_title(title)
    if len(shares[0]) <= len(COLOURS):
        axes.legend(loc="best")


def draw_course(axes: Sequence[Any], course: Course) -> None:
    """The shares of a run over time; beside them their plane, or the residual."""
    times = [float(time) for time in course.times]
    shares = [[float(share) for share in row] for row in course.shares]
    label = TIME if course.steps is not None else "time $t$"
    over_time(axes[0], times, shares, label=label)
    if len(shares[0]) == 2:
        plane(axes[1], {"the run": shares}, float(course.residuals[0]) + sum(shares[0]))
    else:
        sizes = [abs(float(residual)) for residual in course.residuals]
        axes[1].plot(times, sizes, color=COLOURS[0])
        if any(sizes):
            axes[1].set_yscale("log")
        axes[1].set_xlabel(label)
        axes[1].set_ylabel(r"$|\sigma - f|$")


__all__ = ["TIME", "draw_course", "over_time", "plane"]
