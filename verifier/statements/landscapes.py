"""Landscapes that a claims file names: a loss in real parameters, and what claims may say of it.

What a claim says becomes a term in derivatives of the loss; it is the kernel that differentiates.

>>> table = {"name": "toy", "loss": "(1 - x*y)**2/2", "parameters": {"x": "real", "y": "real"}}
>>> toy = read_landscape(table)
>>> toy.gradient("x")
diff((1 - x*y)**2/2, x)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from verifier.errors import StatementError
from verifier.statements.parser import parse_term
from verifier.statements.terms import Symbol, Term
from verifier.statements.vocabulary import diff, sqrt, symbol_for

MAX_LOSS = 1_000  # characters
MAX_PARAMETERS = 50
KEYS = ("name", "loss", "parameters")
KINDS = ("real", "positive")
_NAME = re.compile(r"[A-Za-z]\w{0,50}", re.ASCII)


@dataclass(frozen=True)
class Landscape:
    """A loss with its parameters, by name."""

    name: str
    loss: Term
    parameters: dict[str, Symbol]

    def gradient(self, x: str) -> Term:
        """The derivative of the loss by a parameter."""
        return diff(self.loss, self._parameter(x))

    def hessian(self, x: str, y: str) -> Term:
        """The derivative of the loss by two parameters, the first one first."""
        return diff(self.gradient(x), self._parameter(y))

    def sharpness(self) -> Term:
        """The largest eigenvalue of the Hessian, by its formula for one or two parameters.

        That of the symmetric matrix a, b; b, c is (a + c)/2 + sqrt((a - c)**2/4 + b**2).

        Raises:
            StatementError: there are more parameters.
        """
        names = list(self.parameters)
        if len(names) > 2:
            raise StatementError(
                f"{self.name} has {len(names)} parameters: its sharpness has no formula",
                f"claim something of hessian({self.name}, {names[0]}, {names[1]}), ...",
            )
        first, last = names[0], names[-1]
        a, b, c = (self.hessian(*pair) for pair in ((first, first), (first, last), (last, last)))
        return a if first == last else (a + c) / 2 + sqrt((a - c) ** 2 / 4 + b**2)

    def _parameter(self, name: str) -> Symbol:
        if name not in self.parameters:
            raise StatementError(
                f"{self.name} has no parameter {name!r}", "it has " + ", ".join(self.parameters)
            )
        return self.parameters[name]


def read_landscape(table: dict[str, Any]) -> Landscape:
    """The landscape that a table of a claims file declares.

    Raises:
        StatementError: a key is missing, unknown or wrong.
    """
    for key in table.keys() - set(KEYS):
        raise StatementError(f"unknown key {key!r}", "known: " + ", ".join(KEYS))
    name, loss, kinds = (table.get(key) for key in KEYS)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise StatementError(f"{name!r} is no name of a landscape", "use letters, digits and _")
    if not isinstance(loss, str) or len(loss) > MAX_LOSS:
        raise StatementError(
            f"the loss of {name} is no text of at most {MAX_LOSS} characters",
            'write loss = "(1 - x*y)**2/2"',
        )
    if not isinstance(kinds, dict) or not 0 < len(kinds) <= MAX_PARAMETERS:
        raise StatementError(
            f"the parameters of {name} are no table of 1 to {MAX_PARAMETERS} kinds",
            'write parameters = { x = "real", y = "positive" }',
        )
    parameters = {x: _parameter(name, x, kind) for x, kind in kinds.items()}
    if name in parameters:
        raise StatementError(f"{name} is the name of a parameter as well", "rename one")
    symbol_for(name, "real")  # no word of the language
    try:
        return Landscape(name, parse_term(loss, parameters), parameters)
    except StatementError as error:
        raise StatementError(f"the loss of {name}: {error.cause}", error.remedy) from error


def _parameter(landscape: str, name: str, kind: object) -> Symbol:
    if kind not in KINDS:
        raise StatementError(
            f"the parameter {name} of {landscape} is of kind {kind!r}",
            'derivatives need "real" or "positive"',
        )
    if not _NAME.fullmatch(name):
        raise StatementError(f"{name!r} is no name of a parameter", "use letters, digits and _")
    return symbol_for(name, str(kind))


__all__ = ["Landscape", "read_landscape"]
