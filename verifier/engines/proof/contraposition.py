"""Proof by contraposition: the negated claim contradicts something that is given."""

from __future__ import annotations

from collections.abc import Callable

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement


def search(statement: Statement, prove_part: Callable[[Statement], Proved]) -> Proved:
    """A proof by the rule `contraposition`, from the first given relation that will do.

    Raises:
        Refused: no relation that is given is seen to be contradicted.
    """
    claim = statement.claim
    for relation in statement.given:
        others = [g for g in statement.given if g is not relation]
        related = bool(relation.free & claim.free)
        given = (*others, claim.negation) if related else tuple(others)
        try:
            part = prove_part(Statement(relation.negation, given))
            return prove("contraposition", statement, (part,))
        except Refused:
            continue
    raise Refused("the negated claim is not seen to contradict what is given")
