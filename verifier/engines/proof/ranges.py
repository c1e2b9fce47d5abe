"""What holds of sums and products over ranges: splits, Cauchy-Schwarz, and the mean of members."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from verifier.engines.proof.attempts import Attempt, by
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Poly
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term, subterms

MAX_MEMBERS = 8  # of a range of literal bounds
ONE = Number(1)
X = Symbol("x_", REAL)


def attempts(difference: Poly, statement: Statement) -> Iterator[Attempt]:
    """Lemmas for the sums in the difference of a claim's sides, and for all products."""
    yield from _of_sums(difference)
    yield from _of_products(statement)


def _of_sums(difference: Poly) -> Iterator[Attempt]:
    """Sums of one body, split; Cauchy-Schwarz for each, a factor being one if there is no other."""
    bases = dict.fromkeys(base for monomial in difference.terms for base, _ in monomial)
    sums = [b for b in sorted(bases, key=repr) if isinstance(b, Apply) and b.head == "Sum"]
    for whole, part in permutations(sums, 2):
        yield from _split(whole, part)
    for base in sums:
        body, *bounds = base.args
        halves = [(body, ONE)]
        if isinstance(body, Apply) and body.head == "*":
            halves.append((body.args[0], body.args[1]))
        for a, b in halves:
            squares = Apply("Sum", a**2, *bounds) * Apply("Sum", b**2, *bounds)
            yield by("cauchy_schwarz", Apply("Sum", Apply("*", a, b), *bounds) ** 2 <= squares)


def _split(whole: Apply, part: Apply) -> Iterator[Attempt]:
    """A sum as that over its first part, if the other sum is one, and the rest."""
    body, index, lower, upper = whole.args
    if part.args[:3] == (body, index, lower):
        at = part.args[3]
        rest = Apply("Sum", body, index, at + 1, upper)
        yield by("split_range", Relation("==", whole, part + rest), at=at)


def _of_products(statement: Statement) -> Iterator[Attempt]:
    """The mean of the members of a product, or of their squares, is at least the geometric one."""
    nodes = (n for r in (statement.claim, *statement.given) for n in subterms(r))
    products = (n for n in nodes if isinstance(n, Apply) and n.head == "Product")
    for node in dict.fromkeys(products):
        body, *bounds = node.args
        if not node.free <= set(statement.variables) or not node.free or _is_long(*bounds):
            continue  # it has an index from outside, is a number, or would be written out
        for value in (body, body**2):
            yield _mean_of_range(value, bounds, power=False)
            yield _mean_of_range(value, bounds, power=True)


def _is_long(index: Term, lower: Term, upper: Term) -> bool:
    """Whether a range of literal bounds has many members."""
    length = context_of(()).normal(upper - lower).constant
    return length is not None and length >= MAX_MEMBERS


def _mean_of_range(value: Term, bounds: list[Term], power: bool) -> Attempt:
    """n * Product(a)**(1/n) <= Sum(a), or the n-th power of both sides over n."""
    _, lower, upper = bounds
    number = upper - lower + 1
    weights, total = Apply("Sum", ONE, *bounds), Apply("Sum", value, *bounds)
    arithmetic, geometric = total / number, Apply("Product", value, *bounds) ** (1 / number)

    def attempt(statement: Statement) -> Proved:
        given = statement.given
        whole = Statement(total >= number * geometric, given)
        found = prove("am_gm_range", whole, (), weights=weights, values=total)
        if not power:
            return found
        mean = Statement(geometric <= arithmetic, given)
        below = prove("combination", mean, (found,), multipliers=(1 / number,))
        raised = Statement(Relation("<=", geometric**number, arithmetic**number), given)
        return prove("monotone", raised, (below,), by=X**number)

    return attempt


__all__ = ["attempts"]
