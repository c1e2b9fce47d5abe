"""Counterexamples are exact, the smallest there are, and counterexamples."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from tests.engines.say import is_apply, mp, number, say, sharpness
from tests.soundness.exact import Inexact, fails
from verifier.engines.counterexample import falsify, judging
from verifier.engines.counterexample.values import table
from verifier.engines.witness import numeric
from verifier.kernel.proved import Proved
from verifier.kernel.refuted import Refuted
from verifier.statements import vocabulary
from verifier.statements.claims import statement_of
from verifier.statements.statement import Statement
from verifier.statements.terms import Number, Symbol
from verifier.statements.vocabulary import REAL, H, L, diff, family, k, matrices, sigma

TEN = Fraction(10)


def reduction_differs(H: int, L: int, sigma: Fraction = Fraction(1)) -> bool:
    shared = sharpness([Fraction(sigma, H)] * H, L)
    ratio = shared / sharpness([sigma] + [Fraction(0)] * (H - 1), L)
    return bool(abs(ratio - mp.mpf(H) ** (mp.mpf(2) / L - 1)) > mp.mpf(10) ** -40)


#: Claim, given, the smallest counterexample, and in plain Python: where the claim fails.
SMALLEST: list[tuple[str, str, dict[str, int], Callable[..., bool]]] = [
    ("H**(2/L - 1) < 1", "L >= 2", {"H": 1, "L": 2}, lambda H, L: L >= 2 and H ** (L - 2) <= 1),
    ("H**(2/L - 1) < 1", "H >= 2; L >= 2", {"H": 2, "L": 2}, lambda H, L: H >= 2 and L == 2),
    ("H*L <= 100", "H >= 9", {"H": 9, "L": 12}, lambda H, L: H >= 9 and H * L > 100),
    ("2**(-L) > 10**(-8)", "", {"L": 27}, lambda L: 2**L >= 10**8),
    ("(1 + 1/H)**H < 27/10", "", {"H": 74}, lambda H: 10 * (H + 1) ** H >= 27 * H**H),
    ("k < H", "k <= H", {"H": 1, "k": 1}, lambda H, k: k == H),
    ("H**2 - H + 41 != 2203", "", {"H": 47}, lambda H: H**2 - H + 41 == 2203),
    ("L**3 <= 2**L + 20", "", {"L": 4}, lambda L: L**3 > 2**L + 20),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "given", "expected", "fails_at"), SMALLEST)
def test_the_smallest_counterexample_is_found(
    claim: str, given: str, expected: dict[str, int], fails_at: Callable[..., bool]
) -> None:
    found = refutation(say(claim, given))
    assert {s.name: number(v) for s, v in found.values.items()} == expected
    assert fails_at(**expected)
    total = sum(expected.values())
    for point in product(range(1, total), repeat=len(expected)):
        if sum(point) < total:
            assert not fails_at(**dict(zip(expected, point, strict=True)))


def test_the_ratio_formula_fails_first_at_depth_one() -> None:
    found = refutation(say("sharpness(balanced)/sharpness(single_path) == H**(2/L - 1)"))
    assert {s: number(v) for s, v in found.values.items()} == {H: 2, L: 1, sigma: 1}
    assert reduction_differs(2, 1)
    assert not any(reduction_differs(*size) for size in ((1, 1), (1, 2), (1, 3), (2, 2)))


#: Claim, given, and in plain Python: where the claim, with what is given, fails.
ANYWHERE: list[tuple[str, str, Callable[..., bool]]] = [
    # poles, roots and logarithms
    ("(x**2 - 1)/(x - 1) == x + 1", "", lambda x: x == 1),
    ("x/x == 1", "", lambda x: x == 0),
    ("1/n <= 1", "", lambda n: n == 0),
    ("sqrt(x) >= 0", "", lambda x: x < 0),
    ("log(x) <= x", "", lambda x: x <= 0),
    ("x**(-n) == 1/x**n", "", lambda x, n: x == 0 and n != 0),
    # far away
    ("H <= 10**18", "", lambda H: H == 10**18 + 1),
    ("H < 10**40", "", lambda H: H == 10**40),
    ("H*L != 10**6", "", lambda H, L: H * L == 10**6),
    ("H**(2/L - 1) > 1/10**6", "L >= 3", lambda H, L: L >= 3 and H ** (L - 2) >= 10 ** (6 * L)),
    ("H**(1/L) < 10**10", "", lambda H, L: H >= 10 ** (10 * L)),
    ("sigma > 1/10**100", "", lambda sigma: 0 < sigma <= TEN**-100),
    ("sigma >= 1/10**250", "", lambda sigma: 0 < sigma < TEN**-250),
    ("sigma < 10**250", "", lambda sigma: sigma >= TEN**250),
    # near equality, and at boundaries
    ("sigma + 1/sigma > 2", "", lambda sigma: sigma == 1),
    ("(x - 1)**2*10**12 >= 1", "x > 1", lambda x: 1 < x < 1 + TEN**-6),
    ("x < 1", "x <= 1", lambda x: x == 1),
    ("x**2 > 0", "", lambda x: x == 0),
    ("eta < 2/sigma", "eta <= 2/sigma", lambda eta, sigma: eta * sigma == 2),
    ("a**3 >= a", "", lambda a: 0 < a < 1),
    # values that others determine
    ("k == 3", "H == 2*k; H <= 4", lambda H, k: H == 2 * k <= 4),
    ("x*y == 2", "y == 1/x", lambda x, y: x * y == 1),
    ("x > y", "x == 2*y", lambda x, y: x == 2 * y <= 0),
    ("x > 3", "x == y + 1; y == 2", lambda x, y: (x, y) == (3, 2)),
    # functions
    ("Abs(x) == x", "", lambda x: x < 0),
    ("Max(x, y) == x", "", lambda x, y: y > x),
    ("exp(x) <= 1 + x", "", lambda x: mp.exp(real(x)) > 1 + real(x)),
    ("exp(x) < 1 + x + x**2", "x >= 0", lambda x: x >= 0 and mp.exp(real(x)) >= 1 + real(x + x**2)),
    ("cos(x) == 1", "", lambda x: mp.cos(real(x)) != 1),
]


@pytest.mark.parametrize(("claim", "given", "fails_at"), ANYWHERE)
def test_a_counterexample_is_found_and_is_one(
    claim: str, given: str, fails_at: Callable[..., bool]
) -> None:
    statement = say(claim, given)
    found = refutation(statement)
    values = {s: number(v) for s, v in found.values.items()}
    assert all(s.domain.contains(v) for s, v in values.items())
    assert fails_at(**{s.name: v for s, v in values.items()})
    try:
        assert fails(statement, values)
    except Inexact:
        assert is_irrational(claim)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("L**2 != 0", "H == 1"),
        ("hessian(balanced, 1, 1, 1, 1) >= 0", "H == 1"),
        ("a**2 != 2", "a > 2"),
        ("eta*sharpness(balanced) < 3", "eta*sharpness(single_path) < 2; L >= 2"),
        ("hessian(single_path, 1, 1, 1, 1) == sigma**(2 - 2/L)", "H == 1"),
        ("(a + 1)*(a - 2)*(a**2 - 3) != 0", "a > 3"),
    ],
)
def test_no_case_is_outside_the_domain(claim: str, given: str) -> None:
    """Where sides agree or powers vanish there may be negative depths, or no pathway."""
    search = falsify.search(say(claim, given), 3)
    assert search.refuted is None and search.doubt is None and search.held


def test_a_formula_counts_only_where_its_theorem_does() -> None:
    """L*sigma**(2 - 2/L) is 2*sigma for L = 2, but no theorem speaks of sigma <= 0."""
    found = refutation(say("sharpness(single_path, H=2, L=2, sigma=x) == 2*x"))
    assert {s.name: number(v) for s, v in found.values.items()} == {"x": -1}
    search = falsify.search(say("sharpness(balanced, sigma=0) == 0"), 4)
    assert search.refuted is None
    assert search.doubt is not None  # H at depth one: (w_1 + ... + w_H)**2/2
    assert number(search.doubt[L]) == 1
    search = falsify.search(say("sharpness(single_path, sigma=x) > 0", "x >= 0; L >= 2"), 4)
    assert search.doubt is not None and number(search.doubt[Symbol("x")]) == 0


FAMILIES = [
    ("Sum(s[h], (h, 1, H)) >= 1", ""),
    ("s[1] <= s[2]", ""),
    ("w[1] > 0", ""),
    ("Sum(s[h]**2, (h, 1, H)) >= Sum(s[h], (h, 1, H))**2", ""),
    ("Sum(w[h], (h, 1, H)) >= w[1]", ""),
    ("s[n] >= 1", "n >= 3; Sum(s[h], (h, 1, n)) >= 2"),
]


@pytest.mark.parametrize(("claim", "given"), FAMILIES)
def test_families_are_found_too(claim: str, given: str) -> None:
    statement = say(claim, given)
    values = refutation(statement).values
    assert fails(statement, {s: as_function(s, v) for s, v in values.items()})


TRUE = [
    ("x**2 >= 0", ""),
    ("H**(2/L - 1) <= 1", "L >= 2"),
    ("2**L > L", ""),
    ("x/x == 1", "x != 0"),
    ("x < y + 1", "x <= y"),
    ("sharpness(balanced) <= sharpness(single_path)", ""),
    ("sigma + 1/sigma >= 2", ""),
    ("a**(k/H)*b**(1 - k/H) <= k/H*a + (1 - k/H)*b", "k <= H"),  # 10**40 as a root's degree
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_a_true_statement_is_not_refuted(claim: str, given: str) -> None:
    found = falsify.search(say(claim, given), 10)
    assert found.refuted is None
    assert found.held > 20
    assert found.witness is not None


@pytest.mark.parametrize(
    ("claim", "given"),
    [("x >= 5", "x > 3; x < 2"), ("n > 5", "n > 0; n < 1"), ("x > 5", "x**2 < 0")],
)
def test_nothing_is_a_witness_of_a_contradiction(claim: str, given: str) -> None:
    found = falsify.search(say(claim, given), 10)
    assert (found.refuted, found.witness, found.held) == (None, None, 0)


def test_what_it_cannot_decide_does_not_count_as_held() -> None:
    found = falsify.search(say("sin(x)**2 + cos(x)**2 == a", "a == 1"), 5)
    assert found.refuted is None
    assert found.held + found.unknown > 0


def test_active_pathways_beyond_the_pathways_refute_the_formula_of_shared_paths() -> None:
    claim = "sharpness(shared(k)) == L*sigma**(2 - 2/L)*k**(2/L - 1)"
    values = {s: number(v) for s, v in refutation(say(claim, "L >= 2")).values.items()}
    assert values[k] > values[H]


def refutation(statement: Statement) -> Refuted:
    found = falsify.search(statement, 20).refuted
    assert found is not None
    assert found.statement is statement
    return found


def real(value: Fraction) -> Any:
    return mp.mpf(value.numerator) / value.denominator


def is_irrational(claim: str) -> bool:
    return any(word in claim for word in ("exp", "cos", "log", "**(2/L", "**(1/L"))


def as_function(symbol: Symbol, value: Any) -> Any:
    """A number, or a family as a Python function: sums of numbers times brackets `a == place`."""
    if not symbol.arity:
        return number(value)
    index, body = value.args

    def member(place: Any, node: Any = body) -> Fraction:
        if is_apply(node, "+"):
            return member(place, node.args[0]) + member(place, node.args[1])
        if is_apply(node, "*"):
            return member(place, node.args[0]) * member(place, node.args[1])
        if is_apply(node, "Iverson"):
            assert node.args[0].op == "==" and node.args[0].lhs is index
            return Fraction(place == number(node.args[0].rhs))
        return number(node)

    return member


def test_a_true_statement_about_a_derivative_is_searched_to_the_end() -> None:
    """Roots of a derivative by its own variable are not tried: the variable has no value yet."""
    x = Symbol("x", REAL)
    found = falsify.search(Statement(diff(x**2 + sigma, x) >= 2 * x), 5)
    assert found.refuted is None
    assert found.held


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("Sum(1, (i, 1, 1/2)) == 0", ""),
        ("Sum(i, (i, 1, x)) >= 0", "x >= 0; x <= 1/2"),
        ("Product(i, (i, x, 3)) >= 0", "x >= 1"),
        ("w[x] - w[x] == 0", "x >= 1/4; x <= 3/4"),
        ("diff(w[x], x) >= 0", ""),
    ],
)
def test_what_needs_an_integer_is_undefined_elsewhere(claim: str, given: str) -> None:
    found = falsify.search(say(claim, given))
    assert found.refuted is not None and not isinstance(found.refuted.failure, Proved)


def test_the_width_of_matrices_is_an_integer() -> None:
    w, t, width = family("W", arity=4), family("T", arity=2), Symbol("x")
    claim = Statement(
        vocabulary.sharpness(matrices(w, width), 1, 2, t) >= 0, [4 * width >= 5, 4 * width <= 7]
    )
    found = falsify.search(claim, 5)
    assert found.refuted is not None and found.held == 0


@pytest.mark.parametrize(
    ("claim", "kinds"),
    [
        ("sharpness(split(s)) == L*Sum(s[h]**(2 - 2/L), (h, 1, H))", {"s": "nonnegative[.]"}),
        ("sharpness(weights(w)) >= sharpness(balanced)", {"w": "real[.,.]"}),
        ("sharpness(split(s), H=1, L=2) <= 2*s[1]", {"s": "positive[.]"}),
    ],
)
def test_a_claim_about_minima_fails_at_weights_that_are_none(
    claim: str, kinds: dict[str, str]
) -> None:
    """That the shares sum to the target is what a user forgets to give."""
    statement = statement_of(claim, ["L >= 2"], kinds)
    refuted = falsify.search(statement, 20).refuted
    assert refuted is not None
    assert numeric.holds(statement, refuted.values) is False


def test_no_formula_of_very_many_weights_is_written_out() -> None:
    """A search stopped there for minutes: the formula is a sum of products of all but one."""
    minimum = "Sum(Product(w[h, l], (l, 1, L)), (h, 1, H)) == 1"
    statement = statement_of("sharpness(weights(w), sigma=1) >= 1", [minimum], {"w": "real[.,.]"})
    layers = family("w", arity=2)
    ones = table(layers, (Fraction(1),))
    found = falsify.Search()
    judge = judging.Judge(statement, 0)
    for paths, depth in ((1, 3), (1, 10**9), (10**6, 10**6)):
        judge.try_values({H: Number(paths), L: Number(depth), layers: ones}, found)
    assert (found.held, found.unknown, found.refuted) == (1, 0, None)
