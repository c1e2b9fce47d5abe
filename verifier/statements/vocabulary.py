"""The words of the theory: its variables, its functions and its allocations.

>>> sharpness(balanced) / sharpness(single_path) == H ** (2 / L - 1)
sharpness(balanced)/sharpness(single_path) == H**(2/L - 1)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from verifier.errors import StatementError
from verifier.statements.substitution import substitute
from verifier.statements.terms import (
    COUNT,
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    Apply,
    Domain,
    Number,
    Relation,
    Symbol,
    Term,
    TermLike,
    as_term,
)

H = Symbol("H", COUNT)  # pathways
L = Symbol("L", COUNT)  # depth
k = Symbol("k", COUNT)  # active pathways
sigma = Symbol("sigma", POSITIVE)  # target of the mode
eta = Symbol("eta", POSITIVE)  # step size
VARIABLES = {symbol.name: symbol for symbol in (H, L, k, sigma, eta)}

pi = Apply("pi")
oo = Apply("oo")

Range = tuple[Symbol, TermLike, TermLike]


def real(name: str) -> Symbol:
    """A real variable."""
    return Symbol(name, REAL)


def positive(name: str) -> Symbol:
    """A positive real variable."""
    return Symbol(name, POSITIVE)


def integer(name: str) -> Symbol:
    """An integer variable."""
    return Symbol(name, INTEGER)


def family(name: str, domain: Domain = REAL, arity: int = 1) -> Symbol:
    """A family of variables, every member in the same domain.

    >>> family("s", NONNEGATIVE)[integer("h")] >= 0
    s[h] >= 0
    """
    return Symbol(name, domain, arity)


def rational(numerator: int, denominator: int = 1) -> Number:
    """An exact fraction of two integers."""
    return Number(Fraction(numerator, denominator))


def _bind(head: str, body: TermLike, index: Symbol, *rest: TermLike) -> Term:
    plain = Symbol(index.name, INTEGER if index.domain.integer else REAL)
    return Apply(head, substitute(as_term(body), {index: plain}), plain, *rest)


def Sum(body: TermLike, bounds: Range) -> Term:
    """The sum of `body` for the index from a lower to an upper bound; 0 when there is none.

    >>> h = integer("h")
    >>> Sum(1 / h, (h, 1, H))
    Sum(1/h, (h, 1, H))
    """
    index, lower, upper = bounds
    return _bind("Sum", body, index, lower, upper)


def Product(body: TermLike, bounds: Range) -> Term:
    """The product of `body` for the index from a lower to an upper bound; 1 when there is none."""
    index, lower, upper = bounds
    return _bind("Product", body, index, lower, upper)


def limit(body: TermLike, variable: Symbol, point: TermLike) -> Term:
    """The limit of `body` as the variable tends to a point (`oo` for infinity)."""
    return _bind("limit", body, variable, point)


def root(body: TermLike, bounds: Range) -> Term:
    """The least root of a continuous `body` for a variable from a lower to an upper bound.

    It exists where the signs of `body` at the bounds are opposite, or one of them is 0.

    >>> x = real("x")
    >>> root(x**2 - 2, (x, 0, 2)) ** 2 == 2
    root(x**2 - 2, (x, 0, 2))**2 == 2
    """
    variable, lower, upper = bounds
    return _bind("root", body, variable, lower, upper)


def diff(body: TermLike, variable: Term) -> Term:
    """The partial derivative of `body` by a variable or by a member of a family."""
    return Apply("diff", body, variable)


def chain(
    layers: Term, first: TermLike, last: TermLike, row: TermLike, column: TermLike, width: TermLike
) -> Term:
    """One entry of the product `W_last ... W_first` of matrices W_l with entries `layers[l, a, b]`.

    The product of no matrices, where last = first - 1, is the identity.  All matrices are square
    of one width, or `width` is a family and `layers[l, ., .]` has width[l] rows and width[l - 1]
    columns.
    """
    return Apply("chain", layers, first, last, row, column, width)


def sqrt(x: TermLike) -> Term:
    """The square root of a nonnegative term."""
    return Apply("sqrt", x)


def exp(x: TermLike) -> Term:
    """The exponential."""
    return Apply("exp", x)


def log(x: TermLike) -> Term:
    """The natural logarithm of a positive term."""
    return Apply("log", x)


def sin(x: TermLike) -> Term:
    """The sine (argument in radians)."""
    return Apply("sin", x)


def cos(x: TermLike) -> Term:
    """The cosine (argument in radians)."""
    return Apply("cos", x)


def Abs(x: TermLike) -> Term:
    """The absolute value."""
    return Apply("Abs", x)


def Min(x: TermLike, y: TermLike) -> Term:
    """The smaller of two terms."""
    return Apply("Min", x, y)


def Max(x: TermLike, y: TermLike) -> Term:
    """The larger of two terms."""
    return Apply("Max", x, y)


def Iverson(condition: Relation) -> Term:
    """1 where the condition holds, 0 where it fails (Iverson's bracket)."""
    return Apply("Iverson", condition)


def between(lower: TermLike, x: TermLike, upper: TermLike) -> tuple[Relation, Relation]:
    """The two relations lower <= x <= upper.

    >>> between(1, k, H)
    (1 <= k, k <= H)
    """
    return Relation("<=", lower, x), Relation("<=", x, upper)


#: The signal runs through the first pathway alone; the others are silent.
single_path = Apply("single_path")
#: Every pathway carries `target / H`.
balanced = Apply("balanced")


def shared(active: TermLike) -> Apply:
    """The first `active` pathways carry an equal share of the target, the others are silent."""
    return Apply("shared", active)


def split(shares: Term) -> Apply:
    """Pathway h carries `shares[h]`, spread evenly over its layers."""
    return Apply("split", shares)


def weights(w: Term) -> Apply:
    """Layer l of pathway h has the weight `w[h, l]`."""
    return Apply("weights", w)


def matrices(w: Term, width: TermLike) -> Apply:
    """Layer l of pathway h is the square matrix with the entries `w[h, l, a, b]`.

    The target is a matrix, too: a family of two indices.
    """
    return Apply("matrices", w, width)


def sharpness(allocation: Term, H: TermLike = H, L: TermLike = L, sigma: TermLike = sigma) -> Term:
    """The largest eigenvalue of the Hessian of the loss at an allocation.

    The loss is (f - sigma)^2 / 2 with f the sum over H pathways of the product of the weights
    of the L layers (a family of depths where pathways differ).  At `single_path`,
    `shared(k)`, `balanced` and `split(s)` every layer of a pathway carries the L-th root of the
    pathway's share.
    """
    return Apply("sharpness", allocation, H, L, sigma)


def hessian(
    allocation: Term,
    h: TermLike,
    l: TermLike,  # noqa: E741
    i: TermLike,
    j: TermLike,
    H: TermLike = H,
    L: TermLike = L,
    sigma: TermLike = sigma,
) -> Term:
    """The second derivative of the loss by the weights (h, l) and (i, j), at an allocation."""
    return Apply("hessian", allocation, H, L, sigma, h, l, i, j)


#: Functions of the text language that take terms and return a term, by name and arity.
FUNCTIONS = {
    "sqrt": 1, "exp": 1, "log": 1, "sin": 1, "cos": 1, "Abs": 1, "Min": 2, "Max": 2,
}  # fmt: skip


#: The other words of the text language, which no variable is called.
WORDS = (
    "pi", "oo", "single_path", "balanced", "shared", "split", "weights", "matrices", "Sum",
    "Product", "limit", "root", "chain", "diff", "gradient", "hessian", "sharpness", "Iverson",
)  # fmt: skip
#: The kinds of variables that a text may declare.
KINDS = {
    "real": REAL, "positive": POSITIVE, "nonnegative": NONNEGATIVE, "integer": INTEGER,
    "count": COUNT,
}  # fmt: skip
_KIND = re.compile(r"(?P<kind>\w+)(\[(?P<indices>\.(,\s*\.)*)\])?", re.ASCII)


def symbol_for(name: str, kind: str) -> Symbol:
    """The symbol that a claims file or `--var NAME=KIND` declares; a dot for each index.

    >>> symbol_for("n", "integer").domain
    integer
    >>> symbol_for("w", "real[.,.]").arity
    2

    A word for one number may be declared as a family of such numbers: depths, say, as L.

    Raises:
        StatementError: an unknown kind, or a name that the vocabulary has taken.
    """
    found = _KIND.fullmatch(kind) if isinstance(kind, str) else None
    if found is None or found["kind"] not in KINDS:
        remedy = f'use {_quoted(KINDS)}; of a family "real[.]", with a dot for each index'
        raise StatementError(f"unknown kind of variable: {kind!r}", remedy)
    domain, arity = KINDS[found["kind"]], (found["indices"] or "").count(".")
    usual = VARIABLES.get(name)
    if usual is not None and arity and domain is usual.domain:
        return Symbol(name, domain, arity)
    if usual is not None or name in FUNCTIONS or name in WORDS:
        raise StatementError(f"{name} is a word of the language already", "choose another name")
    return Symbol(name, domain, arity)


def kinds_of(symbols: Iterable[Symbol]) -> dict[str, str]:
    """How a text declares the symbols; those that it need not declare are left out.

    >>> kinds_of([H, positive("x"), family("w", arity=2)])
    {'x': 'positive', 'w': 'real[.,.]'}
    """
    names = {domain: kind for kind, domain in KINDS.items()}
    return {
        s.name: names[s.domain] + (f"[{','.join('.' * s.arity)}]" if s.arity else "")
        for s in symbols
        if VARIABLES.get(s.name) is not s
    }


def _quoted(words: Iterable[str]) -> str:
    *most, last = (f'"{word}"' for word in words)
    return f"{', '.join(most)} or {last}"


__all__ = [
    "Abs", "COUNT", "FUNCTIONS", "H", "INTEGER", "Iverson", "KINDS", "L", "Max", "Min",
    "NONNEGATIVE", "POSITIVE", "Product", "REAL", "Sum", "VARIABLES", "WORDS", "balanced",
    "between", "chain", "cos", "diff", "eta", "exp", "family", "hessian", "integer", "k", "limit",
    "log", "matrices", "oo", "pi", "positive", "rational", "real", "root", "shared", "sharpness",
    "sigma", "sin",
    "single_path", "split", "sqrt", "symbol_for", "weights",
]  # fmt: skip
