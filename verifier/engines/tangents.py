"""Proof by the tangent of the exponential: exp(t) >= 1 + t, or log(x) <= x - 1."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Term, subterms


def search(statement: Statement) -> Proved:
    """A proof by the rule `exp_tangent`, at a point that the claim suggests.

    Raises:
        Refused: no point will do.
    """
    for point in points(statement):
        try:
            return prove("exp_tangent", statement, (), at=point)
        except Refused:
            continue
    raise Refused("no tangent of the exponential shows the claim")


def points(statement: Statement) -> Iterator[Term]:
    """The arguments of exponentials in the claim, and its logarithms with either sign."""
    for node in subterms(statement.claim):
        if isinstance(node, Apply) and node.free <= set(statement.variables):
            if node.head == "exp":
                yield node.args[0]
            elif node.head == "log":
                yield node
                yield -node
