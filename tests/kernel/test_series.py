"""An expansion differs from the function by no more than its error; limits by series."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import assume as only_if
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath.ctx_mp import MPContext

from tests.engines.say import DECLARED
from verifier.kernel.context import Context, assume
from verifier.kernel.expanding import Expander
from verifier.kernel.expansion import Expansion
from verifier.kernel.polynomial import Poly, Refused, constant, power_of, to_term
from verifier.kernel.proved import Proved, prove
from verifier.kernel.refuted import refute
from verifier.kernel.rules.limits import FAR, NoLimit, limit_value
from verifier.kernel.series import UNIT, Order, Series, composed, leading, number, product
from verifier.statements.definedness import Condition
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import L, integer, limit, oo, pi, real, sigma

x, y, n = real("x"), real("y"), integer("n")
mp = MPContext()
HERE = Context()


def limit_of(text: str, given: str = "") -> str:
    """The limit as text: `limit_of("1/L, L, oo", "L > 1")`."""
    conditions = parse_conditions(given, DECLARED) if given else ()
    node = parse(f"limit({text}) == 0", DECLARED).lhs
    return repr(to_term(limit_value(assume(HERE, conditions), node)))  # type: ignore[arg-type]


# --- series ----------------------------------------------------------------------------------


def series(*terms: tuple[int, int, int], error: tuple[int, int] | None = None) -> Series:
    """Terms c * t**k * l**m as triples (c, k, m)."""
    orders = {Order(fmpq(k), fmpq(m)): constant(c) for c, k, m in terms}
    return Series(orders, Order(*map(fmpq, error)) if error else None)


def shown(value: Series) -> tuple[list[tuple[int, int, int]], tuple[int, int] | None]:
    terms = [(int(c.constant.p), int(o.power), int(o.log)) for o, c in value.terms.items()]
    return terms, value.error and (int(value.error.power), int(value.error.log))


def test_an_error_absorbs_what_is_no_larger() -> None:
    terms = ((1, 2, 0), (1, 1, 0), (1, 1, 1), (1, -1, 0))
    assert shown(series(*terms)) == ([(1, -1, 0), (1, 1, 1), (1, 1, 0), (1, 2, 0)], None)
    assert shown(series(*terms, error=(1, 0))) == ([(1, -1, 0), (1, 1, 1)], (1, 0))
    assert shown(series(*terms, error=(1, 2))) == ([(1, -1, 0)], (1, 2))


def test_the_error_of_a_sum_is_the_larger_one() -> None:
    both = series((1, 0, 0), error=(3, 0)) + series((2, 0, 0), (1, 2, 0), error=(2, 1))
    assert shown(both) == ([(3, 0, 0)], (2, 1))


def test_the_error_of_a_product() -> None:
    a, b = series((1, -2, 0), error=(1, 0)), series((1, 1, 1), error=(5, 0))
    assert shown(product(HERE, a, b)) == ([(1, -1, 1)], (2, 1))
    assert shown(product(HERE, a, series(error=(2, 0)))) == ([], (0, 0))
    assert product(HERE, a, Series({})).exactly_zero


def test_a_power_series_ends_in_an_error() -> None:
    u = series((1, 1, 0))
    one = [fmpq(1)] * 3
    assert shown(composed(HERE, one, u, False)) == ([(1, 0, 0), (1, 1, 0), (1, 2, 0)], (3, 0))
    assert shown(composed(HERE, one, u, True)) == ([(1, 0, 0), (1, 1, 0), (1, 2, 0)], None)
    for divergent in (series((1, 0, 0)), series((1, 0, 1)), series(error=(0, 0))):
        with pytest.raises(Refused):
            composed(HERE, one, divergent, False)


def test_a_leading_term_is_known_not_to_vanish() -> None:
    doubtful = number(power_of(x))
    with pytest.raises(Refused):
        leading(HERE, doubtful)
    with pytest.raises(Refused):
        leading(HERE, series(error=(9, 0)))
    assert leading(HERE, Series({})) is None
    order, _, _ = leading(assume(HERE, (x != 0,)), doubtful)  # type: ignore[misc]
    assert order == UNIT


def test_a_series_that_grows_too_long_is_cut_into_its_error() -> None:
    long = series(*((1, k, 0) for k in range(200)))
    assert long.error is not None and len(long.terms) == int(long.error.power) < 200


def test_a_coefficient_that_grows_too_large_goes_into_the_error() -> None:
    sum_ = Poly({})
    for letter in "abcdefghij":
        sum_ = sum_ + power_of(real(letter))
    both = Series({UNIT: sum_, Order(fmpq(2)): constant(1)})
    assert product(HERE, both, both).error == UNIT
    assert product(HERE, both, series((1, 1, 0))).error is None


# --- expansions against high precision ---------------------------------------------------------


class OutOfReach(Exception):
    """Too large to be evaluated here."""


NUMBERS = st.sampled_from([1, 2, 3, -1, Fraction(1, 2)]).map(Number)
LITERALS = st.sampled_from([0, 2, 3, -1, -2, 20, Fraction(1, 2), Fraction(-1, 3)]).map(Number)


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    def heads(names: str, *arguments: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        return st.builds(Apply, st.sampled_from(names.split()), *arguments)

    return st.one_of(
        heads("exp sin cos log sqrt Abs neg", inner),
        heads("+ - * / + - * / ** Min Max", inner, inner),
        heads("**", inner, LITERALS),
    )


TERMS = st.recursive(st.just(x) | NUMBERS, _grown, max_leaves=7)


def evaluate(term: Term, at: object) -> object:
    if isinstance(term, Number):
        return mp.mpf(term.value.numerator) / term.value.denominator
    if isinstance(term, Symbol):
        return at
    a, *rest = (evaluate(arg, at) for arg in term.args)  # type: ignore[attr-defined]
    b = rest[0] if rest else mp.mpf(0)
    return _OPERATIONS[term.head](a, b)  # type: ignore[attr-defined]


def _within_reach(value: object) -> object:
    if value and mp.mag(value) > 3_000:
        raise OutOfReach
    return value


def _power(a: object, b: object) -> object:
    if mp.isint(b) and abs(b) <= 50:  # type: ignore[arg-type]
        return a ** int(b)  # type: ignore
    if a <= 0:  # type: ignore[operator]
        raise OutOfReach
    return mp.exp(_within_reach(b * mp.log(a)))  # type: ignore[operator]


_OPERATIONS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "/": lambda a, b: a / b, "**": _power, "neg": lambda a, b: -a,
    "exp": lambda a, b: mp.exp(_within_reach(a)), "sin": lambda a, b: mp.sin(_within_reach(a)),
    "cos": lambda a, b: mp.cos(_within_reach(a)), "log": lambda a, b: mp.log(a),
    "sqrt": lambda a, b: mp.sqrt(a), "Abs": lambda a, b: abs(a), "Min": lambda a, b: min(a, b),
    "Max": lambda a, b: max(a, b),
}  # fmt: skip


def mpf(value: fmpq) -> object:
    return mp.mpf(int(value.p)) / int(value.q)


def at_order(order: Order, t: object) -> object:
    return t ** mpf(order.power) * (-mp.log(t)) ** mpf(order.log)  # type: ignore[operator]


def value_of(sum_: Series, t: object) -> object:
    def coefficient(poly: Poly) -> object:
        return evaluate(to_term(poly), None)

    return mp.fsum(coefficient(c) * at_order(o, t) for o, c in sum_.terms.items())  # type: ignore


def remainder(term: Term, place: object, expansion: Expansion, digits: int, side: int) -> object:
    """(f - its terms) / (the order of the error) at t = 10**-digits, both without the scale."""
    mp.dps = 30 * digits + 200
    t = mp.mpf(10) ** -digits
    at = 1 / t if place is oo else place + side * t  # type: ignore[operator]
    true = evaluate(term, at) * mp.exp(-value_of(expansion.scale, t))  # type: ignore[operator]
    gap = abs(true - value_of(expansion.body, t))
    error = expansion.body.error
    return gap / (at_order(error, t) if error else mp.mpf(10) ** (-20 * digits) * (1 + abs(true)))  # type: ignore


@pytest.mark.parametrize(("place", "side"), [(oo, 1), (0, 1), (0, -1), (1, 1), (-1, -1)])
@settings(max_examples=60, deadline=None)
@given(term=TERMS, length=st.sampled_from([2, 4, 7]))
def test_the_remainder_has_the_order_that_is_stated(
    place: object, side: int, term: Term, length: int
) -> None:
    step = Series({Order(fmpq(-1 if place is oo else side and 1)): constant(side)})
    start = step if place is oo else number(constant(place)) + step  # type: ignore[arg-type]
    near: tuple[Relation, ...] = (x >= FAR,) if place is oo else (x > place, x < place + 1)  # type: ignore
    if side < 0:
        near = (x < place, x > place - 1)  # type: ignore[operator]
    try:
        expansion = Expander(HERE, assume(HERE, near), x, start, length)(term)
    except Refused:
        only_if(False)
    error = expansion.body.error
    only_if(error is None or abs(error.power) < 25)
    try:
        sizes = [remainder(term, place, expansion, digits, side) for digits in (8, 30, 110)]
    except OutOfReach:
        only_if(False)
    assert sizes[2] <= 10 * max(sizes[:2]) + 1_000, expansion  # type: ignore


# --- limits --------------------------------------------------------------------------------------

LIMITS = [
    ("(1 + 1/L)**L, L, oo", "exp(1)"),
    ("(1 - 1/L)**L, L, oo", "exp(-1)"),
    ("(1 + x/L)**L, L, oo", "exp(x)"),
    ("(1 + 1/L)**(L**2)/exp(L), L, oo", "exp(-1/2)"),
    ("L**(1/L), L, oo", "1"),
    ("x**(1 + 1/x)/x, x, oo", "1"),
    ("L*(H**(1/L) - 1), L, oo", "log(H)"),
    ("L*log((L + 1)/(L - 1)), L, oo", "2"),
    ("log(L)/L, L, oo", "0"),
    ("log(x)**100/x, x, oo", "0"),
    ("1/log(x), x, oo", "0"),
    ("(log(x + 1) - log(x))*x, x, oo", "1"),
    ("sqrt(L + 1) - sqrt(L), L, oo", "0"),
    ("x - sqrt(x**2 - x), x, oo", "1/2"),
    ("sin(x)/x, x, 0", "1"),
    ("sin(x*y)/x, x, 0", "y"),
    ("sin(x)/(x - pi), x, pi", "-1"),
    ("(cos(x) - 1)/x**2, x, 0", "-1/2"),
    ("(sin(x) - x + x**3/6)/x**5, x, 0", "1/120"),
    ("(exp(x) - 1)/x, x, 0", "1"),
    ("log(1 + x)/x, x, 0", "1"),
    ("(x**2 - 1)/(x - 1), x, 1", "2"),
    ("(x**2 - y**2)/(x - y), x, y", "2*y"),
    ("x**2 + 1, x, 3", "10"),
    ("sin(x)/x, x, oo", "0"),
    ("x*sin(1/x), x, 0", "0"),
    ("x/(x + sin(x)), x, oo", "1"),
    ("exp(sin(x))/x, x, oo", "0"),
    ("Abs(sin(x))/x, x, oo", "0"),
    ("x*log(Abs(x)), x, 0", "0"),
    ("Abs(x)**x, x, 0", "1"),
    ("Max(x, 0), x, 0", "0"),
    ("Iverson(x**2 > 0), x, 0", "1"),
    ("0**Abs(x), x, 0", "0"),
    ("exp(-log(x)**2)*x**9, x, oo", "0"),
    ("log(exp(x) + 1)/x, x, oo", "1"),
    ("(3**L + 2**L)**(1/L), L, oo", "3"),
    ("L**10/2**L, L, oo", "0"),
    ("(-1)**L/L, L, oo", "0"),
    ("(-1/2)**L, L, oo", "0"),
    ("(-1)**(L*(L + 1)), L, oo", "1"),
    ("(-1 - 1/L)**(2*L), L, oo", "exp(2)"),
    ("Sum(1/2**l, (l, 0, L)), L, oo", "2"),
    ("Sum(l, (l, 1, L))/L**2, L, oo", "1/2"),
]


@pytest.mark.parametrize(("text", "value"), LIMITS)
def test_a_limit(text: str, value: str) -> None:
    assert limit_of(text) == value
    claim = parse(f"limit({text}) == {value}", DECLARED)
    assert prove("limit", Statement(claim))
    for wrong in (claim.rhs + 1, claim.rhs - Fraction(1, 1000), claim.rhs + 10**9):
        with pytest.raises(Refused):
            prove("limit", Statement(claim.lhs == wrong))


@pytest.mark.parametrize(
    ("text", "given", "value"),
    [
        ("1/(y*L), L, oo", "y != 0", "0"),
        ("(y*L + 1)/(y*L + 2), L, oo", "y != 0", "1"),
        ("x**L, L, oo", "0 < x < 1", "0"),
        ("(x**y - 1)/(x - 1), x, 1", "y > 0", "y"),
    ],
)
def test_a_limit_under_a_hypothesis(text: str, given: str, value: str) -> None:
    assert limit_of(text, given) == value


@pytest.mark.parametrize(
    "text",
    [
        "exp(x), x, oo", "1/x, x, 0", "exp(1/x), x, 0", "(-1)**L, L, oo", "Abs(x)/x, x, 0",
        "Max(x, 0)/x, x, 0", "Iverson(x >= 0), x, 0", "(-1 - 1/L)**L, L, oo", "log(x), x, oo",
        "x**x, x, oo", "exp(x + 1/x) - exp(x), x, oo", "(1 + 1/H)**L, L, oo", "1/(x - 2)**2, x, 2",
        "x**(10**9), x, oo", "(-2)**L, L, oo", "exp(x)/x**100, x, oo",
    ],
)  # fmt: skip
def test_there_is_no_limit(text: str) -> None:
    with pytest.raises(NoLimit):
        limit_of(text)
    claim = parse(f"limit({text}) == 1", DECLARED)
    failure = refute(Statement(claim), {s: Number(1) for s in claim.free}).failure
    assert isinstance(failure, Condition) and failure.kind == "limit"


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(x), x, 0",  # defined on one side only
        "log(x)/x**2, x, -1",
        "x**x, x, 0",
        "0**x, x, 0",
        "1/(y*L), L, oo",  # y may be zero
        "(y*L + 1)/(y*L + 2), L, oo",
        "y*L, L, oo",
        "x**L, L, oo",
        "L**a, L, oo",
        "L/y, L, oo",
        "1/y + 1/L, L, oo",
        "sin(x), x, oo",  # bounded, nothing more is known
        "1/(1 + sin(x)), x, oo",
        "1/sin(x), x, oo",
        "(-1)**x, x, oo",  # not defined for all large x
        "1/(x - x), x, 0",
        "sin(1/x), x, 0",
        "n, n, 3",  # an integer does not tend to a point
        "(a**L + b**L)**(1/L), L, oo",
        "exp(-sqrt(log(x))), x, oo",  # between the powers
        "log(log(x)), x, oo",
        "exp(exp(exp(x))), x, oo",
        "Sum(1/l, (l, 1, L)), L, oo",
        "limit(x*y, y, x), x, 2",
        "(sin(x) - x + x**3/6 - x**5/120 + x**7/5040 - x**9/362880 + x**11/39916800"
        " - x**13/6227020800 + x**15/1307674368000 - x**17/355687428096000"
        " + x**19/121645100408832000)/x**19, x, 0",  # all that is computed cancels
    ],
)
def test_what_is_not_known_is_neither_a_limit_nor_none(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        limit_of(text)
    assert not isinstance(refusal.value, NoLimit)


# --- facts about what stands in a limit ----------------------------------------------------------

SINGLE = parse("limit(sharpness(single_path)/L, L, oo) == sigma**2").lhs
DEPTH = integer("depth")


def inside(variable: Symbol) -> Term:
    return parse(f"sharpness(single_path, L={variable.name}) == 0", {variable.name: variable}).lhs


def fact(variable: Symbol, *given: Relation) -> Proved:
    """Not the truth: only what the rules make of a premise counts here."""
    claim = inside(variable) == variable * sigma**3
    return prove("given", Statement(claim, (*given, claim)))


def test_a_premise_speaks_of_a_variable_that_is_far_out() -> None:
    premise = fact(DEPTH, DEPTH >= FAR)
    given = (inside(DEPTH) == DEPTH * sigma**3,)
    for claim, conditions, variable in (
        (SINGLE == sigma**3, (), DEPTH),  # more is given in the premise
        (SINGLE == sigma**3, given, DEPTH),  # the variable is not free to be any place
        (SINGLE == sigma**3, (), None),
        (SINGLE == sigma**3, (), integer("other")),
        (SINGLE == sigma**3, (), x),
    ):
        arguments = {"variable": variable} if variable is not None else {}
        with pytest.raises(Refused):
            prove("limit", Statement(claim, conditions), (premise,), **arguments)


def test_a_premise_on_one_place_says_nothing_of_the_others() -> None:
    at_five = prove("given", Statement(DEPTH == 5, (DEPTH == 5,)))
    with pytest.raises(Refused):
        prove("limit", Statement(limit(n, n, oo) == 5), (at_five,), variable=DEPTH)


def test_a_premise_under_more_than_a_far_variable_refutes_nothing() -> None:
    false = prove("given", Statement(pi == 0, (pi == 0,)))
    with pytest.raises(Refused):
        refute(Statement(1 / pi > 0), {}, (false,))
    far_and_more = prove("given", Statement(n == 0, (n >= FAR, n == 0)))
    with pytest.raises(Refused):
        refute(Statement(limit(1 / n, n, oo) == 0), {}, (far_and_more,))


def test_a_bound_variable_is_not_what_is_given() -> None:
    assert prove("limit", Statement(limit(x**2, x, 3) == 9, (x == 1,)))
    assert prove("limit", Statement(limit(x + y, x, y) == 2 * y, (x > y,)))
    with pytest.raises(Refused):
        prove("limit", Statement(limit(Apply("sqrt", x), x, 0) == 0, (x > 0,)))
    assert L not in limit(1 / L, L, oo).free
