"""Terms of concrete size in SymPy have the values that plain fractions give them."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.soundness.exact import value
from verifier.engines.witness.lowering import CannotLower, at, to_sympy, vanishes
from verifier.statements.terms import Apply, Number
from verifier.statements.vocabulary import Product, Sum, diff, family, integer, oo, real

SETTINGS = settings(deadline=None, derandomize=True, max_examples=80)
x, y, n, h, i = real("x"), real("y"), integer("n"), integer("h"), integer("i")
w = family("w")
leaves = st.sampled_from([x, y, Number(2), Number(-1), Number("1/3")])


def grow(terms: st.SearchStrategy) -> st.SearchStrategy:
    operations = st.sampled_from(["+", "-", "*", "Min", "Max"])
    return st.one_of(
        st.builds(Apply, operations, terms, terms),
        st.builds(lambda t: t**2, terms),
        st.builds(lambda t: Sum(t * h, (h, 1, 3)), terms),
        st.builds(lambda t: Product(t + h, (h, 1, 2)), terms),
    )


small = st.fractions(-3, 3, max_denominator=3)


@given(st.recursive(leaves, grow, max_leaves=6), small, small)
@SETTINGS
def test_values_agree_with_plain_fractions(term: Apply, p: object, q: object) -> None:
    expected = value(term, {x: p, y: q})
    numbers = {sympy.Symbol(s, real=True): sympy.Rational(str(v)) for s, v in (("x", p), ("y", q))}
    assert to_sympy(term).subs(numbers) == sympy.Rational(str(expected))


@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        (diff(Sum(w[h] ** 3, (h, 1, n)), w[i]) == 3 * w[i] ** 2, True),
        (diff(Sum(w[h] ** 3, (h, 1, n)), w[i]) == w[i] ** 2, False),
        (diff(Product(w[h], (h, 1, n)), w[1]) == Product(w[h], (h, 2, n)), True),
        (diff(Product(w[h], (h, 1, n)), w[2]) == Product(w[h], (h, 2, n)), False),
        (diff(diff(Product(w[h], (h, 1, n)), w[2]), w[2]) == 0, True),
        (diff(x * y, x) == x, False),
        (diff(1 / (1 + x), x) == x / (1 + x) ** 2 - 1 / (1 + x), True),
        (diff(1 / (1 + x), x) == x / (1 + x) ** 2 + 1 / (1 + x), False),
    ],
    ids=repr,
)
def test_derivatives_are_told_from_wrong_ones(relation: object, holds: bool) -> None:
    assert vanishes(at(relation, {n: Number(3), i: Number(2)})) is holds


@pytest.mark.parametrize("term", [Sum(h, (h, 1, n)), oo, w[n], Sum(h, (h, 1, Number("1/2")))])
def test_what_has_no_concrete_size_is_refused(term: Apply) -> None:
    with pytest.raises(CannotLower):
        to_sympy(term)
