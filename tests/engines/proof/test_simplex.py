"""Nonnegative solutions of linear equations: found where there are some, and right."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.engines.proof.simplex import nonnegative_solution

SMALL = st.integers(-3, 3)


@st.composite
def solvable(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    matrix = [[draw(SMALL) for _ in range(columns)] for _ in range(rows)]
    solution = [draw(st.integers(0, 4)) for _ in range(columns)]
    return matrix, [sum(a * x for a, x in zip(row, solution, strict=True)) for row in matrix]


@settings(deadline=None, max_examples=200, derandomize=True)
@given(solvable())
def test_a_solution_is_found_and_right(problem: tuple[list[list[int]], list[int]]) -> None:
    matrix, right = problem
    found = nonnegative_solution(matrix, right)
    assert found is not None
    assert all(x >= 0 for x in found)
    for row, value in zip(matrix, right, strict=True):
        assert sum(a * x for a, x in zip(row, found, strict=True)) == value


def test_no_solution() -> None:
    assert nonnegative_solution([[1, 1]], [-1]) is None
    assert nonnegative_solution([[1, 1], [1, 1]], [1, 2]) is None
    assert nonnegative_solution([[1, -1], [-1, 1]], [1, 0]) is None


def test_it_does_not_cycle() -> None:
    beale = [
        [1, 0, 0, 1, -60, -1, 9],
        [0, 1, 0, 2, -90, -1, 3],
        [0, 0, 1, 0, 0, 1, 0],
    ]
    assert nonnegative_solution(beale, [0, 0, 1]) is not None
