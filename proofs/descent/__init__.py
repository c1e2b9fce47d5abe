"""Gradient descent: what is stable at which step size, and what one or two steps change."""

ORDER = (
    "stability-window",
    "rank-p-window",
    "balanced-step",
    "imbalance-step",
    "depth-two-frozen",
    "two-step-rebalancing",
    "flip",
    "two-cycle-step-size",
    "two-cycle",
    "two-cycle-unique",
    "overshoots",
    "overshoots-return",
    "largest-overshoot",
    "worst-case-return",
    "worst-case-return-growth",
)
