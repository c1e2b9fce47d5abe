"""Global minima of matrices as flat as the balanced one share sigma equally among the pathways."""

from proofs.matrices.global_flatness import any_pair, by_norms, sizes
from proofs.matrices.gradient_bound import above, at, below, h, l, norms, path, slopes
from proofs.sharpness import flatness_means as means
from proofs.sharpness.flatness_means import bound, mean, over, size
from verifier.reasons import (
    calculation,
    combination,
    contraposition,
    hypothesis,
    instance,
    of,
    summation,
    summation_strict_at,
)
from verifier.statements.substitution import function, substitute
from verifier.statements.vocabulary import H, L, Sum, between, integer, sigma, sqrt
from verifier.theorem import Theorem, link, when

n, m, j = map(integer, "n m j".split())


def under(place):
    """|x_l|^2 in pathway n."""
    return substitute(below(place), {h: n})


def over_it(place):
    """|y_l|^2 in pathway n."""
    return substitute(above(place), {h: n})


def slope(place):
    """The squared slope of a layer of pathway n."""
    return under(place - 1) * over_it(place)


share, steps = (substitute(term, {h: n}) for term in (path, norms))
pathway, two = between(1, n, H), (*between(1, j, L), *between(1, m, L))
steep = steps > L * size(share)
flat = at <= bound
as_flat = (*pathway, *any_pair, flat)
deep = (L >= 3, *as_flat)
carried = {means.c: function((h,), path)}
sides = {symbol: substitute(term, {h: n}) for symbol, term in by_norms.items()}
by_sides = Sum(sqrt(under(l - 1)) ** 2 * sqrt(over_it(l)) ** 2, (l, 1, L))

theorem = Theorem(
    label="flat-shares",
    title="Minima of matrices as flat as the balanced one share equally",
    source="O; global-flatness in mathematics.md",
    why="""
    Let the sharpness be no more than the bound of global-flatness for the unit vectors u and v.
    Then every inequality on the way to the bound is an equality. No pathway carries less than zero
    from v to u and, from L = 3 on, every pathway carries sigma/H, as the means over the pathways
    are strict (flatness-means). The squared slopes |y_l|^2 |x_(l-1)|^2 of the layers of a pathway
    are equal, as the mean over the layers is strict.
    """,
    given=[*pathway, *any_pair],
    claims={
        "shares": when(share == mean, L >= 3, flat),
        "signs": when(share >= 0, L >= 2, flat),
        "steep": when(at > bound, steep),
        "pathway": when(steps <= L * size(share), flat),
        "slopes": when(slope(j) == slope(m), flat, *two),
    },
    proof=[
        link("pathways", summation("global-flatness/pathway", h), slopes >= sizes),
        link("whole", calculation("gradient-bound/output"), over(path) == sigma),
        link("some slope", calculation("global-flatness/slopes"), slopes > 0),
        link("gradient", instance("gradient-bound/sharpness", {}, ["some slope"]), at >= slopes),
        # --- the shares
        link(
            "unequal sizes",
            instance(
                "flatness-means/unequal-share",
                {means.c: function((h,), path), means.i: n},
                ["whole"],
            ),
            sizes > bound,
            [L >= 3, share != mean],
        ),
        link(
            "unequal share",
            combination({"gradient": 1, "pathways": 1, "unequal sizes": 1}),
            at > bound,
            [L >= 3, share != mean],
        ),
        link("shares", contraposition("unequal share")),
        link(
            "sizes with a negative share",
            instance("flatness-means/negative-share", {**carried, means.i: n}, ["whole"]),
            sizes > bound,
            [L >= 2, share < 0],
        ),
        link(
            "negative share",
            combination({"gradient": 1, "pathways": 1, "sizes with a negative share": 1}),
            at > bound,
            [L >= 2, share < 0],
        ),
        link("signs", contraposition("negative share")),
        # --- a pathway that is steeper than its share asks for
        link(
            "sizes",
            instance("flatness-means/pathways", {means.c: function((h,), path)}, ["whole"]),
            sizes >= bound,
        ),
        link("one pathway", hypothesis(), steep, [steep]),
        link(
            "steeper slopes",
            summation_strict_at("global-flatness/pathway", h, n, "one pathway"),
            slopes > sizes,
            [steep],
        ),
        link(
            "steep",
            combination({"gradient": 1, "steeper slopes": 1, "sizes": 1}),
            at > bound,
            [steep],
        ),
        link("pathway", contraposition("steep"), steps <= L * size(share), [flat]),
        # --- the slopes of a pathway
        link(
            "cuts",
            calculation(of("gradient-bound/cuts", {h: n})),
            means.cuts(sqrt(under(l)) ** 2 * sqrt(over_it(l)) ** 2) >= means.cuts(share**2),
        ),
        link("below all", calculation(), sqrt(under(0)) == 1),
        link("above all", calculation(), sqrt(over_it(L)) == 1),
        link(
            "unequal slopes by norms",
            instance(
                "flatness-means/unequal-slopes",
                {**sides, means.j: j, means.m: m},
                ["cuts", "below all", "above all"],
            ),
            by_sides > L * size(share),
            [*two, slope(j) != slope(m)],
        ),
        link(
            "unequal slopes",
            calculation("unequal slopes by norms"),
            steep,
            [*two, slope(j) != slope(m)],
        ),
        link(
            "unequal slopes are sharper",
            instance("steep", {}, ["unequal slopes"]),
            at > bound,
            [*two, slope(j) != slope(m)],
        ),
        link("slopes", contraposition("unequal slopes are sharper")),
    ],
    false_neighbours=[
        when(share == mean, L == 2, H == 2, *as_flat),
        when(share == mean, L >= 3, *pathway, *any_pair),
        when(share > 0, L == 2, H == 2, *as_flat),
        when(at >= 2 * bound, *pathway, *any_pair, steep),
        when(slope(j) == slope(m), *pathway, *any_pair, *two),
        when(slope(j) == 1, *as_flat, *two),
    ],
)
