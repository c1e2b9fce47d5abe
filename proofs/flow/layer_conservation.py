"""Gradient flow keeps the difference of the squares of two layers of a pathway."""

from proofs.descent.imbalance_step import (
    at_j,
    at_m,
    depth,
    i,
    imbalance,
    j,
    l,
    m,
    p,
    r,
    squares,
    w,
)
from verifier.kernel.rules.sharpness import over_weights
from verifier.reasons import calculation, combination, instance
from verifier.statements.vocabulary import H, between, diff, integer
from verifier.theorem import Theorem, link, when

h, n = integer("h"), integer("n")


def velocity(i, j):
    """The derivative of a weight by time, along the gradient flow of the loss."""
    return -diff(squares, w[i, j])


def along_the_flow(quantity):
    """The derivative of a quantity by time, by the chain rule over all weights."""
    return over_weights(diff(quantity, w[h, l]) * velocity(h, l), h, l, H, depth)


theorem = Theorem(
    label="layer-conservation",
    title="Gradient flow conserves the imbalance of two layers",
    source="O; layer-conservation in mathematics.md, the scalar mode",
    why="""
    Along the flow dw/dt = -(gradient of the loss) a weight times its velocity is r times the
    product p of its whole pathway (imbalance-step), so the square of every layer of a pathway
    changes at the one rate 2 r p, by the chain rule over all weights of the network. The
    difference of two such squares does not change. The rate is the same whether weights are 0
    or not; for layers of different pathways it differs.
    """,
    given=at_j,
    claims={
        "velocity": w[i, j] * velocity(i, j) == r * p,
        "square": along_the_flow(w[i, j] ** 2) == 2 * r * p,
        "two-layers": when(2 * w[i, j] * velocity(i, j) - 2 * w[i, m] * velocity(i, m) == 0, *at_m),
        "conserved": when(along_the_flow(imbalance) == 0, *at_m),
    },
    proof=[
        link(
            "velocity",
            combination({"imbalance-step/gradient": -w[i, j], "imbalance-step/pathway": -r}),
        ),
        link(
            "chain rule",
            calculation(),
            along_the_flow(w[i, j] ** 2) == 2 * w[i, j] * velocity(i, j),
        ),
        link("square", combination({"chain rule": 1, "velocity": 2})),
        link(
            "velocity of m",
            instance("velocity", {j: m}),
            w[i, m] * velocity(i, m) == r * p,
            at_m,
        ),
        link("two-layers", combination({"velocity": 2, "velocity of m": -2})),
        link(
            "chain rule for two",
            calculation(),
            along_the_flow(imbalance)
            == 2 * w[i, j] * velocity(i, j) - 2 * w[i, m] * velocity(i, m),
            at_m,
        ),
        link("conserved", combination({"chain rule for two": 1, "two-layers": 1})),
    ],
    false_neighbours=[
        when(w[i, j] * velocity(i, j) == -r * p, *at_j),
        when(along_the_flow(w[i, j] ** 2) == r * p, *at_j),
        when(along_the_flow(w[i, j] ** 2) == 0, *at_j),
        when(along_the_flow(w[i, j] - w[i, m]) == 0, *at_j, *at_m),
        when(along_the_flow(w[i, j] ** 2 + w[i, m] ** 2) == 0, *at_j, *at_m),
        when(
            along_the_flow(w[i, j] ** 2 - w[n, j] ** 2) == 0,
            *at_j,
            *between(1, n, H),
            j <= depth[n],
        ),
    ],
)
