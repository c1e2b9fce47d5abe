"""Pathways of unequal depths: the flattest split gives all of them one marginal sharpness."""

from fractions import Fraction
from itertools import permutations

from proofs.sharpness.mode_sharpness import depth
from verifier.reasons import (
    am_gm,
    calculation,
    combination,
    contraposition,
    increasing,
    instance,
    of,
    summation,
    summation_strict_at,
)
from verifier.statements.substitution import function
from verifier.statements.terms import Domain, Symbol
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    Sum,
    between,
    family,
    integer,
    positive,
    real,
    sharpness,
    sigma,
    split,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

s = family("s", NONNEGATIVE)
DEEP = Domain(integer=True, lower=3)
deep = family("L", DEEP)
t, v, m = family("t"), family("v"), real("m")
h, i = integer("h"), integer("i")
mu = positive("mu")
x, u, c, y = Symbol("x", NONNEGATIVE), Symbol("u", NONNEGATIVE), positive("c"), positive("y")
A = Symbol("A", DEEP)
q = 2 - 2 / A


def power(h):
    """The exponent of the share of pathway h in the sharpness."""
    return 2 - 2 / deep[h]


def best(h, mu=mu):
    """The share at which the marginal sharpness of pathway h is 2 mu."""
    return (mu / (deep[h] - 1)) ** (deep[h] / (deep[h] - 2))


def marginal(share, h):
    """Half the derivative of the sharpness by the share of pathway h."""
    return (deep[h] - 1) * share ** (1 - 2 / deep[h])


def curvature(share, h):
    """What pathway h adds to the sharpness."""
    return deep[h] * share ** power(h)


def over(term):
    """The sum of a term over the pathways."""
    return Sum(term, (h, 1, H))


def tangent(h):
    """The tangent of the same at the best share."""
    return curvature(best(h), h) + 2 * mu * (s[h] - best(h))


optimum, equal = function((h,), best(h)), function((h,), sigma / H)
at, at_best = sharpness(split(s), L=deep), sharpness(split(optimum), L=deep)
place = between(1, i, H)
split_of = (over(s[h]) == sigma, over(best(h)) == sigma)


def moved_shares():
    """Move a tenth of a share to another pathway; the sharpness by definition, at 50 digits."""
    from verifier.closed_forms.optimum import optimal_split
    from verifier.networks.numeric import sharpness

    count = 0
    for depths in (3, 5), (5, 3, 3), (3, 4, 7), (6, 6):
        for target in (Fraction(1, 100), Fraction(1), Fraction(50)):
            shares = optimal_split(depths, target).shares
            least = sharpness(depths, shares, target)
            for giver, taker in permutations(range(len(depths)), 2):
                moved = list(shares)
                moved[giver] -= shares[giver] / 10
                moved[taker] += shares[giver] / 10
                if not sharpness(depths, moved, target) > least * (1 + Fraction(1, 10**6)):
                    raise Disproved(f"depths {depths}, target {target}: {giver + 1} to {taker + 1}")
                count += 1
    return count


theorem = Theorem(
    label="unequal-depth-optimum",
    title="The flattest split among pathways of unequal depths",
    source="P, O; unequal-depth-optimum in mathematics.md",
    why="""
    All depths L_h are at least 3. By mode-sharpness the sharpness is the sum of
    L_h s_h^(2 - 2/L_h), whose derivative by s_h is 2 (L_h - 1) s_h^(1 - 2/L_h). These agree, and
    are 2 mu, where s_h is (mu/(L_h - 1))^(L_h/(L_h - 2)). Every summand lies above its tangent
    there, and strictly so off the point of contact; the tangents have the common slope 2 mu, so
    that in their sum the shares enter through their total alone, which is given. Hence this split
    is the only flattest one, and a split that is as flat satisfies the condition. The summand is
    L_h/(L_h - 1) times mu s_h there, which is between once and one and a half times as much.

    A pathway of depth 2 adds 2 s_h, the line with the slope 2: beside it mu is at most 1, and it
    takes what the others leave at mu = 1, or nothing if they take all at an mu <= 1. A pathway of
    depth 1 adds 1 whatever it carries: it takes everything.
    """,
    claims={
        "lagrange": marginal(best(h), h) == mu,
        "share": when(x == (mu / (A - 1)) ** (A / (A - 2)), (A - 1) * x ** (1 - 2 / A) == mu),
        "minimum": when(at >= at_best, *split_of),
        "unique": when(at > at_best, *split_of, *place, s[i] != best(i)),
        "necessary": when(marginal(s[i], i) == mu, *split_of, *place, at <= at_best),
        "value": when(at_best == mu * over(deep[h] / (deep[h] - 1) * best(h)), split_of[1]),
        "more-than": when(at_best > mu * sigma, split_of[1]),
        "at-most": when(at_best <= 3 * mu * sigma / 2, split_of[1]),
        "equal-depths": when(
            sigma / H == (mu / (A - 1)) ** (A / (A - 2)),
            (A - 1) * (sigma / H) ** (1 - 2 / A) == mu,
        ),
        "depth-two-is-linear": when(
            depth[i] * s[i] ** (2 - 2 / depth[i]) == 2 * s[i], depth[i] == 2
        ),
        "depth-one-is-constant": when(depth[i] * s[i] ** (2 - 2 / depth[i]) == 1, depth[i] == 1),
        "beside-depth-two": when(
            2 * u + over(curvature(s[h], h))
            >= 2 * (sigma - over(best(h, 1))) + over(curvature(best(h, 1), h)),
            u + over(s[h]) == sigma,
        ),
        "depth-two-silent": when(
            2 * u + over(curvature(s[h], h)) >= over(curvature(best(h), h)),
            u + over(s[h]) == sigma,
            split_of[1],
            mu <= 1,
        ),
    },
    proof=[
        link("lagrange", calculation()),
        link(
            "tangent of a power",
            am_gm({x**q: 1, c**q: q - 1}),
            x**q >= c**q + q * c ** (q - 1) * (x - c),
        ),
        link(
            "slope",
            calculation(),
            deep[h] * power(h) * best(h) ** (power(h) - 1) == 2 * mu,
        ),
        link(
            "slope at i",
            instance("slope", {h: i}),
            deep[i] * power(i) * best(i) ** (power(i) - 1) == 2 * mu,
        ),
        link(
            "tangent of the share",
            instance("tangent of a power", {x: s[h], c: best(h), A: deep[h]}),
            s[h] ** power(h)
            >= best(h) ** power(h) + power(h) * best(h) ** (power(h) - 1) * (s[h] - best(h)),
        ),
        link(
            "tangent",
            combination({"tangent of the share": deep[h], "slope": s[h] - best(h)}),
            curvature(s[h], h) >= tangent(h),
        ),
        link("tangents", summation("tangent", h), over(curvature(s[h], h)) >= over(tangent(h))),
        link(
            "linear",
            calculation(),
            over(v[h] + m * (s[h] - t[h])) == over(v[h]) + m * (over(s[h]) - over(t[h])),
        ),
        link(
            "tangents added",
            instance("linear", {v: function((h,), curvature(best(h), h)), m: 2 * mu, t: optimum}),
            over(tangent(h)) == over(curvature(best(h), h)) + 2 * mu * (over(s[h]) - over(best(h))),
        ),
        link(
            "at",
            instance("mode-sharpness/unequal-depth", {depth: deep}),
            at == over(curvature(s[h], h)),
            split_of,
        ),
        link(
            "at best",
            instance("mode-sharpness/unequal-depth", {depth: deep, s: optimum}),
            at_best == over(curvature(best(h), h)),
            [split_of[1]],
        ),
        link(
            "sums",
            combination({"tangents": 1, "tangents added": 1}),
            over(curvature(s[h], h)) >= over(curvature(best(h), h)),
            split_of,
        ),
        link("minimum", calculation("sums", "at", "at best")),
        link(
            "off the tangent of a power",
            am_gm({x**q: 1, c**q: q - 1}, distinct=(0, 1)),
            x**q > c**q + q * c ** (q - 1) * (x - c),
            [x != c],
        ),
        link(
            "off the tangent of the share",
            instance("off the tangent of a power", {x: s[i], c: best(i), A: deep[i]}),
            s[i] ** power(i)
            > best(i) ** power(i) + power(i) * best(i) ** (power(i) - 1) * (s[i] - best(i)),
            [s[i] != best(i)],
        ),
        link(
            "off the tangent",
            combination({"off the tangent of the share": deep[i], "slope at i": s[i] - best(i)}),
            curvature(s[i], i) > tangent(i),
            [s[i] != best(i)],
        ),
        link(
            "tangents, one strict",
            summation_strict_at("tangent", h, i, "off the tangent"),
            over(curvature(s[h], h)) > over(tangent(h)),
            [*place, s[i] != best(i)],
        ),
        link(
            "strict sums",
            combination({"tangents, one strict": 1, "tangents added": 1}),
            over(curvature(s[h], h)) > over(curvature(best(h), h)),
            [*split_of, *place, s[i] != best(i)],
        ),
        link("unique", calculation("strict sums", "at", "at best")),
        link(
            "no other share",
            contraposition("unique"),
            s[i] == best(i),
            [*split_of, *place, at <= at_best],
        ),
        link("lagrange at i", instance("lagrange", {h: i}), marginal(best(i), i) == mu),
        link("necessary", calculation("no other share", "lagrange at i")),
        link(
            "power of the share",
            calculation(),
            x ** (1 - 2 / A) == mu / (A - 1),
            [(A - 1) * x ** (1 - 2 / A) == mu],
        ),
        link("share", increasing("power of the share", y ** (A / (A - 2)))),
        link(
            "value of a share",
            calculation("lagrange"),
            curvature(best(h), h) == mu * (deep[h] / (deep[h] - 1) * best(h)),
        ),
        link(
            "values",
            summation("value of a share", h),
            over(curvature(best(h), h)) == over(mu * (deep[h] / (deep[h] - 1) * best(h))),
        ),
        link("factor", calculation(), over(m * v[h]) == m * over(v[h])),
        link(
            "factored",
            instance("factor", {m: mu, v: function((h,), deep[h] / (deep[h] - 1) * best(h))}),
            over(mu * (deep[h] / (deep[h] - 1) * best(h)))
            == mu * over(deep[h] / (deep[h] - 1) * best(h)),
        ),
        link("value", calculation("at best", "values", "factored")),
        link(
            "sum of the shares",
            instance("factor", {m: mu, v: optimum}),
            over(mu * best(h)) == mu * over(best(h)),
        ),
        link("more than 1", calculation(), y < A / (A - 1) * y),
        link("at most half more", calculation(), A / (A - 1) * y <= y * 3 / 2),
        link(
            "more than a share",
            instance("more than 1", {y: best(h), A: deep[h]}),
            best(h) < deep[h] / (deep[h] - 1) * best(h),
        ),
        link(
            "at most half more of a share",
            instance("at most half more", {y: best(h), A: deep[h]}),
            deep[h] / (deep[h] - 1) * best(h) <= best(h) * 3 / 2,
        ),
        link(
            "more than the shares",
            summation("more than a share", h),
            over(best(h)) < over(deep[h] / (deep[h] - 1) * best(h)),
        ),
        link(
            "at most half more of the shares",
            summation("at most half more of a share", h),
            over(deep[h] / (deep[h] - 1) * best(h)) <= over(best(h) * 3 / 2),
        ),
        link("more-than", combination({"value": 1, "more than the shares": mu})),
        link("at-most", combination({"value": 1, "at most half more of the shares": mu})),
        link("equal-depths", instance("share", {x: sigma / H})),
        link("depth-two-is-linear", calculation()),
        link("depth-one-is-constant", calculation()),
        link(
            "tangents in all",
            combination({"tangents": 1, "tangents added": 1}),
            over(curvature(s[h], h))
            >= over(curvature(best(h), h)) + 2 * mu * (over(s[h]) - over(best(h))),
        ),
        link(
            "tangents added at 1",
            calculation(of("tangents in all", {mu: 1})),
            over(curvature(s[h], h))
            >= over(curvature(best(h, 1), h)) + 2 * (over(s[h]) - over(best(h, 1))),
        ),
        link("beside-depth-two", combination({"tangents added at 1": 1})),
        link("depth-two-silent", combination({"tangents in all": 1})),
    ],
    false_neighbours=[
        when(at > at_best, *split_of),
        when(at >= sharpness(split(equal), L=deep), split_of[0]),
        when(marginal(s[i], i) == mu, *split_of, *place),
        when(x == (mu / A) ** (A / (A - 2)), (A - 1) * x ** (1 - 2 / A) == mu),
        when(x == (mu / (A - 1)) ** (A / (A - 1)), (A - 1) * x ** (1 - 2 / A) == mu),
        when(at_best == mu * sigma, split_of[1]),
        when(at_best == 3 * mu * sigma / 2, split_of[1]),
        when(
            2 * u + over(curvature(s[h], h)) >= over(curvature(best(h), h)),
            u + over(s[h]) == sigma,
            split_of[1],
        ),
    ],
    checks=[Check("moves of a share away from the optimum: each is sharper", moved_shares)],
)
