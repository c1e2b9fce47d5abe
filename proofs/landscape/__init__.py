"""The loss, its gradient and its Hessian at any weights, from the definition."""

ORDER = (
    "multi-affine",
    "gauss-newton",
    "symmetric-line",
)
