"""No global minimum of a network of matrices is flatter than the balanced one."""

from fractions import Fraction
from itertools import cycle, islice, product

from proofs.matrices import matrix_spectrum as balanced
from proofs.matrices.gradient_bound import (
    M,
    above,
    at,
    below,
    d,
    elsewhere,
    h,
    i,
    j,
    l,
    norms,
    over_entries,
    path,
    slopes,
    target,
    u,
    unit,
    v,
)
from proofs.sharpness import flatness_means as means
from proofs.sharpness.flatness_means import bound, over
from verifier.reasons import (
    calculation,
    combination,
    instance,
    of,
    summation,
)
from verifier.statements.substitution import function, member, substitute
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    L,
    Sum,
    between,
    family,
    sigma,
    sqrt,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

tau = family("tau", NONNEGATIVE)
sizes = over(L * means.size(path))
by_norms = {
    means.p: function((l,), sqrt(below(l))),
    means.r: function((l,), sqrt(above(l))),
    means.x: path**2,
}
reached = over_entries(u[i] * member(M, (i, j)) * v[j]) == sigma
any_pair = (*unit, reached)

even = {balanced.depth: function((h,), L), balanced.s: function((h, i), tau[i])}
at_balanced = substitute(balanced.value.lhs, even)
largest = [
    *between(1, balanced.m, d),
    substitute(balanced.least(1, d), even) == 1,
    sigma == H * tau[balanced.m],
]


def hessians_of_small_networks():
    """Count eigenvalues of exact Hessians above the bound, at unit vectors of rationals."""
    from flint import fmpq, fmpq_mat

    from verifier.networks import MatrixNetwork, eigenvalues_above
    from verifier.networks.matrix import output as multiplied

    count = 0
    for (paths, size), shift, (first, second) in product(SIZES, range(6), product(UNITS, UNITS)):
        entries = islice(cycle(ENTRIES), shift, None)
        net = [
            [[list(islice(entries, 2)) for _ in range(2)] for _ in range(size)]
            for _ in range(paths)
        ]
        target = multiplied(net)
        places = product(range(2), repeat=2)
        reach = abs(sum(first[p] * target[p][q] * second[q] for p, q in places))
        rows = MatrixNetwork(net, target).hessian()
        matrix = fmpq_mat([[fmpq(e.numerator, e.denominator) for e in row] for row in rows])
        power = size**size * Fraction(paths) ** (2 - size) * reach ** (2 * size - 2)
        least = Fraction(float(power) ** (1 / size)) * Fraction(10**6 - 1, 10**6)
        if least**size > power or (reach and not eigenvalues_above(matrix, least)):
            raise Disproved(f"weights {net}, u = {first}, v = {second}")
        count += reach > 0
    return count


SIZES = (1, 2), (2, 2), (1, 3), (2, 3), (3, 2)
UNITS = (1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5)), (Fraction(-5, 13), Fraction(12, 13))
ENTRIES = [Fraction(k, 2) for k in (2, 1, 0, -1, 3, 2, -2, 4, 1, 0, 5, -3, 2)]

theorem = Theorem(
    label="global-flatness",
    title="No global minimum of matrices is flatter than the balanced one",
    source="O; global-flatness in mathematics.md",
    why="""
    W are any matrices, M is what they multiply and add up to, and the target is M, as at every
    global minimum. Let u and v be unit vectors and sigma = u^T M v > 0: every singular value of M
    is reached that way, the largest one in particular. By gradient-bound the sharpness is at least
    the sum of |y_l|^2 |x_(l-1)|^2 over all layers, where x_l = W_l .. W_1 v and y_l = W_(l+1)^T ..
    W_L^T u. In each pathway p = u^T W_L .. W_1 v is at most |y_l||x_l| at every place between two
    layers, while |x_0| = |y_L| = 1: the slopes multiply to at least |p|^(L-1), and flatness-means
    takes the means over layers and pathways. The minimum that shares the largest singular value
    equally attains the bound (matrix-spectrum).
    """,
    claims={
        "pathway": when(norms >= L * means.size(path), *unit),
        "slopes": when(slopes >= bound, *any_pair),
        "matrices": when(at >= bound, *any_pair),
        "attained": when(at_balanced == bound, *largest),
    },
    proof=[
        link(
            "cuts",
            calculation("gradient-bound/cuts"),
            means.cuts(sqrt(below(l)) ** 2 * sqrt(above(l)) ** 2) >= means.cuts(path**2),
        ),
        link("below all", calculation(), sqrt(below(0)) == 1, unit),
        link("above all", calculation(), sqrt(above(L)) == 1, unit),
        link(
            "by norms",
            instance("flatness-means/layers", by_norms, ["cuts", "below all", "above all"]),
            Sum(sqrt(below(l - 1)) ** 2 * sqrt(above(l)) ** 2, (l, 1, L)) >= L * means.size(path),
            unit,
        ),
        link("pathway", calculation("by norms")),
        link("pathways", summation("pathway", h), slopes >= sizes, unit),
        link("shares", calculation("gradient-bound/output"), over(path) == sigma, [reached]),
        link(
            "sizes",
            instance("flatness-means/pathways", {means.c: function((h,), path)}, ["shares"]),
            sizes >= bound,
            [reached],
        ),
        link("slopes", combination({"pathways": 1, "sizes": 1})),
        link("some slope", calculation("slopes"), slopes > 0, any_pair),
        link(
            "at the minimum",
            instance("gradient-bound/sharpness", {}, ["some slope"]),
            at >= slopes,
            any_pair,
        ),
        link("matrices", combination({"at the minimum": 1, "slopes": 1})),
        link("attained", calculation(of("matrix-spectrum/sharpness", even))),
    ],
    false_neighbours=[
        when(at > bound, *any_pair, L == 2, d == 2),
        when(at >= (L + 1) * H ** (2 / L - 1) * sigma**means.q, *any_pair),
        when(at >= L * H ** (2 / L) * sigma**means.q, *any_pair),
        when(at >= L * H ** (2 / L - 1) * sigma**2, *any_pair),
        when(at >= L * sigma**means.q, *any_pair),
        when(at >= bound, unit[0], reached),
        when(at >= bound, Sum(member(M, (i, i)), (i, 1, d)) == sigma),
        when(at >= L * H ** (2 / L - 1) * over_entries(member(M, (i, j)) ** 2) ** (1 - 1 / L)),
        when(elsewhere >= bound, *unit, over_entries(u[i] * target[i, j] * v[j]) == sigma),
        when(slopes > bound, *any_pair, L == 2, d == 2),
        when(slopes >= L * H ** (2 / L) * sigma**means.q, *any_pair),
    ],
    checks=[
        Check(
            "small networks: an eigenvalue of the Hessian is not below", hessians_of_small_networks
        )
    ],
)
