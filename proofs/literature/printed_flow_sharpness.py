"""As printed: gradient descent lowers the sharpness of the gradient flow solution at every step."""

from verifier.reasons import calculation, combination, increasing, instance, of
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import Relation
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    diff,
    eta,
    family,
    integer,
    rational,
    real,
    sharpness,
    sigma,
    sqrt,
    weights,
)
from verifier.theorem import Theorem, link, when

w, depth = family("w", REAL, 2), family("L", COUNT)
h = integer("h")
b, p, q, x, y = map(real, "bpqxy")

squares = (x * y - sigma) ** 2 / 2
r = sigma - x * y
imbalance = x**2 - y**2
moved = (x + eta * r * y) ** 2 - (y + eta * r * x) ** 2

a, c = w[1, 1], w[1, 2]
at_solution = (a * c == sigma, a**2 - c**2 == b)
found = sharpness(weights(w), H=1, L=2)


def solution(imbalance):
    """The sharpness of the minimum that gradient flow reaches, in terms of what it conserves."""
    return sqrt(imbalance**2 + 4 * sigma**2)


before, after = solution(imbalance), solution(moved)
small = eta**2 * r**2
cases = {
    "corrected": Statement(after <= before, [small <= 2]),
    "strictly": Statement(after < before, [imbalance != 0, small > 0, small < 2]),
    "grows": Statement(after > before, [imbalance != 0, small > 2]),
}
lost = q * (2 - q) * p**2
losses = {
    "corrected": when(lost >= 0, q >= 0, q <= 2),
    "strictly": when(lost > 0, p != 0, q > 0, q < 2),
    "grows": when(lost < 0, p != 0, q > 2),
}


def comparison(name):
    """Links from what the square of the imbalance loses to the sharpness of the solutions."""
    stated, loss = cases[name], losses[name]
    op = stated.claim.op
    squares = Relation(op, p**2, q**2)
    shifted = Relation(op, p**2 + 4 * sigma**2, q**2 + 4 * sigma**2)
    at_point = {p: imbalance, q: small}
    return [
        link(f"{name}, loss", calculation(), loss.claim, loss.given),
        link(
            f"{name}, loss here",
            instance(f"{name}, loss", at_point),
            substitute(loss.claim, at_point),
            stated.given,
        ),
        link(
            f"{name}, squares here",
            combination({f"{name}, loss here": 1}),
            Relation(op, moved**2, imbalance**2),
            stated.given,
        ),
        link(f"{name}, squares", calculation(), squares, [squares]),
        link(f"{name}, shifted", calculation(f"{name}, squares"), shifted, [squares]),
        link(
            f"{name}, rooted",
            increasing(f"{name}, shifted", b**2),
            Relation(op, solution(p), solution(q)),
            [squares],
        ),
        link(
            name,
            instance(f"{name}, rooted", {p: moved, q: imbalance}, [f"{name}, squares here"]),
        ),
    ]


theorem = Theorem(
    label="printed-flow-sharpness",
    title="Gradient descent and the sharpness of the gradient flow solution",
    source="arXiv 2305.13064; As printed elsewhere in mathematics.md",
    why="""
    Printed: under gradient descent the sharpness of the minimum that gradient flow would reach
    from here falls at every step. Judged for two layers, the loss (x y - sigma)^2 / 2 and
    sigma > 0, where gradient flow keeps b = x^2 - y^2 and reaches a minimum unless x + y = 0;
    the sharpness there is sqrt(b^2 + 4 sigma^2), so it falls where b^2 does. One step multiplies
    b by 1 - eta^2 r^2. So the statement holds where eta^2 r^2 <= 2, and fails beyond, unless
    b = 0, even where that minimum is stable for the step: x = 3, y = 5/2, sigma = 1, eta = 1/2.
    As our list prints it, it names no condition on the step; the paper may have one, and is not
    contradicted. For more than two layers imbalance-step gives the map of every imbalance; what
    it does to the sharpness is not judged here.
    """,
    claims={
        "gradient-x": -diff(squares, x) == r * y,
        "gradient-y": -diff(squares, y) == r * x,
        "conserved": diff(imbalance, x) * r * y + diff(imbalance, y) * r * x == 0,
        "solution": when(found == solution(b), *at_solution),
        "step": moved == imbalance * (1 - eta**2 * r**2),
        **cases,
    },
    proof=[
        link("gradient-x", calculation()),
        link("gradient-y", calculation()),
        link("conserved", calculation()),
        link(
            "norm",
            calculation(of("gauss-newton/sharpness", {H: 1, depth: function((h,), rational(2))})),
            found == a**2 + c**2,
            at_solution,
        ),
        link("imbalance", calculation(), a**2 - c**2 == b, at_solution),
        link(
            "square",
            calculation("imbalance"),
            (a**2 + c**2) ** 2 == b**2 + 4 * sigma**2,
            at_solution,
        ),
        link("root", calculation(), p == sqrt(q), [p >= 0, p**2 == q]),
        link(
            "norm by imbalance",
            instance("root", {p: a**2 + c**2, q: b**2 + 4 * sigma**2}, ["square"]),
            a**2 + c**2 == solution(b),
            at_solution,
        ),
        link("solution", combination({"norm": 1, "norm by imbalance": 1})),
        link("step", calculation()),
        *(step for name in cases for step in comparison(name)),
    ],
    false_neighbours=[
        when(after <= before),
        when(after <= before, eta**2 * r**2 <= 3),
        when(after <= before, eta * before < 2),
        when(after < before, imbalance != 0, eta**2 * r**2 < 2),
        when(moved == imbalance * (1 - eta * r)),
    ],
)
