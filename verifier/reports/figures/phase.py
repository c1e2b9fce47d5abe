"""The phase map drawn: a colour for each regime, and the proved thresholds as lines."""

from __future__ import annotations

from typing import Any

from verifier.dynamics.phase import PhaseMap, Regime

from . import COLOURS

#: Hues that remain apart for colour-blind readers, and differ in lightness as well.
SHADES = {
    Regime.WINNER: COLOURS[0], Regime.SHARED: COLOURS[5], Regime.REBALANCED: COLOURS[2],
    Regime.TWO_CYCLE: "#F0E442", Regime.WILD: COLOURS[1], Regime.FLIPPED: "#882255",
    Regime.DIVERGED: "#222222", Regime.STALLED: "#999999", Regime.MOVING: "#E4E4E4",
}  # fmt: skip
PANEL = 6.6  # inches
NAMES = {
    "2/S_1": r"$2/S_1$", "2/S_H": r"$2/\lambda_{\min}$",
    "2/S_1 = 2/S_H": r"$2/S_1 = 2/\lambda_{\min}$", "eta_WCR": r"$\eta_{\mathrm{WCR}}$",
}  # fmt: skip


def draw(axes: Any, found: PhaseMap) -> None:
    """Draw the map with step sizes on a linear and starts on a logarithmic axis."""
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    order = list(Regime)
    axes.grid(False)
    axes.pcolormesh(
        found.etas,
        found.scales,
        [[order.index(regime) for regime in row] for row in found.regimes],
        cmap=ListedColormap([SHADES[regime] for regime in order]),
        vmin=-0.5,
        vmax=len(order) - 0.5,
        shading="nearest",
        rasterized=True,
    )
    axes.set_yscale("log")
    axes.set_xlabel(r"step size $\eta$")
    axes.set_ylabel("share of the first pathway at the start")
    lowest, highest = axes.get_xlim()
    for threshold in found.thresholds:
        if lowest < threshold.eta < highest:
            axes.axvline(threshold.eta, color="white", linewidth=2.4)
            axes.axvline(threshold.eta, color="black", linewidth=1.2, linestyle=(0, (5, 2)))
            axes.annotate(
                f"{NAMES[threshold.name]}\n{threshold.eta:.4g}",
                (threshold.eta, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 3),
                textcoords="offset points",
                horizontalalignment="center",
                verticalalignment="bottom",
            )
    present = {regime for row in found.regimes for regime in row}
    axes.figure.legend(
        handles=[
            Patch(facecolor=SHADES[regime], label=regime.label)
            for regime in order
            if regime in present
        ],
        loc="outside lower center",
        ncols=4,
        title=(
            f"$H={found.paths}$, $L={found.depth}$, $\\sigma={found.target}$, {found.steps:,} "
            f"steps; each further pathway starts from {found.ratio:g} of the one before"
        ),
    )


__all__ = ["PANEL", "draw"]
