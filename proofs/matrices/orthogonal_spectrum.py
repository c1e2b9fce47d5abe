"""The spectrum at an aligned and balanced minimum, in any orthogonal bases."""

from fractions import Fraction
from itertools import product

from proofs.matrices import matrix_spectrum as spectrum
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.equal_matrices import A, B, d, depth
from proofs.matrices.matrix_spectrum import V, eigenvalue, i, j, mode
from proofs.matrices.orthogonal_change import sharpness_of, t, u
from proofs.matrices.orthogonal_isometry import C, D, E, F, back
from proofs.matrices.orthogonal_loss import S, T, frame, framed, is_framed, loss_of, total
from proofs.matrices.orthogonal_product import W, X, a, at_ab, at_bases, b, is_turned, rows, turned
from verifier.kernel.rules.matrices import inner, moved
from verifier.reasons import calculation, combination, instance, of
from verifier.statements.substitution import function, substitute
from verifier.statements.vocabulary import H, diff, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

plain = {X: spectrum.weights, T: spectrum.target}
at_ij = [*spectrum.origin, *spectrum.at_ij]
setting = [*frame, is_turned(W, spectrum.weights), is_framed(S, spectrum.target)]
eigenvector, block = (
    substitute(is_turned(D, C), {C: vector}) for vector in (spectrum.eigenvector, spectrum.block)
)
framed_target = function((a, b), framed(spectrum.target, a, b))


def hessian(x, target, first, second):
    """first^T (Hessian of the loss at the layers x) second, where t and u are 0."""
    return diff(diff(loss_of(moved(x, (t, first), (u, second)), target), t), u)


def length(first, second):
    """The inner product of two directions."""
    return inner(first, second, H, depth, d)


def eigen_equation(x, target, vector, other):
    """That the Hessian multiplies a vector by lambda_ij, as another direction sees it."""
    return hessian(x, target, vector, other) == eigenvalue(i, j) * length(vector, other)


def neighbour(claim, x, target, basis, boundary):
    """A claim for one pathway with one basis that is not the unit."""
    here = substitute(claim, {W: x, S: target})
    sized = substitute(at_bases(here, {(1, boundary): basis}), {H: rational(1)})
    place = {i: rational(1), j: rational(2), a: rational(1), b: rational(2)}
    return when(substitute(sized, place), *spectrum.origin)


def exact_spectra():
    """Compare the Hessians of minima in random orthogonal bases with the eigenvalues."""
    from verifier.networks import aligned_minimum, in_bases

    checked = 0
    for depths, size in bases.SIZES:
        roots = [[Fraction(2 * n + k, 2 + k) for k in range(size)] for n in range(len(depths))]
        powers = [[root**n for root in row] for row, n in zip(roots, depths, strict=True)]
        own = bases.random_bases(depths, size, checked)
        network = in_bases(aligned_minimum(depths, powers), own)
        claimed = {0: size**2 * (sum(depths) - 1)}
        for first, second in product(range(size), repeat=2):
            found = sum(
                row[first] ** (2 * (n - layer)) * row[second] ** (2 * (layer - 1))
                for row, n in zip(roots, depths, strict=True)
                for layer in range(1, n + 1)
            )
            claimed[found] = claimed.get(found, 0) + 1
        exact = {Fraction(str(x)): times for x, times in network.exact_spectrum()}
        if exact != {x: times for x, times in claimed.items() if times}:
            raise Disproved(f"depths {depths}, roots {roots}, bases {own}: {exact}")
        checked += 1
    return checked


at_minimum = total(W, a, b) == S[a, b]
in_the_bases = substitute(turned(X), plain)
turned_vector = substitute(turned(C), {C: spectrum.eigenvector})
equation = eigen_equation(W, S, turned_vector, V)
everywhere = is_turned(V, back(V))
somewhere = [is_turned(D, C), is_turned(V, F)]
plain_equation = eigen_equation(spectrum.weights, spectrum.target, spectrum.eigenvector, F)

theorem = Theorem(
    label="orthogonal-spectrum",
    title="Spectrum of the full Hessian at an aligned and balanced minimum in any bases",
    source="O; matrix-spectrum in mathematics.md",
    why="""
    At an aligned minimum the layers are Q_(l+1) Sigma_l Q_l^T with orthogonal bases Q_l, of which
    all pathways share the outer ones, U and V, and the target is U diag(sigma) V^T. In the bases
    this is the minimum of matrix-spectrum, and the Hessian takes two directions in the bases to the
    value of the plain ones (orthogonal-change): the eigenvectors are the plain ones in the bases,
    with the same eigenvalues lambda_ij, and orthogonal to each other as before
    (orthogonal-isometry), so there is no other eigenvalue. The largest of the sharpnesses of the
    modes is the sharpness.
    """,
    claims={
        "minimum": when(total(W, a, b) == S[a, b], *setting, *at_ab),
        "eigenvector": when(eigen_equation(W, S, D, V), *at_ij, *setting, rows, eigenvector),
        "kernel": when(
            hessian(W, S, D, V) == 0, *at_ij, spectrum.overlap == 0, *setting, rows, block
        ),
        "sharpness": when(
            sharpness_of(W, S) == mode(spectrum.m), *spectrum.largest, *setting, rows
        ),
    },
    proof=[
        link(
            "output",
            calculation(of("orthogonal-loss/output", {X: spectrum.weights})),
            total(W, a, b) == framed(spectrum.target, a, b),
            [*setting, *at_ab],
        ),
        link(
            "target",
            instance("equal-matrices/entry", {A: S, B: framed_target}),
            S[a, b] == framed(spectrum.target, a, b),
            [*setting, *at_ab],
        ),
        link("minimum", combination({"output": 1, "target": -1})),
        # --- eigenvectors
        link(
            "hessian",
            instance("orthogonal-change/hessian", {**plain, E: V}),
            hessian(W, S, D, V) == hessian(spectrum.weights, spectrum.target, C, F),
            [*setting, *somewhere],
        ),
        link(
            "inner",
            instance("orthogonal-isometry/inner", {E: V}),
            length(D, V) == length(C, F),
            [*setting, *somewhere],
        ),
        link(
            "plain eigenvector",
            instance("matrix-spectrum/eigenvector", {V: F}),
            plain_equation,
            at_ij,
        ),
        link(
            "eigenvector in the bases",
            calculation(
                of("hessian", {C: spectrum.eigenvector}),
                of("inner", {C: spectrum.eigenvector}),
                "plain eigenvector",
            ),
            eigen_equation(W, S, D, V),
            [*at_ij, *setting, eigenvector, is_turned(V, F)],
        ),
        link("every direction", instance("orthogonal-isometry/onto", {D: V}), everywhere, [rows]),
        link(
            "eigenvector", instance("eigenvector in the bases", {F: back(V)}, ["every direction"])
        ),
        link(
            "plain kernel",
            instance("matrix-spectrum/kernel", {V: F}),
            hessian(spectrum.weights, spectrum.target, spectrum.block, F) == 0,
            [*at_ij, spectrum.overlap == 0],
        ),
        link(
            "kernel in the bases",
            calculation(of("hessian", {C: spectrum.block}), "plain kernel"),
            hessian(W, S, D, V) == 0,
            [*at_ij, spectrum.overlap == 0, *setting, block, is_turned(V, F)],
        ),
        link("kernel", instance("kernel in the bases", {F: back(V)}, ["every direction"])),
        # --- the largest eigenvalue
        link(
            "same sharpness",
            instance("orthogonal-change/sharpness", plain),
            sharpness_of(W, S) == sharpness_of(spectrum.weights, spectrum.target),
            [*setting, rows],
        ),
        link("sharpness", combination({"same sharpness": 1, "matrix-spectrum/sharpness": 1})),
    ],
    false_neighbours=[
        neighbour(equation, in_the_bases, framed_target, bases.shear, 2),
        neighbour(equation, spectrum.weights, framed_target, bases.rotation, 2),
        neighbour(equation, in_the_bases, spectrum.target, bases.rotation, 3),
        neighbour(at_minimum, in_the_bases, framed_target, bases.shear, 2),
    ],
    checks=[
        Check("minima in random orthogonal bases: the characteristic polynomial", exact_spectra)
    ],
)
