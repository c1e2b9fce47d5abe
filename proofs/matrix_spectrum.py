"""The spectrum of the full Hessian of a network of matrices at an aligned, balanced minimum."""

from fractions import Fraction
from itertools import product

from verifier.kernel.rules.matrices import inner, loss, moved
from verifier.reasons import Cases, calculation, of, summation
from verifier.statements.substitution import function
from verifier.statements.terms import COUNT, NONNEGATIVE, Symbol
from verifier.statements.vocabulary import (
    REAL,
    H,
    Iverson,
    L,
    Sum,
    between,
    diff,
    family,
    integer,
    matrices,
    real,
    sharpness,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

d = Symbol("d", COUNT)
s = family("s", NONNEGATIVE, 2)
U, V, v = family("U", REAL, 4), family("V", REAL, 4), family("v", REAL, 2)
t, u = real("t"), real("u")
h, l, a, b, i, j = map(integer, "h l a b i j".split())  # noqa: E741

weights = function((h, l, a, b), s[h, a] ** (1 / L) * Iverson(a == b))
target = function((a, b), Sum(s[h, a], (h, 1, H)) * Iverson(a == b))


def hessian(u_, v_):
    """u^T (Hessian of the loss at the weights) v, where t and u are 0."""
    along = loss(moved(weights, (t, u_), (u, v_)), H, L, target, d)
    return diff(diff(along, t), u)


def e(h, l, a, b):  # noqa: E741
    """The derivative of the output's entry (a, b) by the same entry of layer l of pathway h."""
    return s[h, a] ** ((L - l) / L) * s[h, b] ** ((l - 1) / L)


def over_layers(term):
    """The sum of a term over all layers."""
    return Sum(Sum(term, (l, 1, L)), (h, 1, H))


def eigenvalue(a, b):
    """lambda_ab, the squared norm of e."""
    return over_layers(e(h, l, a, b) ** 2)


def along(v, a, b):
    """The inner product of e with the entries (a, b) of all layers."""
    return over_layers(e(h, l, a, b) * v[h, l, a, b])


def at_entry(member):
    """The vector that is `member(h, l)` in the entry (i, j) of each layer, zero elsewhere."""
    return function((h, l, a, b), member(h, l) * Iverson(a == i) * Iverson(b == j))


def over_entries(term):
    """The sum over all entries of a matrix."""
    return Sum(Sum(term, (b, 1, d)), (a, 1, d))


origin = [t == 0, u == 0]
at_ij = [*between(1, i, d), *between(1, j, d)]
overlap = over_layers(e(h, l, i, j) * v[h, l])
eigenvector = at_entry(lambda h, l: e(h, l, i, j))  # noqa: E741
