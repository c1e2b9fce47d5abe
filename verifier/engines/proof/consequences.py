"""Proof by consequences: what a shipped theorem concludes from what is given, beside the claim.

A theorem whose condition is given, such as that shares sum to the target, says something of these
shares; the claim is then proved with that given as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from verifier.engines.proof.calculation import sharpness_nodes
from verifier.engines.proof.citation import MIRRORED
from verifier.engines.proof.matching import Values, match
from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, subterms

MAX_FACTS = 4


def search(statement: Statement, prove_part: Callable[[Statement], Proved]) -> Proved:
    """A proof of the claim where one consequence is given too, and of that consequence.

    Raises:
        Refused: no theorem concludes anything that helps.
    """
    for fact in islice(facts(statement), MAX_FACTS):
        try:
            part = prove_part(Statement(statement.claim, (*statement.given, fact.statement.claim)))
            return prove("instance", statement, (part, fact), mapping=())
        except Refused:
            continue
    raise Refused("nothing that theorems conclude from what is given helps")


def facts(statement: Statement) -> Iterator[Proved]:
    """Inequalities that hold for what is given; those of what the claim speaks of come first."""
    given = {r for g in statement.given for r in (g, Relation(MIRRORED[g.op], g.rhs, g.lhs))}
    known = {*given, statement.claim}
    spoken = _allocations(statement.claim)
    for label, name, general, conditions in sorted(
        _theorems(), key=lambda entry: -len(spoken & _allocations(entry[2].claim))
    ):
        for values in _values(general, conditions, given, statement):
            fact = _instance(label, name, general, values, statement)
            if fact is not None and fact.statement.claim not in known:
                known.add(fact.statement.claim)
                yield fact


def _values(
    general: Statement, conditions: tuple[Relation, ...], given: set[Relation], statement: Statement
) -> Iterator[Values]:
    """What the variables of a theorem stand for, where one of its conditions is given."""
    for condition in conditions:
        for relation in sorted(given, key=repr):
            values = match(condition, relation, {}, {})
            if values is not None:
                yield from _completed(general, values, statement)


def _completed(general: Statement, values: Values, statement: Statement) -> Iterator[Values]:
    """The values with those of the other variables: as in the claim, or those of the same name."""
    missing = set(general.variables) - values.keys()
    for pattern in _sharpness(general.claim) if missing else ():
        for node in sharpness_nodes(statement):
            found = match(pattern, node, values, {})
            if found is not None and set(general.variables) <= found.keys():
                yield found
    if missing <= set(statement.variables):
        yield {**values, **{symbol: symbol for symbol in missing}}


def _instance(
    label: str, name: str, general: Statement, values: Values, statement: Statement
) -> Proved | None:
    from verifier.library import lemma

    mapping = tuple((symbol, term) for symbol, term in values.items() if symbol is not term)
    try:
        claim: Relation = substitute(general.claim, dict(mapping))
        own = Statement(claim, statement.given)
        return prove("instance", own, (lemma(label, name),), mapping=mapping)
    except (Refused, StatementError):
        return None


@lru_cache
def _theorems() -> tuple[tuple[str, str, Statement, tuple[Relation, ...]], ...]:
    """The shipped inequalities under an equality with a sum: label, name, statement, equalities."""
    from verifier.library import labels, shipped

    found = []
    for label in labels():
        for name, general in shipped(label).statements().items():
            sums = tuple(g for g in general.given if g.op == "==" and _has_sum(g))
            if sums and general.claim.op in ("<", "<=", ">=", ">"):
                found.append((label, name, general, sums))
    return tuple(found)


def _has_sum(relation: Relation) -> bool:
    return any(isinstance(n, Apply) and n.head == "Sum" for n in (relation.lhs, relation.rhs))


def _sharpness(relation: Relation) -> list[Apply]:
    nodes = subterms(relation)
    return [n for n in nodes if isinstance(n, Apply) and n.head == "sharpness"]


def _allocations(relation: Relation) -> set[str]:
    return {node.args[0].head for node in _sharpness(relation)}


__all__ = ["facts", "search"]
