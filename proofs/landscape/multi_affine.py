"""The output of the network is affine in every single weight, whatever the depths."""

from verifier.kernel.rules.sharpness import output
from verifier.reasons import calculation
from verifier.statements.vocabulary import COUNT, REAL, H, Product, between, diff, family, integer
from verifier.theorem import Theorem, link, when

w = family("w", REAL, 2)
depth = family("L", COUNT)
h, l, i, j, m = map(integer, "h l i j m".split())  # noqa: E741

f = output(w, H, depth)


def layers(pathway, first, last):
    """The product of the weights of some layers of a pathway."""
    return Product(w[pathway, l], (l, first, last))


def without(pathway, layer):
    """The product of the weights of a pathway, one layer left out."""
    return layers(pathway, 1, layer - 1) * layers(pathway, layer + 1, depth[pathway])


def without_two(pathway, first, second):
    """The product of the weights of a pathway, two layers left out, the lower one first."""
    between_them = layers(pathway, first + 1, second - 1)
    return (
        layers(pathway, 1, first - 1) * between_them * layers(pathway, second + 1, depth[pathway])
    )


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
        "gradient": diff(f, w[i, j]) == without(i, j),
        "affine": diff(diff(f, w[i, j]), w[i, j]) == 0,
        "one-pathway": when(
            diff(diff(f, w[i, j]), w[i, m]) == without_two(i, j, m), j < m, m <= depth[i]
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
        when(
            diff(f, w[i, j]) == layers(i, 1, depth[i]), *between(1, i, H), *between(1, j, depth[i])
        ),
        when(diff(f, w[i, j]) == without(i, j), *between(1, i, H), j >= 1),
        when(
            diff(diff(f, w[i, j]), w[i, m]) == without_two(i, j, m),
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
