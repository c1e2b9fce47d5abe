"""Where the residual is zero the Hessian has rank one, and the sharpness is |grad f|^2."""

from verifier.kernel.rules.sharpness import hessian_form, loss, output, over_weights, squared_norm
from verifier.reasons import (
    Cases,
    calculation,
    cauchy_schwarz,
    hessian_definition,
    largest_eigenvalue,
    of,
    summation,
)
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    Product,
    between,
    diff,
    family,
    hessian,
    integer,
    rational,
    sharpness,
    sigma,
    weights,
)
from verifier.theorem import Theorem, link, when

w, v = family("w", REAL, 2), family("v", REAL, 2)
depth = family("L", COUNT)
h, l, i, j, m = map(integer, "h l i j m".split())  # noqa: E741

f = output(w, H, depth)
r = sigma - f


def layers(pathway, first, last):
    """The product of the weights of some layers of a pathway."""
    return Product(w[pathway, m], (m, first, last))


def g(h, j):
    """The derivative of f by layer j of pathway h (multi-affine)."""
    return layers(h, 1, j - 1) * layers(h, j + 1, depth[h])


def others(h, first, second):
    """The product of the layers of a pathway without two of them."""
    return (
        layers(h, 1, first - 1) * layers(h, first + 1, second - 1) * layers(h, second + 1, depth[h])
    )


def entry(h, l, i, j):  # noqa: E741
    """The Hessian of the loss at the weights w."""
    return hessian(weights(w), h, l, i, j, L=depth)


def everywhere(term):
    """The sum of a term over all weights (i, j)."""
    return over_weights(term, i, j, H, depth)


def form(u):
    """u^T (Hessian) u."""
    return hessian_form(weights(w), u, H, depth, sigma)


def square(u):
    """|u|^2."""
    return squared_norm(u, H, depth)


gradient = function((i, j), g(i, j))
ones = function((i, j), rational(1))
norm = everywhere(g(i, j) ** 2)
along = everywhere(g(i, j) * v[i, j])
second = diff(diff(loss(w, H, depth, sigma), w[h, l]), w[i, j])

products = over_weights(everywhere(g(h, l) * g(i, j) * v[h, l] * v[i, j]), h, l, H, depth)

at_hl = (*between(1, h, H), *between(1, l, depth[h]))
at_ij = (*between(1, i, H), *between(1, j, depth[i]))
minimum = f == sigma
value = sharpness(weights(w), L=depth) == norm

theorem = Theorem(
    label="gauss-newton",
    title="At zero residual the Hessian has rank one",
    source="O; gauss-newton in mathematics.md",
    why="""
    The loss is half the square of the residual r = sigma - f, so its Hessian is grad f grad f^T
    - r Hess f, and Hess f couples only different layers of one pathway. Where r = 0 a matrix of
    rank one is left, with the eigenvector grad f and the eigenvalue |grad f|^2; every vector
    orthogonal to grad f is in its kernel. Cauchy-Schwarz makes |grad f|^2 the largest value of
    the quadratic form on unit vectors. If grad f vanishes the Hessian does, and any vector
    shows the largest eigenvalue 0.
    """,
    claims={
        "same-weight": when(entry(h, l, h, l) == g(h, l) ** 2, *at_hl),
        "one-pathway-up": when(
            entry(h, l, h, j) == g(h, l) * g(h, j) - r * others(h, l, j),
            *at_hl,
            l < j,
            j <= depth[h],
        ),
        "one-pathway-down": when(
            entry(h, l, h, j) == g(h, l) * g(h, j) - r * others(h, j, l),
            *at_hl,
            j >= 1,
            j < l,
        ),
        "two-pathways": when(entry(h, l, i, j) == g(h, l) * g(i, j), *at_hl, *at_ij, h != i),
        "entries": when(entry(h, l, i, j) == g(h, l) * g(i, j), *at_hl, *at_ij, minimum),
        "eigenvector": when(
            everywhere(entry(h, l, i, j) * g(i, j)) == norm * g(h, l), *at_hl, minimum
        ),
        "kernel": when(everywhere(entry(h, l, i, j) * v[i, j]) == 0, *at_hl, minimum, along == 0),
        "sharpness": when(value, minimum),
    },
    proof=[
        link("definition", hessian_definition(), entry(h, l, i, j) == second, [*at_hl, *at_ij]),
        link("same-weight", calculation(of("definition", {i: h, j: l}))),
        link("one-pathway-up", calculation(of("definition", {i: h}))),
        link("one-pathway-down", calculation(of("definition", {i: h}))),
        link("two-pathways", calculation("definition")),
        link("entries", calculation("definition")),
        link(
            "row of the gradient",
            calculation("entries"),
            entry(h, l, i, j) * g(i, j) == g(h, l) * g(i, j) * g(i, j),
            [*at_hl, *at_ij, minimum],
        ),
        link(
            "rows of the gradient",
            summation("row of the gradient", i, j),
            everywhere(entry(h, l, i, j) * g(i, j)) == everywhere(g(h, l) * g(i, j) * g(i, j)),
            [*at_hl, minimum],
        ),
        link("eigenvector", calculation("rows of the gradient")),
        link(
            "row",
            calculation("entries"),
            entry(h, l, i, j) * v[i, j] == g(h, l) * g(i, j) * v[i, j],
            [*at_hl, *at_ij, minimum],
        ),
        link(
            "rows",
            summation("row", i, j),
            everywhere(entry(h, l, i, j) * v[i, j]) == everywhere(g(h, l) * g(i, j) * v[i, j]),
            [*at_hl, minimum],
        ),
        link("kernel", calculation("rows")),
        link(
            "products",
            calculation("entries"),
            entry(h, l, i, j) * v[h, l] * v[i, j] == g(h, l) * g(i, j) * v[h, l] * v[i, j],
            [*at_hl, *at_ij, minimum],
        ),
        link("form", summation("products", h, l, i, j), form(v) == products, [minimum]),
        link("square", calculation("form"), form(v) == along**2, [minimum]),
        link("bound", cauchy_schwarz(), along**2 <= norm * everywhere(v[i, j] ** 2)),
        link("largest", calculation("square", "bound"), form(v) <= norm * square(v), [minimum]),
        link(
            "attained",
            calculation(of("square", {v: gradient})),
            form(gradient) == norm * square(gradient),
            [minimum],
        ),
        link("some gradient", calculation(), square(gradient) > 0, [norm > 0]),
        link(
            "with a gradient",
            largest_eigenvalue("largest", "attained", "some gradient", gradient, v),
            value,
            [minimum, norm > 0],
        ),
        link(
            "attained at ones",
            calculation(of("square", {v: ones}), of("bound", {v: ones})),
            form(ones) == norm * square(ones),
            [minimum, norm == 0],
        ),
        link("some vector", calculation(), square(ones) > 0),
        link(
            "without a gradient",
            largest_eigenvalue("largest", "attained at ones", "some vector", ones, v),
            value,
            [minimum, norm == 0],
        ),
        link(
            "sharpness",
            Cases(norm > 0, calculation("with a gradient"), calculation("without a gradient")),
        ),
    ],
    false_neighbours=[
        when(entry(h, l, h, l) == g(h, l), *at_hl),
        when(entry(h, l, h, j) == g(h, l) * g(h, j), *at_hl, l < j, j <= depth[h]),
        when(
            entry(h, l, h, j) == g(h, l) * g(h, j) + r * others(h, l, j),
            *at_hl,
            l < j,
            j <= depth[h],
        ),
        when(entry(h, l, i, j) == g(h, l) * g(i, j), *at_hl, *at_ij),
        when(sharpness(weights(w), L=depth) == everywhere(g(i, j)), minimum),
        when(sharpness(weights(w), L=depth) < norm, minimum),
    ],
)
