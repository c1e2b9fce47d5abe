"""Networks of matrices of any size: the whole spectrum, and what descent and flow keep."""

ORDER = (
    "matrix-spectrum",
    "invariant-manifold",
    "matrix-conservation",
    "gradient-bound",
    "global-flatness",
    "equal-matrices",
    "orthogonal-product",
    "orthogonal-isometry",
    "orthogonal-loss",
    "orthogonal-change",
    "orthogonal-spectrum",
    "orthogonal-step",
    "orthogonal-manifold",
)
