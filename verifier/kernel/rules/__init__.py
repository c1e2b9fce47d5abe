"""The rules of inference.  Each file is one kind; importing this package registers them all."""

from verifier.kernel.rules import (
    arithmetic,
    derivatives,
    inequalities,
    limits,
    logic,
    matrices,
    monotonicity,
    ranges,
    roots,
    sharpness,
)

__all__ = [
    "arithmetic", "derivatives", "inequalities", "limits", "logic", "matrices", "monotonicity",
    "ranges", "roots", "sharpness",
]  # fmt: skip
