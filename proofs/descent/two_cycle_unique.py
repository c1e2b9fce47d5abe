"""A single pathway has at most one two-cycle, and none for a step size up to 2/S_1."""

from fractions import Fraction
from itertools import pairwise, product

from proofs.descent.two_cycle import (
    S_1,
    back,
    equation,
    found,
    gamma,
    ratio,
    rho,
    size,
    smaller,
    solved,
    step,
    z,
)
from proofs.descent.two_cycle_step_size import large, scaled_step, small
from verifier.reasons import Cases, calculation, combination, contraposition, hypothesis, instance
from verifier.statements.vocabulary import L, eta, positive, sigma
from verifier.theorem import Check, Disproved, Theorem, link, when

a, b, x, y = map(positive, "a b x y".split())
p = 2 - 2 / L


def exchanged(rho, z):
    """One step leads from rho to rho z, and the next one back."""
    return step(rho) == rho * z, step(rho * z) == rho


there = step(rho) == rho * z
cycle = (*exchanged(rho, z), z > 1)
powers = sigma**p * small(z) ** p == rho ** (2 * L - 2) * large(z) ** p


def crossings():
    """Where two steps in fractions lead back, along a grid: once for gamma <= 2, else three times.

    The target is 1; places from which the steps leave the positive numbers are left out.
    """
    count = 0
    for depth, pace in product(DEPTHS, GAMMAS):
        signs = []
        for n in range(1, GRID):
            first = Fraction(2 * n, GRID) + Fraction(1, 10**6)
            second = first
            for _ in range(2):
                second += pace / depth * second ** (depth - 1) * (1 - second**depth)
                if second <= 0:
                    break
            else:
                signs.append(second > first)
        changes = sum(one is not two for one, two in pairwise(signs))
        if changes != (1 if pace <= 2 else 3):
            raise Disproved(f"L = {depth}, gamma = {pace}: {changes} changes of sign")
        count += len(signs)
    return count


DEPTHS, GRID = (2, 3, 5, 8), 60
GAMMAS = Fraction(1, 2), Fraction(19, 10), Fraction(2), Fraction(5, 2), Fraction(3)

theorem = Theorem(
    label="two-cycle-unique",
    title="A single pathway has at most one two-cycle, and none up to the step size 2/S_1",
    source="O; two-cycle in mathematics.md",
    why="""
    Let two different positive layer values be exchanged by a step; call the smaller rho and the
    other rho z, so that z > 1. By two-cycle they solve its equation, and eta is what it says; in
    terms of z alone, eta S_1 = G(z), and rho = (sigma (1 + z^(L-1)) / (1 + z^(2L-1)))^(1/L). By
    two-cycle-step-size G(z) > 2, and G rises: no two values of z have the same step size. So for
    eta S_1 > 2 the cycle of two-cycle is the only one, and for eta S_1 <= 2 there is none.
    """,
    given=[L >= 2],
    claims={
        "scaled": when(eta * S_1 == scaled_step(z), solved, eta == size, z > 1),
        "step-size": when(eta * S_1 == scaled_step(z), *cycle),
        "smaller-point": when(rho == smaller(z), *cycle),
        "more-than-two": when(eta * S_1 > 2, *exchanged(rho, z), z != 1),
        "no-other": when(z == y, *cycle, gamma == eta * S_1, y == found),
    },
    proof=[
        link("there", hypothesis(), there, [there]),
        link("ratio", combination({"there": -1 / rho}), ratio, [there]),
        link(
            "curve",
            instance("two-cycle/cycle-solves", {}, using=["ratio"]),
            equation,
            exchanged(rho, z),
        ),
        link(
            "size",
            instance("two-cycle/step-size", {}, using=["ratio", "curve"]),
            eta == size,
            cycle,
        ),
        # in terms of the ratio
        link(
            "powers of both",
            calculation(),
            sigma**p * a**p == rho ** (2 * L - 2) * b**p,
            [sigma * a == rho**L * b],
        ),
        link(
            "powers of the curve",
            instance("powers of both", {a: small(z), b: large(z)}),
            powers,
            [equation],
        ),
        link("powers", instance("powers of the curve", {}, using=["curve"]), powers, cycle),
        link("powers given", hypothesis(), powers, [powers]),
        link("sharpness", hypothesis(), S_1 == L * sigma**p, [S_1 == L * sigma**p]),
        link(
            "step size of the size",
            combination({"powers given": L * eta * small(z) ** -p, "sharpness": eta}),
            eta * S_1 == scaled_step(z),
            [z > 1, eta == size, powers, S_1 == L * sigma**p],
        ),
        link(
            "step-size",
            instance("step size of the size", {}, using=["size", "powers", "single-path/value"]),
        ),
        link("powers solved", instance("powers of the curve", {}), powers, [solved]),
        link(
            "scaled",
            instance("step size of the size", {}, using=["powers solved", "single-path/value"]),
        ),
        link(
            "root of both",
            calculation(),
            rho == sigma ** (1 / L) * a ** (1 / L) / b ** (1 / L),
            [sigma * a == rho**L * b],
        ),
        link(
            "root of the curve",
            instance("root of both", {a: small(z), b: large(z)}),
            rho == smaller(z),
            [equation],
        ),
        link("smaller-point", instance("root of the curve", {}, using=["curve"])),
        # above two
        link("step of z", hypothesis(), eta * S_1 == scaled_step(z), [eta * S_1 == scaled_step(z)]),
        link(
            "more than two",
            combination({"step of z": 1, "two-cycle-step-size/more-than-two": 1}),
            eta * S_1 > 2,
            [eta * S_1 == scaled_step(z), z > 1],
        ),
        link(
            "from the smaller",
            instance("more than two", {}, using=["step-size"]),
            eta * S_1 > 2,
            cycle,
        ),
        link("back", hypothesis(), back == rho, [back == rho]),
        link("other there", combination({"back": 1}), back == rho * z * (1 / z), [back == rho]),
        link("undone", calculation(), rho * z * (1 / z) == rho),
        link("step of the same", calculation(), step(a) == y, [step(x) == y, a == x]),
        link(
            "other back",
            instance("step of the same", {a: rho * z * (1 / z), x: rho, y: rho * z}, ["undone"]),
            step(rho * z * (1 / z)) == rho * z,
            [there],
        ),
        link(
            "from the larger",
            instance(
                "from the smaller", {rho: rho * z, z: 1 / z}, using=["other there", "other back"]
            ),
            eta * S_1 > 2,
            [*exchanged(rho, z), z < 1],
        ),
        link(
            "more-than-two",
            Cases(z > 1, instance("from the smaller", {}), instance("from the larger", {})),
        ),
        # only one
        link(
            "rises",
            instance("two-cycle-step-size/rises", {b: y}),
            scaled_step(y) < scaled_step(z),
            [y > 1, y < z],
        ),
        link(
            "too small",
            combination({"rises": 1, "step of z": 1}),
            scaled_step(y) < eta * S_1,
            [eta * S_1 == scaled_step(z), y > 1, y < z],
        ),
        link(
            "not smaller",
            calculation("too small"),
            eta * S_1 != scaled_step(y),
            [eta * S_1 == scaled_step(z), y > 1, y < z],
        ),
        link(
            "at least",
            contraposition("not smaller"),
            y >= z,
            [eta * S_1 == scaled_step(z), y > 1, eta * S_1 == scaled_step(y)],
        ),
        link(
            "at most",
            instance("at least", {y: z, z: y}),
            z >= y,
            [eta * S_1 == scaled_step(z), z > 1, eta * S_1 == scaled_step(y)],
        ),
        link(
            "same step",
            calculation("at least", "at most"),
            z == y,
            [eta * S_1 == scaled_step(z), z > 1, y > 1, eta * S_1 == scaled_step(y)],
        ),
        link(
            "beyond",
            combination({"from the smaller": 1}),
            gamma > 2,
            [*cycle, gamma == eta * S_1],
        ),
        link(
            "step of the root",
            instance("two-cycle/its-step", {z: y}, using=["beyond"]),
            scaled_step(y) == gamma,
            [*cycle, gamma == eta * S_1, y == found],
        ),
        link(
            "root beyond 1",
            instance("two-cycle/exists", {}, using=["beyond"]),
            found > 1,
            [*cycle, gamma == eta * S_1],
        ),
        link(
            "apart",
            combination({"root beyond 1": 1}),
            y > 1,
            [*cycle, gamma == eta * S_1, y == found],
        ),
        link(
            "no-other",
            instance("same step", {}, using=["step-size", "step of the root", "apart"]),
        ),
    ],
    false_neighbours=[
        when(eta * S_1 > 2, L >= 2, there),
        when(eta * S_1 > 2, *exchanged(rho, z)),
        when(eta * S_1 < 3, L >= 2, *cycle),
        when(eta * S_1 > 3, L >= 2, *cycle),
        when(eta * S_1 == scaled_step(z), L >= 2, there, z > 1),
        when(rho == smaller(z), L >= 2, there, z > 1),
        when(rho * z == sigma ** (1 / L), L >= 2, *cycle),
        when(z > 2, L >= 2, *cycle),
    ],
    checks=[Check("places: two steps in fractions lead back as often as stated", crossings)],
)
