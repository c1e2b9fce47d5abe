"""Gradient flow on a network of matrices conserves the imbalance of neighbouring layers."""

from fractions import Fraction

from verifier.kernel.rules.matrices import loss, output
from verifier.reasons import (
    associativity,
    calculation,
    combination,
    exchanging,
    instance,
    of,
    summation,
)
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    Sum,
    between,
    chain,
    diff,
    family,
    integer,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d = Symbol("d", COUNT)
depth = family("L", COUNT)
W, T = family("W", REAL, 4), family("T", REAL, 2)
h, l, a, b, c, i, j, m, n, p, q = map(integer, "h l a b c i j m n p q".split())  # noqa: E741

path = function((m, p, q), W[h, m, p, q])


def gradient(h, l, i, j):  # noqa: E741
    """The derivative of the loss by the entry (i, j) of layer l of pathway h."""
    return diff(loss(W, H, depth, T, d), W[h, l, i, j])


def residual(a, b):
    """An entry of M - T."""
    return output(W, H, depth, d, a, b) - T[a, b]


def above(l, a, i):  # noqa: E741
    """The product of the layers of pathway h above layer l."""
    return chain(path, l + 1, depth[h], a, i, d)


def up_to(l, j, b):  # noqa: E741
    """The product of the layers of pathway h up to layer l."""
    return chain(path, 1, l, j, b, d)


def over_entries(term):
    """The sum over all entries of a matrix."""
    return Sum(Sum(term, (b, 1, d)), (a, 1, d))


def through(term):
    """The sum over the places between two layers."""
    return Sum(term, (c, 1, d))


def along_the_flow(quantity):
    """The derivative of a quantity by time, by the chain rule over all weights."""
    rate = diff(quantity, W[n, m, p, q]) * -gradient(n, m, p, q)
    layers = Sum(Sum(Sum(rate, (q, 1, d)), (p, 1, d)), (m, 1, depth[n]))
    return Sum(layers, (n, 1, H))


middle = over_entries(residual(a, b) * above(l, a, i) * up_to(l, j, b))
in_lower = residual(a, b) * above(l, a, i) * up_to(l - 1, c, b) * W[h, l, j, c]
in_upper = residual(a, b) * above(l + 1, a, c) * up_to(l, j, b) * W[h, l + 1, c, i]
lower = through(gradient(h, l, i, c) * W[h, l, j, c])
upper = through(W[h, l + 1, c, i] * gradient(h, l + 1, c, j))
transposed = substitute(upper == lower, {i: j, j: i})
imbalance = through(W[h, l + 1, c, i] * W[h, l + 1, c, j]) - through(W[h, l, i, c] * W[h, l, j, c])

at_layer = [*between(1, h, H), *between(1, l, depth[h])]
at_both = [*between(1, h, H), 1 <= l, l + 1 <= depth[h]]
at_ij = [*between(1, i, d), *between(1, j, d)]
at_ab = [*between(1, a, d), *between(1, b, d)]
at_c = between(1, c, d)


def exact_flow():
    """The difference W_{l+1}^T G_{l+1} - G_l W_l^T in fractions, at many sizes."""
    from verifier.networks.matrices import product, transpose
    from verifier.networks.matrix import MatrixNetwork

    count = 0
    for number, (depths, size) in enumerate(SIZES, 1):
        layers = [
            [_matrix(size, number + 3 * k + 5 * layer) for layer in range(length)]
            for k, length in enumerate(depths)
        ]
        slopes = iter(MatrixNetwork(layers, _matrix(size, 2)).gradient())
        for own in layers:
            grads = [[[next(slopes) for _ in row] for row in layer] for layer in own]
            for k in range(len(own) - 1):
                above = product([transpose(own[k + 1]), grads[k + 1]])
                below = product([grads[k], transpose(own[k])])
                if above != below:
                    raise Disproved(f"depths {depths}, width {size}: {above} is not {below}")
                count += 1
    return count


def _matrix(size, seed):
    return [
        [Fraction((seed + 3 * r * r + 5 * k) % 7 - 3, 1 + (r + k) % 2) for k in range(size)]
        for r in range(size)
    ]


SIZES = ((2,), 2), ((3,), 2), ((2, 3), 2), ((4, 1), 3), ((3, 3), 3), ((5, 2), 2)

theorem = Theorem(
    label="matrix-conservation",
    title="Gradient flow conserves the imbalance of neighbouring matrices",
    source="O; layer-conservation in mathematics.md, the matrices",
    why="""
    Layer l of a pathway enters the output between the product A of the layers above it and the
    product B of those below it, so the gradient by it is A^T R B^T with the residual R = M - T.
    Multiplied by the layer, W_(l+1)^T G_(l+1) and G_l W_l^T are both A^T R B^T with A from layer
    l + 1 on and B up to layer l: they are equal, and so are their transposes. Along the flow
    dW/dt = -G the derivative of W_(l+1)^T W_(l+1) - W_l W_l^T is the difference of the two sums.
    """,
    claims={
        "gradient": when(
            gradient(h, l, i, j)
            == over_entries(residual(a, b) * above(l, a, i) * up_to(l - 1, j, b)),
            *at_layer,
            *at_ij,
        ),
        "neighbours": when(upper == lower, *at_both, *at_ij),
        "conserved": when(along_the_flow(imbalance) == 0, *at_both, *at_ij),
    },
    proof=[
        link("gradient", calculation()),
        # --- G_l W_l^T
        link(
            "lower entries",
            calculation(of("gradient", {j: c})),
            gradient(h, l, i, c) * W[h, l, j, c] == over_entries(in_lower),
            [*at_layer, *at_ij, *at_c],
        ),
        link(
            "lower sums",
            summation("lower entries", c),
            lower == through(over_entries(in_lower)),
            [*at_layer, *at_ij],
        ),
        link(
            "lower exchanged",
            exchanging(1, 2, 0),
            through(over_entries(in_lower)) == over_entries(through(in_lower)),
            [*at_layer, *at_ij],
        ),
        link(
            "layer below",
            associativity(l - 1),
            up_to(l, j, b) == through(chain(path, l, l, j, c, d) * chain(path, 1, l - 1, c, b, d)),
            [*at_layer, *between(1, j, d), *between(1, b, d)],
        ),
        link(
            "lower member",
            combination({"layer below": -residual(a, b) * above(l, a, i)}),
            through(in_lower) == residual(a, b) * above(l, a, i) * up_to(l, j, b),
            [*at_layer, *at_ij, *at_ab],
        ),
        link(
            "lower members",
            summation("lower member", a, b),
            over_entries(through(in_lower)) == middle,
            [*at_layer, *at_ij],
        ),
        link(
            "lower",
            combination({"lower sums": 1, "lower exchanged": 1, "lower members": 1}),
            lower == middle,
            [*at_layer, *at_ij],
        ),
        # --- W_(l+1)^T G_(l+1)
        link(
            "upper entries",
            calculation(of("gradient", {l: l + 1, i: c})),
            W[h, l + 1, c, i] * gradient(h, l + 1, c, j) == over_entries(in_upper),
            [*at_both, *at_ij, *at_c],
        ),
        link(
            "upper sums",
            summation("upper entries", c),
            upper == through(over_entries(in_upper)),
            [*at_both, *at_ij],
        ),
        link(
            "upper exchanged",
            exchanging(1, 2, 0),
            through(over_entries(in_upper)) == over_entries(through(in_upper)),
            [*at_both, *at_ij],
        ),
        link(
            "layer above",
            associativity(l + 1),
            above(l, a, i) == through(above(l + 1, a, c) * chain(path, l + 1, l + 1, c, i, d)),
            [*at_both, *between(1, a, d), *between(1, i, d)],
        ),
        link(
            "upper member",
            combination({"layer above": -residual(a, b) * up_to(l, j, b)}),
            through(in_upper) == residual(a, b) * above(l, a, i) * up_to(l, j, b),
            [*at_both, *at_ij, *at_ab],
        ),
        link(
            "upper members",
            summation("upper member", a, b),
            over_entries(through(in_upper)) == middle,
            [*at_both, *at_ij],
        ),
        link(
            "upper",
            combination({"upper sums": 1, "upper exchanged": 1, "upper members": 1}),
            upper == middle,
            [*at_both, *at_ij],
        ),
        # --- the flow
        link("neighbours", combination({"upper": 1, "lower": -1})),
        link("transposed", instance("neighbours", {i: j, j: i}), transposed, [*at_both, *at_ij]),
        link(
            "chain rule",
            calculation(),
            along_the_flow(imbalance) == transposed.rhs - transposed.lhs + lower - upper,
            [*at_both, *at_ij],
        ),
        link("conserved", combination({"chain rule": 1, "neighbours": -1, "transposed": -1})),
    ],
    false_neighbours=[
        when(upper == -lower, *at_both, *at_ij),
        when(upper == 0, *at_both, *at_ij),
        when(along_the_flow(through(W[h, l, c, i] * W[h, l, c, j])) == 0, *at_layer, *at_ij),
        when(along_the_flow(imbalance - W[h, l, i, j]) == 0, *at_both, *at_ij),
    ],
    checks=[Check("pairs of layers, exactly, from the gradient of the matrices", exact_flow)],
)
