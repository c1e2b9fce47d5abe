"""At depth two, balanced pathways all move by one factor: no step changes a ratio of shares."""

from fractions import Fraction
from itertools import product

from proofs.descent.balanced_step import after, depth, i, j, place, r, t, w
from verifier.reasons import calculation, combination, instance
from verifier.statements.vocabulary import H, between, eta, integer
from verifier.theorem import Check, Disproved, Theorem, link, when

h = integer("h")
factor = 1 + eta * r
two_layers = (*between(1, i, H), depth[i] == 2)
two_pathways = (*two_layers, *between(1, h, H), depth[h] == 2)


def share(pathway):
    """The share that a pathway of two layers carries after the step."""
    return after(pathway, 1) * after(pathway, 2)


def exact_runs():
    """Three steps in fractions from the gradient of w_1 w_2, beside a pathway of depth three."""
    count = 0
    starts = product(
        (Fraction(1), Fraction(-2, 3)),
        (Fraction(1, 2), Fraction(3)),
        (Fraction(1, 9), Fraction(5, 2)),
    )
    for first, second, step in starts:
        a, b, c = [first] * 2, [second] * 2, Fraction(1, 3)
        for _ in range(3):
            pull = step * (2 - a[0] * a[1] - b[0] * b[1] - c**3)
            a = [a[0] + pull * a[1], a[1] + pull * a[0]]
            b = [b[0] + pull * b[1], b[1] + pull * b[0]]
            c = c + pull * c**2
            if a[0] * a[1] * second**2 != b[0] * b[1] * first**2:
                raise Disproved(f"from {first} and {second} with step {step}")
            count += 1
    return count


theorem = Theorem(
    label="depth-two-frozen",
    title="At depth two gradient descent keeps the ratios of the shares",
    source="O; depth-two-frozen in mathematics.md",
    why="""
    For L = 2 the factor 1 + eta r w^(L-2) of a balanced pathway (balanced-step) is 1 + eta r, the
    same for every pathway of depth two, whatever the depths of others. So a step multiplies the
    shares of all such pathways by the same square, and the ratio of two shares stays what it is,
    for every step size. It has no value where a share is 0; a step with 1 + eta r = 0 sets all
    of them to 0 at once.
    """,
    given=[t == 0],
    claims={
        "factor": when(after(i, j) == w[i] * factor, *place(i, j), depth[i] == 2),
        "share": when(share(i) == w[i] ** 2 * factor**2, *two_layers),
        "shares": when(share(i) * w[h] ** 2 == share(h) * w[i] ** 2, *two_pathways),
        "ratio": when(
            share(i) / share(h) == w[i] ** 2 / w[h] ** 2, *two_pathways, w[h] != 0, factor != 0
        ),
    },
    proof=[
        link("factor", combination({"balanced-step/step": 1})),
        link("first", instance("factor", {j: 1}), after(i, 1) == w[i] * factor, two_layers),
        link("second", instance("factor", {j: 2}), after(i, 2) == w[i] * factor, two_layers),
        link("share", combination({"first": after(i, 2), "second": w[i] * factor})),
        link(
            "share of h",
            instance("share", {i: h}),
            share(h) == w[h] ** 2 * factor**2,
            [*between(1, h, H), depth[h] == 2],
        ),
        link("shares", combination({"share": w[h] ** 2, "share of h": -(w[i] ** 2)})),
        link(
            "nonzero",
            calculation("share of h"),
            share(h) != 0,
            [*between(1, h, H), depth[h] == 2, w[h] != 0, factor != 0],
        ),
        link("ratio", calculation("shares", "nonzero")),
    ],
    false_neighbours=[
        when(after(i, j) == w[i] * (1 + 2 * eta * r), t == 0, *place(i, j), depth[i] == 2),
        when(after(i, j) == w[i] * factor, t == 0, *place(i, j), depth[i] == 3),
        when(share(i) == w[i] ** 2 * factor, t == 0, *two_layers),
        when(share(i) == share(h), t == 0, *two_pathways),
        when(
            share(i) * w[h] ** 2 == share(h) * w[i] ** 2,
            t == 0,
            *two_layers,
            *between(1, h, H),
            depth[h] == 3,
        ),
        when(
            after(i, 1) * w[h] == after(h, 1) * w[i],
            t == 0,
            *between(1, i, H),
            *between(1, h, H),
            depth[i] == depth[h],
        ),
    ],
    checks=[Check("steps in fractions keep the ratio of two shares", exact_runs)],
)
