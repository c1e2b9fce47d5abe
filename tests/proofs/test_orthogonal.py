"""What the theorems in orthogonal bases give holds for networks that are in such bases.

What is given is a sum of distances that is 0, which no values drawn at random meet.
"""

from collections.abc import Mapping

import pytest

from proofs.matrices import invariant_manifold as manifold
from proofs.matrices import matrix_spectrum as spectrum
from proofs.matrices.equal_matrices import d, depth
from proofs.matrices.orthogonal_isometry import C, D, E, F
from proofs.matrices.orthogonal_loss import S, T, framed
from proofs.matrices.orthogonal_product import Q, W, X, a, b, h, l, rotation, shear, turned
from verifier.kernel.context import Context
from verifier.library import shipped
from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import Number, Relation, Symbol, Term
from verifier.statements.vocabulary import H, Iverson

ONE, TWO = Number(1), Number(2)
SIZES: Mapping[Symbol, Term] = {H: TWO, depth: function((h,), TWO), d: TWO}
MIDDLE = Iverson(l == 2)
PLACE: Mapping[Symbol, Term] = {
    h: ONE, a: ONE, b: TWO, spectrum.i: ONE, spectrum.j: TWO, spectrum.m: TWO, manifold.n: ONE,
    spectrum.t: Number(0), spectrum.u: Number(0),
}  # fmt: skip
SHARES = function((h, a), h * Iverson(a == 1) + 4 * Iverson(a == 2))
FAMILIES: Mapping[Symbol, Term] = {
    spectrum.s: SHARES,
    spectrum.v: function((h, l), Number(0)),
    manifold.w: function((h, l, a), h - 2 * l + a),
    manifold.x: function((h, a), h - 2 * a),
    manifold.y: function((a,), 5 * a - 1),
}


def bases(outer: Term) -> Term:
    """Unit matrices between two layers, one matrix at both ends."""
    return function((h, l, a, b), (1 - MIDDLE) * member(outer, (a, b)) + MIDDLE * Iverson(a == b))


def layers(slope: int) -> Term:
    return function((h, l, a, b), slope * h + 3 * l - a * b + slope * l * Iverson(a == b))


def target(entry: Term) -> Term:
    return function((a, b), substitute(framed(T, a, b), {T: entry}))


def plain(label: str, name: str) -> dict[Symbol, Term]:
    """Plain layers, directions and target for a claim, and the same in the bases."""
    x, goal, c = layers(1), function((a, b), 3 * a - b * b), layers(2)
    if label == "orthogonal-spectrum":
        x, goal = spectrum.weights, spectrum.target
        c = {"eigenvector": spectrum.eigenvector, "kernel": spectrum.block}.get(name, c)
    if label == "orthogonal-manifold":
        layer = {"aligned": manifold.aligned, "balanced": manifold.alike}[name]
        x, goal = manifold.diagonal(layer), manifold.target
    values = {X: x, T: goal, C: c, F: layers(-3), S: target(goal)}
    pairs = ((W, x), (D, c), (E, values[F]))
    return values | {w: substitute(turned(X), {X: own}) for w, own in pairs}


def given_at(label: str, name: str, outer: Term) -> list[Relation]:
    found = shipped(label).statement(name).given
    for values in (plain(label, name), FAMILIES, {Q: bases(outer)}, SIZES, PLACE):
        found = tuple(substitute(relation, values) for relation in found)
    return [relation for relation in found if not relation.free]


@pytest.mark.parametrize(
    ("label", "name", "count"),
    [
        ("orthogonal-product", "pathway", 8),
        ("orthogonal-isometry", "inner", 3),
        ("orthogonal-isometry", "onto", 1),
        ("orthogonal-loss", "output", 8),
        ("orthogonal-loss", "loss", 5),
        ("orthogonal-change", "slope", 6),
        ("orthogonal-change", "hessian", 7),
        ("orthogonal-change", "sharpness", 6),
        ("orthogonal-spectrum", "minimum", 9),
        ("orthogonal-spectrum", "eigenvector", 13),
        ("orthogonal-spectrum", "kernel", 14),
        ("orthogonal-spectrum", "sharpness", 9),
        ("orthogonal-step", "step", 15),
        ("orthogonal-manifold", "aligned", 15),
        ("orthogonal-manifold", "balanced", 15),
    ],
)
def test_what_is_given_holds_in_orthogonal_bases_alone(label: str, name: str, count: int) -> None:
    rotated = given_at(label, name, rotation)
    assert len(rotated) == count
    assert all(Context().holds(relation) for relation in rotated)
    sheared = given_at(label, name, shear)
    assert not all(Context().holds(relation) for relation in sheared)
