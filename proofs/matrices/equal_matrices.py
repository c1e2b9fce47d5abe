"""Matrices at distance zero are equal: how a statement asks for all entries at once."""

from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    instance,
    splitting,
)
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import function, member
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
    NONNEGATIVE,
    REAL,
    Abs,
    H,
    Sum,
    between,
    family,
    integer,
    real,
)
from verifier.theorem import Theorem, link, when

d = Symbol("d", COUNT)
depth = family("L", COUNT)
z, c = family("z", NONNEGATIVE), family("c")
X, Y = family("X", REAL, 4), family("Y", REAL, 4)
A, B = family("A", REAL, 2), family("B", REAL, 2)
x, y = real("x"), real("y")
h, l, a, b, k, n, N = map(integer, "h l a b k n N".split())  # noqa: E741


def distance(first, second):
    """The sum of the distances between the entries of two matrices."""
    return Sum(Sum(Abs(member(first, (a, b)) - member(second, (a, b))), (b, 1, d)), (a, 1, d))


def distances(first, second, h, l):  # noqa: E741
    """The distance of layer l of pathway h of two networks."""
    return distance(*(function((a, b), member(x, (h, l, a, b))) for x in (first, second)))


def over_layers(term, depth=depth):
    """The sum over all layers of all pathways."""
    return Sum(Sum(term, (l, 1, depth_of(depth, h))), (h, 1, H))


members = [Sum(z[n], (n, 1, N)) == 0, *between(1, k, N)]
same = over_layers(distances(X, Y, h, l)) == 0
at_hl = [*between(1, h, H), *between(1, l, depth[h])]
at_ab = [*between(1, a, d), *between(1, b, d)]
row = Sum(Abs(A[a, b] - B[a, b]), (b, 1, d))
pathway = Sum(distances(X, Y, h, l), (l, 1, depth[h]))
layer = {A: function((a, b), X[h, l, a, b]), B: function((a, b), Y[h, l, a, b])}

theorem = Theorem(
    label="equal-matrices",
    title="Matrices at distance zero are equal",
    source="O; for orthogonal-change",
    why="""
    A sum of numbers that are not negative is zero only if every one of them is: what stands before
    and after a member leaves nothing for it. The distance of two matrices, the sum of the distances
    of their entries, is such a sum, and so is the distance of two networks. A statement that gives
    "the distance is 0" therefore gives the equality of every entry.
    """,
    claims={
        "member": when(z[k] == 0, *members),
        "entry": when(A[a, b] == B[a, b], distance(A, B) == 0, *at_ab),
        "layer": when(distances(X, Y, h, l) == 0, same, *at_hl),
        "layers": when(X[h, l, a, b] == Y[h, l, a, b], same, *at_hl, *at_ab),
    },
    proof=[
        link(
            "up to the member",
            splitting(k),
            Sum(z[n], (n, 1, N)) == Sum(z[n], (n, 1, k)) + Sum(z[n], (n, k + 1, N)),
            members,
        ),
        link(
            "before the member",
            splitting(k - 1),
            Sum(z[n], (n, 1, k)) == Sum(z[n], (n, 1, k - 1)) + Sum(z[n], (n, k, k)),
            members,
        ),
        link(
            "at most",
            combination({"up to the member": -1, "before the member": -1}),
            z[k] <= 0,
            members,
        ),
        link("member", calculation("at most")),
        # --- the entries of a matrix
        link("apart", Cases(x > y, calculation(), calculation()), Abs(x - y) != 0, [x != y]),
        link("equal", contraposition("apart"), x == y, [Abs(x - y) == 0]),
        link(
            "row",
            instance("member", {z: function((a,), row), N: d, k: a}),
            row == 0,
            [distance(A, B) == 0, *between(1, a, d)],
        ),
        link(
            "column",
            instance("member", {z: function((b,), Abs(A[a, b] - B[a, b])), N: d, k: b}, ["row"]),
            Abs(A[a, b] - B[a, b]) == 0,
            [distance(A, B) == 0, *at_ab],
        ),
        link("entry", instance("equal", {x: A[a, b], y: B[a, b]}, ["column"])),
        # --- the layers of a network
        link(
            "pathway",
            instance("member", {z: function((h,), pathway), N: H, k: h}),
            pathway == 0,
            [same, *between(1, h, H)],
        ),
        link(
            "layer",
            instance(
                "member",
                {z: function((l,), distances(X, Y, h, l)), N: depth[h], k: l},
                ["pathway"],
            ),
        ),
        link("layers", instance("entry", layer, ["layer"])),
    ],
    false_neighbours=[
        when(c[1] == 0, Sum(c[n], (n, 1, 2)) == 0),
        when(z[2] == 0, Sum(z[n], (n, 1, 1)) == 0),
        when(x == y, Abs(x) - Abs(y) == 0),
        when(Abs(x - y) != 0, x != y + 1),
    ],
)
