"""Products of matrices, and what sharpness means for a network of matrices."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with, require_equal, require_no_more_given
from verifier.kernel.rules.sharpness import require_maximum
from verifier.statements.definedness import depth_of
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, function, member
from verifier.statements.terms import INTEGER, REAL, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import between, chain, diff

HALF, ONE = Number("1/2"), Number(1)


@rule
def chain_split(statement: Statement, premises: tuple[Proved, ...], at: Term) -> None:
    """A product of matrices is the product of those above a place with those up to it.

    The claim is `chain(W, m, n, a, b, d) ==
    Sum(chain(W, at + 1, n, a, c, d) * chain(W, m, at, c, b, d), (c, 1, d))`, with a place from
    m - 1 to n, where d is the width at that place; either part may be empty.  Sound because the
    multiplication of matrices is associative, and the empty product is the identity.
    """
    whole = statement.claim.lhs
    if statement.claim.op != "==" or not (isinstance(whole, Apply) and whole.head == "chain"):
        raise Refused("the claim must be chain(...) == ...")
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    layers, first, last, row, column, width = whole.args
    if not context.is_integer(context.normal(at)):
        raise Refused(f"{at!r} is not known to be an integer")
    for gap in (at - first + 1, last - at):
        if not signs.only(context.sign(context.normal(gap)), signs.NONNEGATIVE):
            raise Refused(f"{at!r} is not known to lie between the layers")
    (through,) = _indices("c", whole, at)
    above = chain(layers, at + 1, last, row, through, width)
    below = chain(layers, first, at, through, column, width)
    parts = Apply("Sum", above * below, through, ONE, depth_of(width, at))
    require_equal(context, parts, statement.claim.rhs)


@rule
def chain_recursion(
    statement: Statement,
    premises: tuple[Proved, ...],
    partial: Term,
    layer: Symbol,
    place: Symbol,
) -> None:
    """A product of matrices is what satisfies its recursion.

    The claim is `chain(W, m, n, a, b, d) == partial[n, a]` for a family of two indices and m <= n.
    Premises, for any `place` c and any `layer` l from m to n - 1: partial[m, c] == W[m, c, b], and
    partial[l + 1, c] == Sum(W[l + 1, c, e] * partial[l, e], (e, 1, d)).  Sound by induction over
    the layers: column b of the product up to layer l is partial[l, .].
    """
    whole = statement.claim.lhs
    if statement.claim.op != "==" or not (isinstance(whole, Apply) and whole.head == "chain"):
        raise Refused("the claim must be chain(...) == ...")
    layers, first, last, row, column, width = whole.args
    if member(partial, (last, row)) is not statement.claim.rhs:
        raise Refused(f"the right side must be {member(partial, (last, row))!r}")
    own = (layer, place)
    if layer is place or any(s.domain is not INTEGER or s.arity for s in own):
        raise Refused("the layer and the place must be two plain integer variables")
    terms = (whole, partial, *(side for g in statement.given for side in (g.lhs, g.rhs)))
    if any(symbol in term.free for term in terms for symbol in own):
        raise Refused(f"{layer} is not free to be any layer, or {place} any place")
    context = context_of(statement.given)
    context.require_defined(statement.claim)
    if not context.holds(first <= last):
        raise Refused("the product may be empty")
    (through,) = _indices("c", whole, partial, *own)
    step = member(layers, (layer + 1, place, through)) * member(partial, (layer, through))
    after = Apply("Sum", step, through, ONE, depth_of(width, layer))
    needed = (
        (member(layers, (first, place, column)), first, ()),
        (after, layer + 1, between(first, layer, last - 1)),
    )
    for premise, (side, at, layers_given) in zip(premises, needed, strict=True):
        expected = member(partial, (at, place)) == side
        if premise.statement.claim is not expected:
            raise Refused(f"a premise must claim {expected!r}")
        places = between(ONE, place, depth_of(width, at))
        require_no_more_given(
            Statement(expected, (*statement.given, *layers_given, *places)), (premise,)
        )


# --- the network ------------------------------------------------------------------------------


def output(w: Term, pathways: Term, depth: Term, width: Term, row: Term, column: Term) -> Term:
    """An entry of the output M: the sum over pathways of the products of their layers."""
    h, l, a, b = _indices("hlab", w, pathways, depth, width, row, column)  # noqa: E741
    layers = function((l, a, b), member(w, (h, l, a, b)))
    path = chain(layers, 1, depth_of(depth, h), row, column, width)
    return Apply("Sum", path, h, ONE, pathways)


def loss(w: Term, pathways: Term, depth: Term, target: Term, width: Term) -> Term:
    """The loss |M - target|**2 / 2 of the network with the weights w."""
    i, j = _indices("ij", w, pathways, depth, target, width)
    error = output(w, pathways, depth, width, i, j) - member(target, (i, j))
    return HALF * over_entries(error**2, i, j, width)


def over_entries(body: Term, row: Symbol, column: Symbol, width: Term) -> Term:
    """The sum of a term over all entries of a square matrix."""
    return Apply("Sum", Apply("Sum", body, column, ONE, width), row, ONE, width)


def inner(u: Term, v: Term, pathways: Term, depth: Term, width: Term) -> Term:
    """The inner product of two vectors in the space of the weights."""
    h, l, a, b = _indices("hlab", u, v, pathways, depth, width)  # noqa: E741
    summand = member(u, (h, l, a, b)) * member(v, (h, l, a, b))
    path = Apply("Sum", over_entries(summand, a, b, width), l, ONE, depth_of(depth, h))
    return Apply("Sum", path, h, ONE, pathways)


def moved(w: Term, *steps: tuple[Term, Term]) -> Term:
    """The weights w moved along directions: w + t * v + ... for steps (t, v), ..."""
    own = _indices("hlab", w, *(term for step in steps for term in step))
    place: tuple[Term, ...] = own
    body = member(w, place)
    for length, direction in steps:
        body = body + length * member(direction, place)
    return function(own, body)


def hessian_form(
    w: Term, v: Term, pathways: Term, depth: Term, target: Term, width: Term, by: Symbol
) -> Term:
    """The second derivative of the loss along v; where `by` is 0, v^T (Hessian at w) v."""
    along = loss(moved(w, (by, v)), pathways, depth, target, width)
    return diff(diff(along, by), by)


@rule
def matrix_sharpness(
    statement: Statement,
    premises: tuple[Proved, ...],
    vector: Term,
    direction: Symbol,
    by: Symbol,
) -> None:
    """The sharpness of matrices is the largest curvature of the loss along a unit direction.

    The claim is `sharpness(matrices(W, d), H, L, T) == S`.  Premises, where the real variable `by`
    is 0: for every V (the free family `direction`), form(V) <= S * |V|**2; for one `vector`,
    form == S * |vector|**2; and |vector|**2 > 0.  Sound because the form is V^T (Hessian) V, and
    the Hessian is symmetric (Rayleigh, Courant and Fischer).
    """
    claim, value = statement.claim, statement.claim.rhs
    if claim.op != "==":
        raise Refused("the claim must be sharpness(matrices(W, d), H, L, T) == S")
    w, pathways, depth, target, width = _network(claim.lhs)
    _require_any_direction(statement, premises, direction, by)
    if by in vector.free:
        raise Refused(f"the vector depends on {by}")

    def form(v: Term) -> Term:
        return hessian_form(w, v, pathways, depth, target, width, by)

    def norm(v: Term) -> Term:
        return inner(v, v, pathways, depth, width)

    require_maximum(premises, value, form, norm, direction, vector)


@rule
def curvature_bound(
    statement: Statement, premises: tuple[Proved, ...], direction: Symbol, by: Symbol
) -> None:
    """The sharpness of matrices is at most what bounds the curvature along any unit direction.

    The claim is `sharpness(matrices(W, d), H, L, T) <= S`.  The premise, where the real variable
    `by` is 0: for every V (the free family `direction`), form(V) <= S * |V|**2.  Sound because the
    form is V^T (Hessian) V there, and the largest eigenvalue is its value at a unit vector.
    """
    (premise,) = premises
    claim = statement.claim
    if claim.op != "<=":
        raise Refused("the claim must be sharpness(matrices(W, d), H, L, T) <= S")
    w, pathways, depth, target, width = _network(claim.lhs)
    _require_any_direction(statement, premises, direction, by)
    form = hessian_form(w, direction, pathways, depth, target, width, by)
    square = inner(direction, direction, pathways, depth, width)
    expected = Relation("<=", form, claim.rhs * square)
    if premise.statement.claim is not expected:
        raise Refused(f"the premise must claim {expected!r}")


@rule
def curvature(statement: Statement, premises: tuple[Proved, ...], vector: Term, by: Symbol) -> None:
    """The loss of matrices is along no direction more curved than the sharpness says.

    The claim is form(V) <= sharpness(matrices(W, d), H, L, T) * |V|**2 for one `vector` V, where
    the real variable `by` is given to be 0.  Sound because the form is V^T (Hessian) V
    there, and the Hessian is symmetric, with no eigenvalue beyond the largest.
    """
    claim = statement.claim
    right = claim.rhs
    if not (claim.op == "<=" and isinstance(right, Apply) and right.head == "*"):
        raise Refused("the claim must be form(V) <= sharpness * |V|**2")
    value = right.args[0]
    w, pathways, depth, target, width = _network(value)
    if by.domain is not REAL or by.arity or by in value.free | vector.free:
        raise Refused(f"{by} must be a real variable on which nothing else depends")
    if Relation("==", by, 0) not in statement.given:
        raise Refused(f"it is not given that {by} is 0")
    context_with(statement, premises).require_defined(claim)
    form = hessian_form(w, vector, pathways, depth, target, width, by)
    if claim is not Relation("<=", form, value * inner(vector, vector, pathways, depth, width)):
        raise Refused(f"the claim must be {form!r} <= sharpness * |V|**2")


def _network(value: Term) -> tuple[Term, ...]:
    """The weights, pathways, depth, target and width of the matrices whose sharpness this is."""
    if not (isinstance(value, Apply) and value.head == "sharpness"):
        raise Refused(f"{value!r} is no sharpness")
    place, pathways, depth, target = value.args
    if place.head != "matrices":
        raise Refused(f"{place!r} is no network of matrices")
    w, width = place.args
    return w, pathways, depth, target, width


def _require_any_direction(
    statement: Statement, premises: tuple[Proved, ...], direction: Symbol, by: Symbol
) -> None:
    """Refuse unless the premises speak of any direction, and of a step `by` that is 0."""
    if direction.domain is not REAL or direction.arity != 4:
        raise Refused("the direction must be a family of real variables with four indices")
    if by.domain is not REAL or by.arity:
        raise Refused(f"{by} must be a real variable")
    relations = (statement.claim, *statement.given)
    if any(symbol in r.free for r in relations for symbol in (direction, by)):
        raise Refused(f"{direction} is not free to be any vector, or {by} not any number")
    require_no_more_given(Statement(statement.claim, (*statement.given, by == 0)), premises)
    context_of(statement.given).require_defined(statement.claim)


def _indices(letters: str, *terms: Term) -> tuple[Symbol, ...]:
    names = {s.name for term in terms for s in term.free}
    found = []
    for letter in letters:
        symbol = Symbol(letter, INTEGER)
        found.append(fresh(symbol, names) if letter in names else symbol)
    return tuple(found)


__all__ = [
    "chain_recursion", "chain_split", "curvature", "curvature_bound", "hessian_form",
    "inner", "loss", "matrix_sharpness", "moved", "output", "over_entries",
]  # fmt: skip
