"""Proof by formulas: what theorems say of sharpness and of limits stands in place of these.

The plain claim that is left may be combined, taken apart and cited as any other.
"""

from __future__ import annotations

from collections.abc import Callable

from verifier.engines.proof import calculation
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Relation, subterms


def search(statement: Statement, prove_part: Callable[[Statement], Proved]) -> Proved:
    """A proof of the claim with formulas, also in what is given, and what makes it the claim.

    Raises:
        Refused: no formula is known, or the plain claim is not proved.
    """
    known = tuple(f for f in calculation.facts(statement) if _is_formula(f.statement.claim))
    claim, *given = (_plain(r, known) for r in (statement.claim, *statement.given))
    if (claim, *given) == (statement.claim, *statement.given):
        raise Refused("no formula is known for what stands in the claim")
    part = prove_part(Statement(claim, given))
    here = Statement(claim, statement.given)
    plain = prove("instance", here, (part, *known), mapping=())
    return plain if claim is statement.claim else prove("arithmetic", statement, (plain, *known))


def _is_formula(relation: Relation) -> bool:
    """Whether it says what a term is; products of weights say no more than `sharpness` does."""
    products = any(isinstance(n, Apply) and n.head == "Product" for n in subterms(relation.rhs))
    return relation.op == "==" and isinstance(relation.lhs, Apply) and not products


def _plain(relation: Relation, known: tuple[Proved, ...]) -> Relation:
    for fact in known:
        node, formula = fact.statement.claim.lhs, fact.statement.claim.rhs
        relation = calculation.replace(relation, node, formula)  # type: ignore[arg-type]
    return relation


__all__ = ["search"]
