"""Norms along u and v in a global minimum of matrices that is as flat as the balanced one."""

from proofs.matrices.flat_shares import (
    as_flat,
    by_sides,
    deep,
    j,
    m,
    n,
    over_it,
    pathway,
    sides,
    slope,
    steep,
    steps,
    under,
)
from proofs.matrices.global_flatness import any_pair
from proofs.matrices.gradient_bound import at, h, l, unit
from proofs.sharpness import flatness_means as means
from proofs.sharpness.flatness_means import bound, mean, q, size
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    hypothesis,
    induction,
    instance,
    multiplication,
    of,
    splitting,
    summation,
)
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    Iverson,
    L,
    Product,
    Sum,
    between,
    family,
    integer,
    positive,
    rational,
    sqrt,
)
from verifier.theorem import Theorem, link, when

a, i, k = map(integer, "a i k".split())
r, s, t = (Symbol(name, NONNEGATIVE) for name in "r s t".split())
z = family("z")
e, f, g = map(positive, "e f g".split())


def cuts(first, last):
    """The product of |x_l|^2 |y_l|^2 over some places of pathway n."""
    return Product(under(l) * over_it(l), (l, first, last))


cut = between(1, m, L - 1)
larger = under(m) * over_it(m) > mean**2

theorem = Theorem(
    label="flat-norms",
    title="In minima of matrices as flat as the balanced one norms grow evenly",
    source="O; global-flatness in mathematics.md",
    why="""
    Let the sharpness be no more than the bound of global-flatness for the unit vectors u and v, and
    L >= 3. In each pathway |x_l||y_l| is at least sigma/H at every place between two layers, and no
    more, as else the product of the squared slopes and their mean were larger (flatness-means). The
    slopes are equal by flat-shares, so |x_l|^2 grows by the same factor (sigma/H)^(2/L) from layer
    to layer, from |x_0| = 1 on, and |y_l|^2 falls by it.
    """,
    given=list(deep),
    claims={
        "cut": when(under(m) * over_it(m) == mean**2, *cut),
        "slope": when(slope(m) == mean**q, *between(1, m, L)),
        "below": when(under(m) == mean ** (2 * m / L), *between(0, m, L - 1)),
        "above": when(over_it(m) == mean ** (2 - 2 * m / L), *between(1, m, L)),
    },
    proof=[
        # --- between two layers
        link("below all", calculation(), sqrt(under(0)) == 1, unit),
        link("last by norms", calculation(), sqrt(over_it(L)) == 1, unit),
        link("first factor", hypothesis(), r >= e, [r >= e]),
        link("second factor", hypothesis(), s > f, [s > f]),
        link("third factor", hypothesis(), t >= g, [t >= g]),
        link(
            "three factors",
            combination({"first factor": s * t, "second factor": e * t, "third factor": e * f}),
            r * s * t > e * f * g,
            [r >= e, s > f, t >= g],
        ),
        link("up to m", splitting(m), cuts(1, L - 1) == cuts(1, m) * cuts(m + 1, L - 1), cut),
        link("before m", splitting(m - 1), cuts(1, m) == cuts(1, m - 1) * cuts(m, m), cut),
        link(
            "least cut",
            calculation(of("gradient-bound/cut", {h: n}), "flat-shares/shares"),
            under(l) * over_it(l) >= mean**2,
            [*between(1, l, L - 1)],
        ),
        link(
            "cuts before m",
            multiplication("least cut", l),
            cuts(1, m - 1) >= Product(mean**2, (l, 1, m - 1)),
            cut,
        ),
        link(
            "cuts after m",
            multiplication("least cut", l),
            cuts(m + 1, L - 1) >= Product(mean**2, (l, m + 1, L - 1)),
            cut,
        ),
        link(
            "powers before m",
            calculation("cuts before m"),
            cuts(1, m - 1) >= mean ** (2 * (m - 1)),
            cut,
        ),
        link(
            "powers after m",
            calculation("cuts after m"),
            cuts(m + 1, L - 1) >= mean ** (2 * (L - 1 - m)),
            cut,
        ),
        link(
            "factors",
            instance(
                "three factors",
                {
                    r: cuts(1, m - 1),
                    s: under(m) * over_it(m),
                    t: cuts(m + 1, L - 1),
                    e: mean ** (2 * (m - 1)),
                    f: mean**2,
                    g: mean ** (2 * (L - 1 - m)),
                },
                ["powers before m", "powers after m"],
            ),
            cuts(1, m - 1) * (under(m) * over_it(m)) * cuts(m + 1, L - 1)
            > mean ** (2 * (m - 1)) * mean**2 * mean ** (2 * (L - 1 - m)),
            [*cut, larger],
        ),
        link(
            "larger product",
            combination({"up to m": 1, "before m": cuts(m + 1, L - 1), "factors": 1}),
            cuts(1, L - 1) > means.cuts(mean**2),
            [*cut, larger],
        ),
        link(
            "larger product by norms",
            calculation("larger product"),
            means.cuts(sqrt(under(l)) ** 2 * sqrt(over_it(l)) ** 2) > means.cuts(mean**2),
            [*cut, larger],
        ),
        link(
            "larger cut by norms",
            instance(
                "flatness-means/larger-product",
                {**sides, means.x: mean**2},
                ["larger product by norms", "below all", "last by norms"],
            ),
            by_sides > L * size(mean),
            [*cut, larger],
        ),
        link(
            "larger cut",
            calculation("larger cut by norms", "flat-shares/shares"),
            steep,
            [*cut, larger],
        ),
        link(
            "larger cuts are sharper",
            instance("flat-shares/steep", {}, ["larger cut"]),
            at > bound,
            [*cut, larger],
        ),
        link(
            "no larger cut",
            contraposition("larger cuts are sharper"),
            under(m) * over_it(m) <= mean**2,
            cut,
        ),
        link(
            "cut",
            calculation("no larger cut", of("least cut", {l: m})),
        ),
        # --- the norms, layer by layer
        link(
            "slopes added",
            summation("flat-shares/slopes", j),
            Sum(slope(j), (j, 1, L)) == Sum(slope(m), (j, 1, L)),
            [*as_flat, *between(1, m, L)],
        ),
        link(
            "least slopes",
            calculation(of("global-flatness/pathway", {h: n}), "flat-shares/shares"),
            steps >= L * mean**q,
        ),
        link(
            "most slopes",
            calculation("flat-shares/pathway", "flat-shares/shares"),
            steps <= L * mean**q,
        ),
        link("all slopes", calculation("least slopes", "most slopes"), steps == L * mean**q),
        link(
            "slope",
            combination({"all slopes": 1 / L, "slopes added": -1 / L}),
        ),
        link("product", hypothesis(), r * s == e, [r * s == e]),
        link("other product", hypothesis(), t * s == f, [t * s == f]),
        link(
            "ratio",
            combination({"product": t, "other product": -r}),
            r * f == t * e,
            [r * s == e, t * s == f],
        ),
        link(
            "growth, scaled",
            instance(
                "ratio",
                {r: under(m), s: over_it(m), t: under(m - 1), e: mean**2, f: mean**q},
                ["cut", "slope"],
            ),
            under(m) * mean**q == under(m - 1) * mean**2,
            cut,
        ),
        link(
            "growth",
            combination({"growth, scaled": mean**-q}),
            under(m) == under(m - 1) * mean ** (2 / L),
            cut,
        ),
        link(
            "start",
            calculation(),
            Iverson(rational(0) <= L - 1) * (under(0) - mean ** (2 * rational(0) / L)) == 0,
        ),
        link(
            "one layer more",
            Cases(
                k + 1 <= L - 1,
                calculation(of("growth", {m: k + 1})),
                calculation(),
            ),
            Iverson(k + 1 <= L - 1) * (under(k + 1) - mean ** (2 * (k + 1) / L)) == 0,
            [k >= 0, Iverson(k <= L - 1) * (under(k) - mean ** (2 * k / L)) == 0],
        ),
        link(
            "all layers",
            induction("start", "one layer more", k, 0),
            Iverson(k <= L - 1) * (under(k) - mean ** (2 * k / L)) == 0,
            [k >= 0],
        ),
        link("below", calculation(of("all layers", {k: m}))),
        link(
            "above, before the last",
            combination(
                {
                    "cut": mean ** (-2 * m / L),
                    "below": -over_it(m) * mean ** (-2 * m / L),
                }
            ),
            over_it(m) == mean ** (2 - 2 * m / L),
            cut,
        ),
        link("last", calculation(), over_it(L) == 1, unit),
        link("above", Cases(m == L, calculation("last"), calculation("above, before the last"))),
    ],
    false_neighbours=[
        when(under(m) * over_it(m) == mean**2, L == 2, H == 2, *as_flat, *cut),
        when(under(m) * over_it(m) == mean**2, L == 3, *pathway, *any_pair, *cut),
        when(under(m) == mean ** (2 * m / L), L == 2, H == 2, *as_flat, *cut),
        when(over_it(m) == mean ** (2 * m / L), *deep, *cut),
        when(slope(m) == mean**2, *deep, *between(1, m, L)),
    ],
)
