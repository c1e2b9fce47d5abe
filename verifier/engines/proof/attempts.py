"""Attempts to prove a lemma under what a statement gives."""

from __future__ import annotations

from collections.abc import Callable

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation

#: Proves something under what the statement gives, or raises `Refused`.
Attempt = Callable[[Statement], Proved]


def either(*attempts: Attempt) -> Attempt:
    """The first that succeeds."""

    def attempt(statement: Statement) -> Proved:
        for each in attempts:
            try:
                return each(statement)
            except Refused:
                continue
        raise Refused("none of them holds here")

    return attempt


def by(rule: str, relation: Relation, **arguments: object) -> Attempt:
    """A relation by a rule of the kernel, without premises."""

    def attempt(statement: Statement) -> Proved:
        return prove(rule, Statement(relation, statement.given), (), **arguments)  # type: ignore

    return attempt


__all__ = ["Attempt", "by", "either"]
