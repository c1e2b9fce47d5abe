"""Statements as JSON: writing then reading gives the same object, and nothing else is read."""

import json

import pytest
from hypothesis import given

from verifier.errors import StatementError
from verifier.statements.codec import decode, decode_statement, encode, encode_statement
from verifier.statements.statement import Statement

from .strategies import SETTINGS, relations


@SETTINGS
@given(relations)
def test_relations_survive_json(relation):
    assert decode(json.loads(json.dumps(encode(relation)))) is relation


@SETTINGS
@given(relations, relations)
def test_statements_survive_json(claim, condition):
    try:
        statement = Statement(claim, [condition])
    except StatementError:
        return
    assert decode_statement(json.loads(json.dumps(encode_statement(statement)))) == statement


@pytest.mark.parametrize(
    "value",
    [
        None, 1, "1.5", "", [], [1], ["$"], ["$", "x", "real", True], ["$", "x", "complex", 0],
        ["$", "x y", "real", 0], ["<", "1"], ["eval", "1"], ["+", "1"], ["Sum", "1", "2", "3", "4"],
        {"claim": []}, "1/0",
    ],
)  # fmt: skip
def test_other_values_are_refused(value):
    with pytest.raises(StatementError):
        decode(value)


def test_a_statement_is_made_of_relations():
    for value in ({"claim": "1", "given": []}, {"claim": ["<", "1", "2"]}, [], None):
        with pytest.raises(StatementError):
            decode_statement(value)


def test_depth_is_limited():
    value = "1"
    for _ in range(1000):
        value = ["neg", value]
    with pytest.raises(StatementError, match="nested"):
        decode(value)
