"""Every rule proves a true statement and refuses its false neighbours."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from fractions import Fraction

import pytest

from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove, rules
from verifier.kernel.rules.sharpness import hessian_form, loss, squared_norm
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import (
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    Apply,
    Number,
    Relation,
    Symbol,
    Term,
)
from verifier.statements.vocabulary import (
    Abs,
    H,
    Iverson,
    L,
    Max,
    Product,
    Sum,
    balanced,
    diff,
    exp,
    family,
    hessian,
    integer,
    k,
    limit,
    log,
    oo,
    positive,
    real,
    shared,
    sharpness,
    sigma,
    sin,
    single_path,
    split,
    sqrt,
    weights,
)

x, y, z = real("x"), real("y"), real("z")
a, b = positive("a"), positive("b")
c, d = Symbol("c", NONNEGATIVE), Symbol("d", NONNEGATIVE)
n, m, h, i, j, l = (integer(name) for name in ("n", "m", "h", "i", "j", "l"))  # noqa: E741
s, t = family("s", NONNEGATIVE), family("t")
w, v = family("w", arity=2), family("v", arity=2)
HALF = Fraction(1, 2)
ZERO, ONE = Number(0), Number(1)

Given = Sequence[Relation]


def say(claim: Relation, *given: Relation) -> Statement:
    return Statement(claim, given)


def by_arithmetic(claim: Relation, *given: Relation) -> Proved:
    return prove("arithmetic", say(claim, *given))


def refused(name: str, statement: Statement, *premises: Proved, **arguments: object) -> None:
    with pytest.raises((Refused, StatementError)):
        prove(name, statement, premises, **arguments)


# --- a Proved is made by the kernel alone ----------------------------------------------------


def test_every_rule_is_tested_here_or_beside() -> None:
    here = {
        "allocation", "am_gm", "am_gm_range", "arithmetic", "cases", "cauchy_schwarz",
        "combination", "differentiation", "exhaustion", "exp_tangent", "given", "hessian_entry",
        "induction", "instance", "largest_eigenvalue", "limit", "multiplication", "split_range",
        "summation",
    }  # fmt: skip
    in_test_monotonicity = {"contraposition", "monotone", "slope"}
    in_test_matrices = {
        "chain_recursion", "chain_split", "curvature", "curvature_bound", "exchange",
        "matrix_sharpness",
    }  # fmt: skip
    in_test_roots = {"intermediate_value"}
    beside = in_test_monotonicity | in_test_matrices | in_test_roots
    assert set(rules()) == here | beside


def test_a_proved_cannot_be_constructed() -> None:
    with pytest.raises(TypeError):
        Proved()
    with pytest.raises(TypeError):
        Proved(say(x < x), "arithmetic", (), {})
    with pytest.raises(TypeError):
        Proved(object(), say(x < x), "arithmetic", (), {})


def test_a_proved_cannot_be_changed() -> None:
    proved = by_arithmetic(x**2 >= 0)
    for name in ("statement", "rule", "premises", "arguments", "other"):
        with pytest.raises(AttributeError):
            setattr(proved, name, None)
        with pytest.raises(AttributeError):
            delattr(proved, name)
    with pytest.raises(TypeError):
        proved.arguments["at"] = 1  # type: ignore[index]
    assert repr(proved) == "Proved: x**2 >= 0"


def test_a_proved_cannot_be_copied_or_pickled() -> None:
    proved = by_arithmetic(x**2 >= 0)
    for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            attempt(proved)


def test_a_premise_must_be_a_proved() -> None:
    class Fake(Proved):
        def __init__(self) -> None:
            pass

    for premise in (Fake(), say(x < x), x < x, None):
        refused("given", say(x < x), premise)  # type: ignore[arg-type]


def test_premises_are_read_once() -> None:
    proved = by_arithmetic(x**2 >= 0)
    assert prove("given", say(x**2 >= 0), iter([proved])).premises == (proved,)


def test_a_statement_must_be_a_statement() -> None:
    class Changing(Statement):
        pass

    refused("arithmetic", Changing(x**2 >= 0))
    refused("arithmetic", x**2 >= 0)  # type: ignore[arg-type]


def test_an_unknown_rule_is_refused() -> None:
    refused("magic", say(x**2 >= 0))


@pytest.mark.parametrize("name", ["combination", "instance", "summation", "am_gm", "split_range"])
def test_missing_arguments_are_no_proof(name: str) -> None:
    refused(name, say(x**2 >= 0))


# --- given, arithmetic -----------------------------------------------------------------------


def test_given() -> None:
    proved = by_arithmetic(x**2 >= 0)
    assert prove("given", say(x > 0, x > 0)).rule == "given"
    assert prove("given", say(x**2 >= 0, y > 0), (proved,)).premises == (proved,)
    refused("given", say(x > 0, x >= 0))
    refused("given", say(x > 0))
    refused("given", say(y**2 >= 0), proved)
    refused("given", say(x > 0), by_arithmetic(x > 0, x > 1))


def test_arithmetic_uses_premises_only_under_what_they_need() -> None:
    positive_x = by_arithmetic(x > 0, x > 1)
    assert prove("arithmetic", say(1 / x > 0, x > 1), (positive_x,))
    refused("arithmetic", say(1 / x > 0), positive_x)
    refused("arithmetic", say(1 / x > 0, x >= 1), positive_x)


DERIVATIVES = [
    (diff(x**n, x) == n * x ** (n - 1), [n >= 1]),
    (diff(x**y, x) == y * x ** (y - 1), [x > 0]),
    (diff(sqrt(x), x) == 1 / (2 * sqrt(x)), [x > 0]),
    (diff(x * y, x) == y, [x == y]),
    (diff(diff(x * y + sqrt(y), x), y) == 1, [y > 0]),
    (diff(diff(t[i] * t[j], t[i]), t[j]) == 1, [i != j]),
    (diff(x / y, x) == 1 / y, [y != 0]),
    (diff(t[i] * t[j], t[i]) == t[j], [i != j]),
    (diff(Sum(t[h] ** 2, (h, 1, H)), t[1]) == 2 * t[1], []),
    (diff(Product(t[h], (h, 1, n)), t[1]) == Product(t[h], (h, 2, n)), [n >= 1]),
    (diff(Product(x, (h, 1, n)), x) == n * x ** (n - 1), [n >= 1]),
]
NO_DERIVATIVES = [
    (diff(x**n, x) == n * x ** (n - 1), []),
    (diff(x**y, x) == y * x ** (y - 1), []),
    (diff(sqrt(x), x) == 1 / (2 * sqrt(x)), [x >= 0]),
    (diff(Abs(x), x) == 1, [x >= 0]),
    (diff(Max(x, y), x) == 1, [x >= y]),
    (diff(x * y, x) == 2 * x, [x == y]),
    (diff(1 / y, x) == 0, []),
    (diff(x + 1 / y, x) == 1, []),
    (diff(log(y) - log(y), x) == 0, []),
    (diff(x / y, x) == 1 / y, []),
    (diff(t[i] * t[j], t[i]) == t[j], []),
    (diff(t[n / 2], t[1]) == 0, []),
    (diff(Sum(t[h] ** 2, (h, 1, H)), t[2]) == 2 * t[2], []),
    (diff(Product(t[h], (h, 1, n)), t[1]) == Product(t[h], (h, 2, n)), []),
    (diff(x * Iverson(x >= 0), x) == Iverson(x >= 0), []),
    (diff(n * x, n) == x, []),
    (diff(diff(x**y, x), y) == x ** (y - 1) * (1 + y * log(x)), [y == 2]),
    (diff(diff(x + (-1) ** y, x), y) == 0, [y == 2]),
    (diff(diff(x + 0**y, x), y) == 0, [y == 0]),
    (diff(diff(x + sqrt(y), x), y) == 0, [y >= 0]),
    (diff(diff(x * Abs(y), x), y) == 1, [y > 0]),
]


@pytest.mark.parametrize(("claim", "conditions"), DERIVATIVES, ids=repr)
def test_derivative(claim: Relation, conditions: Given) -> None:
    assert by_arithmetic(claim, *conditions)


@pytest.mark.parametrize(("claim", "conditions"), NO_DERIVATIVES, ids=repr)
def test_no_derivative(claim: Relation, conditions: Given) -> None:
    refused("arithmetic", say(claim, *conditions))


def test_differentiation() -> None:
    for claim, variable in (
        (say((x + 1) ** 2 == x**2 + 2 * x + 1), x),
        (say(t[i] * (t[j] + 1) == t[i] * t[j] + t[i], i >= 1), t[j]),
    ):
        premise = prove("arithmetic", claim)
        slopes = diff(claim.claim.lhs, variable) == diff(claim.claim.rhs, variable)
        for more in ((), (variable == 0,)):
            assert prove("differentiation", say(slopes, *claim.given, *more), (premise,))


def test_functions_that_meet_somewhere_have_other_derivatives() -> None:
    """x**2 and x meet at 0, where their derivatives are 0 and 1."""
    slopes = diff(x**2, x) == diff(x, x)
    for where in ((x == 0,), (x >= 0, x <= 0), (t[1] == 0, x == t[1])):
        meeting = by_arithmetic(x**2 == x, *where)
        refused("differentiation", say(slopes, *where), meeting)
        refused("differentiation", say(slopes), meeting)
    members = by_arithmetic(t[j] ** 2 == t[j], t[j] == 0)
    refused("differentiation", say(diff(t[j] ** 2, t[j]) == diff(t[j], t[j]), t[j] == 0), members)


def test_no_differentiation() -> None:
    square = by_arithmetic((x + 1) ** 2 == x**2 + 2 * x + 1)
    left, right = square.statement.claim.lhs, square.statement.claim.rhs
    for claim in (
        diff(left, x) == diff(right + x, x),
        diff(left, x) == diff(right, y),
        diff(left, y) == diff(right, x),
        diff(left, x) <= diff(right, x),
        diff(left, x) == right,
        left == right,
    ):
        refused("differentiation", say(claim), square)
    refused("differentiation", say(diff(left, x) == diff(right, x)))
    refused("differentiation", say(diff(left, x) == diff(right, x)), square, square)
    weak = by_arithmetic(left <= right)
    refused("differentiation", say(diff(left, x) == diff(right, x)), weak)
    absolute = by_arithmetic(Abs(x) == Abs(x + 0))
    refused("differentiation", say(diff(Abs(x), x) == diff(Abs(x + 0), x)), absolute)
    narrower = by_arithmetic(left == right, y >= 0)
    refused("differentiation", say(diff(left, x) == diff(right, x)), narrower)
    bounded = by_arithmetic(sigma + sigma == 2 * sigma)
    refused("differentiation", say(diff(sigma + sigma, sigma) == diff(2 * sigma, sigma)), bounded)


def test_conditions_on_all_members_are_not_given() -> None:
    """That a sharpness is defined says nothing about members that are not in use."""
    other = Symbol("h_1", INTEGER)
    pole = function((h, l), 1 / h)
    refused("arithmetic", say(other != 0, sharpness(weights(pole)) >= 0))
    refused("arithmetic", say(t[other] >= 0, sharpness(split(t)) >= 0))


# --- combination -----------------------------------------------------------------------------


def test_combination() -> None:
    first = by_arithmetic(x >= 1, x >= 2)
    second = by_arithmetic(y > 1, x >= 2, y > 3)
    conditions = (x >= 2, y > 3)
    assert prove(
        "combination", say(x + y > 2, *conditions), (first, second), multipliers=(ONE, ONE)
    )
    assert prove("combination", say(x * c >= c, x >= 2), (first,), multipliers=(c,))
    refused("combination", say(x >= 3, x >= 2), first, multipliers=(ONE,))


COMBINATIONS = [
    (x > 0, [x >= 0], ONE, [x >= 0]),
    (x * y >= 0, [x >= 0], y, [x >= 0]),
    (x * c > 0, [x > 0], c, [x > 0]),
    (x == 0, [x >= 0], ONE, [x >= 0]),
    (x != 0, [x > 0], ONE, [x >= 0]),
    (x <= 0, [x >= 0], ONE, [x >= 0]),
    (x / y >= 0, [x >= 0], 1 / y, [x >= 0]),
    (x >= 1, [x != 1], ONE, [x != 1]),
    (-x >= 0, [x >= 0], Apply("neg", Symbol("a", POSITIVE)) / a, [x >= 0]),
]


@pytest.mark.parametrize(("claim", "known", "multiplier", "conditions"), COMBINATIONS, ids=repr)
def test_no_combination(claim: Relation, known: Given, multiplier: Term, conditions: Given) -> None:
    premise = prove("given", say(known[0], *known))
    refused("combination", say(claim, *conditions), premise, multipliers=(multiplier,))


def test_combination_needs_as_many_multipliers() -> None:
    premise = by_arithmetic(x**2 >= 0)
    for multipliers in ((), (x**2, x**2)):
        refused("combination", say(x**2 >= 0), premise, multipliers=multipliers)


# --- inequalities ----------------------------------------------------------------------------


def test_exhaustion() -> None:
    claim = n * (n - 1) * (n - 2) == 0
    bounded = (n >= 0, n <= 2)
    at = [by_arithmetic(substitute(claim, {n: Number(value)})) for value in range(3)]
    assert prove("exhaustion", say(claim, *bounded), tuple(at), on=n)
    refused("exhaustion", say(claim, n >= 0, n <= 3), *at, on=n)
    refused("exhaustion", say(claim, n >= -1, n <= 2), *at, on=n)
    refused("exhaustion", say(claim, n >= 0), *at, on=n)
    refused("exhaustion", say(claim), *at, on=n)
    refused("exhaustion", say(claim, *bounded), *at[:2], on=n)
    refused("exhaustion", say(claim, *bounded), at[0], at[0], at[2], on=n)
    refused("exhaustion", say(x * (x - 1) == 0, x >= 0, x <= 1), *at[:2], on=x)


def test_exp_tangent() -> None:
    assert prove("exp_tangent", say(exp(x) >= 1 + x), at=x)
    assert prove("exp_tangent", say(exp(x) > 1 + x, x != 0), at=x)
    assert prove("exp_tangent", say(log(a) <= a - 1), at=log(a))
    refused("exp_tangent", say(exp(x) > 1 + x), at=x)
    refused("exp_tangent", say(exp(x) >= 1 + 2 * x), at=x)
    refused("exp_tangent", say(exp(x) >= 2 + x), at=x)
    refused("exp_tangent", say(exp(x) <= 1 + x), at=x)
    refused("exp_tangent", say(exp(x) == 1 + x), at=x)
    refused("exp_tangent", say(log(a) <= a - 2), at=log(a))
    refused("exp_tangent", say(log(x) <= x - 1), at=log(x))  # x may be negative


def test_am_gm() -> None:
    two = (ONE,) * 2
    mean = 2 * (c * d) ** HALF
    assert prove("am_gm", say(c + d >= mean), weights=two, values=(c, d))
    conditions = (c != d,)
    assert prove(
        "am_gm", say(c + d > mean, *conditions), weights=two, values=(c, d), distinct=(0, 1)
    )
    refused("am_gm", say(c + d > mean), weights=two, values=(c, d), distinct=(0, 1))
    refused("am_gm", say(c + d > mean, *conditions), weights=two, values=(c, d), distinct=(0, 0))
    refused("am_gm", say(c + d > mean, *conditions), weights=two, values=(c, d), distinct=(0, 7))
    refused("am_gm", say(c + d > mean, *conditions), weights=two, values=(c, d), distinct=(0, -1))
    refused("am_gm", say(c + d > mean, *conditions), weights=two, values=(c, d))
    refused("am_gm", say(c + d <= mean), weights=two, values=(c, d))
    refused("am_gm", say(c + d == mean), weights=two, values=(c, d))
    refused("am_gm", say(c + d >= 2 * mean), weights=two, values=(c, d))
    refused("am_gm", say(c + d >= mean), weights=two, values=(c,))
    refused("am_gm", say(c + d >= mean), weights=(), values=())


def test_am_gm_needs_nonnegative_values_and_weights() -> None:
    one = ONE
    mean = 2 * (x**2) ** HALF * (y**2) ** HALF
    assert prove("am_gm", say(x**2 + y**2 >= mean), weights=(one, one), values=(x**2, y**2))
    cubes = x**3 + y**3
    refused(
        "am_gm", say(cubes >= 2 * (x**3 * y**3) ** HALF), weights=(one, one), values=(x**3, y**3)
    )
    reversed_bernoulli = say(a**x + x * (1 - a) >= 1, x >= 0, x <= 1)
    given_weights = {"weights": (x, 1 - x), "values": (a, one)}
    assert prove("am_gm", say(x * a + (1 - x) >= a**x, x >= 0, x <= 1), (), **given_weights)
    refused("am_gm", say(x * a + (1 - x) >= a**x), **given_weights)
    refused("am_gm", say(x * a + (1 - x) >= a**x, x >= 0), **given_weights)
    refused("am_gm", reversed_bernoulli, **given_weights)
    refused("am_gm", say(c * 0 >= 0), weights=(c,), values=(d,))


def over(body: Term, upper: Term = n) -> Term:
    return Sum(body, (h, 1, upper))


def test_am_gm_over_a_range() -> None:
    counts = {"weights": over(ONE), "values": over(s[h])}
    mean = n * Product(s[h], (h, 1, n)) ** (1 / n)
    assert prove("am_gm_range", say(over(s[h]) >= mean, n >= 1), **counts)
    assert prove("am_gm_range", say(mean <= over(s[h]), n >= 1), **counts)
    refused("am_gm_range", say(over(s[h]) >= mean), **counts)
    refused("am_gm_range", say(over(s[h]) >= mean, n >= 0), **counts)
    for claim in (
        over(s[h]) > mean,
        over(s[h]) <= mean,
        over(s[h]) == mean,
        over(s[h]) != mean,
        over(s[h]) >= 2 * mean,
        over(s[h], n - 1) >= mean,
        over(s[h]) >= (n + 1) * Product(s[h], (h, 1, n)) ** (1 / n),
        over(s[h]) >= n * Product(s[h], (h, 1, n)) ** (2 / n),
        over(s[h]) >= n * Product(s[h], (h, 1, n + 1)) ** (1 / n),
        over(s[h]) >= Product(s[h], (h, 1, n)) ** (1 / n),
    ):
        refused("am_gm_range", say(claim, n >= 2), **counts)
    other_range = {"weights": over(ONE), "values": over(s[h], n + 1)}
    refused("am_gm_range", say(over(s[h]) >= mean, n >= 1), **other_range)
    refused("am_gm_range", say(over(s[h]) >= mean, n >= 1), weights=n, values=over(s[h]))


def test_am_gm_over_a_range_needs_nonnegative_members() -> None:
    mean = n * Product(t[h], (h, 1, n)) ** (1 / n)
    cubes = {"weights": over(ONE), "values": over(t[h] ** 3)}
    squares = {"weights": over(ONE), "values": over(t[h] ** 2)}
    assert prove(
        "am_gm_range",
        say(over(t[h] ** 2) >= n * Product(t[h] ** 2, (h, 1, n)) ** (1 / n), n >= 1),
        **squares,
    )
    refused(
        "am_gm_range",
        say(over(t[h] ** 3) >= n * Product(t[h] ** 3, (h, 1, n)) ** (1 / n), n >= 1),
        **cubes,
    )
    first = {"weights": over(ONE), "values": over(t[h])}
    refused("am_gm_range", say(over(t[h]) >= mean, n >= 1), **first)
    refused("am_gm_range", say(over(t[h]) >= mean, n >= 1, t[1] >= 0, t[n] >= 0), **first)
    # the index itself is not negative from 1 on, and may be from -1 on
    own = {"weights": over(ONE), "values": over(h)}
    assert prove("am_gm_range", say(over(h) >= n * Product(h, (h, 1, n)) ** (1 / n), n >= 1), **own)
    wide = Sum(h, (h, -1, n)), Product(h, (h, -1, n))
    refused(
        "am_gm_range",
        say(wide[0] >= (n + 2) * wide[1] ** (1 / (n + 2)), n >= 1),
        weights=Sum(ONE, (h, -1, n)),
        values=wide[0],
    )


def test_weighted_am_gm_over_a_range() -> None:
    p = family("p", NONNEGATIVE)
    whole = over(p[h])
    claim = over(p[h] * s[h]) >= whole * Product(s[h] ** p[h], (h, 1, n)) ** (1 / whole)
    assert prove("am_gm_range", say(claim, whole > 0), weights=whole, values=over(s[h]))
    refused("am_gm_range", say(claim), weights=whole, values=over(s[h]))
    refused("am_gm_range", say(claim, whole > 0), weights=over(s[h]), values=whole)
    signed = over(t[h])
    claim = over(t[h] * s[h]) >= signed * Product(s[h] ** t[h], (h, 1, n)) ** (1 / signed)
    refused("am_gm_range", say(claim, signed > 0), weights=signed, values=over(s[h]))


def test_strict_am_gm_over_a_range() -> None:
    counts = {"weights": over(ONE), "values": over(s[h])}
    claim = over(s[h]) > n * Product(s[h], (h, 1, n)) ** (1 / n)
    places = (n >= 1, k <= n, m >= 1, m <= n, s[k] != s[m])
    assert prove("am_gm_range", say(claim, *places), distinct=(k, m), **counts)
    refused("am_gm_range", say(claim, *places), distinct=(k, k), **counts)
    refused("am_gm_range", say(claim, *places), distinct=(k,), **counts)
    refused("am_gm_range", say(claim, *places), distinct=(m, n), **counts)
    refused("am_gm_range", say(claim, *places), **counts)
    for left_out in range(1, len(places)):
        fewer = places[:left_out] + places[left_out + 1 :]
        refused("am_gm_range", say(claim, *fewer), distinct=(k, m), **counts)
    p = family("p", NONNEGATIVE)
    weights = {"weights": over(p[h]), "values": over(s[h])}
    whole = over(p[h])
    claim = over(p[h] * s[h]) > whole * Product(s[h] ** p[h], (h, 1, n)) ** (1 / whole)
    assert prove(
        "am_gm_range",
        say(claim, *places, whole > 0, p[k] > 0, p[m] > 0),
        distinct=(k, m),
        **weights,
    )
    refused("am_gm_range", say(claim, *places, whole > 0, p[k] > 0), distinct=(k, m), **weights)


# --- ranges ----------------------------------------------------------------------------------

TERM_BY_TERM = say(s[h] ** 2 <= s[h] ** 2 + 1, h >= 1, h <= H)


def test_summation() -> None:
    member = prove("arithmetic", TERM_BY_TERM)
    left, right = Sum(s[h] ** 2, (h, 1, H)), Sum(s[h] ** 2 + 1, (h, 1, H))
    assert prove("summation", say(left <= right), (member,), index=h)
    refused("summation", say(left >= right), member, index=h)
    refused("summation", say(left < right), member, index=h)
    refused("summation", say(left == right), member, index=h)
    refused("summation", say(left != right), member, index=h)
    refused("summation", say(left <= Sum(s[h] ** 2 + 1, (h, 1, H - 1))), member, index=h)
    refused(
        "summation",
        say(Sum(s[h] ** 2, (h, 0, H)) <= Sum(s[h] ** 2 + 1, (h, 0, H))),
        member,
        index=h,
    )
    refused("summation", say(left <= right), member, index=i)
    refused("summation", say(left <= right), index=h)
    products = Product(s[h] ** 2, (h, 1, H)), Product(s[h] ** 2 + 1, (h, 1, H))
    refused("summation", say(products[0] <= products[1]), member, index=h)


def test_strict_summation_needs_a_member() -> None:
    member = by_arithmetic(s[h] < s[h] + 1, h >= 1, h <= n)
    left, right = Sum(s[h], (h, 1, n)), Sum(s[h] + 1, (h, 1, n))
    assert prove("summation", say(left < right, n >= 1), (member,), index=h)
    assert prove("summation", say(left <= right), (member,), index=h)
    refused("summation", say(left < right), member, index=h)
    refused("summation", say(left < right, n >= 0), member, index=h)


def test_strict_summation_at_one_place() -> None:
    left, right = Sum(s[h], (h, 1, H)), Sum(s[h] + t[h] ** 2, (h, 1, H))
    member = by_arithmetic(s[h] <= s[h] + t[h] ** 2, h >= 1, h <= H)
    conditions = (t[k] != 0, k <= H)
    there = by_arithmetic(s[k] < s[k] + t[k] ** 2, *conditions)
    goal = say(left < right, *conditions)
    assert prove("summation", goal, (member, there), index=h, strict_at=(k,))
    refused("summation", goal, member, index=h, strict_at=(k,))
    refused("summation", goal, member, there, index=h)
    refused("summation", goal, member, there, index=h, strict_at=(H,))
    refused("summation", goal, member, there, index=h, strict_at=(k, k))
    refused("summation", say(left < right), member, there, index=h, strict_at=(k,))
    outside = by_arithmetic(s[k] < s[k] + t[k] ** 2, t[k] != 0)
    refused("summation", say(left < right, t[k] != 0), member, outside, index=h, strict_at=(k,))


def test_summation_needs_any_place_of_the_range() -> None:
    fixed = by_arithmetic(s[h] <= s[h] + 1, h == 1)
    left, right = Sum(s[h], (h, 1, H)), Sum(s[h] + 1, (h, 1, H))
    refused("summation", say(left <= right), fixed, index=h)
    refused("summation", say(left <= right, h == 1), fixed, index=h)
    smuggled = prove("given", say(s[h] <= t[h], s[h] <= t[h]))
    sums = Sum(s[h], (h, 1, H)) <= Sum(t[h], (h, 1, H))
    refused("summation", say(sums), smuggled, index=h)
    refused("summation", say(sums, s[h] <= t[h]), smuggled, index=h)
    count = Symbol("h", H.domain)
    narrow = by_arithmetic(t[count] * count >= t[count] * count)
    wide = Sum(t[h] * h, (h, -3, 0))
    refused("summation", say(wide >= wide), narrow, index=count)


def test_multiplication() -> None:
    member = prove("arithmetic", TERM_BY_TERM)
    left, right = Product(s[h] ** 2, (h, 1, H)), Product(s[h] ** 2 + 1, (h, 1, H))
    assert prove("multiplication", say(left <= right), (member,), index=h)
    for claim in (left < right, left == right, left != right, left >= right, right >= left):
        refused("multiplication", say(claim), member, index=h)
    shorter = Product(s[h] ** 2 + 1, (h, 1, H - 1))
    refused("multiplication", say(left <= shorter), member, index=h)
    wide = Product(s[h] ** 2, (h, 0, H)), Product(s[h] ** 2 + 1, (h, 0, H))
    refused("multiplication", say(wide[0] <= wide[1]), member, index=h)
    refused("multiplication", say(left <= right), member, index=i)
    refused("multiplication", say(left <= right), index=h)
    sums = Sum(s[h] ** 2, (h, 1, H)), Sum(s[h] ** 2 + 1, (h, 1, H))
    refused("multiplication", say(sums[0] <= sums[1]), member, index=h)


def test_multiplication_needs_members_that_are_not_negative() -> None:
    below = by_arithmetic(t[h] <= t[h] ** 2 + 1)  # -2 * -2 > (1 + 4) / 2
    products = Product(t[h], (h, 1, H)) <= Product(t[h] ** 2 + 1, (h, 1, H))
    refused("multiplication", say(products), below, index=h)
    lower = by_arithmetic(t[h] - 1 < t[h])
    products = Product(t[h] - 1, (h, 1, H)) <= Product(t[h], (h, 1, H))
    refused("multiplication", say(products), lower, index=h)
    refused("multiplication", say(products, t[1] >= 1, t[H] >= 1), lower, index=h)
    equal = by_arithmetic(t[h] - h == -(h - t[h]))
    products = Product(t[h] - h, (h, 1, H)) == Product(-(h - t[h]), (h, 1, H))
    assert prove("multiplication", say(products), (equal,), index=h)
    strict = by_arithmetic(s[h] < s[h] + 1)
    upwards = Product(s[h] + 1, (h, 1, n)), Product(s[h], (h, 1, n))
    assert prove("multiplication", say(upwards[1] <= upwards[0]), (strict,), index=h)
    refused("multiplication", say(upwards[1] < upwards[0]), strict, index=h)  # n may be 0


def test_split_range() -> None:
    whole = Sum(t[h], (h, 1, H))
    parts = Sum(t[h], (h, 1, k)) + Sum(t[h], (h, k + 1, H))
    assert prove("split_range", say(whole == parts, k <= H), at=k)
    refused("split_range", say(whole == parts), at=k)
    refused("split_range", say(whole == parts, k <= H), at=k + 1)
    refused("split_range", say(whole <= parts, k <= H), at=k)
    refused("split_range", say(whole == parts + 1, k <= H), at=k)
    overlapping = Sum(t[h], (h, 1, k)) + Sum(t[h], (h, k, H))
    refused("split_range", say(whole == overlapping, k <= H), at=k)
    below = Sum(t[h], (h, 1, n)) + Sum(t[h], (h, n + 1, H))
    assert prove("split_range", say(whole == below, n >= 0, n <= H), at=n)
    refused("split_range", say(whole == below, n >= -1, n <= H), at=n)
    refused("split_range", say(whole == below, n >= 0, n <= H + 1), at=n)
    refused("split_range", say(whole == Sum(t[h], (h, 1, H)), k <= H), at=H / 2)
    product = Product(t[h], (h, 1, H))
    divided = Product(t[h], (h, 1, k)) * Product(t[h], (h, k + 1, H))
    assert prove("split_range", say(product == divided, k <= H), at=k)
    refused("split_range", say(product == divided), at=k)


def test_cauchy_schwarz() -> None:
    product = Sum(s[h] * t[h], (h, 1, H))
    squares = Sum(s[h] ** 2, (h, 1, H)) * Sum(t[h] ** 2, (h, 1, H))
    assert prove("cauchy_schwarz", say(product**2 <= squares))
    refused("cauchy_schwarz", say(product**2 < squares))
    refused("cauchy_schwarz", say(product**2 >= squares))
    refused("cauchy_schwarz", say(product**3 <= squares))
    refused("cauchy_schwarz", say(product <= squares))
    refused("cauchy_schwarz", say(product**2 <= Sum(s[h] ** 2 * t[h] ** 2, (h, 1, H))))
    refused("cauchy_schwarz", say(Sum(s[h] + t[h], (h, 1, H)) ** 2 <= squares))
    refused("cauchy_schwarz", say(Product(s[h] * t[h], (h, 1, H)) ** 2 <= squares))
    shorter = Sum(s[h] ** 2, (h, 1, H - 1)) * Sum(t[h] ** 2, (h, 1, H))
    refused("cauchy_schwarz", say(product**2 <= shorter))
    poles = Sum(1 / t[h] * t[h], (h, 1, H)) ** 2
    bound = Sum(t[h] ** (-2), (h, 1, H)) * Sum(t[h] ** 2, (h, 1, H))
    refused("cauchy_schwarz", say(poles <= bound))


# --- logic -----------------------------------------------------------------------------------


def test_instance() -> None:
    square = by_arithmetic(x**2 >= 0)
    assert prove("instance", say(y**2 >= 0), (square,), mapping=((x, y),))
    refused("instance", say(y**3 >= 0), square, mapping=((x, y),))
    refused("instance", say((1 / y) ** 2 >= 0), square, mapping=((x, 1 / y),))
    refused("instance", say(sqrt(y) ** 2 >= 0), square, mapping=((x, sqrt(y)),))
    refused("instance", say(log(y) ** 2 >= 0), square, mapping=((x, log(y)),))
    refused("instance", say(Apply("oo") ** 2 >= 0), square, mapping=((x, oo),))


def test_instance_keeps_to_the_domains() -> None:
    above = by_arithmetic(H >= 1)
    assert prove("instance", say(n >= 1, n >= 2), (above,), mapping=((H, n),))
    refused("instance", say(n >= 1), above, mapping=((H, n),))
    refused("instance", say(x >= 1, x >= 2), above, mapping=((H, x),))
    refused("instance", say(H / 2 >= 1), above, mapping=((H, H / 2),))
    refused("instance", say(n / 2 >= 1, n >= 2), above, mapping=((H, n / 2),))
    strict = by_arithmetic(a > 0)
    refused("instance", say(c > 0), strict, mapping=((a, c),))
    refused("instance", say(x > 0), strict, mapping=((a, x),))
    refused("instance", say(x > 0, x > -1), strict, mapping=((a, x),))
    twice = ((a, b), (a, x))
    refused("instance", say(x > 0), strict, mapping=twice)
    members = by_arithmetic(s[h] >= 0)
    assert prove("instance", say(h**2 >= 0), (members,), mapping=((s, function((i,), i**2)),))
    refused("instance", say(t[h] >= 0), members, mapping=((s, t),))
    refused("instance", say(h >= 0), members, mapping=((s, function((i,), i)),))
    refused("instance", say(h >= 0, h >= 1), members, mapping=((s, function((i,), i)),))
    refused("instance", say(1 / h**2 >= 0), members, mapping=((s, function((i,), 1 / i**2)),))
    refused("instance", say(s[h] >= 0), members, mapping=((s, w),))
    refused("instance", say(x**2 >= 0), members, mapping=((s, x**2),))


def test_instance_needs_what_is_given() -> None:
    general = by_arithmetic(1 / x > 0, x > 0)
    assert prove("instance", say(1 / y > 0, y > 1), (general,), mapping=((x, y),))
    assert prove("instance", say(1 / y > 0, y > 0), (general,), mapping=((x, y),))
    refused("instance", say(1 / y > 0), general, mapping=((x, y),))
    refused("instance", say(1 / y > 0, y >= 0), general, mapping=((x, y),))
    refused("instance", say(1 / x > 0), general, mapping=())
    helper = by_arithmetic(y > 0, y > 1)
    assert prove("instance", say(1 / y > 0, y > 1), (general, helper), mapping=((x, y),))
    refused("instance", say(1 / y > 0), general, helper, mapping=((x, y),))
    opaque = t[1] ** 2 * t[2] ** 2 == t[3] ** 2  # no rewriting rule, but the condition itself
    needed = prove("given", say(a**2 * b**2 == c**2, a**2 * b**2 == c**2))
    shown = prove("given", say(opaque, opaque))
    at = ((a, t[1]), (b, t[2]), (c, t[3]))
    positive_members = (opaque, t[1] > 0, t[2] > 0, t[3] >= 0)
    assert prove("instance", say(opaque, *positive_members), (needed, shown), mapping=at)
    refused("instance", say(opaque, *positive_members[1:]), needed, shown, mapping=at)
    refused("instance", say(opaque, *positive_members[1:]), needed, mapping=at)


def test_instance_of_a_family_that_is_not_defined_everywhere() -> None:
    general = by_arithmetic(Sum(2 * t[h], (h, 1, n)) == 2 * Sum(t[h], (h, 1, n)))
    inverse = ((t, function((h,), 1 / h)),)
    claim = Sum(2 * (1 / h), (h, 1, n)) == 2 * Sum(1 / h, (h, 1, n))
    assert prove("instance", say(claim), (general,), mapping=inverse)
    from_zero = by_arithmetic(Sum(2 * t[h], (h, 0, n)) == 2 * Sum(t[h], (h, 0, n)))
    claim = Sum(2 * (1 / h), (h, 0, n)) == 2 * Sum(1 / h, (h, 0, n))
    refused("instance", say(claim), from_zero, mapping=inverse)
    pole = by_arithmetic(t[n] - t[n] == 0)
    refused("instance", say(1 / n - 1 / n == 0), pole, mapping=inverse)
    assert prove("instance", say(1 / n - 1 / n == 0, n >= 1), (pole,), mapping=inverse)
    shares = by_arithmetic(Sum(s[h], (h, 1, n)) >= 0)
    for body in (1 / h, -h):  # a family of nonnegative numbers needs them everywhere
        claim = Sum(body, (h, 1, n)) >= 0
        refused("instance", say(claim), shares, mapping=((s, function((h,), body)),))
    twice = ((t, function((h, i), h + i)),)
    refused("instance", say(1 / n - 1 / n == 0, n >= 1), pole, mapping=twice)
    condition = prove("given", say(t[0] == 1, t[0] == 1))
    refused("instance", say(1 / ZERO == 1), condition, mapping=inverse)


def test_instance_does_not_capture() -> None:
    general = by_arithmetic(Sum(n, (h, 1, 3)) == 3 * n)
    captured = Sum(h, (h, 1, 3)) == 3 * h
    refused("instance", say(captured), general, mapping=((n, h),))
    renamed = substitute(general.statement.claim, {n: h})
    assert prove("instance", say(renamed), (general,), mapping=((n, h),))


def test_instance_does_not_reach_into_derivatives() -> None:
    general = by_arithmetic(diff(x * y, x) == y)
    assert prove("instance", say(diff(x * z, x) == z), (general,), mapping=((y, z),))
    refused("instance", say(diff(x * x, x) == x), general, mapping=((y, x),))
    refused("instance", say(diff(x * x**2, x) == x**2), general, mapping=((y, x**2),))
    refused("instance", say(diff(z * y, z) == y), general, mapping=((x, z),))
    members = by_arithmetic(diff(t[1] * y, t[1]) == y)
    refused("instance", say(diff(t[1] * t[1], t[1]) == t[1]), members, mapping=((y, t[1]),))
    refused("instance", say(diff(t[1] * t[h], t[1]) == t[h]), members, mapping=((y, t[h]),))


def test_cases() -> None:
    claim = Abs(x) >= x
    yes, no = by_arithmetic(claim, x >= 0), by_arithmetic(claim, x < 0)
    assert prove("cases", say(claim), (yes, no), on=x >= 0)
    refused("cases", say(claim), no, yes, on=x >= 0)
    refused("cases", say(claim), yes, on=x >= 0)
    refused("cases", say(claim), yes, yes, on=x >= 0)
    refused("cases", say(claim), yes, no, on=x > 0)
    refused("cases", say(Abs(x) > x), yes, no, on=x >= 0)


def test_cases_need_a_relation_that_is_defined() -> None:
    claim = x != 0
    yes, no = by_arithmetic(claim, 1 / x > 0), by_arithmetic(claim, 1 / x <= 0)
    refused("cases", say(claim), yes, no, on=1 / x > 0)


GROWS = 2**n >= n + 1


def _growth(start: int) -> tuple[Proved, Proved]:
    base = by_arithmetic(substitute(GROWS, {n: Number(start)}))
    hypothesis = prove("given", say(GROWS, n >= start, GROWS))
    step = prove("arithmetic", say(substitute(GROWS, {n: n + 1}), n >= start, GROWS), (hypothesis,))
    return base, step


def test_induction_over_the_integers() -> None:
    base, step = _growth(0)
    assert prove("induction", say(GROWS, n >= 0), (base, step), on=n, start=ZERO)
    refused("induction", say(GROWS), base, step, on=n, start=ZERO)
    refused("induction", say(GROWS, n >= -5), base, step, on=n, start=ZERO)
    refused("induction", say(GROWS, n >= 0), step, base, on=n, start=ZERO)
    refused("induction", say(GROWS, n >= 0), base, base, on=n, start=ZERO)
    refused("induction", say(GROWS, n >= 0, n <= 7), base, step, on=n, start=ZERO)
    refused("induction", say(GROWS, n >= 0), base, step, on=n, start=n)
    refused("induction", say(GROWS, n >= 0), base, step, on=x, start=ZERO)


def test_induction_needs_the_base() -> None:
    false = Sum(Iverson(h == h), (h, 1, n)) == n + 1
    step = prove("given", say(false, false))
    refused("induction", say(false, n >= 0), step, step, on=n, start=ZERO)
    smuggled = prove("given", say(x > 0, x > 0))
    refused("induction", say(x > 0, n >= 0), smuggled, smuggled, on=n, start=ZERO)


# --- limits ----------------------------------------------------------------------------------

LIMITS = [
    (limit(H ** (2 / L - 1), L, oo) == 1 / H, []),
    (limit(H ** (2 / L - 1), H, oo) == 0, [L >= 3]),
    (limit((2 * L - 2) / L, L, oo) == 2, []),
    (limit((L / (L + 1)) ** k, L, oo) == 1, []),
    (limit(exp(1 / L), L, oo) == 1, []),
    (limit(Iverson(L >= 5), L, oo) == 1, []),
    (limit(a ** (1 / L), L, oo) == 1, []),
    (limit(0 ** (1 / L), L, oo) == 0, []),
]
NO_LIMITS = [
    (limit(H ** (2 / L - 1), L, oo) == 1, []),
    (limit(H ** (2 / L - 1), L, oo) == 0, []),
    (limit(H ** (2 / L - 1), H, oo) == 0, []),
    (limit(H ** (2 / L - 1), H, oo) == 0, [L >= 2]),
    (limit(H ** (2 / L - 1), L, oo) <= 1 / H, []),
    (limit(L / (L + 1), L, oo) == 0, []),
    (limit(L / (L + 1), L, 1) == 1, []),
    (limit((1 + 1 / L) ** L, L, oo) == 1, []),
    (limit(L ** (1 / L), L, oo) == 0, []),
    (limit((-1) ** L, L, oo) == 0, []),
    (limit((-1) ** L / 1, L, oo) == 1, []),
    (limit(L - L**2, L, oo) == 0, []),
    (limit(L, L, oo) == 0, []),
    (limit(L, L, oo) == oo, []),
    (limit(Iverson(L >= H), L, oo) == 0, []),
    (limit(Iverson(L >= 10**9), L, oo) == 0, []),
    (limit(1 / (L - H), H, oo) == 1, []),
    (limit(c ** (1 / L), L, oo) == 1, []),
    (limit(x ** (1 / L), L, oo) == 1, []),
    (limit(1 / y + 1 / L, L, oo) == 1 / y, []),
    (limit(sin(L) / L, L, oo) == 1, []),
    (limit(a**L, L, oo) == 0, []),
    (limit(L**a, L, oo) == 0, []),
    (limit(Sum(1, (h, 1, L)) / L, L, oo) == 0, []),
]


@pytest.mark.parametrize(("claim", "conditions"), LIMITS, ids=repr)
def test_limit(claim: Relation, conditions: Given) -> None:
    assert prove("limit", say(claim, *conditions))


@pytest.mark.parametrize(("claim", "conditions"), NO_LIMITS, ids=repr)
def test_no_limit(claim: Relation, conditions: Given) -> None:
    refused("limit", say(claim, *conditions))


# --- sharpness -------------------------------------------------------------------------------


def test_allocation() -> None:
    even = function((h, l), (sigma / H) ** (1 / L))
    goal = say(sharpness(balanced) == sharpness(weights(even)))
    assert prove("allocation", goal)
    other = function((h, l), (sigma / H) ** (2 / L))
    refused("allocation", say(sharpness(balanced) == sharpness(weights(other))))
    refused("allocation", say(sharpness(single_path) == sharpness(weights(even))))
    refused("allocation", say(sharpness(balanced) <= sharpness(weights(even))))
    refused("allocation", say(sharpness(balanced) == sharpness(weights(even), H=k)))
    refused("allocation", say(sharpness(balanced, sigma=x) == sharpness(weights(even), sigma=x)))
    refused("allocation", say(sharpness(balanced) == L))
    refused("allocation", say(sharpness(balanced) == sharpness(single_path)))
    refused("allocation", say(sharpness(shared(k)) == sharpness(balanced), k <= H))
    unused = function((h, l), Iverson(h <= n) * sigma ** (1 / L))
    refused("allocation", say(sharpness(single_path) == sharpness(weights(unused)), n == 1))


def test_hessian_entry() -> None:
    entry = hessian(weights(w), h, l, i, j)
    inside = (h >= 1, h <= H, l >= 1, l <= L, i >= 1, i <= H, j >= 1, j <= L)
    second = diff(diff(loss(w, H, L, sigma), w[h, l]), w[i, j])
    assert prove("hessian_entry", say(entry == second, *inside))
    refused("hessian_entry", say(entry == second))
    refused("hessian_entry", say(entry == second, *inside[:-1]))
    refused("hessian_entry", say(entry <= second, *inside))
    refused("hessian_entry", say(entry == 2 * second, *inside))
    first = diff(loss(w, H, L, sigma), w[h, l])
    refused("hessian_entry", say(entry == first, *inside))
    transposed = diff(diff(loss(w, H, L, sigma), w[l, h]), w[i, j])
    refused("hessian_entry", say(entry == transposed, *inside))
    narrow = family("w", POSITIVE, 2)
    positive_entry = hessian(weights(narrow), h, l, i, j)
    derivative = diff(diff(loss(narrow, H, L, sigma), narrow[h, l]), narrow[i, j])
    refused("hessian_entry", say(positive_entry == derivative, *inside))


ONES = function((h, l), ONE)


def _premises(value: Term, vector: Term) -> tuple[Proved, Proved, Proved, list[Relation]]:
    """The three premises, each taken as given."""
    place = weights(w)
    claims = [
        Relation("<=", hessian_form(place, v, H, L, sigma), value * squared_norm(v, H, L)),
        Relation(
            "==", hessian_form(place, vector, H, L, sigma), value * squared_norm(vector, H, L)
        ),
        squared_norm(vector, H, L) > 0,
    ]
    bound, attained, nonzero = (prove("given", say(claim, claim)) for claim in claims)
    return bound, attained, nonzero, claims


def test_largest_eigenvalue_needs_premises_for_every_direction() -> None:
    bound, attained, nonzero, claims = _premises(x, ONES)
    goal = sharpness(weights(w)) == x
    named = {"vector": ONES, "direction": v}
    refused("largest_eigenvalue", say(goal, *claims), bound, attained, nonzero, **named)
    refused("largest_eigenvalue", say(goal, *claims[1:]), bound, attained, nonzero, **named)
    refused("largest_eigenvalue", say(goal), bound, attained, nonzero, **named)
    other = family("u", arity=2)
    swapped = {"vector": ONES, "direction": other}
    refused("largest_eigenvalue", say(goal, *claims), bound, attained, nonzero, **swapped)
    refused("largest_eigenvalue", say(goal, *claims), bound, nonzero, attained, **named)


def test_largest_eigenvalue() -> None:
    """One weight: the Hessian is the number 1."""
    place, one = weights(w), ONE
    square = squared_norm(v, one, one)
    entry = hessian(place, one, one, one, one, H=one, L=one)
    second = diff(diff(loss(w, one, one, sigma), w[1, 1]), w[1, 1])
    by_definition = prove("hessian_entry", say(entry == second))
    unit = prove("arithmetic", say(entry == 1), (by_definition,))
    form = hessian_form(place, v, one, one, sigma)
    bound = prove("arithmetic", say(Relation("<=", form, one * square)), (unit,))
    ones_form = hessian_form(place, ONES, one, one, sigma)
    ones_square = squared_norm(ONES, one, one)
    attained = prove("arithmetic", say(Relation("==", ones_form, one * ones_square)), (unit,))
    nonzero = prove("arithmetic", say(ones_square > 0))
    goal = say(sharpness(place, H=one, L=one) == one)
    named = {"vector": ONES, "direction": v}
    assert prove("largest_eigenvalue", goal, (bound, attained, nonzero), **named)
    wrong = say(sharpness(place, H=one, L=one) == 2)
    refused("largest_eigenvalue", wrong, bound, attained, nonzero, **named)
    wider = say(sharpness(place, H=2, L=one) == one)
    refused("largest_eigenvalue", wider, bound, attained, nonzero, **named)
