"""What is printed elsewhere: shipped with the other theorems, and judged as runs show it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from pathlib import Path

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from tests.networks.strategies import RATIONALS, SETTINGS
from verifier.engines.counterexample import falsify
from verifier.errors import TheoremError
from verifier.library import labels, load, shipped
from verifier.networks import Convention, MatrixNetwork
from verifier.tasks import collect

FOLDER = Path(__file__).parents[2] / "proofs" / "literature"
REFUTED = (
    "printed-flow-sharpness",
    "printed-rate-ratio",
    "printed-step-factor",
    "printed-univariate-bound",
)
STANDS = ("printed-path-spectrum",)


def test_the_folder_is_shipped_and_its_names_are_the_labels() -> None:
    expected = sorted((*REFUTED, *STANDS))
    assert [task.name for task in collect([str(FOLDER)])] == expected
    assert sorted(label for label in labels() if label.startswith("printed-")) == expected
    assert [task.label for task in collect([], expected)] == [n for n in labels() if n in expected]
    for name in expected:
        assert load(str(FOLDER / f"{name.replace('-', '_')}.py")).label == shipped(name).label


@pytest.mark.parametrize("label", ["", "literature", "proofs", "printed", "."])
def test_a_folder_is_no_theorem(label: str) -> None:
    with pytest.raises(TheoremError, match="there is no theorem"):
        shipped(label)


@pytest.mark.parametrize("label", REFUTED)
def test_the_statement_as_printed_is_the_first_false_neighbour(label: str) -> None:
    """It is refuted, and the theorem says under which convention it was read."""
    assert falsify.search(shipped(label).false_neighbours[0], 10).refuted is not None
    assert "Printed" in shipped(label).why


@pytest.mark.parametrize("depth", range(1, 7))
def test_rates_by_a_small_step_of_gradient_flow(depth: int) -> None:
    small = Fraction(1, 10**12)
    grown = []
    for layer in (Fraction(3, 2), Fraction(1)):
        moved = layer + small * layer ** (depth - 1)
        grown.append((moved**depth - layer**depth) / small)
    ratio = grown[0] / grown[1]
    share = Fraction(3, 2) ** depth
    assert abs(ratio - Fraction(3, 2) ** (2 * depth - 2)) < Fraction(1, 10**8)
    assert (abs(ratio - share ** (depth - 1)) < Fraction(1, 10**8)) == (depth <= 2)


@pytest.mark.parametrize("depth", range(1, 6))
def test_the_factor_of_a_step_of_gradient_descent(depth: int) -> None:
    rho, sigma, eta = Fraction(3, 4), Fraction(2), Fraction(1, 5)
    network = MatrixNetwork([[[[rho]]] * depth], target=[[sigma]])
    moved = {rho - eta * slope for slope in network.gradient()}
    expected = 1 + eta * (sigma - rho**depth) * rho ** (depth - 2)
    printed = 1 + eta * depth * (sigma - rho**depth) * rho ** (depth - 2)
    assert moved == {rho * expected}
    assert (moved == {rho * printed}) == (depth == 1)


@SETTINGS
@given(st.lists(RATIONALS.filter(bool), min_size=1, max_size=4), st.fractions(1, 5))
def test_no_minimiser_of_regression_is_flatter(weights: list[Fraction], variance: Fraction) -> None:
    """In powers: sharpness^L >= (2 S L)^L w^(2L-2), and not with w^(2L) for all w."""
    depth, target = len(weights), prod(weights)
    network = MatrixNetwork(
        [[[[w]] for w in weights]], [[target]], Convention.UNHALVED, covariance=[[variance]]
    )
    ((value, _), *_) = network.exact_spectrum()
    assert isinstance(value, fmpq)
    sharpness = Fraction(int(value.p), int(value.q))
    assert sharpness**depth >= (2 * variance * depth) ** depth * target ** (2 * depth - 2)


def test_the_bound_as_printed_fails_above_one_and_the_corrected_one_is_attained() -> None:
    network = MatrixNetwork([[[[2]], [[2]]]], [[4]], Convention.UNHALVED)
    (top, _), *_ = network.exact_spectrum()
    assert top == 2 * 4 * 2  # 2 |w|^(2-2/L) L at w = 4, L = 2
    assert top < 2 * 4 * 2 * 4**2


def test_gradient_descent_can_raise_the_sharpness_of_the_solution_of_gradient_flow() -> None:
    """The example in the theorem: sharpness^2 = b^2 + 4 at the minimum with x^2 - y^2 = b."""
    x, y, eta = Fraction(3), Fraction(5, 2), Fraction(1, 2)
    slope_x, slope_y = MatrixNetwork([[[[x]], [[y]]]], target=[[1]]).gradient()
    before, after = (
        (a**2 - b**2) ** 2 + 4 for a, b in ((x, y), (x - eta * slope_x, y - eta * slope_y))
    )
    assert before < after
    assert before < (2 / eta) ** 2


def test_a_minimum_has_the_sharpness_that_its_imbalance_says() -> None:
    network = MatrixNetwork([[[[2]], [[Fraction(1, 2)]]]], target=[[1]])
    (top, _), *_ = network.exact_spectrum()
    imbalance = Fraction(4) - Fraction(1, 4)
    assert Fraction(int(top.p), int(top.q)) ** 2 == imbalance**2 + 4


@pytest.mark.parametrize(("depth", "values"), list(product((2, 3), [(2, 1), (3, 0), (2, 2)])))
def test_the_printed_spectrum_counts_every_eigenvalue(depth: int, values: tuple[int, int]) -> None:
    x, y = values
    layer = [[x, 0], [0, y]]
    network = MatrixNetwork([[layer] * depth], [[x**depth, 0], [0, y**depth]])
    printed = [
        sum((a ** (depth - 1 - place) * b**place) ** 2 for place in range(depth))
        for a, b in product(values, repeat=2)
    ]
    found = [e for e, count in network.exact_spectrum() for _ in range(count)]
    assert sorted(found) == sorted([*printed, *[0] * (4 * depth - 4)])
