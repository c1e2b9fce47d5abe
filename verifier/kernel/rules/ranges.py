"""What follows for sums and products over a range from what holds for their members."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused, constant, unique_index
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import context_with, require_equal
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import INTEGER, Apply, Symbol, Term


@rule
def summation(
    statement: Statement,
    premises: tuple[Proved, ...],
    index: Symbol,
    strict_at: tuple[Term, ...] = (),
) -> None:
    """Relations between members add up to the relation between their sums.

    The first premise relates the members at `index`, given that the index is in the range.  For a
    strict relation of the sums, either the members' is strict and the range is not empty, or a
    second premise shows that it is strict at one place `strict_at` of the range.  Sound because
    finitely many relations of one direction may be added.
    """
    member, *at_one_place = premises
    lhs, rhs, lower, upper = _members(statement, member, index, "Sum")
    claim = member.statement.claim
    context = context_with(statement, tuple(at_one_place))
    context.require_defined(statement.claim)
    weak = {"<": "<=", ">": ">="}
    op = statement.claim.op
    if op in ("==", "<=", ">="):
        if claim.op not in (op, "==") and weak.get(claim.op) != op:
            raise Refused(f"the members are related by {claim.op}, not {op}")
        return
    if op not in weak:
        raise Refused(f"sums cannot be compared by {op}")
    if claim.op == op:
        if not signs.only(_difference(context, upper, lower), signs.NONNEGATIVE):
            raise Refused("the range may be empty")
        return
    if claim.op not in (weak[op], "==") or len(strict_at) != 1 or len(at_one_place) != 1:
        raise Refused("a strict relation of sums needs one place where it is strict")
    (place,) = strict_at
    require_place(context, place, lower, upper)
    expected = type(claim)(op, substitute(lhs, {index: place}), substitute(rhs, {index: place}))
    if at_one_place[0].statement.claim is not expected:
        raise Refused(f"the second premise must show {expected!r}")


@rule
def multiplication(statement: Statement, premises: tuple[Proved, ...], index: Symbol) -> None:
    """Relations between members multiply up to the relation between their products.

    The first premise relates the members at `index`, given that the index is in the range; for
    equality, or for <= or >= where the smaller members are known not to be negative.  Sound because
    a <= b and c <= d give a*c <= b*c <= b*d for a, b, c, d >= 0, and an empty product is 1.
    """
    member, *others = premises
    lhs, rhs, lower, upper = _members(statement, member, index, "Product")
    context = context_with(statement, tuple(others))
    context.require_defined(statement.claim)
    op, known = statement.claim.op, member.statement.claim.op
    if op == known == "==":
        return
    if op not in ("<=", ">=") or known not in ("==", op, op.rstrip("=")):
        raise Refused(f"members related by {known} do not relate products by {op}")
    if not signs.only(
        member_sign(context, lhs if op == "<=" else rhs, index, lower, upper), signs.NONNEGATIVE
    ):
        raise Refused("the smaller members may be negative")


def _members(
    statement: Statement, member: Proved, index: Symbol, head: str
) -> tuple[Term, Term, Term, Term]:
    """The members of both sides at the index, which the premise relates, and their range."""
    left, right = _range_of(statement.claim.lhs), _range_of(statement.claim.rhs)
    if (left[0], *left[3:]) != (head, *right[3:]) or right[0] != head:
        raise Refused(f"both sides must be a {head} over one range")
    _, left_body, left_index, lower, upper = left
    _, right_body, right_index, *_ = right
    if index.domain is not INTEGER or index.arity:
        raise Refused(f"{index} must be a plain integer variable, to be any place of the range")
    if any(index in relation.free for relation in (statement.claim, *statement.given)):
        raise Refused(f"{index} is not free to be any place of the range")
    lhs = substitute(left_body, {left_index: index})
    rhs = substitute(right_body, {right_index: index})
    claim = member.statement.claim
    if claim.lhs is not lhs or claim.rhs is not rhs:
        raise Refused(f"the premise must relate {lhs!r} and {rhs!r}")
    allowed = {*statement.given, lower <= index, index <= upper, index >= lower, upper >= index}
    missing = set(member.statement.given) - allowed
    if missing:
        raise Refused(f"the premise needs more than is given: {', '.join(map(repr, missing))}")
    return lhs, rhs, lower, upper


def member_sign(context: Context, body: Term, index: Symbol, lower: Term, upper: Term) -> int:
    """The signs that a term can have where its index is any place of a range."""
    own = unique_index()
    inside = context.within(own, context.normal(lower), context.normal(upper))
    return inside.sign(inside.normal(substitute(body, {index: own})))


def require_place(context: Context, place: Term, lower: Term, upper: Term) -> None:
    """Refuse unless the place is known to be an integer of the range."""
    if not context.is_integer(context.normal(place)):
        raise Refused(f"{place!r} is not known to be an integer")
    for gap in (_difference(context, place, lower), _difference(context, upper, place)):
        if not signs.only(gap, signs.NONNEGATIVE):
            raise Refused(f"{place!r} is not known to lie in the range")


def _difference(context: Context, a: Term, b: Term) -> int:
    return context.sign(context.normal(a) - context.normal(b))


def _range_of(term: Term) -> tuple[str, Term, Symbol, Term, Term]:
    if not isinstance(term, Apply) or term.head not in ("Sum", "Product"):
        raise Refused(f"{term!r} is no sum or product over a range")
    body, index, lower, upper = term.args
    return term.head, body, index, lower, upper


@rule
def split_range(statement: Statement, premises: tuple[Proved, ...], at: Term) -> None:
    """A sum (product) over a range is that up to a place plus (times) that after it.

    The claim is `Sum(f, (i, a, b)) == Sum(f, (i, a, at)) + Sum(f, (i, at + 1, b))`, with a place
    from a - 1 to b; each part may be empty.  Sound because the integers of the range are divided
    in two.
    """
    head, body, index, lower, upper = _range_of(statement.claim.lhs)
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    if statement.claim.op != "==":
        raise Refused("a range is split by an equality")
    first = Apply(head, body, index, lower, at)
    second = Apply(head, body, index, at + 1, upper)
    parts = first + second if head == "Sum" else first * second
    require_equal(context, parts, statement.claim.rhs)
    require_place(context, at, lower - 1, upper)


@rule
def exchange(statement: Statement, premises: tuple[Proved, ...], order: tuple[int, ...]) -> None:
    """Nested sums may be taken in any order in which no range depends on an index inside it.

    The left side is written as nested sums, the outermost first; `order` lists their positions,
    from 0 on, as they are nested on the right.  Sound because both sides add up the same numbers:
    one for each choice of all indices that lies in all ranges.
    """
    if statement.claim.op != "==" or sorted(order) != list(range(len(order))):
        raise Refused("the claim must equate sums, the order be one of their positions")
    context = context_with(statement, premises)
    body, ranges = statement.claim.lhs, []
    for _ in order:
        if not isinstance(body, Apply) or body.head != "Sum":
            raise Refused(f"{body!r} is no sum")
        body, *own = body.args
        ranges.append(own)
    indices = [index for index, *_ in ranges]
    if len(set(indices)) < len(indices):
        raise Refused("two ranges have one index")
    for nesting in (range(len(order)), order):
        for depth, position in enumerate(nesting):
            inside = {indices[other] for other in nesting[depth:]}
            if any(end.free & inside for end in ranges[position][1:]):
                raise Refused("a range depends on its own index or on one inside it")
    exchanged = body
    for position in reversed(order):
        exchanged = Apply("Sum", exchanged, *ranges[position])
    for relation in (statement.claim, statement.claim.lhs == exchanged):
        context.require_defined(relation)
    require_equal(context, exchanged, statement.claim.rhs)


@rule
def cauchy_schwarz(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """(sum of a*b)**2 <= (sum of a**2) * (sum of b**2), sums nested to any depth over one range.

    The left side must be written as the square of a sum whose innermost body is a product a*b.
    Sound because sum over all pairs of (a_i b_j - a_j b_i)**2 is not negative.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    lhs = statement.claim.lhs
    two = constant(fmpq(2))
    if not (
        statement.claim.op == "<="
        and isinstance(lhs, Apply)
        and lhs.head == "**"
        and context.normal(lhs.args[1]) == two
    ):
        raise Refused("the claim must be Sum(a*b)**2 <= ...")
    squares = _squared(lhs.args[0], 0), _squared(lhs.args[0], 1)
    require_equal(context, squares[0] * squares[1], statement.claim.rhs)


def _squared(term: Term, which: int) -> Term:
    if isinstance(term, Apply) and term.head == "Sum":
        return Apply("Sum", _squared(term.args[0], which), *term.args[1:])
    if isinstance(term, Apply) and term.head == "*":
        return term.args[which] ** 2
    raise Refused(f"{term!r} is no sum of products a*b")


__all__ = [
    "cauchy_schwarz",
    "exchange",
    "member_sign",
    "multiplication",
    "require_place",
    "split_range",
    "summation",
]
