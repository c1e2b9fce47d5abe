"""The search for a proof: every method, then exhaustion, induction, and cases told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from verifier.engines import calculation, exhaustion, induction, means, tangents
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused, number_term
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Relation, Symbol, Term, subterms

Method = Callable[[Statement], Proved]

#: The methods, cheapest first; each returns a proof or raises `Refused`.
METHODS: tuple[Method, ...] = (calculation.search, means.search, tangents.search)
MAX_CASES = 3
SECONDS = 10.0


def search(statement: Statement, splits: int = MAX_CASES, deadline: float | None = None) -> Proved:
    """A proof of the statement.

    Raises:
        Refused: no method finds one in time; the message is that of the first method.
    """
    deadline = monotonic() + SECONDS if deadline is None else deadline
    if monotonic() > deadline:
        raise Refused("no proof was found in time")
    reasons: list[Refused] = []
    for method in METHODS:
        try:
            return method(statement)
        except Refused as refusal:
            reasons.append(refusal)
    if splits:
        try:
            return exhaustion.search(statement, lambda part: search(part, splits - 1, deadline))
        except Refused:
            pass
    if splits == MAX_CASES:
        try:
            return induction.search(statement, lambda part: search(part, splits - 1, deadline))
        except Refused:
            pass
    if splits:
        for case in distinctions(statement):
            try:
                return _by_cases(statement, case, splits - 1, deadline)
            except Refused:
                continue
    raise reasons[0]


def _by_cases(statement: Statement, case: Relation, splits: int, deadline: float) -> Proved:
    parts = tuple(
        search(Statement(statement.claim, (*statement.given, c)), splits, deadline)
        for c in (case, case.negation)
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
