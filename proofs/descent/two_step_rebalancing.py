"""Two steps that return the larger layer value exactly make the smaller one grow."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, depth, i, j, place, r, t, w
from verifier.reasons import Cases, Step, calculation, combination, instance
from verifier.statements.vocabulary import L, eta, positive, real
from verifier.theorem import Check, Disproved, Theorem, link, when

u, v = positive("u"), positive("v")  # the layer values of two pathways
r1, r2 = real("r1"), real("r2")  # the residuals at the first step and at the second
s, y = positive("s"), positive("y")


def step(value, residual, L=L):
    """A layer value after one step of gradient descent, in a balanced pathway of depth L."""
    return value * (1 + eta * residual * value ** (L - 2))


def written_out(value, x):
    """The layer value after two steps, the first of which multiplies it by 1 + x."""
    return value * (1 + x) + eta * r2 * value ** (L - 1) * (1 + x) ** (L - 1)


x, z = eta * r1 * u ** (L - 2), eta * r1 * v ** (L - 2)
u_twice, v_twice = step(step(u, r1), r2), step(step(v, r1), r2)
ratio = ((1 + z) / (1 + x)) ** (L - 1)
growth = 1 + z * (1 - ratio)
returns = (L >= 2, 1 + x > 0, u_twice == u)
solved = (L >= 2, 1 + x > 0, r2 == -r1 / (1 + x) ** (L - 1))
below, above = (L >= 3, v < u), (L >= 3, v > u)
factors = {s: 1 + z, y: 1 + x}
scale = eta * u ** (L - 1) * (1 + x) ** (L - 1)


def exact_pairs():
    """Two steps in fractions; the second residual is solved from the return of the larger."""
    count = 0
    firsts = Fraction(2), Fraction(1, 300), Fraction(-1, 9), Fraction(-7, 8)
    for layers, first, big in product(range(2, 9), firsts, (Fraction(1, 2), Fraction(1))):
        up = big + first * big ** (layers - 1)
        second = (big - up) / up ** (layers - 1)
        for small in (big / 5, big * Fraction(9, 10)):
            middle = small + first * small ** (layers - 1)
            last = middle + second * middle ** (layers - 1)
            x, z = first * big ** (layers - 2), first * small ** (layers - 2)
            growth = 1 + z * (1 - ((1 + z) / (1 + x)) ** (layers - 1))
            if last != small * growth or (last > small) != (layers > 2):
                raise Disproved(f"depth {layers}, from {big} and {small}, eta r1 = {first}")
            count += 1
    return count


theorem = Theorem(
    label="two-step-rebalancing",
    title="Two steps that return the larger pathway make the smaller one grow",
    source="O; two-step-rebalancing in mathematics.md",
    why="""
    A step with residual r multiplies the layer value w of a balanced pathway by
    1 + eta r w^(L-2) (balanced-step). Let u and v be the values of two pathways of depth L, r_1
    and r_2 the residuals of two steps in a row, x = eta r_1 u^(L-2), z = eta r_1 v^(L-2), and let
    1 + x > 0. If u returns to itself exactly, then r_2 = -r_1/(1 + x)^(L-1). With this r_2 the two
    steps multiply v by 1 + z (1 - ((1 + z)/(1 + x))^(L-1)), provided that 1 + z > 0. If v < u and
    L >= 3, z lies between 0 and x, so that z and 1 - ((1 + z)/(1 + x))^(L-1) have the same sign,
    whichever sign r_1 has: v has strictly grown. If v > u, z lies beyond x, the signs differ, and
    v has shrunk. At L = 2, z = x, and v returns with u. The residuals are given here: how the
    pathways together produce them is not part of the statement.
    """,
    claims={
        "one-step": when(
            after(i, j) == step(w[i], r, depth[i]), *place(i, j), t == 0, depth[i] >= 2
        ),
        "second-residual": when(r2 == -r1 / (1 + x) ** (L - 1), *returns),
        "factor": when(v_twice == v * growth, *returns, 1 + z > 0),
        "smaller-grows": when(v_twice > v, *returns, v < u, r1 != 0, L >= 3),
        "larger-shrinks": when(v_twice < v, *returns, v > u, 1 + z > 0, r1 != 0, L >= 3),
        "depth-two": when(v_twice == v, *returns, L == 2),
    },
    proof=[
        link("one-step", instance("balanced-step/step", {})),
        link(
            "two steps",
            calculation(),
            u * y * (1 + eta * r2 * (u * y) ** (L - 2))
            == u * y + eta * r2 * u ** (L - 1) * y ** (L - 1),
            [y > 0],
        ),
        link(
            "two steps of u",
            instance("two steps", {y: 1 + x}),
            u_twice == written_out(u, x),
            [1 + x > 0],
        ),
        link("return", Step("given", words="hypothesis"), u_twice == u, returns),
        link("second-residual", combination({"return": 1 / scale, "two steps of u": -1 / scale})),
        link(
            "two steps of v",
            instance("two steps", {u: v, y: 1 + z}),
            v_twice == written_out(v, z),
            [1 + z > 0],
        ),
        link(
            "power of a quotient",
            calculation(),
            (s / y) ** (L - 1) == s ** (L - 1) / y ** (L - 1),
        ),
        link(
            "ratio",
            instance("power of a quotient", factors),
            ratio == (1 + z) ** (L - 1) / (1 + x) ** (L - 1),
            [1 + x > 0, 1 + z > 0],
        ),
        link(
            "factor",
            combination(
                {
                    "two steps of v": 1,
                    "second-residual": eta * v ** (L - 1) * (1 + z) ** (L - 1),
                    "ratio": v * z,
                }
            ),
        ),
        link("powers", calculation(), v ** (L - 2) <= u ** (L - 2), [L >= 2, v < u]),
        link(
            "v stays positive",
            Cases(r1 > 0, calculation(), combination({"powers": -eta * r1})),
            1 + z > 0,
            [L >= 2, v < u, 1 + x > 0],
        ),
        link("smaller powers", calculation(), v ** (L - 2) < u ** (L - 2), below),
        link("larger powers", calculation(), v ** (L - 2) > u ** (L - 2), above),
        link("v below", combination({"smaller powers": eta * r1}), z < x, [*below, r1 > 0]),
        link("v below, back", combination({"smaller powers": -eta * r1}), z > x, [*below, r1 < 0]),
        link("v above", combination({"larger powers": eta * r1}), z > x, [*above, r1 > 0]),
        link("v above, back", combination({"larger powers": -eta * r1}), z < x, [*above, r1 < 0]),
        link("above one", calculation(), (s / y) ** (L - 1) > 1, [s > y, L >= 2]),
        link("below one", calculation(), (s / y) ** (L - 1) < 1, [s < y, L >= 2]),
        link(
            "ratio below",
            instance("below one", factors, using=["v below", "v stays positive"]),
            ratio < 1,
            [*below, 1 + x > 0, r1 > 0],
        ),
        link(
            "ratio below, back",
            instance("above one", factors, using=["v below, back", "v stays positive"]),
            ratio > 1,
            [*below, 1 + x > 0, r1 < 0],
        ),
        link(
            "ratio above",
            instance("above one", factors, using=["v above"]),
            ratio > 1,
            [*above, 1 + x > 0, 1 + z > 0, r1 > 0],
        ),
        link(
            "ratio above, back",
            instance("below one", factors, using=["v above, back"]),
            ratio < 1,
            [*above, 1 + x > 0, 1 + z > 0, r1 < 0],
        ),
        link(
            "factor below",
            instance("factor", {}, using=["v stays positive"]),
            v_twice == v * growth,
            [*returns, v < u],
        ),
        link(
            "smaller-grows",
            Cases(
                r1 > 0,
                combination({"factor below": 1, "ratio below": v * z}),
                combination({"factor below": 1, "ratio below, back": -v * z}),
            ),
        ),
        link(
            "larger-shrinks",
            Cases(
                r1 > 0,
                combination({"factor": -1, "ratio above": v * z}),
                combination({"factor": -1, "ratio above, back": -v * z}),
            ),
        ),
        link("depth-two", combination({"factor": 1, "ratio": -v * z})),
    ],
    false_neighbours=[
        when(v_twice == v * (1 + z * (1 - (1 + z) / (1 + x))), *solved, 1 + z > 0),
        when(v_twice == v * (1 + x * (1 - ratio)), *solved, 1 + z > 0),
        when(r2 == -r1 / (1 + x) ** L, *returns),
        when(r2 == -r1, *returns),
        when(v_twice > v, *returns, v < u, r1 != 0),
        when(v_twice > v, *returns, v < u, L >= 3),
        when(v_twice > v, *returns, r1 != 0, L >= 3),
        when(v_twice < u, *solved, v < u, r1 != 0, L >= 3),
        when(v_twice < v, *solved, v > u, r1 != 0, L >= 3),
    ],
    checks=[
        Check("pairs of steps in fractions, the larger value returning, agree", exact_pairs),
    ],
)
