"""Proof by citation: a shipped theorem states the claim already, for more general values.

The claim is matched with each claim of the theorems; the kernel decides whether it is an instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice

from verifier.engines.proof.matching import Values, match
from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation

ATTEMPTS = 20  # of one claim, for what is given
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def search(statement: Statement) -> Proved:
    """A proof by the rule `instance`, of a claim of a shipped theorem.

    Raises:
        Refused: no theorem is seen to state it.
    """
    claim = statement.claim
    for stated in dict.fromkeys((claim, Relation(MIRRORED[claim.op], claim.rhs, claim.lhs))):
        for label, name, general in _stated().get(_shape(stated), ()):
            for found in _instances(Statement(stated, statement.given), label, name, general):
                if found.statement.claim is claim:
                    return found
                with suppress(Refused):  # up to the names of indices, and the order of the sides
                    return prove("arithmetic", statement, (found,))
    raise Refused("no theorem states it")


def _instances(statement: Statement, label: str, name: str, general: Statement) -> Iterator[Proved]:
    from verifier.library import lemma

    values = match(general.claim, statement.claim)
    if values is None:
        return
    for candidate in islice(_given(general.given, statement.given, values), ATTEMPTS):
        mapping = tuple((symbol, term) for symbol, term in candidate.items() if symbol is not term)
        claim = substitute(general.claim, dict(mapping))
        try:
            own = Statement(claim, statement.given)
            yield prove("instance", own, (lemma(label, name),), mapping=mapping)
        except (Refused, StatementError):
            continue


def _given(
    conditions: tuple[Relation, ...], given: tuple[Relation, ...], values: Values
) -> Iterator[Values]:
    """What more the variables can stand for, of which the claim does not speak."""
    unknown = [c for c in conditions if c.free - values.keys()]
    if not unknown:
        yield values
        return
    first, *others = unknown
    for relation in given:
        found = match(first, relation, values)
        if found is not None:
            yield from _given(tuple(others), given, found)


@lru_cache
def _stated() -> Mapping[tuple[str, ...], tuple[tuple[str, str, Statement], ...]]:
    """The claims of the shipped theorems by their shape: label, name, statement."""
    from verifier.library import labels, shipped

    found: dict[tuple[str, ...], list[tuple[str, str, Statement]]] = {}
    for label in labels():
        for name, general in shipped(label).statements().items():
            if any(isinstance(side, Apply) for side in (general.claim.lhs, general.claim.rhs)):
                found.setdefault(_shape(general.claim), []).append((label, name, general))
    return {shape: tuple(claims) for shape, claims in found.items()}


def _shape(relation: Relation) -> tuple[str, ...]:
    """What a relation and its instances have in common, where no side is a variable."""
    sides = (relation.lhs, relation.rhs)
    return relation.op, *(side.head if isinstance(side, Apply) else "" for side in sides)


__all__ = ["search"]
