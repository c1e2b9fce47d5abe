"""Proof by cases: the sign inside |x|, Min, Max and brackets; a variable at its edge or beyond."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused, number_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Relation, Symbol, Term, subterms

Search = Callable[[Statement], Proved]


def search(statement: Statement, prove_part: Search) -> Proved:
    """A proof by the rule `cases`, by the first distinction that helps.

    Raises:
        Refused: no distinction helps.
    """
    for case in distinctions(statement):
        try:
            return _by_cases(statement, case, prove_part)
        except Refused:
            continue
    raise Refused("no distinction of cases helps")


def _by_cases(statement: Statement, case: Relation, prove_part: Search) -> Proved:
    parts = tuple(
        prove_part(Statement(statement.claim, (*statement.given, c))) for c in (case, case.negation)
    )
    return prove("cases", statement, parts, on=case)


def distinctions(statement: Statement) -> Iterator[Relation]:
    """Relations worth distinguishing: the sign inside |x|, Min, Max; a variable at its edge."""
    seen: set[Relation] = set(statement.given) | {g.negation for g in statement.given}
    for case in _distinctions(statement):
        if case not in seen:
            seen |= {case, case.negation}
            yield case


def _distinctions(statement: Statement) -> Iterator[Relation]:
    for node in subterms(statement.claim):
        if isinstance(node, Apply) and not _has_bound_symbol(node, statement):
            if node.head == "Abs":
                yield node.args[0] >= 0
            elif node.head in ("Min", "Max"):
                yield node.args[0] <= node.args[1]
            elif node.head == "Iverson":
                yield node.args[0]
            elif node.head == "sharpness" and not _is_family(node.args[2]):
                yield node.args[2] >= 2
    context = context_of(statement.given)
    for symbol in statement.variables:
        lower = context.bounds(symbol).lower
        if symbol.arity == 0 and symbol.domain.integer and lower is not None:
            yield Relation("==", symbol, int(lower.ceil()))
        elif symbol.arity == 0 and lower is not None and not context.bounds(symbol).lower_strict:
            yield Relation("==", symbol, number_term(lower))
        elif symbol.arity == 0 and lower is None:
            yield symbol >= 0
            if symbol.domain.integer:
                yield symbol >= 1


def _has_bound_symbol(node: Apply, statement: Statement) -> bool:
    return not node.free <= set(statement.variables)


def _is_family(depth: Term) -> bool:
    return isinstance(depth, Symbol) and depth.arity > 0
