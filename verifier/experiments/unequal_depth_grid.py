"""Pathways of unequal depths at the largest step size that leaves their flattest split stable."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

from verifier.closed_forms.optimum import optimal_split
from verifier.dynamics.descent import descend, layer_values
from verifier.experiment import Comparison, Data, Experiment, Setting, two_step_mean
from verifier.reports.figures.trajectories import plane

DEPTHS = (3, 5, 7)
STARTS = ((0.0020, 0.0017), (0.0017, 0.0020))
STEPS = 40_000
DRAWN = 2_000  # steps that are kept for the figure
TOLERANCE = 0.01  # the width of a dot in the figure


def at(depths: tuple[int, int]) -> Data:
    """One panel of the figure: its optimum, its step size, and a run from each start."""
    best = optimal_split(depths, 1, digits=20)
    eta = 2 / float(best.sharpness)
    data: Data = {"eta": eta, "optimum": [float(share) for share in best.shares], "runs": []}
    for start in STARTS:
        run = descend(depths, layer_values(depths, start), 1.0, eta, STEPS)
        found = run.shares
        distances = [distance(found, step, data["optimum"]) for step in (DRAWN, STEPS)]
        data["runs"].append(
            {"shares": found[: DRAWN + 1], "mean": two_step_mean(found), "distances": distances}
        )
    return data


def distance(found: Sequence[Sequence[float]], step: int, optimum: Sequence[float]) -> float:
    """How far the mean of two steps is from the optimum."""
    pairs = zip(two_step_mean(found, step), optimum, strict=True)
    return max(abs(share - best) for share, best in pairs)


PARTS = {f"depths {a}, {b}": partial(at, (a, b)) for a, b in product(DEPTHS, DEPTHS)}


def compare(data: Mapping[str, Data]) -> list[Comparison]:
    """The end of every run beside the optimum, and whether every run has come nearer to it."""
    comparisons = []
    for name in PARTS:
        optimum = tuple(data[name]["optimum"])
        for start, run in zip(STARTS, data[name]["runs"], strict=True):
            near = Comparison(f"{name} from {start}", optimum, tuple(run["mean"]), TOLERANCE)
            comparisons.append(near)
    runs = [run for name in PARTS for run in data[name]["runs"]]
    nearer = sum(last < first for first, last in (run["distances"] for run in runs))
    comparisons.append(
        Comparison(
            f"runs that are nearer after {STEPS} steps than after {DRAWN}",
            f"{len(runs)} of {len(runs)}",
            f"{nearer} of {len(runs)}",
            source="ours",
        )
    )
    return comparisons


def notes(data: Mapping[str, Data]) -> list[str]:
    """What the table does not say."""
    worst = [
        max(run["distances"][i] for name in PARTS for run in data[name]["runs"]) for i in (0, 1)
    ]
    return [
        f"at eta = 2/lambda_min exactly a run approaches like (steps)^(-1/2): the largest distance "
        f"is {worst[0]:.4f} after {DRAWN} steps and {worst[1]:.4f} after {STEPS}",
        "compared are means over the last two steps, because the run ends in a shrinking two-cycle",
    ]


def draw(data: Mapping[str, Data], axes: Sequence[Any]) -> None:
    """One plane of the shares for each pair of depths, the optimum as a star."""
    for panel, name, (a, b) in zip(axes, PARTS, product(DEPTHS, DEPTHS), strict=True):
        held = data[name]
        curves = {
            rf"$\alpha = {start}$": run["shares"]
            for start, run in zip(STARTS, held["runs"], strict=True)
        }
        plane(panel, curves, 1.0, legend=panel is axes[0])
        panel.plot(*held["optimum"], "*", color="black", markersize=11, zorder=4)
        panel.set_title(rf"$L_1 = {a},\ L_2 = {b},\ \eta = {held['eta']:.4f}$")


experiment = Experiment(
    label="unequal-depth-grid",
    title="Pathways of unequal depths end at the flattest split",
    shows="For each pair of depths from 3, 5 and 7, gradient descent at eta = 2/lambda_min, where "
    "lambda_min is the sharpness of the flattest split, leaves the pathway that learned first "
    "and approaches that split, the optimum of unequal-depth-optimum.",
    settings=(
        Setting("depths", "(L_1, L_2) from {3, 5, 7}^2"),
        Setting("target", "1"),
        Setting("eta", "2/lambda_min of the optimal split of each pair"),
        Setting("alpha", "(0.0020, 0.0017) and (0.0017, 0.0020)", "published: about 0.002"),
        Setting("steps", str(STEPS), "chosen: the approach is slow"),
        Setting("tolerance", str(TOLERANCE), "chosen: the width of a dot in the figure"),
    ),
    parts=PARTS,
    compare=compare,
    draw=draw,
    panels=(3, 3),
    notes=notes,
)
