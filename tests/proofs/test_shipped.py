"""Every shipped theorem: its links and claims proved, its false neighbours and mutants not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import Random

import pytest

from tests.engines.say import OutOfTime, within
from verifier.engines import draws, falsify, prover, sizes
from verifier.kernel.certificate import certificate, replay
from verifier.kernel.polynomial import Refused
from verifier.kernel.refuted import Refuted
from verifier.library import labels, lemma, proofs_of, shipped
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, subterms

REQUIRED = (
    "multi-affine", "gauss-newton", "symmetric-line", "mode-sharpness", "single-path", "shared-k",
    "sharpness-reduction", "reduction-monotone", "equal-split-optimal", "stability-window",
)  # fmt: skip
MUTANTS = 14  # of each claim
PATIENCE = 0.5  # seconds for a search of a mutant
CLAIMS = [f"{label}/{name}" for label in labels() for name in shipped(label).claims]
LINKS = [f"{label}/{link.name}" for label in labels() for link in shipped(label).proof]
NEIGHBOURS = [
    pytest.param(neighbour, id=f"{label}/{number}")
    for label in labels()
    for number, neighbour in enumerate(shipped(label).false_neighbours, start=1)
]


def test_the_theorems_asked_for_are_there() -> None:
    assert set(REQUIRED) <= set(labels())


@pytest.mark.parametrize("name", LINKS)
def test_every_link_is_proved(name: str) -> None:
    label, link = name.split("/")
    theorem = shipped(label)
    proof = proofs_of(label).link(link)
    assert proof.statement == theorem.link_statement(theorem.link(link))


@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_is_proved_as_it_is_stated(name: str) -> None:
    label, claim = name.split("/")
    written = certificate(name, lemma(label, claim))
    assert replay(written).statement == shipped(label).statement(claim)


@pytest.mark.parametrize("label", labels())
def test_a_theorem_says_where_it_comes_from_and_has_false_neighbours(label: str) -> None:
    theorem = shipped(label)
    assert theorem.label == label
    assert theorem.title and theorem.source and theorem.why.strip()
    assert len(theorem.false_neighbours) >= 4


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_every_false_neighbour_is_refuted_and_not_proved(neighbour: Statement) -> None:
    found = falsify.search(neighbour, 10)
    assert found.refuted is not None
    assert not provable(neighbour)


@pytest.mark.parametrize("name", CLAIMS)
def test_no_attack_finds_a_case_that_fails(name: str) -> None:
    label, claim = name.split("/")
    statement = shipped(label).statement(claim)
    exact, failing = sizes.check(statement)
    assert failing is None
    drawn, failing = draws.check(statement)
    assert failing is None
    limit = any(isinstance(n, Apply) and n.head == "limit" for n in subterms(statement.claim))
    assert exact + drawn > 0 or limit


@pytest.mark.parametrize("label", labels())
def test_the_checks_of_a_theorem_hold(label: str) -> None:
    for check in shipped(label).checks:
        assert check.run() > 0


# --- mutants ---------------------------------------------------------------------------------


def replaced(node: object, old: Number, new: Number) -> object:
    """The node with one number, wherever it stands, replaced by another."""
    if node is old:
        return new
    if isinstance(node, Relation):
        return Relation(node.op, replaced(node.lhs, old, new), replaced(node.rhs, old, new))
    if isinstance(node, Apply):
        return Apply(node.head, *(replaced(a, old, new) for a in node.args))
    return node


def mutants(statement: Statement) -> Iterator[Statement]:
    """One number changed by one, on one side or in what is given; one hypothesis dropped."""
    claim, given = statement.claim, statement.given
    for side in ("lhs", "rhs"):
        for changed in nudged(getattr(claim, side)):
            sides = {"lhs": claim.lhs, "rhs": claim.rhs, side: changed}
            yield Statement(Relation(claim.op, sides["lhs"], sides["rhs"]), given)
    for place, relation in enumerate(given):
        yield Statement(claim, given[:place] + given[place + 1 :])
        for changed in nudged(relation):
            yield Statement(claim, (*given[:place], changed, *given[place + 1 :]))
    for op in {"==": ("<", ">"), "<": ("<=", ">"), "<=": ("<",), ">=": (">",)}.get(claim.op, ()):
        yield Statement(Relation(op, claim.lhs, claim.rhs), given)


def chosen(statement: Statement) -> list[Statement]:
    """Some of the mutants, the same at every run."""
    found = list(dict.fromkeys(mutants(statement)))
    return Random(repr(statement)).sample(found, min(MUTANTS, len(found)))


def nudged(node: object) -> Iterator[object]:
    numbers = {n for n in subterms(node) if isinstance(n, Number)}
    for number in sorted(numbers, key=lambda n: n.value):
        for step in (1, -1):
            yield replaced(node, number, Number(number.value + step))


@lru_cache
def provable(statement: Statement) -> bool:
    try:
        within(PATIENCE, lambda: prover.search(statement))
    except (Refused, OutOfTime):
        return False
    return True


def refuted_by_search(statement: Statement) -> Refuted | None:
    try:
        return within(2 * PATIENCE, lambda: falsify.search(statement, PATIENCE, cases=200)).refuted
    except OutOfTime:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_no_mutant_is_both_proved_and_refuted(name: str) -> None:
    label, claim = name.split("/")
    statement = shipped(label).statement(claim)
    refuted = 0
    for mutant in chosen(statement):
        proved = provable(mutant)
        found = refuted_by_search(mutant)
        assert not (proved and found), (mutant, found)
        if proved:
            assert sizes.check(mutant, limit=8)[1] is None, mutant
            assert draws.check(mutant, 3)[1] is None, mutant
        refuted += found is not None
    assert refuted > 0
