"""A step of gradient descent multiplies the imbalance of two layers by a factor known exactly."""

from fractions import Fraction
from itertools import product
from math import prod

from verifier.kernel.rules.sharpness import loss, output
from verifier.reasons import calculation, combination, instance, splitting
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    Product,
    between,
    diff,
    eta,
    family,
    integer,
    real,
    sigma,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

w = family("w", REAL, 2)
depth = family("L", COUNT)
i, j, l, m = map(integer, "i j l m".split())  # noqa: E741

squares = loss(w, H, depth, sigma)
r = sigma - output(w, H, depth)


def layers(first, last):
    """The product of the weights of some layers of pathway i."""
    return Product(w[i, l], (l, first, last))


def without(layer):
    """The product of the weights of pathway i, one layer left out."""
    return layers(1, layer - 1) * layers(layer + 1, depth[i])


def after(layer):
    """A weight of pathway i after one step of gradient descent."""
    return w[i, layer] - eta * diff(squares, w[i, layer])


def moved(layer):
    """The same in terms of the product of the whole pathway, where the weight is not 0."""
    return w[i, layer] + eta * r * p / w[i, layer]


p = layers(1, depth[i])
others = layers(1, j - 1) * layers(j + 1, m - 1) * layers(m + 1, depth[i])
imbalance = w[i, j] ** 2 - w[i, m] ** 2
next_imbalance = after(j) ** 2 - after(m) ** 2
factor = 1 - eta**2 * r**2 * p**2 / (w[i, j] ** 2 * w[i, m] ** 2)
turn = eta**2 * r**2 * others**2
everywhere = 1 - turn
total = next_imbalance + imbalance * everywhere
x, t = real("x"), real("t")
at = {x: imbalance, t: turn}

at_j = (*between(1, i, H), *between(1, j, depth[i]))
at_m = between(1, m, depth[i])
above = (j < m, m <= depth[i])
active = (w[i, j] != 0, w[i, m] != 0)

DEPTHS = (1, 2), (2,), (3,), (3, 2), (4, 1, 3), (5, 5)


def exact_steps():
    """Step in fractions, the gradient by the product rule, at many depths, weights and steps."""
    count = 0
    settings = product(DEPTHS, (Fraction(1, 7), Fraction(3)), (Fraction(2), Fraction(5)))
    for depths, step, target in settings:
        net = [[Fraction(h + 2 * n - 3, n + 1) for n in range(d)] for h, d in enumerate(depths, 1)]
        residual = target - sum(map(prod, net))
        for path in net:
            new = [x + step * residual * prod(_left(path, n)) for n, x in enumerate(path)]
            for n, k in product(range(len(path)), repeat=2):
                if path[n] and path[k]:
                    factor = 1 - (step * residual * prod(path) / (path[n] * path[k])) ** 2
                    if new[n] ** 2 - new[k] ** 2 != (path[n] ** 2 - path[k] ** 2) * factor:
                        raise Disproved(f"layers {n + 1} and {k + 1} of {path}, step {step}")
                    count += 1
    return count


def _left(path, layer):
    return path[:layer] + path[layer + 1 :]


theorem = Theorem(
    label="imbalance-step",
    title="One step multiplies the imbalance of two layers by a known factor",
    source="O; imbalance-step in mathematics.md",
    why="""
    With the loss (f - sigma)^2 / 2 and the residual r = sigma - f, the derivative by a weight is
    -r times the product of the other layers of its pathway. So one step maps a weight w_j to
    w_j + eta r q w_m and w_m to w_m + eta r q w_j, where q is the product of the layers other
    than these two. The difference of the squares of the two is (w_j^2 - w_m^2) (1 - (eta r q)^2),
    exactly, for any weights and step; where neither weight is 0, q is the product p of the whole
    pathway over w_j w_m. Equal layers stay equal, and an imbalance shrinks as long as
    0 < (eta r q)^2 < 2.
    """,
    given=at_j,
    claims={
        "gradient": diff(squares, w[i, j]) == -r * without(j),
        "pathway": p == w[i, j] * without(j),
        "factor": when(next_imbalance == imbalance * factor, *at_m, *active),
        "silent-layers-too": when(next_imbalance == imbalance * everywhere, *above),
        "equal-layers-stay-equal": when(after(j) == after(m), *above, w[i, j] == w[i, m]),
        "shrinks": when(
            next_imbalance**2 < imbalance**2,
            *above,
            imbalance != 0,
            0 < turn,
            turn < 2,
        ),
        "grows": when(
            next_imbalance**2 > imbalance**2,
            *above,
            imbalance != 0,
            turn > 2,
        ),
    },
    proof=[
        link("gradient", calculation()),
        link("below j", splitting(j - 1), p == layers(1, j - 1) * layers(j, depth[i])),
        link("at j", splitting(j), layers(j, depth[i]) == layers(j, j) * layers(j + 1, depth[i])),
        link("pathway", calculation("below j", "at j")),
        link("step of j", calculation("gradient", "pathway"), after(j) == moved(j), [w[i, j] != 0]),
        link("step of m", instance("step of j", {j: m}), after(m) == moved(m), [*at_m, active[1]]),
        link(
            "factor",
            combination({"step of j": after(j) + moved(j), "step of m": -after(m) - moved(m)}),
        ),
        link(
            "above j",
            splitting(m - 1),
            layers(j + 1, depth[i]) == layers(j + 1, m - 1) * layers(m, depth[i]),
            above,
        ),
        link(
            "at m",
            splitting(m),
            layers(m, depth[i]) == layers(m, m) * layers(m + 1, depth[i]),
            above,
        ),
        link(
            "beyond j",
            calculation("above j", "at m"),
            layers(j + 1, depth[i]) == layers(j + 1, m - 1) * w[i, m] * layers(m + 1, depth[i]),
            above,
        ),
        link(
            "below m",
            splitting(j - 1),
            layers(1, m - 1) == layers(1, j - 1) * layers(j, m - 1),
            above,
        ),
        link(
            "below m, at j",
            splitting(j),
            layers(j, m - 1) == layers(j, j) * layers(j + 1, m - 1),
            above,
        ),
        link(
            "before m",
            calculation("below m", "below m, at j"),
            layers(1, m - 1) == layers(1, j - 1) * w[i, j] * layers(j + 1, m - 1),
            above,
        ),
        link(
            "joint step of j",
            calculation("beyond j"),
            after(j) == w[i, j] + eta * r * others * w[i, m],
            above,
        ),
        link(
            "joint step of m",
            calculation("before m"),
            after(m) == w[i, m] + eta * r * others * w[i, j],
            above,
        ),
        link(
            "silent-layers-too",
            combination(
                {
                    "joint step of j": after(j) + w[i, j] + eta * r * others * w[i, m],
                    "joint step of m": -after(m) - w[i, m] - eta * r * others * w[i, j],
                }
            ),
        ),
        link("equal-layers-stay-equal", combination({"joint step of j": 1, "joint step of m": -1})),
        link("smaller", calculation(), (x * (1 - t)) ** 2 < x**2, [x != 0, 0 < t, t < 2]),
        link("larger", calculation(), (x * (1 - t)) ** 2 > x**2, [x != 0, t > 2]),
        link(
            "smaller here",
            instance("smaller", at),
            (imbalance * everywhere) ** 2 < imbalance**2,
            [*above, imbalance != 0, 0 < turn, turn < 2],
        ),
        link(
            "larger here",
            instance("larger", at),
            (imbalance * everywhere) ** 2 > imbalance**2,
            [*above, imbalance != 0, turn > 2],
        ),
        link("shrinks", combination({"silent-layers-too": -total, "smaller here": 1})),
        link("grows", combination({"silent-layers-too": total, "larger here": 1})),
    ],
    false_neighbours=[
        when(diff(squares, w[i, j]) == r * without(j), *at_j),
        when(
            next_imbalance == imbalance * (1 - eta * r * p / (w[i, j] * w[i, m])),
            *at_j,
            *at_m,
            *active,
        ),
        when(
            next_imbalance
            == imbalance * (1 + eta**2 * r**2 * p**2 / (w[i, j] ** 2 * w[i, m] ** 2)),
            *at_j,
            *at_m,
            *active,
        ),
        when(next_imbalance == imbalance, *at_j, *above),
        when(next_imbalance == imbalance * (1 - eta**2 * r**2 * p**2), *at_j, *above),
        when(after(j) == after(m), *at_j, *above),
        when(
            after(j) == after(m),
            *at_j,
            *above,
            w[i, j] ** 2 == w[i, m] ** 2,
            H == 1,
            i == 1,
            j == 1,
            m == 3,
        ),
        when(next_imbalance**2 < imbalance**2, *at_j, *above, imbalance != 0, 0 < turn),
    ],
    checks=[
        Check("pairs of layers: a step in fractions, by the product rule, agrees", exact_steps)
    ],
)
