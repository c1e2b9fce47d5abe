"""Gradient flow of balanced pathways keeps the difference of a power of two shares."""

from proofs.descent.balanced_step import depth, gradient, i, j, r, t, w
from verifier.reasons import calculation, combination, instance
from verifier.statements.vocabulary import H, Sum, between, diff, integer
from verifier.theorem import Theorem, link, when

h, n = integer("h"), integer("n")
at_i = (*between(1, i, H), w[i] > 0)
at_n = (*between(1, n, H), w[n] > 0)
alike = (*at_n, depth[n] == depth[i])


def share(h):
    """What pathway h contributes to the output."""
    return w[h] ** depth[h]


def power(h):
    """The power of the share of pathway h that changes at the rate (2 - L) r."""
    return share(h) ** (2 / depth[h] - 1)


def velocity(h):
    """The derivative by time, along the gradient flow, of the layers of pathway h."""
    return -gradient(h, 1)


def along_the_flow(quantity):
    """The derivative of a quantity by time, by the chain rule over the values of all pathways."""
    return Sum(diff(quantity, w[h]) * velocity(h), (h, 1, H))


theorem = Theorem(
    label="path-invariant",
    title="Gradient flow conserves the difference of a power of two shares",
    source="O; path-invariant in mathematics.md",
    why="""
    Along the gradient flow dw/dt = -(gradient of the loss) the layers of a balanced pathway stay
    equal and move at the rate r w_h^(L_h - 1) (balanced-step). For the share s_h = w_h^L_h > 0 the
    chain rule gives the rate L_h r s_h^(2 - 2/L_h), and for its power s_h^(2/L_h - 1) the rate
    (2 - L_h) r, in which nothing of the pathway is left but its depth. So for two pathways of one
    depth the difference of these powers is conserved; of two depths other than 2, that of the
    powers divided by L_h - 2. For depth 2 the power is 1 and says nothing; there the ratio of the
    shares is conserved.
    """,
    given=[t == 0, *at_i],
    claims={
        "velocity": velocity(i) == r * w[i] ** (depth[i] - 1),
        "share": along_the_flow(share(i)) == depth[i] * r * share(i) ** (2 - 2 / depth[i]),
        "power": along_the_flow(power(i)) == (2 - depth[i]) * r,
        "conserved": when(along_the_flow(power(i) - power(n)) == 0, *alike),
        "depth-two": when(
            along_the_flow(share(i) / share(n)) == 0, *at_n, depth[i] == 2, depth[n] == 2
        ),
        "unequal-depths": when(
            along_the_flow(power(i) / (depth[i] - 2) - power(n) / (depth[n] - 2)) == 0,
            *at_n,
            depth[i] != 2,
            depth[n] != 2,
        ),
    },
    proof=[
        link("velocity", combination({"first": -1})),
        link(
            "first",
            instance("balanced-step/gradient", {j: 1}),
            gradient(i, 1) == -r * w[i] ** (depth[i] - 1),
        ),
        link(
            "velocity of n",
            instance("velocity", {i: n}),
            velocity(n) == r * w[n] ** (depth[n] - 1),
            at_n,
        ),
        link(
            "chain rule for the share",
            calculation(),
            along_the_flow(share(i)) == depth[i] * w[i] ** (depth[i] - 1) * velocity(i),
        ),
        link(
            "share",
            combination(
                {"chain rule for the share": 1, "velocity": depth[i] * w[i] ** (depth[i] - 1)}
            ),
        ),
        link(
            "chain rule for the power",
            calculation(),
            along_the_flow(power(i)) == (2 - depth[i]) * w[i] ** (1 - depth[i]) * velocity(i),
        ),
        link(
            "power",
            combination(
                {"chain rule for the power": 1, "velocity": (2 - depth[i]) * w[i] ** (1 - depth[i])}
            ),
        ),
        link(
            "power of n",
            instance("power", {i: n}),
            along_the_flow(power(n)) == (2 - depth[n]) * r,
            at_n,
        ),
        link(
            "difference",
            calculation(),
            along_the_flow(power(i) - power(n))
            == along_the_flow(power(i)) - along_the_flow(power(n)),
            alike,
        ),
        link("conserved", combination({"difference": 1, "power": 1, "power of n": -1})),
        link(
            "quotient",
            calculation(),
            along_the_flow(share(i) / share(n))
            == 2 * w[i] / w[n] ** 2 * velocity(i) - 2 * w[i] ** 2 / w[n] ** 3 * velocity(n),
            [*at_n, depth[i] == 2, depth[n] == 2],
        ),
        link(
            "depth-two",
            combination(
                {
                    "quotient": 1,
                    "velocity": 2 * w[i] / w[n] ** 2,
                    "velocity of n": -2 * w[i] ** 2 / w[n] ** 3,
                }
            ),
        ),
        link(
            "difference of multiples",
            calculation(),
            along_the_flow(power(i) / (depth[i] - 2) - power(n) / (depth[n] - 2))
            == along_the_flow(power(i)) / (depth[i] - 2)
            - along_the_flow(power(n)) / (depth[n] - 2),
            [*at_n, depth[i] != 2, depth[n] != 2],
        ),
        link(
            "unequal-depths",
            combination(
                {
                    "difference of multiples": 1,
                    "power": 1 / (depth[i] - 2),
                    "power of n": -1 / (depth[n] - 2),
                }
            ),
        ),
    ],
    false_neighbours=[
        when(velocity(i) == -r * w[i] ** (depth[i] - 1), t == 0, *at_i),
        when(along_the_flow(share(i)) == r * share(i) ** (2 - 2 / depth[i]), t == 0, *at_i),
        when(along_the_flow(power(i)) == (depth[i] - 2) * r, t == 0, *at_i),
        when(along_the_flow(power(i) - power(n)) == 0, t == 0, *at_i, *at_n),
        when(along_the_flow(share(i) / share(n)) == 0, t == 0, *at_i, *alike),
        when(along_the_flow(share(i) - share(n)) == 0, t == 0, *at_i, *alike),
        when(along_the_flow(power(i) + power(n)) == 0, t == 0, *at_i, *alike),
    ],
)
