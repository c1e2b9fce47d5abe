"""A network in orthogonal bases has the loss of the plain one."""

from proofs.matrices import equal_matrices as equal
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.equal_matrices import A, B, d, depth, distance
from proofs.matrices.orthogonal_isometry import P, R, basis_at
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
    columns,
    h,
    i,
    j,
    l,
    layers,
    over,
    path,
    turned,
)
from verifier.kernel.rules.matrices import loss, output
from verifier.reasons import calculation, exchanging, instance, of, summation
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import REAL, H, Sum, family, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

S, T = family("S", REAL, 2), family("T", REAL, 2)


def upper(a, i):
    """An entry of U, the basis of the output in the first pathway."""
    return Q[1, depth[1] + 1, a, i]


def lower(b, j):
    """An entry of V, the basis of the input in the first pathway."""
    return Q[1, 1, b, j]


def framed(x, a, b):
    """An entry of U x V^T."""
    return over(upper(a, i) * member(x, (i, j)) * lower(b, j), i, j)


def is_framed(s, x):
    """That the matrix s is U x V^T."""
    return distance(s, function((a, b), framed(x, a, b))) == 0


def shared(boundary, first):
    """That all pathways have the basis of the first one at a boundary."""
    own = function((a, b), Q[h, boundary, a, b])
    return Sum(distance(own, function((a, b), first(a, b))), (h, 1, H)) == 0


def total(x, a, b):
    """An entry of the output."""
    return output(x, H, depth, d, a, b)


def loss_of(x, target):
    """The loss of layers at a target."""
    return loss(x, H, depth, target, d)


above, below = shared(depth[h] + 1, upper), shared(rational(1), lower)
frame = (columns, above, below)
target = is_framed(S, T)
framed_part = upper(a, i) * path(X, depth[h], i, j) * lower(b, j)
framed_path = over(framed_part, i, j)
error = function((i, j), total(X, i, j) - T[i, j])
values = {
    A: function((a, b), upper(a, b)), B: function((a, b), lower(a, b)), P: error, R: error,
}  # fmt: skip
squares = over(framed(error, a, b) ** 2, a, b)


def basis_of(name, boundary, first, given):
    """Every pathway has the basis of the first one at a boundary."""
    pair = {A: function((a, b), Q[h, boundary, a, b]), B: function((a, b), first(a, b))}
    members = {equal.z: function((h,), distance(pair[A], pair[B])), equal.N: H, equal.k: h}
    return [
        link(
            f"{name} of a pathway",
            instance("equal-matrices/member", members),
            distance(pair[A], pair[B]) == 0,
            [given, *at_h],
        ),
        link(
            name,
            instance("equal-matrices/entry", pair, [f"{name} of a pathway"]),
            Q[h, boundary, a, b] == first(a, b),
            [given, *at_h, *at_ab],
        ),
    ]


def neighbour(layers, target, changed):
    """The claim of the loss for networks that are not in the bases, or in no orthogonal ones."""
    claim = loss_of(layers, target) == loss_of(X, T)
    return when(substitute(at_bases(claim, changed), {H: rational(2)}))


def exact_losses():
    """The loss of networks in random orthogonal bases, in fractions."""
    checked = 0
    for network, own, plain in bases.turned_networks():
        if network.loss != plain.loss:
            raise Disproved(f"{network}, bases {own}: {network.loss} is not {plain.loss}")
        checked += 1
    return checked


framed_target = function((a, b), framed(T, a, b))
sheared = {(1, 2): bases.shear}
transposed = function((a, b), over(upper(i, a) * T[i, j] * lower(b, j), i, j))
one_end = {(1, 3): bases.rotation}
both_ends = {(1, 3): bases.rotation, (2, 3): bases.rotation}

theorem = Theorem(
    label="orthogonal-loss",
    title="Orthogonal bases of the layers do not change the loss",
    source="O; the aligned set in mathematics.md, for layers of any kind",
    why="""
    The layers are W_l = Q_(l+1) X_l Q_l^T in every pathway (orthogonal-product), and all pathways
    share the outer bases U and V, those of the first one. The products of the pathways add up to
    U M V^T with the output M of the plain layers X, and if the target is framed in the same way,
    S = U T V^T, so is the residual, which keeps its norm (orthogonal-isometry): the loss is the
    same, for any layers X and any target T.
    """,
    claims={
        "output": when(
            total(W, a, b) == framed(function((i, j), total(X, i, j)), a, b),
            *frame,
            layers,
            *at_ab,
        ),
        "loss": when(loss_of(W, S) == loss_of(X, T), *frame, layers, target),
    },
    proof=[
        # --- the output
        *basis_of("upper basis", depth[h] + 1, upper, above),
        *basis_of("lower basis", rational(1), lower, below),
        link(
            "framed entry",
            calculation(of("upper basis", {b: i}), of("lower basis", {a: b, b: j})),
            Q[h, depth[h] + 1, a, i] * path(X, depth[h], i, j) * Q[h, 1, b, j] == framed_part,
            [above, below, *at_h, *at_ab, *at_ij],
        ),
        link(
            "framed entries",
            summation("framed entry", i, j),
            bases.partial(depth[h], a) == framed_path,
            [above, below, *at_h, *at_ab],
        ),
        link(
            "framed pathway",
            calculation("orthogonal-product/pathway", "framed entries"),
            path(W, depth[h], a, b) == framed_path,
            [*frame, layers, *at_h, *at_ab],
        ),
        link(
            "framed pathways",
            summation("framed pathway", h),
            Sum(path(W, depth[h], a, b), (h, 1, H)) == Sum(framed_path, (h, 1, H)),
            [*frame, layers, *at_ab],
        ),
        link(
            "pathways inside",
            exchanging(1, 2, 0),
            Sum(framed_path, (h, 1, H)) == over(Sum(framed_part, (h, 1, H)), i, j),
            at_ab,
        ),
        link("output", calculation("framed pathways", "pathways inside")),
        # --- the loss
        link(
            "target",
            instance("equal-matrices/entry", {A: S, B: framed_target}),
            S[a, b] == framed(T, a, b),
            [target, *at_ab],
        ),
        link(
            "residual",
            calculation("output", "target"),
            (total(W, a, b) - S[a, b]) ** 2 == framed(error, a, b) ** 2,
            [*frame, layers, target, *at_ab],
        ),
        link(
            "residuals",
            summation("residual", a, b),
            over((total(W, a, b) - S[a, b]) ** 2, a, b) == squares,
            [*frame, layers, target],
        ),
        basis_at("columns of U", [], {h: rational(1), l: depth[1] + 1}),
        basis_at("columns of V", [], {h: rational(1), l: rational(1)}),
        link(
            "plain residuals",
            calculation(of("orthogonal-isometry/norm", values, ["columns of U", "columns of V"])),
            squares == over(member(error, (i, j)) ** 2, i, j),
            [columns],
        ),
        link("loss", calculation("residuals", "plain residuals")),
    ],
    false_neighbours=[
        neighbour(turned(X), framed_target, sheared),
        neighbour(turned(X), framed_target, one_end),
        neighbour(turned(X), T, both_ends),
        neighbour(turned(X), transposed, both_ends),
    ],
    checks=[Check("losses in random orthogonal bases, in fractions", exact_losses)],
)
