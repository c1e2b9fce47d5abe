"""Proof by induction over an integer variable, from its least value on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused, number_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number, Symbol

Search = Callable[[Statement], Proved]
SKIPPED = (0, 1, 3)


def search(statement: Statement, prove_part: Search) -> Proved:
    """A proof by the rule `induction`; `prove_part` proves its bases and its step.

    Where the step only holds from a later value on, the values before it are proved one by one.

    Raises:
        Refused: no integer variable will do.
    """
    for variable, start in candidates(statement):
        for skipped in SKIPPED:
            try:
                return _after(statement, variable, start, skipped, prove_part)
            except Refused:
                continue
    raise Refused("no induction succeeds")


def _after(
    statement: Statement, variable: Symbol, start: Number, skipped: int, prove_part: Search
) -> Proved:
    """By induction from `start + skipped` on; the values before are cases."""
    if not skipped:
        return _by_induction(statement, variable, start, prove_part)
    at, later = variable == start, variable >= Number(start.value + 1)
    first = Statement(statement.claim, (*statement.given, at))
    others = [g for g in statement.given if variable not in g.free]
    rest = Statement(statement.claim, (*others, later))
    beyond = _after(rest, variable, Number(start.value + 1), skipped - 1, prove_part)
    elsewhere = Statement(statement.claim, (*statement.given, at.negation))
    parts = (prove_part(first), prove("instance", elsewhere, (beyond,), mapping=()))
    return prove("cases", statement, parts, on=at)


def candidates(statement: Statement) -> Iterator[tuple[Symbol, Number]]:
    """The integer variables of the claim of which just a least value is known, and that value."""
    context = context_of(statement.given)
    for symbol in statement.variables:
        if symbol.domain.integer and not symbol.arity and symbol in statement.claim.free:
            lower = context.bounds(symbol).lower
            if lower is not None and context.bounds(symbol).upper is None:
                yield symbol, number_term(lower)


def _by_induction(
    statement: Statement, variable: Symbol, start: Number, prove_part: Search
) -> Proved:
    others = [g for g in statement.given if variable not in g.free]
    base = Statement(substitute(statement.claim, {variable: start}), others)
    step = Statement(
        substitute(statement.claim, {variable: variable + 1}),
        (*others, variable >= start, statement.claim),
    )
    parts = (prove_part(base), prove_part(step))
    general = Statement(statement.claim, (*others, variable >= start))
    proof = prove("induction", general, parts, on=variable, start=start)
    return prove("instance", statement, (proof,), mapping=())
