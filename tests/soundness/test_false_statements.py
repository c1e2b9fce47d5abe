"""A statement beside a true one must be refused by calculation: a table of near neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import NONNEGATIVE, POSITIVE, Relation, Symbol
from verifier.statements.vocabulary import VARIABLES, family, integer, real

from .exact import Inexact, fails

TABLE = Path(__file__).with_name("false_statements.txt")
DECLARED: dict[str, Symbol] = {
    **{name: real(name) for name in "xyz"},
    **{name: integer(name) for name in "nmhi"},
    "a": Symbol("a", POSITIVE),
    "c": Symbol("c", NONNEGATIVE),
    "s": family("s", NONNEGATIVE),
    "w": family("w"),
}
SMALLEST_TABLE = 150


class Row(NamedTuple):
    label: str
    false: str
    given: str
    counterexample: str


class Neighbour(NamedTuple):
    label: str
    true: str
    given: str


def _rows() -> Iterator[Row | Neighbour]:
    label = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("+ "):
            yield Neighbour(label, *(cell.strip() for cell in line[2:].split("|")))
        else:
            row = Row(*(cell.strip() for cell in line.split("|")))
            label = row.label
            yield row


ROWS = list(_rows())
FALSE = [row for row in ROWS if isinstance(row, Row)]
TRUE = [row for row in ROWS if isinstance(row, Neighbour)]
LOCATED = [row for row in FALSE if row.counterexample]


def statement(claim: str, given: str) -> Statement:
    conditions = [c for text in given.split(";") if text.strip() for c in _conditions(text)]
    return Statement(parse(claim, DECLARED), conditions)


def _conditions(text: str) -> tuple[Relation, ...]:
    return parse_conditions(text.strip(), DECLARED)


def point(text: str) -> dict[Symbol, Fraction | Callable[[int], Fraction]]:
    """`H=2 x=-1/2 s=1 w=h`: numbers, and families that are constant or the index itself."""
    found: dict[Symbol, Fraction | Callable[[int], Fraction]] = {}
    for name, number in (entry.split("=") for entry in text.split()):
        symbol = {**VARIABLES, **DECLARED}[name]
        if number == "h":
            found[symbol] = Fraction
        elif symbol.arity:
            found[symbol] = lambda _, constant=Fraction(number): constant
        else:
            found[symbol] = Fraction(number)
    return found


def test_the_table_is_large_and_its_labels_differ() -> None:
    assert len(FALSE) >= SMALLEST_TABLE
    assert len({row.label for row in FALSE}) == len(FALSE)


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row.label)
def test_a_false_statement_is_refused(row: Row) -> None:
    with pytest.raises(Refused):
        prove("arithmetic", statement(row.false, row.given))


@pytest.mark.parametrize("row", TRUE, ids=lambda row: row.label)
def test_its_true_neighbour_is_proved(row: Neighbour) -> None:
    goal = statement(row.true, row.given)
    assert prove("arithmetic", goal).statement == goal


@pytest.mark.parametrize("row", LOCATED, ids=lambda row: row.label)
def test_the_counterexample_is_one(row: Row) -> None:
    at = point(row.counterexample)
    goal = statement(row.false, row.given)
    assert all(
        symbol.domain.contains(v)
        for symbol, v in at.items()
        if symbol in goal.variables and not callable(v)
    )
    try:
        assert fails(goal, at)
    except Inexact as reason:
        pytest.skip(f"not decided in fractions: {reason}")
