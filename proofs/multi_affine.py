"""The output of the network is affine in every single weight, whatever the depths."""

from itertools import pairwise

from verifier.kernel.rules.sharpness import output
from verifier.reasons import calculation
from verifier.statements.vocabulary import COUNT, REAL, H, Product, between, diff, family, integer
from verifier.theorem import Theorem, link, when

w = family("w", REAL, 2)
depth = family("L", COUNT)
h, l, i, j, m = map(integer, "h l i j m".split())  # noqa: E741

f = output(w, H, depth)


def others(pathway, *left_out):
    """The product of the weights of a pathway, the given layers (in order) left out."""
    bounds = [0, *left_out, depth[pathway] + 1]
    product = None
    for before, after in pairwise(bounds):
        piece = Product(w[pathway, l], (l, before + 1, after - 1))
        product = piece if product is None else product * piece
    return product


theorem = Theorem(
    label="multi-affine",
    title="The output is affine in every weight",
    source="O; multi-affine in mathematics.md",
    why="""
    A weight occurs in one factor of one product. Differentiating the sum of products by the
    product rule leaves the product of the other layers of that pathway; the weight itself is
    gone from it, so a second derivative by the same weight vanishes, and so does one by a
    weight of another pathway.
    """,
    given=[*between(1, i, H), *between(1, j, depth[i])],
    claims={
        "gradient": diff(f, w[i, j]) == others(i, j),
        "affine": diff(diff(f, w[i, j]), w[i, j]) == 0,
        "one-pathway": when(
            diff(diff(f, w[i, j]), w[i, m]) == others(i, j, m), j < m, m <= depth[i]
        ),
        "two-pathways": when(
            diff(diff(f, w[i, j]), w[h, m]) == 0,
            h != i,
            *between(1, h, H),
            *between(1, m, depth[h]),
        ),
    },
    proof=[
        link("gradient", calculation()),
        link("affine", calculation()),
        link("one-pathway", calculation()),
        link("two-pathways", calculation()),
    ],
    false_neighbours=[
        when(diff(f, w[i, j]) == others(i), *between(1, i, H), *between(1, j, depth[i])),
        when(diff(f, w[i, j]) == others(i, j), *between(1, i, H), j >= 1),
        when(
            diff(diff(f, w[i, j]), w[i, m]) == others(i, j, m),
            *between(1, i, H),
            j >= 1,
            j <= m,
            m <= depth[i],
        ),
        when(
            diff(diff(f, w[i, j]), w[h, m]) == 0,
            *between(1, i, H),
            *between(1, j, depth[i]),
            *between(1, h, H),
            *between(1, m, depth[h]),
        ),
    ],
)
