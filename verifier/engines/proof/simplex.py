"""Nonnegative solutions of linear equations, exactly: the first phase of the simplex method."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

MAX_PIVOTS = 400


def nonnegative_solution(
    rows: Sequence[Sequence[fmpq | int]], right: Sequence[fmpq | int]
) -> list[fmpq] | None:
    """Some x >= 0 with rows * x == right, or None where there is none (or too many steps).

    The sum of what the equations still lack is lowered by Bland's rule, which never cycles.

    >>> nonnegative_solution([[1, 1], [1, -1]], [4, 2])
    [3, 1]
    >>> nonnegative_solution([[1, 1]], [-1]) is None
    True
    """
    count = len(rows[0]) if rows else 0
    table = [[fmpq(v) for v in (*row, value)] for row, value in zip(rows, right, strict=True)]
    table = [[-v for v in row] if row[-1] < 0 else row for row in table]
    lacking = [sum((row[j] for row in table), fmpq(0)) for j in range(count + 1)]
    basis: list[int | None] = [None] * len(table)  # None: the row's own, artificial, variable
    for _ in range(MAX_PIVOTS):
        if not lacking[-1]:
            solution = [fmpq(0)] * count
            for row, basic in zip(table, basis, strict=True):
                if basic is not None:
                    solution[basic] = row[-1]
            return solution
        column = next((j for j in range(count) if lacking[j] > 0), None)
        if column is None:
            return None
        ratios = [
            (row[-1] / row[column], -1 if basis[i] is None else basis[i], i)
            for i, row in enumerate(table)
            if row[column] > 0
        ]
        if not ratios:
            return None
        _, _, pivot = min(ratios)
        basis[pivot] = column
        scale = table[pivot][column]
        table[pivot] = [v / scale for v in table[pivot]]
        for i, row in enumerate(table):
            if i != pivot and row[column]:
                table[i] = _reduced(row, row[column], table[pivot])
        lacking = _reduced(lacking, lacking[column], table[pivot])
    return None


def _reduced(row: list[fmpq], factor: fmpq, pivot: list[fmpq]) -> list[fmpq]:
    return [a - factor * b if b else a for a, b in zip(row, pivot, strict=True)]
