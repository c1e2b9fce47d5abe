"""Two pathways with tanh between their layers: the symmetry breaks, and large steps restore it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from verifier.experiment import Comparison, Data, Experiment, Setting, two_step_mean
from verifier.reports.figures.trajectories import over_time, plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTH, WIDTH, INPUTS, SEED = 8, 3, 20, 0
START = (0.0020, 0.0017)
SCALE = 0.2  # the root mean square of each coordinate of the inputs
CURVATURE = DEPTH * SCALE**2  # S_1 of the linear network on these inputs
END = 400 / SCALE**2
RUNS = {"small": 0.5, "middle": 2.0, "large": 3.3}  # eta S_1
BROKEN, RESTORED = "one pathway carries more than 0.9", "they differ by less than 0.1"


def setting() -> tuple[list[list[Any]], NDArray[Any], NDArray[Any]]:
    """The start, the inputs, and what is wanted: their first coordinate."""
    import numpy as np

    drawn = np.random.default_rng(SEED).standard_normal((WIDTH, INPUTS))
    left, _, right = np.linalg.svd(drawn, full_matrices=False)
    inputs = left @ right * SCALE * INPUTS**0.5  # their covariance is SCALE^2 I
    wanted = np.zeros_like(inputs)
    wanted[0] = inputs[0]
    start = [[alpha ** (1 / DEPTH) * np.eye(WIDTH) for _ in range(DEPTH)] for alpha in START]
    return start, inputs, wanted


def at(gamma: float) -> Data:
    """The shares after every step, and the loss at the end."""
    from verifier.dynamics.tanh import descend_tanh, loss, shares

    start, inputs, wanted = setting()
    eta = gamma / CURVATURE
    found, layers = [], start
    for layers in islice(descend_tanh(start, inputs, wanted, eta), int(END / eta) + 1):
        found.append(shares(layers, inputs, wanted))
    scale = loss([[0 * layer for layer in path] for path in start], inputs, wanted)
    return {"eta": eta, "shares": found, "loss": loss(layers, inputs, wanted) / scale}


def outcome(data: Data) -> str:
    """How the pathways share the signal in the end."""
    first, second = two_step_mean(data["shares"])
    if max(first, second) > 0.9:
        return BROKEN
    return RESTORED if abs(first - second) < 0.1 else "neither broken nor restored"


def compare(data: Mapping[str, Data]) -> list[Comparison]:
    """The transition, which is all that is known of the published figure."""
    return [
        Comparison(f"eta S_1 = {RUNS['small']}", BROKEN, outcome(data["small"])),
        Comparison(f"eta S_1 = {RUNS['large']}", RESTORED, outcome(data["large"])),
    ]


def notes(data: Mapping[str, Data]) -> list[str]:
    """What the table does not say."""
    means = {gamma: two_step_mean(data[name]["shares"]) for name, gamma in RUNS.items()}
    ends = "; ".join(f"eta S_1 = {gamma}: ({a:.3f}, {b:.3f})" for gamma, (a, b) in means.items())
    before, last = data["large"]["shares"][-2:]
    moves = abs(sum(last) - sum(before))
    return [
        "only the transition is compared: no number of the published figure is known",
        f"mean shares of the last two steps: {ends}",
        f"tanh keeps the loss above 0: at the smallest step size {data['small']['loss']:.1e} of "
        "the first loss is left, and the smaller share grows slowly, because two pathways fit the "
        "signal better than one; that part is no effect of the step size",
        f"at the largest step size the output still moves by {moves:.2f} in the last step",
    ]


def draw(data: Mapping[str, Data], axes: Sequence[Any]) -> None:
    """The plane of the shares, and the shares of each run over time."""
    titles = {name: rf"$\eta S_1 = {gamma}$" for name, gamma in RUNS.items()}
    plane(axes[0], {titles[name]: data[name]["shares"] for name in RUNS}, 1.0)
    for panel, name in zip(axes[1:], RUNS, strict=True):
        run = data[name]
        times = [step * run["eta"] for step in range(len(run["shares"]))]
        over_time(panel, times, run["shares"], titles[name])
        panel.set_ylim(-0.04, 1.5)


experiment = Experiment(
    label="tanh-two-path",
    title="With tanh between the layers: broken by small steps, restored by large ones",
    shows="The transition of three-regimes is no matter of linearity alone: two pathways of depth "
    "8 with tanh between the layers do the same.",
    settings=tuple(
        Setting(name, value, "chosen: the published is not known")
        for name, value in {
            "network": "two pathways W_8 tanh(W_7 ... tanh(W_1 x)), layers 3 x 3, no biases",
            "start": "alpha^(1/8) I in every layer, alpha = 0.0020, 0.0017",
            "inputs": f"{INPUTS} in R^3, seed {SEED}, covariance {SCALE}^2 I",
            "wanted": "the first coordinate of the input",
            "loss": "half the mean squared error",
            "eta": f"{', '.join(map(str, RUNS.values()))} times 1/S_1, S_1 = 8 {SCALE}^2 as if "
            "linear; there the window is (2, 3.36)",
            "time": f"eta times the steps, up to {END:.0f}",
        }.items()
    ),
    parts={name: partial(at, gamma) for name, gamma in RUNS.items()},
    compare=compare,
    draw=draw,
    panels=(2, 2),
    notes=notes,
)
