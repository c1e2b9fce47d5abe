"""The flattest split exists for all depths from 3 on: its multiplier is the root of a sum."""

from fractions import Fraction

from proofs.sharpness.unequal_depth_optimum import A, best, deep, mu, over, s
from proofs.sharpness.unequal_depth_optimum import x as share
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    increasing,
    instance,
    intermediate_value,
    of,
    splitting,
    summation,
)
from verifier.statements.substitution import function, substitute
from verifier.statements.vocabulary import (
    H,
    Iverson,
    Sum,
    between,
    integer,
    positive,
    rational,
    real,
    root,
    sharpness,
    sigma,
    split,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

h = integer("h")
x = real("x")
power = sigma ** (1 - 2 / deep[1])
last = (deep[1] - 1) * power
first = sigma / (sigma + H)
multiplier = root(over(best(h, x)) - sigma, (x, first, last))
at, at_best = sharpness(split(s), L=deep), sharpness(split(function((h,), best(h))), L=deep)
whole = over(s[h]) == sigma
y, z = positive("y"), positive("z")

signs = ("enough", "too little", "in order")
three_and_five = function((h,), 3 + 2 * Iverson(h == 2))
at_one = {H: rational(2), sigma: rational(1), deep: three_and_five}
found = root((x / 2) ** 3 + (x / 4) ** rational(5, 3) - 1, (x, 1, 2))
given_two = substitute(whole, at_one)
any_two, best_two = substitute(at, at_one), substitute(at_best, at_one)


def value(mu):
    """The sharpness of two pathways of depths 3 and 5 at the shares of a multiplier."""
    return mu * (3 * (mu / 2) ** 3 / 2 + 5 * (mu / 4) ** rational(5, 3) / 4)


def digits_agree():
    """Compare the shares with a bisection for the multiplier in mpmath."""
    from mpmath import MPContext

    from verifier.closed_forms.optimum import optimal_split

    mp = MPContext()
    mp.dps, count = 60, 0

    def taken(mu, depth):
        return (mu / (depth - 1)) ** (mp.mpf(depth) / (depth - 2))

    for depths in (3, 5), (3, 4, 7), (6, 6), (9, 3, 3, 50):
        for target in (Fraction(1, 1000), Fraction(1), Fraction(77, 3)):
            low, high = (
                mp.mpf(0),
                (depths[0] - 1) * mp.convert(target) ** (1 - mp.mpf(2) / depths[0]),
            )
            for _ in range(220):
                mu = (low + high) / 2
                less = sum(taken(mu, depth) for depth in depths) < mp.convert(target)
                low, high = (mu, high) if less else (low, mu)
            for depth, carried in zip(
                depths, optimal_split(depths, target, 50).shares, strict=True
            ):
                if abs(taken(low, depth) / mp.convert(carried) - 1) > mp.mpf(10) ** -48:
                    raise Disproved(f"depths {depths}, target {target}")
                count += 1
    return count


theorem = Theorem(
    label="optimal-split-exists",
    title="The flattest split exists, and is computed from one root",
    source="P, O; unequal-depth-optimum in mathematics.md",
    why="""
    The shares (mu/(L_h - 1))^(L_h/(L_h - 2)) of unequal-depth-optimum increase with mu. They are at
    most mu/2 for mu <= 1, so that their sum is too small at sigma/(sigma + H); where mu is
    (L_1 - 1) sigma^(1 - 2/L_1) the first of them alone is sigma. Their sum is continuous, so it is
    sigma somewhere in between (exists), and nowhere else. For two pathways of depths 3 and 5 and
    the target 1 the least sharpness is 2.5871..., where the pathway of depth 3 carries 0.7346... of
    the target.
    """,
    claims={
        "positive": multiplier > 0,
        "minimum": when(at >= at_best, whole, mu == multiplier),
        "one-multiplier": when(y == z, over(best(h, y)) == sigma, over(best(h, z)) == sigma),
        "three-and-five": when(any_two >= best_two, given_two, mu == found),
        "share-above": when((mu / 2) ** 3 > rational(7346, 10000), mu == found),
        "share-below": when((mu / 2) ** 3 < rational(7347, 10000), mu == found),
        "sharpness-above": when(best_two > rational(25871, 10000), mu == found),
        "sharpness-below": when(best_two < rational(25872, 10000), mu == found),
    },
    proof=[
        link(
            "first apart",
            splitting(1),
            over(best(h, last)) == Sum(best(h, last), (h, 1, 1)) + Sum(best(h, last), (h, 2, H)),
        ),
        link(
            "own share",
            instance("unequal-depth-optimum/share", {share: sigma, A: deep[1], mu: last}),
            sigma == best(1, last),
        ),
        link(
            "enough", combination({"first apart": 1, "own share": -1}), over(best(h, last)) >= sigma
        ),
        link("a share", calculation(), best(h, y) <= y / (deep[h] - 1), [y <= 1]),
        link("half", calculation(), y / (deep[h] - 1) <= y / 2),
        link(
            "at most half",
            combination({"a share": 1, "half": 1}),
            best(h, y) <= y / 2,
            [y <= 1],
        ),
        link("halves", summation("at most half", h), over(best(h, y)) <= over(y / 2), [y <= 1]),
        link(
            "halves at first",
            instance("halves", {y: first}),
            over(best(h, first)) <= over(first / 2),
        ),
        link("sum of the halves", calculation(), over(first / 2) < sigma),
        link(
            "too little",
            combination({"halves at first": 1, "sum of the halves": 1}),
            over(best(h, first)) < sigma,
        ),
        link("below 1", calculation(), first <= 1),
        link("below sigma", calculation(), first <= sigma),
        link("at least 1", calculation(), power >= 1, [sigma >= 1]),
        link("at least sigma", calculation(), power >= sigma, [sigma <= 1]),
        link("last above 1", combination({"at least 1": deep[1] - 1}), last >= 1, [sigma >= 1]),
        link(
            "last above sigma",
            combination({"at least sigma": deep[1] - 1}),
            last >= sigma,
            [sigma <= 1],
        ),
        link(
            "in order",
            Cases(
                sigma >= 1,
                combination({"below 1": 1, "last above 1": 1}),
                combination({"below sigma": 1, "last above sigma": 1}),
            ),
            first <= last,
        ),
        link(
            "zero",
            intermediate_value(multiplier, *signs),
            over(best(h, multiplier)) - sigma == 0,
        ),
        link("exists", calculation("zero", *signs), over(best(h, multiplier)) == sigma),
        link("after the start", intermediate_value(multiplier, *signs), first < multiplier),
        link("positive", calculation("after the start", *signs)),
        link("its shares", calculation("exists"), over(best(h)) == sigma, [mu == multiplier]),
        link("minimum", instance("unequal-depth-optimum/minimum", {}, ["its shares"])),
        link("quotients", calculation(), y / (deep[h] - 1) < z / (deep[h] - 1), [y < z]),
        link(
            "members",
            increasing("quotients", share ** (deep[h] / (deep[h] - 2))),
            best(h, y) < best(h, z),
            [y < z],
        ),
        link("sums", summation("members", h), over(best(h, y)) < over(best(h, z)), [y < z]),
        link(
            "less",
            calculation("sums"),
            over(best(h, y)) != sigma,
            [y < z, over(best(h, z)) == sigma],
        ),
        link(
            "more",
            calculation(of("sums", {y: z, z: y})),
            over(best(h, y)) != sigma,
            [y > z, over(best(h, z)) == sigma],
        ),
        link(
            "no other",
            Cases(y < z, calculation("less"), calculation("more")),
            over(best(h, y)) != sigma,
            [y != z, over(best(h, z)) == sigma],
        ),
        link("one-multiplier", contraposition("no other")),
        link(
            "found",
            intermediate_value(found),
            (found / 2) ** 3 + (found / 4) ** rational(5, 3) - 1 == 0,
        ),
        link(
            "two shares",
            combination({"found": 1}),
            substitute(over(best(h)) == sigma, at_one),
            [mu == found],
        ),
        link(
            "three-and-five",
            instance("unequal-depth-optimum/minimum", at_one, ["two shares"]),
        ),
        link("share, from below", calculation(), (found / 2) ** 3 > rational(7346, 10000)),
        link("share, from above", calculation(), (found / 2) ** 3 < rational(7347, 10000)),
        link("share-above", calculation("share, from below")),
        link("share-below", calculation("share, from above")),
        link(
            "value",
            calculation(of("unequal-depth-optimum/value", at_one, ["two shares"])),
            best_two == value(mu),
            [mu == found],
        ),
        link("value, from below", calculation(), value(found) > rational(25871, 10000)),
        link("value, from above", calculation(), value(found) < rational(25872, 10000)),
        link("sharpness-above", calculation("value", "value, from below")),
        link("sharpness-below", calculation("value", "value, from above")),
    ],
    false_neighbours=[
        when(over(best(h, last)) == sigma, *between(1, h, H)),
        when(over(best(h, y)) == sigma, y <= last),
        when(y == z, over(best(h, y)) <= sigma, over(best(h, z)) <= sigma),
        when(y > found, y >= rational(9, 5)),
        when((found / 2) ** 3 < y, y >= rational(7, 10)),
        when(multiplier > last),
    ],
    checks=[Check("digits of optima: another enclosure of the root agrees", digits_agree)],
)
