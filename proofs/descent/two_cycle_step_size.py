"""The step size at which two points are exchanged rises with their ratio, from 2/S_1 on."""

from fractions import Fraction
from itertools import pairwise

from verifier.reasons import (
    Cases,
    am_gm,
    calculation,
    combination,
    growth,
    hypothesis,
    increasing,
    instance,
)
from verifier.statements.vocabulary import L, log, positive, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

z, y, a, b, c = map(positive, "z y a b c".split())


def small(z):
    """One of the two sums of which the step size is made."""
    return 1 + z ** (L - 1)


def large(z):
    """The other, which is the larger one where z > 1."""
    return 1 + z ** (2 * L - 1)


def scaled_step(z):
    """The step size, times S_1, of the cycle whose points have the ratio z."""
    sums = large(z) ** (2 - 2 / L) / small(z) ** (1 - 2 / L)
    return L * (z - 1) * sums / z ** (L - 1) / (z**L - 1)


def rising_in_fractions():
    """The L-th power of the scaled step, a fraction, rises along fractions z > 1 from 2^L on."""
    count = 0
    for depth in DEPTHS:
        values = [
            depth**depth
            * ((z - 1) / (z**depth - 1) / z ** (depth - 1)) ** depth
            * (1 + z ** (2 * depth - 1)) ** (2 * depth - 2)
            / (1 + z ** (depth - 1)) ** (depth - 2)
            for z in (1 + Fraction(n, 16) for n in range(1, 33))
        ]
        if values[0] <= 2**depth or any(first >= second for first, second in pairwise(values)):
            raise Disproved(f"L = {depth}: {list(map(float, values))}")
        count += len(values)
    return count


DEPTHS = (2, 3, 4, 5, 8, 13, 21)
rate = (
    (2 - 2 / L) * (2 * L - 1) * z ** (2 * L - 2) / large(z)
    - (1 - 2 / L) * (L - 1) * z ** (L - 2) / small(z)
    - (L - 1) / z
    + 1 / (z - 1)
    - L * z ** (L - 1) / (z**L - 1)
)
lowered = small(z) ** (2 / L - 2) * z ** (1 - L)
one = rational(1)

theorem = Theorem(
    label="two-cycle-step-size",
    title="The step size of a two-cycle rises with the ratio of its points, from 2/S_1 on",
    source="O; two-cycle in mathematics.md",
    why="""
    Two points with the ratio z are exchanged by a step of one size only (two-cycle). Times S_1 it
    is G(z) = L (z-1) (1 + z^(2L-1))^(2-2/L) (1 + z^(L-1))^(2/L-1) / (z^(L-1) (z^L - 1)). Let z > 1.
    The mean of the powers 1, z, ..., z^(L-1), whose sum is (z^L - 1) / (z - 1), is at most the mean
    of the two outermost; and (z^(L/2) - 1) (z^(3L/2-1) - 1) > 0. So G(z) is at least
    2 z^(-L/2) (1 + z^(2L-1)) / (1 + z^(L-1)), which is more than 2 by the second of these once
    more, and more than z^(L/2). In the derivative of log G the part 1/(z-1) - L/(z^L-1) is at least
    (L-1) / (1 + z^(L-1)), because z^L lies above its parabola at 1; what is left is a sum of
    positive terms. At z = 1 the limit of G is 2.
    """,
    given=[L >= 2],
    claims={
        "more-than-two": when(scaled_step(z) > 2, z > 1),
        "more-than-power": when(scaled_step(z) > z ** (L / 2), z > 1),
        "rises": when(scaled_step(b) < scaled_step(z), b > 1, b < z),
    },
    proof=[
        link("beyond 1", hypothesis(), z > 1, [z > 1]),
        # the mean of the powers
        link(
            "means",
            am_gm({z ** (L - 1): L - 2, 1: 1}),
            (L - 2) * z ** (L - 1) + 1 >= (L - 1) * z ** (L - 2),
        ),
        link("equal at 1", calculation(), 2 * (one**L - 1) <= L * (one - 1) * small(one)),
        link(
            "slope",
            combination({"means": L}),
            L * small(z) + L * (z - 1) * (L - 1) * z ** (L - 2) - 2 * L * z ** (L - 1) >= 0,
        ),
        link(
            "outermost",
            growth("equal at 1", "slope", z, 1),
            2 * (z**L - 1) <= L * (z - 1) * small(z),
            [z >= 1],
        ),
        # a lower bound
        link("factor", increasing("beyond 1", y ** (L / 2)), z ** (L / 2) > 1, [z > 1]),
        link(
            "other factor",
            increasing("beyond 1", y ** (3 * L / 2 - 1)),
            z ** (3 * L / 2 - 1) > 1,
            [z > 1],
        ),
        link(
            "product",
            combination({"factor": z ** (3 * L / 2 - 1) - 1}, using=["other factor"]),
            z ** (L / 2) * small(z) < large(z),
            [z > 1],
        ),
        link("factors", hypothesis(), a * b <= c, [a * b <= c]),
        link(
            "powers of factors",
            Cases(L == 2, calculation(), increasing("factors", y ** (1 - 2 / L))),
            a ** (1 - 2 / L) * b ** (1 - 2 / L) <= c ** (1 - 2 / L),
            [a * b <= c],
        ),
        link(
            "powers",
            instance(
                "powers of factors",
                {a: z ** (L / 2), b: small(z), c: large(z)},
                using=["product"],
            ),
            (z ** (L / 2)) ** (1 - 2 / L) * small(z) ** (1 - 2 / L) <= large(z) ** (1 - 2 / L),
            [z > 1],
        ),
        link(
            "bound",
            combination(
                {
                    "outermost": large(z) ** (2 - 2 / L) * lowered / (z**L - 1),
                    "powers": 2 * large(z) * lowered,
                }
            ),
            scaled_step(z) >= 2 * large(z) / small(z) / z ** (L / 2),
            [z > 1],
        ),
        link(
            "more-than-two",
            combination({"bound": 1, "product": 2 / small(z) / z ** (L / 2)}),
        ),
        link("long power", increasing("beyond 1", y ** (L - 1)), z ** (L - 1) > 1, [z > 1]),
        link(
            "more-than-power",
            combination({"bound": 1, "long power": z ** (L / 2) / small(z)}),
        ),
        # it rises
        link(
            "tangent",
            am_gm({z ** (L - 1): 1, 1: L - 2}),
            z ** (L - 1) + (L - 2) >= (L - 1) * z,
        ),
        link(
            "touching",
            calculation(),
            one**L - 1 - L * (one - 1) >= L * (L - 1) / 2 * (one - 1) ** 2,
        ),
        link(
            "tangents",
            combination({"tangent": L}),
            L * z ** (L - 1) - L - L * (L - 1) * (z - 1) >= 0,
        ),
        link(
            "parabola",
            growth("touching", "tangents", z, 1),
            z**L - 1 - L * (z - 1) >= L * (L - 1) / 2 * (z - 1) ** 2,
            [z >= 1],
        ),
        link(
            "gap",
            combination(
                {
                    "parabola": 1 / ((z - 1) * (z**L - 1)),
                    "outermost": (L - 1) / (2 * (z**L - 1) * small(z)),
                }
            ),
            1 / (z - 1) - L / (z**L - 1) >= (L - 1) / small(z),
            [z > 1],
        ),
        link("power", increasing("beyond 1", y**L), z**L > 1, [z > 1]),
        link(
            "powers beyond 1",
            increasing("beyond 1", y ** (3 * L - 2)),
            z ** (3 * L - 2) > 1,
            [z > 1],
        ),
        link(
            "rest",
            combination(
                {
                    "power": (3 - 2 / L) * z ** (L - 1) / (small(z) * large(z)),
                    "powers beyond 1": 1 / (small(z) * large(z)),
                }
            ),
            1 + (2 - 2 / L) / small(z) - (4 - 2 / L) / large(z) > 0,
            [z > 1],
        ),
        link("rate", combination({"gap": 1 / z, "rest": (L - 1) / z}), rate > 0, [z > 1]),
        link("rate beyond b", instance("rate", {}), rate > 0, [b > 1, z >= b]),
        link("itself", calculation(), log(scaled_step(b)) <= log(scaled_step(b)), [b > 1]),
        link(
            "logarithms",
            growth("itself", "rate beyond b", z, b),
            log(scaled_step(b)) < log(scaled_step(z)),
            [b > 1, z > b],
        ),
        link("rises", increasing("logarithms", log(y))),
    ],
    false_neighbours=[
        when(scaled_step(z) > 2, z > 1),
        when(scaled_step(z) > rational(21, 10), L >= 2, z > 1),
        when(scaled_step(z) > z ** (L / 2) + 1, L >= 2, z > 1),
        when(scaled_step(z) > z**L, L >= 2, z > 1),
        when(scaled_step(b) < scaled_step(z), L >= 2, b > rational(1, 2), b < 1, z > 1),
        when(scaled_step(z) < 3, L >= 2, z > 1),
    ],
    checks=[Check("values in fractions: they rise, from above 2 on", rising_in_fractions)],
)
