"""Overshoots of gradient descent on a single pathway: the largest one, and which are back."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, i, j, t
from proofs.descent.flip import at_ij, at_line, x
from verifier.reasons import (
    Cases,
    am_gm,
    calculation,
    combination,
    growth,
    hypothesis,
    increasing,
    instance,
)
from verifier.statements.substitution import substitute
from verifier.statements.vocabulary import H, L, diff, eta, positive, sharpness, sigma, single_path
from verifier.theorem import Check, Disproved, Theorem, link, when

u, v, a, b, y, gamma = map(positive, "u v a b y gamma".split())
S_1 = sharpness(single_path)


def chain(x):
    """A layer value of the only pathway after one step of gradient descent."""
    return x - eta * x ** (L - 1) * (x**L - sigma)


def f(x, gamma=gamma):
    """The same for the target 1, with gamma the step size times the sharpness."""
    return x + gamma / L * x ** (L - 1) * (1 - x**L)


def bend(x):
    """What makes the slope of f vanish where gamma x^(L-2) times it is L."""
    return (2 * L - 1) * x**L - (L - 1)


def given(relation):
    """A hypothesis as a link."""
    return hypothesis(), relation, [relation]


def crests():
    """Depths, and crests in fractions, each with its gamma."""
    for depth, n in product((2, 3, 4, 5, 8, 20), range(1, 40)):
        place = 1 - Fraction(n, 40 * depth)
        bent = (2 * depth - 1) * place**depth - (depth - 1)
        if bent > 0:
            yield depth, place, depth / (place ** (depth - 2) * bent)


def moved(place, depth, gamma):
    """The value of f in fractions."""
    return place + gamma / depth * place ** (depth - 1) * (1 - place**depth)


def highest_in_fractions():
    """No value of f along a grid is larger than that at the crest."""
    count = 0
    for depth, place, gamma in crests():
        top = moved(place, depth, gamma)
        for n in range(1, 50):
            if moved(Fraction(n, 20), depth, gamma) > top:
                raise Disproved(f"L = {depth}, gamma = {gamma}, u = {n}/20: more than at {place}")
            count += 1
    return count


crest = (a < 1, gamma * a ** (L - 2) * bend(a) == L)
rate = gamma / L * u ** (L - 2) * bend(u) - 1

theorem = Theorem(
    label="overshoots",
    title="Overshoots of a single pathway: the largest, and that larger ones are back before",
    source="P; worst-case-return in mathematics.md",
    why="""
    With u = w / sigma^(1/L) and gamma = eta S_1 a step of the chain becomes
    f(u) = u + (gamma/L) u^(L-1) (1 - u^L): only L and gamma are left. The slope of f vanishes at
    the crest a, where gamma a^(L-2) ((2L-1) a^L - (L-1)) = L; it is positive before and negative
    beyond, so f(a) is the largest value of f on (0, oo). An overshoot v > 1 lands below 1, and if
    it lands above 0, so does every smaller one: (f(v) - v)/v falls with v. So all overshoots from
    (0, 1) are back in (0, 1) one step later if and only if f(f(a)) > 0.
    """,
    given=[L >= 2],
    claims={
        "one-step": when(substitute(after(i, j), at_line) == chain(x), *at_ij, t == 0, H == 1),
        "scaling": chain(sigma ** (1 / L) * u) == sigma ** (1 / L) * f(u, eta * S_1),
        "slope": diff(f(u), u) == 1 - gamma / L * u ** (L - 2) * bend(u),
        "largest": when(f(u) <= f(a), *crest),
        "not-beyond": when(f(v) < 1, v > 1, gamma >= 1),
        "worst": when(f(b) > 0, b >= 1, b <= v, f(v) > 0),
    },
    proof=[
        link("one-step", calculation("flip/one-step")),
        link("scaling", calculation("single-path/value")),
        link("slope", calculation()),
        # the largest value
        link("beyond the crest", *given(u >= a)),
        link("before the crest", *given(u <= a)),
        link("at the crest", *given(crest[1])),
        link("not bent", *given(bend(u) <= 0)),
        link("powers up", increasing("beyond the crest", y**L), u**L >= a**L, [u >= a]),
        link("powers down", increasing("before the crest", y**L), u**L <= a**L, [u <= a]),
        link(
            "lower powers up",
            Cases(L == 2, calculation(), increasing("beyond the crest", y ** (L - 2))),
            u ** (L - 2) >= a ** (L - 2),
            [u >= a],
        ),
        link(
            "lower powers down",
            Cases(L == 2, calculation(), increasing("before the crest", y ** (L - 2))),
            u ** (L - 2) <= a ** (L - 2),
            [u <= a],
        ),
        link("bent", combination({"at the crest": 1 / (gamma * a ** (L - 2))}), bend(a) > 0, crest),
        link(
            "bent beyond",
            combination({"bent": 1, "powers up": 2 * L - 1}),
            bend(u) > 0,
            [*crest, u >= a],
        ),
        link(
            "falls beyond",
            combination(
                {
                    "lower powers up": gamma / L * bend(u),
                    "powers up": gamma / L * a ** (L - 2) * (2 * L - 1),
                    "at the crest": 1 / L,
                },
                using=["bent beyond"],
            ),
            rate >= 0,
            [*crest, u >= a],
        ),
        link(
            "rises before",
            Cases(
                bend(u) <= 0,
                combination({"not bent": gamma / L * u ** (L - 2)}),
                combination(
                    {
                        "lower powers down": gamma / L * bend(u),
                        "powers down": gamma / L * a ** (L - 2) * (2 * L - 1),
                        "at the crest": -1 / L,
                    }
                ),
            ),
            -rate >= 0,
            [*crest, u <= a],
        ),
        link("itself", calculation(), f(a) <= f(a), crest),
        link("right of it", growth("itself", "falls beyond", u, a), f(u) <= f(a), [*crest, u >= a]),
        link("left of it", growth("itself", "rises before", u, a), f(u) <= f(a), [*crest, u <= a]),
        link("largest", Cases(u >= a, instance("right of it", {}), instance("left of it", {}))),
        # back below 1
        link("beyond", *given(v > 1)),
        link("bernoulli", am_gm({v**L: 1, 1: L - 1}), v**L + (L - 1) >= L * v),
        link("power beyond", increasing("beyond", y ** (L - 1)), v ** (L - 1) > 1, [v > 1]),
        link(
            "not-beyond",
            combination({"bernoulli": gamma / L * v ** (L - 1), "power beyond": gamma * (v - 1)}),
        ),
        # back above 0
        link("nearer", *given(b <= v)),
        link("back", *given(f(v) > 0)),
        link("powers", increasing("nearer", y**L), b**L <= v**L, [b <= v]),
        link(
            "lower powers",
            Cases(L == 2, calculation(), increasing("nearer", y ** (L - 2))),
            b ** (L - 2) <= v ** (L - 2),
            [b <= v],
        ),
        link(
            "worst",
            combination(
                {
                    "back": b / v,
                    "lower powers": gamma / L * b * (v**L - 1),
                    "powers": gamma / L * b * b ** (L - 2),
                }
            ),
        ),
    ],
    false_neighbours=[
        when(chain(sigma ** (1 / L) * u) == sigma ** (1 / L) * f(u, eta), L >= 2),
        when(f(u) <= f(a), L >= 2, a < 1, u < 1),
        when(f(v) < 1, L >= 2, v > 1),
        when(f(b) > 0, L >= 2, b >= 1, b <= v),
    ],
    checks=[Check("places in fractions: f is no larger than at the crest", highest_in_fractions)],
)
