"""On the balanced line the minimum loses its stability by a supercritical period-doubling."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, depth, h, i, j, t, w
from verifier.reasons import Step, calculation, combination, instance, of
from verifier.statements.substitution import function, substitute
from verifier.statements.vocabulary import (
    H,
    L,
    balanced,
    between,
    diff,
    eta,
    positive,
    rational,
    sharpness,
    sigma,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

x = positive("x")

at_ij = (*between(1, i, H), *between(1, j, L))
at_line = {w: function((h,), x), depth: function((h,), L)}
step = x - eta * (H * x**L - sigma) * x ** (L - 1)
S = sharpness(balanced)
minimum = H * x**L == sigma
curvature = H * L * x ** (2 * L - 2)
critical = eta * S == 2


def derivative(order, of=step):
    """The derivative of that order of the map by the layer value."""
    return diff(derivative(order - 1, of), x) if order else of


multiplier = derivative(1)
normal_form = derivative(2) ** 2 / 2 + derivative(3) / 3
number = rational(8, 3) * (L - 1) * (5 * L - 4)


def cycles_on_the_unstable_side():
    """Small cycles from 1 to z and back, solved for target and step in fractions: eta S > 2."""
    count = 0
    for paths, number, z in product((1, 2, 5), range(2, 12), RATIOS):
        target = Fraction(paths) * (1 + z ** (2 * number - 1)) / (1 + z ** (number - 1))
        eta = (z - 1) / (target - paths)
        other = 1 + eta * (target - paths)
        back = other + eta * (target - paths * other**number) * other ** (number - 1)
        if other != z or back != 1:
            raise Disproved(f"H = {paths}, L = {number}, z = {z}: no cycle")
        power = (eta * paths * number) ** number * (target / paths) ** (2 * number - 2)
        if power <= 2**number:  # it is (eta S)^L
            raise Disproved(f"H = {paths}, L = {number}, z = {z}: a cycle for eta S <= 2")
        count += 1
    return count


RATIOS = Fraction(9, 10), Fraction(99, 100), Fraction(101, 100), Fraction(11, 10)

theorem = Theorem(
    label="flip",
    title="A supercritical period-doubling at the step size 2/S",
    source="O; flip in mathematics.md",
    why="""
    With all H L weights equal to x, one step of gradient descent maps x to
    f(x) = x - eta (H x^L - sigma) x^(L-1) (balanced-step). Its fixed points x > 0 are the minima
    H x^L = sigma, whatever the step size. There the residual vanishes, f' = 1 - eta S with the
    sharpness S = H L x^(2L-2) of the balanced minimum, and f' falls through -1 at eta = 2/S
    with the speed df'/d eta = -S, which is not 0. At that step size the number
    f''^2/2 + f'''/3 is 8 (L-1) (5L-4) / (3 x^2) with x = (sigma/H)^(1/L): positive for every
    L >= 2. "Supercritical" means just this: the multiplier is -1 and crosses with a speed that
    is not 0, and the number is positive. By the period-doubling theorem (Guckenheimer and
    Holmes, Nonlinear Oscillations, 1983, Theorem 3.5.1), which is cited and not proved here,
    the map has for eta S slightly above 2, and not below, a two-cycle near the minimum, and it
    attracts. All this speaks of the line: across it the Hessian of the minimum has only the
    eigenvalue 0 (symmetric-line), so that nothing is said of starts beside the line.
    """,
    given=[L >= 2],
    claims={
        "one-step": when(substitute(after(i, j), at_line) == step, *at_ij, t == 0),
        "fixed": when(step == x, minimum),
        "no-other-fixed": when(minimum, step == x),
        "sharpness": when(S == curvature, minimum),
        "multiplier": when(multiplier == 1 - eta * S, minimum),
        "critical": when(multiplier == -1, minimum, critical),
        "speed": when(diff(multiplier, eta) == -S, minimum),
        "normal-form": when(normal_form == number * (H / sigma) ** (2 / L), minimum, critical),
        "supercritical": when(normal_form > 0, minimum, critical),
    },
    proof=[
        link("one-step", calculation(of("balanced-step/step", at_line))),
        link("fixed", calculation()),
        link("at rest", Step("given", words="hypothesis"), step == x, [step == x]),
        link("no-other-fixed", combination({"at rest": -1 / (eta * x ** (L - 1))})),
        link("sharpness", calculation("sharpness-reduction/balanced")),
        link("multiplier", calculation("sharpness")),
        link("at two", Step("given", words="hypothesis"), critical, [critical]),
        link(
            "step size",
            combination({"at two": 1, "sharpness": -eta}),
            eta * curvature == 2,
            [minimum, critical],
        ),
        link("multiplier there", calculation(), multiplier == -1, [minimum, eta * curvature == 2]),
        link("critical", instance("multiplier there", {}, using=["step size"])),
        link("speed", calculation("sharpness")),
        link(
            "number there",
            calculation(),
            normal_form == number * (H / sigma) ** (2 / L),
            [minimum, eta * curvature == 2],
        ),
        link("normal-form", instance("number there", {}, using=["step size"])),
        link(
            "positive there",
            calculation("number there"),
            normal_form > 0,
            [minimum, eta * curvature == 2],
        ),
        link("supercritical", instance("positive there", {}, using=["step size"])),
    ],
    false_neighbours=[
        when(multiplier == 1 - 2 * eta * S, L >= 2, minimum),
        when(multiplier == 1 - eta * S, L >= 2),
        when(multiplier == -1, L >= 2, minimum, eta * S == 1),
        when(diff(multiplier, eta) == S, L >= 2, minimum),
        when(
            normal_form == rational(8, 3) * (L - 1) * (5 * L - 3) * (H / sigma) ** (2 / L),
            L >= 2,
            minimum,
            critical,
        ),
        when(
            normal_form == number * (sigma / H) ** (2 / L),
            L >= 2,
            minimum,
            critical,
        ),
        when(normal_form > 0, L >= 1, minimum, critical),
        when(normal_form == number, L >= 2, minimum, critical),
    ],
    checks=[
        Check("small cycles, gone round in fractions, have eta S > 2", cycles_on_the_unstable_side)
    ],
)
