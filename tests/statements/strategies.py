"""Terms and relations of the text language, drawn directly."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, divide, negate
from verifier.statements.vocabulary import (
    VARIABLES,
    Iverson,
    Product,
    Sum,
    balanced,
    limit,
    oo,
    pi,
    root,
    shared,
    sharpness,
    single_path,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
DECLARED = {"x": Symbol("x"), "y": Symbol("y"), "n": Symbol("n", INTEGER)}
OPERATORS = ("<", "<=", "==", "!=", ">=", ">")

numbers = st.builds(Number, st.integers(0, 20))
symbols = st.sampled_from([*VARIABLES.values(), *DECLARED.values()])
leaves = numbers | symbols | st.sampled_from([pi, oo])


def _grow(terms):
    index = Symbol("l", INTEGER)
    bodies = st.one_of(terms, st.just(index), st.builds(lambda t: t * index, terms))
    big = st.sampled_from([Sum, Product])
    return st.one_of(
        st.builds(
            lambda head, a, b: Apply(head, a, b),
            st.sampled_from(["+", "-", "*", "**"]),
            terms,
            terms,
        ),
        st.builds(divide, terms, terms),
        st.builds(negate, terms),
        st.builds(Apply, st.sampled_from(["sqrt", "exp", "log", "sin", "cos", "Abs"]), terms),
        st.builds(Apply, st.sampled_from(["Min", "Max"]), terms, terms),
        st.builds(lambda f, body, a, b: f(body, (index, a, b)), big, bodies, terms, terms),
        st.builds(lambda body: limit(body, DECLARED["x"], oo), terms),
        st.builds(lambda body, a, b: root(body, (DECLARED["x"], a, b)), terms, terms, terms),
        st.builds(
            lambda op, a, b: Iverson(Relation(op, a, b)), st.sampled_from(OPERATORS), terms, terms
        ),
        st.builds(
            lambda a, h, d: sharpness(a, H=h, L=d),
            st.one_of(st.just(single_path), st.just(balanced), st.builds(shared, terms)),
            terms,
            terms,
        ),
    )


terms = st.recursive(leaves, _grow, max_leaves=12)
relations = st.builds(Relation, st.sampled_from(OPERATORS), terms, terms)
rationals = st.fractions(min_value=-5, max_value=5, max_denominator=7).map(Fraction)
