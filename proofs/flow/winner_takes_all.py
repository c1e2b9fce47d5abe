"""Gradient flow: the larger of two balanced pathways outgrows the smaller, if depth exceeds two."""

from fractions import Fraction
from itertools import product
from math import prod

from proofs.descent.balanced_step import depth, i, r, t, w
from proofs.flow.path_invariant import alike, along_the_flow, at_i, n, share, velocity
from verifier.reasons import Step, calculation, combination, instance, limit_of_monomials
from verifier.statements.vocabulary import H, L, limit, oo, positive
from verifier.theorem import Check, Disproved, Theorem, link, when

flow = (t == 0, *at_i, *alike)
ratio, layers = share(i) / share(n), w[i] / w[n]
rate = depth[i] * r * ratio * (w[i] ** (depth[i] - 2) - w[n] ** (depth[i] - 2))
larger = (*flow, w[i] > w[n], depth[i] >= 3)
of_shares = along_the_flow(share(i)) / along_the_flow(share(n))
exponent = 2 - 2 / depth[i]
two = (H == 2, i == 1, n == 2)

q, K, y = positive("q"), positive("K"), positive("y")
u, v = positive("u"), positive("v")  # the layer values of the larger pathway and of the smaller
scale, U, V = positive("eps"), positive("U"), positive("V")  # at the start: eps U and eps V
gap = V ** (2 - L) - U ** (2 - L)
start = (scale * V) ** (2 - L) - (scale * U) ** (2 - L)
kept = v ** (2 - L) - u ** (2 - L) == start
bound = scale * gap ** (-1 / (L - 2))


def exact_rates():
    """The growth of a ratio of shares in fractions, from the velocities of all layers."""
    count = 0
    settings = product(range(2, 8), (Fraction(1, 3), Fraction(2)), (Fraction(1, 50), Fraction(9)))
    for number, small, target in settings:
        big = small * Fraction(6, 5)
        paths = [big] * number, [small] * number, [Fraction(1, 2)] * 3
        residual = target - sum(map(prod, paths))
        growth = [
            sum(residual * prod(path[:k] + path[k + 1 :]) / path[k] for k in range(len(path)))
            for path in paths
        ]  # of the logarithm of the share
        gain = (growth[0] - growth[1]) * residual
        if (gain > 0) != (number > 2) or gain < 0:
            raise Disproved(f"depth {number}, layers {big} and {small}, target {target}")
        count += 1
    return count


theorem = Theorem(
    label="winner-takes-all",
    title="Gradient flow favours the larger of two pathways",
    source="P; winner-takes-all in mathematics.md",
    why="""
    Let two balanced pathways of depth L have positive layer values. The layers of each move at the
    rate r w^(L-1), its share s = w^L at the rate L r s^(2 - 2/L) (path-invariant): the rates of two
    pathways have the ratio of the layer values to the power L - 1, and the ratio of the shares to
    the power 2 - 2/L, which grows with L. The ratio of the shares changes at its own value times
    L r (w_i^(L-2) - w_n^(L-2)): for L >= 3 the larger pathway gains while r > 0 and loses while
    r < 0; at L = 2 nothing changes. Let the layers start from eps U and eps V with V < U. As long
    as the difference of the powers w^(2-L) has the value that it had at the start (path-invariant),
    the smaller layer is below eps (V^(2-L) - U^(2-L))^(-1/(L-2)), however far the larger has grown,
    and that tends to 0 with eps: all but the larger pathway stay silent in this limit.
    """,
    claims={
        "rate": when(along_the_flow(ratio) == rate, *flow),
        "larger-gains": when(along_the_flow(ratio) > 0, *larger, r > 0),
        "larger-loses": when(along_the_flow(ratio) < 0, *larger, r < 0),
        "depth-two": when(along_the_flow(ratio) == 0, *flow, depth[i] == 2),
        "rates-of-layers": when(
            velocity(i) / velocity(n) == layers ** (depth[i] - 1), *flow, r != 0
        ),
        "rates-of-shares": when(of_shares == ratio**exponent, *flow, r != 0),
        "depth-strengthens": when(q ** (2 - 2 / (L + 1)) > q ** (2 - 2 / L), q > 1),
        "greatest-depth": limit(q ** (2 - 2 / L), L, oo) == q**2,
        "small-starts": when(v < bound, L >= 3, V < U, kept),
        "limit": when(limit(bound, scale, 0) == 0, L >= 3, V < U),
    },
    proof=[
        link(
            "chain rule",
            calculation(),
            along_the_flow(ratio) == depth[i] * ratio * (velocity(i) / w[i] - velocity(n) / w[n]),
            flow,
        ),
        link(
            "velocity",
            instance("path-invariant/velocity", {}),
            velocity(i) == r * w[i] ** (depth[i] - 1),
            flow,
        ),
        link(
            "velocity of n",
            instance("path-invariant/velocity", {i: n}),
            velocity(n) == r * w[n] ** (depth[n] - 1),
            flow,
        ),
        link(
            "rate",
            combination(
                {
                    "chain rule": 1,
                    "velocity": depth[i] * ratio / w[i],
                    "velocity of n": -depth[i] * ratio / w[n],
                }
            ),
        ),
        link("powers", calculation(), w[i] ** (depth[i] - 2) > w[n] ** (depth[i] - 2), larger),
        link("larger-gains", combination({"rate": 1, "powers": depth[i] * r * ratio})),
        link("larger-loses", combination({"rate": -1, "powers": -depth[i] * r * ratio})),
        link("depth-two", combination({"rate": 1})),
        link("n moves", calculation("velocity of n"), velocity(n) != 0, [*flow, r != 0]),
        link(
            "rates-of-layers",
            combination(
                {
                    "velocity": 1 / velocity(n),
                    "velocity of n": -(layers ** (depth[i] - 1)) / velocity(n),
                }
            ),
        ),
        link(
            "share of i",
            instance("path-invariant/share", {}),
            along_the_flow(share(i)) == depth[i] * r * share(i) ** exponent,
            flow,
        ),
        link(
            "share of n",
            instance("path-invariant/share", {i: n}),
            along_the_flow(share(n)) == depth[n] * r * share(n) ** (2 - 2 / depth[n]),
            flow,
        ),
        link(
            "rates-of-shares",
            combination(
                {
                    "share of i": 1 / along_the_flow(share(n)),
                    "share of n": -(ratio**exponent) / along_the_flow(share(n)),
                }
            ),
        ),
        link("depth-strengthens", calculation()),
        link("greatest-depth", limit_of_monomials()),
        link("invariant", Step("given", words="hypothesis"), kept, [kept]),
        link("without u", combination({"invariant": 1}), v ** (2 - L) > start, [kept]),
        link("scaled", calculation(), start == scale ** (2 - L) * gap),
        link("gap", calculation(), gap > 0, [L >= 3, V < U]),
        link(
            "power of v",
            calculation("without u", "scaled"),
            v ** (2 - L) > scale ** (2 - L) * gap,
            [kept],
        ),
        link(
            "inverted",
            calculation(),
            v ** (L - 2) < scale ** (L - 2) / K,
            [L >= 3, v ** (2 - L) > scale ** (2 - L) * K],
        ),
        link(
            "root",
            Step(
                "monotone", ("inverted",), {"by": y ** (L - 2)}, words="taking the root", cited="of"
            ),
            v < scale * K ** (-1 / (L - 2)),
            [L >= 3, v ** (2 - L) > scale ** (2 - L) * K],
        ),
        link("small-starts", instance("root", {K: gap}, using=["power of v", "gap"])),
        link("limit", limit_of_monomials()),
    ],
    false_neighbours=[
        when(of_shares == ratio ** (depth[i] - 1), *flow, r != 0, *two),
        when(velocity(i) / velocity(n) == layers**exponent, *flow, r != 0, *two),
        when(along_the_flow(ratio) == 0, *flow, depth[i] == 3),
        when(along_the_flow(ratio) > 0, *flow, w[i] > w[n], r > 0, depth[i] == 2, *two),
        when(along_the_flow(ratio) > 0, *larger),
        when(along_the_flow(share(i) - share(n)) == 0, *flow, depth[i] == 2),
        when(v < bound, L >= 3, V < U),
        when(v < scale * V, L >= 3, V < U, kept),
        when(limit(bound / scale, scale, 0) == 0, L >= 3, V < U),
    ],
    checks=[
        Check("pairs of pathways gain and lose as stated, in fractions", exact_rates),
    ],
)
