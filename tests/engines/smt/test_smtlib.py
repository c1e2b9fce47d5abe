"""The translation for z3, on random statements: against exact values, point by point."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.engines.say import DECLARED, mp, number
from tests.soundness.exact import Inexact, Point, UndefinedHere, fails, value
from verifier.engines.smt import smt
from verifier.engines.smt.smt import decide, radical
from verifier.engines.smt.smtlib import Problem, _Translation
from verifier.engines.smt.z3_process import simplest
from verifier.kernel.refuted import refute
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, Term, divide, negate

x, c, n = (DECLARED[name] for name in "xcn")
GRID = {
    x: [Fraction(q) for q in ("-4", "-1", "-1/4", "0", "1/4", "1", "9/4")],
    c: [Fraction(q) for q in ("0", "1/16", "1", "4")],
    n: [Fraction(q) for q in (-2, -1, 0, 1, 4)],
}
ZERO: Point = {symbol: Fraction(0) for symbol in GRID}
OPERATORS = ("<", "<=", "==", "!=", ">=", ">")
SETTINGS = settings(deadline=None, derandomize=True, max_examples=60)
ASKING = settings(SETTINGS, max_examples=20)  # each example starts a process

exponents = st.sampled_from([Fraction(q) for q in ("0", "1", "2", "3", "-1", "-2", "1/2", "-1/2")])
fractions = st.fractions(-3, 3, max_denominator=3)
leaves = st.sampled_from([x, x, c, n]) | st.builds(Number, fractions)


def _grow(terms: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    binary = st.sampled_from(["+", "-", "*", "*", "Min", "Max"])
    relations = st.builds(Relation, st.sampled_from(OPERATORS), terms, terms)
    return st.one_of(
        st.builds(Apply, binary, terms, terms),
        st.builds(divide, terms, terms),
        st.builds(lambda base, e: base ** Number(e), terms, exponents),
        st.builds(Apply, st.sampled_from(["sqrt", "Abs"]), terms),
        st.builds(negate, terms),
        st.builds(lambda r: Apply("Iverson", r), relations),
    )


terms = st.recursive(leaves, _grow, max_leaves=5)
relations = st.builds(Relation, st.sampled_from(OPERATORS), terms, terms)
statements = st.builds(Statement, relations, st.lists(relations, max_size=2))
points = st.fixed_dictionaries({s: st.sampled_from(values) for s, values in GRID.items()})


def _grid(statement: Statement) -> Iterator[Point]:
    lists = [GRID[s] for s in statement.variables]
    for chosen in product(*lists):
        yield dict(zip(statement.variables, chosen, strict=True))


def check(statement: Statement) -> str:
    """What z3 says of a statement, after a look whether the grid says the same."""
    answer = decide(statement, 1)
    if answer.kind == "valid":
        for point in _grid(statement):
            try:
                assert not fails(statement, point), (statement, point)
            except Inexact:
                continue
    if answer.values is not None:
        try:
            found = {s: number(v) for s, v in answer.values.items()}
            assert all(s.domain.contains(v) for s, v in found.items())
            assert fails(statement, found), (statement, found)
        except Inexact:
            refute(statement, answer.values)
    return answer.kind


@given(statements)
@ASKING
def test_answers_agree_with_exact_evaluation(statement: Statement) -> None:
    check(statement)


@given(st.lists(fractions, min_size=9, max_size=9), st.sampled_from(OPERATORS))
@ASKING
def test_answers_on_polynomials_agree_too(coefficients: list[Fraction], op: str) -> None:
    """A square and a bit: positive, touching zero or negative, at random places."""
    p, q, r, *rest = coefficients
    monomials = (x * c, n, x, c, x**2, n * x)
    bit = sum((Number(q) * m for q, m in zip(rest, monomials, strict=True)), Number(0))
    check(Statement(Relation(op, (p * x + q * c + r) ** 2 * (1 + n**2), bit * Number(p))))


@given(terms, points, st.sampled_from(OPERATORS))
@ASKING
def test_a_term_has_its_value_at_a_point(term: Term, point: Point, op: str) -> None:
    """Where the term has the value v: `term op v` is what `v op v` is; else it is not valid."""
    under = [Relation("==", s, Number(v)) for s, v in point.items()]
    try:
        expected = value(term, point)
    except UndefinedHere:
        expected = None
    except Inexact:
        assume(False)
        return
    claimed = Relation(op, term, Number(expected or Fraction(0)))
    holds = expected is not None and op in ("<=", "==", ">=")
    answer = decide(Statement(claimed, under))
    assert answer.kind == ("valid" if holds else "counterexample")
    if answer.values is not None:
        assert {s: number(v) for s, v in answer.values.items()} == point


@given(terms, points)
@example(1 / x, ZERO)
@example(x ** Number(-2), ZERO)
@example(x ** Number(Fraction(-1, 2)), ZERO)
@example(Apply("sqrt", x - 1), ZERO)
@ASKING
def test_definitions_lose_no_point_even_where_terms_are_undefined(term: Term, point: Point) -> None:
    """A quotient or a root has some value whatever the variables are, defined or not."""
    translation = _Translation()
    for symbol in GRID:
        translation.declare(symbol)
    translation(term)
    fixed = [
        f"(assert (= {name} {_literal(point[symbol])}))"
        for name, symbol in translation.names.items()
    ]
    text = "\n".join([*translation.lines, *fixed])
    answer = smt._ask(Problem((text,), translation.names), 5)
    assert answer["answer"] == "sat"
    assert {translation.names[k]: Fraction(v) for k, v in answer["values"].items()} == point


def _literal(q: Fraction) -> str:
    size = f"(/ {abs(q.numerator)}.0 {q.denominator}.0)"
    return f"(- {size})" if q < 0 else size


# --- numbers --------------------------------------------------------------------------------


@given(fractions, fractions, fractions.filter(bool))
@SETTINGS
def test_roots_of_quadratics(constant: Fraction, middle: Fraction, leading: Fraction) -> None:
    assume(middle**2 > 4 * constant * leading)
    roots = [radical([constant, middle, leading], i) for i in (1, 2)]
    first, second = (_decimal(r) for r in roots)
    assert first < second
    for root in (first, second):
        assert abs(_mpf(leading) * root**2 + _mpf(middle) * root + _mpf(constant)) < 1e-40


@given(st.integers(2, 7), fractions.filter(bool), fractions.filter(bool))
@SETTINGS
def test_roots_of_pure_equations(degree: int, constant: Fraction, leading: Fraction) -> None:
    real = 1 if degree % 2 else 2 * (constant * leading < 0)
    coefficients = [constant, *[Fraction(0)] * (degree - 1), leading]
    found = [_decimal(radical(coefficients, i)) for i in range(1, real + 1)]
    assert found == sorted(found)
    for root in found:
        assert abs(_mpf(leading) * root**degree + _mpf(constant)) < 1e-40


def test_other_roots_are_not_written_down() -> None:
    assert radical([Fraction(1), Fraction(-3), Fraction(0), Fraction(1)], 1) is None


def _decimal(term: Term | None) -> object:
    assert term is not None
    from verifier.engines.witness.numeric import Evaluator

    return mp.mpf(Evaluator(55)(term))


def _mpf(q: Fraction) -> object:
    return mp.mpf(q.numerator) / q.denominator


@given(st.fractions(-9, 9, max_denominator=40), st.fractions(0, 2, max_denominator=40))
@SETTINGS
def test_the_simplest_fraction_of_an_interval(low: Fraction, width: Fraction) -> None:
    found = simplest(low, low + width)
    assert low <= found <= low + width
    for denominator in range(1, found.denominator):
        assert Fraction(ceil(low * denominator), denominator) > low + width
