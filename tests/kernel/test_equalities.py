"""Equalities that are given: what follows from them, and what does not."""

from __future__ import annotations

import pytest

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.claims import statement_of
from verifier.statements.statement import Statement

KINDS = {
    "x": "real", "y": "real", "z": "real", "h": "integer", "l": "integer", "c": "nonnegative",
    "w": "real[.,.]",
}  # fmt: skip


def say(claim: str, given: str) -> Statement:
    return statement_of(claim, [given], KINDS)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x*y == 4", "y*x == 4"),
        ("3*x*y == 12", "x*y == 4"),
        ("x**2*y == 4*x", "x*y == 4"),
        ("x != 0", "x*y == 4"),
        ("x*y*z == sigma*z", "x*y == sigma"),
        ("y != 0", "x*y*(z + 1) == -sigma"),
        ("x*(y + z) == 1", "x*y + x*z == 1"),
        ("x != 0", "x*y + x*z == 1"),
        ("x != 0", "x**2*y == H"),
        ("w[1, 1]*w[1, 2] == 4", "w[1, 2]*w[1, 1] == 4"),
        ("Sum(Product(w[h, l], (l, 1, 2)), (h, 1, 1)) == 4", "w[1, 1]*w[1, 2] == 4"),
        ("x**2 + y**2 == 1", "y**2 + x**2 == 1"),
        ("x**2 <= 1", "y**2 + x**2 == 1"),
        ("2*x**2 - 2 == -2*y**2", "y**2 + x**2 == 1"),
    ],
)
def test_what_follows(claim: str, given: str) -> None:
    prove("arithmetic", say(claim, given))


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x != 0", "x*y == 0"),
        ("x != 0", "x*y == z"),
        ("x != 0", "x*y == c"),  # c may be zero
        ("x != 0", "x*y + z == 4"),
        ("z != 0", "x*y + x*z == 1"),
        ("y + z == 1/x", "x*y + x*z == z"),
        ("x/x == 1", "x*y == H - 1"),
        ("x > 0", "x*y == 4"),
        ("x*y*z == 4", "x*y == 4"),
        ("x*y == 5", "x*y == 4"),
        ("x**2 < 1", "y**2 + x**2 == 1"),
        ("x <= 1", "y**2 + x**2 == 2"),
        ("x + y == 1", "y**2 + x**2 == 1"),
        ("x != 1", "x*y == 4"),
    ],
)
def test_what_does_not(claim: str, given: str) -> None:
    with pytest.raises(Refused):
        prove("arithmetic", say(claim, given))
