"""No global minimum is flatter than the balanced one, whatever its weights."""

from fractions import Fraction
from itertools import cycle, islice, product
from math import prod

from proofs.landscape.gauss_newton import depth, w
from verifier.reasons import (
    Cases,
    am_gm,
    am_gm_range,
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
from verifier.statements.substitution import function
from verifier.statements.terms import Relation, Symbol
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    Abs,
    H,
    L,
    Product,
    Sum,
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

a, b, c = family("a", NONNEGATIVE), family("b", NONNEGATIVE), family("c")
p, r = family("p"), family("r")
x, y, t, u, z = (Symbol(name, NONNEGATIVE) for name in "x y t u z".split())
h, i, l, j, m, n = map(integer, "h i l j m n".split())  # noqa: E741

q = 2 - 2 / L
mean = sigma / H
bound = L * H ** (2 / L - 1) * sigma**q


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


f = over(path(h))
minimum = f == sigma
at = sharpness(weights(w))
place = between(1, i, H)
ends = (L >= 2, a[0] == 1, b[L] == 1)
telescoped = Product(a[l] * b[l], (l, 1, L - 1))
shares = (L >= 2, over(c[h]) == sigma)
two = (*between(1, j, L), *between(1, m, L))
unequal = (*place, *two, slope(i, j) != slope(i, m))


def squares(h):
    """The squares of the products on both sides of each layer, and of the pathway."""
    both = below(h, l) ** 2, above(h, l) ** 2
    return {a: function((l,), both[0]), b: function((l,), both[1]), x: path(h) ** 2}


def compared(name, op, mean_of, *given):
    """The claim of a name, by an inequality for the sizes of the pathways."""
    where = [L >= 2, minimum, *given]
    return [
        link(
            f"{name}: sizes",
            instance(mean_of, {c: function((h,), path(h))}),
            Relation(op, over(L * size(path(h))), bound),
            where,
        ),
        link(
            f"{name}: bound",
            combination({"gradient": 1, "pathways": 1, f"{name}: sizes": 1}),
            Relation(op, at, bound),
            where,
        ),
        link(name, calculation(f"{name}: bound", "sharpness-reduction/balanced")),
    ]


def exact_gradients():
    """Compare |grad f|^2, by the product rule in fractions, with the bound, its L-th power."""
    count, flattest = 0, 0
    for paths, size, shift in product(range(1, 5), range(1, 6), range(12)):
        entries = islice(cycle(ENTRIES), shift, None)
        net = [list(islice(entries, size)) for _ in range(paths)]
        target = sum(map(prod, net))
        if target > 0:
            slopes = [prod(p[:k] + p[k + 1 :]) ** 2 for p in net for k in range(size)]
            least = size**size * Fraction(paths) ** (2 - size) * target ** (2 * size - 2)
            if sum(slopes) ** size < least:
                raise Disproved(f"weights {net}")
            flattest += sum(slopes) ** size == least
            count += 1
    if not flattest:
        raise Disproved("no weights reach the bound")
    return count


HALVES = 2, 2, 2, -2, -2, 1, 3, 4, -1, 0, 5, 6
ENTRIES = [Fraction(n, 2) for n in HALVES]

theorem = Theorem(
    label="scalar-flatness",
    title="No minimum of scalar pathways is flatter than the balanced one",
    source="O; global-flatness in mathematics.md",
    why="""
    At a minimum the sharpness is |grad f|^2 (gauss-newton). The derivative of f by layer l of
    pathway h is the product x_(l-1) of the layers below it times the product y_l of those above.
    Let p be the product of the pathway: x_l y_l = p for every l, and x_0 = y_L = 1, so that the
    derivatives multiply to the product of x_l y_l over l < L, which is p^(L-1). Hence the sum of
    their squares is at least L |p|^(2 - 2/L), by the arithmetic and geometric means. The shares p
    sum to sigma, their absolute values to no less, and the power lies above its tangent at
    sigma/H: the sum over the pathways is at least H (sigma/H)^(2 - 2/L), which is what the balanced
    minimum has. A negative share, two layers of one pathway with unequal derivatives, or, for
    L >= 3, a share other than sigma/H make it more.
    """,
    claims={
        "layer-means": when(
            layers(a[l - 1] * b[l]) >= L * x ** (1 - 1 / L),
            *ends,
            telescoped >= Product(x, (l, 1, L - 1)),
        ),
        "layer-norms": when(
            layers(p[l - 1] ** 2 * r[l] ** 2) >= L * x ** (1 - 1 / L),
            L >= 2,
            p[0] ** 2 == 1,
            r[L] ** 2 == 1,
            Product(p[l] ** 2 * r[l] ** 2, (l, 1, L - 1)) >= Product(x, (l, 1, L - 1)),
        ),
        "power-mean": when(over(L * size(c[h])) >= bound, *shares),
        "scalar": when(at >= sharpness(balanced), L >= 2, minimum),
        "scalar-depth-one": when(at == sharpness(balanced), L == 1, minimum),
        "negative-share": when(at > sharpness(balanced), L >= 2, minimum, *place, path(i) < 0),
        "unequal-share": when(at > sharpness(balanced), L >= 3, minimum, *place, path(i) != mean),
        "unequal-slopes": when(at > sharpness(balanced), L >= 2, minimum, *unequal),
        "unequal-layers": when(
            at > sharpness(balanced), L >= 3, minimum, *place, *two, w[i, j] ** 2 != w[i, m] ** 2
        ),
    },
    proof=[
        # --- the layers of a pathway: their derivatives multiply to a power of its product
        link(
            "first apart",
            splitting(1),
            Product(a[l - 1], (l, 1, L))
            == Product(a[l - 1], (l, 1, 1)) * Product(a[l - 1], (l, 2, L)),
            [L >= 2],
        ),
        link(
            "last apart",
            splitting(L - 1),
            Product(b[l], (l, 1, L)) == Product(b[l], (l, 1, L - 1)) * Product(b[l], (l, L, L)),
            [L >= 2],
        ),
        link(
            "telescope",
            calculation("first apart", "last apart"),
            Product(a[l - 1] * b[l], (l, 1, L)) == telescoped,
            ends,
        ),
        link(
            "means",
            am_gm_range(a[l - 1] * b[l], (l, 1, L)),
            layers(a[l - 1] * b[l]) >= L * Product(a[l - 1] * b[l], (l, 1, L)) ** (1 / L),
            [L >= 2],
        ),
        link("constant factor", calculation(), Product(x, (l, 1, L - 1)) == x ** (L - 1), [L >= 2]),
        link(
            "at least a power",
            calculation(),
            u >= x ** (L - 1),
            [u == t, t >= z, z == x ** (L - 1)],
        ),
        link(
            "at least a root",
            increasing("at least a power", y ** (1 / L)),
            u ** (1 / L) >= x ** (1 - 1 / L),
            [L >= 2, u == t, t >= z, z == x ** (L - 1)],
        ),
        link("at least a mean", hypothesis(), y >= L * u ** (1 / L), [y >= L * u ** (1 / L)]),
        link(
            "chain",
            combination({"at least a mean": 1, "at least a root": L}),
            y >= L * x ** (1 - 1 / L),
            [L >= 2, y >= L * u ** (1 / L), u == t, t >= z, z == x ** (L - 1)],
        ),
        link(
            "layer-means",
            instance(
                "chain",
                {
                    y: layers(a[l - 1] * b[l]),
                    u: Product(a[l - 1] * b[l], (l, 1, L)),
                    t: telescoped,
                    z: Product(x, (l, 1, L - 1)),
                },
                ["means", "telescope", "constant factor"],
            ),
            layers(a[l - 1] * b[l]) >= L * x ** (1 - 1 / L),
            [*ends, telescoped >= Product(x, (l, 1, L - 1))],
        ),
        link(
            "layer-norms",
            instance("layer-means", {a: function((l,), p[l] ** 2), b: function((l,), r[l] ** 2)}),
        ),
        link(
            "means of unequal layers",
            am_gm_range(a[l - 1] * b[l], (l, 1, L), distinct=(j, m)),
            layers(a[l - 1] * b[l]) > L * Product(a[l - 1] * b[l], (l, 1, L)) ** (1 / L),
            [L >= 2, *two, a[j - 1] * b[j] != a[m - 1] * b[m]],
        ),
        link("more than a mean", hypothesis(), y > L * u ** (1 / L), [y > L * u ** (1 / L)]),
        link(
            "strict chain",
            combination({"more than a mean": 1, "at least a root": L}),
            y > L * x ** (1 - 1 / L),
            [L >= 2, y > L * u ** (1 / L), u == t, t >= z, z == x ** (L - 1)],
        ),
        link(
            "mean of unequal layers",
            instance(
                "strict chain",
                {
                    y: layers(a[l - 1] * b[l]),
                    u: Product(a[l - 1] * b[l], (l, 1, L)),
                    t: telescoped,
                    z: Product(x, (l, 1, L - 1)),
                },
                ["means of unequal layers", "telescope", "constant factor"],
            ),
            layers(a[l - 1] * b[l]) > L * x ** (1 - 1 / L),
            [
                *ends,
                *two,
                a[j - 1] * b[j] != a[m - 1] * b[m],
                telescoped >= Product(x, (l, 1, L - 1)),
            ],
        ),
        # --- the pathways: the power lies above its tangent at the mean
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
            over(L * size(c[h])) >= over(L * tangent(Abs(c[h]))),
            [L >= 2],
        ),
        link("no less", Cases(c[h] >= 0, calculation(), calculation()), c[h] <= Abs(c[h])),
        link("sizes", summation("no less", h), over(c[h]) <= over(Abs(c[h]))),
        link(
            "tangents added",
            calculation(),
            over(L * tangent(Abs(c[h])))
            == bound + L * q * mean ** (q - 1) * (over(Abs(c[h])) - sigma),
            [L >= 2],
        ),
        link(
            "power-mean",
            combination({"tangents": 1, "tangents added": 1, "sizes": L * q * mean ** (q - 1)}),
            over(L * size(c[h])) >= bound,
            shares,
        ),
        link("less", calculation(), c[i] < Abs(c[i]), [c[i] < 0]),
        link(
            "sizes, one strict",
            summation_strict_at("no less", h, i, "less"),
            over(c[h]) < over(Abs(c[h])),
            [*place, c[i] < 0],
        ),
        link(
            "one negative",
            combination(
                {"tangents": 1, "tangents added": 1, "sizes, one strict": L * q * mean ** (q - 1)}
            ),
            over(L * size(c[h])) > bound,
            [*shares, *place, c[i] < 0],
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
            over(L * size(c[h])) > over(L * tangent(Abs(c[h]))),
            [L >= 3, *place, c[i] >= 0, c[i] != mean],
        ),
        link(
            "one unequal, not negative",
            combination(
                {"tangents, one strict": 1, "tangents added": 1, "sizes": L * q * mean ** (q - 1)}
            ),
            over(L * size(c[h])) > bound,
            [L >= 3, *shares, *place, c[i] >= 0, c[i] != mean],
        ),
        link(
            "one unequal",
            Cases(c[i] >= 0, calculation("one unequal, not negative"), calculation("one negative")),
            over(L * size(c[h])) > bound,
            [L >= 3, *shares, *place, c[i] != mean],
        ),
        # --- the scalar network
        link(
            "gradient",
            calculation(of("gauss-newton/sharpness", {depth: function((h,), L)})),
            at == over(layers(slope(h, l))),
            [minimum],
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
            Product(below(h, l) ** 2 * above(h, l) ** 2, (l, 1, L - 1))
            >= Product(path(h) ** 2, (l, 1, L - 1)),
            [L >= 2],
        ),
        link(
            "pathway",
            instance("layer-means", squares(h), ["at all layers"]),
            layers(slope(h, l)) >= L * size(path(h)),
            [L >= 2],
        ),
        link(
            "pathways",
            summation("pathway", h),
            over(layers(slope(h, l))) >= over(L * size(path(h))),
            [L >= 2],
        ),
        *compared("scalar", ">=", "power-mean"),
        *compared("negative-share", ">", "one negative", *place, path(i) < 0),
        *compared("unequal-share", ">", "one unequal", L >= 3, *place, path(i) != mean),
        link("scalar-depth-one", calculation("gradient", "sharpness-reduction/balanced-depth-one")),
        link(
            "pathway with unequal layers",
            instance("mean of unequal layers", squares(i), [of("at all layers", {h: i})]),
            layers(slope(i, l)) > L * size(path(i)),
            [L >= 2, *unequal],
        ),
        link(
            "pathways, one with unequal layers",
            summation_strict_at("pathway", h, i, "pathway with unequal layers"),
            over(layers(slope(h, l))) > over(L * size(path(h))),
            [L >= 2, *unequal],
        ),
        link(
            "unequal-slopes: bound",
            combination(
                {"gradient": 1, "pathways, one with unequal layers": 1, "scalar: sizes": 1}
            ),
            at > bound,
            [L >= 2, minimum, *unequal],
        ),
        link(
            "unequal-slopes",
            calculation("unequal-slopes: bound", "sharpness-reduction/balanced"),
        ),
        link("up to j", splitting(j), path(i) == below(i, j) * above(i, j), between(1, j, L)),
        link(
            "before j",
            splitting(j - 1),
            below(i, j) == below(i, j - 1) * Product(w[i, n], (n, j, j)),
            between(1, j, L),
        ),
        link(
            "without j",
            calculation("up to j", "before j"),
            path(i) ** 2 == w[i, j] ** 2 * slope(i, j),
            between(1, j, L),
        ),
        link(
            "without m",
            instance("without j", {j: m}),
            path(i) ** 2 == w[i, m] ** 2 * slope(i, m),
            between(1, m, L),
        ),
        link("first product", hypothesis(), x == u * y, [x == u * y]),
        link("second product", hypothesis(), x == t * z, [x == t * z]),
        link(
            "same factor",
            combination({"second product": 1 / y, "first product": -1 / y}),
            u == t,
            [x == u * y, x == t * z, x != 0, y == z],
        ),
        link(
            "other factor",
            contraposition("same factor"),
            y != z,
            [x == u * y, x == t * z, x != 0, u != t],
        ),
        link(
            "slopes differ",
            instance(
                "other factor",
                {x: path(i) ** 2, u: w[i, j] ** 2, t: w[i, m] ** 2, y: slope(i, j), z: slope(i, m)},
                ["without j", "without m"],
            ),
            slope(i, j) != slope(i, m),
            [*two, path(i) != 0, w[i, j] ** 2 != w[i, m] ** 2],
        ),
        link(
            "unequal-layers",
            Cases(
                path(i) == 0,
                calculation("unequal-share"),
                instance("unequal-slopes", {}, ["slopes differ"]),
            ),
        ),
    ],
    false_neighbours=[
        when(at > sharpness(balanced), L >= 2, minimum),
        when(at == sharpness(balanced), L >= 2, minimum),
        when(at >= sharpness(single_path), L >= 2, minimum),
        when(at >= L * H ** (2 / L) * sigma**q, L >= 2, minimum),
        when(at > sharpness(balanced), L >= 2, minimum, *place, path(i) > 0),
        when(at > sharpness(balanced), L >= 2, minimum, *place, path(i) != mean),
        when(at > sharpness(balanced), L >= 2, minimum, *place, *two, j != m),
    ],
    checks=[Check("weights: |grad f|^2 in fractions is no less than the bound", exact_gradients)],
)
