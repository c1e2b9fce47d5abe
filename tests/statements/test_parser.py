"""Printing, then reading, gives the same object; what is no statement is refused at its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import StatementError
from verifier.library import labels, shipped
from verifier.statements.parser import parse, parse_conditions, parse_term
from verifier.statements.terms import Relation, Symbol
from verifier.statements.text import text
from verifier.statements.vocabulary import H, L, Sum, balanced, k, sharpness, single_path

from .strategies import DECLARED, SETTINGS, relations, terms


@SETTINGS
@given(relations)
def test_relations_survive_printing_and_parsing(relation):
    assert parse(text(relation), DECLARED) is relation


@SETTINGS
@given(terms)
def test_terms_survive_printing_and_parsing(term):
    assert parse_term(text(term), DECLARED) is term


@SETTINGS
@given(st.text(max_size=60))
def test_any_text_is_a_statement_or_refused(anything):
    try:
        parse(anything, DECLARED)
    except StatementError as error:
        assert str(error)


def test_precedence_is_that_of_python():
    x, y = DECLARED["x"], DECLARED["y"]
    assert parse_term("-x**2", DECLARED) is -(x**2)
    assert parse_term("x**y**2", DECLARED) is x ** (y**2)
    assert parse_term("2*x/y", DECLARED) is 2 * x / y
    assert parse_term("x - y - 1", DECLARED) is x - y - 1
    assert parse_term("2**-x", DECLARED) is 2 ** (-x)


def test_the_words_of_the_theory():
    ratio = sharpness(balanced) / sharpness(single_path)
    stated = parse("sharpness(balanced) / sharpness(single_path) == H**(2/L - 1)")
    assert stated is (ratio == H ** (2 / L - 1))
    assert parse_conditions("1 <= k <= H") == (Relation("<=", 1, k), k <= H)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("H < ", "column 5: expected a term, found the end"),
        ("H", "no relation"),
        ("(H < 2", "column 4: expected ')'"),
        ("H) < 2", "column 2: unexpected ')'"),
        ("H = 2", "write == for equality"),
        ("H^2 > 1", "write ** for powers"),
        ("x**2.0 > 1", "column 4: 2.0 is a float"),
        ("1e5 > H", "1e5 is a float"),
        (".5 < H", "float"),
        ("foo > 1", "column 1: unknown name 'foo'"),
        ("sgrt(2) > 1", "did you mean sqrt"),
        ("Sum(l, (l, 1, L)) > l", "unknown name 'l'"),
        ("1 < H < 3", "one by one"),
        ("sqrt(1, 2) > 0", "takes 1 arguments, not 2"),
        ("sharpness(H) > 0", "no allocation"),
        ("H @ 2 > 1", "unexpected character '@'"),
        ("H.__class__ > 1", "column 2: unexpected character"),
        ("__import__('os') > 1", "unexpected character '_'"),
        ("[h for h in H] > 1", "expected a term"),
        ("limit(1/L, 2, oo) == 0", "is not a name"),
        ("Sum(x, (x, 1, 2)) > 1", "is no integer"),
        ("(" * 5000 + "H" + ")" * 5000 + " > 1", "too long"),
        ("-" * 3000 + "H > 1", "nested too deeply"),
        ("2**" * 1500 + "2 > 1", "nested too deeply"),
        ("9" * 1001 + " > H", "too many digits"),
        ("H > 1" + " " * 1_000_000, "characters"),
    ],
)
def test_what_is_no_statement(statement, message):
    with pytest.raises(StatementError) as raised:
        parse(statement, {"x": DECLARED["x"]})
    assert message in str(raised.value)


@pytest.mark.parametrize("label", labels())
def test_what_a_theorem_says_can_be_said_in_text(label):
    """All of it: a claim that is printed can be put into a claims file."""
    for statement in shipped(label).statements().values():
        declared = {symbol.name: symbol for symbol in statement.variables}
        for relation in (statement.claim, *statement.given):
            assert parse(text(relation), declared) is relation


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("sharpness(split(x)) > 0", "column 17: expected a family of 1 index"),
        ("s + 1 > 0", "column 1: s is a family (write s[h])"),
        ("w**2 > 0", "column 1: w is a family (write w[h, l])"),
        ("sharpness(split(s[1])) > 0", "column 17: expected a family of 1 index"),
        ("sharpness(weights((lambda h: h))) > 0", "1 indices in place of 2"),
        ("sharpness(weights((lambda h, h: h))) > 0", "binds one symbol twice"),
        ("sharpness(split((lambda x: 1))) > 0", "column 25: x is no integer"),
        ("sharpness(split((lambda h 1))) > 0", "column 27: expected ':'"),
        ("sharpness(split((lambda h: l))) > 0", "unknown name 'l'"),
        ("sharpness(matrices(W)) > 0", "expected ','"),
        ("sharpness(matrices(W, 2), sigma=(lambda i: i)) > 0", "1 indices in place of 2"),
        ("sharpness(balanced, L=T) > 0", "column 23: T is a family"),
        ("hessian(balanced, 1, 1, 1) > 0", "expected ','"),
        ("hessian(matrices(W, 2), 1, 1, 1, 1) > 0", "differentiate the loss"),
        ("(lambda h: h) > 0", "column 9: expected ')'"),
    ],
)
def test_what_is_no_family(statement, message):
    with pytest.raises(StatementError) as raised:
        parse(statement, DECLARED)
    assert message in str(raised.value)


def test_products_of_matrices_survive_printing_and_parsing():
    declared = {**DECLARED, "W": Symbol("W", arity=3)}
    term = parse_term("chain(W, 1, L, n, n + 1, k)", declared)
    assert parse_term(text(Sum(term, (declared["n"], 1, L))), declared) is Sum(
        term, (declared["n"], 1, L)
    )
    for wrong in ("chain(x, 1, L, n, n, k)", "chain(W, 1, L, n, n)", "chain(n, 1, L, n, n, k)"):
        with pytest.raises(StatementError):
            parse_term(wrong, declared)


@pytest.mark.parametrize("operator", ["+", "**", ")", "", "="])
def test_an_iverson_bracket_needs_a_relation(operator):
    with pytest.raises(StatementError):
        parse(f"Iverson(H {operator} 1) > 0")
