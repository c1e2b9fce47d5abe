"""No global minimum is flatter than the balanced one, and those that are as flat are known."""

from fractions import Fraction
from itertools import product
from math import prod

from proofs.landscape.gauss_newton import depth, w
from proofs.sharpness import flatness_means as means
from proofs.sharpness.flatness_means import bound, layers, mean, over, q, size
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    hypothesis,
    increasing,
    instance,
    multiplication,
    of,
    splitting,
    summation,
    summation_strict_at,
)
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import Relation, Symbol
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    Iverson,
    L,
    Product,
    balanced,
    between,
    family,
    integer,
    sharpness,
    sigma,
    single_path,
    weights,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

s = family("s", arity=2)
x, y, t, u, z = (Symbol(name, NONNEGATIVE) for name in "x y t u z".split())
h, i, l, j, m, n = map(integer, "h i l j m n".split())  # noqa: E741


def below(h, l):  # noqa: E741
    """The product of the first l layers of pathway h."""
    return Product(w[h, n], (n, 1, l))


def above(h, l):  # noqa: E741
    """The product of the layers of pathway h after the first l."""
    return Product(w[h, n], (n, l + 1, L))


def path(h):
    """The product of a pathway."""
    return below(h, L)


def slope(h, l):  # noqa: E741
    """The square of the derivative of f by layer l of pathway h."""
    return below(h, l - 1) ** 2 * above(h, l) ** 2


sign = 1 - 2 * Iverson(s[h, l] < 0)
even = function((h, l), sign * mean ** (1 / L))
minimum = over(path(h)) == sigma
minimum_even = substitute(minimum, {w: even})
at, at_even = sharpness(weights(w)), sharpness(weights(even))
as_flat = at <= sharpness(balanced)
place, layer = between(1, i, H), between(1, j, L)
two = (*layer, *between(1, m, L))
unequal = (*place, *two, slope(i, j) != slope(i, m))
alone = (L >= 3, *place, *layer, minimum, as_flat)
same = (*alone, *between(1, m, L))


def sides(h):
    """The products on both sides of each layer of a pathway, and the square of its own."""
    both = below(h, l), above(h, l)
    p, r = (function((l,), side) for side in both)
    return {means.p: p, means.r: r, means.x: path(h) ** 2}


def compared(name, op, mean_of, *given):
    """How flat the minimum is, by an inequality for the sizes of the pathways."""
    where = [minimum, *given]
    return [
        link(
            f"{name}: sizes",
            instance(f"flatness-means/{mean_of}", {means.c: function((h,), path(h))}),
            Relation(op, over(L * size(path(h))), bound),
            where,
        ),
        link(
            f"{name}: bound",
            combination({"gradient": 1, "pathways": 1, f"{name}: sizes": 1}),
            Relation(op, at, bound),
            where,
        ),
        link(
            name,
            calculation(f"{name}: bound", "least"),
            Relation(op, at, sharpness(balanced)),
            where,
        ),
    ]


def exact_gradients():
    """Compare |grad f|^2, by the product rule in fractions, with the bound, its L-th power."""
    count = 0
    for paths, deep in ((1, 2), (1, 4), (2, 1), (2, 2), (1, 5), (2, 3), (3, 2)):
        for entries in product(ENTRIES, repeat=paths * deep):
            net = [entries[k : k + deep] for k in range(0, paths * deep, deep)]
            target = sum(map(prod, net))
            if target <= 0:
                continue
            slopes = [prod(p[:k] + p[k + 1 :]) ** 2 for p in net for k in range(deep)]
            least = deep**deep * Fraction(paths) ** (2 - deep) * target ** (2 * deep - 2)
            spread = len(set(map(abs, entries))) > 1 or len(set(map(prod, net))) > 1
            if sum(slopes) ** deep < least:
                raise Disproved(f"weights {net} are flatter")
            if deep >= 3 and spread != (sum(slopes) ** deep > least):
                raise Disproved(f"weights {net}: as flat, or not")
            count += 1
    return count


ENTRIES = Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(-2)

theorem = Theorem(
    label="scalar-flatness",
    title="No minimum of scalar pathways is flatter than the balanced one",
    source="O; global-flatness in mathematics.md",
    why="""
    At a minimum the sharpness is |grad f|^2 (gauss-newton). The derivative of f by layer l of
    pathway h is the product of the layers below it times that of those above. Both products around
    a place between two layers multiply to the product p of the pathway, so by flatness-means the
    squares add up to at least L |p|^(2 - 2/L), and over the pathways, whose p sum to sigma, to at
    least what the balanced minimum has. From L = 3 on a minimum is as flat only if every pathway
    carries sigma/H and every layer the same |w|: otherwise one of the means is strict. Such a
    minimum is as flat, whatever the signs of its layers. At L = 2 the excess is the sum of
    (w_1 - w_2)^2, at L = 1 there is none.
    """,
    claims={
        "scalar": when(at >= sharpness(balanced), minimum),
        "depth-one": when(at == sharpness(balanced), L == 1, minimum),
        "depth-two": when(at == 2 * sigma + over((w[h, 1] - w[h, 2]) ** 2), L == 2, minimum),
        "attained": when(at_even == sharpness(balanced), minimum_even),
        "shares": when(path(i) == mean, L >= 3, *place, minimum, as_flat),
        "layers": when(w[i, j] ** 2 == mean ** (2 / L), *alone),
    },
    proof=[
        link(
            "gradient",
            calculation(of("gauss-newton/sharpness", {depth: function((h,), L)})),
            at == over(layers(slope(h, l))),
            [minimum],
        ),
        link(
            "least",
            Cases(
                L == 1,
                calculation("sharpness-reduction/balanced-depth-one"),
                calculation("sharpness-reduction/balanced"),
            ),
            sharpness(balanced) == bound,
        ),
        link(
            "whole",
            splitting(l),
            path(h) == below(h, l) * above(h, l),
            between(1, l, L - 1),
        ),
        link(
            "at a layer",
            calculation("whole"),
            below(h, l) ** 2 * above(h, l) ** 2 >= path(h) ** 2,
            between(1, l, L - 1),
        ),
        link(
            "at all layers",
            multiplication("at a layer", l),
            means.cuts(below(h, l) ** 2 * above(h, l) ** 2) >= means.cuts(path(h) ** 2),
        ),
        link(
            "pathway",
            instance("flatness-means/layers", sides(h), ["at all layers"]),
            layers(slope(h, l)) >= L * size(path(h)),
        ),
        link(
            "pathways",
            summation("pathway", h),
            over(layers(slope(h, l))) >= over(L * size(path(h))),
        ),
        *compared("scalar", ">=", "pathways"),
        link("depth-one", calculation("gradient", "least")),
        link("depth-two", calculation("gradient")),
        link(
            "squared weights",
            calculation("gradient"),
            at
            == over(
                layers(Product(w[h, n] ** 2, (n, 1, l - 1)) * Product(w[h, n] ** 2, (n, l + 1, L)))
            ),
            [minimum],
        ),
        link("attained", calculation(of("squared weights", {w: even}), "least")),
        # --- the shares of a minimum that is as flat
        *compared("unequal shares", ">", "unequal-share", L >= 3, *place, path(i) != mean),
        link("shares", contraposition("unequal shares")),
        # --- its layers: their slopes are equal, and so are their squares
        link(
            "pathway with unequal slopes",
            instance("flatness-means/unequal-slopes", sides(i), [of("at all layers", {h: i})]),
            layers(slope(i, l)) > L * size(path(i)),
            unequal,
        ),
        link(
            "pathways, one with unequal slopes",
            summation_strict_at("pathway", h, i, "pathway with unequal slopes"),
            over(layers(slope(h, l))) > over(L * size(path(h))),
            unequal,
        ),
        link(
            "unequal slopes: bound",
            combination(
                {"gradient": 1, "pathways, one with unequal slopes": 1, "scalar: sizes": 1}
            ),
            at > bound,
            [minimum, *unequal],
        ),
        link(
            "unequal slopes",
            calculation("unequal slopes: bound", "least"),
            at > sharpness(balanced),
            [minimum, *unequal],
        ),
        link("equal slopes", contraposition("unequal slopes"), slope(i, j) == slope(i, m), same),
        link("up to j", splitting(j), path(i) == below(i, j) * above(i, j), layer),
        link(
            "before j",
            splitting(j - 1),
            below(i, j) == below(i, j - 1) * Product(w[i, n], (n, j, j)),
            layer,
        ),
        link(
            "without j",
            calculation("up to j", "before j"),
            path(i) ** 2 == w[i, j] ** 2 * slope(i, j),
            layer,
        ),
        link(
            "without m",
            instance("without j", {j: m}),
            path(i) ** 2 == w[i, m] ** 2 * slope(i, m),
            between(1, m, L),
        ),
        link("share squared", calculation("shares"), path(i) ** 2 == mean**2, alone),
        link("some share", calculation("shares"), path(i) ** 2 != 0, alone),
        link("first product", hypothesis(), x == u * y, [x == u * y]),
        link("second product", hypothesis(), x == t * z, [x == t * z]),
        link(
            "same factor",
            combination({"second product": 1 / y, "first product": -1 / y}),
            u == t,
            [x == u * y, x == t * z, x != 0, y == z],
        ),
        link(
            "equal layers",
            instance(
                "same factor",
                {x: path(i) ** 2, u: w[i, j] ** 2, t: w[i, m] ** 2, y: slope(i, j), z: slope(i, m)},
                ["without j", "without m", "some share", "equal slopes"],
            ),
            w[i, j] ** 2 == w[i, m] ** 2,
            same,
        ),
        link(
            "all layers",
            multiplication("equal layers", m),
            Product(w[i, j] ** 2, (m, 1, L)) == Product(w[i, m] ** 2, (m, 1, L)),
            alone,
        ),
        link(
            "power of a layer",
            combination({"all layers": 1, "share squared": 1}),
            (w[i, j] ** 2) ** L == mean**2,
            alone,
        ),
        link("a power", hypothesis(), x**L == y**2, [x**L == y**2]),
        link("a root", increasing("a power", z ** (1 / L)), x == y ** (2 / L), [x**L == y**2]),
        link("layers", instance("a root", {x: w[i, j] ** 2, y: mean}, ["power of a layer"])),
    ],
    false_neighbours=[
        when(at > sharpness(balanced), L >= 2, minimum),
        when(at == sharpness(balanced), L >= 2, minimum),
        when(at >= sharpness(single_path), L >= 2, minimum),
        when(at >= L * H ** (2 / L) * sigma**q, L >= 2, minimum),
        when(at > sharpness(balanced), L >= 3, minimum, *place, path(i) == mean),
        when(at_even == L * sigma**q, minimum_even),
        when(path(i) == mean, L == 2, H == 2, minimum, as_flat, *place),
        when(w[i, j] == mean ** (1 / L), L == 4, H == 1, minimum, as_flat, *place, *layer),
        when(w[i, j] ** 2 == mean ** (2 / L), L >= 1, minimum, as_flat, *place, *layer),
    ],
    checks=[
        Check("weights: |grad f|^2 in fractions is at the bound or above", exact_gradients),
    ],
)
