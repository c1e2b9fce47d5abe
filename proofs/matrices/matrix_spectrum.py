"""The full Hessian of a network of matrices at an aligned and balanced minimum: its spectrum."""

from fractions import Fraction
from itertools import product

from verifier.kernel.rules.matrices import hessian_form, inner, loss, moved, output
from verifier.reasons import (
    Cases,
    am_gm,
    calculation,
    cauchy_schwarz,
    combination,
    contraposition,
    exchanging,
    instance,
    largest_curvature,
    of,
    splitting,
    summation,
    summation_strict_at,
)
from verifier.statements.definedness import depth_of
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import (
    COUNT,
    NONNEGATIVE,
    REAL,
    H,
    Iverson,
    L,
    Product,
    Sum,
    between,
    diff,
    family,
    integer,
    matrices,
    rational,
    real,
    sharpness,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d = Symbol("d", COUNT)
s = family("s", NONNEGATIVE, 2)
depth = family("L", COUNT)
U, V, v = family("U", REAL, 4), family("V", REAL, 4), family("v", REAL, 2)
t, u = real("t"), real("u")
h, l, a, b, i, j, m, n, r = map(integer, "h l a b i j m n r".split())  # noqa: E741

weights = function((h, l, a, b), s[h, a] ** (1 / depth[h]) * Iverson(a == b))
target = function((a, b), Sum(s[h, a], (h, 1, H)) * Iverson(a == b))


def hessian(first, second):
    """first^T (Hessian of the loss at the weights) second, where t and u are 0."""
    along = loss(moved(weights, (t, first), (u, second)), H, depth, target, d)
    return diff(diff(along, t), u)


def form(v):
    """v^T (Hessian of the loss at the weights) v, where t is 0."""
    return hessian_form(weights, v, H, depth, target, d, t)


def square(v):
    """|v|^2."""
    return inner(v, v, H, depth, d)


def e(h, l, i, j, depth=depth):  # noqa: E741
    """The derivative of entry (i, j) of the output by the same entry of layer l of pathway h."""
    own = depth_of(depth, h)
    return s[h, i] ** ((own - l) / own) * s[h, j] ** ((l - 1) / own)


def over_layers(term, depth=depth):
    """The sum over all layers of all pathways."""
    return Sum(Sum(term, (l, 1, depth_of(depth, h))), (h, 1, H))


def over_entries(term):
    """The sum over all entries of a matrix."""
    return Sum(Sum(term, (b, 1, d)), (a, 1, d))


def eigenvalue(i, j, depth=depth):
    """lambda_ij, the squared norm of e."""
    return over_layers(e(h, l, i, j, depth) ** 2, depth)


def formula(i, j, depth=depth):
    """lambda_ij in powers of the shares, as `verifier spectrum` prints it."""
    own = depth_of(depth, h)
    return over_layers(s[h, i] ** (2 * (own - l) / own) * s[h, j] ** (2 * (l - 1) / own), depth)


def power(i):
    """The square of e on the diagonal, the same for every layer of pathway h."""
    return s[h, i] ** (2 - 2 / depth[h])


def mode(i):
    """lambda_ii, the sharpness of mode i (mode-sharpness)."""
    return Sum(depth[h] * power(i), (h, 1, H))


def along(v, i, j):
    """The inner product of e with the entries (i, j) of all layers."""
    return over_layers(e(h, l, i, j) * v[h, l, i, j])


def entries(v, i, j):
    """The squared norm of the entries (i, j) of all layers."""
    return over_layers(v[h, l, i, j] ** 2)


def at_entry(member, i, j):
    """The vector with `member(h, l)` as the entry (i, j) of each layer, all others zero."""
    return function((h, l, a, b), member(h, l) * Iverson(a == i) * Iverson(b == j))


def total(i):
    """Mode i of the target."""
    return Sum(s[h, i], (h, 1, H))


def least(first, last):
    """1 if no mode from the first to the last is sharper than mode m, else 0."""
    return Product(Iverson(mode(a) <= mode(m)), (a, first, last))


eigenvector = at_entry(lambda h, l: e(h, l, i, j), i, j)  # noqa: E741
sharpest = at_entry(lambda h, l: e(h, l, m, m), m, m)  # noqa: E741
corner = at_entry(lambda h, l: rational(1), m, m)  # noqa: E741
block = at_entry(lambda h, l: v[h, l], i, j)  # noqa: E741
overlap = over_layers(e(h, l, i, j) * v[h, l])
mean = (depth[h] - l) * power(i) + (l - 1) * power(j)
layers = Sum(depth[h], (h, 1, H))
value = sharpness(matrices(weights, d), L=depth, sigma=target) == mode(m)

origin = [t == 0, u == 0]
at_i, at_j, at_m = between(1, i, d), between(1, j, d), between(1, m, d)
at_ij, at_ab = [*at_i, *at_j], [*between(1, a, d), *between(1, b, d)]
at_hl = [*between(1, h, H), *between(1, l, depth[h])]
at_n = [*between(1, n, H), s[n, i] > 0]
silent = [*at_ij, total(i) == 0, total(j) == 0, L >= 2]
one_path = [H == 1, d == 2]
largest = [*at_m, least(1, d) == 1]


def positive(name, layer, i, j):
    """lambda_ij > 0, as layer `layer` of pathway n contributes."""

    def layers_of(h, term):
        return Sum(term, (l, 1, depth[h]))

    def squares(h):
        return layers_of(h, e(h, l, i, j) ** 2)

    contribution = substitute(e(n, l, i, j), {l: layer}) ** 2
    return [
        link(f"{name}: layers", calculation(), rational(0) <= e(h, l, i, j) ** 2, [*at_ij, *at_hl]),
        link(
            f"{name}: pathways",
            summation(f"{name}: layers", l),
            layers_of(h, rational(0)) <= squares(h),
            [*at_ij, *between(1, h, H)],
        ),
        link(f"{name}: one layer", calculation(), rational(0) < contribution, [*at_ij, *at_n]),
        link(
            f"{name}: layers of n",
            calculation(),
            rational(0) <= e(n, l, i, j) ** 2,
            [*at_ij, *at_n, *between(1, l, depth[n])],
        ),
        link(
            f"{name}: one pathway",
            summation_strict_at(f"{name}: layers of n", l, layer, f"{name}: one layer"),
            layers_of(n, rational(0)) < squares(n),
            [*at_ij, *at_n],
        ),
        link(
            f"{name}: all",
            summation_strict_at(f"{name}: pathways", h, n, f"{name}: one pathway"),
            over_layers(rational(0)) < eigenvalue(i, j),
            [*at_ij, *at_n],
        ),
        link(name, calculation(f"{name}: all")),
    ]


def silence(i):
    """No pathway carries mode i of a target that does not have it."""
    given = [total(i) == 0, *between(1, h, H)]
    return [
        link(
            f"up to pathway h, {i}",
            splitting(h),
            total(i) == Sum(s[n, i], (n, 1, h)) + Sum(s[n, i], (n, h + 1, H)),
            given,
        ),
        link(
            f"before pathway h, {i}",
            splitting(h - 1),
            Sum(s[n, i], (n, 1, h)) == Sum(s[n, i], (n, 1, h - 1)) + Sum(s[n, i], (n, h, h)),
            given,
        ),
        link(
            f"at most {i}",
            combination({f"up to pathway h, {i}": -1, f"before pathway h, {i}": -1}),
            s[h, i] <= 0,
            given,
        ),
        link(f"silent {i}", calculation(f"at most {i}"), s[h, i] == 0, given),
    ]


def spectra_of_small_networks():
    """Compare with the exact characteristic polynomial of the Hessian, entry by entry."""
    from verifier.engines.counterexample.rational import Evaluator
    from verifier.networks.matrix import MatrixNetwork
    from verifier.statements.terms import Number

    count = 0
    for depths, size in SIZES:
        for shift in range(len(ROOTS)):
            roots = [
                [Fraction(ROOTS[(shift + h + 2 * a) % len(ROOTS)]) for a in range(size)]
                for h in range(len(depths))
            ]
            network = MatrixNetwork(
                [[_diagonal(row)] * layers for row, layers in zip(roots, depths, strict=True)],
                _diagonal(
                    [
                        sum(row[a] ** layers for row, layers in zip(roots, depths, strict=True))
                        for a in range(size)
                    ]
                ),
            )
            evaluate = Evaluator(
                {
                    H: Number(len(depths)),
                    depth: _table((h,), {(n,): x for n, x in enumerate(depths, 1)}),
                    s: _table(
                        (h, a),
                        {
                            (n, k): root**layers
                            for n, (row, layers) in enumerate(zip(roots, depths, strict=True), 1)
                            for k, root in enumerate(row, 1)
                        },
                    ),
                }
            )
            claimed = {0: size**2 * (sum(depths) - 1)}
            for row, column in product(range(1, size + 1), repeat=2):
                found = evaluate(eigenvalue(Number(row), Number(column)))
                claimed[found] = claimed.get(found, 0) + 1
            exact = {Fraction(str(x)): times for x, times in network.exact_spectrum()}
            if exact != {x: times for x, times in claimed.items() if times}:
                raise Disproved(f"depths {depths}, roots {roots}: the spectrum is {exact}")
            count += 1
    return count


def _diagonal(entries):
    return [[x if a == b else 0 for b in range(len(entries))] for a, x in enumerate(entries)]


def _table(indices, entries):
    """The family with these members, zero elsewhere."""
    body = rational(0)
    for place, entry in entries.items():
        bracket = rational(*Fraction(entry).as_integer_ratio())
        for own, at in zip(indices, place, strict=True):
            bracket = bracket * Iverson(own == at)
        body = body + bracket
    return function(indices, body)


ROOTS = 0, 2, Fraction(1, 2), 1, Fraction(3, 2)
SIZES = (
    ((1,), 2), ((2,), 2), ((3,), 2), ((4,), 1), ((1, 1), 2), ((2, 2), 2), ((2, 1), 2), ((1, 3), 2),
    ((2, 3), 1), ((1, 2, 2), 1), ((2,), 3),
)  # fmt: skip

theorem = Theorem(
    label="matrix-spectrum",
    title="Spectrum of the full Hessian of a network of matrices",
    source="O; matrix-spectrum in mathematics.md, in aligned coordinates",
    why="""
    In aligned coordinates layer l of pathway h is diagonal with the entries s_ha^(1/L_h), so the
    entry (a, b) of the output changes only with the entries (a, b) of the layers, and layer l of
    pathway h changes it at the rate e_hl = s_ha^((L_h-l)/L_h) s_hb^((l-1)/L_h). The residual is
    zero, so the Hessian is the sum of the squares of these d^2 derivatives, which have no weight
    in common: on the entries (i, j) of all layers it is e e^T, with the eigenvalue
    lambda_ij = |e|^2 once and 0 on what is orthogonal to e. These d^2 blocks make up all
    d^2 sum_h L_h weights, so there is no other eigenvalue. lambda_ij vanishes only if no pathway
    carries mode i or j, and does so then if every depth is at least 2: with r modes in the target
    d^2 - (d - r)^2 eigenvalues are positive. By the inequality of the means lambda_ij is at most
    the mean of lambda_ii and lambda_jj, the sharpnesses of the modes: the largest of these is the
    largest eigenvalue of the full Hessian. In any other bases: orthogonal-spectrum.
    """,
    claims={
        "minimum": when(output(weights, H, depth, d, i, j) == total(i) * Iverson(i == j), *at_ij),
        "form": when(hessian(U, V) == over_entries(along(U, a, b) * along(V, a, b)), *origin),
        "block": when(hessian(block, V) == overlap * along(V, i, j), *origin, *at_ij),
        "eigenvector": when(
            hessian(eigenvector, V) == eigenvalue(i, j) * inner(eigenvector, V, H, depth, d),
            *origin,
            *at_ij,
        ),
        "value": when(eigenvalue(i, j) == formula(i, j), *at_ij),
        "value-equal-depth": when(eigenvalue(i, j, L) == formula(i, j, L), *at_ij),
        "kernel": when(hessian(block, V) == 0, *origin, *at_ij, overlap == 0),
        "all": over_entries(1 + (layers - 1)) == layers * d**2,
        "mode-of-the-row": when(eigenvalue(i, j) > 0, *at_ij, *at_n),
        "mode-of-the-column": when(eigenvalue(j, i) > 0, *at_ij, *at_n),
        "neither-mode": when(eigenvalue(i, j, L) == 0, *silent),
        "zeros": when(
            over_entries(H * L - 1 + Iverson(a > r) * Iverson(b > r))
            == H * L * d**2 - (d**2 - (d - r) ** 2),
            *between(0, r, d),
        ),
        "diagonal": when(eigenvalue(i, i) == mode(i), *at_i),
        "means": when(eigenvalue(i, j) <= (mode(i) + mode(j)) / 2, *at_ij),
        "sharpness": when(value, *largest),
    },
    proof=[
        link("minimum", calculation()),
        link("form", calculation()),
        link("block", calculation(of("form", {U: block}))),
        link("eigenvector", calculation()),
        link("value", calculation()),
        link("value-equal-depth", calculation()),
        link("kernel", calculation("block")),
        link("all", calculation()),
        # --- which eigenvalues are zero
        *positive("mode-of-the-row", rational(1), i, j),
        *positive("mode-of-the-column", depth[n], j, i),
        *silence(i),
        *silence(j),
        link(
            "no layer",
            Cases(l == L, calculation("silent j"), calculation("silent i")),
            e(h, l, i, j, L) ** 2 == 0,
            [*silent, *between(1, h, H), *between(1, l, L)],
        ),
        link(
            "no layers",
            summation("no layer", h, l),
            eigenvalue(i, j, L) == over_layers(0, L),
            silent,
        ),
        link("neither-mode", calculation("no layers")),
        link(
            "modes beyond r",
            splitting(r),
            Sum(Iverson(a > r), (a, 1, d))
            == Sum(Iverson(a > r), (a, 1, r)) + Sum(Iverson(a > r), (a, r + 1, d)),
            between(0, r, d),
        ),
        link("zeros", calculation("modes beyond r")),
        # --- the largest eigenvalue
        link("diagonal", calculation()),
        link(
            "mean of a layer",
            Cases(
                depth[h] == 1,
                calculation(),
                am_gm({power(i): depth[h] - l, power(j): l - 1}),
            ),
            (depth[h] - 1) * e(h, l, i, j) ** 2 <= mean,
            [*at_ij, *at_hl],
        ),
        link(
            "means of layers",
            summation("mean of a layer", l),
            Sum((depth[h] - 1) * e(h, l, i, j) ** 2, (l, 1, depth[h]))
            <= Sum(mean, (l, 1, depth[h])),
            [*at_ij, *between(1, h, H)],
        ),
        link(
            "mean of a pathway",
            Cases(
                depth[h] == 1,
                calculation(),
                combination({"means of layers": 1 / (depth[h] - 1)}),
            ),
            Sum(e(h, l, i, j) ** 2, (l, 1, depth[h])) <= depth[h] * (power(i) + power(j)) / 2,
            [*at_ij, *between(1, h, H)],
        ),
        link(
            "means of pathways",
            summation("mean of a pathway", h),
            eigenvalue(i, j) <= Sum(depth[h] * (power(i) + power(j)) / 2, (h, 1, H)),
            at_ij,
        ),
        link("means", calculation("means of pathways")),
        link("up to i", splitting(i), least(1, d) == least(1, i) * least(i + 1, d), at_i),
        link("before i", splitting(i - 1), least(1, i) == least(1, i - 1) * least(i, i), at_i),
        link(
            "a sharper mode",
            calculation("up to i", "before i"),
            least(1, d) != 1,
            [*at_m, *at_i, mode(i) > mode(m)],
        ),
        link(
            "no sharper mode",
            contraposition("a sharper mode"),
            mode(i) <= mode(m),
            [*largest, *at_i],
        ),
        link(
            "nor mode j",
            instance("no sharper mode", {i: j}),
            mode(j) <= mode(m),
            [*largest, *at_j],
        ),
        link(
            "no larger eigenvalue",
            combination(
                {"means": 1, "no sharper mode": rational(1, 2), "nor mode j": rational(1, 2)}
            ),
            eigenvalue(i, j) <= mode(m),
            [*largest, *at_ij],
        ),
        link(
            "nor at a and b",
            instance("no larger eigenvalue", {i: a, j: b}),
            eigenvalue(a, b) <= mode(m),
            [*largest, *at_ab],
        ),
        link(
            "projection",
            cauchy_schwarz(),
            along(V, a, b) ** 2 <= eigenvalue(a, b) * entries(V, a, b),
            at_ab,
        ),
        link(
            "entry",
            combination({"projection": 1, "nor at a and b": entries(V, a, b)}),
            along(V, a, b) ** 2 <= mode(m) * entries(V, a, b),
            [*largest, *at_ab],
        ),
        link(
            "all entries",
            summation("entry", a, b),
            over_entries(along(V, a, b) ** 2) <= over_entries(mode(m) * entries(V, a, b)),
            largest,
        ),
        link(
            "all weights",
            exchanging(2, 3, 0, 1),
            over_entries(entries(V, a, b)) == square(V),
        ),
        link("squares", calculation(), form(V) == over_entries(along(V, a, b) ** 2), [t == 0]),
        link(
            "bound",
            calculation("squares", "all entries", "all weights"),
            form(V) <= mode(m) * square(V),
            [*largest, t == 0],
        ),
        link(
            "attained",
            calculation(),
            form(sharpest) == mode(m) * square(sharpest),
            [*largest, t == 0],
        ),
        link("some entry", calculation(), square(sharpest) > 0, [*largest, mode(m) > 0]),
        link(
            "with a mode",
            largest_curvature("bound", "attained", "some entry", sharpest, V, t),
            value,
            [*largest, mode(m) > 0],
        ),
        link(
            "attained at a corner",
            calculation(of("squares", {V: corner}), of("bound", {V: corner})),
            form(corner) == mode(m) * square(corner),
            [*largest, t == 0, mode(m) == 0],
        ),
        link("some corner", calculation(), square(corner) > 0, at_m),
        link(
            "without a mode",
            largest_curvature("bound", "attained at a corner", "some corner", corner, V, t),
            value,
            [*largest, mode(m) == 0],
        ),
        link(
            "sharpness",
            Cases(mode(m) > 0, calculation("with a mode"), calculation("without a mode")),
        ),
    ],
    false_neighbours=[
        when(hessian(V, V) == over_entries(along(V, a, b) * along(V, b, a)), *origin, *one_path),
        when(hessian(V, V) == over_entries(along(V, a, b) ** 2)),
        when(hessian(block, V) == overlap * along(V, j, i), *origin, *one_path, i == 1, j == 2),
        when(hessian(block, V) == 0, *origin, *at_ij),
        when(eigenvalue(i, j) == formula(i, i), *at_ij),
        when(eigenvalue(i, j) < (mode(i) + mode(j)) / 2, *at_ij),
        when(eigenvalue(i, j) <= mode(i), *at_ij),
        when(eigenvalue(i, j, L) == 0, *at_ij, total(i) == 0, L >= 2),
        when(eigenvalue(i, j, L) == 0, *at_ij, total(i) == 0, total(j) == 0),
        when(
            over_entries(H * L - 1 + Iverson(a > r) * Iverson(b > r)) == H * L * d**2 - r**2,
            *between(0, r, d),
        ),
    ],
    checks=[
        Check(
            "small networks: the characteristic polynomial agrees, with multiplicities",
            spectra_of_small_networks,
        )
    ],
)
