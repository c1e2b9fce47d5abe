"""Step sizes at which the single paths of the first p modes are unstable and those after stable."""

from fractions import Fraction

from proofs.descent.stability_window import curvature
from verifier.reasons import calculation, combination, hypothesis, instance, of, splitting
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    Abs,
    H,
    L,
    Sum,
    balanced,
    between,
    eta,
    family,
    integer,
    positive,
    sharpness,
    sigma,
    single_path,
    split,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d, i, j, p = map(integer, "d i j p".split())
h = integer("h")
least, gap = positive("c"), family("g", NONNEGATIVE)
s = family("s", NONNEGATIVE)
x, y = positive("x"), positive("y")
a, b = positive("a"), positive("b")


def target(mode):
    """The target of a mode: the least of the d targets, and the gaps from there up to it."""
    return least + Sum(gap[j], (j, mode, d - 1))


def single(target):
    """The sharpness of a mode that runs through one pathway."""
    return sharpness(single_path, sigma=target)


def even(target):
    """The sharpness of a mode that all pathways share equally."""
    return sharpness(balanced, sigma=target)


def factor(curvature):
    """What a step multiplies a small deviation by, along an eigenvector of the Hessian."""
    return Abs(1 - eta * curvature)


def spread(largest, target):
    """By how much a mode with the largest target is sharper, both being shared alike."""
    return (largest / target) ** (2 - 2 / L)


room = H ** (1 - 2 / L)
mode, window = (*between(1, p, d), L >= 2), (*between(1, p, d - 1), L >= 2)
up_to_p = (*between(1, p, d), *between(1, i, p))
first = (*mode, *between(1, i, p))
later = (*window, *between(p + 1, i, d))
at_one, at_p, at_next, at_i = target(1), target(p), target(p + 1), target(i)


def value(target):
    """The sharpness of the single path."""
    return of("single-path/value", {sigma: target})


def value_shared(target):
    """The sharpness of the balanced minimum."""
    return of("sharpness-reduction/balanced", {sigma: target})


def full_networks():
    """The Hessian of d x d networks whose first p modes are shared alike, the others not.

    With H = c^L pathways and targets H a^L every layer is rational: c a, or a.
    """
    count = 0
    roots = (1, 1), (1, Fraction(9, 10)), (1, Fraction(1, 2)), (2, 2, Fraction(7, 4)), (3, 2, 1)
    for paths, depth, modes in ((4, 2, (1, 1)), *((8, 3, modes) for modes in roots)):
        targets = [paths * Fraction(a) ** depth for a in modes]
        singles = [depth * (2 * Fraction(a)) ** (2 * depth - 2) for a in modes]
        shared = singles[0] * Fraction(2) ** (2 - depth)  # H^(2/L - 1) = c^(2 - L)
        for rank in range(1, len(modes)):
            alone = [0 if m < rank else t for m, t in enumerate(targets)]
            among = [t / paths if m < rank else 0 for m, t in enumerate(targets)]
            first = [a + b for a, b in zip(alone, among, strict=True)]
            _expect(paths, depth, [first] + [among] * (paths - 1), max(shared, singles[rank]))
            has_room = (Fraction(modes[0]) / modes[rank - 1]) ** (2 * depth - 2) < 2 ** (depth - 2)
            if (shared < singles[rank - 1]) != has_room:
                raise Disproved(f"{paths} pathways of depth {depth}, targets {targets}")
            count += 1
        _expect(paths, depth, [targets] + [[0] * len(modes)] * (paths - 1), singles[0])
    return count


def _expect(paths, depth, shares, value):
    from flint import fmpq, fmpq_mat

    from verifier.networks import aligned_minimum, eigenvalues_above

    rows = aligned_minimum([depth] * paths, shares).hessian()
    matrix = fmpq_mat([[fmpq(e.numerator, e.denominator) for e in row] for row in rows])
    below = value - Fraction(1, 10**6)
    if eigenvalues_above(matrix, value) or not eigenvalues_above(matrix, below):
        raise Disproved(f"the sharpness of {paths} pathways of depth {depth} is not {value}")


theorem = Theorem(
    label="rank-p-window",
    title="Steps that leave the first p modes no stable single path",
    source="P; rank-p-window in mathematics.md, with a hypothesis that is missing there",
    why="""
    The targets sigma_1 >= ... >= sigma_d > 0 are written as the least one and gaps that are not
    negative. A single path of mode i has the sharpness S_i = L sigma_i^(2 - 2/L) (single-path),
    which falls with i, and is stable if and only if eta < 2/S_i (stability-window). So between
    2/S_p and 2/S_(p+1) the single paths of modes 1 to p are unstable and the others stable; the
    window is open exactly where sigma_p > sigma_(p+1), at any depth from 2 on.

    That the first p modes can settle anywhere needs more. The flattest minimum of mode 1 is the
    balanced one, with the sharpness H^(2/L - 1) S_1 (equal-split-optimal). It is stable somewhere
    in the window only if (sigma_1/sigma_p)^(2 - 2/L) < H^(1 - 2/L), and all through it if
    (sigma_1/sigma_(p+1))^(2 - 2/L) <= H^(1 - 2/L). Otherwise no division of the first mode
    among balanced pathways is stable at any step of the window: so it is at L = 2 always.
    """,
    claims={
        "ordered": when(at_i >= at_p, *up_to_p),
        "single-paths-unstable": when(factor(single(at_i)) > 1, *first, eta > 2 / single(at_p)),
        "single-paths-stable": when(factor(single(at_i)) < 1, *later, eta < 2 / single(at_next)),
        "open": when(2 / single(at_p) < 2 / single(at_next), *window, at_p > at_next),
        "empty": when(2 / single(at_p) == 2 / single(at_next), *window, at_p == at_next),
        "balanced-stable": when(factor(even(at_i)) < 1, *first, eta < 2 / even(at_one)),
        "room": when(2 / single(at_p) < 2 / even(at_one), *mode, spread(at_one, at_p) < room),
        "no-room": when(2 / single(at_p) >= 2 / even(at_one), *mode, spread(at_one, at_p) >= room),
        "room-throughout": when(
            2 / single(at_next) <= 2 / even(at_one), *window, spread(at_one, at_next) <= room
        ),
        "room-ends": when(
            2 / single(at_next) > 2 / even(at_one), *window, spread(at_one, at_next) > room
        ),
        "depth-two": when(2 / single(at_p) >= 2 / even(at_one), *mode, L == 2),
        "no-division-stable": when(
            factor(sharpness(split(s))) > 1,
            L >= 2,
            Sum(s[h], (h, 1, H)) == sigma,
            eta > 2 / even(sigma),
        ),
    },
    proof=[
        link(
            "gaps divided",
            splitting(p - 1),
            Sum(gap[j], (j, i, d - 1)) == Sum(gap[j], (j, i, p - 1)) + Sum(gap[j], (j, p, d - 1)),
            up_to_p,
        ),
        link("ordered", calculation("gaps divided")),
        link("thresholds", calculation(), 2 / b >= 2 / a, [a >= b]),
        link("above", hypothesis(), eta > 2 / b, [a >= b, eta > 2 / b]),
        link("below", hypothesis(), eta < 2 / a, [a >= b, eta < 2 / a]),
        link(
            "above both",
            combination({"above": 1, "thresholds": 1}),
            eta > 2 / a,
            [a >= b, eta > 2 / b],
        ),
        link(
            "below both",
            combination({"below": 1, "thresholds": 1}),
            eta < 2 / b,
            [a >= b, eta < 2 / a],
        ),
        link(
            "sharper and unstable",
            instance("stability-window/unstable", {curvature: a}, ["above both"]),
            factor(a) > 1,
            [a >= b, eta > 2 / b],
        ),
        link(
            "flatter and stable",
            instance("stability-window/stable", {curvature: b}, ["below both"]),
            factor(b) < 1,
            [a >= b, eta < 2 / a],
        ),
        link("sharper", calculation(value(x), value(y)), single(x) >= single(y), [L >= 2, x >= y]),
        link(
            "single-paths-unstable",
            instance(
                "sharper and unstable",
                {a: single(at_i), b: single(at_p)},
                [of("sharper", {x: at_i, y: at_p}, ["ordered"]), value(at_i), value(at_p)],
            ),
        ),
        link(
            "ordered from p on",
            instance("ordered", {i: p + 1, p: i}),
            at_next >= at_i,
            later,
        ),
        link(
            "single-paths-stable",
            instance(
                "flatter and stable",
                {a: single(at_next), b: single(at_i)},
                [
                    of("sharper", {x: at_next, y: at_i}, ["ordered from p on"]),
                    value(at_i),
                    value(at_next),
                ],
            ),
        ),
        link("open", calculation(value(at_p), value(at_next))),
        link("empty", calculation(value(at_p), value(at_next))),
        link("first is largest", instance("ordered", {i: 1, p: i}), at_one >= at_i, first),
        link(
            "sharper, shared",
            calculation(value_shared(x), value_shared(y)),
            even(x) >= even(y),
            [L >= 2, x >= y],
        ),
        link(
            "balanced-stable",
            instance(
                "flatter and stable",
                {a: even(at_one), b: even(at_i)},
                [
                    of("sharper, shared", {x: at_one, y: at_i}, ["first is largest"]),
                    value_shared(at_one),
                    value_shared(at_i),
                ],
            ),
        ),
        link(
            "pair, room",
            calculation(value(y), value_shared(x)),
            2 / single(y) < 2 / even(x),
            [L >= 2, spread(x, y) < room],
        ),
        link(
            "pair, no room",
            calculation(value(y), value_shared(x)),
            2 / single(y) >= 2 / even(x),
            [L >= 2, spread(x, y) >= room],
        ),
        link(
            "pair, room throughout",
            calculation(value(y), value_shared(x)),
            2 / single(y) <= 2 / even(x),
            [L >= 2, spread(x, y) <= room],
        ),
        link(
            "pair, room ends",
            calculation(value(y), value_shared(x)),
            2 / single(y) > 2 / even(x),
            [L >= 2, spread(x, y) > room],
        ),
        link("room", instance("pair, room", {x: at_one, y: at_p})),
        link("no-room", instance("pair, no room", {x: at_one, y: at_p})),
        link("room-throughout", instance("pair, room throughout", {x: at_one, y: at_next})),
        link("room-ends", instance("pair, room ends", {x: at_one, y: at_next})),
        link("p is smaller", instance("ordered", {i: 1}), at_one >= at_p, mode),
        link(
            "pair, depth two",
            calculation(value(y), value_shared(x)),
            2 / single(y) >= 2 / even(x),
            [L == 2, x >= y],
        ),
        link("depth-two", instance("pair, depth two", {x: at_one, y: at_p}, ["p is smaller"])),
        link(
            "no-division-stable",
            instance(
                "sharper and unstable",
                {a: sharpness(split(s)), b: even(sigma)},
                ["equal-split-optimal/minimum", "sharpness-reduction/balanced"],
            ),
        ),
    ],
    false_neighbours=[
        when(factor(single(at_i)) > 1, *first, eta > 2 / single(at_one)),
        when(factor(single(at_i)) > 1, *mode, *between(1, i, d), eta > 2 / single(at_p)),
        when(factor(single(at_i)) < 1, *later, eta <= 2 / single(at_next)),
        when(2 / single(at_p) < 2 / single(at_next), *window),
        # what the statement of the window alone would promise
        when(
            factor(even(at_i)) < 1,
            *window,
            *between(1, i, p),
            eta > 2 / single(at_p),
            eta < 2 / single(at_next),
        ),
        when(
            factor(even(at_i)) < 1,
            *window,
            *between(1, i, p),
            H >= 2,
            L >= 3,
            eta > 2 / single(at_p),
            eta < 2 / single(at_next),
        ),
        when(2 / single(at_p) < 2 / even(at_one), *mode, H >= 2, L >= 3),
        when(2 / single(at_p) < 2 / even(at_one), *mode, H >= 2, p == 1),
        when(2 / single(at_p) < 2 / even(at_one), *mode, spread(at_one, at_p) <= room),
        when(2 / single(at_next) <= 2 / even(at_one), *window, spread(at_one, at_p) < room),
    ],
    checks=[
        Check(
            "full networks: the Hessian of a minimum of rank p shared alike agrees", full_networks
        )
    ],
)
