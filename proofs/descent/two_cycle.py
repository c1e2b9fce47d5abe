"""Gradient descent on a single pathway has a two-cycle for every step size beyond stability."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, depth, i, j, place, t, w
from proofs.descent.flip import at_ij, at_line, x
from proofs.descent.two_cycle_step_size import large, scaled_step, small
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    hypothesis,
    increasing,
    instance,
    intermediate_value,
)
from verifier.statements.substitution import substitute
from verifier.statements.vocabulary import (
    H,
    L,
    Sum,
    eta,
    integer,
    positive,
    rational,
    root,
    sharpness,
    sigma,
    single_path,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

rho, z, y, gamma = map(positive, "rho z y gamma".split())
n = integer("n")
S_1 = sharpness(single_path)


def step(x, L=L):
    """A layer value after one step of gradient descent, in the only pathway, of depth L."""
    return x * (1 + eta * (sigma - x**L) * x ** (L - 2))


def driven(z):
    """What is equal to `free(z)` where gamma is the step size, times S_1, of the ratio z."""
    powers = Sum(z**n, (n, 0, L - 1))
    return gamma * small(z) ** (1 - 2 / L) * z ** (L - 1) * powers


def free(z):
    """The other side of the same equation, which has a value at z = 1 as well."""
    return L * large(z) ** (2 - 2 / L)


def smaller(z):
    """The smaller point of the cycle whose points have the ratio z."""
    return sigma ** (1 / L) * small(z) ** (1 / L) / large(z) ** (1 / L)


equal = {eta: H * eta, sigma: sigma / H}  # H equal pathways move as one with these
ratio = z == 1 + eta * (sigma - rho**L) * rho ** (L - 2)
equation = rho**L * large(z) / small(z) == sigma
solved = sigma == rho**L * large(z) / small(z)
back = step(rho * z)
denominator = rho ** (2 * L - 2) * z ** (L - 1) * (z**L - 1)
size = (z - 1) * small(z) / denominator
weight = small(z) ** (1 - 2 / L) * z ** (L - 1) * (z**L - 1) / (z - 1)
push = eta * rho ** (L - 2)
# the cycle of a step size
end = gamma ** (2 / L)
found = root(driven(y) - free(y), (y, 1, end))
nearer = root(driven(y) - free(y), (y, 1, 1 + gamma / 8))
beyond = (L >= 2, gamma > 2)
known = (*beyond, z == found)
turned = (L >= 2, z > 1, rho == smaller(z))
cycle = (*known, gamma == eta * S_1, rho == smaller(z))


def exact_cycles():
    """For given z and rho solve for the target and the step, then go round in fractions."""
    count = 0
    for number, value, ratio in product(range(2, 8), ROOTS, RATIOS):
        target = value**number * (1 + ratio ** (2 * number - 1)) / (1 + ratio ** (number - 1))
        step = (ratio - 1) / ((target - value**number) * value ** (number - 2))
        other = value + step * (target - value**number) * value ** (number - 1)
        again = other + step * (target - other**number) * other ** (number - 1)
        if step <= 0 or other != value * ratio or again != value:
            raise Disproved(f"depth {number}, from {value}, ratio {ratio}")
        count += 1
    return count


def enclosed_cycles():
    """A step in balls leads from each enclosed point to the other, around the minimum 1."""
    from flint import arb, ctx

    from verifier.closed_forms.cycle import enclosure

    before, ctx.prec = ctx.prec, BITS
    try:
        for number, gamma in product(DEPTHS, GAMMAS):
            _, lower, upper, _ = enclosure(number, gamma / number, Fraction(1), BITS)
            push = arb(gamma.numerator) / gamma.denominator / number
            for value, other in ((lower, upper), (upper, lower)):
                moved = value + push * (1 - value**number) * value ** (number - 1)
                close = moved.overlaps(other) and moved.rad() < arb(2) ** (-BITS // 2)
                if not (close and lower < 1 < upper):
                    raise Disproved(f"L = {number}, gamma = {gamma}: {value} to {moved}")
    finally:
        ctx.prec = before
    return len(DEPTHS) * len(GAMMAS)


DEPTHS, BITS = (2, 3, 4, 5, 8, 20, 100), 300
GAMMAS = Fraction(201, 100), Fraction(9, 4), Fraction(3), Fraction(10), Fraction(10**4)
ROOTS = Fraction(1), Fraction(1, 2), Fraction(7, 3)
RATIOS = Fraction(1, 3), Fraction(9, 10), Fraction(3, 2), Fraction(4)

theorem = Theorem(
    label="two-cycle",
    title="Two-cycles on a single pathway: their equation, and one for every step size above 2/S_1",
    source="P, the existence O; two-cycle in mathematics.md",
    why="""
    A step of gradient descent maps the layer value w of the only pathway to
    w (1 + eta (sigma - w^L) w^(L-2)) (balanced-step). Let the first step lead from rho to rho z,
    so that z - 1 = eta rho^(L-2) (sigma - rho^L). The second step leads back if
    1 - z = eta rho^(L-2) z^(L-1) (sigma - rho^L z^L). Adding the two and dividing by
    eta rho^(L-2), sigma (1 + z^(L-1)) = rho^L (1 + z^(2 L - 1)) is left; conversely this equation
    and the first step give the second. The point z = 1 of the curve is the minimum rho^L = sigma;
    every other z belongs to a two-cycle, of the step size that is stated. The factor L that some
    print before eta in z - 1 does not belong there for the loss (f - sigma)^2 / 2.
    With rho from the equation, that step size times S_1 is G(z) of two-cycle-step-size, a function
    of z alone. Given gamma = eta S_1 > 2, the equation G(z) = gamma freed of its denominators, and
    of the factor z - 1, has opposite signs at z = 1, since gamma > 2, and at z = gamma^(2/L), since
    G(z) > z^(L/2); so it has a root z > 1 between. There the points rho and rho z are exchanged,
    and the minimum lies between them: there is a two-cycle for every gamma > 2.
    """,
    claims={
        "one-step": when(
            after(i, j) == step(w[i], depth[i]), *place(i, j), t == 0, H == 1, i == 1, depth[i] >= 2
        ),
        "equal-pathways": when(
            substitute(after(i, j), at_line) == substitute(step(x), equal), *at_ij, t == 0, L >= 2
        ),
        "first-step": when(step(rho) == rho * z, ratio),
        "cycle-solves": when(equation, ratio, back == rho),
        "solution-cycles": when(back == rho, ratio, equation),
        "minimum": when(rho**L == sigma, equation, z == 1),
        "step-size": when(eta == size, ratio, equation, z != 1),
        "exists": when(found > 1, *beyond),
        "its-step": when(scaled_step(z) == gamma, *known),
        "there": when(step(rho) == rho * z, *cycle),
        "back": when(back == rho, *cycle),
        "below": when(rho < sigma ** (1 / L), *cycle),
        "above": when(rho * z > sigma ** (1 / L), *cycle),
    },
    proof=[
        link("one-step", combination({"balanced-step/step": 1})),
        link("equal-pathways", calculation("flip/one-step")),
        link("ratio", hypothesis(), ratio, [ratio]),
        link("first-step", combination({"ratio": -rho})),
        link(
            "written out",
            calculation(),
            back
            == rho * z
            + eta * sigma * rho ** (L - 1) * z ** (L - 1)
            - eta * rho ** (2 * L - 1) * z ** (2 * L - 1),
        ),
        link("return", hypothesis(), back == rho, [back == rho]),
        link(
            "cleared",
            combination(
                {"return": 1 / (rho * push), "written out": -1 / (rho * push), "ratio": -1 / push}
            ),
            sigma * small(z) == rho**L * large(z),
            [ratio, back == rho],
        ),
        link("cycle-solves", combination({"cleared": -1 / small(z)})),
        link("equation", hypothesis(), equation, [equation]),
        link(
            "solution-cycles",
            combination({"written out": 1, "ratio": rho, "equation": -rho * push * small(z)}),
        ),
        link("minimum", calculation()),
        link("parted", Cases(z > 1, calculation(), calculation()), z**L - 1 != 0, [z != 1]),
        link("curve", calculation("parted"), denominator != 0, [z != 1]),
        link(
            "size",
            combination(
                {"ratio": -small(z) / denominator, "equation": push * small(z) / denominator}
            ),
            eta == size,
            [ratio, equation, denominator != 0],
        ),
        link("step-size", instance("size", {}, using=["curve"])),
        # the cycle of a step size
        link("driven", calculation(), driven(rational(1)) - free(rational(1)) >= 0, beyond),
        link("more than one", calculation(), end > 1, beyond),
        link("no more than", hypothesis(), gamma <= z ** (L / 2), [gamma <= z ** (L / 2)]),
        link(
            "too large a ratio",
            combination(
                {
                    "two-cycle-step-size/more-than-power": weight,
                    "no more than": weight,
                }
            ),
            driven(z) - free(z) < 0,
            [L >= 2, z > 1, gamma <= z ** (L / 2)],
        ),
        link(
            "not driven",
            instance("too large a ratio", {z: end}, using=["more than one"]),
            driven(end) - free(end) < 0,
            beyond,
        ),
        link(
            "root",
            intermediate_value(found, "driven", "not driven"),
            driven(found) - free(found) == 0,
            beyond,
        ),
        link("exists", intermediate_value(found, "driven", "not driven")),
        link("apart", calculation("exists"), z > 1, known),
        link("zero", combination({"root": 1}), driven(z) == free(z), known),
        link("balance", hypothesis(), driven(z) == free(z), [driven(z) == free(z)]),
        link(
            "step of a zero",
            combination({"balance": -1 / weight}),
            scaled_step(z) == gamma,
            [L >= 2, driven(z) == free(z), z > 1],
        ),
        link("its-step", instance("step of a zero", {}, using=["zero", "apart"])),
        # its points are exchanged
        link(
            "step of z",
            calculation(),
            ratio,
            [*turned, eta * L * sigma ** (2 - 2 / L) == scaled_step(z)],
        ),
        link("equation of z", calculation(), equation, turned),
        link(
            "height",
            calculation("its-step", "single-path/value"),
            eta * L * sigma ** (2 - 2 / L) == scaled_step(z),
            cycle,
        ),
        link("ratio of z", instance("step of z", {}, using=["apart", "height"]), ratio, cycle),
        link("there", combination({"ratio of z": -rho})),
        link("curve of z", instance("equation of z", {}, using=["apart"]), equation, cycle),
        link("back", instance("solution-cycles", {}, using=["ratio of z", "curve of z"])),
        link("smaller", calculation(), rho < sigma ** (1 / L), turned),
        link("below", instance("smaller", {}, using=["apart"])),
        link("larger power", calculation(), (rho * z) ** L > sigma, turned),
        link("larger", increasing("larger power", y**L), rho * z > sigma ** (1 / L), turned),
        link("above", instance("larger", {}, using=["apart"])),
    ],
    false_neighbours=[
        when(step(rho) == rho * z, z == 1 + eta * L * (sigma - rho**L) * rho ** (L - 2)),
        when(
            substitute(after(i, j), at_line) == substitute(step(x), {sigma: sigma / H}),
            *at_ij,
            t == 0,
            L >= 2,
        ),
        when(equation, ratio),
        when(equation, back == rho),
        when(rho**L * (1 + z ** (2 * L)) / (1 + z ** (L - 1)) == sigma, ratio, solved),
        when(back == rho, ratio),
        when(rho**L == sigma, equation),
        when(eta == size / L, ratio, equation, z != 1),
        when(found > 1, L >= 2, gamma > 1),
        when(nearer > 1, *beyond),
        when(found > 3, *beyond),
        when(found > gamma, *beyond),
        when(step(rho) == rho * z, *turned),
        when(step(rho) == rho * z, *turned, eta == scaled_step(z)),
        when(rho > sigma ** (1 / L) * rational(9, 10), *turned),
        when(rho * z ** rational(1, 2) > sigma ** (1 / L), *turned),
    ],
    checks=[
        Check("cycles solved for target and step, gone round in fractions", exact_cycles),
        Check("depths and step sizes: the enclosed points are exchanged", enclosed_cycles),
    ],
)
