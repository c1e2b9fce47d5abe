"""Gradient descent keeps layers aligned and balanced, in whatever orthogonal bases they are."""

from fractions import Fraction
from itertools import islice, pairwise

from proofs.matrices import invariant_manifold as manifold
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.invariant_manifold import aligned, alike, diagonal, error, moved_alike, others
from proofs.matrices.orthogonal_change import t
from proofs.matrices.orthogonal_loss import S, T, framed
from proofs.matrices.orthogonal_product import (
    Q,
    W,
    X,
    a,
    at_ab,
    at_ij,
    b,
    h,
    i,
    j,
    over,
    turned,
)
from proofs.matrices.orthogonal_step import after, at_n, in_bases, n, neighbour, setting
from verifier.reasons import calculation, instance, summation
from verifier.statements.substitution import function, substitute
from verifier.statements.vocabulary import Iverson, eta
from verifier.theorem import Check, Disproved, Theorem, link, when

moved_mode = aligned(h, n, i) - eta * error(aligned, i) * others(aligned, h, n, i)


def kept(name, layer, mode, claim):
    """Diagonal layers in the bases are diagonal in the bases after the step."""
    plain = {X: diagonal(layer), T: manifold.target}
    where = [substitute(relation, plain) for relation in setting]
    opened = Q[h, n + 1, a, i] * after(plain[X], plain[T], i, j) * Q[h, n, b, j]
    diagonal_part = Q[h, n + 1, a, i] * (mode * Iverson(i == j)) * Q[h, n, b, j]
    return [
        link(
            f"{name}: step",
            instance("orthogonal-step/step", plain),
            after(W, S, a, b) == substitute(in_bases(after(X, T, i, j)), plain),
            [*at_n, *at_ab, *where],
        ),
        link(
            f"{name}: entry",
            calculation(f"invariant-manifold/{claim}"),
            opened == diagonal_part,
            [*at_n, *at_ab, *at_ij],
        ),
        link(
            f"{name}: entries",
            summation(f"{name}: entry", i, j),
            over(opened, i, j) == over(diagonal_part, i, j),
            [*at_n, *at_ab],
        ),
        link(name, calculation(f"{name}: step", f"{name}: entries")),
    ]


def on_the_diagonal(layer, mode):
    """The claim that a step keeps diagonal layers in the bases diagonal in them."""
    plain = {X: diagonal(layer), T: manifold.target}
    where = [substitute(relation, plain) for relation in setting]
    after_step = over(Q[h, n + 1, a, i] * mode * Q[h, n, b, i], i)
    return when(after(W, S, a, b) == after_step, *at_n, *at_ab, *where)


def at_rest(x, target, basis, boundary):
    """The claim of a balanced step for layers or a target that are not in orthogonal bases."""
    return neighbour(on_the_diagonal(alike, moved_alike()).claim, x, target, basis, boundary)


def exact_steps():
    """Compare exact gradients in random orthogonal bases with the formula of the modes."""
    from verifier.networks import MatrixNetwork, in_bases
    from verifier.networks.matrices import product, subtract, transpose

    checked = 0
    for depths, size in bases.SIZES:
        own = bases.random_bases(depths, size, checked)
        modes = [[Fraction(2 * k - n + 1, k + 2) for k in range(size)] for n in range(len(depths))]
        goal = [Fraction(k + 1, 2) for k in range(size)]
        plain = [[_diagonal(row)] * length for row, length in zip(modes, depths, strict=True)]
        network = in_bases(MatrixNetwork(plain, _diagonal(goal)), own)
        errors = [
            sum(row[k] ** length for row, length in zip(modes, depths, strict=True)) - goal[k]
            for k in range(size)
        ]
        slopes = iter(network.gradient())
        for row, length, boundaries in zip(modes, depths, own, strict=True):
            expected = _diagonal([errors[k] * row[k] ** (length - 1) for k in range(size)])
            for below, above in pairwise(boundaries):
                found = [list(islice(slopes, size)) for _ in range(size)]
                framed_step = product([above, expected, transpose(below)])
                if any(map(any, subtract(found, framed_step))):
                    raise Disproved(f"depths {depths}, modes {modes}, bases {own}: {found}")
                checked += 1
    return checked


def _diagonal(entries):
    return [
        [x if k == c else Fraction(0) for c in range(len(entries))] for k, x in enumerate(entries)
    ]


turned_diagonal = substitute(turned(X), {X: diagonal(alike)})
framed_target = function((a, b), framed(manifold.target, a, b))

theorem = Theorem(
    label="orthogonal-manifold",
    title="Gradient descent keeps matrices aligned and depth-balanced in any bases",
    source="P; invariant-manifold in mathematics.md",
    why="""
    Aligned layers are Q_(l+1) Sigma_l Q_l^T with diagonal matrices Sigma_l and orthogonal bases
    Q_l, of which all pathways share the outer ones, U and V, and the target is U diag(y) V^T. The
    step of gradient descent commutes with the bases (orthogonal-step), and the plain layers are
    diagonal after it (invariant-manifold): the layers are aligned in the same bases as before. If
    the diagonal layers of a pathway are alike, they stay alike. This holds for any residual and
    step size, weights of any sign, not at minima alone.
    """,
    given=[t == 0],
    claims={
        "aligned": on_the_diagonal(aligned, moved_mode),
        "balanced": on_the_diagonal(alike, moved_alike()),
    },
    proof=[
        *kept("aligned", aligned, moved_mode, "modes"),
        *kept("balanced", alike, moved_alike(), "balanced"),
    ],
    false_neighbours=[
        at_rest(turned_diagonal, framed_target, bases.shear, 2),
        at_rest(diagonal(alike), framed_target, bases.rotation, 2),
        at_rest(turned_diagonal, manifold.target, bases.rotation, 3),
        neighbour(
            after(W, S, a, b) == W[h, n, a, b], turned_diagonal, framed_target, bases.rotation, 2
        ),
    ],
    checks=[Check("layers, after an exact step in random orthogonal bases", exact_steps)],
)
