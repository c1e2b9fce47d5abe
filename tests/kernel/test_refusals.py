"""Refusals speak of the variables of the statement, not of those that the kernel makes."""

from __future__ import annotations

import pytest

from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused
from verifier.statements.terms import Relation, Term
from verifier.statements.vocabulary import L, Sum, integer, log, real, root

x, n = real("x"), integer("n")


@pytest.mark.parametrize(
    ("node", "told"),
    [
        (root(1 / (x - 1), (x, 0, 2)) > 0, "x - 1 != 0"),
        (root(log(x - 1), (x, 0, 3)) > 0, "x - 1 > 0"),
        (root(x - Sum(log(n - x), (n, 1, 3)), (x, 1, 5)) > 0, r"n(_1)? - x > 0 for 1 <= n(_1)?"),
        (Sum((n - 2) ** (1 / n), (n, 1, L)) > 0, r"\(n(_1)? - 2\)"),
    ],
)
def test_a_refusal_names_the_variables_of_the_statement(node: Relation, told: str) -> None:
    def ask(term: Term) -> None:
        Context().require_defined(term)
        Context().normal(term)

    with pytest.raises(Refused, match=told) as refusal:
        ask(node.lhs)
    assert "_x" not in str(refusal.value) and "_i" not in str(refusal.value)
