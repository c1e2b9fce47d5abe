"""Combinations of known inequalities: found for true claims, never for false ones."""

from __future__ import annotations

import pytest

from tests.engines.say import say
from verifier.engines.proof import combining, ranges
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Poly, Refused

TRUE = [
    ("x**2 + y**2 + z**2 >= x*y + y*z + z*x", ""),
    ("x**2 + y**2 + 2 >= 2*(x + y)", ""),
    ("(1 + x)**n >= 1 + n*x", "x >= -1; n >= 1"),
    ("(1 + x)**n > 1 + n*x", "x > 0; n >= 2"),
    ("exp(x) > x", ""),
    ("exp(x) > 1 + x", "x != 0"),
    ("log(a) < a", ""),
    ("a*log(a) >= a - 1", ""),
    ("(a**L + b**L)/2 >= ((a + b)/2)**L", ""),
    ("a**x <= 1 + x*(a - 1)", "0 < x; x < 1"),
    ("(1 + 1/L)**L < 3", ""),
    ("sin(x)*cos(x) <= 1/2", ""),
    ("x + y <= 3", "x <= 1; y <= 2"),
    ("Sum(w[h], (h, 1, H))**2 <= H*Sum(w[h]**2, (h, 1, H))", ""),
    ("Sum(w[h]**2, (h, 1, H)) >= Sum(w[h], (h, 1, H))**2/H", ""),
    ("Sum(h*w[h], (h, 1, H))**2 <= Sum(h**2, (h, 1, H))*Sum(w[h]**2, (h, 1, H))", ""),
    ("Sum(s[h], (h, 1, H)) >= Sum(s[h], (h, 1, k))", "k <= H"),
    ("Product(s[l], (l, 1, L)) <= (Sum(s[l], (l, 1, L))/L)**L", ""),
    ("Product(w[l], (l, 1, L))**2 <= (Sum(w[l]**2, (l, 1, L))/L)**L", ""),
    ("Sum(s[l], (l, 1, L)) >= L*Product(s[l], (l, 1, L))**(1/L)", ""),
    ("Sum(w[l]**2, (l, 2, L)) >= (L - 1)*Product(w[l]**2, (l, 2, L))**(1/(L - 1))", "L >= 2"),
    ("Sum(s[l], (l, 1, L)) >= L", "Product(s[l], (l, 1, L)) == 1"),
]
FALSE = [
    ("Sum(s[h], (h, 1, H)) > Sum(s[h], (h, 1, k))", "k <= H"),
    ("Sum(w[h], (h, 1, H)) >= Sum(w[h], (h, 1, k))", "k <= H"),
    ("Product(w[l], (l, 1, L)) <= (Sum(w[l], (l, 1, L))/L)**L", ""),
    ("Product(s[l], (l, 1, L)) < (Sum(s[l], (l, 1, L))/L)**L", ""),
    ("Sum(s[l], (l, 1, L)) >= L*Product(s[l], (l, 1, L))**(2/L)", ""),
    ("Sum(w[l]**2, (l, 2, L)) >= L*Product(w[l]**2, (l, 2, L))**(1/L)", "L >= 2"),
    ("Sum(s[l], (l, 1, L)) > L", "Product(s[l], (l, 1, L)) == 1"),
    ("x**2 + y**2 + z**2 > x*y + y*z + z*x", ""),
    ("x**2 + y**2 + z**2 >= x*y + y*z + 2*z*x", ""),
    ("x**2 + y**2 + 2 > 2*(x + y)", ""),
    ("(1 + x)**n > 1 + n*x", "x > 0; n >= 1"),
    ("exp(x) > 1 + x", ""),
    ("exp(x) >= 1 + 2*x", "x >= 0"),
    ("log(a) < a - 1", ""),
    ("(a**L + b**L)/2 > ((a + b)/2)**L", ""),
    ("(a**L + b**L)/2 <= ((a + b)/2)**L", ""),
    ("a**x <= 1 + x*(a - 1)", "0 < x"),
    ("(1 + 1/L)**L < 27182/10000", ""),
    ("sin(x)*cos(x) < 1/2", ""),
    ("x + y < 3", "x <= 1; y <= 2"),
    ("Sum(w[h], (h, 1, H))**2 < H*Sum(w[h]**2, (h, 1, H))", ""),
    ("Sum(w[h], (h, 1, H))**2 <= Sum(w[h]**2, (h, 1, H))", ""),
    ("Sum(w[h]**2, (h, 1, H)) >= Sum(w[h], (h, 1, H))**2/(H - 1)", "H >= 2"),
    ("Sum(h*w[h], (h, 1, H))**2 <= Sum(h, (h, 1, H))*Sum(w[h]**2, (h, 1, H))", ""),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_a_combination_is_found(claim: str, given: str) -> None:
    statement = say(claim, given)
    proof = combining.search(statement)
    assert proof.statement == statement
    assert replay(certificate("claim", proof)).statement == statement


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_no_combination_shows_what_is_false(claim: str, given: str) -> None:
    with pytest.raises(Refused):
        combining.search(say(claim, given))


def test_no_mean_of_very_many_literal_members_is_written_out() -> None:
    """The powers of such a sum would never be calculated."""
    for claim in (
        "Product(s[l], (l, 1, 10**9)) <= 1",
        "1/Product(l, (l, 1, 2004)) == 1/Product(l, (l, 1, 2006))",
    ):
        statement = say(claim)
        assert not list(ranges.attempts(Poly({}), statement))
    assert list(ranges.attempts(Poly({}), say("Product(s[l], (l, 1, 3)) <= 1")))
