"""The two-cycles of gradient descent on a single balanced pathway solve one equation."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, depth, i, j, place, t, w
from verifier.reasons import Cases, Step, calculation, combination, instance
from verifier.statements.vocabulary import H, L, eta, positive, sigma
from verifier.theorem import Check, Disproved, Theorem, link, when

rho, z, y = positive("rho"), positive("z"), positive("y")


def step(x, L=L):
    """A layer value after one step of gradient descent, in the only pathway, of depth L."""
    return x * (1 + eta * (sigma - x**L) * x ** (L - 2))


ratio = z == 1 + eta * (sigma - rho**L) * rho ** (L - 2)
equation = rho**L * (1 + z ** (2 * L - 1)) / (1 + z ** (L - 1)) == sigma
solved = sigma == rho**L * (1 + z ** (2 * L - 1)) / (1 + z ** (L - 1))
back = step(rho * z)
denominator = rho ** (2 * L - 2) * z ** (L - 1) * (z**L - 1)
size = (z - 1) * (1 + z ** (L - 1)) / denominator
push = eta * rho ** (L - 2)


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


ROOTS = Fraction(1), Fraction(1, 2), Fraction(7, 3)
RATIOS = Fraction(1, 3), Fraction(9, 10), Fraction(3, 2), Fraction(4)

theorem = Theorem(
    label="two-cycle",
    title="The equation of two-cycles on a single pathway",
    source="P; two-cycle in mathematics.md",
    why="""
    A step of gradient descent maps the layer value w of the only pathway to
    w (1 + eta (sigma - w^L) w^(L-2)) (balanced-step). Let the first step lead from rho to rho z,
    so that z - 1 = eta rho^(L-2) (sigma - rho^L). The second step leads back if
    1 - z = eta rho^(L-2) z^(L-1) (sigma - rho^L z^L). Adding the two and dividing by
    eta rho^(L-2), sigma (1 + z^(L-1)) = rho^L (1 + z^(2 L - 1)) is left; conversely this equation
    and the first step give the second. The point z = 1 of the curve is the minimum rho^L = sigma;
    every other z belongs to a two-cycle, of the step size that is stated. The factor L that some
    print before eta in z - 1 does not belong there for the loss (f - sigma)^2 / 2.
    """,
    claims={
        "one-step": when(
            after(i, j) == step(w[i], depth[i]), *place(i, j), t == 0, H == 1, i == 1, depth[i] >= 2
        ),
        "first-step": when(step(rho) == rho * z, ratio),
        "cycle-solves": when(equation, ratio, back == rho),
        "solution-cycles": when(back == rho, ratio, equation),
        "minimum": when(rho**L == sigma, equation, z == 1),
        "step-size": when(eta == size, ratio, equation, z != 1),
    },
    proof=[
        link("one-step", combination({"balanced-step/step": 1})),
        link("ratio", Step("given", words="hypothesis"), ratio, [ratio]),
        link("first-step", combination({"ratio": -rho})),
        link(
            "written out",
            calculation(),
            back
            == rho * z
            + eta * sigma * rho ** (L - 1) * z ** (L - 1)
            - eta * rho ** (2 * L - 1) * z ** (2 * L - 1),
        ),
        link("return", Step("given", words="hypothesis"), back == rho, [back == rho]),
        link(
            "cleared",
            combination(
                {"return": 1 / (rho * push), "written out": -1 / (rho * push), "ratio": -1 / push}
            ),
            sigma * (1 + z ** (L - 1)) == rho**L * (1 + z ** (2 * L - 1)),
            [ratio, back == rho],
        ),
        link("cycle-solves", combination({"cleared": -1 / (1 + z ** (L - 1))})),
        link("equation", Step("given", words="hypothesis"), equation, [equation]),
        link(
            "solution-cycles",
            combination(
                {"written out": 1, "ratio": rho, "equation": -rho * push * (1 + z ** (L - 1))}
            ),
        ),
        link("minimum", calculation()),
        link("parted", Cases(z > 1, calculation(), calculation()), z**L - 1 != 0, [z != 1]),
        link("curve", calculation("parted"), denominator != 0, [z != 1]),
        link(
            "size",
            combination(
                {
                    "ratio": -(1 + z ** (L - 1)) / denominator,
                    "equation": push * (1 + z ** (L - 1)) / denominator,
                }
            ),
            eta == size,
            [ratio, equation, denominator != 0],
        ),
        link("step-size", instance("size", {}, using=["curve"])),
    ],
    false_neighbours=[
        when(step(rho) == rho * z, z == 1 + eta * L * (sigma - rho**L) * rho ** (L - 2)),
        when(equation, ratio),
        when(equation, back == rho),
        when(rho**L * (1 + z ** (2 * L)) / (1 + z ** (L - 1)) == sigma, ratio, solved),
        when(back == rho, ratio),
        when(rho**L == sigma, equation),
        when(eta == size / L, ratio, equation, z != 1),
    ],
    checks=[Check("cycles solved for target and step, gone round in fractions", exact_cycles)],
)
