"""Statements as JSON values and back, for certificates.

A number is a string such as "2/3"; a symbol is ["$", name, domain, arity]; an operation is
[head, argument, ...]; a relation is ["<", left, right].  Reading goes through the same
constructors, with the same checks, as writing a term in Python does.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from verifier.errors import StatementError
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Domain, Number, Relation, Symbol

MAX_DEPTH = 400
_DOMAIN = re.compile(r"(integer|real)(?: (>=|>) (-?\d+(?:/[1-9]\d*)?))?\Z")
_NUMBER = re.compile(r"-?\d+(?:/[1-9]\d*)?\Z")


def encode(node: Any) -> Any:
    """The JSON value of a term or relation.

    >>> from verifier.statements.vocabulary import H
    >>> encode(2 / H < 1)
    ['<', ['/', '2', ['$', 'H', 'integer >= 1', 0]], '1']
    """
    if isinstance(node, Number):
        return str(node.value)
    if isinstance(node, Symbol):
        return ["$", node.name, repr(node.domain), node.arity]
    if isinstance(node, Relation):
        return [node.op, encode(node.lhs), encode(node.rhs)]
    return [node.head, *map(encode, node.args)]


def decode(value: Any, depth: int = 0) -> Any:
    """The term or relation of a JSON value.

    Raises:
        StatementError: the value is not one that `encode` writes.
    """
    if depth > MAX_DEPTH:
        raise StatementError("an expression nested too deeply", f"at most {MAX_DEPTH} levels")
    if isinstance(value, str):
        if not _NUMBER.match(value):
            raise StatementError(f"{value!r} is no number", 'write "2/3"')
        return Number(Fraction(value))
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        raise StatementError(f"{value!r} is no expression", "use what a certificate holds")
    head, *rest = value
    if head == "$":
        return _symbol(rest)
    args = [decode(v, depth + 1) for v in rest]
    if head in Relation.OPPOSITE:
        if len(args) != 2:
            raise StatementError("a relation has two sides", "")
        return Relation(head, *args)
    return Apply(head, *args)


def _symbol(parts: list[Any]) -> Symbol:
    if not (
        len(parts) == 3
        and isinstance(parts[0], str)
        and isinstance(parts[1], str)
        and type(parts[2]) is int
        and 0 <= parts[2] <= 4
    ):
        raise StatementError(f"{parts!r} is no symbol", 'write ["$", name, domain, arity]')
    match = _DOMAIN.match(parts[1])
    if match is None:
        raise StatementError(f"{parts[1]!r} is no domain", 'write "integer >= 1"')
    kind, order, bound = match.groups()
    lower = None if bound is None else Fraction(bound)
    return Symbol(parts[0], Domain(kind == "integer", lower, order == ">"), parts[2])


def encode_statement(statement: Statement) -> dict[str, Any]:
    """The JSON value of a statement."""
    return {"claim": encode(statement.claim), "given": [encode(g) for g in statement.given]}


def decode_statement(value: Any) -> Statement:
    """The statement of a JSON value.

    Raises:
        StatementError: the value is not one that `encode_statement` writes.
    """
    if not isinstance(value, dict) or set(value) != {"claim", "given"}:
        raise StatementError("a statement has a claim and what is given", "")
    if not isinstance(value["given"], list):
        raise StatementError("what is given is a list of relations", "")
    given = [decode(g) for g in value["given"]]
    claim = decode(value["claim"])
    if not all(isinstance(r, Relation) for r in (claim, *given)):
        raise StatementError("a statement is made of relations", "")
    return Statement(claim, given)
