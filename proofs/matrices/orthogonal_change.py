"""Orthogonal bases of the layers change no slope, no curvature and no sharpness."""

from proofs.matrices import orthogonal_loss as framing
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.equal_matrices import d, depth, over_layers
from proofs.matrices.orthogonal_isometry import C, D, E, F, along, along_second, back, product_of
from proofs.matrices.orthogonal_loss import S, T, frame, loss_of, target
from proofs.matrices.orthogonal_product import (
    W,
    X,
    a,
    at_ab,
    at_bases,
    at_h,
    at_l,
    b,
    h,
    is_turned,
    l,
    layers,
    over,
    rows,
    turned,
)
from verifier.kernel.rules.matrices import hessian_form, moved
from verifier.reasons import (
    calculation,
    combination,
    curvature,
    curvature_bound,
    differentiation,
    instance,
    of,
    summation,
)
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import Abs, H, diff, matrices, rational, real, sharpness
from verifier.theorem import Check, Disproved, Theorem, link, when

t, u = real("t"), real("u")

step = {W: moved(W, (t, D)), X: moved(X, (t, C))}
steps = {W: moved(W, (t, D), (u, E)), X: moved(X, (t, C), (u, F))}
setting = [*frame, layers, target]
loss_along = loss_of(step[W], S) == loss_of(step[X], T)
loss_along_both = loss_of(steps[W], S) == loss_of(steps[X], T)


def derivatives(equality, *variables):
    """That both sides have the same derivative by one variable after the other."""
    left, right = equality.lhs, equality.rhs
    for variable in variables:
        left, right = diff(left, variable), diff(right, variable)
    return left == right


def form(x, direction, target):
    """The curvature of the loss along a direction, where t is 0."""
    return hessian_form(x, direction, H, depth, target, d, t)


def sharpness_of(x, target):
    """The sharpness of a network."""
    return sharpness(matrices(x, d), L=depth, sigma=target)


def square(direction):
    """The squared length of a direction."""
    return product_of(direction, direction)


def still_turned(name, values, *given):
    """Layers that are moved along directions in the bases stay in the bases."""
    place = (h, l, a, b)
    apart = Abs(member(values[W], place) - member(turned(values[X]), place))
    pairs = ((W, X), (D, C), (E, F))[: len(given)]
    entries = [of("layer", {W: x, X: plain}) for x, plain in pairs]
    return [
        link(f"{name} entry", calculation(*entries), apart == 0, [*given, *at_h, *at_l, *at_ab]),
        link(
            f"{name} entries",
            summation(f"{name} entry", h, l, a, b),
            over_layers(over(apart, a, b)) == over_layers(over(rational(0), a, b)),
            given,
        ),
        link(name, calculation(f"{name} entries"), substitute(layers, values), given),
    ]


def no_sharper(name, first, second, there, lengths, given):
    """A network is no sharper than another that has its curvatures along directions as long."""
    (x, own, own_target), (y, image, image_target) = first, second
    other = sharpness_of(y, image_target)
    return [
        link(f"{name}: curvature", there, form(*first) == form(*second), given),
        link(f"{name}: length", lengths, square(own) == square(image), given),
        link(
            f"{name}: sharpness",
            curvature(image, t),
            form(*second) <= other * square(image),
            [t == 0],
        ),
        link(
            f"{name}: bound",
            combination(
                {f"{name}: curvature": -1, f"{name}: sharpness": 1, f"{name}: length": -other}
            ),
            form(*first) <= other * square(own),
            [*given, t == 0],
        ),
        link(
            name,
            curvature_bound(f"{name}: bound", own, t),
            sharpness_of(x, own_target) <= other,
            given,
        ),
    ]


def neighbour(layers, direction, target, basis, boundary):
    """The claim of the curvature for one pathway with one basis that is not the unit."""
    claim = at_bases(form(layers, direction, target) == form(X, C, T), {(1, boundary): basis})
    return when(substitute(claim, {H: rational(1)}), t == 0)


def exact_spectra():
    """Compare the characteristic polynomials of the Hessians, and the lengths of the gradients."""
    from flint import fmpq, fmpq_mat

    def characteristic(network):
        rows = [[fmpq(x.numerator, x.denominator) for x in row] for row in network.hessian()]
        return fmpq_mat(rows).charpoly()

    def slope(network):
        return sum(x * x for x in network.gradient())

    checked = 0
    for network, own, plain in bases.turned_networks():
        if characteristic(network) != characteristic(plain) or slope(network) != slope(plain):
            raise Disproved(f"{plain}, bases {own}")
        checked += 1
    return checked


framed_target = function((a, b), framing.framed(T, a, b))

theorem = Theorem(
    label="orthogonal-change",
    title="Orthogonal bases of the layers change no slope, curvature or sharpness",
    source="O; the aligned set in mathematics.md, for layers of any kind",
    why="""
    The layers W are the layers X in orthogonal bases, and the target S is T in the outer ones. If W
    moves along D, a direction X moved along C is in the same bases, where D_l = Q_(l+1) C_l Q_l^T,
    and the loss is the same function of both steps (orthogonal-loss). So are its derivatives: the
    slope along D is that along C, and the Hessian takes D and E to the value of C and F. As every D
    comes from one C of the same length (orthogonal-isometry), the largest curvature along a
    unit direction is the same, too. This holds at any layers X and for any target, not at minima
    alone.
    """,
    claims={
        "slope": when(derivatives(loss_along, t), *setting, along),
        "hessian": when(derivatives(loss_along_both, t, u), *setting, along, along_second),
        "curvature": when(form(W, D, S) == form(X, C, T), *setting, along),
        "sharpness": when(sharpness_of(W, S) == sharpness_of(X, T), *setting, rows),
    },
    proof=[
        link(
            "layer",
            instance("equal-matrices/layers", {bases.equal.X: W, bases.equal.Y: turned(X)}),
            W[h, l, a, b] == member(turned(X), (h, l, a, b)),
            [layers, *at_h, *at_l, *at_ab],
        ),
        # --- one direction
        *still_turned("moved", step, layers, along),
        link(
            "loss along",
            instance("orthogonal-loss/loss", step, ["moved"]),
            loss_along,
            [*setting, along],
        ),
        link("slope", differentiation("loss along")),
        link("curvature", differentiation("slope")),
        # --- two directions
        *still_turned("moved twice", steps, layers, along, along_second),
        link(
            "loss along both",
            instance("orthogonal-loss/loss", steps, ["moved twice"]),
            loss_along_both,
            [*setting, along, along_second],
        ),
        link(
            "slope along both",
            differentiation("loss along both"),
            derivatives(loss_along_both, t),
            [*setting, along, along_second],
        ),
        link("hessian", differentiation("slope along both")),
        # --- the sharpness
        link("turned", calculation(), is_turned(turned(C), C)),
        *no_sharper(
            "at most",
            (W, D, S),
            (X, back(D), T),
            instance("curvature", {C: back(D)}, ["orthogonal-isometry/onto"]),
            instance(
                "orthogonal-isometry/inner",
                {E: D, C: back(D), F: back(D)},
                ["orthogonal-isometry/onto"],
            ),
            [*setting, rows],
        ),
        *no_sharper(
            "at least",
            (X, C, T),
            (W, turned(C), S),
            calculation(of("curvature", {D: turned(C)}, ["turned"])),
            calculation(
                of(
                    "orthogonal-isometry/inner",
                    {D: turned(C), E: turned(C), F: C},
                    ["turned"],
                )
            ),
            setting,
        ),
        link("sharpness", calculation("at most", "at least")),
    ],
    false_neighbours=[
        neighbour(turned(X), turned(C), framed_target, bases.shear, 2),
        neighbour(turned(X), C, framed_target, bases.rotation, 2),
        neighbour(turned(X), turned(C), T, bases.rotation, 3),
        neighbour(X, turned(C), framed_target, bases.rotation, 1),
    ],
    checks=[
        Check(
            "Hessians in random orthogonal bases: the same characteristic polynomial", exact_spectra
        )
    ],
)
