"""The search for a proof: every method, then what takes a claim apart and proves the parts."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import NamedTuple

from verifier.engines.proof import (
    calculation,
    cases,
    citation,
    combining,
    consequences,
    contraposition,
    exhaustion,
    formulas,
    induction,
    means,
    monotone,
    slope,
)
from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved
from verifier.statements.statement import Statement

Method = Callable[[Statement], Proved]
Division = Callable[[Statement, Method], Proved]

#: The methods, cheapest first; each returns a proof or raises `Refused`.
METHODS: tuple[Method, ...] = (
    calculation.search, citation.search, means.search, combining.search,
)  # fmt: skip

#: What takes a claim apart, in the order in which it is tried, with what may take its parts apart.
DIVISIONS: dict[str, tuple[Division, frozenset[str]]] = {
    "consequences": (consequences.search, frozenset({"formulas", "cases"})),
    "formulas": (formulas.search, frozenset({"monotone", "contraposition", "slope"})),
    "exhaustion": (exhaustion.search, frozenset({"exhaustion", "contraposition", "cases"})),
    "monotone": (monotone.search, frozenset({"induction", "slope"})),
    "induction": (induction.search, frozenset({"exhaustion", "monotone", "cases"})),
    "contraposition": (contraposition.search, frozenset({"cases"})),
    "cases": (cases.search, frozenset({"exhaustion", "cases", "formulas"})),
    "slope": (slope.search, frozenset({"slope", "cases"})),
}
MAX_DEPTH = 3
SHARE = 0.4  # of the time that is left, for each division


class Effort(NamedTuple):
    """The methods and divisions that a search may use."""

    methods: tuple[Method, ...]
    divisions: frozenset[str]


QUICK = Effort((calculation.search, means.search), frozenset({"exhaustion", "induction", "cases"}))
THOROUGH = Effort(METHODS, frozenset(DIVISIONS))


def search(statement: Statement, effort: Effort = THOROUGH, seconds: float = 10.0) -> Proved:
    """A proof of the statement, within so many seconds of computing.

    Raises:
        Refused: no method finds one in time; the message is that of the first method.
    """
    return _Search(effort.methods).prove(
        statement, effort.divisions, MAX_DEPTH, process_time() + seconds
    )


class _Search:
    """A search with some methods."""

    def __init__(self, methods: tuple[Method, ...]) -> None:
        self.methods = methods

    def prove(
        self, statement: Statement, divisions: frozenset[str], depth: int, deadline: float
    ) -> Proved:
        if process_time() > deadline:
            raise Refused("no proof was found in time")
        reasons: list[Refused] = []
        for method in self.methods:
            try:
                return method(statement)
            except Refused as refusal:
                reasons.append(refusal)
            except StatementError as error:  # such as a value for a variable of differentiation
                reasons.append(Refused(str(error)))
        for name, (division, below) in DIVISIONS.items():
            if depth and name in divisions:
                now = process_time()
                until = now + SHARE * (deadline - now)
                try:
                    return division(statement, self._parts(below, depth - 1, until))
                except (Refused, StatementError):
                    continue
        raise reasons[0]

    def _parts(self, divisions: frozenset[str], depth: int, deadline: float) -> Method:
        return lambda part: self.prove(part, divisions, depth, deadline)
