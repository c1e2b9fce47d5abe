"""The exact attack: true theorems pass at every size, wrong ones are caught."""

from __future__ import annotations

import pytest

from tests.engines.say import say
from verifier.engines.witness.sizes import all_sizes, check
from verifier.library import shipped
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation
from verifier.statements.vocabulary import diff, integer, real
from verifier.theorem import when

n, t, x = integer("n"), real("t"), real("x")

WRONG = [
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", ""),
    ("sharpness(single_path) == L*sigma**(2 - 1/L)", "L >= 2"),
    ("sharpness(single_path) == (L - 1)*sigma**(2 - 2/L)", "L >= 2"),
    ("sharpness(shared(k)) == L*sigma**(2 - 2/L)*k**(2/(L - 1) - 1)", "L >= 2; k <= H"),
    ("sharpness(balanced)/sharpness(single_path) == H**(1/L - 1)", "L >= 2"),
    ("sharpness(balanced) < sharpness(single_path)", "L >= 2"),
    ("Sum(h, (h, 1, H)) == H*(H - 1)/2", ""),
]
TRUE = [
    ("sharpness(single_path) == L*sigma**(2 - 2/L)", "L >= 2"),
    ("sharpness(balanced)/sharpness(single_path) == H**(2/L - 1)", "L >= 2"),
    ("Sum(h, (h, 1, H)) == H*(H + 1)/2", ""),
]


def test_every_size_is_there_once() -> None:
    found = list(all_sizes())
    assert len(found) == len(set(found)) == sum(24 // h for h in range(1, 25))
    assert all(1 <= h * depth <= 24 for h, depth in found)


@pytest.mark.parametrize(("claim", "given"), WRONG)
def test_a_wrong_theorem_is_caught(claim: str, given: str) -> None:
    assert check(say(claim, given))[1] is not None


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_a_true_theorem_passes(claim: str, given: str) -> None:
    held, failing = check(say(claim, given))
    assert failing is None
    assert held >= 20


@pytest.mark.parametrize(
    ("label", "number"),
    [(label, n) for label in ("gauss-newton", "symmetric-line") for n in range(6)]
    + [("path-invariant", n) for n in (0, 1, 2, 3, 5, 6)],
)
def test_wrong_entries_and_eigenvalues_are_caught(label: str, number: int) -> None:
    """Weights that are all 1, and vectors that are 0, would show nothing."""
    assert check(shipped(label).false_neighbours[number])[1] is not None


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ((t == x,), True),  # used after the derivative
        ((t == 0,), False),
        ((t > 0,), False),
        ((t * x == x,), None),  # cannot be used
    ],
)
def test_equalities_that_are_given_are_used_after_the_derivatives(
    given: tuple[Relation, ...], verdict: bool | None
) -> None:
    held, failing = check(when(diff(n * t**2, t) == 2 * n * x, n >= 1, *given))
    assert (held > 0, failing is not None) == (verdict is True, verdict is False)


def test_roots_of_what_is_given_as_positive_are_taken() -> None:
    """The derivative of (x**n)**(2/n) by x is 2*x where x > 0; at x < 0 it need not be."""
    statement = when(diff((x**n) ** (2 / n), x) == 2 * x, n >= 1)
    assert check(Statement(statement.claim, (*statement.given, x > 0)))[0] > 0
    assert check(statement)[1] is None
