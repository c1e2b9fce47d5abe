"""As printed in a summary: the rates of two pathways have the ratio (sigma_h/sigma_k)^(L-1)."""

from verifier.kernel.rules.sharpness import loss, output
from verifier.reasons import calculation, summation
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    L,
    Product,
    Sum,
    between,
    diff,
    family,
    integer,
    positive,
    real,
    sigma,
)
from verifier.theorem import Theorem, link, when

w = family("w", REAL, 2)
depth = family("L", COUNT)
i, j, m = map(integer, "i j m".split())
s, t = positive("s"), positive("t")
r = real("r")

squares = loss(w, H, depth, sigma)
residual = sigma - output(w, H, depth)


def layers(first, last):
    """The product of the weights of some layers of pathway i."""
    return Product(w[i, m], (m, first, last))


def without(layer):
    """The product of the weights of pathway i, one layer left out."""
    return layers(1, layer - 1) * layers(layer + 1, depth[i])


def others(share):
    """The product of the layers but one, where L layers carry share^(1/L) each."""
    weight = share ** (1 / L)
    return Product(weight, (m, 1, j - 1)) * Product(weight, (m, j + 1, L))


def layer_rate(share):
    """The velocity of layer j under gradient flow, at residual r."""
    return r * others(share)


def rate(share):
    """The velocity of the product of the layers."""
    return Sum(others(share) * layer_rate(share), (j, 1, L))


strength = Sum(diff(layers(1, depth[i]), w[i, j]) * -diff(squares, w[i, j]), (j, 1, depth[i]))
at_j = (*between(1, i, H), *between(1, j, depth[i]))
printed = (s / t) ** (L - 1)

theorem = Theorem(
    label="printed-rate-ratio",
    title="Which exponent the ratio of two growth rates has",
    source="a summary of arXiv 2606.05219; As printed elsewhere in mathematics.md",
    why="""
    Printed: under gradient flow the ratio of the velocities of sigma_h and sigma_k is
    (sigma_h/sigma_k)^(L-1). Assumed: the loss (f - sigma)^2 / 2, pathways of equal depth, every
    layer of pathway h equal to w_h = sigma_h^(1/L). A layer moves by the residual times the
    product of the other layers, w_h^(L-1), and sigma_h by that times the same product, added up
    over L layers. So the velocities of the layers have the ratio (w_h/w_k)^(L-1), those of the
    strengths (sigma_h/sigma_k)^(2-2/L). The printed exponent is right for the layers; read for
    the strengths it is right at L = 1 and L = 2 only, and too large from L = 3 on.
    """,
    claims={
        "layer": when(-diff(squares, w[i, j]) == residual * without(j), *at_j),
        "strength": when(
            strength == residual * Sum(without(j) ** 2, (j, 1, depth[i])), *between(1, i, H)
        ),
        "balanced": rate(s) == r * L * s ** (2 - 2 / L),
        "corrected": when(rate(s) / rate(t) == (s / t) ** (2 - 2 / L), r != 0),
        "of-layers": when(
            layer_rate(s) / layer_rate(t) == (s ** (1 / L) / t ** (1 / L)) ** (L - 1),
            r != 0,
            *between(1, j, L),
        ),
        "as-printed-at-depth-two": when(rate(s) / rate(t) == printed, r != 0, L <= 2),
        "printed-too-large": when(rate(s) / rate(t) < printed, r != 0, L >= 3, s > t),
    },
    proof=[
        link("layer", calculation()),
        link(
            "term",
            calculation("layer"),
            diff(layers(1, depth[i]), w[i, j]) * -diff(squares, w[i, j])
            == residual * without(j) ** 2,
            at_j,
        ),
        link(
            "terms",
            summation("term", j),
            strength == Sum(residual * without(j) ** 2, (j, 1, depth[i])),
            between(1, i, H),
        ),
        link("strength", calculation("terms")),
        link("balanced", calculation()),
        link("corrected", calculation("balanced")),
        link("of-layers", calculation()),
        link("as-printed-at-depth-two", calculation("corrected")),
        link("printed-too-large", calculation("corrected")),
    ],
    false_neighbours=[
        when(rate(s) / rate(t) == printed, r != 0),
        when(rate(s) / rate(t) == printed, r != 0, L == 3),
        when(rate(s) / rate(t) == (s / t) ** (1 - 1 / L), r != 0),
        when(rate(s) / rate(t) < printed, r != 0, L >= 3),
        when(rate(s) / rate(t) < printed, r != 0, L >= 2, s > t),
    ],
)
