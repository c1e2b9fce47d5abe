"""The sharpness of matrices of numbers: proved as it is defined, and nothing beside it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from verifier.engines.counterexample.layers import networks
from verifier.engines.counterexample.values import table
from verifier.engines.proof import calculation, exact_sharpness
from verifier.engines.witness import numeric
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, member
from verifier.statements.terms import REAL, Apply, Number, Symbol, Term
from verifier.statements.vocabulary import Iverson, Sum, chain, integer, matrices, sharpness

h, l, a, b, i, j = map(integer, "h l a b i j".split())  # noqa: E741
w = Symbol("w", REAL, 4)
SIZES = (1, 2, 1), (1, 1, 2), (1, 2, 2), (2, 2, 2), (1, 3, 2)
UNBALANCED = function((h, l, a, b), Iverson(a == b) * (1 + Iverson(l == 1)))
SPREAD = table(w, tuple(Fraction(n, 2) for n in (1, -2, 3, 0, 2, 4, -1, 2, 5)))


def reached(layers: Term, pathways: int, depth: int, width: int) -> Term:
    """The output of the network, as the target."""
    path = chain(function((l, a, b), member(layers, (h, l, a, b))), 1, depth, i, j, width)
    return function((i, j), Sum(path, (h, 1, pathways)))


def at(layers: Term, pathways: int, depth: int, width: int, target: Term | None = None) -> Apply:
    aim = reached(layers, pathways, depth, width) if target is None else target
    place = matrices(layers, Number(width))
    return sharpness(place, H=Number(pathways), L=Number(depth), sigma=aim)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_network_that_is_tried_has_the_sharpness_of_the_definition(size: tuple) -> None:
    shift = function((i, j), Iverson(i <= j) - 2)
    decided = 0
    for layers, target in product([*networks(REAL), SPREAD], (None, shift)):
        node = at(layers, *size, target)
        expected = numeric.Evaluator(40)(node)
        try:
            proof = exact_sharpness.search(node)
        except Refused:
            continue  # no rational number
        decided += 1
        assert proof.statement == Statement(node == exact_sharpness.value(node))
        found = proof.statement.claim.rhs.value
        assert abs(found.numerator - expected * found.denominator) < 1e-30
        for beside in (found + 1, found - 1):
            with pytest.raises(Refused):
                calculation.search(Statement(node == beside))
    assert decided >= len(networks(REAL))


def test_a_proof_is_replayed_without_a_search() -> None:
    proof = exact_sharpness.search(at(UNBALANCED, 2, 2, 2))
    assert proof.statement.claim.rhs == Number(10)
    assert replay(certificate("x", proof)).statement == proof.statement


def test_a_flat_loss_has_sharpness_zero() -> None:
    (zero,) = (n for n in networks(REAL) if n.args[-1] is Number(0))
    node = at(zero, 1, 3, 2, function((i, j), Iverson(i == j)))
    assert exact_sharpness.search(node).statement == Statement(node == 0)


def test_what_is_not_rational_or_large_is_refused() -> None:
    off = at(networks(REAL)[0], 1, 3, 2, function((i, j), i + 3 * j))
    for node in (off, at(networks(REAL)[0], 3, 3, 2), at(networks(REAL)[0], 1, 0, 2)):
        with pytest.raises(Refused):
            exact_sharpness.value(node)
        with pytest.raises(Refused):
            exact_sharpness.search(node)


def test_premises_of_another_network_are_refused() -> None:
    """The parts of a proof do not show the sharpness beside it."""
    node, other = at(networks(REAL)[0], 1, 2, 2), at(UNBALANCED, 1, 2, 2)
    step = exact_sharpness.search(node)
    assert step.statement == Statement(node == 2)
    for claim in (other == 2, node == 3):
        with pytest.raises(Refused):
            prove("matrix_sharpness", Statement(claim), step.premises, **step.arguments)
