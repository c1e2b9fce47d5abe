"""Refutations come from `refute` alone, and only where the kernel shows a failure."""

from __future__ import annotations

import pytest

from verifier.engines.proof.prover import search
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved
from verifier.kernel.refuted import Refuted, refute
from verifier.statements.statement import Statement
from verifier.statements.substitution import function
from verifier.statements.terms import Number, Term
from verifier.statements.vocabulary import (
    H,
    L,
    Product,
    Sum,
    diff,
    family,
    integer,
    log,
    rational,
    real,
    root,
    sharpness,
    sigma,
    single_path,
    sqrt,
)

x, y, h = real("x"), real("y"), integer("h")
SINGLE = sharpness(single_path)


def numbers(**values: object) -> dict:
    symbols = {s.name: s for s in (x, y, H, L, sigma)}
    return {symbols[n]: v if isinstance(v, Term) else Number(v) for n, v in values.items()}


@pytest.mark.parametrize("contents", [(), (object(),), (None, x < 1, {}, None)])
def test_nobody_else_makes_one(contents: tuple) -> None:
    with pytest.raises(TypeError):
        Refuted(*contents)


@pytest.mark.parametrize(
    ("claim", "given", "values"),
    [
        (x > 1, (), {"x": 1}),
        (x / x == 1, (), {"x": 0}),
        (sqrt(x) >= 0, (), {"x": -1}),
        (log(x) < 1, (), {"x": 0}),
        (x**L >= 1, (), {"x": "1/2", "L": 10**6}),
        (H ** (2 / L - 1) < 1, (L >= 2,), {"H": 1, "L": 2}),
        (x < y, (y == 2 * x,), {"x": 0, "y": 0}),
        (Sum(1 / (h - 3), (h, 1, L)) < 9, (), {"L": 3}),
        (Product(h, (h, 1, L)) <= 100, (), {"L": 5}),
        (sqrt(x) != 3, (), {"x": 9}),
        (x < 1, (), {"x": 1 + sqrt(Number(2)) - sqrt(Number(2))}),
        (diff(x**L, x) == L * x ** (L - 1) / x, (), {"x": 0, "L": 1}),  # beside a derivative
        (diff(x + 1 / y, x) == 1, (), {"x": 0, "y": 0}),  # in one
        (root(x * y - y / 2, (x, 0, 1)) > 0, (), {"y": 0}),  # the least root is at the bound
        (root(x * log(x + y), (x, 0, 1)) == 0, (), {"y": 0}),  # no function at the bound
        (root(log(x - 2) * y, (x, 3, y)) == 3, (), {"y": 2}),
    ],
    ids=repr,
)
def test_a_failure_is_shown(claim: object, given: tuple, values: dict) -> None:
    statement = Statement(claim, given)
    found = refute(statement, numbers(**values))
    assert found.statement is statement
    if isinstance(found.failure, Proved):
        assert not found.failure.statement.given
        assert not found.failure.statement.variables


@pytest.mark.parametrize(
    ("claim", "given", "values"),
    [
        (x**2 >= 0, (), {"x": -3}),  # true
        (x > 1, (), {"x": 2}),  # false, but not here
        (x / x == 1, (), {"x": 5}),
        (sqrt(x) != 3, (), {"x": 10}),
        (H > 1, (), {"H": 0}),  # not in the domain
        (H > 1, (), {"H": "1/2"}),
        (sigma > 1, (), {"sigma": 0}),
        (sigma > 1, (), {"sigma": -1}),
        (x > 1, (), {}),  # no value
        (x > y, (), {"x": 0}),
        (x > 1, (), {"x": y}),  # not closed
        (x > 1, (), {"x": x}),
        (x > 1, (x > 0,), {"x": 0}),  # what is given fails
        (x > 1, (1 / x < 5,), {"x": 0}),  # what is given is undefined
        (x > 1, (x < y,), {"x": 0}),
        (diff(x**L, x) == L * x ** (L - 1), (), {"x": 0, "L": 1}),
        (diff(x + 1 / y, x) == 1, (), {"x": 0, "y": 1}),
        (root(x * y - y / 2, (x, 0, 1)) > 0, (), {"y": 1}),
        (root(x * log(x + y), (x, 0, 1)) == 0, (), {"y": 1}),
        (SINGLE == 1, (L >= 2,), numbers(H=1, L=2, sigma=1)),  # nothing is known of it
    ],
    ids=repr,
)
def test_what_is_no_failure_is_refused(claim: object, given: tuple, values: dict) -> None:
    closed = {k: v for k, v in values.items() if isinstance(k, str)}
    found = numbers(**closed) if closed else values
    with pytest.raises(Refused):
        refute(Statement(claim, given), found)


def test_premises_speak_of_the_values_and_give_nothing() -> None:
    claim = Statement(SINGLE < 4 * sigma, (L >= 2,))
    at = numbers(H=1, L=4, sigma=1)
    known = search(Statement(sharpness(single_path, H=1, L=4, sigma=1) == 4))
    assert refute(claim, at, (known,)).failure.statement.claim.op == ">="
    with pytest.raises(Refused):
        refute(claim, at)
    with pytest.raises(Refused):
        refute(claim, numbers(H=1, L=5, sigma=1), (known,))


def test_a_premise_under_a_hypothesis_is_no_fact() -> None:
    conditional = search(Statement(SINGLE == 0, (SINGLE == 0,)))
    with pytest.raises(Refused):
        refute(Statement(SINGLE > 0), numbers(H=1, L=2, sigma=1), (conditional,))


def test_a_family_has_no_member_at_what_is_no_integer() -> None:
    """Its lambda has: a given relation is undefined there, the place no counterexample."""
    w, half = family("w"), rational(1, 2)
    at = {w: function((h,), Number(1)), x: half}
    for given in (w[x] >= 0, w[x] == w[x], Sum(w[h * x], (h, 1, 2)) == 2):
        with pytest.raises(Refused):
            refute(Statement(x != half, [given]), at)
        assert refute(Statement(x != 1, [given]), {**at, x: Number(1)})
    assert refute(Statement(w[x] - w[x] == 0), at)
    with pytest.raises(Refused):
        refute(Statement(w[x] - w[x] == 0), {**at, x: Number(1)})
