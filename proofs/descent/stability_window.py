"""A minimum is stable below the step size 2/sharpness; between two such steps only sharing is."""

from verifier.reasons import Cases, calculation, instance
from verifier.statements.vocabulary import (
    Abs,
    H,
    L,
    balanced,
    eta,
    positive,
    sharpness,
    single_path,
)
from verifier.theorem import Theorem, link, when

curvature = positive("lam")
S_1, S_H = sharpness(single_path), sharpness(balanced)
known = ("single-path/value", "sharpness-reduction/balanced")


theorem = Theorem(
    label="stability-window",
    title="Steps at which only the balanced minimum is stable",
    source="P; stability-window in mathematics.md",
    why="""
    One step of gradient descent near a minimum multiplies the deviation along an eigenvector of
    the Hessian with eigenvalue lam by 1 - eta lam. That factor is below 1 in absolute value
    exactly when eta < 2/lam, so the largest eigenvalue, the sharpness, decides. By sharpness-
    reduction the threshold 2/sharpness of the balanced minimum is H^(1 - 2/L) times that of a
    single path; for L >= 3 and H >= 2 the window between them is open, and at L = 2 it is
    empty.
    """,
    claims={
        "stable": when(Abs(1 - eta * curvature) < 1, eta < 2 / curvature),
        "unstable": when(Abs(1 - eta * curvature) > 1, eta > 2 / curvature),
        "threshold": when(Abs(1 - eta * curvature) == 1, eta == 2 / curvature),
        "width": when((2 / S_H) / (2 / S_1) == H ** (1 - 2 / L), L >= 2),
        "open": when(2 / S_1 < 2 / S_H, H >= 2, L >= 3),
        "empty": when(2 / S_1 == 2 / S_H, L == 2),
        "single-path-unstable": when(Abs(1 - eta * S_1) > 1, L >= 2, eta > 2 / S_1),
        "balanced-stable": when(Abs(1 - eta * S_H) < 1, L >= 2, eta < 2 / S_H),
    },
    proof=[
        link("stable", Cases(eta * curvature <= 1, calculation(), calculation())),
        link("unstable", calculation()),
        link("threshold", calculation()),
        link("width", calculation(*known)),
        link("open", calculation(*known)),
        link("empty", calculation(*known)),
        link(
            "single-path-unstable",
            instance("unstable", {curvature: S_1}, using=["single-path/value"]),
        ),
        link(
            "balanced-stable",
            instance("stable", {curvature: S_H}, using=["sharpness-reduction/balanced"]),
        ),
    ],
    false_neighbours=[
        when(Abs(1 - eta * curvature) < 1, eta <= 2 / curvature),
        when(Abs(1 - eta * curvature) < 1, eta < 3 / curvature),
        when((2 / S_H) / (2 / S_1) == H ** (1 - 2 / L)),
        when((2 / S_H) / (2 / S_1) == H ** (2 / L - 1), L >= 2),
        when(2 / S_1 < 2 / S_H, H >= 2, L >= 2),
        when(2 / S_1 < 2 / S_H, L >= 3),
        when(Abs(1 - eta * S_1) > 1, L >= 2, eta > 1 / S_1),
        when(Abs(1 - eta * S_H) < 1, L >= 2, eta <= 2 / S_H),
    ],
)
