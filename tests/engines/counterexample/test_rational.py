"""Rational arithmetic agrees with plain fractions, and sharpness with its definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.say import families, largest_eigenvalue
from tests.soundness.exact import Inexact, UndefinedHere, holds, value
from tests.soundness.generate import Generator
from verifier.engines.counterexample.rational import Evaluator, NotRational, power
from verifier.engines.counterexample.values import table
from verifier.statements.claims import statement_of
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Symbol, Term
from verifier.statements.vocabulary import (
    H,
    L,
    family,
    hessian,
    shared,
    sharpness,
    sigma,
    single_path,
    split,
    weights,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=250)
w, s = family("w", arity=2), family("s")


def point(statement: Statement, generator: Generator) -> tuple[dict, dict[Symbol, Term]]:
    """Values of the variables, for the plain evaluator and as terms."""
    plain: dict = {}
    terms: dict[Symbol, Term] = {}
    for symbol in statement.variables:
        drawn = generator.value(symbol)
        if symbol.arity:
            row = tuple(map(drawn, range(4)))
            plain[symbol], terms[symbol] = families(row), table(symbol, row)
        else:
            plain[symbol], terms[symbol] = drawn, Number(drawn)
    return plain, terms


@given(st.integers(0, 10**9))
@SETTINGS
def test_it_agrees_with_plain_fractions_on_random_claims(seed: int) -> None:
    generator = Generator(seed)
    statement = Statement(generator.term(2) == generator.term(2))
    for _ in range(6):
        plain, terms = point(statement, generator)
        for side in (statement.claim.lhs, statement.claim.rhs):
            try:
                expected = value(side, plain)
            except Inexact:
                continue
            except UndefinedHere:
                with pytest.raises(NotRational):
                    Evaluator(terms)(side)
            else:
                try:
                    assert Evaluator(terms)(side) == expected
                except NotRational:
                    continue  # it may give up


def test_it_does_not_give_up_on_what_is_plain() -> None:
    decided = 0
    for seed in range(150):
        generator = Generator(seed)
        statement = Statement(generator.term(2) == generator.term(2))
        plain, terms = point(statement, generator)
        try:
            expected = holds(statement.claim, plain)
            decided += Evaluator(terms).holds(statement.claim) == expected
        except (Inexact, UndefinedHere, NotRational):
            continue
    assert decided > 50


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (2, 3, 8), (2, -1, Fraction(1, 2)), (-2, 3, -8), (0, 0, 1), (0, 5, 0), (-1, -3, -1),
        (8, Fraction(1, 3), 2), (8, Fraction(-2, 3), Fraction(1, 4)), (1, Fraction(1, 7), 1),
        (Fraction(4, 9), Fraction(3, 2), Fraction(8, 27)), (0, Fraction(1, 2), 0),
    ],
)  # fmt: skip
def test_powers(base: Fraction, exponent: Fraction, expected: Fraction) -> None:
    assert power(Fraction(base), Fraction(exponent)) == expected


@pytest.mark.parametrize(
    ("base", "exponent"),
    [
        (2, Fraction(1, 2)), (-8, Fraction(1, 3)), (-1, Fraction(1, 2)), (0, -1),
        (0, Fraction(-1, 2)), (Fraction(1, 2), Fraction(1, 2)), (3, 10**9), (3, -(10**9)),
        (2, Fraction(1, 10**40)), (3, 10**40),
    ],
)  # fmt: skip
def test_powers_that_are_not_found(base: Fraction, exponent: Fraction) -> None:
    with pytest.raises(NotRational):
        power(Fraction(base), Fraction(exponent))


rows = st.lists(
    st.lists(st.fractions(-2, 2, max_denominator=3), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
).filter(lambda rows: len({len(row) for row in rows}) == 1)


@given(rows, st.fractions(1, 3, max_denominator=3))
@settings(SETTINGS, max_examples=40)
def test_the_hessian_is_that_of_the_definition(rows: list, target: Fraction) -> None:
    entries = tuple(v for row in rows for v in (row + [row[-1]] * 4)[:4])
    values = {w: table(w, entries), H: Number(len(rows)), L: Number(len(rows[0]))}
    values[sigma] = Number(target)
    evaluate = Evaluator(values)
    weight = [[evaluate.at(w, Fraction(i), Fraction(j)) for j in range(1, len(rows[0]) + 1)]
              for i in range(1, len(rows) + 1)]  # fmt: skip
    assert weight == rows
    size = len(rows[0])
    for place in ((1, 1), (1, size), (len(rows), 1), (len(rows), size)):
        entry = evaluate(hessian(weights(w), 1, 1, *place))
        assert entry == second_derivative(rows, target, (0, 0), (place[0] - 1, place[1] - 1))
    try:
        largest = evaluate(sharpness(weights(w)))
    except NotRational:
        return
    assert abs(largest_eigenvalue(rows, target) - largest.numerator / mp_of(largest)) < 1e-25


def mp_of(value: Fraction) -> object:
    from tests.engines.say import mp

    return mp.mpf(value.denominator)


def second_derivative(rows: list, target: Fraction, one: tuple, two: tuple) -> Fraction:
    """By second differences of the loss, which is a polynomial of degree 4 in two weights."""

    def loss(a: int, b: int) -> Fraction:
        moved = [list(row) for row in rows]
        moved[one[0]][one[1]] += a
        moved[two[0]][two[1]] += b
        output = Fraction(0)
        for row in moved:
            product = Fraction(1)
            for entry in row:
                product *= entry
            output += product
        return (output - target) ** 2 / 2

    def slope(a: int) -> Fraction:  # exact for degree 4: five points
        return (loss(a, -2) - 8 * loss(a, -1) + 8 * loss(a, 1) - loss(a, 2)) / 12

    if one == two:
        points = zip((-1, 16, -30, 16, -1), range(-2, 3), strict=True)
        return sum((c * loss(a, 0) for c, a in points), Fraction(0)) / 12
    return (slope(-2) - 8 * slope(-1) + 8 * slope(1) - slope(2)) / 12


@pytest.mark.parametrize("pathways", [1, 2, 3])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_sharpness_at_the_allocations(pathways: int, depth: int) -> None:
    for active in range(1, pathways + 1):
        target = active * 2**depth  # every active layer is 2
        at = Evaluator({H: Number(pathways), L: Number(depth), sigma: Number(target)})
        expected = depth * (4 ** (depth - 1) * active + (depth == 1) * (pathways - active))
        assert at(sharpness(shared(active))) == expected
        if active == 1:
            assert at(sharpness(single_path)) == expected
    shares = table(s, (Fraction(2**depth), Fraction(3**depth), Fraction(0)))
    total = [2**depth, 3**depth, 0][:pathways]
    values = {H: Number(pathways), L: Number(depth), sigma: Number(sum(total)), s: shares}
    expected = sum(depth * (4 ** (depth - 1), 9 ** (depth - 1), 0 ** (depth - 1))[i]
                   for i in range(pathways))  # fmt: skip
    assert Evaluator(values)(sharpness(split(s))) == expected


def test_a_network_without_pathways_or_layers_has_no_values() -> None:
    for term in (
        sharpness(single_path, H=H - 1),
        sharpness(single_path, L=L - 1),
        hessian(single_path, 1, 1, 1, 1, L=L - 1),
    ):
        with pytest.raises(NotRational):
            Evaluator({H: Number(1), L: Number(1), sigma: Number(1)})(term)


@pytest.mark.parametrize("text", ["balanced", "split(s)", "weights(w)"])
def test_a_network_of_very_many_pathways_is_not_built(text: str) -> None:
    """Nor are its depths looked at, one by one."""
    kinds = {"s": "nonnegative[.]", "w": "real[.,.]"}
    term = statement_of(f"sharpness({text}, H=10**30) == 1", [], kinds).claim.lhs
    with pytest.raises(NotRational):
        Evaluator({L: Number(2), sigma: Number(1)})(term)
