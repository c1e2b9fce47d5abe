"""No global minimum of a network of matrices is flatter than the balanced one."""

from fractions import Fraction
from itertools import cycle, islice, product

from proofs.matrices import matrix_spectrum as balanced
from proofs.sharpness import flatness_means as means
from proofs.sharpness.flatness_means import bound
from verifier.kernel.rules.matrices import hessian_form, inner, output
from verifier.reasons import (
    associativity,
    calculation,
    cauchy_schwarz,
    combination,
    curvature,
    exchanging,
    hypothesis,
    instance,
    multiplication,
    of,
    summation,
)
from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
    NONNEGATIVE,
    REAL,
    H,
    L,
    Product,
    Sum,
    between,
    chain,
    family,
    integer,
    matrices,
    positive,
    real,
    sharpness,
    sigma,
    sqrt,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d = Symbol("d", COUNT)
w, V = family("w", REAL, 4), family("V", REAL, 4)
target = family("T", REAL, 2)
u, v, tau = family("u"), family("v"), family("tau", NONNEGATIVE)
t, S, A, B, C = map(real, "t S A B C".split())
n = positive("n")
h, l, a, b, c, i, j = map(integer, "h l a b c i j".split())  # noqa: E741


def layers(h, first, last, row, column):
    """An entry of the product of some layers of pathway h."""
    return chain(function((l, a, b), w[h, l, a, b]), first, last, row, column, d)


def x(h, l, b):  # noqa: E741
    """An entry of x_l, what the first l layers of pathway h make of v."""
    return Sum(layers(h, 1, l, b, c) * v[c], (c, 1, d))


def y(h, l, a):  # noqa: E741
    """An entry of y_l, what the layers of pathway h after l, transposed, make of u."""
    return Sum(u[c] * layers(h, l + 1, L, c, a), (c, 1, d))


def over_entries(term):
    """The sum over the entries of M."""
    return Sum(Sum(term, (j, 1, d)), (i, 1, d))


def over_layers(term):
    """The sum over all layers of all pathways."""
    return Sum(Sum(term, (l, 1, L)), (h, 1, H))


def below(l):  # noqa: E741
    """|x_l|^2."""
    return Sum(x(h, l, b) ** 2, (b, 1, d))


def above(l):  # noqa: E741
    """|y_l|^2."""
    return Sum(y(h, l, a) ** 2, (a, 1, d))


def step(vector, i, j):
    """The derivative of an entry of M by an entry of a layer, times that of a direction."""
    change = member(vector, (h, l, a, b))
    return layers(h, l + 1, L, i, a) * change * layers(h, 1, l - 1, b, j)


def rate(vector, i, j):
    """The derivative of an entry of M along a direction."""
    return over_layers(Sum(Sum(step(vector, i, j), (b, 1, d)), (a, 1, d)))


def change(vector):
    """The squared length of the change of M along a direction."""
    return over_entries(rate(vector, i, j) ** 2)


def along(vector):
    """The derivative of u^T M v along a direction."""
    return over_entries((u[i] * v[j]) * rate(vector, i, j))


def square(vector):
    """The squared length of a direction."""
    return inner(vector, vector, H, L, d)


M = function((i, j), output(w, H, L, d, i, j))
at, elsewhere = (sharpness(matrices(w, d), sigma=output) for output in (M, target))
direction = function((h, l, a, b), y(h, l, a) * x(h, l - 1, b))
form = hessian_form(w, V, H, L, M, d, t)
path = over_entries(u[i] * layers(h, 1, L, i, j) * v[j])
through = Sum(u[i] * layers(h, l + 1, L, i, c) * layers(h, 1, l, c, j) * v[j], (c, 1, d))
overlap = Sum(y(h, l, a) * x(h, l, a), (a, 1, d))
norms = Sum(below(l - 1) * above(l), (l, 1, L))
slopes = Sum(norms, (h, 1, H))
lengths = over_entries((u[i] * v[j]) ** 2)
sizes = Sum(L * means.size(path), (h, 1, H))

unit = (Sum(u[c] ** 2, (c, 1, d)) == 1, Sum(v[c] ** 2, (c, 1, d)) == 1)
reached = over_entries(u[i] * member(M, (i, j)) * v[j]) == sigma
at_any = (L >= 2, *unit, reached)
entry, inside = (*between(1, i, d), *between(1, j, d)), between(1, l, L - 1)
chained = [A**2 <= B * (S * C), B == 1, C == n, A == n]

even = {balanced.depth: function((h,), L), balanced.s: function((h, a), tau[a])}
at_balanced = substitute(balanced.value.lhs, even)
largest = [
    *between(1, balanced.m, d),
    substitute(balanced.least(1, d), even) == 1,
    tau[balanced.m] == sigma / H,
]


def hessians_of_small_networks():
    """Count eigenvalues of exact Hessians above the bound, at unit vectors of rationals."""
    from flint import fmpq, fmpq_mat

    from verifier.networks import MatrixNetwork, eigenvalues_above
    from verifier.networks.matrix import output as multiplied

    count = 0
    for (paths, size), shift, (first, second) in product(SIZES, range(6), product(UNITS, UNITS)):
        entries = islice(cycle(ENTRIES), shift, None)
        net = [
            [[list(islice(entries, 2)) for _ in range(2)] for _ in range(size)]
            for _ in range(paths)
        ]
        target = multiplied(net)
        places = product(range(2), repeat=2)
        reach = abs(sum(first[p] * target[p][q] * second[q] for p, q in places))
        rows = MatrixNetwork(net, target).hessian()
        matrix = fmpq_mat([[fmpq(e.numerator, e.denominator) for e in row] for row in rows])
        power = size**size * Fraction(paths) ** (2 - size) * reach ** (2 * size - 2)
        least = Fraction(float(power) ** (1 / size)) * Fraction(10**6 - 1, 10**6)
        if least**size > power or (reach and not eigenvalues_above(matrix, least)):
            raise Disproved(f"weights {net}, u = {first}, v = {second}")
        count += reach > 0
    return count


SIZES = (1, 2), (2, 2), (1, 3), (2, 3), (3, 2)
UNITS = (1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5)), (Fraction(-5, 13), Fraction(12, 13))
ENTRIES = [Fraction(k, 2) for k in (2, 1, 0, -1, 3, 2, -2, 4, 1, 0, 5, -3, 2)]

theorem = Theorem(
    label="global-flatness",
    title="No global minimum of matrices is flatter than the balanced one",
    source="O; global-flatness in mathematics.md",
    why="""
    W are any matrices, M is what they multiply and add up to, and the target is M, as at every
    global minimum. Let u and v be unit vectors and sigma = u^T M v > 0: every singular value of M
    is reached that way, the largest one in particular. With x_l = W_l .. W_1 v and
    y_l = (W_L .. W_(l+1))^T u in each pathway, change every layer W_l along y_l x_(l-1)^T. Then
    u^T M v changes at the rate N, the sum of |y_l|^2 |x_(l-1)|^2 over all layers, which is the
    squared length of the direction, too. As u and v are unit vectors, the change of M is no shorter
    than N, so the curvature along the direction is at least N^2/N, and the sharpness at least N.
    In each pathway p = u^T W_L .. W_1 v = y_l . x_l is at most |y_l||x_l| for every l, while
    |x_0| = |y_L| = 1, so the norms multiply to at least |p|^(L-1), and the means over layers and
    pathways are taken as in scalar-flatness. The minimum that shares the largest target equally
    attains the bound (matrix-spectrum).
    """,
    given=[L >= 2],
    claims={
        "slopes": when(slopes >= bound, *unit, reached),
        "matrices": when(at >= bound, *unit, reached),
        "attained": when(at_balanced == bound, *largest),
    },
    proof=[
        # --- the curvature along the direction
        link("rates", calculation(), form == change(V), [t == 0]),
        link("curvature", curvature(V, t), form <= at * square(V), [t == 0]),
        link(
            "any direction",
            combination({"curvature": 1, "rates": 1}),
            change(V) <= at * square(V),
            [t == 0],
        ),
        link(
            "projected",
            cauchy_schwarz(),
            along(V) ** 2 <= lengths * change(V),
        ),
        link(
            "along any direction",
            combination({"projected": 1, "any direction": lengths}),
            along(V) ** 2 <= lengths * (at * square(V)),
            [t == 0],
        ),
        link(
            "along the direction",
            instance("along any direction", {V: direction, t: 0}),
            along(direction) ** 2 <= lengths * (at * square(direction)),
        ),
        link("unit", calculation(), lengths == 1, unit),
        link(
            "exchanged",
            exchanging(2, 3, 4, 5, 0, 1),
            over_entries(
                over_layers(Sum(Sum(u[i] * v[j] * step(direction, i, j), (b, 1, d)), (a, 1, d)))
            )
            == slopes,
        ),
        link("rate along u and v", calculation("exchanged"), along(direction) == slopes),
        link("length", calculation(), square(direction) == slopes),
        link("times", hypothesis(), A**2 <= B * (S * C), chained),
        link("quotient", combination({"times": 1 / n}), S >= n, chained),
        # --- the norms of the layers
        link(
            "associative",
            associativity(l),
            layers(h, 1, L, i, j)
            == Sum(layers(h, l + 1, L, i, c) * layers(h, 1, l, c, j), (c, 1, d)),
            [*entry, *inside],
        ),
        link(
            "entry",
            calculation("associative"),
            u[i] * layers(h, 1, L, i, j) * v[j] == through,
            [*entry, *inside],
        ),
        link("entries", summation("entry", i, j), path == over_entries(through), inside),
        link("through l", exchanging(2, 0, 1), over_entries(through) == overlap, inside),
        link("pathway", combination({"entries": 1, "through l": 1}), path == overlap, inside),
        link("overlap", cauchy_schwarz(), overlap**2 <= above(l) * below(l), inside),
        link(
            "at a layer",
            combination({"overlap": 1, "pathway": -path - overlap}),
            below(l) * above(l) >= path**2,
            inside,
        ),
        link(
            "at all layers",
            multiplication("at a layer", l),
            Product(below(l) * above(l), (l, 1, L - 1)) >= Product(path**2, (l, 1, L - 1)),
        ),
        link(
            "at all layers, by norms",
            calculation("at all layers"),
            Product(sqrt(below(l)) ** 2 * sqrt(above(l)) ** 2, (l, 1, L - 1))
            >= Product(path**2, (l, 1, L - 1)),
        ),
        link(
            "by norms",
            instance(
                "flatness-means/norms",
                {
                    means.p: function((l,), sqrt(below(l))),
                    means.r: function((l,), sqrt(above(l))),
                    means.x: path**2,
                },
                ["at all layers, by norms"],
            ),
            Sum(sqrt(below(l - 1)) ** 2 * sqrt(above(l)) ** 2, (l, 1, L)) >= L * means.size(path),
            unit,
        ),
        link("norms", calculation("by norms"), norms >= L * means.size(path), unit),
        link("all norms", summation("norms", h), slopes >= sizes, unit),
        # --- the pathways
        link(
            "pathways exchanged",
            exchanging(1, 2, 0),
            Sum(path, (h, 1, H)) == over_entries(u[i] * member(M, (i, j)) * v[j]),
        ),
        link("shares", calculation("pathways exchanged"), Sum(path, (h, 1, H)) == sigma, [reached]),
        link(
            "sizes",
            instance("flatness-means/pathways", {means.c: function((h,), path)}, ["shares"]),
            sizes >= bound,
            [reached],
        ),
        link("slopes", combination({"all norms": 1, "sizes": 1})),
        link("some slope", calculation("slopes"), slopes > 0, [*unit, reached]),
        link(
            "at the minimum",
            instance(
                "quotient",
                {S: at, n: slopes, A: along(direction), B: lengths, C: square(direction)},
                ["along the direction", "length", "unit", "rate along u and v", "some slope"],
            ),
            at >= slopes,
            [*unit, reached],
        ),
        link("matrices", combination({"at the minimum": 1, "slopes": 1})),
        link("attained", calculation(of("matrix-spectrum/sharpness", even))),
    ],
    false_neighbours=[
        when(at > bound, *at_any, d == 2),
        when(at >= (L + 1) * H ** (2 / L - 1) * sigma**means.q, *at_any),
        when(at >= L * H ** (2 / L) * sigma**means.q, *at_any),
        when(at >= L * H ** (2 / L - 1) * sigma**2, *at_any),
        when(at >= L * sigma**means.q, *at_any),
        when(at >= bound, unit[0], reached),
        when(at >= bound, Sum(member(M, (i, i)), (i, 1, d)) == sigma),
        when(at >= L * H ** (2 / L - 1) * over_entries(member(M, (i, j)) ** 2) ** (1 - 1 / L)),
        when(elsewhere >= bound, *unit, over_entries(u[i] * target[i, j] * v[j]) == sigma),
        when(slopes > bound, *at_any, d == 2),
        when(slopes >= L * H ** (2 / L) * sigma**means.q, *at_any),
    ],
    checks=[
        Check(
            "small networks: an eigenvalue of the Hessian is not below", hessians_of_small_networks
        )
    ],
)
