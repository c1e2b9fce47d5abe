"""As printed: the balanced single path has the eigenvalues of a sum over l = 0, ..., L - 1."""

from fractions import Fraction
from itertools import product

from verifier.reasons import calculation
from verifier.statements.terms import Symbol
from verifier.statements.vocabulary import NONNEGATIVE, L, Sum, integer
from verifier.theorem import Check, Disproved, Theorem, link, when

l = integer("l")  # noqa: E741
a, b = Symbol("a", NONNEGATIVE), Symbol("b", NONNEGATIVE)


def printed(a, b, last=L - 1):
    """The eigenvalue of the modes with the singular values a and b, as printed."""
    return Sum((a ** (1 - 1 / L - l / L) * b ** (l / L)) ** 2, (l, 0, last))


def ours(a, b):
    """The same in matrix-spectrum, at a single path."""
    return Sum(a ** (2 * (L - l) / L) * b ** (2 * (l - 1) / L), (l, 1, L))


def spectra_of_small_networks():
    """Compare with the exact Hessian of 2 x 2 layers diag(x, y), for rational x and y."""
    from flint import fmpq

    from verifier.networks import MatrixNetwork

    count = 0
    values = (Fraction(0), Fraction(1), Fraction(3, 2), Fraction(2))
    for x, y, depth in product(values, values, (1, 2, 3, 4)):
        network = MatrixNetwork([[[[x, 0], [0, y]]] * depth], target=[[x**depth, 0], [0, y**depth]])
        claimed = {}
        for p, q in product((x, y), repeat=2):
            powers = (p ** (depth - 1 - layer) * q**layer for layer in range(depth))
            value = sum((power**2 for power in powers), Fraction(0))
            claimed[value] = claimed.get(value, 0) + 1
        claimed[Fraction(0)] = claimed.get(Fraction(0), 0) + 4 * (depth - 1)
        expected = {fmpq(v.numerator, v.denominator): n for v, n in claimed.items() if n}
        if dict(network.exact_spectrum()) != expected:
            raise Disproved(f"layers diag({x}, {y}), L = {depth}: another spectrum")
        count += 1
    return count


theorem = Theorem(
    label="printed-path-spectrum",
    title="The spectrum of a balanced single path, in two ways of counting the layers",
    source="arXiv 2502.20531, Lemma 1; As printed elsewhere in mathematics.md",
    why="""
    Printed: at the balanced minimum of a single path the Hessian has the eigenvalues
    lambda_ij = sum of (sigma_i^(1-1/L-l/L) sigma_j^(l/L))^2 over l = 0, ..., L - 1. Assumed: the
    loss |M - M*|^2 / 2, layers of equal size, 0^0 = 1. This is the sum of matrix-spectrum at a
    single path, with the layers counted from 0 in place of 1: the statement stands as printed. On
    the diagonal all L terms are equal.
    """,
    claims={
        "as-printed": printed(a, b) == ours(a, b),
        "diagonal": printed(a, a) == L * a ** (2 - 2 / L),
    },
    proof=[
        link("as-printed", calculation()),
        link("diagonal", calculation()),
    ],
    false_neighbours=[
        when(printed(a, b, L) == ours(a, b)),
        when(printed(a, b, L - 2) == ours(a, b)),
        when(printed(a, b) == Sum(a ** ((L - l) / L) * b ** ((l - 1) / L), (l, 1, L))),
        when(printed(a, b) == Sum(a ** (2 - 2 * l / L) * b ** (2 * l / L), (l, 1, L))),
        when(printed(a, a) == L * a ** (2 - 1 / L)),
    ],
    checks=[
        Check(
            "networks of 2 x 2 layers: the spectrum of the exact Hessian agrees",
            spectra_of_small_networks,
        )
    ],
)
