"""What must hold for a term to have a value is read off before anything is simplified."""

import pytest

from verifier.statements.definedness import conditions
from verifier.statements.parser import parse

from .strategies import DECLARED


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("x + 1 > x", []),
        ("(x**2 - 1)/(x - 1) == x + 1", ["x - 1 != 0"]),
        ("x/x == 1", ["x != 0"]),
        ("log(x) < x", ["x > 0"]),
        ("sqrt(x) >= 0", ["x >= 0"]),
        ("0*log(x) == 0", ["x > 0"]),
        ("x**y > 0", ["(x)**(y) is defined"]),
        ("x**2 >= 0", []),
        ("Sum(1/l, (l, 1, L)) > 0", ["L is an integer", "l_1 != 0 for 1 <= l_1, l_1 <= L"]),
        ("limit(1/x, x, oo) == 0", ["limit(1/x, x, oo) exists"]),
        ("root(1/x, (x, 1/y, 2)) > 0", ["y != 0", "root(1/x, (x, 1/y, 2)) exists"]),
        ("oo > 1", ["0 != 0"]),
    ],
)
def test_conditions(statement, expected):
    shown = [repr(c) for c in conditions(parse(statement, DECLARED))]
    assert [s for s in shown if s != "1 is an integer"] == expected


def test_an_allocation_must_fit_the_network():
    shown = [repr(c) for c in conditions(parse("sharpness(shared(k), H=H) > 0"))]
    assert "H - k >= 0" in shown and "k - 1 >= 0" in shown
