"""One pathway of depth 5 beyond its minimum: does the worst overshoot return without crossing 0?"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from verifier.closed_forms.return_threshold import return_threshold
from verifier.dynamics.descent import descend, layer_values
from verifier.experiment import Comparison, Data, Experiment, Setting

DEPTH = 5
SAFE, UNSAFE = 0.820, 0.870
ALPHA = 0.002
STEPS = 2_000
DRAWN = 250
STARTS = 99  # w = 0.01, 0.02, ..., 0.99
STAYS, CROSSES = "stays in w > 0", "crosses into w < 0"
RUNS = {f"eta = {eta:.3f}": eta for eta in (SAFE, UNSAFE)}


def layers(eta: float, start: float, steps: int) -> list[float]:
    """The value of the layers after every step."""
    return [float(w) for (w,) in descend((DEPTH,), (start,), 1.0, eta, steps).states]


def worst_start(eta: float) -> float:
    """The start below the minimum from which a step goes farthest beyond it.

    There w + eta w^(L-1) (1 - w^L) is largest; to the right of the inflection its slope decreases.
    """
    low, high = ((DEPTH - 1) / (2 * DEPTH - 1)) ** (1 / DEPTH), 1.0
    for _ in range(60):
        w = (low + high) / 2
        slope = 1 + eta * w ** (DEPTH - 2) * ((DEPTH - 1) - (2 * DEPTH - 1) * w**DEPTH)
        low, high = (w, high) if slope > 0 else (low, w)
    return float(low)


def at(eta: float) -> Data:
    """The worst overshoot, a run from a small start, and many starts for long, at one step size."""
    starts = [(k + 1) / (STARTS + 1) for k in range(STARTS)]
    return {
        "eta": eta,
        "worst": layers(eta, worst_start(eta), 40),
        "small": layers(eta, layer_values((DEPTH,), (ALPHA,))[0], DRAWN),
        "crossing": sum(min(layers(eta, start, STEPS)) < 0 for start in starts),
    }


def threshold() -> Data:
    """The largest gamma = eta S_1, S_1 = L, at which the worst overshoot is seen to return."""
    low, high = SAFE, UNSAFE
    while high - low > 1e-14:
        eta = (low + high) / 2
        low, high = (eta, high) if layers(eta, worst_start(eta), 2)[2] > 0 else (low, eta)
    return {"gamma": low * DEPTH}


def outcome(path: Sequence[float]) -> str:
    """Whether a run stays on the side of its start."""
    return CROSSES if min(path) < 0 else STAYS


def compare(data: Mapping[str, Data]) -> list[Comparison]:
    """Both step sizes, and the threshold between them."""
    safe, unsafe = (data[name] for name in RUNS)
    gamma = data["threshold"]["gamma"]
    return [
        Comparison(f"worst overshoot at eta = {SAFE:.3f}", STAYS, outcome(safe["worst"])),
        Comparison(f"worst overshoot at eta = {UNSAFE:.3f}", CROSSES, outcome(unsafe["worst"])),
        Comparison("gamma_WCR = eta S_1", (4.224,), (gamma,), 0.001),
        Comparison(
            "the same, beside the theorem worst-case-return",
            (float(return_threshold(DEPTH).gamma),),
            (gamma,),
            1e-12,
            source="theory",
        ),
        Comparison(
            f"starts of {STARTS} that cross within {STEPS} steps at eta = {SAFE:.3f}",
            "none",
            str(safe["crossing"] or "none"),
            source="ours",
        ),
    ]


def notes(data: Mapping[str, Data]) -> list[str]:
    """What the table does not say."""
    unsafe = data[f"eta = {UNSAFE:.3f}"]
    found = "crosses" if min(unsafe["small"]) < 0 else "does not cross"
    return [
        f"at eta = {UNSAFE:.3f} not only the worst start crosses: {unsafe['crossing']} of {STARTS} "
        f"starts do within {STEPS} steps; the run that is drawn, from alpha = {ALPHA}, {found} "
        f"within {DRAWN}",
        "once w < 0 the run creeps back to the saddle w = 0 and stays there: the depth is odd, so "
        "w^4 (1 - w^5) > 0 and nothing carries it across",
    ]


def draw(data: Mapping[str, Data], axes: Sequence[Any]) -> None:
    """For each step size the map with the worst overshoot as a cobweb, and a run over the steps."""
    for (web, time), (name, eta) in zip((axes[:2], axes[2:]), RUNS.items(), strict=True):
        held = data[name]
        _cobweb(web, eta, held["worst"])
        time.plot(held["small"], ".-", color="#0072B2", linewidth=0.7, markersize=3)
        time.axhline(0, color="black", linewidth=0.8)
        time.axhline(1, color="#009E73", linestyle="--", linewidth=1)
        time.set_ylim(-0.2, 1.2)
        time.set_xlabel("step")
        time.set_ylabel("layer value $w$")
        time.set_title(rf"$\eta = {eta:.3f}$, from $\alpha = {ALPHA}$")
        web.set_title(rf"$\eta = {eta:.3f}$: the worst overshoot {outcome(held['worst'])}")


def _cobweb(axes: Any, eta: float, path: Sequence[float]) -> None:
    ends = (-0.2, 1.2)
    points = [ends[0] + (ends[1] - ends[0]) * k / 400 for k in range(401)]
    axes.plot(ends, ends, color="#BBBBBB", linestyle=":")
    axes.plot(points, [w + eta * w**4 * (1 - w**5) for w in points], color="#444444")
    corners = [(path[0], 0.0)]
    for now, after in pairwise(path[:3]):
        corners += [(now, after), (after, after)]
    axes.plot(*zip(*corners, strict=True), "-", color="#D55E00")
    axes.plot(path[2], path[2], "o", color="#D55E00", markersize=6)
    axes.fill_between(ends, ends[0], 0, color="#D55E00", alpha=0.08)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_xlim(*ends)
    axes.set_ylim(*ends)
    axes.set_xlabel("$w$")
    axes.set_ylabel("$w$ one step later")


experiment = Experiment(
    label="overshoot",
    title="Beyond gamma_WCR the worst overshoot does not return to w > 0",
    shows="A pathway of depth 5 overshoots its minimum w = 1. At eta = 0.820 every overshoot is "
    "back in (0, 1) a step later; at eta = 0.870 the worst one crosses into w < 0. Between them "
    "lies gamma_WCR/S_1, the threshold of worst-case-return.",
    settings=(
        Setting("depth", "5"),
        Setting("target", "1", "chosen: the threshold is one of eta S_1, S_1 = 5 here"),
        Setting("eta", "0.820, 0.870"),
        Setting("gamma_WCR", "4.224"),
        Setting("start", "the worst one, and alpha = 0.002", "chosen: the published is not known"),
    ),
    parts={name: partial(at, eta) for name, eta in RUNS.items()} | {"threshold": threshold},
    compare=compare,
    draw=draw,
    panels=(2, 2),
    notes=notes,
)
