"""The largest eigenvalue of the Hessian at minima: which splits are flat, and how flat."""

ORDER = (
    "mode-sharpness",
    "single-path",
    "shared-k",
    "sharpness-reduction",
    "reduction-monotone",
    "equal-split-optimal",
    "unequal-depth-optimum",
    "optimal-split-exists",
    "flatness-means",
    "scalar-flatness",
)
