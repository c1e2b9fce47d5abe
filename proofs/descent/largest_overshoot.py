"""The largest overshoot of gradient descent on a single pathway, and where it lands."""

from proofs.descent.overshoots import a, b, bend, f, gamma, given, v, y
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    growth,
    increasing,
    instance,
    of,
)
from verifier.statements.vocabulary import L, positive
from verifier.theorem import Theorem, link, when

c, d = positive("c"), positive("d")


def denominator(c):
    """What the bend and the power of the crest have in common, c being the largest overshoot."""
    return (2 * L - 1) * c - (2 * L - 2)


def power(c):
    """a^L for the crest a that is mapped to c a."""
    return ((L - 1) * c - (L - 2)) / denominator(c)


def excess(c):
    """What is negative where c a, the largest overshoot, returns."""
    return c ** (L - 2) * (c**L * power(c) - 1) - L / denominator(c)


def largest(c):
    """The gamma whose largest overshoot is c times the place a where it starts."""
    return denominator(c) / power(c) ** (1 - 2 / L)


at = (c > 1, a == power(c) ** (1 / L), gamma == largest(c))
steepness = gamma * a ** (L - 2) * d == L
rise = (c - 1) * d == 1 - a**L
rising = L * c ** (L - 1) * (L - 1) * (c - 1) * ((2 * L - 1) * (c - 1) + 3) / denominator(c) ** 2

theorem = Theorem(
    label="largest-overshoot",
    title="The largest overshoot of a single pathway lands the lower the larger it is",
    source="O; worst-case-return in mathematics.md",
    why="""
    In the notation of overshoots let c = f(a)/a for the crest a. Then
    a^L = ((L-1) c - (L-2)) / ((2L-1) c - (2L-2)), and gamma = L / (a^(L-2) ((2L-1) a^L - (L-1))) is
    a function of c that rises. With E(c) = c^(L-2) (c^L a^L - 1) - L / ((2L-1) c - (2L-2)) the
    largest overshoot c a lands at f(f(a)) = -a c E(c) ((2L-1) c - (2L-2)) / L, and E rises with c.
    """,
    given=[L >= 2],
    claims={
        "power": when(a**L == power(c), *at[:2]),
        "crest": when(gamma * a ** (L - 2) * bend(a) == L, *at),
        "value": when(f(f(a)) == -a * c * excess(c) * denominator(c) / L, *at),
        "excess-rises": when(excess(b) < excess(c), b >= 1, b < c),
        "gamma-rises": when(largest(b) < largest(c), b >= 1, b < c),
    },
    proof=[
        # what is left after the largest overshoot
        link("rise", *given(rise)),
        link("image of the crest", combination({"rise": a / d}), f(a) == a * c, [steepness, rise]),
        link(
            "return",
            calculation(),
            f(a * c) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness],
        ),
        link(
            "return of v",
            combination({"return": 1}),
            f(v) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness, v == a * c],
        ),
        link(
            "return of the image",
            instance("return of v", {v: f(a)}, using=["image of the crest"]),
            f(f(a)) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness, rise],
        ),
        link("positive power", calculation(), power(c) > 0, [c >= 1]),
        link("power", calculation("positive power")),
        link(
            "bend of the crest",
            combination({"power": 2 * L - 1}),
            bend(a) == L / denominator(c),
            at[:2],
        ),
        link(
            "lower power of the crest",
            calculation("positive power"),
            a ** (L - 2) == power(c) ** (1 - 2 / L),
            at[:2],
        ),
        link(
            "steep there",
            calculation("positive power"),
            gamma * a ** (L - 2) * (L / denominator(c)) == L,
            at,
        ),
        link("crest", combination({"bend of the crest": gamma * a ** (L - 2), "steep there": 1})),
        link(
            "rise there",
            combination({"power": -1}),
            (c - 1) * (L / denominator(c)) == 1 - a**L,
            at,
        ),
        link(
            "value there",
            instance(
                "return of the image", {d: L / denominator(c)}, using=["rise there", "steep there"]
            ),
            f(f(a)) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / (L / denominator(c))),
            at,
        ),
        link(
            "value",
            combination(
                {
                    "value there": 1,
                    "power": -a * c * c ** (2 * L - 2) * denominator(c) / L,
                }
            ),
        ),
        # it grows with the overshoot
        link("further", *given(c >= b)),
        link("base of products", calculation(), b**L * power(b) >= b**L * power(b), [b >= 1]),
        link("products rise", calculation(), rising >= 0, [b >= 1, c >= b]),
        link(
            "products",
            growth("base of products", "products rise", c, b),
            c**L * power(c) >= b**L * power(b),
            [b >= 1, c >= b],
        ),
        link(
            "products from one", calculation(of("products", {b: 1})), c**L * power(c) >= 1, [c >= 1]
        ),
        link(
            "lower powers of c",
            Cases(L == 2, calculation(), increasing("further", y ** (L - 2))),
            c ** (L - 2) >= b ** (L - 2),
            [c >= b],
        ),
        link(
            "denominators", calculation(), L / denominator(b) > L / denominator(c), [b >= 1, b < c]
        ),
        link(
            "excess-rises",
            combination(
                {
                    "lower powers of c": c**L * power(c) - 1,
                    "products": b ** (L - 2),
                    "denominators": 1,
                },
                using=["products from one"],
            ),
        ),
        link("positive power of b", instance("positive power", {c: b}), power(b) > 0, [b >= 1]),
        link("powers fall", calculation(), power(c) <= power(b), [b >= 1, b < c]),
        link(
            "their powers fall",
            Cases(
                L == 2,
                calculation("positive power", "positive power of b"),
                increasing("powers fall", y ** (1 - 2 / L)),
            ),
            power(c) ** (1 - 2 / L) <= power(b) ** (1 - 2 / L),
            [b >= 1, b < c],
        ),
        link(
            "gamma-rises",
            combination(
                {
                    "their powers fall": denominator(b)
                    / (power(b) ** (1 - 2 / L) * power(c) ** (1 - 2 / L))
                },
                using=["positive power", "positive power of b"],
            ),
        ),
    ],
    false_neighbours=[
        when(excess(c) < excess(b), L >= 2, b >= 1, b < c),
        when(largest(c) < largest(b), L >= 2, b >= 1, b < c),
        when(f(f(a)) == a * c * excess(c) * denominator(c) / L, L >= 2, *at),
        when(a**L == power(c) ** 2, L >= 2, *at[:2]),
        when(excess(c) < 0, L >= 2, c > 1),
    ],
)
