"""The threshold at which overshoots no longer return grows like 2 log L."""

from proofs.descent.largest_overshoot import c, d, denominator, excess, largest, power
from proofs.descent.overshoots import given, y
from proofs.descent.worst_case_return import threshold
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    exponential,
    increasing,
    instance,
    limit_of_monomials,
)
from verifier.statements.substitution import substitute
from verifier.statements.vocabulary import L, limit, log, oo, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

solved = (c > 1, c < 2, excess(c) == 0)
width = 9 + log(16 * L)
upper = 2 * width
lower = rational(2) ** (-2 / L) * (2 - 1 / L) * (log(L) - 2 * width ** rational(1, 2))


def at_zero(claim, general):
    """What holds of every zero of the excess between 1 and 2 holds of the threshold."""
    inside = instance(general, {}, using=["c above 1", "c below 2"])
    return [link(claim, Cases(excess(c) == 0, inside, contraposition("zero of c")))]


def bounds():
    """The bounds of the theorem hold of the enclosed threshold, in ball arithmetic."""
    from verifier.closed_forms.return_threshold import enclosure
    from verifier.kernel.balls import enclose

    for number in (*DEPTHS, 10**3, 10**6, 10**9):
        gamma = enclosure(number, 200)[0]
        at = {L: rational(number)}
        below = [rational(2), 1 + log(L) / 2, lower]
        if not all(enclose(substitute(term, at), 200) < gamma for term in below):
            raise Disproved(f"L = {number}: {gamma} is below a lower bound")
        if not gamma < enclose(substitute(upper, at), 200):
            raise Disproved(f"L = {number}: {gamma} is above the upper bound")
    return len(DEPTHS) + 3


DEPTHS = (2, 3, 4, 5, 7, 12, 20, 33)

theorem = Theorem(
    label="worst-case-return-growth",
    title="The threshold at which overshoots no longer return grows like 2 log L",
    source="O, that it is of the order of log L P; worst-case-return in mathematics.md",
    why="""
    At the zero c of E, which gives the threshold (worst-case-return), c^(2L) lies between
    L / ((2L-1) c - (2L-2)) and 16 L. Taking logarithms, with 1 + s <= exp(s), puts
    (2L-1) c - (2L-2), and with it gamma, between two bounds. Their quotients by log L tend to 2.
    """,
    given=[L >= 2],
    claims={
        "upper": when(largest(c) <= upper, c == threshold),
        "lower": when(largest(c) >= lower, c == threshold),
        "upper-grows": limit(upper / log(L), L, oo) == 2,
        "lower-grows": limit(lower / log(L), L, oo) == 2,
    },
    proof=[
        # the zero
        link("c above 1", combination({"worst-case-return/above-one": 1}), c > 1, [c == threshold]),
        link("c below 2", combination({"worst-case-return/below-two": 1}), c < 2, [c == threshold]),
        link(
            "zero of c",
            combination({"worst-case-return/exists": 1}),
            excess(c) == 0,
            [c == threshold],
        ),
        link("no excess", *given(excess(c) == 0)),
        link("positive power", calculation(), power(c) > 0, [c >= 1]),
        # from above
        link("at least half", calculation(), power(c) >= rational(1, 2), [c > 1, c < 2]),
        link("growing power", increasing("c beyond 1", y**L), c**L > 1, [c > 1]),
        link("c beyond 1", *given(c > 1)),
        link(
            "lower growing power",
            Cases(L == 2, calculation(), increasing("c not below 1", y ** (L - 2))),
            c ** (L - 2) >= 1,
            [c > 1],
        ),
        link("c not below 1", calculation(), c >= 1, [c > 1]),
        link("small square", calculation(), c**2 <= 4, [c > 1, c < 2]),
        link("no wide denominator", calculation(), L / denominator(c) <= L, [c > 1]),
        link(
            "square of the power",
            Cases(
                c**L <= 4,
                combination({"growing power": 4, "small power": c**L}),
                combination(
                    {
                        "no excess": -16,
                        "at least half": 16 * c ** (2 * L - 2),
                        "small square": 4 * c ** (L - 2) * (c**L / 2 - 1),
                        "no wide denominator": 16,
                        "large power": c**L,
                    },
                    using=["positive product"],
                ),
            ),
            c ** (2 * L) <= 16 * L,
            solved,
        ),
        link(
            "positive product",
            combination({"large power": c ** (L - 2) / 2}),
            c ** (L - 2) * (c**L / 2 - 1) > 0,
            [c**L > 4],
        ),
        link("small power", *given(c**L <= 4)),
        link("large power", *given(c**L > 4)),
        link(
            "logarithms",
            increasing("square of the power", log(y)),
            2 * L * log(c) <= log(16 * L),
            solved,
        ),
        link("tangent of the logarithm", exponential(-log(c)), 1 / c >= 1 - log(c)),
        link(
            "first bound",
            combination({"logarithms": c, "tangent of the logarithm": 2 * L * c}),
            2 * L * (c - 1) <= c * log(16 * L),
            solved,
        ),
        link("logarithm of L", exponential(log(L) / 2), L ** rational(1, 2) >= 1 + log(L) / 2),
        link("root of L", increasing("many layers", y ** rational(1, 2)), L ** rational(1, 2) >= 1),
        link("many layers", calculation(), L >= 1),
        link(
            "root of 8 L",
            combination(
                {
                    "logarithm of L": 2,
                    "root of L": rational(8) ** rational(1, 2) - 2,
                    "number of roots": 1,
                }
            ),
            log(16 * L) <= (8 * L) ** rational(1, 2),
        ),
        link("number of roots", calculation(), log(rational(16)) < rational(8) ** rational(1, 2)),
        link("8 L", increasing("root of 8 L", y**2), log(16 * L) ** 2 <= 8 * L),
        link(
            "doubled",
            combination({"first bound": 1, "c below two": log(16 * L)}),
            2 * L * (c - 1) <= 2 * log(16 * L),
            solved,
        ),
        link("c below two", *given(c < 2)),
        link(
            "second bound",
            combination({"first bound": 1, "doubled": log(16 * L) / (2 * L), "8 L": 1 / L}),
            2 * L * (c - 1) <= 8 + log(16 * L),
            solved,
        ),
        link("narrow", combination({"second bound": 1}), denominator(c) <= width, solved),
        link(
            "half at least",
            increasing("at least half", y ** (1 - 2 / L)),
            power(c) ** (1 - 2 / L) >= rational(1, 2) ** (1 - 2 / L),
            [c > 1, c < 2, L > 2],
        ),
        link(
            "half to a power",
            Cases(L == 2, calculation(), combination({"half at least": 1, "half of half": 1})),
            power(c) ** (1 - 2 / L) >= rational(1, 2),
            [c > 1, c < 2],
        ),
        link("half of half", calculation(), rational(1, 2) ** (1 - 2 / L) >= rational(1, 2)),
        link(
            "at most twice",
            combination(
                {"half to a power": 2 * denominator(c) / power(c) ** (1 - 2 / L)},
                using=["positive power"],
            ),
            largest(c) <= 2 * denominator(c),
            [c > 1, c < 2],
        ),
        link(
            "not above", combination({"at most twice": 1, "narrow": 2}), largest(c) <= upper, solved
        ),
        # from below
        link("power at most 1", calculation(), power(c) <= 1, [c > 1]),
        link(
            "at least",
            combination(
                {
                    "no excess": 1,
                    "power at most 1": c ** (2 * L - 2),
                    "c beyond 1 squared": c ** (2 * L - 2),
                }
            ),
            c ** (2 * L) >= L / denominator(c),
            solved,
        ),
        link("c beyond 1 squared", increasing("c not below 1", y**2), c**2 >= 1, [c > 1]),
        link("power at least", *given(c ** (2 * L) >= L / d)),
        link(
            "logarithms of both",
            increasing("power at least", log(y)),
            2 * L * log(c) >= log(L) - log(d),
            [c ** (2 * L) >= L / d],
        ),
        link(
            "logarithms below",
            instance("logarithms of both", {d: denominator(c)}, using=["at least"]),
            2 * L * log(c) >= log(L) - log(denominator(c)),
            solved,
        ),
        link("logarithm of c", exponential(log(c)), c >= 1 + log(c)),
        link(
            "logarithm of the width",
            increasing("narrow", log(y)),
            log(denominator(c)) <= log(width),
            solved,
        ),
        link(
            "root of the width",
            exponential(log(width) / 2),
            width ** rational(1, 2) >= 1 + log(width) / 2,
        ),
        link(
            "far enough",
            combination(
                {
                    "logarithms below": 1,
                    "logarithm of c": 2 * L,
                    "logarithm of the width": 1,
                    "root of the width": 2,
                }
            ),
            2 * L * (c - 1) >= log(L) - 2 * width ** rational(1, 2),
            solved,
        ),
        link(
            "excess of the square",
            calculation(),
            denominator(c) ** 2 >= 2 * (2 * L - 1) * (c - 1) * ((L - 1) * c - (L - 2)),
            [c > 1],
        ),
        link("positive numerator", calculation(), (L - 1) * c - (L - 2) > 0, [c > 1]),
        link(
            "quotient",
            combination(
                {"excess of the square": 1 / ((L - 1) * c - (L - 2))}, using=["positive numerator"]
            ),
            denominator(c) / power(c) >= 2 * (2 * L - 1) * (c - 1),
            [c > 1],
        ),
        link(
            "half again",
            increasing("at least half", y ** (2 / L)),
            power(c) ** (2 / L) >= rational(1, 2) ** (2 / L),
            [c > 1, c < 2],
        ),
        link(
            "split",
            calculation("positive power"),
            largest(c) == denominator(c) / power(c) * power(c) ** (2 / L),
            [c > 1],
        ),
        link(
            "not below the product",
            combination(
                {
                    "split": 1,
                    "half again": denominator(c) / power(c),
                    "quotient": rational(1, 2) ** (2 / L),
                },
                using=["positive power"],
            ),
            largest(c) >= 2 * (2 * L - 1) * (c - 1) * rational(1, 2) ** (2 / L),
            [c > 1, c < 2],
        ),
        link(
            "not below",
            combination(
                {"not below the product": 1, "far enough": (2 - 1 / L) * rational(2) ** (-2 / L)}
            ),
            largest(c) >= lower,
            solved,
        ),
        *at_zero("upper", "not above"),
        *at_zero("lower", "not below"),
        link("upper-grows", limit_of_monomials()),
        link("lower-grows", limit_of_monomials()),
    ],
    false_neighbours=[
        when(largest(c) <= 2 + log(L), L >= 2, c == threshold),
        when(largest(c) >= 2 * log(L) + 3, L >= 2, c == threshold),
        when(limit(upper / log(L), L, oo) == 1),
        when(limit(lower / log(L), L, oo) == 4),
    ],
    checks=[Check("depths: the enclosed threshold lies between the proved bounds", bounds)],
)
