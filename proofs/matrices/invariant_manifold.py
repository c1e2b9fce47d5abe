"""A step of gradient descent keeps the layers of a network of matrices diagonal, and balanced."""

from fractions import Fraction

from verifier.kernel.rules.matrices import loss, moved
from verifier.reasons import Cases, calculation, combination, instance
from verifier.statements.substitution import function
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    Iverson,
    Product,
    Sum,
    between,
    diff,
    eta,
    family,
    integer,
    real,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d = Symbol("d", COUNT)
depth = family("L", COUNT)
w, x, y = family("w", REAL, 3), family("x", REAL, 2), family("y")
V = family("V", REAL, 4)
t = real("t")
h, l, a, b, i, j, m, n, p, q = map(integer, "h l a b i j m n p q".split())  # noqa: E741

target = function((a, b), y[a] * Iverson(a == b))
balanced = function((h, l, a), x[h, a])


def diagonal(member):
    """Layers with the entries `member(h, l, a)` on the diagonal."""
    return function((h, l, a, b), member(h, l, a) * Iverson(a == b))


def aligned(h, l, a):  # noqa: E741
    """Any entries."""
    return w[h, l, a]


def alike(h, l, a):  # noqa: E741
    """The same entry in all layers of a pathway."""
    return x[h, a]


def slope(member, direction):
    """The derivative of the loss along a direction, where t is 0."""
    return diff(loss(moved(diagonal(member), (t, direction)), H, depth, target, d), t)


def gradient(member, n):
    """The derivative of the loss by the entry (i, j) of layer n of pathway h, where t is 0."""
    bracket = Iverson(p == h) * Iverson(l == n) * Iverson(a == i) * Iverson(b == j)
    return slope(member, function((p, l, a, b), bracket))


def after(member, n):
    """The entry (i, j) of layer n of pathway h after one step of gradient descent."""
    return member(h, n, i) * Iverson(i == j) - eta * gradient(member, n)


def others(member, h, n, a):
    """The product of entries (a, a) of the layers of a pathway without layer n."""
    return Product(member(h, m, a), (m, 1, n - 1)) * Product(member(h, m, a), (m, n + 1, depth[h]))


def error(member, a):
    """The entry (a, a) of the output less that of the target."""
    return Sum(Product(member(h, m, a), (m, 1, depth[h])), (h, 1, H)) - y[a]


def moved_alike():
    """The entry that all layers of a balanced pathway have after the step."""
    return x[h, i] - eta * error(alike, i) * x[h, i] ** (depth[h] - 1)


place = [*between(1, h, H), *between(1, n, depth[h]), *between(1, i, d), *between(1, j, d)]
along = Sum(Sum(others(aligned, h, l, a) * V[h, l, a, a], (l, 1, depth[h])), (h, 1, H))


def exact_steps():
    """Step in fractions, with the gradient of the network of matrices."""
    from verifier.networks.matrix import MatrixNetwork

    count = 0
    for depths, size in SIZES:
        entries = [
            [Fraction(2 * k - 3 + n, n + k + 2) for k in range(size)] for n in range(len(depths))
        ]
        layers = [[_matrix(row)] * length for row, length in zip(entries, depths, strict=True)]
        network = MatrixNetwork(layers, _matrix([Fraction(k + 1) for k in range(size)]))
        slopes = iter(network.gradient())
        for row, length in zip(entries, depths, strict=True):
            steps = [[[next(slopes) for _ in row] for _ in row] for _ in range(length)]
            expected = [
                (sum(r[k] ** power for r, power in zip(entries, depths, strict=True)) - k - 1)
                * row[k] ** (length - 1)
                for k in range(size)
            ]
            if any(step != _matrix(expected) for step in steps):
                raise Disproved(f"depths {depths}, width {size}: the gradient is {steps}")
            count += length
    return count


def _matrix(entries):
    return [
        [x if k == c else Fraction(0) for c in range(len(entries))] for k, x in enumerate(entries)
    ]


SIZES = ((1,), 2), ((2,), 3), ((3,), 2), ((1, 2), 2), ((3, 2), 3), ((4, 1, 3), 2), ((2, 2, 5), 2)

theorem = Theorem(
    label="invariant-manifold",
    title="Gradient descent keeps matrices aligned and depth-balanced",
    source="P; invariant-manifold in mathematics.md, in aligned coordinates",
    why="""
    In aligned coordinates the layers and the target are diagonal, so the products of the layers
    above and below a layer are, and so is the residual: the derivative of the loss by an entry off
    the diagonal is zero, and by the entry (i, i) it is the residual of mode i times the other
    layers' entries (i, i), as in a network of one mode. One step keeps the layers diagonal. If all
    layers of a pathway are alike, these derivatives are the same for all of them, and the layers
    stay alike. This holds for any depths, residual and step size, weights of any sign.
    In any other bases: orthogonal-manifold.
    """,
    given=[t == 0],
    claims={
        "slope": slope(aligned, V) == Sum(error(aligned, a) * along, (a, 1, d)),
        "gradient": when(
            gradient(aligned, n) == error(aligned, i) * others(aligned, h, n, i) * Iverson(i == j),
            *place,
        ),
        "off-the-diagonal": when(after(aligned, n) == 0, *place, i != j),
        "modes": when(
            after(aligned, n)
            == (aligned(h, n, i) - eta * error(aligned, i) * others(aligned, h, n, i))
            * Iverson(i == j),
            *place,
        ),
        "balanced": when(after(alike, n) == moved_alike() * Iverson(i == j), *place),
        "all-layers-alike": when(
            after(alike, n) == after(alike, q), *place, *between(1, q, depth[h])
        ),
    },
    proof=[
        link("slope", calculation()),
        link("gradient", Cases(i == j, calculation(), calculation())),
        link("modes", combination({"gradient": -eta})),
        link("off-the-diagonal", combination({"modes": 1})),
        link(
            "gradient of layers alike",
            instance("gradient", {w: balanced}),
            gradient(alike, n) == error(alike, i) * others(alike, h, n, i) * Iverson(i == j),
            place,
        ),
        link("balanced", combination({"gradient of layers alike": -eta})),
        link(
            "balanced layer",
            instance("balanced", {n: q}),
            after(alike, q) == moved_alike() * Iverson(i == j),
            [*place, *between(1, q, depth[h])],
        ),
        link("all-layers-alike", combination({"balanced": 1, "balanced layer": -1})),
    ],
    false_neighbours=[
        when(slope(aligned, V) == 0, t == 0),
        when(slope(aligned, V) == -Sum(error(aligned, a) * along, (a, 1, d)), t == 0),
        when(after(aligned, n) == 0, *place, t == 0),
        when(after(aligned, n) == aligned(h, n, i) * Iverson(i == j), *place, t == 0),
        when(after(aligned, n) == moved_alike() * Iverson(i == j), *place, t == 0),
    ],
    checks=[Check("layers: an exact step, from the gradient of the matrices", exact_steps)],
)
