"""Gradient flow: of two balanced pathways with equal small shares the shallow one is faster."""

from fractions import Fraction
from itertools import product
from math import prod

from proofs.descent.balanced_step import depth, i, r, t
from proofs.flow.path_invariant import along_the_flow, at_i, at_n, n, share
from verifier.reasons import Step, calculation, combination, instance
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import COUNT, H, positive, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

A, B = Symbol("A", COUNT), Symbol("B", COUNT)  # the depths of two pathways
q, y = positive("q"), positive("y")
speed = A * q ** (2 - 2 / A), B * q ** (2 - 2 / B)
c = positive("c")
small = (c * A / B) ** (1 / (2 / A - 2 / B))
threshold = (A / B) ** (1 / (2 / A - 2 / B))

flow = (t == 0, *at_i, *at_n)
equal = (*flow, share(n) == share(i), depth[i] < depth[n])
here = {A: depth[i], B: depth[n], q: share(i)}
power = share(i) ** (2 / depth[i] - 2 / depth[n])
shallow, deep = along_the_flow(share(i)), along_the_flow(share(n))
two = (H == 2, i == 1, n == 2, depth[i] == 1, depth[n] == 2)


def exact_rates():
    """The rates of two shares in fractions, from the velocities of all layers, at equal shares."""
    count = 0
    depths = [(a, b) for a, b in product(range(1, 7), repeat=2) if a < b]
    for (a, b), root in product(depths, (Fraction(1, 2), Fraction(9, 10), Fraction(2))):
        paths = [root**b] * a, [root**a] * b  # both shares are root^(a b)
        rates = [sum(prod(p[:k] + p[k + 1 :]) ** 2 for k in range(len(p))) for p in paths]
        below = root ** (2 * (b - a)) - Fraction(a, b)
        if (rates[1] - rates[0] > 0) != (below > 0) or (rates[1] == rates[0]) != (below == 0):
            raise Disproved(f"depths {a} and {b}, shares {root ** (a * b)}")
        count += 1
    return count


theorem = Theorem(
    label="kinetic-bias",
    title="From equal small shares the shallow pathway learns faster",
    source="P; kinetic-bias in mathematics.md",
    why="""
    Along the gradient flow a share s > 0 of a balanced pathway of depth L changes at the rate
    L r s^(2 - 2/L) (path-invariant). Let two pathways of depths A < B have the same share s, as
    after a start with layers s^(1/A) and s^(1/B), and let r > 0. The shallow one is faster as long
    as s^(2/A - 2/B) < A/B, that is, for s below (A/B)^(1/(2/A - 2/B)), which is below 1; beyond,
    the deep one is faster. The rate of the deep one is less than any fraction c of that of the
    shallow one from a small enough share down: s < (c A/B)^(1/(2/A - 2/B)).
    """,
    claims={
        "shallow-faster": when(shallow > deep, *equal, r > 0, power < depth[i] / depth[n]),
        "deep-faster": when(shallow < deep, *equal, r > 0, power > depth[i] / depth[n]),
        "threshold": when(q ** (2 / A - 2 / B) < A / B, A < B, q < threshold),
        "beyond": when(q ** (2 / A - 2 / B) > A / B, A < B, q > threshold),
        "threshold-below-one": when(threshold < 1, A < B),
        "negligible": when(speed[1] < c * speed[0], A < B, q < small),
    },
    proof=[
        link(
            "rate of i",
            instance("path-invariant/share", {}),
            shallow == depth[i] * r * share(i) ** (2 - 2 / depth[i]),
            equal,
        ),
        link(
            "rate of n",
            instance("path-invariant/share", {i: n}),
            deep == depth[n] * r * share(n) ** (2 - 2 / depth[n]),
            equal,
        ),
        link("equal shares", Step("given", words="hypothesis"), share(n) == share(i), equal),
        link(
            "equal powers",
            Step(
                "monotone",
                ("equal shares",),
                {"by": y ** (2 - 2 / depth[n])},
                words="the same power of both sides",
                cited="of",
            ),
            share(n) ** (2 - 2 / depth[n]) == share(i) ** (2 - 2 / depth[n]),
            equal,
        ),
        link("slower", calculation(), speed[0] > speed[1], [A < B, q ** (2 / A - 2 / B) < A / B]),
        link("faster", calculation(), speed[0] < speed[1], [A < B, q ** (2 / A - 2 / B) > A / B]),
        link(
            "slower here",
            instance("slower", here),
            depth[i] * share(i) ** (2 - 2 / depth[i]) > depth[n] * share(i) ** (2 - 2 / depth[n]),
            [*equal, power < depth[i] / depth[n]],
        ),
        link(
            "faster here",
            instance("faster", here),
            depth[i] * share(i) ** (2 - 2 / depth[i]) < depth[n] * share(i) ** (2 - 2 / depth[n]),
            [*equal, power > depth[i] / depth[n]],
        ),
        link(
            "shallow-faster",
            combination(
                {
                    "rate of i": 1,
                    "rate of n": -1,
                    "equal powers": -depth[n] * r,
                    "slower here": r,
                }
            ),
        ),
        link(
            "deep-faster",
            combination(
                {
                    "rate of i": -1,
                    "rate of n": 1,
                    "equal powers": depth[n] * r,
                    "faster here": r,
                }
            ),
        ),
        link("up to", Step("given", words="hypothesis"), q < threshold, [A < B, q < threshold]),
        link("from", Step("given", words="hypothesis"), q > threshold, [A < B, q > threshold]),
        link(
            "threshold",
            Step(
                "monotone",
                ("up to",),
                {"by": y ** (2 / A - 2 / B)},
                words="the same power",
                cited="of",
            ),
        ),
        link(
            "beyond",
            Step(
                "monotone",
                ("from",),
                {"by": y ** (2 / A - 2 / B)},
                words="the same power",
                cited="of",
            ),
        ),
        link("threshold-below-one", calculation()),
        link("tiny", Step("given", words="hypothesis"), q < small, [A < B, q < small]),
        link(
            "tiny power",
            Step(
                "monotone",
                ("tiny",),
                {"by": y ** (2 / A - 2 / B)},
                words="the same power",
                cited="of",
            ),
            q ** (2 / A - 2 / B) < c * A / B,
            [A < B, q < small],
        ),
        link("negligible", combination({"tiny power": B * q ** (2 - 2 / A)})),
    ],
    false_neighbours=[
        when(shallow > deep, *equal, r > 0, *two),
        when(shallow < deep, *equal, power > depth[i] / depth[n], *two),
        when(shallow == deep, *equal, r > 0, *two),
        when(shallow / depth[i] == deep / depth[n], *equal, *two),
        when(q ** (2 / A - 2 / B) < A / B, q < threshold),
        when(q ** (2 / A - 2 / B) < A / B, A < B, q < 1),
        when(threshold < rational(1, 2), A < B),
        when(speed[1] < c * speed[0], A < B, q < threshold),
    ],
    checks=[Check("pairs of depths and shares: the faster one as stated", exact_rates)],
)
