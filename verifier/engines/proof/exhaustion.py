"""Proof by exhaustion: an integer variable that can have only a few values."""

from __future__ import annotations

from collections.abc import Callable

from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Number, Symbol

MAX_VALUES = 64


def search(statement: Statement, prove_part: Callable[[Statement], Proved]) -> Proved:
    """A proof by the rule `exhaustion` over the first variable with few values.

    Raises:
        Refused: there is no such variable, or a value at which no proof is found.
    """
    for variable in statement.variables:
        values = few_values(statement, variable)
        if values is not None:
            parts = tuple(prove_part(_at(statement, variable, value)) for value in values)
            return prove("exhaustion", statement, parts, on=variable)
    raise Refused("no variable has only a few values")


def few_values(statement: Statement, variable: Symbol) -> range | None:
    """The values that a bounded integer variable can have, if they are few."""
    if not variable.domain.integer or variable.arity:
        return None
    bounds = context_of(statement.given).bounds(variable)
    if bounds.lower is None or bounds.upper is None:
        return None
    first, last = int(bounds.lower.ceil()), int(bounds.upper.floor())
    return range(first, last + 1) if last - first < MAX_VALUES else None


def _at(statement: Statement, variable: Symbol, value: int) -> Statement:
    at = {variable: Number(value)}
    return Statement(substitute(statement.claim, at), [substitute(g, at) for g in statement.given])
