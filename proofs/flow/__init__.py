"""Gradient flow: what it conserves, and which pathway wins."""

ORDER = (
    "layer-conservation",
    "path-invariant",
    "winner-takes-all",
    "kinetic-bias",
)
