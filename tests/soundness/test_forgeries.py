"""Proofs of false statements that were accepted once: each step by hand, as in a forged file."""

from __future__ import annotations

import pytest

from verifier.errors import StatementError
from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.codec import decode
from verifier.statements.statement import Statement
from verifier.statements.substitution import function
from verifier.statements.terms import INTEGER, REAL, Apply, Domain, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import (
    H,
    Sum,
    diff,
    family,
    integer,
    sharpness,
    sigma,
    single_path,
)

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


@pytest.mark.parametrize("place", ["_i7", "_x7", "_1"])
def test_no_argument_has_a_name_of_the_kernel(place: str) -> None:
    """An index that the kernel takes for new would be one that an argument speaks of."""
    own = Symbol(place, INTEGER)
    claim = Sum(h, (h, 1, 9)) == Sum(h, (h, 1, 4)) + Sum(h, (h, 5, 9))
    assert accepted("split_range", claim, at=Number(4))
    with pytest.raises(Refused, match="reserved"):
        accepted("split_range", claim, at=4 + 0 * own)
    with pytest.raises(Refused, match="reserved"):
        accepted("instance", claim, accepted("arithmetic", claim), mapping=((own, Number(1)),))


def test_no_index_takes_the_name_of_a_variable_that_is_given() -> None:
    """What is given of h_1 was known of any pathway while it was read: the sharpness may not be."""
    depths, n = family("D", INTEGER), integer("n")
    term = sharpness(single_path, H, depths, sigma)
    for path in (integer("h_1"), integer("j")):
        given = (n >= 0, depths[path] >= 1, Sum(term * h, (h, 1, n)) >= 0)
        read = [repr(fact) for fact, _ in context_of(given).inequalities]
        assert "Sum(_1*sharpness(single_path, L=D), (_1, 1, n))" in read


@pytest.mark.parametrize("name", ["pi", "oo", "balanced", "single_path"])
def test_no_variable_has_the_name_of_a_constant(name: str) -> None:
    """Sum(pi, (pi, 1, 3)) would be six, or nine and a half; and pi any number."""
    for domain in (INTEGER, REAL, Domain(lower=4)):
        with pytest.raises(StatementError, match="is a word of the language"):
            Symbol(name, domain)
    with pytest.raises(StatementError, match="is a word of the language"):
        decode(["Sum", ["pi"], ["$", name, "integer", 0], "1", "3"])
