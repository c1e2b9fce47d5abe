"""As printed in a summary: the factor of one step is z = 1 + eta L (sigma - rho^L) rho^(L-2)."""

from verifier.kernel.rules.sharpness import loss, output
from verifier.reasons import calculation, combination
from verifier.statements.vocabulary import (
    COUNT,
    POSITIVE,
    REAL,
    H,
    L,
    Product,
    between,
    diff,
    eta,
    family,
    integer,
    positive,
    sigma,
)
from verifier.theorem import Theorem, link, when

w, v = family("w", REAL, 2), family("v", POSITIVE)
depth = family("L", COUNT)
i, j, m = map(integer, "i j m".split())
rho, c, z = positive("rho"), positive("c"), positive("z")

squares = loss(w, H, depth, sigma)
residual = sigma - output(w, H, depth)
at_j = (*between(1, i, H), *between(1, j, depth[i]))
step = w[i, j] - eta * diff(squares, w[i, j])
others = Product(w[i, m], (m, 1, j - 1)) * Product(w[i, m], (m, j + 1, depth[i]))

left = sigma - rho**L
one_layer = Product(rho, (m, 1, j - 1)) * Product(rho, (m, j + 1, L))
factor = (rho + eta * left * one_layer) / rho
tied = (rho + eta * L * left * rho ** (L - 1)) / rho
printed = 1 + eta * L * left * rho ** (L - 2)
cycle = rho**L * (1 + z ** (2 * L - 1)) == sigma * (1 + z ** (L - 1))
there = z - 1 == c * left * rho ** (L - 2)
scale = 1 / (c * rho ** (L - 2))
back = 1 - z == c * (sigma - (rho * z) ** L) * rho ** (L - 2) * z ** (L - 1)

theorem = Theorem(
    label="printed-step-factor",
    title="The factor of one step in a single path",
    source="a summary of arXiv 2502.20531; As printed elsewhere in mathematics.md",
    why="""
    Printed, with the halved loss: one step of gradient descent multiplies each layer rho of a
    single path by z = 1 + eta L (sigma - rho^L) rho^(L-2). Assumed: the loss (f - sigma)^2 / 2,
    one weight a layer, each moved by its own partial derivative. Then there is no factor L. The
    printed factor belongs to another convention: one weight rho that all L layers share, whose
    derivative is L times as large. The equation for the points of a two-cycle, to and back, is
    the same in both: the constant c in front of the residual cancels.
    """,
    claims={
        "step": when(step == w[i, j] + eta * residual * others, *at_j),
        "corrected": when(factor == 1 + eta * left * rho ** (L - 2), *between(1, j, L)),
        "tied-gradient": -diff((sigma - v[1] ** L) ** 2 / 2, v[1])
        == L * (sigma - v[1] ** L) * v[1] ** (L - 1),
        "tied-layers": tied == printed,
        "as-printed-at-depth-one": when(factor == printed, *between(1, j, L), L == 1),
        "printed-too-large": when(factor < printed, *between(1, j, L), L >= 2, rho**L < sigma),
        "cycle": when(cycle, there, back),
    },
    proof=[
        link("step", calculation()),
        link("corrected", calculation()),
        link("tied-gradient", calculation()),
        link("tied-layers", calculation()),
        link("as-printed-at-depth-one", calculation("corrected")),
        link("printed-too-large", calculation("corrected")),
        link("there", calculation(), there, [there]),
        link("back", calculation(), back, [back]),
        link("cycle", combination({"there": scale, "back": scale})),
    ],
    false_neighbours=[
        when(factor == printed, *between(1, j, L)),
        when(factor == printed, *between(1, j, L), L == 2),
        when(factor < printed, *between(1, j, L), L >= 2),
        when(factor == 1 + eta * left * rho ** (L - 1), *between(1, j, L)),
        when(tied == 1 + eta * left * rho ** (L - 2)),
        when(cycle, there),
    ],
)
