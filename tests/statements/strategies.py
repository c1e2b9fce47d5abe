"""Terms and relations of the text language, drawn directly."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from verifier.statements.substitution import function, substitute
from verifier.statements.terms import (
    COUNT,
    INTEGER,
    NONNEGATIVE,
    Apply,
    Number,
    Relation,
    Symbol,
    divide,
    negate,
)
from verifier.statements.vocabulary import (
    VARIABLES,
    Iverson,
    L,
    Product,
    Sum,
    balanced,
    chain,
    hessian,
    limit,
    matrices,
    oo,
    pi,
    root,
    shared,
    sharpness,
    single_path,
    split,
    weights,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
DECLARED = {
    "x": Symbol("x"), "y": Symbol("y"), "n": Symbol("n", INTEGER), "s": Symbol("s", NONNEGATIVE, 1),
    "w": Symbol("w", arity=2), "V": Symbol("V", arity=3), "W": Symbol("W", arity=4),
    "T": Symbol("T", arity=2), "m": Symbol("m", COUNT, 1),
}  # fmt: skip
FAMILIES = {arity: [s for s in DECLARED.values() if s.arity == arity] for arity in range(1, 5)}
INDICES = [Symbol(name, INTEGER) for name in ("h", "l", "k", "n")]
OPERATORS = ("<", "<=", "==", "!=", ">=", ">")

numbers = st.builds(Number, st.integers(0, 20))
symbols = st.sampled_from([*VARIABLES.values(), *(s for s in DECLARED.values() if not s.arity)])
leaves = numbers | symbols | st.sampled_from([pi, oo])


def families(arity, terms):
    """A declared family, or a lambda whose body speaks of its indices."""
    indices = INDICES[:arity]
    bodies = st.builds(lambda t, i: t * i, terms, st.sampled_from(indices))
    plain = {VARIABLES[i.name]: i for i in indices if i.name in VARIABLES}  # k is an index there
    made = st.builds(lambda body: function(tuple(indices), substitute(body, plain)), bodies)
    return st.sampled_from(FAMILIES[arity]) | made


def _sharpness(terms):
    """At every allocation, the Hessian as well; depths and targets may be families."""
    depths = terms | families(1, terms)
    places = st.one_of(
        st.just(single_path), st.just(balanced), st.builds(shared, terms),
        st.builds(split, families(1, terms)), st.builds(weights, families(2, terms)),
    )  # fmt: skip
    return st.one_of(
        st.builds(lambda a, h, d, t: sharpness(a, H=h, L=d, sigma=t), places, terms, depths, terms),
        st.builds(
            lambda w, d, h, t: sharpness(matrices(w, d), H=h, sigma=t),
            families(4, terms), terms, terms, families(2, terms),
        ),
        st.builds(lambda a, h, i, d: hessian(a, h, 1, i, 2, L=d), places, terms, terms, depths),
    )  # fmt: skip


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
        st.builds(lambda i, j: DECLARED["w"][i, j], terms, terms),
        st.builds(
            lambda v, a, b, d: chain(v, 1, L, a, b, d),
            families(3, terms),
            terms,
            terms,
            terms | families(1, terms),
        ),
        _sharpness(terms),
    )


terms = st.recursive(leaves, _grow, max_leaves=12)
relations = st.builds(Relation, st.sampled_from(OPERATORS), terms, terms)
rationals = st.fractions(min_value=-5, max_value=5, max_denominator=7).map(Fraction)
