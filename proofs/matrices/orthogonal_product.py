"""Layers in orthogonal bases: where these meet they cancel, and the outer ones are left."""

from fractions import Fraction
from itertools import count, islice

from proofs.matrices import equal_matrices as equal
from proofs.matrices.equal_matrices import d, depth, distances, over_layers
from verifier.reasons import (
    associativity,
    calculation,
    exchanging,
    instance,
    of,
    recursion,
    summation,
)
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import (
    REAL,
    H,
    Iverson,
    Sum,
    between,
    chain,
    family,
    integer,
    rational,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

Q, W, X = (family(name, REAL, 4) for name in "QWX")
h, l, a, b, c, e, i, j, k, m, p = map(integer, "h l a b c e i j k m p".split())  # noqa: E741

unit = function((h, l, a, b), Iverson(a == b))
in_columns = function((h, l, a, b), Sum(Q[h, l, c, a] * Q[h, l, c, b], (c, 1, d)))
in_rows = function((h, l, a, b), Sum(Q[h, l, a, c] * Q[h, l, b, c], (c, 1, d)))
boundaries = function((h,), depth[h] + 1)


def over(term, *indices):
    """The sum over places, of which there are d each."""
    for index in reversed(indices):
        term = Sum(term, (index, 1, d))
    return term


def turned(x):
    """The layers x in the bases Q: Q_(l+1) x_l Q_l^T."""
    entry = Q[h, l + 1, a, i] * member(x, (h, l, i, j)) * Q[h, l, b, j]
    return function((h, l, a, b), over(entry, i, j))


def orthonormal(products):
    """That the inner products of columns, or of rows, of all bases are those of unit vectors."""
    return over_layers(distances(products, unit, h, l), boundaries) == 0


def is_turned(w, x):
    """That the layers w are the layers x in the bases Q."""
    return over_layers(distances(w, turned(x), h, l)) == 0


def path(x, last, row, column):
    """An entry of the product of the layers of pathway h up to a layer."""
    return chain(function((l, a, b), x[h, l, a, b]), 1, last, row, column, d)


def partial(m, p):
    """An entry (p, b) of Q_(m+1) X_m .. X_1 Q_1^T."""
    return over(Q[h, m + 1, p, i] * path(X, m, i, j) * Q[h, 1, b, j], i, j)


columns, rows = orthonormal(in_columns), orthonormal(in_rows)
layers = is_turned(W, X)
partials = function((m, p), partial(m, p))
turned_layer = member(turned(X), (h, m + 1, p, c))

at_h, at_l = between(1, h, H), between(1, l, depth[h])
at_ab = [*between(1, a, d), *between(1, b, d)]
at_ij, at_ik = ([*between(1, i, d), *between(1, x, d)] for x in (j, k))
at_c, at_p = between(1, c, d), between(1, p, d)
between_layers = [*at_h, *between(1, b, d), *at_p, *between(1, m, depth[h] - 1)]

upper_part = Q[h, m + 2, p, i] * X[h, m + 1, i, j]
through = Q[h, m + 1, c, j] * Q[h, m + 1, c, e]
lower_part = path(X, m, e, k) * Q[h, 1, b, k]
opened = upper_part * through * lower_part
met = Iverson(j == e) * upper_part * lower_part
joined = upper_part * path(X, m, j, k) * Q[h, 1, b, k]
next_part = Q[h, m + 2, p, i] * path(X, m + 1, i, k) * Q[h, 1, b, k]
one_layer = chain(function((l, a, b), X[h, l, a, b]), m + 1, m + 1, i, j, d)


def at_bases(claim, changed):
    """A claim for two layers of 2 x 2 matrices, with unit bases but for those changed."""
    entry = Iverson(a == b)
    for (pathway, boundary), basis in changed.items():
        place = Iverson(h == pathway) * Iverson(l == boundary)
        entry = entry + place * (member(basis, (a, b)) - Iverson(a == b))
    bases = function((h, l, a, b), entry)
    return substitute(claim, {Q: bases, depth: function((h,), rational(2)), d: rational(2)})


corner = Iverson(a == 1) * Iverson(b == 2)
turn = (3 * Iverson(a == b) + 4 * Iverson(a == 2) * Iverson(b == 1) - 4 * corner) / 5
rotation, shear = function((a, b), turn), function((a, b), Iverson(a == b) + corner)


def neighbour(layers, changed, last=2):
    """The claim of a pathway of two layers that are not in the bases, or in no orthogonal ones."""
    claim = substitute(path(W, depth[h], a, b) == partial(last, a), {W: layers})
    place = {h: rational(1), a: rational(1), b: rational(2)}
    return when(substitute(at_bases(claim, changed), place))


def exact_products():
    """Multiply layers in random orthogonal bases, in fractions."""
    from verifier.networks.matrices import product, subtract, transpose

    checked = 0
    for network, bases, plain in turned_networks():
        for path, own, plain_path in zip(network.pathways, bases, plain.pathways, strict=True):
            for last in range(1, len(path) + 1):
                found = product(path[:last][::-1])
                framed = product([own[last], *plain_path[:last][::-1], transpose(own[0])])
                if any(map(any, subtract(found, framed))):
                    raise Disproved(f"layers {path}, bases {own}: {found}")
                checked += 1
    return checked


def turned_networks():
    """Networks in bases from Cayley's transform, the bases, and the plain networks."""
    from verifier.networks import MatrixNetwork, in_bases

    for number, (depths, size) in enumerate(SIZES):
        own, entries = random_bases(depths, size, number), _entries(number + 1)
        layers = [[_square(entries, size) for _ in range(n)] for n in depths]
        plain = MatrixNetwork(layers, _square(entries, size))
        yield in_bases(plain, own), own, plain


def random_bases(depths, size, number):
    """Bases for all boundaries between layers, the outer ones shared by all pathways."""
    entries = _entries(number)
    first, last = _basis(entries, size), _basis(entries, size)
    return [[first, *(_basis(entries, size) for _ in range(n - 1)), last] for n in depths]


def _entries(number):
    return (Fraction((7 * n * n + 5 * number * n) % 11 - 5, 1 + n % 3) for n in count())


def _square(entries, size):
    return [list(islice(entries, size)) for _ in range(size)]


def _basis(entries, size):
    from verifier.networks import cayley
    from verifier.networks.matrices import subtract, transpose

    square = _square(entries, size)
    return cayley(subtract(square, transpose(square)))


SIZES = ((1,), 2), ((2,), 3), ((3,), 2), ((2, 2), 2), ((1, 3), 2), ((2, 1, 2), 2), ((2, 3), 3)
transposed = Q[h, l + 1, i, a] * X[h, l, i, j] * Q[h, l, j, b]
swapped = Q[h, l, a, i] * X[h, l, i, j] * Q[h, l + 1, b, j]

theorem = Theorem(
    label="orthogonal-product",
    title="Layers in orthogonal bases multiply to the plain product in the outer bases",
    source="O; the aligned set in mathematics.md, for layers of any kind",
    why="""
    Layer l of pathway h is W_l = Q_(l+1) X_l Q_l^T with a basis Q_l at each boundary between
    layers. In W_(l+1) W_l the two factors Q_(l+1)^T Q_(l+1) between the layers are the unit matrix
    where the columns of Q_(l+1) are orthonormal, so that Q_(l+1) X_l .. X_1 Q_1^T begins with W_1
    and goes on from layer to layer as the product of the W does: it is that product. The bases are
    given to be orthonormal at every boundary, and the layers W to be in them everywhere, as
    "the sum of the distances of all entries is 0" (equal-matrices).
    """,
    claims={
        "pathway": when(
            path(W, depth[h], a, b) == partial(depth[h], a), columns, layers, *at_h, *at_ab
        ),
    },
    proof=[
        link(
            "layer",
            instance("equal-matrices/layers", {equal.X: W, equal.Y: turned(X)}),
            W[h, l, a, b] == member(turned(X), (h, l, a, b)),
            [layers, *at_h, *at_l, *at_ab],
        ),
        link(
            "column",
            instance(
                "equal-matrices/layers", {equal.X: in_columns, equal.Y: unit, depth: boundaries}
            ),
            member(in_columns, (h, l, a, b)) == Iverson(a == b),
            [columns, *at_h, *between(1, l, depth[h] + 1), *at_ab],
        ),
        # --- from a layer to the next
        link(
            "first layer",
            calculation(of("layer", {l: 1, a: p})),
            member(partials, (rational(1), p)) == W[h, 1, p, b],
            [layers, *at_h, *between(1, b, d), *at_p],
        ),
        link(
            "entry of the next layer",
            calculation(of("layer", {l: m + 1, a: p, b: c})),
            W[h, m + 1, p, c] * partial(m, c) == turned_layer * partial(m, c),
            [layers, *between_layers, *at_c],
        ),
        link(
            "next layer",
            summation("entry of the next layer", c),
            over(W[h, m + 1, p, c] * partial(m, c), c) == over(turned_layer * partial(m, c), c),
            [layers, *between_layers],
        ),
        link(
            "opened",
            calculation(),
            over(turned_layer * partial(m, c), c) == over(opened, c, i, j, e, k),
            between_layers,
        ),
        link(
            "columns inside",
            exchanging(1, 2, 3, 4, 0),
            over(opened, c, i, j, e, k) == over(opened, i, j, e, k, c),
            between_layers,
        ),
        link(
            "two columns",
            calculation(of("column", {l: m + 1, a: j, b: e})),
            over(opened, k, c) == over(met, k),
            [columns, *between_layers, *at_ij, *between(1, e, d)],
        ),
        link(
            "all columns",
            summation("two columns", i, j, e),
            over(opened, i, j, e, k, c) == over(met, i, j, e, k),
            [columns, *between_layers],
        ),
        link(
            "basis gone",
            calculation(),
            over(met, i, j, e, k) == over(joined, i, j, k),
            between_layers,
        ),
        link(
            "layers inside",
            exchanging(0, 2, 1),
            over(joined, i, j, k) == over(joined, i, k, j),
            between_layers,
        ),
        link(
            "plain layers",
            associativity(m),
            path(X, m + 1, i, k) == over(one_layer * path(X, m, j, k), j),
            [*at_h, *between(1, m, depth[h] - 1), *at_ik],
        ),
        link(
            "joined entry",
            calculation("plain layers"),
            over(joined, j) == next_part,
            [*between_layers, *at_ik],
        ),
        link(
            "joined",
            summation("joined entry", i, k),
            over(joined, i, k, j) == over(next_part, i, k),
            between_layers,
        ),
        link(
            "goes on",
            calculation(
                "next layer",
                "opened",
                "columns inside",
                "all columns",
                "basis gone",
                "layers inside",
                "joined",
            ),
            member(partials, (m + 1, p)) == over(W[h, m + 1, p, c] * partial(m, c), c),
            [columns, layers, *between_layers],
        ),
        link("pathway", recursion("first layer", "goes on", partials, m, p)),
    ],
    false_neighbours=[
        neighbour(turned(X), {(1, 2): shear}),
        neighbour(turned(X), {(1, 2): rotation}, last=1),
        neighbour(function((h, l, a, b), over(transposed, i, j)), {(1, 3): rotation}),
        neighbour(function((h, l, a, b), over(swapped, i, j)), {(1, 2): rotation}),
    ],
    checks=[Check("products of layers in random orthogonal bases, in fractions", exact_products)],
)
