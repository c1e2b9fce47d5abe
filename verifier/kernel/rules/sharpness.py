"""What `sharpness` means: the largest eigenvalue of the Hessian of the loss, at given weights."""

from __future__ import annotations

from collections.abc import Callable

from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with, require_no_more_given
from verifier.statements.definedness import depth_of
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, function, member
from verifier.statements.terms import INTEGER, REAL, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import diff

HALF = Number("1/2")


def _indices(*terms: Term) -> tuple[Symbol, ...]:
    names = {s.name for t in terms for s in t.free}
    found = []
    for name in ("h", "l", "i", "j"):
        symbol = Symbol(name, INTEGER)
        found.append(fresh(symbol, names) if name in names else symbol)
    return tuple(found)


def over_weights(body: Term, h: Symbol, l: Symbol, pathways: Term, depth: Term) -> Term:  # noqa: E741
    """The sum of a term over all weights (h, l)."""
    inner = Apply("Sum", body, l, Number(1), depth_of(depth, h))
    return Apply("Sum", inner, h, Number(1), pathways)


def output(w: Term, pathways: Term, depth: Term) -> Term:
    """The output f of the network: the sum over pathways of the product of the weights."""
    h, l, *_ = _indices(w, pathways, depth)  # noqa: E741
    product = Apply("Product", member(w, (h, l)), l, Number(1), depth_of(depth, h))
    return Apply("Sum", product, h, Number(1), pathways)


def loss(w: Term, pathways: Term, depth: Term, target: Term) -> Term:
    """The loss (f - target)**2 / 2 of the network with the weights w."""
    return HALF * (output(w, pathways, depth) - target) ** 2


def hessian_form(allocation: Term, v: Term, pathways: Term, depth: Term, target: Term) -> Term:
    """The quadratic form v^T (Hessian of the loss) v at an allocation.

    `v` is a family or a lambda of two indices.
    """
    h, l, i, j = _indices(allocation, v, pathways, depth, target)  # noqa: E741
    entry = Apply("hessian", allocation, pathways, depth, target, h, l, i, j)
    summand = entry * member(v, (h, l)) * member(v, (i, j))
    inner = over_weights(summand, i, j, pathways, depth)
    return over_weights(inner, h, l, pathways, depth)


def squared_norm(v: Term, pathways: Term, depth: Term) -> Term:
    """The squared Euclidean norm of a vector in the space of the weights."""
    h, l, *_ = _indices(v, pathways, depth)  # noqa: E741
    return over_weights(member(v, (h, l)) ** 2, h, l, pathways, depth)


def allocation_weights(allocation: Apply, pathways: Term, depth: Term, target: Term) -> Term:
    """The weights at an allocation, as a lambda (h, l) -> weight of layer l of pathway h.

    Every layer of a pathway carries the depth-th root of the pathway's share.
    """
    if allocation.head == "weights":
        return allocation.args[0]
    h, l, *_ = _indices(allocation, pathways, depth, target)  # noqa: E741
    share: Term
    if allocation.head == "balanced":
        share = target / pathways
    elif allocation.head in ("single_path", "shared"):
        active = Number(1) if allocation.head == "single_path" else allocation.args[0]
        share = target / active * Apply("Iverson", Relation("<=", h, active))
    else:
        share = member(allocation.args[0], (h,))
    return function((h, l), share ** (1 / depth_of(depth, h)))


@rule
def allocation(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """Sharpness at two descriptions of the same weights is the same: the definition.

    The claim is `sharpness(A) == sharpness(B)`, where A and B have the same weights, term by term;
    B may be `weights(lambda h, l: ...)` itself.
    """
    context_with(statement, premises).require_defined(statement.claim)
    claim = statement.claim
    if claim.op != "==" or not (_is_sharpness(claim.lhs) and _is_sharpness(claim.rhs)):
        raise Refused("the claim must equate two sharpnesses")
    first, *setting = claim.lhs.args  # type: ignore[attr-defined]
    second, *other_setting = claim.rhs.args  # type: ignore[attr-defined]
    ours, theirs = allocation_weights(first, *setting), allocation_weights(second, *setting)
    if setting != other_setting or ours is not theirs:
        raise Refused(f"the weights at {first!r} are {ours!r}, those at {second!r} {theirs!r}")


@rule
def hessian_entry(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """An entry of the Hessian is the second derivative of the loss: the definition.

    The claim is `hessian(weights(w), h, l, i, j) == diff(diff(loss, w[h, l]), w[i, j])`, for a free
    family w of real weights.
    """
    context_with(statement, premises).require_defined(statement.claim)
    entry, derivative = statement.claim.lhs, statement.claim.rhs
    if statement.claim.op != "==" or not (isinstance(entry, Apply) and entry.head == "hessian"):
        raise Refused("the claim must be hessian(weights(w), h, l, i, j) == ...")
    place, pathways, depth, target, h, l, i, j = entry.args  # noqa: E741
    w = place.args[0] if place.head == "weights" else None
    if not isinstance(w, Symbol) or w.domain is not REAL:
        raise Refused("the weights must be a family of real variables")
    if any(w in term.free for term in entry.args[1:]):
        raise Refused(f"the setting depends on {w}")
    expected = diff(diff(loss(w, pathways, depth, target), w[h, l]), w[i, j])
    if derivative is not expected:
        raise Refused(f"the entry is {expected!r}")


@rule
def largest_eigenvalue(
    statement: Statement, premises: tuple[Proved, ...], vector: Term, direction: Symbol
) -> None:
    """The sharpness is the largest value of the Hessian's form on vectors of norm one.

    The claim is `sharpness(allocation, H, L, sigma) == S`.  Premises: for every vector v (the free
    family `direction`), form(v) <= S * |v|**2; for one `vector`, form == S * |vector|**2; and
    |vector|**2 > 0.  Sound because the Hessian is symmetric (Rayleigh, Courant and Fischer).
    """
    claim = statement.claim
    if claim.op != "==" or not _is_sharpness(claim.lhs):
        raise Refused("the claim must be sharpness(allocation) == S")
    place, pathways, depth, target = claim.lhs.args  # type: ignore[attr-defined]
    if direction.domain is not REAL or direction.arity != 2:
        raise Refused("the direction must be a family of real variables with two indices")
    if any(direction in r.free for r in (claim, *statement.given)):
        raise Refused(f"{direction} is not free to be any vector")
    require_no_more_given(statement, premises)
    context_of(statement.given).require_defined(claim)

    def form(v: Term) -> Term:
        return hessian_form(place, v, pathways, depth, target)

    def norm(v: Term) -> Term:
        return squared_norm(v, pathways, depth)

    require_maximum(premises, claim.rhs, form, norm, direction, vector)


def require_maximum(
    premises: tuple[Proved, ...],
    value: Term,
    form: Callable[[Term], Term],
    norm: Callable[[Term], Term],
    direction: Symbol,
    vector: Term,
) -> None:
    """Refuse unless the premises claim that a value is the largest of a form on unit vectors.

    They are form(direction) <= value * norm(direction), equality at the vector, norm(vector) > 0.
    """
    bound, attained, nonzero = premises
    needed = (
        (bound, Relation("<=", form(direction), value * norm(direction))),
        (attained, Relation("==", form(vector), value * norm(vector))),
        (nonzero, Relation(">", norm(vector), Number(0))),
    )
    for premise, expected in needed:
        if premise.statement.claim is not expected:
            raise Refused(f"a premise must claim {expected!r}")


def _is_sharpness(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "sharpness"


__all__ = [
    "allocation",
    "allocation_weights",
    "hessian_entry",
    "hessian_form",
    "largest_eigenvalue",
    "loss",
    "output",
    "over_weights",
    "require_maximum",
    "squared_norm",
]
