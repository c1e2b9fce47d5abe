"""A step of gradient descent in orthogonal bases is the plain step in these bases."""

from itertools import islice, pairwise

from proofs.matrices import equal_matrices as equal
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.equal_matrices import d, depth, over_layers
from proofs.matrices.orthogonal_change import t
from proofs.matrices.orthogonal_isometry import C, D, back
from proofs.matrices.orthogonal_loss import S, T, frame, framed, loss_of, target, total
from proofs.matrices.orthogonal_product import (
    Q,
    W,
    X,
    a,
    at_ab,
    at_bases,
    at_h,
    at_ij,
    b,
    e,
    h,
    i,
    is_turned,
    j,
    k,
    l,
    layers,
    over,
    p,
    rows,
    turned,
)
from verifier.kernel.rules.matrices import moved
from verifier.reasons import calculation, combination, exchanging, instance, of, summation
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import H, Iverson, between, chain, diff, eta, integer, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

n, f, g = map(integer, "n f g".split())

setting = [*frame, layers, target, rows]
at_n = [*at_h, *between(1, n, depth[h])]
bracket = Iverson(p == h) * Iverson(l == n) * Iverson(e == a) * Iverson(k == b)
entry = function((p, l, e, k), bracket)
residual = total(X, f, g) - T[f, g]
from_plain = substitute(is_turned(D, C), {D: entry})
entry_in_bases = substitute(back(D), {D: entry})


def slope(x, target, direction):
    """The derivative of the loss along a direction, where t is 0."""
    return diff(loss_of(moved(x, (t, direction)), target), t)


def after(x, target, i, j):
    """The entry (i, j) of layer n of pathway h after one step of gradient descent."""
    direction = substitute(entry, {a: i, b: j})
    return member(x, (h, n, i, j)) - eta * slope(x, target, direction)


def in_bases(term):
    """An entry of Q_(n+1) G Q_n^T for a matrix G."""
    return over(Q[h, n + 1, a, i] * term * Q[h, n, b, j], i, j)


def change(direction):
    """The change of the loss along a direction, as it changes one layer after the other."""
    layer = member(direction, (h, l, i, j))
    changed = over(path(l + 1, depth[h], f, i) * layer * path(1, l - 1, j, g), i, j)
    return over(residual * over_layers(changed), f, g)


def path(first, last, row, column):
    """An entry of the product of some layers of pathway h."""
    return chain(function((l, a, b), X[h, l, a, b]), first, last, row, column, d)


gradient = slope(W, S, entry)
plain_gradient = slope(X, T, substitute(entry, {a: i, b: j}))
opened = in_bases(residual * path(n + 1, depth[h], f, i) * path(1, n - 1, j, g)).args[0].args[0]


def neighbour(claim, x, target, basis, boundary):
    """A claim for a layer of one pathway, with one basis that is not the unit."""
    sized = at_bases(substitute(claim, {W: x, S: target}), {(1, boundary): basis})
    place = {H: 1, h: 1, n: 1, a: 1, b: 2}
    return when(substitute(sized, {s: rational(x) for s, x in place.items()}), t == 0)


def exact_gradients():
    """Compare the gradients of networks in random orthogonal bases with those in plain ones."""
    from verifier.networks.matrices import product, subtract, transpose

    checked = 0
    for network, own, plain in bases.turned_networks():
        size = len(plain.target)
        found, known = iter(network.gradient()), iter(plain.gradient())
        for below, above in (pair for path in own for pair in pairwise(path)):
            ours, theirs = (
                [list(islice(slopes, size)) for _ in range(size)] for slopes in (found, known)
            )
            if any(map(any, subtract(ours, product([above, theirs, transpose(below)])))):
                raise Disproved(f"{plain}, bases {own}")
            checked += 1
    return checked


framed_target = function((a, b), framed(T, a, b))
same_step = after(W, S, a, b) == in_bases(after(X, T, i, j))
plain_step = after(W, S, a, b) == W[h, n, a, b] - eta * slope(X, T, entry)

theorem = Theorem(
    label="orthogonal-step",
    title="A step of gradient descent commutes with a change of orthogonal bases",
    source="O; the aligned set in mathematics.md, for layers of any kind",
    why="""
    The slope of the loss along a direction is that along the plain direction (orthogonal-change).
    One entry of a layer of W is the direction Q_(n+1)^T E Q_n of the plain layers X, along which
    the slope is the sum of the entries of the gradient with these weights: in the bases the
    gradient G of layer n is Q_(n+1) G Q_n^T, as the layer itself is, and so is what a step of
    gradient descent makes of it: the step commutes with the change of bases. This holds at any
    weights and for any target.
    """,
    given=[t == 0],
    claims={
        "gradient": when(gradient == in_bases(plain_gradient), *setting, *at_n, *at_ab),
        "step": when(after(W, S, a, b) == in_bases(after(X, T, i, j)), *setting, *at_n, *at_ab),
    },
    proof=[
        # --- one entry of a layer as a direction of the plain layers
        link(
            "rate",
            calculation(),
            slope(X, T, C) == change(C),
        ),
        link(
            "slope",
            calculation(of("orthogonal-change/slope", {D: entry}), "rate"),
            gradient == change(C),
            [*setting, from_plain],
        ),
        link(
            "onto",
            instance("orthogonal-isometry/onto", {D: entry}),
            substitute(from_plain, {C: entry_in_bases}),
            [rows],
        ),
        link(
            "rate of the entry",
            instance("slope", {C: entry_in_bases}, ["onto"]),
            gradient == substitute(change(C), {C: entry_in_bases}),
            setting,
        ),
        link(
            "one layer",
            calculation(),
            substitute(change(C), {C: entry_in_bases}) == over(opened, f, g, i, j),
            [*at_n, *at_ab],
        ),
        # --- the entries of the plain gradient
        link(
            "entry",
            calculation(),
            Q[h, n + 1, a, i] * plain_gradient * Q[h, n, b, j] == over(opened, f, g),
            [*at_n, *at_ij],
        ),
        link(
            "entries",
            summation("entry", i, j),
            in_bases(plain_gradient) == over(opened, i, j, f, g),
            at_n,
        ),
        link(
            "layer inside",
            exchanging(2, 3, 0, 1),
            over(opened, f, g, i, j) == over(opened, i, j, f, g),
            at_n,
        ),
        link(
            "gradient",
            combination({"rate of the entry": 1, "one layer": 1, "layer inside": 1, "entries": -1}),
        ),
        link(
            "layer",
            instance("equal-matrices/layers", {equal.X: W, equal.Y: turned(X), l: n}),
            W[h, n, a, b] == member(turned(X), (h, n, a, b)),
            [layers, *at_n, *at_ab],
        ),
        link("step", combination({"layer": 1, "gradient": -eta})),
    ],
    false_neighbours=[
        neighbour(same_step, turned(X), framed_target, bases.shear, 2),
        neighbour(same_step, X, framed_target, bases.rotation, 2),
        neighbour(same_step, turned(X), T, bases.rotation, 3),
        neighbour(plain_step, turned(X), framed_target, bases.rotation, 2),
    ],
    checks=[Check("layers in random orthogonal bases, from exact gradients", exact_gradients)],
)
