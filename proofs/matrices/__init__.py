"""Networks of matrices of any size: the whole spectrum, and what descent and flow keep."""

ORDER = (
    "matrix-spectrum",
    "invariant-manifold",
    "matrix-conservation",
    "global-flatness",
)
