"""Landscapes in claims files: what is said of them is said in derivatives of the loss."""

from fractions import Fraction

import pytest
import sympy

from verifier.engines.witness.lowering import to_sympy
from verifier.errors import ClaimsFileError, StatementError
from verifier.judge import judge_statement
from verifier.networks.landscape import Landscape as Derived
from verifier.statements.calls import MAX_MENTIONS
from verifier.statements.claims import MAX_LANDSCAPES, read_claims, statement_of
from verifier.statements.landscapes import MAX_LOSS, read_landscape
from verifier.statements.parser import parse, parse_term
from verifier.statements.vocabulary import diff, real
from verifier.verdicts import Verdict

TOY = """
[[landscape]]
name = "toy"
loss = "(1 - x*y)**2/2"
parameters = { x = "real", y = "real" }
"""
LOSSES = ["(1 - x*y)**2/2", "x**4 - x*y + y**2/3", "x**2*y - y**3/3", "3*x**2 + 5*y**2 - 7*x*y"]
POINTS = [(2, Fraction(1, 2)), (0, 0), (1, 1), (Fraction(-3, 4), 2)]


def landscape(loss, **kinds):
    parameters = kinds or {"x": "real", "y": "real"}
    return read_landscape({"name": "toy", "loss": loss, "parameters": parameters})


def claims(text):
    return read_claims(TOY + text, "f.toml")


def claim(statement, *given, extra=""):
    listed = ", ".join(f'"{g}"' for g in given)
    (found,) = claims(
        f'[[claim]]\nname = "c"\nstatement = "{statement}"\ngiven = [{listed}]\n{extra}'
    )
    return found


@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_and_hessian_are_those_that_sympy_derives(loss):
    own = landscape(loss)
    x, y = sympy.symbols("x y", real=True)
    derived = Derived(to_sympy(own.loss), "x y")
    assert [sympy.expand(to_sympy(own.gradient(n))) for n in "xy"] == [
        sympy.expand(slope) for slope in derived.gradient
    ]
    entries = [[to_sympy(own.hessian(a, b)) for b in "xy"] for a in "xy"]
    assert sympy.Matrix(entries).applyfunc(sympy.expand) == derived.hessian.applyfunc(sympy.expand)
    for point in POINTS:
        value = to_sympy(own.sharpness()).subs(dict(zip((x, y), point, strict=True)))
        direct = derived.sharpness(dict(zip("xy", point, strict=True)), 30).digits
        assert abs(sympy.N(value, 40) - sympy.Float(direct, 40)) < 10**-25


def test_the_sharpness_of_one_parameter_is_the_second_derivative():
    own = landscape("x**4", x="real")
    assert own.sharpness() is own.hessian("x", "x")


def test_that_of_three_has_no_formula():
    own = landscape("x*y*z", x="real", y="real", z="real")
    with pytest.raises(StatementError, match="3 parameters: its sharpness has no formula"):
        own.sharpness()


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        ("gradient(toy, x) == 0", ["x*y == 1"], Verdict.PROVED),
        ("gradient(toy, x) == 0", ["x*y == 2"], Verdict.REFUTED),
        ("gradient(toy, x) == 0", ["x == 2", "y == 1/2"], Verdict.PROVED),
        ("gradient(toy, x) == 1", ["x == 2", "y == 1/2"], Verdict.REFUTED),
        ("hessian(toy, x, y) == 2*x*y - 1", [], Verdict.PROVED),
        ("hessian(toy, x, y) == 2*x*y", [], Verdict.REFUTED),
        ("hessian(toy, x, x) == y**2", [], Verdict.PROVED),
        ("hessian(toy, x, x) == x**2", [], Verdict.REFUTED),
        ("sharpness(toy) == 17/4", ["x == 2", "y == 1/2"], Verdict.PROVED),
        ("sharpness(toy) == 4", ["x == 2", "y == 1/2"], Verdict.REFUTED),
        ("sharpness(toy) == -1", ["x == 0", "y == 0"], Verdict.REFUTED),  # the other eigenvalue
    ],
)
def test_verdicts(statement, given, verdict):
    assert judge_statement("c", claim(statement, *given).statement, 20).verdict is verdict


def test_a_claim_becomes_a_term_of_the_loss():
    found = claim("gradient(toy, x) == 0").statement.claim
    assert found is (diff(parse_term("(1 - x*y)**2/2", {n: real(n) for n in "xy"}), real("x")) == 0)
    assert found is parse(repr(found), {n: real(n) for n in "xy"})


def test_parameters_are_variables_of_the_claims_that_name_the_landscape():
    assert claim("x > 0", "gradient(toy, y) == 0").statement.domain == "x, y: real"
    assert "unknown name 'x'" in claim("x > 0").error
    same = claim("gradient(toy, x) == z", extra='variables = { x = "real", z = "integer" }')
    assert same.statement.domain == "x, y: real; z: integer"
    other = claim("gradient(toy, x) == 0", extra='variables = { x = "integer" }')
    assert "another parameter of toy" in other.error and other.key == "variables"
    clash = claim("gradient(toy, x) == toy", extra='variables = { toy = "real" }')
    assert "a variable as well" in clash.error


def test_words_of_the_theory_may_stand_in_a_loss():
    own = landscape("(sigma - w**L)**2/2", w="positive")
    assert {s.name for s in own.loss.free} == {"sigma", "w", "L"}


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("gradient(toy) == 0", "expected ','"),
        ("gradient(toy, x, y) == 0", "expected ')'"),
        ("hessian(toy, x) == 0", "expected ','"),
        ("gradient(toy, z) == 0", "toy has no parameter 'z'"),
        ("gradient(other, x) == 0", "'other' is no landscape"),
        ("gradient(1, x) == 0", "'1' is no landscape"),
        ("sharpness(toy, L=2) == 0", "expected ')'"),
        ("sharpness(other) == 0", "'other' is no allocation"),
        ("diff(1, 2) == 0 + 0*gradient(toy, x)", "no variable"),
        (" + ".join(["gradient(toy, x)"] * (MAX_MENTIONS + 1)) + " == 0", "mentions of landscapes"),
    ],
)
def test_claims_that_say_nothing(statement, message):
    assert message in claim(statement).error


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "no name of a landscape"),
        ({"name": "a b"}, "no name of a landscape"),
        ({"name": "toy"}, "the loss of toy is no text"),
        ({"name": "toy", "loss": "x" * (MAX_LOSS + 1)}, "the loss of toy is no text"),
        ({"name": "toy", "loss": "x"}, "the parameters of toy are no table"),
        ({"name": "toy", "loss": "x", "parameters": {}}, "the parameters of toy are no table"),
        ({"name": "toy", "loss": "x", "parameters": {"x": "integer"}}, "is of kind 'integer'"),
        ({"name": "toy", "loss": "x", "parameters": {"x": ["real"]}}, "is of kind"),
        ({"name": "toy", "loss": "x", "parameters": {"x y": "real"}}, "no name of a parameter"),
        ({"name": "toy", "loss": "x", "parameters": {"L": "real"}}, "word of the language"),
        ({"name": "sigma", "loss": "x", "parameters": {"x": "real"}}, "word of the language"),
        ({"name": "balanced", "loss": "x", "parameters": {"x": "real"}}, "word of the language"),
        ({"name": "x", "loss": "x", "parameters": {"x": "real"}}, "name of a parameter as well"),
        ({"name": "toy", "loss": "x*z", "parameters": {"x": "real"}}, "unknown name 'z'"),
        ({"name": "toy", "loss": "gradient(toy, x)", "parameters": {"x": "real"}}, "no landscape"),
        ({"name": "toy", "lost": "x"}, "unknown key 'lost'"),
    ],
)
def test_landscapes_that_are_none(table, message):
    with pytest.raises(StatementError, match=message):
        read_landscape(table)


def test_files_with_landscapes_that_are_none():
    rest = '[[claim]]\nname = "c"\nstatement = "H > 0"'
    with pytest.raises(ClaimsFileError, match="landscape 2: the loss"):
        claims('[[landscape]]\nname = "b"\n' + rest)
    with pytest.raises(ClaimsFileError, match="two landscapes are called 'toy'"):
        claims(TOY + rest)
    with pytest.raises(ClaimsFileError, match="no list of tables"):
        read_claims("landscape = 1\n" + rest, "f")
    many = "".join(TOY.replace("toy", f"t{n}") for n in range(MAX_LANDSCAPES))
    with pytest.raises(ClaimsFileError, match="101 landscapes"):
        claims(many + rest)
    with pytest.raises(ClaimsFileError, match="has no claim"):
        claims("")


def test_statements_outside_of_files_name_none():
    with pytest.raises(StatementError, match="no landscape"):
        statement_of("gradient(toy, x) == 0", [], {"x": "real"})
