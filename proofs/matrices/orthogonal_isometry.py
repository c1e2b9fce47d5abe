"""A change of orthogonal bases is an isometry: it keeps inner products, and reaches everything."""

from proofs.matrices import equal_matrices as equal
from proofs.matrices import orthogonal_product as bases
from proofs.matrices.equal_matrices import A, B, d, depth, distance, distances, over_layers
from proofs.matrices.orthogonal_product import (
    Q,
    a,
    at_ab,
    at_bases,
    at_h,
    at_ij,
    at_l,
    b,
    c,
    columns,
    e,
    h,
    i,
    in_columns,
    in_rows,
    is_turned,
    j,
    k,
    l,
    m,
    over,
    rows,
    turned,
)
from verifier.kernel.rules.matrices import inner
from verifier.reasons import calculation, exchanging, instance, of, summation
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import REAL, Abs, H, Iverson, between, family, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

C, D, E, F = (family(name, REAL, 4) for name in "CDEF")
P, R = family("P", REAL, 2), family("R", REAL, 2)
unit = function((a, b), Iverson(a == b))


def product_of(u, v):
    """The inner product of two directions in the space of the weights."""
    return inner(u, v, H, depth, d)


def orthonormal(x):
    """The inner products of the columns of a matrix."""
    return function((a, b), over(member(x, (c, a)) * member(x, (c, b)), c))


def is_orthonormal(x):
    """That the columns of a matrix are unit vectors, orthogonal to each other."""
    return distance(orthonormal(x), unit) == 0


def between_bases(x):
    """An entry of A x B^T."""
    return over(A[a, i] * x[i, j] * B[b, j], i, j)


def back(x):
    """The directions x written in the bases: Q_(l+1)^T x_l Q_l."""
    entry = Q[h, l + 1, i, a] * member(x, (h, l, i, j)) * Q[h, l, j, b]
    return function((h, l, a, b), over(entry, i, j))


at_hl = [*at_h, *at_l]
at_ijkm = [*at_ij, *between(1, k, d), *between(1, m, d)]
along, along_second = is_turned(D, C), is_turned(E, F)
both = [is_orthonormal(A), is_orthonormal(B)]
layer_bases = {
    A: function((a, b), Q[h, l + 1, a, b]), B: function((a, b), Q[h, l, a, b]),
    R: function((i, j), C[h, l, i, j]), P: function((i, j), F[h, l, i, j]),
}  # fmt: skip

opened = A[a, i] * R[i, j] * B[b, j] * A[a, k] * P[k, m] * B[b, m]
met = Iverson(i == k) * Iverson(j == m) * R[i, j] * P[k, m]
of_layer = D[h, l, a, b] * E[h, l, a, b]
turned_layer = member(turned(C), (h, l, a, b)) * member(turned(F), (h, l, a, b))
plain_layer = C[h, l, a, b] * F[h, l, a, b]
there_and_back = member(turned(back(D)), (h, l, a, b))
rows_opened = Q[h, l + 1, a, i] * Q[h, l + 1, e, i] * D[h, l, e, k] * Q[h, l, k, j] * Q[h, l, b, j]
rows_met = Iverson(a == e) * Iverson(b == k) * D[h, l, e, k]
apart = Abs(D[h, l, a, b] - there_and_back)


def basis_at(name, given, at):
    """The columns of one basis are orthonormal."""
    place = {h: h, l: l, **at}
    values = {equal.X: in_columns, equal.Y: bases.unit, depth: bases.boundaries, **at}
    claim = distances(in_columns, bases.unit, place[h], place[l]) == 0
    return link(name, instance("equal-matrices/layer", values), claim, [columns, *given])


def neighbour(claim, basis):
    """A claim for two layers of one pathway, with one basis between them that is not the unit."""
    place = {H: rational(1), h: rational(1), l: rational(1), a: rational(1), b: rational(2)}
    return when(substitute(at_bases(claim, {(1, 2): basis}), place))


def exact_products():
    """Inner products of networks in random orthogonal bases, as points, in fractions."""
    from verifier.networks import MatrixNetwork, in_bases
    from verifier.networks.matrices import inner, transpose

    def along(first, second):
        pairs = zip(first.pathways, second.pathways, strict=True)
        return sum(inner(x, y) for own in pairs for x, y in zip(*own, strict=True))

    checked = 0
    for network, own, plain in bases.turned_networks():
        other = [[transpose(layer) for layer in path] for path in plain.pathways]
        second = MatrixNetwork(other, plain.target)
        for first, turned_first in ((plain, network), (second, in_bases(second, own))):
            if along(turned_first, network) != along(first, plain):
                raise Disproved(f"{plain}, bases {own}")
            checked += 1
    return checked


squared = product_of(turned(C), turned(C)) == product_of(C, C)
longer = product_of(turned(C), C) == product_of(C, C)

theorem = Theorem(
    label="orthogonal-isometry",
    title="A change of orthogonal bases keeps inner products, and reaches every direction",
    source="O; the aligned set in mathematics.md, for layers of any kind",
    why="""
    Between matrices A and B with orthonormal columns a matrix keeps its inner products,
    tr(B R^T A^T A P B^T) = tr(R^T P). Directions in the space of the weights are matrices, one for
    each layer, and D_l = Q_(l+1) C_l Q_l^T is such a product in every layer, so two directions D
    and E have the inner product of the plain ones C and F. Where the rows of the bases are
    orthonormal, too, every D is of this form: for C_l = Q_(l+1)^T D_l Q_l the products
    Q_(l+1) Q_(l+1)^T and Q_l Q_l^T at both sides of D_l are unit matrices.
    """,
    claims={
        "norm": when(
            over(between_bases(R) * between_bases(P), a, b) == over(R[i, j] * P[i, j], i, j), *both
        ),
        "inner": when(product_of(D, E) == product_of(C, F), columns, along, along_second),
        "onto": when(is_turned(D, back(D)), rows),
    },
    proof=[
        # --- norms between orthonormal columns
        *[
            link(
                f"columns of {x}",
                instance("equal-matrices/entry", {A: orthonormal(x), B: unit}),
                member(orthonormal(x), (a, b)) == Iverson(a == b),
                [is_orthonormal(x), *at_ab],
            )
            for x in (A, B)
        ],
        link(
            "opened",
            calculation(),
            over(between_bases(R) * between_bases(P), a, b) == over(opened, a, b, i, j, k, m),
        ),
        link(
            "columns inside",
            exchanging(2, 3, 4, 5, 0, 1),
            over(opened, a, b, i, j, k, m) == over(opened, i, j, k, m, a, b),
        ),
        link(
            "two columns",
            calculation(of("columns of A", {a: i, b: k}), of("columns of B", {a: j, b: m})),
            over(opened, a, b) == met,
            [*both, *at_ijkm],
        ),
        link(
            "all columns",
            summation("two columns", i, j, k, m),
            over(opened, i, j, k, m, a, b) == over(met, i, j, k, m),
            both,
        ),
        link("norm", calculation("opened", "columns inside", "all columns")),
        # --- directions
        *[
            link(
                f"entry of {x}",
                instance("equal-matrices/layers", {equal.X: x, equal.Y: turned(plain)}),
                x[h, l, a, b] == member(turned(plain), (h, l, a, b)),
                [is_turned(x, plain), *at_hl, *at_ab],
            )
            for x, plain in ((D, C), (E, F))
        ],
        link(
            "entries",
            calculation("entry of D", "entry of E"),
            of_layer == turned_layer,
            [along, along_second, *at_hl, *at_ab],
        ),
        link(
            "layer",
            summation("entries", a, b),
            over(of_layer, a, b) == over(turned_layer, a, b),
            [along, along_second, *at_hl],
        ),
        basis_at("columns above", at_hl, {l: l + 1}),
        basis_at("columns below", at_hl, {}),
        link(
            "plain layer",
            calculation("layer", of("norm", layer_bases, ["columns above", "columns below"])),
            over(of_layer, a, b) == over(plain_layer, a, b),
            [columns, along, along_second, *at_hl],
        ),
        link(
            "layers",
            summation("plain layer", h, l),
            over_layers(over(of_layer, a, b)) == over_layers(over(plain_layer, a, b)),
            [columns, along, along_second],
        ),
        link("inner", calculation("layers")),
        # --- every direction
        link(
            "row",
            instance(
                "equal-matrices/layers",
                {equal.X: in_rows, equal.Y: bases.unit, depth: bases.boundaries},
            ),
            member(in_rows, (h, l, a, b)) == Iverson(a == b),
            [rows, *at_h, *between(1, l, depth[h] + 1), *at_ab],
        ),
        link(
            "there and back",
            calculation(),
            there_and_back == over(rows_opened, i, j, e, k),
            [*at_hl, *at_ab],
        ),
        link(
            "rows inside",
            exchanging(2, 3, 0, 1),
            over(rows_opened, i, j, e, k) == over(rows_opened, e, k, i, j),
            [*at_hl, *at_ab],
        ),
        link(
            "two rows",
            calculation(of("row", {l: l + 1, b: e}), of("row", {a: b, b: k})),
            over(rows_opened, i, j) == rows_met,
            [rows, *at_hl, *at_ab, *between(1, e, d), *between(1, k, d)],
        ),
        link(
            "all rows",
            summation("two rows", e, k),
            over(rows_opened, e, k, i, j) == over(rows_met, e, k),
            [rows, *at_hl, *at_ab],
        ),
        link(
            "nothing lost",
            calculation("there and back", "rows inside", "all rows"),
            apart == 0,
            [rows, *at_hl, *at_ab],
        ),
        link(
            "nothing lost anywhere",
            summation("nothing lost", h, l, a, b),
            over_layers(over(apart, a, b)) == over_layers(over(rational(0), a, b)),
            [rows],
        ),
        link("onto", calculation("nothing lost anywhere")),
    ],
    false_neighbours=[
        neighbour(squared, bases.shear),
        neighbour(longer, bases.rotation),
        neighbour(there_and_back == D[h, l, a, b], bases.shear),
        neighbour(member(turned(turned(D)), (h, l, a, b)) == D[h, l, a, b], bases.rotation),
    ],
    checks=[Check("inner products of layers in random orthogonal bases", exact_products)],
)
