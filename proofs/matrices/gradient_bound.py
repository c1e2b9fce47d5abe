"""The sharpness of matrices at a global minimum is at least the squared gradient of u^T M v."""

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
    summation,
)
from verifier.statements.substitution import function, member
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
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
)
from verifier.theorem import Theorem, link, when

d = Symbol("d", COUNT)
w, V = family("w", REAL, 4), family("V", REAL, 4)
target, u, v = family("T", REAL, 2), family("u"), family("v")
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


def between_layers(term):
    """The product over the places between two layers."""
    return Product(term, (l, 1, L - 1))


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
twice = function((i, j), 2 * member(M, (i, j)))
off_the_minimum = sharpness(matrices(w, d), sigma=twice)
direction = function((h, l, a, b), y(h, l, a) * x(h, l - 1, b))
form = hessian_form(w, V, H, L, M, d, t)
path = over_entries(u[i] * layers(h, 1, L, i, j) * v[j])
through = Sum(u[i] * layers(h, l + 1, L, i, c) * layers(h, 1, l, c, j) * v[j], (c, 1, d))
overlap = Sum(y(h, l, a) * x(h, l, a), (a, 1, d))
norms = Sum(below(l - 1) * above(l), (l, 1, L))
slopes = Sum(norms, (h, 1, H))
lengths = over_entries((u[i] * v[j]) ** 2)

unit = (Sum(u[c] ** 2, (c, 1, d)) == 1, Sum(v[c] ** 2, (c, 1, d)) == 1)
entry, inside = (*between(1, i, d), *between(1, j, d)), between(1, l, L - 1)
chained = [A**2 <= B * (S * C), B == 1, C == n, A == n]

theorem = Theorem(
    label="gradient-bound",
    title="The sharpness is at least the squared gradient of an entry of the output",
    source="O; global-flatness in mathematics.md",
    why="""
    W are any matrices, M is what they multiply and add up to, and the target is M, as at every
    global minimum. Let u and v be unit vectors. With x_l = W_l .. W_1 v and y_l = W_(l+1)^T ..
    W_L^T u in each pathway, u^T M v has by the layer W_l the gradient y_l x_(l-1)^T. Change every
    layer along it. Then u^T M v changes at the rate N, the sum of |y_l|^2 |x_(l-1)|^2 over all
    layers, which is the squared length of the direction, too. The change of M is no shorter than
    N, so the curvature along the direction is at least N^2/N, and the sharpness at least N. What a
    pathway carries, u^T W_L .. W_1 v, is y_l . x_l at every place between two layers, hence at
    most |y_l||x_l|.
    """,
    claims={
        "sharpness": when(at >= slopes, *unit, slopes > 0),
        "pathway": when(path == overlap, *inside),
        "cut": when(below(l) * above(l) >= path**2, *inside),
        "cuts": between_layers(below(l) * above(l)) >= between_layers(path**2),
        "output": Sum(path, (h, 1, H)) == over_entries(u[i] * member(M, (i, j)) * v[j]),
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
        link(
            "sharpness",
            instance(
                "quotient",
                {S: at, n: slopes, A: along(direction), B: lengths, C: square(direction)},
                ["along the direction", "length", "unit", "rate along u and v"],
            ),
        ),
        # --- what a pathway carries
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
        link("pathway", combination({"entries": 1, "through l": 1})),
        link("overlap", cauchy_schwarz(), overlap**2 <= above(l) * below(l), inside),
        link("cut", combination({"overlap": 1, "pathway": -path - overlap})),
        link("cuts", multiplication("cut", l)),
        link("output", exchanging(1, 2, 0)),
    ],
    false_neighbours=[
        when(off_the_minimum >= slopes, *unit, slopes > 0),
        when(at >= 2 * slopes, *unit, slopes > 0),
        when(at > slopes, *unit, slopes > 0, d == 2),
        when(at == slopes, *unit, slopes > 0, d == 2),
        when(at >= slopes, unit[0], slopes > 0),
        when(path == Sum(y(h, l, a) * x(h, l - 1, a), (a, 1, d)), *inside),
        when(below(l) * above(l) > path**2, *inside),
        when(below(l) * above(l) <= path**2, *inside, d == 2),
    ],
)
