"""At depth-balanced weights a step of gradient descent moves all layers of a pathway alike."""

from fractions import Fraction
from itertools import product
from math import prod

from verifier.kernel.rules.sharpness import loss, output
from verifier.reasons import Cases, calculation, combination, instance, summation
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    COUNT,
    H,
    Iverson,
    Product,
    Sum,
    between,
    diff,
    eta,
    family,
    integer,
    real,
    sigma,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

w = family("w")
depth = family("L", COUNT)
t = real("t")
h, i, j, l, m, p, q = map(integer, "h i j l m p q".split())  # noqa: E741

r = sigma - Sum(w[h] ** depth[h], (h, 1, H))


def moved(i, j):
    """The weight w[h] in every layer of pathway h, that in layer j of pathway i moved by t."""
    return function((p, q), w[p] + t * Iverson(p == i) * Iverson(q == j))


def gradient(i, j):
    """The derivative of the loss by the weight in layer j of pathway i; balanced at t = 0."""
    return diff(loss(moved(i, j), H, depth, sigma), t)


def after(i, j):
    """That weight after one step of gradient descent."""
    return w[i] - eta * gradient(i, j)


def place(i, j):
    """Layer j of pathway i."""
    return *between(1, i, H), *between(1, j, depth[i])


def exact_steps():
    """Step in fractions, the gradient by the product rule, at many depths, weights and steps."""
    count = 0
    settings = product(DEPTHS, (Fraction(1, 7), Fraction(-3)), (Fraction(2), Fraction(5, 3)))
    for depths, step, target in settings:
        values = [Fraction(2 * h - 3, h + 1) for h in range(len(depths))]
        net = [[v] * d for v, d in zip(values, depths, strict=True)]
        residual = target - sum(map(prod, net))
        for v, path in zip(values, net, strict=True):
            for n in range(len(path)):
                new = path[n] + step * residual * prod(path[:n] + path[n + 1 :])
                if new != v + step * residual * v ** (len(path) - 1):
                    raise Disproved(f"layer {n + 1} of {path}, step {step}")
                count += 1
    return count


DEPTHS = (1, 2), (2,), (3,), (3, 2), (4, 1, 3), (5, 5)
path = Product(w[h] + t * Iverson(h == i) * Iverson(l == j), (l, 1, depth[h]))
f = output(moved(i, j), H, depth)

theorem = Theorem(
    label="balanced-step",
    title="A step keeps weights depth-balanced",
    source="P; invariant-manifold in mathematics.md, the scalar mode",
    why="""
    Let every layer of pathway h carry w_h, so that the residual is r = sigma - sum_h w_h^L_h, and
    move one weight of pathway i by t. The output is affine in t with the slope w_i^(L_i - 1), so
    the derivative of the loss (f - sigma)^2 / 2 by t, taken at t = 0, is -r w_i^(L_i - 1). It
    does not depend on the layer: one step maps every layer of the pathway to
    w_i (1 + eta r w_i^(L_i - 2)), and the pathway stays balanced.
    """,
    given=[*place(i, j), t == 0],
    claims={
        "gradient": gradient(i, j) == -r * w[i] ** (depth[i] - 1),
        "step": when(after(i, j) == w[i] * (1 + eta * r * w[i] ** (depth[i] - 2)), depth[i] >= 2),
        "all-layers-alike": when(gradient(i, j) == gradient(i, m), *between(1, m, depth[i])),
    },
    proof=[
        link(
            "member",
            Cases(h == i, calculation(), calculation()),
            path == w[h] ** depth[h],
            between(1, h, H),
        ),
        link("output", summation("member", h), f == Sum(w[h] ** depth[h], (h, 1, H))),
        link("slope", calculation(), diff(f, t) == w[i] ** (depth[i] - 1)),
        link("gradient", combination({"output": w[i] ** (depth[i] - 1)})),
        link("step", combination({"gradient": -eta})),
        link(
            "gradient of layer m",
            instance("gradient", {j: m}),
            gradient(i, m) == -r * w[i] ** (depth[i] - 1),
            between(1, m, depth[i]),
        ),
        link("all-layers-alike", combination({"gradient": 1, "gradient of layer m": -1})),
    ],
    false_neighbours=[
        when(gradient(i, j) == r * w[i] ** (depth[i] - 1), *place(i, j), t == 0),
        when(gradient(i, j) == -r * w[i] ** depth[i], *place(i, j), t == 0),
        when(
            gradient(i, j) == -r * w[i] ** (depth[i] - 1),
            *between(1, i, H),
            *between(1, j, depth[i]),
        ),
        when(gradient(i, j) == -r * w[i] ** (depth[i] - 1), *between(1, i, H), j >= 1, t == 0),
        when(
            after(i, j) == w[i] * (1 - eta * r * w[i] ** (depth[i] - 2)),
            *place(i, j),
            t == 0,
            depth[i] >= 2,
        ),
        when(
            after(i, j) == w[i] * (1 + eta * depth[i] * r * w[i] ** (depth[i] - 2)),
            *place(i, j),
            t == 0,
            depth[i] >= 2,
        ),
    ],
    checks=[Check("weights: a step in fractions, by the product rule, agrees", exact_steps)],
)
