"""Proofs of false statements that were accepted once: each step by hand, as in a forged file."""

from __future__ import annotations

import pytest

from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import function
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import diff, family

w, h, x = family("w"), Symbol("h", INTEGER), Symbol("x")


def accepted(rule: str, claim: Relation, *premises: Proved, **arguments: object) -> Proved:
    return prove(rule, Statement(claim), premises, **arguments)  # type: ignore[arg-type]


def test_the_derivative_of_a_lambda_at_an_index() -> None:
    """It was taken for that of a member of the family itself: from it followed 2*0 == 1."""
    with pytest.raises((Refused, StatementError)):
        squares: Term = Apply("[]", function((h,), x * w[h] ** 2), 3)
        general = accepted("arithmetic", diff(squares, w[3]) == 1)
        at = ((x, Number(1)),)
        accepted("instance", diff(1 * w[3] ** 2, w[3]) == 1, general, mapping=at)
