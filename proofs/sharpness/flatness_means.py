"""The two means behind every bound on flatness: over the layers of a pathway, over the pathways."""

from verifier.reasons import (
    Cases,
    am_gm,
    am_gm_range,
    calculation,
    combination,
    hypothesis,
    increasing,
    instance,
    of,
    splitting,
    summation,
    summation_strict_at,
)
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    Abs,
    H,
    L,
    Product,
    Sum,
    between,
    family,
    integer,
    sigma,
)
from verifier.theorem import Theorem, link, when

p, r, c = family("p"), family("r"), family("c")
x, y, t, u, z = (Symbol(name, NONNEGATIVE) for name in "x y t u z".split())
h, i, l, j, m = map(integer, "h i l j m".split())  # noqa: E741

q = 2 - 2 / L
mean = sigma / H
bound = L * H ** (2 / L - 1) * sigma**q


def size(x):
    """The power 2 - 2/L of the absolute value."""
    return (x**2) ** (1 - 1 / L)


def tangent(x):
    """The tangent of x**q at the mean share."""
    return mean**q + q * mean ** (q - 1) * (x - mean)


def over(term):
    """The sum of a term over the pathways."""
    return Sum(term, (h, 1, H))


def layers(term):
    """The sum of a term over the layers."""
    return Sum(term, (l, 1, L))


def cuts(term):
    """The product of a term over the places between two layers."""
    return Product(term, (l, 1, L - 1))


ends = (p[0] == 1, r[L] == 1)
slope, cut = p[l - 1] ** 2 * r[l] ** 2, p[l] ** 2 * r[l] ** 2
all_below, all_above = Product(p[l - 1], (l, 1, L)), Product(r[l], (l, 1, L))
slopes, all_slopes = layers(slope), Product(slope, (l, 1, L))
least = L * x ** (1 - 1 / L)
no_less, more = cuts(cut) >= cuts(x), cuts(cut) > cuts(x)
other = p[j - 1] ** 2 * r[j] ** 2 != p[m - 1] ** 2 * r[m] ** 2
two = (*between(1, j, L), *between(1, m, L), other)
shares, place = over(c[h]) == sigma, between(1, i, H)
sizes = over(L * size(c[h]))
named = {y: slopes, u: all_slopes, t: cuts(cut), z: cuts(x)}
chained = [y >= L * u ** (1 / L), u == t, t >= z, z == x ** (L - 1)]
spread = [y > L * u ** (1 / L), *chained[1:]]
gained = [*chained[:2], t > z, chained[3]]

theorem = Theorem(
    label="flatness-means",
    title="Means over the layers of a pathway, and over the pathways",
    source="O; global-flatness in mathematics.md",
    why="""
    Let p_l and r_l be the sizes of what stands below and above the place between the layers l and
    l + 1, with nothing below the first and nothing above the last: p_0 = r_L = 1. The squared
    slope of layer l is p_(l-1)^2 r_l^2. These multiply to the product of p_l^2 r_l^2 over the L - 1
    places, so that their sum is at least L x^(1 - 1/L) where the product is at least x^(L-1), by
    the arithmetic and geometric means, and more if two slopes differ or the product is larger. The
    shares of the pathways sum to sigma, their absolute values to no less, and the power 2 - 2/L
    lies above its tangent at sigma/H: summed over the pathways it is at least H (sigma/H)^(2 -
    2/L), and more if a share is negative or, for L >= 3, another than sigma/H.
    """,
    claims={
        "layers": when(slopes >= least, *ends, no_less),
        "unequal-slopes": when(slopes > least, *ends, no_less, *two),
        "larger-product": when(slopes > least, *ends, more),
        "pathways": when(sizes >= bound, shares),
        "negative-share": when(sizes > bound, L >= 2, shares, *place, c[i] < 0),
        "unequal-share": when(sizes > bound, L >= 3, shares, *place, c[i] != mean),
    },
    proof=[
        # --- the layers of a pathway
        link(
            "first apart",
            splitting(1),
            all_below == Product(p[l - 1], (l, 1, 1)) * Product(p[l - 1], (l, 2, L)),
        ),
        link(
            "last apart",
            splitting(L - 1),
            all_above == cuts(r[l]) * Product(r[l], (l, L, L)),
        ),
        link(
            "telescope",
            combination(
                {
                    "first apart": (all_below + cuts(p[l])) * all_above**2,
                    "last apart": (all_above + cuts(r[l])) * cuts(p[l]) ** 2,
                }
            ),
            all_slopes == cuts(cut),
            ends,
        ),
        link("power", calculation(), cuts(x) == x ** (L - 1)),
        link(
            "means",
            am_gm_range(slope, (l, 1, L)),
            slopes >= L * all_slopes ** (1 / L),
        ),
        link(
            "means of unequal slopes",
            am_gm_range(slope, (l, 1, L), distinct=(j, m)),
            slopes > L * all_slopes ** (1 / L),
            two,
        ),
        link("at least a power", calculation(), u >= x ** (L - 1), chained[1:]),
        link(
            "at least a root",
            increasing("at least a power", y ** (1 / L)),
            u ** (1 / L) >= x ** (1 - 1 / L),
            chained[1:],
        ),
        link("at least a mean", hypothesis(), y >= L * u ** (1 / L), chained[:1]),
        link("more than a mean", hypothesis(), y > L * u ** (1 / L), spread[:1]),
        link(
            "chain",
            combination({"at least a mean": 1, "at least a root": L}),
            y >= least,
            chained,
        ),
        link(
            "strict mean",
            combination({"more than a mean": 1, "at least a root": L}),
            y > least,
            spread,
        ),
        link("more than a power", calculation(), u > x ** (L - 1), gained[1:]),
        link(
            "more than a root",
            increasing("more than a power", y ** (1 / L)),
            u ** (1 / L) > x ** (1 - 1 / L),
            gained[1:],
        ),
        link(
            "strict root",
            combination({"at least a mean": 1, "more than a root": L}),
            y > least,
            gained,
        ),
        link("layers", instance("chain", named, ["means", "telescope", "power"])),
        link(
            "unequal-slopes",
            instance("strict mean", named, ["means of unequal slopes", "telescope", "power"]),
        ),
        link("larger-product", instance("strict root", named, ["means", "telescope", "power"])),
        # --- the pathways
        link("tangent", am_gm({x**q: 1, mean**q: q - 1}), x**q >= tangent(x), [L >= 2]),
        link(
            "tangent of a share",
            calculation(of("tangent", {x: Abs(c[h])})),
            L * size(c[h]) >= L * tangent(Abs(c[h])),
            [L >= 2],
        ),
        link(
            "tangents",
            summation("tangent of a share", h),
            sizes >= over(L * tangent(Abs(c[h]))),
            [L >= 2],
        ),
        link("no less", Cases(c[h] >= 0, calculation(), calculation()), c[h] <= Abs(c[h])),
        link("absolute values", summation("no less", h), over(c[h]) <= over(Abs(c[h]))),
        link(
            "tangents added",
            calculation(),
            over(L * tangent(Abs(c[h])))
            == bound + L * q * mean ** (q - 1) * (over(Abs(c[h])) - sigma),
            [L >= 2],
        ),
        link(
            "deep pathways",
            combination(
                {"tangents": 1, "tangents added": 1, "absolute values": L * q * mean ** (q - 1)}
            ),
            sizes >= bound,
            [L >= 2, shares],
        ),
        link("pathways", Cases(L == 1, calculation(), calculation("deep pathways"))),
        link("less", calculation(), c[i] < Abs(c[i]), [c[i] < 0]),
        link(
            "absolute values, one strict",
            summation_strict_at("no less", h, i, "less"),
            over(c[h]) < over(Abs(c[h])),
            [*place, c[i] < 0],
        ),
        link(
            "negative-share",
            combination(
                {
                    "tangents": 1,
                    "tangents added": 1,
                    "absolute values, one strict": L * q * mean ** (q - 1),
                }
            ),
        ),
        link(
            "off the tangent",
            am_gm({x**q: 1, mean**q: q - 1}, distinct=(0, 1)),
            x**q > tangent(x),
            [L >= 3, x != mean],
        ),
        link(
            "off the tangent of a share",
            calculation(of("off the tangent", {x: c[i]})),
            L * size(c[i]) > L * tangent(Abs(c[i])),
            [L >= 3, c[i] >= 0, c[i] != mean],
        ),
        link(
            "tangents, one strict",
            summation_strict_at("tangent of a share", h, i, "off the tangent of a share"),
            sizes > over(L * tangent(Abs(c[h]))),
            [L >= 3, *place, c[i] >= 0, c[i] != mean],
        ),
        link(
            "unequal, not negative",
            combination(
                {
                    "tangents, one strict": 1,
                    "tangents added": 1,
                    "absolute values": L * q * mean ** (q - 1),
                }
            ),
            sizes > bound,
            [L >= 3, shares, *place, c[i] >= 0, c[i] != mean],
        ),
        link(
            "unequal-share",
            Cases(c[i] >= 0, calculation("unequal, not negative"), calculation("negative-share")),
        ),
    ],
    false_neighbours=[
        when(slopes >= least, no_less),
        when(slopes >= L * x, *ends, no_less),
        when(slopes > least, *ends, no_less),
        when(slopes > least, *ends, *two, x == 9),
        when(sizes >= bound, over(c[h]) <= sigma),
        when(sizes >= L * sigma**q, shares),
        when(sizes > bound, L >= 2, shares, *place, c[i] != mean),
        when(sizes > bound, L >= 3, shares, *place, c[i] > 0),
        when(sizes > bound, shares, *place, c[i] < 0),
    ],
)
