"""Global minima of matrices as flat as the balanced one are balanced along u and v."""

from fractions import Fraction
from itertools import cycle, islice, product

from proofs.matrices.flat_norms import cut
from proofs.matrices.flat_shares import (
    as_flat,
    deep,
    m,
    n,
    over_it,
    pathway,
    share,
    steps,
    under,
)
from proofs.matrices.global_flatness import any_pair
from proofs.matrices.gradient_bound import d, h, l, unit, x, y
from proofs.sharpness.flatness_means import mean
from verifier.reasons import (
    calculation,
    combination,
    contraposition,
    instance,
    of,
    summation,
    summation_strict_at,
)
from verifier.statements.substitution import function
from verifier.statements.vocabulary import L, Sum, between, family, integer, rational
from verifier.theorem import Check, Disproved, Theorem, link, when

a, i = map(integer, "a i".split())
z = family("z")


def meeting(place):
    """y_l . x_l in pathway n."""
    return Sum(y(n, place, a) * x(n, place, a), (a, 1, d))


def gap(place):
    """By how much an entry of y_m differs from that of a multiple of x_m."""
    return y(n, m, place) - scale * x(n, m, place)


def gap_of_two(place):
    """By how much an entry of y_1 differs from that of x_1."""
    return y(n, 1, place) - x(n, 1, place)


def squares(term):
    """The sum of the squares of the entries."""
    return Sum(term(a) ** 2, (a, 1, d))


entry, scale = between(1, i, d), mean ** (1 - 2 * m / L)


def flat_networks():
    """Among turned networks of two modes, exact Hessians tell the flat ones: these are parallel."""
    from verifier.networks import MatrixNetwork, eigenvalues_above
    from verifier.networks.matrices import product as multiplied
    from verifier.networks.matrices import transpose
    from verifier.networks.matrix import output

    count = 0
    for pathways, depth, own, other, uneven in product((1, 2), (2, 3), ENTRIES, ENTRIES, UNEVEN):
        turns = list(islice(cycle(TURNS), depth + 1))
        modes = [[[own * factor, 0], [0, other]] for factor in (*uneven, *[1] * (depth - 2))]
        layers = zip(turns[1:], modes, map(transpose, turns), strict=False)
        net = [list(map(multiplied, layers))] * pathways
        first, last = [row[:1] for row in turns[0]], [row[:1] for row in turns[-1]]
        hessian = MatrixNetwork(net, output(net)).exact_hessian()
        if eigenvalues_above(hessian, depth * pathways * own ** (2 * depth - 2)):
            continue
        for path in net:
            for place in range(1, depth):
                x = multiplied([*path[:place][::-1], first])
                y = multiplied([*map(transpose, path[place:]), last])
                scale = own ** (depth - 2 * place)
                if y != [[scale * entry for entry in row] for row in x]:
                    raise Disproved(f"layers {path}")
        count += 1
    return count


ENTRIES = Fraction(1), Fraction(1, 2), Fraction(2), Fraction(-1)
UNEVEN = (1, 1), (2, Fraction(1, 2)), (-1, -1), (Fraction(1, 2), 2)
COS, SIN = Fraction(3, 5), Fraction(4, 5)
TURNS = [[1, 0], [0, 1]], [[COS, -SIN], [SIN, COS]], [[0, 1], [1, 0]], [[SIN, COS], [-COS, SIN]]

theorem = Theorem(
    label="flat-minima",
    title="Minima of matrices as flat as the balanced one are balanced along u and v",
    source="O; global-flatness in mathematics.md",
    why="""
    Let the sharpness be no more than the bound of global-flatness for the unit vectors u and v. For
    L >= 3 every pathway carries y_l . x_l = sigma/H (flat-shares), which is |x_l||y_l|, while
    |x_l|^2 = (sigma/H)^(2l/L) and |y_l|^2 = (sigma/H)^(2-2l/L) (flat-norms). So y_l is the
    multiple (sigma/H)^(1-2l/L) of x_l: the square of the difference comes to zero. At L = 2 the
    shares are free, the squared slopes of a pathway come to |x_1|^2 + |y_1|^2, which is no more
    than twice y_1 . x_1, and W_1 v = W_2^T u.
    """,
    given=list(as_flat),
    claims={
        "parallel": when(y(n, m, i) == scale * x(n, m, i), L >= 3, *cut, *entry),
        "depth-two": when(y(n, 1, i) == x(n, 1, i), L == 2, *entry),
    },
    proof=[
        link("a square or zero", calculation(), rational(0) <= z[a] ** 2),
        link("a square", calculation(), rational(0) < z[i] ** 2, [z[i] != 0]),
        link(
            "sum of squares",
            summation_strict_at("a square or zero", a, i, "a square"),
            Sum(rational(0), (a, 1, d)) < Sum(z[a] ** 2, (a, 1, d)),
            [*entry, z[i] != 0],
        ),
        link(
            "no zero",
            calculation("sum of squares"),
            Sum(z[a] ** 2, (a, 1, d)) != 0,
            [*entry, z[i] != 0],
        ),
        link(
            "zero", contraposition("no zero"), z[i] == 0, [*entry, Sum(z[a] ** 2, (a, 1, d)) == 0]
        ),
        link(
            "expanded",
            calculation(),
            squares(gap) == over_it(m) - 2 * scale * meeting(m) + scale**2 * under(m),
            cut,
        ),
        link(
            "carried",
            calculation(of("gradient-bound/pathway", {h: n, l: m}), "flat-shares/shares"),
            meeting(m) == mean,
            [L >= 3, *cut],
        ),
        link(
            "gaps vanish",
            combination(
                {
                    "expanded": 1,
                    "flat-norms/above": 1,
                    "carried": -2 * scale,
                    "flat-norms/below": scale**2,
                }
            ),
            squares(gap) == 0,
            [L >= 3, *cut],
        ),
        link(
            "gap",
            instance("zero", {z: function((a,), gap(a))}, ["gaps vanish"]),
            gap(i) == 0,
            [L >= 3, *cut, *entry],
        ),
        link("parallel", calculation("gap")),
        # --- two layers
        link(
            "sum of squares is no less",
            summation("a square or zero", a),
            Sum(rational(0), (a, 1, d)) <= Sum(z[a] ** 2, (a, 1, d)),
        ),
        link("no less", calculation("sum of squares is no less"), Sum(z[a] ** 2, (a, 1, d)) >= 0),
        link("two slopes", calculation(), steps == over_it(1) + under(1), [L == 2, *unit]),
        link(
            "at most",
            calculation("flat-shares/pathway", "flat-shares/signs"),
            steps <= 2 * share,
            [L == 2],
        ),
        link(
            "expanded at depth two",
            calculation(),
            squares(gap_of_two) == over_it(1) - 2 * meeting(1) + under(1),
            [L == 2],
        ),
        link(
            "share at depth two",
            calculation(of("gradient-bound/pathway", {h: n, l: 1})),
            meeting(1) == share,
            [L == 2],
        ),
        link(
            "gaps at most zero",
            combination(
                {
                    "expanded at depth two": 1,
                    "two slopes": -1,
                    "share at depth two": -2,
                    "at most": 1,
                }
            ),
            squares(gap_of_two) <= 0,
            [L == 2],
        ),
        link(
            "gaps vanish at depth two",
            calculation("gaps at most zero", of("no less", {z: function((a,), gap_of_two(a))})),
            squares(gap_of_two) == 0,
            [L == 2],
        ),
        link(
            "gap at depth two",
            instance("zero", {z: function((a,), gap_of_two(a))}, ["gaps vanish at depth two"]),
            gap_of_two(i) == 0,
            [L == 2, *entry],
        ),
        link("depth-two", calculation("gap at depth two")),
    ],
    false_neighbours=[
        when(y(n, m, i) == x(n, m, i), *deep, *cut, *entry),
        when(y(n, 1, i) == x(n, 1, i), *pathway, *any_pair, *entry, L == 2),
        when(y(n, 1, i) == x(n, 1, i), *as_flat, *entry, L == 3),
        when(y(n, 1, i) == 1, *as_flat, *entry, L == 2),
    ],
    checks=[Check("flat networks: what lies above is parallel to what lies below", flat_networks)],
)
