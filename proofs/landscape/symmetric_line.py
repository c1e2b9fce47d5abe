"""The Hessian where all weights are equal: three eigenvalues, with their eigenvectors."""

from fractions import Fraction

from verifier.kernel.rules.sharpness import over_weights
from verifier.reasons import Cases, calculation, of, splitting, summation
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    COUNT,
    REAL,
    H,
    Iverson,
    L,
    Sum,
    between,
    family,
    hessian,
    integer,
    rational,
    real,
    sigma,
    weights,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

x = real("x")
w, u = family("w", REAL, 2), family("u", REAL, 2)
c, depth = family("c"), family("L", COUNT)
h, l, i, j = map(integer, "h l i j".split())  # noqa: E741

line = function((h, l), x)
at_line = {w: line, depth: function((h,), L)}
r = sigma - H * x**L
at_hl = (*between(1, h, H), *between(1, l, L))
at_ij = (*between(1, i, H), *between(1, j, L))


def entry(h, l, i, j):  # noqa: E741
    """The Hessian of the loss where all weights are x."""
    return hessian(weights(line), h, l, i, j)


def formula(h, l, i, j):  # noqa: E741
    """The product of two derivatives, less r times the coupling of two layers of one pathway."""
    coupling = Iverson(h == i) * (1 - Iverson(l == j))
    return x ** (2 * L - 2) - r * coupling * x ** (L - 2)


def everywhere(term):
    """The sum over all weights (i, j)."""
    return over_weights(term, i, j, H, L)


def applied(v):
    """Row (h, l) of the Hessian times the vector v."""
    return everywhere(entry(h, l, i, j) * v(i, j))


def mean(h):
    """The mean of u over the layers of a pathway."""
    return Sum(u[h, j], (j, 1, L)) / L


def constant(h, l):  # noqa: E741
    """The same on all weights."""
    return rational(1)


def paths(h, l):  # noqa: E741
    """The same on the layers of a pathway, with the sum 0: any c less its mean."""
    return c[h] - Sum(c[i], (i, 1, H)) / H


def layers(h, l):  # noqa: E741
    """The sum 0 on every pathway: any u less its means."""
    return u[h, l] - mean(h)


eigenvectors = {"constant": constant, "paths": paths, "layers": layers}
eigenvalues = {
    "constant": H * L * x ** (2 * L - 2) - r * (L - 1) * x ** (L - 2),
    "paths": -r * (L - 1) * x ** (L - 2),
    "layers": r * x ** (L - 2),
}
multiplicities = {"constant": rational(1), "paths": H - 1, "layers": H * (L - 1)}


def eigen_equation(name, value=None):
    """Row (h, l) of the Hessian times an eigenvector is the eigenvalue times the eigenvector."""
    v = eigenvectors[name]
    value = eigenvalues[name] if value is None else value
    return when(applied(v) == value * v(h, l), *at_hl, L >= 2)


def eigen_links(name):
    """Replace the entries of a row by the formula, then calculate."""
    v = eigenvectors[name]
    return [
        link(
            f"terms of {name}",
            calculation("entries"),
            entry(h, l, i, j) * v(i, j) == formula(h, l, i, j) * v(i, j),
            [*at_hl, *at_ij],
        ),
        link(
            f"row of {name}",
            summation(f"terms of {name}", i, j),
            applied(v) == everywhere(formula(h, l, i, j) * v(i, j)),
            at_hl,
        ),
        link(name, calculation(f"row of {name}")),
    ]


def combination(member, index, last):
    """A vector with the sum 0 by the basis e_1 - e_last, ..., e_(last-1) - e_last."""
    return lambda at: Sum(
        member(index) * (Iverson(at == index) - Iverson(at == last)), (index, 1, last - 1)
    )


by_paths = combination(lambda i: c[i], i, H)
by_layers = combination(lambda j: u[h, j], j, L)


def spectra_of_all_sizes():
    """Compare with the exact characteristic polynomial at every H*L <= 24, L >= 2, r != 0."""
    from verifier.engines.witness.sizes import all_sizes
    from verifier.kernel.context import Context
    from verifier.networks.exact import exact_hessian, exact_spectrum
    from verifier.networks.scalar import ScalarNetwork
    from verifier.statements.substitution import substitute
    from verifier.statements.terms import Number

    here, count = Context(), 0
    weight, target = Fraction(3, 2), Fraction(7, 5)
    for pathways, layers in all_sizes():
        if layers < 2:
            continue
        size = {H: Number(pathways), L: Number(layers), x: Number(weight), sigma: Number(target)}
        matrix = exact_hessian(
            ScalarNetwork((layers,) * pathways), [[weight] * layers] * pathways, target
        )
        claimed = {}
        for name, value in eigenvalues.items():
            number = here.normal(substitute(value, size)).constant
            times = int(here.normal(substitute(multiplicities[name], size)).constant)
            claimed[number] = claimed.get(number, 0) + times
        found = dict(exact_spectrum(matrix))
        if found != {value: times for value, times in claimed.items() if times}:
            raise Disproved(f"H = {pathways}, L = {layers}: the spectrum is {found}")
        count += 1
    return count


theorem = Theorem(
    label="symmetric-line",
    title="Spectrum of the Hessian on the symmetric line",
    source="O; symmetric-line in mathematics.md",
    why="""
    With all weights equal to x every partial derivative of f is x^(L-1), and every mixed one
    within a pathway is x^(L-2). The Hessian is x^(2L-2) everywhere, less r x^(L-2) where two
    different layers of one pathway meet. It maps to multiples of themselves the vectors that
    are constant, those that are constant on pathways with the sum 0, and those that have the
    sum 0 on every pathway. Every vector is a sum of three such vectors, and bases of the last
    two kinds have H - 1 and H (L - 1) members: 1 + (H - 1) + H (L - 1) = H L, so there are no
    other eigenvalues.
    """,
    given=[L >= 2],
    claims={
        **{name: eigen_equation(name) for name in eigenvectors},
        "decomposition": when(
            u[h, l]
            == everywhere(u[i, j]) / (H * L)
            + (mean(h) - Sum(mean(i), (i, 1, H)) / H)
            + layers(h, l),
            *at_hl,
        ),
        "basis-of-paths": when(by_paths(h) == c[h], *between(1, h, H), Sum(c[i], (i, 1, H)) == 0),
        "basis-of-layers": when(by_layers(l) == u[h, l], *at_hl, Sum(u[h, j], (j, 1, L)) == 0),
        "all": sum(multiplicities.values()) == H * L,
    },
    proof=[
        link(
            "entries",
            Cases(
                h == i,
                Cases(
                    l == j,
                    calculation(of("gauss-newton/same-weight", at_line)),
                    Cases(
                        l < j,
                        calculation(of("gauss-newton/one-pathway-up", at_line)),
                        calculation(of("gauss-newton/one-pathway-down", at_line)),
                    ),
                ),
                calculation(of("gauss-newton/two-pathways", at_line)),
            ),
            entry(h, l, i, j) == formula(h, l, i, j),
            [*at_hl, *at_ij],
        ),
        *(step for name in eigenvectors for step in eigen_links(name)),
        link("decomposition", calculation()),
        link(
            "last pathway",
            splitting(H - 1),
            Sum(c[i], (i, 1, H)) == Sum(c[i], (i, 1, H - 1)) + Sum(c[i], (i, H, H)),
        ),
        link(
            "basis-of-paths",
            Cases(h == H, calculation("last pathway"), calculation("last pathway")),
        ),
        link(
            "last layer",
            splitting(L - 1),
            Sum(u[h, j], (j, 1, L)) == Sum(u[h, j], (j, 1, L - 1)) + Sum(u[h, j], (j, L, L)),
        ),
        link(
            "basis-of-layers",
            Cases(l == L, calculation("last layer"), calculation("last layer")),
        ),
        link("all", calculation()),
    ],
    false_neighbours=[
        eigen_equation("constant", H * L * x ** (2 * L - 2) - r * L * x ** (L - 2)),
        eigen_equation("constant", H * x ** (2 * L - 2) - r * (L - 1) * x ** (L - 2)),
        eigen_equation("paths", r * (L - 1) * x ** (L - 2)),
        eigen_equation("layers", -r * x ** (L - 2)),
        when(by_paths(h) == c[h], *between(1, h, H)),
        when(sum(multiplicities.values()) == H * L + 1),
    ],
    checks=[
        Check(
            "sizes H*L <= 24: the characteristic polynomial agrees, with multiplicities",
            spectra_of_all_sizes,
        )
    ],
)
