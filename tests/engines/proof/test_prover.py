"""The prover finds proofs of true statements and none of their false neighbours."""

from __future__ import annotations

import pytest

from tests.engines.say import at, say
from tests.soundness.exact import Inexact, fails
from verifier.engines.proof import prover
from verifier.engines.witness import numeric
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, subterms

TRUE = [
    # monomials with symbolic exponents
    ("H**(2/L - 1) <= 1", "L >= 2"),
    ("H**(2/L - 1) < 1", "H >= 2; L >= 3"),
    ("H**(2/L - 1) == 1", "L == 2"),
    ("a**(1/L)*a**(1 - 1/L) == a", ""),
    ("(a*b)**(1/L) == a**(1/L)*b**(1/L)", ""),
    ("a**(2 - 2/L) > 0", ""),
    ("a**(n + 1) == a*a**n", ""),
    ("2**(-L) < 1", ""),
    ("Product(2, (h, 1, H)) == 2**H", ""),
    # sharpness
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", "L >= 2"),
    ("L*sigma**(2 - 2/L) == sharpness(single_path)", "L >= 2"),
    ("sharpness(shared(k)) == L*sigma**(2 - 2/L)*k**(2/L - 1)", "L >= 2; k <= H"),
    ("sharpness(shared(2), H=4, L=3) == 3*sigma**(4/3)*2**(-1/3)", ""),
    ("sharpness(shared(k + 1)) < sharpness(shared(k))", "k + 1 <= H; L >= 3"),
    ("sharpness(shared(k)) <= sharpness(single_path)", "k <= H"),
    ("sharpness(balanced, H=2, L=2) == 2*sigma", ""),
    ("sharpness(balanced) == H", "L == 1"),
    ("sharpness(balanced) <= sharpness(single_path)", ""),
    ("sharpness(balanced)/sharpness(single_path) < 1", "H >= 2; L >= 3"),
    ("sharpness(balanced, H=H + 1) < sharpness(balanced)", "L >= 3"),
    ("48 == sharpness(single_path, H=2, L=3, sigma=8)", ""),
    # sharpness in what is given, and beside other terms
    ("eta*sharpness(balanced) < 2", "eta*sharpness(single_path) < 2; L >= 2"),
    ("eta < 2/sharpness(balanced)", "eta <= 2/sharpness(single_path); H >= 2; L >= 3"),
    ("a*sharpness(shared(k)) <= b", "a*sharpness(single_path) <= b; k <= H; L >= 2"),
    ("eta*a*H**(2/L - 1)*sigma**(1/L) < 2", "eta*a*sigma**(1/L) < 2; L >= 2"),
    ("sharpness(single_path, L=L + 1) >= sharpness(single_path)", "sigma >= 1; L >= 2"),
    ("a**(3/L) >= a**(2/L)", "a >= 1"),
    # sums, split
    ("Sum(s[h], (h, 1, H)) == Sum(s[h], (h, 1, k)) + Sum(s[h], (h, k + 1, H))", "k <= H"),
    ("Sum(s[h], (h, 1, H)) >= Sum(s[h], (h, 1, k))", "k <= H"),
    # limits, on either side
    ("limit(H**(2/L - 1), L, oo) == 1/H", ""),
    ("1/H == limit(H**(2/L - 1), L, oo)", ""),
    ("limit(H**(2/L - 1), H, oo) == 0", "L >= 3"),
    ("0 == limit(1/x, x, oo)", ""),
    ("1/10 > limit(1/x, x, oo)", ""),
    ("limit((x**2 + 1)/x**2, x, oo) == 1", ""),
    ("limit((1 + 1/L)**L, L, oo) == exp(1)", ""),
    ("limit(sin(x)/x, x, 0) == 1", ""),
    ("limit(sharpness(single_path)/L, L, oo) == sigma**2", ""),
    ("limit(sharpness(balanced)/sharpness(single_path), L, oo) < 1", "H >= 2"),
    # cases
    ("Abs(x*y) == Abs(x)*Abs(y)", ""),
    ("Abs(x + y) <= Abs(x) + Abs(y)", ""),
    ("Abs(Abs(x) - Abs(y)) <= Abs(x - y)", ""),
    ("Abs(1 - eta*a) < 1", "eta < 2/a"),
    ("Max(x, y) + Min(x, y) == x + y", ""),
    ("Max(x, y) - Min(x, y) == Abs(x - y)", ""),
    ("Max(x, Min(y, z)) == Min(Max(x, y), Max(x, z))", ""),
    # weighted means
    ("sqrt(a*b) <= (a + b)/2", ""),
    ("a**(1/3)*b**(2/3) <= a/3 + 2*b/3", ""),
    ("a**(1/L)*b**(1 - 1/L) <= a/L + (1 - 1/L)*b", ""),
    ("L*a <= a**L + L - 1", ""),
    ("a**L >= 1 + L*(a - 1)", ""),
    # integers
    ("n*(n - 1) >= 0", ""),
    ("(n - 1)*(n - 2) >= 0", ""),
    ("2*n != 1", ""),
    ("n >= 1", "n > 0"),
    ("n + 1 <= m", "n < m"),
    ("1/L < 1", "L >= 2"),
    # definedness
    ("x/x == 1", "x != 0"),
    ("(x**2 - 1)/(x - 1) == x + 1", "x != 1"),
    ("sqrt(x**2) == x", "x >= 0"),
]
#: A false statement, what is given, and where it fails ("-": a limit, which is not evaluated).
FALSE = [
    ("H**(2/L - 1) < 1", "L >= 2", "H=1 L=2"),
    ("H**(2/L - 1) < 1", "L >= 3", "H=1 L=3"),
    ("H**(2/L - 1) < 1", "H >= 2; L >= 2", "H=2 L=2"),
    ("H**(2/L - 1) <= 1", "", "H=2 L=1"),
    ("H**(2/L - 1) > 1/10**6", "L >= 3", "H=1000000000000 L=4"),
    ("a**(1/L)*a**(1 - 2/L) == a", "", "a=4 L=2"),
    ("x**(n + 1) == x*x**n", "", "x=0 n=-1"),
    ("a**(2 - 2/L) > 1", "", "a=1 L=2"),
    ("Product(2, (h, 1, n)) == 2**n", "", "n=-1"),
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", "", "H=2 L=1 sigma=1"),
    ("sharpness(single_path) == L*sigma**(2 - 1/L)", "L >= 2", "H=1 L=2 sigma=4"),
    ("sharpness(shared(k)) == L*sigma**(2 - 2/L)*k**(2/L - 1)", "k <= H", "H=2 L=1 k=1 sigma=1"),
    (
        "sharpness(shared(k + 1)) < sharpness(shared(k))",
        "k + 1 <= H; L >= 2",
        "H=2 L=2 k=1 sigma=1",
    ),
    ("sharpness(balanced)/sharpness(single_path) < 1", "L >= 3", "H=1 L=3 sigma=1"),
    ("sharpness(balanced) < sharpness(single_path)", "H >= 2", "H=2 L=1 sigma=1"),
    ("48 < sharpness(single_path, H=2, L=3, sigma=8)", "", ""),
    (
        "eta*sharpness(balanced) < 2",
        "eta*sharpness(single_path) <= 2; L >= 2",
        "H=1 L=2 eta=1 sigma=1",
    ),
    (
        "eta < 2/sharpness(single_path)",
        "eta < 2/sharpness(balanced); L >= 2",
        "H=4 L=4 eta=3/4 sigma=1",
    ),
    ("a*H**(2/L - 1) < 2", "a <= 2; L >= 2", "H=1 L=2 a=2"),
    ("sharpness(single_path, L=L + 1) >= sharpness(single_path)", "L >= 2", "H=1 L=2 sigma=1/1000"),
    ("a**(3/L) >= a**(2/L)", "", "L=1 a=1/2"),
    ("limit(H**(2/L - 1), L, oo) == 1", "", "-"),
    ("limit(H**(2/L - 1), H, oo) == 0", "L >= 2", "-"),
    ("limit(1/x, x, oo) > 0", "", "-"),
    ("limit(x, x, oo) == 0", "", "-"),
    ("limit((1 + 1/L)**L, L, oo) == 1", "", "-"),
    ("limit(sharpness(single_path)/L, L, oo) == sigma", "", "-"),
    ("limit(sharpness(single_path), L, oo) == sigma**2", "", "-"),
    ("limit(sharpness(balanced)/sharpness(single_path), L, oo) < 1", "", "-"),
    ("Abs(x + y) == Abs(x) + Abs(y)", "", "x=1 y=-1"),
    ("Abs(x) == x", "", "x=-1"),
    ("Abs(1 - eta*a) < 1", "eta <= 2/a", "a=2 eta=1"),
    ("Max(x, y) - Min(x, y) == x - y", "", "x=0 y=1"),
    ("Max(x, Min(y, z)) == Min(Max(x, y), z)", "", "x=1 y=0 z=0"),
    ("sqrt(a*b) < (a + b)/2", "", "a=1 b=1"),
    ("sqrt(a*b) <= (a + b)/3", "", "a=1 b=1"),
    ("a**(1/L)*b**(1 - 1/L) <= a/L + (1 - 2/L)*b", "L >= 2", "a=1 b=1 L=2"),
    ("L*a < a**L + L - 1", "", "a=1 L=1"),
    ("a**(1/L) >= 1 + (a - 1)/L", "L >= 2", "a=4 L=2"),
    ("x*(x - 1) >= 0", "", "x=1/2"),
    ("(n - 1)*(n - 3) >= 0", "", "n=2"),
    ("2*n != 2", "", "n=1"),
    ("n >= 2", "n > 0", "n=1"),
    ("x >= 1", "x > 0", "x=1/2"),
    ("1/L < 1", "", "L=1"),
    ("x/x == 1", "", "x=0"),
    ("(x**2 - 1)/(x - 1) == x + 1", "", "x=1"),
    ("sqrt(x**2) == x", "", "x=-1"),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_a_true_statement_is_proved(claim: str, given: str) -> None:
    statement = say(claim, given)
    proof = prover.search(statement)
    assert proof.statement == statement
    assert replay(certificate("claim", proof)).statement == statement


@pytest.mark.parametrize(("claim", "given", "place"), FALSE)
def test_a_false_neighbour_is_not_proved(claim: str, given: str, place: str) -> None:
    with pytest.raises(Refused):
        prover.search(say(claim, given))


@pytest.mark.parametrize(("claim", "given", "place"), [row for row in FALSE if row[2] != "-"])
def test_the_false_neighbours_are_false(claim: str, given: str, place: str) -> None:
    assert is_false(say(claim, given), place)


def is_false(statement: Statement, place: str) -> bool:
    """Whether the statement fails there: in fractions, or where roots remain, at 50 digits."""
    values = at(place)
    assert set(statement.variables) == set(values)
    assert all(s.domain.contains(v.value) for s, v in values.items())
    if not any(isinstance(n, Apply) and n.head == "sharpness" for n in subterms(statement.claim)):
        try:
            return fails(statement, {s: v.value for s, v in values.items()})
        except Inexact:
            pass
    given = all(numeric.holds(Statement(g), values) for g in statement.given)
    return given and numeric.holds(statement, values) is not True  # None: equal to 50 digits
