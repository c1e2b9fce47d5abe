"""Networks of matrices of any size: the whole spectrum, and what descent and flow keep."""

ORDER = (
    "matrix-spectrum",
    "invariant-manifold",
    "matrix-conservation",
    "gradient-bound",
    "global-flatness",
    "flat-shares",
    "flat-norms",
    "flat-minima",
    "equal-matrices",
    "orthogonal-product",
    "orthogonal-isometry",
    "orthogonal-loss",
    "orthogonal-change",
    "orthogonal-spectrum",
    "orthogonal-step",
    "orthogonal-manifold",
)
