"""The shipped theorems, one a file, in the order in which they build on one another."""

ORDER = (
    "multi-affine",
    "gauss-newton",
    "symmetric-line",
    "mode-sharpness",
    "single-path",
    "shared-k",
    "sharpness-reduction",
    "reduction-monotone",
    "equal-split-optimal",
    "stability-window",
    "rank-p-window",
    "balanced-step",
    "imbalance-step",
    "depth-two-frozen",
    "two-step-rebalancing",
    "layer-conservation",
    "path-invariant",
    "winner-takes-all",
    "kinetic-bias",
    "two-cycle",
)
