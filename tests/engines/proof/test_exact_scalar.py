"""The sharpness of a scalar network of numbers, at a minimum or elsewhere, as it is defined."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from verifier.engines.counterexample.values import table
from verifier.engines.proof import exact_scalar
from verifier.engines.witness import numeric
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Term
from verifier.statements.vocabulary import (
    COUNT,
    balanced,
    family,
    shared,
    sharpness,
    single_path,
    split,
    weights,
)

s, w, d = family("s"), family("w", arity=2), family("L", COUNT)
ROWS = (1,), (2,), (0,), (-1, 2, 1), (2, 1), (1, 2, 1), (3, 1, 2, 1), (4, 1)
SETTINGS = (1, 2), (2, 2), (1, 3), (2, 1), (3, 2)


def at(place: Apply, pathways: int, depth: int | Term, target: int | Fraction = 1) -> Apply:
    number = Number(depth) if isinstance(depth, int) else depth
    return sharpness(place, H=Number(pathways), L=number, sigma=Number(Fraction(target)))


def places() -> list[Apply]:
    rows = [tuple(map(Fraction, row)) for row in ROWS]
    return [
        balanced, single_path, shared(2),
        *(split(table(s, row)) for row in rows), *(weights(table(w, row)) for row in rows),
    ]  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_every_network_that_is_tried_has_the_sharpness_of_the_definition(setting: tuple) -> None:
    decided = 0
    for place, target in product(places(), (1, 4)):
        node = at(place, *setting, target)
        try:
            proof = exact_scalar.search(node)
        except Refused:
            continue  # no rational number, or no such weights
        decided += 1
        assert proof.statement.claim.lhs is node
        found = proof.statement.claim.rhs.value
        expected = numeric.Evaluator(40)(node)
        assert abs(found.numerator - expected * found.denominator) < 1e-30
    assert decided >= 6


def test_depths_may_differ() -> None:
    node = at(weights(table(w, (Fraction(1),))), 2, table(d, (Fraction(1), Fraction(2))), 2)
    assert exact_scalar.search(node).statement == Statement(node == 3)


def test_a_proof_is_replayed_without_a_search() -> None:
    node = at(split(table(s, (Fraction(4),))), 2, 2)
    proof = exact_scalar.search(node)
    assert proof.statement == Statement(node == 23)  # the sum of the shares is not the target
    assert replay(certificate("x", proof)).statement == proof.statement


def test_what_is_not_rational_or_large_is_refused() -> None:
    for node in (at(balanced, 2, 3), at(single_path, 3, 3), at(balanced, 1, 0), at(balanced, 0, 2)):
        with pytest.raises(Refused):
            exact_scalar.search(node)


def test_premises_of_another_network_are_refused() -> None:
    """The parts of a proof do not show the sharpness beside it."""
    node, other = (at(weights(table(w, (Fraction(n),))), 1, 2) for n in (2, 3))
    step = exact_scalar.search(node)
    assert step.statement == Statement(node == 11)
    for claim in (other == 11, node == 12, node == 10):
        with pytest.raises(Refused):
            prove(step.rule, Statement(claim), step.premises, **step.arguments)
