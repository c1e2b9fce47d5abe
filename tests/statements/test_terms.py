"""Terms are interned and exact, and substitution captures nothing."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given

from verifier.errors import StatementError
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, member, substitute
from verifier.statements.terms import INTEGER, NONNEGATIVE, Apply, Domain, Number, Symbol
from verifier.statements.vocabulary import (
    H,
    L,
    Sum,
    balanced,
    chain,
    family,
    matrices,
    sharpness,
    sigma,
    weights,
)

from .strategies import SETTINGS, relations, terms

x, n = Symbol("x"), Symbol("n", INTEGER)


def test_equal_terms_are_one_object():
    assert (x + 1) ** L is (x + 1) ** L
    assert Number(Fraction(2, 4)) is Number("1/2")
    assert Symbol("x") is not Symbol("x", INTEGER)


@SETTINGS
@given(relations)
def test_pickling_gives_the_same_object(relation):
    assert pickle.loads(pickle.dumps(relation)) is relation


@pytest.mark.parametrize("bad", [0.5, float("nan"), 1j, "x", None, True])
def test_only_exact_numbers_are_terms(bad):
    with pytest.raises((StatementError, TypeError)):
        Apply("+", x, bad)


def test_a_strict_integer_bound_is_the_next_integer():
    assert Domain(integer=True, lower=0, strict=True) is Domain(integer=True, lower=1)
    assert not Domain(integer=True, lower=1).contains(Fraction(3, 2))
    assert not Domain(lower=0, strict=True).contains(Fraction(0))


def test_terms_and_orderings_have_no_truth_value():
    with pytest.raises(StatementError):
        bool(x + 1)
    with pytest.raises(StatementError):
        bool(x < 1)
    assert x + 1 == x + 1 and x + 1 != x + 2


def test_bound_symbols_are_not_free_and_are_not_captured():
    total = Sum(n * L, (n, 1, L))
    assert total.free == {L}
    assert repr(substitute(total, {L: n})) == "Sum(n_1*n, (n_1, 1, n))"
    assert substitute(total, {n: Number(3)}) is total


def test_a_family_may_be_replaced_by_a_lambda():
    s = family("s", NONNEGATIVE)
    h = Symbol("h", INTEGER)
    assert substitute(s[h] + s[1], {s: function((h,), sigma / h)}) is sigma / h + sigma / Number(1)
    assert member(function((h,), h * x), (Number(2),)) is Number(2) * x


@pytest.mark.parametrize(
    "build",
    [
        lambda: Apply("nonsense", x),
        lambda: Apply("sqrt", x, x),
        lambda: Apply("Sum", x, x, 1, 2),
        lambda: family("s")[1, 2],
        lambda: Apply("[]", function((n,), x * n), 3),
        lambda: Apply("[]", x + 1, 3),
        lambda: weights(family("s")),
        lambda: Apply("diff", x, x + 1),
        lambda: Apply("sharpness", x, H, L, sigma),
        lambda: sharpness(balanced, H, L, family("T", arity=2)),
        lambda: sharpness(balanced, H, family("L", arity=2)),
        lambda: sharpness(matrices(family("W", arity=4), 2), H, L, sigma),
        lambda: sharpness(matrices(family("W", arity=4), 2), H, L, x + 1),
        lambda: chain(family("W", arity=3), 1, L, 1, 1, family("d", arity=2)),
        lambda: Apply("+", x, x < 1),
        lambda: Symbol("two words"),
    ],
)
def test_malformed_operations_are_refused(build):
    with pytest.raises(StatementError):
        build()


def test_one_name_stands_for_one_variable():
    with pytest.raises(StatementError, match="two different variables"):
        Statement(Symbol("x") < Symbol("x", INTEGER))


def test_what_is_given_counts_once():
    statement = Statement(x > 0, [x > 1, x > 1, H >= 2])
    assert repr(statement) == "x > 0 for x > 1, H >= 2"
    assert statement.domain == "H: integer >= 1; x: real"


@SETTINGS
@given(terms)
def test_substituting_nothing_changes_nothing(term):
    assert substitute(term, {}) is term
    assert substitute(term, {s: s for s in term.free if not s.arity}) is term
