"""Products of matrices of any size: the normal form, the derivative, the rules and the definition.

`networks.matrices.product` multiplies numbers and knows nothing of terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.witness import numeric
from verifier.engines.witness.lowering import CannotLower, to_sympy
from verifier.errors import StatementError
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.kernel.rules.matrices import hessian_form, inner, loss, output
from verifier.networks import matrices as numbers
from verifier.networks.matrix import MatrixNetwork
from verifier.statements.codec import decode, encode
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import COUNT, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import (
    H,
    Iverson,
    L,
    Product,
    Sum,
    between,
    chain,
    diff,
    family,
    hessian,
    integer,
    matrices,
    real,
    sharpness,
    sigma,
)

W, X, V, T = family("W", arity=3), family("X", arity=4), family("V", arity=4), family("T", arity=2)
d, widths = Symbol("d", COUNT), family("d", COUNT)
x, t = real("x"), real("t")
n, m, a, b, c, h, l, p, q = map(integer, "n m a b c h l p q".split())  # noqa: E741
PLACE = (*between(1, a, d), *between(1, b, d))
ZERO, ONE = Number(0), Number(1)
SETTINGS = settings(deadline=None, derandomize=True, max_examples=25)


def listed(layers: Sequence[numbers.Matrix]) -> Term:
    """The layers 1, 2, ... as a family."""
    body: Term = ZERO
    for layer, matrix in enumerate(layers, 1):
        for i, row in enumerate(matrix, 1):
            for j, entry in enumerate(row, 1):
                place = Iverson(l == layer) * Iverson(p == i) * Iverson(q == j)
                body = body + Number(entry) * place
    return function((l, p, q), body)


def sized(sizes: Sequence[int]) -> Term:
    """The widths at the boundaries 0, 1, ... as a family."""
    body = sum((Number(size) * Iverson(n == end) for end, size in enumerate(sizes)), ZERO)
    return function((n,), body)


def drawn(random: Random, sizes: Sequence[int]) -> list[numbers.Matrix]:
    return [
        [[Fraction(random.randint(-3, 3)) for _ in range(columns)] for _ in range(rows)]
        for columns, rows in pairwise(sizes)
    ]


def multiplied(layers: Sequence[numbers.Matrix], size: int) -> numbers.Matrix:
    factors = [*reversed(layers), numbers.identity(size, Fraction(1))]
    return numbers.product(factors)


def value(term: Term) -> Fraction:
    """The number that the kernel says a closed term is."""
    here = Context()
    here.require_defined(term)
    number = here.normal(term).constant
    assert number is not None
    return Fraction(int(number.p), int(number.q))


SIZES = st.lists(st.integers(1, 3), min_size=2, max_size=5)


@SETTINGS
@given(SIZES, st.randoms(use_true_random=False))
def test_an_entry_is_that_of_the_product(sizes: list[int], random: Random) -> None:
    layers = drawn(random, sizes)
    first = random.randint(1, len(layers))
    last = random.randint(first - 1, len(layers))
    expected = multiplied(layers[first - 1 : last], sizes[first - 1])
    for i, j in product(range(1, sizes[last] + 1), range(1, sizes[first - 1] + 1)):
        term = chain(listed(layers), first, last, i, j, sized(sizes))
        entry = expected[i - 1][j - 1]
        assert value(term) == entry
        assert Evaluator({})(term) == entry
        assert numeric.Evaluator()(term) == entry
        assert to_sympy(term) == entry


@SETTINGS
@given(SIZES, st.randoms(use_true_random=False))
def test_an_entry_at_a_place_the_product_does_not_have(sizes: list[int], random: Random) -> None:
    layers, last = listed(drawn(random, sizes)), len(sizes) - 1
    for row, column in ((sizes[last] + 1, 1), (1, sizes[0] + 1), (0, 1), (1, 0)):
        term = chain(layers, 1, last, row, column, sized(sizes))
        with pytest.raises(Refused):
            Context().require_defined(term)
        for evaluate in (Evaluator({}), numeric.Evaluator(), to_sympy):
            with pytest.raises((NotRational, numeric.CannotEvaluate, CannotLower)):
                evaluate(term)
    backwards = chain(layers, 3, 1, 1, 1, sized(sizes))
    with pytest.raises(Refused):
        Context().require_defined(backwards)


@SETTINGS
@given(st.integers(1, 3), st.integers(0, 4), st.randoms(use_true_random=False))
def test_the_derivative_is_that_of_the_polynomial(width: int, count: int, random: Random) -> None:
    """Layers W + x V: the entry is a polynomial in x, whose derivative Lagrange gives exactly."""
    sizes = [width] * (count + 1)
    start, step = drawn(random, sizes), drawn(random, sizes)
    place = (l, p, q)
    moving = function(place, listed(start).args[-1] + x * listed(step).args[-1])
    i, j = random.randint(1, width), random.randint(1, width)
    term = chain(moving, 1, count, i, j, width)
    at = Fraction(random.randint(-2, 2))
    given_at = context_of((x == Number(at),))
    given_at.require_defined(diff(term, x))
    found = given_at.normal(diff(term, x)).constant
    assert found is not None
    points = [at + k for k in range(count + 1)]
    values = [value(substitute(term, {x: Number(point)})) for point in points]
    expected = sum((v * _slope(points, k) for k, v in enumerate(values)), Fraction(0))
    assert Fraction(int(found.p), int(found.q)) == expected


def _slope(points: list[Fraction], k: int) -> Fraction:
    """The derivative, at the first point, of the polynomial that is 1 at point k, 0 at others."""
    at, own = points[0], points[k]
    others = [y for i, y in enumerate(points) if i != k]
    total = Fraction(0)
    for skipped in range(len(others)):
        factor = Fraction(1)
        for i, y in enumerate(others):
            factor *= (1 if i == skipped else at - y) / (own - y)
        total += factor
    return total


def test_the_derivative_by_one_entry() -> None:
    """The entry (p, q) of layer l sits between the layers above and below it."""
    entry = diff(chain(W, 1, n, a, b, d), W[l, p, q])
    claim = entry == chain(W, l + 1, n, a, p, d) * chain(W, 1, l - 1, q, b, d)
    places = (*PLACE, *between(1, l, n), *between(1, p, d), *between(1, q, d))
    assert prove("arithmetic", Statement(claim, places))
    swapped = entry == chain(W, l + 1, n, a, q, d) * chain(W, 1, l - 1, p, b, d)
    for wrong, given_places in ((swapped, places), (claim, places[:4]), (entry == 0, places)):
        with pytest.raises(Refused):
            prove("arithmetic", Statement(wrong, given_places))


@pytest.mark.parametrize(
    "claim",
    [
        chain(W, n, n, a, b, d) == W[n, a, b],
        chain(W, n + 1, n, a, b, d) == Iverson(a == b),
        chain(W, n, n + 1, a, b, d) == Sum(W[n + 1, a, c] * W[n, c, b], (c, 1, d)),
        chain(function((l, p, q), x**l * Iverson(p == q)), 1, n, a, b, d)
        == Product(x**l, (l, 1, n)) * Iverson(a == b),
        chain(function((l, p, q), Iverson(q == p)), 1, n, a, b, d) == Iverson(a == b),
        chain(function((l, p, q), ZERO), 1, n, a, b, d) == 0,
        chain(function((m, p, q), W[m, p, q] + 0), 1, n, a, b, d) == chain(W, 1, n, a, b, d),
    ],
    ids=repr,
)
def test_calculation(claim: Relation) -> None:
    assert prove("arithmetic", Statement(claim, [*PLACE, n >= 1]))


@pytest.mark.parametrize(
    "claim",
    [
        chain(W, n, n, a, b, d) == W[n, b, a],
        chain(W, n + 1, n, a, b, d) == 1,
        chain(W, n + 1, n, a, b, d) == 0,
        chain(W, n, n + 1, a, b, d) == Sum(W[n, a, c] * W[n + 1, c, b], (c, 1, d)),
        chain(W, n, n + 1, a, b, d) == W[n + 1, a, b] * W[n, a, b],
        chain(W, n + 2, n, a, b, d) == chain(W, n + 2, n, a, b, d),
        chain(W, 1, n, a, b + 1, d) == chain(W, 1, n, a, b + 1, d),
        chain(W, 1, n, a, b, d) == chain(W, 1, n, b, a, d),
        chain(W, 1, n, a, b, d) == chain(W, 2, n + 1, a, b, d),
        chain(W, 1, n, a, b, d) == chain(W, 1, n, a, b, d + 1),
        chain(function((l, p, q), x**l * Iverson(p == q)), 1, n, a, b, d)
        == Product(x**l, (l, 1, n)),
        chain(function((l, p, q), x * Iverson(p == q + 1)), 1, n, a, b, d)
        == x**n * Iverson(a == b + 1),
        chain(function((l, p, q), Iverson(p <= q)), 1, n, a, b, d) == Iverson(a <= b),
        chain(function((l, p, q), ONE), 1, n, a, b, d) == 1,
        chain(function((l, p, q), Iverson(p == q)), 1, n, a, b, widths) == Iverson(a == b),
    ],
    ids=repr,
)
def test_no_calculation(claim: Relation) -> None:
    with pytest.raises((Refused, StatementError)):
        prove("arithmetic", Statement(claim, [*PLACE, n >= 1]))


# --- chain_split ---------------------------------------------------------------------------------


def split(at: Term, last: Term = L, width: Term = d) -> Relation:
    through = width if width is d else Apply("[]", width, at)
    above, below = chain(W, at + 1, last, a, c, width), chain(W, 1, at, c, b, width)
    return chain(W, 1, last, a, b, width) == Sum(above * below, (c, 1, through))


@pytest.mark.parametrize("at", [n, ZERO, L, L - 1, ONE], ids=repr)
def test_chain_split(at: Term) -> None:
    conditions = [*PLACE, *between(0, n, L)]
    assert prove("chain_split", Statement(split(at), conditions), at=at)
    factors = Sum(chain(W, 1, at, c, b, d) * chain(W, at + 1, L, a, c, d), (c, 1, d))
    claim = chain(W, 1, L, a, b, d) == factors  # numbers may be multiplied in any order
    assert prove("chain_split", Statement(claim, conditions), at=at)


def test_chain_split_of_rectangular_layers() -> None:
    places = (*between(1, a, widths[L]), *between(1, b, widths[0]), *between(0, n, L))
    assert prove("chain_split", Statement(split(n, width=widths), places), at=n)
    for missing in range(len(places)):
        fewer = [g for i, g in enumerate(places) if i != missing]
        with pytest.raises(Refused):
            prove("chain_split", Statement(split(n, width=widths), fewer), at=n)


@pytest.mark.parametrize("missing", range(6))
def test_chain_split_needs_every_range(missing: int) -> None:
    conditions = [*PLACE, *between(0, n, L)]
    fewer = [g for i, g in enumerate(conditions) if i != missing]
    with pytest.raises(Refused):
        prove("chain_split", Statement(split(n), fewer), at=n)


def summed(first: Term, second: Term, width: Term = d) -> Relation:
    return chain(W, 1, L, a, b, d) == Sum(first * second, (c, 1, width))


@pytest.mark.parametrize(
    "claim",
    [
        summed(chain(W, 1, n, a, c, d), chain(W, n + 1, L, c, b, d)),
        summed(chain(W, n + 1, L, c, a, d), chain(W, 1, n, c, b, d)),
        summed(chain(W, n + 1, L, a, c, d), chain(W, 1, n, b, c, d)),
        summed(chain(W, n + 1, L, a, c, d), chain(W, 1, n + 1, c, b, d)),
        summed(chain(W, n, L, a, c, d), chain(W, 1, n, c, b, d)),
        summed(chain(W, n + 1, L, a, c, d), chain(W, 1, n, c, b, d), d - 1),
        summed(chain(W, n + 1, L, a, c, d), chain(W, 2, n, c, b, d)),
        chain(W, 1, L, a, b, d) == chain(W, n + 1, L, a, b, d) * chain(W, 1, n, a, b, d),
        chain(W, 1, L, b, a, d)
        == Sum(chain(W, n + 1, L, a, c, d) * chain(W, 1, n, c, b, d), (c, 1, d)),
        Relation(
            "<=",
            chain(W, 1, L, a, b, d),
            Sum(chain(W, n + 1, L, a, c, d) * chain(W, 1, n, c, b, d), (c, 1, d)),
        ),
    ],
    ids=repr,
)
def test_no_chain_split(claim: Relation) -> None:
    statement = Statement(claim, [*PLACE, *between(1, n, L - 1)])
    with pytest.raises((Refused, StatementError)):
        prove("chain_split", statement, at=n)


def test_chain_split_at_no_place() -> None:
    for at in (L + 1, Number(-1), L / 2, x, n + m):
        with pytest.raises((Refused, StatementError)):
            prove("chain_split", Statement(split(at), PLACE), at=at)


@SETTINGS
@given(SIZES, st.randoms(use_true_random=False))
def test_chain_split_holds_for_numbers(sizes: list[int], random: Random) -> None:
    layers, last = listed(drawn(random, sizes)), len(sizes) - 1
    at = random.randint(0, last)
    width, i, j = sized(sizes), random.randint(1, sizes[last]), random.randint(1, sizes[0])
    above, below = chain(layers, at + 1, last, i, c, width), chain(layers, 1, at, c, j, width)
    parts = Sum(above * below, (c, 1, sizes[at]))
    whole = chain(layers, 1, last, i, j, width)
    assert value(whole) == value(parts)
    assert prove("chain_split", Statement(whole == parts), at=Number(at))


# --- chain_recursion -----------------------------------------------------------------------------

#: The layers ((1, x), (0, 1)): column 2 of the product of n of them is (n x, 1).
SHEARS = function((l, p, q), Iverson(p == q) + x * Iverson(p == 1) * Iverson(q == 2))
COLUMN = function((m, c), m * x * Iverson(c == 1) + Iverson(c == 2))
TWO = Number(2)
SHEARED = chain(SHEARS, 1, n, a, 2, 2) == substitute(COLUMN.args[-1], {m: n, c: a})
ROW = between(1, a, 2)


def first_layer(layers: Term = SHEARS, partial: Term = COLUMN, first: Term = ONE) -> Relation:
    return member(partial, (first, p)) == member(layers, (first, p, TWO))


def next_layer(layers: Term = SHEARS, partial: Term = COLUMN) -> Relation:
    after = member(layers, (m + 1, p, c)) * member(partial, (m, c))
    return member(partial, (m + 1, p)) == Sum(after, (c, 1, 2))


PLACES, LAYERS = between(1, p, 2), between(1, m, n - 1)
RECURSION = {"partial": COLUMN, "layer": m, "place": p}


def steps(start: Sequence[Relation] = (), step: Sequence[Relation] = ()) -> tuple[Proved, Proved]:
    return (
        prove("arithmetic", Statement(first_layer(), [*PLACES, *start])),
        prove("arithmetic", Statement(next_layer(), [*PLACES, *LAYERS, *step])),
    )


def test_chain_recursion() -> None:
    found = prove("chain_recursion", Statement(SHEARED, [*ROW, n >= 1]), steps(), **RECURSION)
    assert found.statement.claim is SHEARED
    for count, i in product(range(1, 4), (1, 2)):
        at = {n: Number(count), a: Number(i)}
        assert prove("arithmetic", Statement(substitute(SHEARED, at)))


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (SHEARED, [*ROW]),
        (SHEARED, [*ROW, n >= 0]),
        (SHEARED, [n >= 1]),
        (SHEARED, [*ROW, n >= 1, m >= 1]),
        (SHEARED, [*ROW, n >= 1, p == 1]),
        (chain(SHEARS, 1, n, a, 2, 2) == n * x * Iverson(a == 1), [*ROW, n >= 1]),
        (chain(SHEARS, 1, n, a, 1, 2) == SHEARED.rhs, [*ROW, n >= 1]),
        (chain(SHEARS, 1, n + 1, a, 2, 2) == SHEARED.rhs, [*ROW, n >= 1]),
        (chain(SHEARS, 2, n, a, 2, 2) == SHEARED.rhs, [*ROW, n >= 2]),
        (chain(SHEARS, 1, n, a, 2, 3) == SHEARED.rhs, [*ROW, n >= 1]),
        (chain(W, 1, n, a, 2, 2) == SHEARED.rhs, [*ROW, n >= 1]),
        (Relation("<=", SHEARED.lhs, SHEARED.rhs), [*ROW, n >= 1]),
        (SHEARED.rhs == SHEARED.lhs, [*ROW, n >= 1]),
    ],
    ids=repr,
)
def test_no_chain_recursion(claim: Relation, given: list[Relation]) -> None:
    with pytest.raises((Refused, StatementError)):
        prove("chain_recursion", Statement(claim, given), steps(), **RECURSION)


def test_chain_recursion_needs_both_premises_for_any_place_and_layer() -> None:
    statement = Statement(SHEARED, [*ROW, n >= 1])
    right = steps()
    for wrong in (right[:1], right[1:], right[::-1], (right[0], right[0]), ()):
        with pytest.raises(Refused):
            prove("chain_recursion", statement, wrong, **RECURSION)
    for more in ([p == 1], [m == 1], [x == 0], [m <= n - 2], [n >= 2]):
        for premises_given in (steps(start=more), steps(step=more)):
            with pytest.raises(Refused):
                prove("chain_recursion", statement, premises_given, **RECURSION)
    for other in ({"layer": p}, {"place": m}, {"place": a}, {"layer": n}, {"place": x}):
        with pytest.raises((Refused, StatementError)):
            prove("chain_recursion", statement, right, **{**RECURSION, **other})


def test_a_family_that_goes_on_otherwise_is_no_product() -> None:
    """Squares begin as the multiples of x do, and zero goes on as they do."""
    for wrong in (
        function((m, c), m**2 * x * Iverson(c == 1) + Iverson(c == 2)),
        function((m, c), ZERO),
    ):
        claim = SHEARED.lhs == member(wrong, (n, a))
        with pytest.raises(Refused):
            premises_of = (
                prove("arithmetic", Statement(first_layer(partial=wrong), PLACES)),
                prove("arithmetic", Statement(next_layer(partial=wrong), [*PLACES, *LAYERS])),
            )
            arguments = {**RECURSION, "partial": wrong}
            prove("chain_recursion", Statement(claim, [*ROW, n >= 1]), premises_of, **arguments)


# --- exchange --------------------------------------------------------------------------------


def nested(body: Term, *ranges: tuple[Symbol, int | Term, int | Term]) -> Term:
    for own in reversed(ranges):
        body = Sum(body, own)
    return body


A, B, C = (a, 1, H), (b, 1, L), (c, 0, d)
BODY = W[a, b, c]


def test_exchange() -> None:
    for order in ((0, 1, 2), (2, 0, 1), (1, 0, 2), (2, 1, 0)):
        ranges = [(A, B, C)[i] for i in order]
        claim = nested(BODY, A, B, C) == nested(BODY, *ranges)
        assert prove("exchange", Statement(claim), order=order)
    assert prove("exchange", Statement(nested(BODY, A, B) == nested(BODY, B, A), [c >= 1]),
                 order=(1, 0))  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "order"),
    [
        (nested(BODY, A, B, C) == nested(BODY, B, A, C), (0, 2, 1)),
        (nested(BODY, A, B, C) == nested(BODY, A, C, B), (1, 0)),
        (nested(BODY, A, B, C) == nested(BODY, B, A, C), (1, 1, 2)),
        (nested(BODY, A, B, C) == nested(BODY, B, A, C), (1, 0, 3)),
        (nested(W[a, b, 1], A, B) == nested(W[b, a, 1], A, B), (1, 0)),
        (nested(W[a, b, 1], A, B) == nested(W[a, b, 1], (b, 1, H), (a, 1, L)), (1, 0)),
        (nested(W[a, b, 1], (a, 1, H), (b, 1, a)) == nested(W[a, b, 1], (b, 1, a), A), (1, 0)),
        (nested(W[a, b, 1], (a, 1, H), (b, 1, a)) == nested(W[a, b, 1], (b, 1, H), A), (1, 0)),
        (nested(W[a, b, 1], A, B) < nested(W[a, b, 1], B, A), (1, 0)),
        (Sum(Sum(W[a, 1, 1], (a, 1, L)), (a, 1, H)) == Sum(Sum(W[a, 1, 1], A), (a, 1, L)), (1, 0)),
        (Product(Sum(W[a, b, 1], B), A) == Sum(Product(W[a, b, 1], A), B), (1, 0)),
        (nested(1 / W[a, b, 1], A, B) == nested(1 / W[a, b, 1], B, A), (1, 0)),
    ],
)
def test_no_exchange(claim: Relation, order: tuple[int, ...]) -> None:
    with pytest.raises((Refused, StatementError)):
        prove("exchange", Statement(claim), order=order)


def test_an_exchange_of_ranges_of_which_one_depends_on_another() -> None:
    depth = family("L", COUNT)
    layers = (b, 1, depth[a])
    claim = nested(BODY, C, A, layers) == nested(BODY, A, layers, C)
    assert prove("exchange", Statement(claim), order=(1, 2, 0))
    for wrong, order in (
        (nested(BODY, A, layers, C) == nested(BODY, layers, A, C), (1, 0, 2)),
        (nested(BODY, A, layers, C) == nested(BODY, C, layers, A), (2, 1, 0)),
        (nested(BODY, layers, A, C) == nested(BODY, A, layers, C), (1, 0, 2)),
        (nested(BODY, (a, 1, a), B) == nested(BODY, B, (a, 1, a)), (1, 0)),
    ):
        with pytest.raises((Refused, StatementError)):
            prove("exchange", Statement(wrong), order=order)


def test_an_exchange_keeps_both_sides_defined() -> None:
    """The bounds of the inner range have no value, which only an empty outer range hides."""
    inner_range, outer = (b, 1, Number(1) / 0), (a, 1, 0)
    claim = nested(W[a, b, 1], outer, inner_range) == 0
    with pytest.raises(Refused):
        prove("exchange", Statement(claim), order=(1, 0))


# --- the network -------------------------------------------------------------------------------


def network(random: Random, paths: int, depth: int, size: int) -> MatrixNetwork:
    layers = [drawn(random, [size] * (depth + 1)) for _ in range(paths)]
    (target,) = drawn(random, [size, size])
    return MatrixNetwork(layers, target)


def four(pathways: Sequence[Sequence[numbers.Matrix]]) -> Term:
    """The layers of all pathways as a family."""
    body = sum(
        (Iverson(h == number) * listed(path).args[-1] for number, path in enumerate(pathways, 1)),
        ZERO,
    )
    return function((h, l, p, q), body)


def two(matrix: numbers.Matrix) -> Term:
    return function((p, q), substitute(listed([matrix]).args[-1], {l: ONE}))


@SETTINGS
@given(st.integers(1, 2), st.integers(1, 3), st.integers(1, 2), st.randoms(use_true_random=False))
def test_the_loss_and_its_hessian(paths: int, depth: int, size: int, random: Random) -> None:
    net = network(random, paths, depth, size)
    weights, target = four(net.pathways), two(net.target)
    setting = (Number(paths), Number(depth))
    assert value(loss(weights, *setting, target, Number(size))) == net.loss
    corner = value(output(weights, *setting, Number(size), ONE, ONE))
    assert corner == net.target[0][0] - net.residual[0][0]
    other = network(random, paths, depth, size)
    flat = [e for path in other.pathways for layer in path for row in layer for e in row]
    expected = sum(
        u * entry * v
        for u, row in zip(flat, net.hessian(), strict=True)
        for v, entry in zip(flat, row, strict=True)
    )
    v = four(other.pathways)
    form = hessian_form(weights, v, *setting, target, Number(size), t)
    here = context_of((t == 0,))
    here.require_defined(form)
    found = here.normal(form).constant
    assert found is not None
    assert Fraction(int(found.p), int(found.q)) == expected
    assert value(inner(v, v, *setting, Number(size))) == sum(e * e for e in flat)


def test_the_sharpness_of_numbers() -> None:
    net = network(Random(7), 2, 2, 2)
    at = sharpness(matrices(four(net.pathways), 2), 2, 2, two(net.target))  # type: ignore[arg-type]
    mp = numeric.Evaluator().mp
    hessian_matrix = mp.matrix(
        [[mp.mpf(e.numerator) / e.denominator for e in r] for r in net.hessian()]
    )
    largest = max(mp.eigsy(hessian_matrix, eigvals_only=True))
    assert abs(numeric.Evaluator()(at) - largest) < mp.mpf(10) ** -50


# --- sharpness of matrices ---------------------------------------------------------------------

IDENTITY = function((h, l, p, q), Iverson(p == q))
CORNER = function(
    (h, l, p, q), Iverson(h == 1) * Iverson(l == 1) * Iverson(p == 1) * Iverson(q == 1)
)
ONE_LAYER = sharpness(matrices(X, d), ONE, ONE, T)


def premises(vector: Term, bound: Term, given: Sequence[Relation] = ()) -> tuple[Proved, ...]:
    """For one pathway of one layer the loss is |W - T|**2 / 2, so that the Hessian is I."""

    def form(v: Term) -> Term:
        return hessian_form(X, v, ONE, ONE, T, d, t)

    def norm(v: Term) -> Term:
        return inner(v, v, ONE, ONE, d)

    at = [*given, t == 0]
    return (
        prove("arithmetic", Statement(form(V) <= bound * norm(V), at)),
        prove("arithmetic", Statement(form(vector) == bound * norm(vector), at)),
        prove("arithmetic", Statement(norm(vector) > 0, at)),
    )


def test_sharpness_of_one_layer() -> None:
    found = prove(
        "matrix_sharpness",
        Statement(ONE_LAYER == 1),
        premises(CORNER, ONE),
        vector=CORNER, direction=V, by=t,
    )  # fmt: skip
    assert found.statement.claim is (ONE_LAYER == 1)


@pytest.mark.parametrize(
    ("claim", "changed"),
    [
        (ONE_LAYER == 2, {}),
        (ONE_LAYER <= 1, {}),
        (sharpness(matrices(X, d), ONE, L, T) == 1, {}),
        (sharpness(matrices(X, d), H, ONE, T) == 1, {}),
        (sharpness(matrices(X, d + 1), ONE, ONE, T) == 1, {}),
        (sharpness(matrices(V, d), ONE, ONE, T) == 1, {}),
        (sharpness(matrices(IDENTITY, d), ONE, ONE, T) == 1, {}),
        (ONE_LAYER == 1, {"vector": IDENTITY}),
        (ONE_LAYER == 1, {"direction": X}),
        (ONE_LAYER == 1, {"direction": W}),
        (ONE_LAYER == 1, {"by": x}),
        (ONE_LAYER == 1, {"by": sigma}),
        (sharpness(matrices(X, d), ONE, ONE, function((p, q), t)) == 1, {}),
    ],
    ids=repr,
)
def test_sharpness_of_one_layer_is_nothing_else(claim: Relation, changed: dict[str, Term]) -> None:
    arguments = {"vector": CORNER, "direction": V, "by": t, **changed}
    with pytest.raises((Refused, StatementError)):
        prove("matrix_sharpness", Statement(claim), premises(CORNER, ONE), **arguments)


def test_sharpness_needs_all_three_premises_about_any_direction() -> None:
    right = premises(CORNER, ONE)
    arguments = {"vector": CORNER, "direction": V, "by": t}
    for wrong in (right[:2], right[::-1], (right[1], right[1], right[2]), ()):
        with pytest.raises(Refused):
            prove("matrix_sharpness", Statement(ONE_LAYER == 1), wrong, **arguments)
    for given_more in ([V[1, 1, 1, 1] == 0], [t <= 0], [x > 0]):
        with pytest.raises(Refused):
            prove(
                "matrix_sharpness",
                Statement(ONE_LAYER == 1),
                premises(CORNER, ONE, given_more),
                **arguments,
            )
        with pytest.raises(Refused):
            prove(
                "matrix_sharpness",
                Statement(ONE_LAYER == 1, given_more[:1] if given_more[0].free & {V, t} else []),
                premises(CORNER, ONE, given_more),
                **arguments,
            )


def curved(vector: Term, sharp: Term = ONE_LAYER, by: Symbol = t, width: Term = d) -> Relation:
    form = hessian_form(X, vector, ONE, ONE, T, width, by)
    return form <= sharp * inner(vector, vector, ONE, ONE, width)


def test_curvature() -> None:
    for vector in (V, CORNER, IDENTITY):
        found = prove("curvature", Statement(curved(vector), [t == 0]), vector=vector, by=t)
        assert found.statement.claim is curved(vector)


@pytest.mark.parametrize(
    ("claim", "given", "changed"),
    [
        (curved(V), [], {}),
        (curved(V), [t >= 0], {}),
        (curved(V), [x == 0], {}),
        (curved(V), [t == 0], {"by": x}),
        (curved(V), [t == 0], {"vector": CORNER}),
        (curved(CORNER), [t == 0], {}),
        (Relation("<", curved(V).lhs, curved(V).rhs), [t == 0], {}),
        (Relation(">=", curved(V).lhs, curved(V).rhs), [t == 0], {}),
        (Relation("==", curved(V).lhs, curved(V).rhs), [t == 0], {}),
        (2 * curved(V).lhs <= curved(V).rhs, [t == 0], {}),
        (curved(V).lhs <= ONE_LAYER, [t == 0], {}),
        (curved(V, sharpness(matrices(X, d), ONE, L, T)), [t == 0], {}),
        (curved(V, sharpness(matrices(X, d), H, ONE, T)), [t == 0], {}),
        (curved(V, sharpness(matrices(X, d + 1), ONE, ONE, T)), [t == 0], {}),
        (curved(V, sharpness(matrices(V, d), ONE, ONE, T)), [t == 0], {}),
        (curved(V, width=d + 1), [t == 0], {}),
    ],
    ids=repr,
)
def test_no_curvature(claim: Relation, given: list[Relation], changed: dict[str, Term]) -> None:
    with pytest.raises((Refused, StatementError)):
        prove("curvature", Statement(claim, given), **{"vector": V, "by": t, **changed})


def test_curvature_along_a_direction_that_moves() -> None:
    moving = function((h, l, a, b), t)
    for vector, by in ((moving, t), (V, sigma)):
        with pytest.raises((Refused, StatementError)):
            prove("curvature", Statement(curved(vector, by=by), [by == 0]), vector=vector, by=by)


def test_curvature_bound() -> None:
    bound, *_ = premises(CORNER, ONE)
    found = prove("curvature_bound", Statement(ONE_LAYER <= 1), (bound,), direction=V, by=t)
    assert found.statement.claim is (ONE_LAYER <= 1)


@pytest.mark.parametrize(
    ("claim", "changed"),
    [
        (ONE_LAYER <= Number("1/2"), {}),
        (ONE_LAYER <= 2, {}),
        (ONE_LAYER >= 1, {}),
        (ONE_LAYER < 1, {}),
        (ONE_LAYER == 1, {}),
        (Relation("<=", ONE, ONE_LAYER), {}),
        (sharpness(matrices(X, d), ONE, L, T) <= 1, {}),
        (sharpness(matrices(X, d), H, ONE, T) <= 1, {}),
        (sharpness(matrices(X, d + 1), ONE, ONE, T) <= 1, {}),
        (sharpness(matrices(V, d), ONE, ONE, T) <= 1, {}),
        (sharpness(matrices(IDENTITY, d), ONE, ONE, T) <= 1, {}),
        (sharpness(matrices(X, d), ONE, ONE, function((p, q), t)) <= 1, {}),
        (ONE_LAYER <= 1, {"direction": X}),
        (ONE_LAYER <= 1, {"direction": W}),
        (ONE_LAYER <= 1, {"by": x}),
        (ONE_LAYER <= 1, {"by": sigma}),
    ],
    ids=repr,
)
def test_no_curvature_bound(claim: Relation, changed: dict[str, Term]) -> None:
    bound, *_ = premises(CORNER, ONE)
    arguments = {"direction": V, "by": t, **changed}
    with pytest.raises((Refused, StatementError)):
        prove("curvature_bound", Statement(claim), (bound,), **arguments)


def test_a_curvature_bound_holds_along_any_direction() -> None:
    """The form along one direction, or along those that something given restricts, is no bound."""
    bound, attained, _ = premises(CORNER, ONE)
    for wrong in ((attained,), (), (bound, attained)):
        with pytest.raises(Refused):
            prove("curvature_bound", Statement(ONE_LAYER <= 1), wrong, direction=V, by=t)
    for given_more in ([V[1, 1, 1, 1] == 0], [t <= 0], [x > 0]):
        narrow, *_ = premises(CORNER, ONE, given_more)
        for conditions in ([], given_more if given_more[0].free & {V, t} else []):
            with pytest.raises(Refused):
                statement = Statement(ONE_LAYER <= 1, conditions)
                prove("curvature_bound", statement, (narrow,), direction=V, by=t)


def test_the_target_needs_to_exist_at_its_entries_alone() -> None:
    target = function((p, q), chain(W, 1, L, p, q, d))
    assert context_of(()).require_defined(sharpness(matrices(X, d), H, L, target)) is None
    wider = function((p, q), chain(W, 1, L, p + 1, q, d))
    with pytest.raises(Refused):
        context_of(()).require_defined(sharpness(matrices(X, d), H, L, wider))


# --- the language ----------------------------------------------------------------------------


def test_shapes_that_are_refused() -> None:
    for build in (
        lambda: chain(T, 1, n, a, b, d),
        lambda: chain(X, 1, n, a, b, d),
        lambda: chain(x, 1, n, a, b, d),
        lambda: matrices(W, d),
        lambda: hessian(matrices(X, d), 1, 1, 1, 1),
    ):
        with pytest.raises(StatementError):
            build()


def test_printing_and_certificates_keep_the_term() -> None:
    layers = function((l, p, q), X[h, l, p, q])
    for term in (chain(W, 1, L, a, b, d), Sum(chain(layers, 1, L, a, b, d), (h, 1, H))):
        assert decode(encode(term)) is term
    assert repr(chain(W, 1, L, a, b, d)) == "chain(W, 1, L, a, b, d)"
    assert repr(sharpness(matrices(X, d), sigma=T)) == "sharpness(matrices(X, d), sigma=T)"
