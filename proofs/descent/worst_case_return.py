"""How large a step of gradient descent may be if every overshoot is to be back one step later."""

from fractions import Fraction

from proofs.descent.largest_overshoot import at, c, denominator, excess, largest, power
from proofs.descent.overshoots import a, b, crest, f, gamma, given, y
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    increasing,
    instance,
    intermediate_value,
)
from verifier.statements.vocabulary import L, log, rational, root
from verifier.theorem import Check, Disproved, Theorem, link, when

threshold = root(excess(y), (y, 1, 2))
critical = (c == threshold, gamma == largest(c))


def at_threshold(general, claim, wanted):
    """What holds of every gamma with which the crest lands on 0 holds of the threshold."""
    lands = f(f(a)) == 0
    return [
        link(
            f"{general}, solved",
            Cases(
                crest[1],
                Cases(
                    lands,
                    instance(f"overshoots-return/{general}", {}, using=["crest inside"]),
                    contraposition("zero"),
                ),
                contraposition("largest-overshoot/crest"),
            ),
            wanted,
            [*at, excess(c) == 0],
        ),
        link(
            claim,
            Cases(
                excess(c) == 0,
                instance(f"{general}, solved", {a: power(c) ** (1 / L)}, using=["c above 1"]),
                contraposition("zero of c"),
            ),
        ),
    ]


def thresholds():
    """Just below the enclosed threshold the crest's overshoot returns; just above it does not."""
    from verifier.closed_forms.return_threshold import return_threshold

    for number in DEPTHS:
        found = return_threshold(number, 30)
        place, gamma = Fraction(found.start), Fraction(found.gamma)
        for side in (-1, 1):
            moved = gamma * (1 + side * Fraction(1, 10**20))
            value = place
            for _ in range(2):
                value += moved / number * value ** (number - 1) * (1 - value**number)
            if (value > 0) is not (side < 0):
                raise Disproved(f"L = {number}, gamma = {float(moved)}: {float(value)}")
    return 2 * len(DEPTHS)


DEPTHS = (2, 3, 4, 5, 7, 12, 20, 33)

theorem = Theorem(
    label="worst-case-return",
    title="The threshold at which overshoots no longer return",
    source="P; worst-case-return in mathematics.md",
    why="""
    All overshoots of a single pathway are back one step later if and only if the largest one is
    (overshoots); for the quotient c = f(a)/a of the largest overshoot and the place it is made
    from, f(f(a)) has the sign of -E(c) (largest-overshoot). E rises with c, from -L at c = 1 to a
    positive value at c = 2. So E has one zero there, and the gamma of that zero is the threshold,
    as gamma rises with c: below it every overshoot is back in (0, 1); at it the largest one lands
    on 0, so that no largest gamma is safe, but a least upper bound exists. It is more than 2, and
    more than 1 + log(L)/2, because up to there all overshoots return (overshoots-return). At L = 1
    the largest overshoot is made from no place in (0, 1), and the threshold would be 2.
    """,
    given=[L >= 2],
    claims={
        "exists": excess(threshold) == 0,
        "above-one": threshold > 1,
        "below-two": threshold < 2,
        "safe-below": when(f(f(a)) > 0, *at, b == threshold, c < b),
        "unsafe-above": when(f(f(a)) < 0, *at, b == threshold, b < c),
        "more-than-two": when(gamma > 2, *critical),
        "at-least-log": when(gamma > 1 + log(L) / 2, *critical),
    },
    proof=[
        link("two", Cases(L == 2, calculation(), calculation()), rational(2) ** (L - 2) >= 1),
        link(
            "sign at two",
            combination({"two": 2 * rational(2) ** (L - 2) + 1}),
            excess(rational(2)) > 0,
        ),
        link("exists", intermediate_value(threshold, "sign at two")),
        link("above-one", intermediate_value(threshold, "sign at two")),
        link("below-two", intermediate_value(threshold, "sign at two")),
        link("c above 1", calculation("above-one"), c > 1, critical[:1]),
        link("zero of c", combination({"exists": 1}), excess(c) == 0, critical[:1]),
        link("b above 1", instance("c above 1", {c: b}), b > 1, [b == threshold]),
        link("zero of b", instance("zero of c", {c: b}), excess(b) == 0, [b == threshold]),
        link(
            "less excess",
            instance("largest-overshoot/excess-rises", {b: c, c: b}),
            excess(c) < excess(b),
            [c > 1, c < b],
        ),
        link(
            "no excess below",
            combination({"less excess": 1, "zero of b": -1}),
            excess(c) < 0,
            [c > 1, c < b, b == threshold],
        ),
        link(
            "safe-below",
            combination(
                {"largest-overshoot/value": 1, "no excess below": a * c * denominator(c) / L}
            ),
        ),
        link(
            "more excess",
            instance("largest-overshoot/excess-rises", {}, using=["b above 1"]),
            excess(b) < excess(c),
            [b < c, b == threshold],
        ),
        link(
            "excess above",
            combination({"more excess": 1, "zero of b": 1}),
            excess(c) > 0,
            [b < c, b == threshold],
        ),
        link(
            "unsafe-above",
            combination(
                {"largest-overshoot/value": -1, "excess above": a * c * denominator(c) / L}
            ),
        ),
        link("no excess", *given(excess(c) == 0)),
        link(
            "zero",
            combination({"largest-overshoot/value": 1, "no excess": -a * c * denominator(c) / L}),
            f(f(a)) == 0,
            [*at, excess(c) == 0],
        ),
        link("power below 1", calculation(), power(c) < 1, [c > 1]),
        link(
            "crest below 1",
            combination({"largest-overshoot/power": -1, "power below 1": 1}),
            a**L < 1,
            at[:2],
        ),
        link("crest inside", increasing("crest below 1", y**L), a < 1, at[:2]),
        *at_threshold("beyond-two", "more-than-two", gamma > 2),
        *at_threshold("beyond-log", "at-least-log", gamma > 1 + log(L) / 2),
    ],
    false_neighbours=[
        when(c > rational(3, 2), L >= 2, c == threshold),
        when(largest(c) > 4, L >= 2, c == threshold),
        when(f(f(a)) > 0, L >= 2, *at),
        when(f(f(a)) < 0, L >= 2, *at),
        when(excess(root(excess(y), (y, 1, rational(5, 4)))) == 0, L >= 2),
    ],
    checks=[Check("depths: f at fractions beside the threshold returns, or does not", thresholds)],
)
