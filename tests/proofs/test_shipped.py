"""Every shipped theorem: its links and claims proved, its false neighbours and mutants not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

import pytest

from tests.killed import LATE, each, within
from tests.soundness.counterexamples import by_definition, by_search, in_fractions
from verifier.engines.counterexample import falsify
from verifier.engines.proof import prover
from verifier.engines.witness import draws, sizes
from verifier.kernel.polynomial import Refused
from verifier.library import labels, lemma, proofs_of, shipped
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, subterms
from verifier.theorem import Theorem

REQUIRED = """
    balanced-step
    depth-two-frozen
    equal-split-optimal
    flat-minima
    flat-norms
    flat-shares
    flatness-means
    flip
    gauss-newton
    global-flatness
    gradient-bound
    imbalance-step
    invariant-manifold
    kinetic-bias
    largest-overshoot
    layer-conservation
    matrix-conservation
    matrix-spectrum
    mode-sharpness
    multi-affine
    optimal-split-exists
    overshoots
    overshoots-return
    path-invariant
    rank-p-window
    reduction-monotone
    scalar-flatness
    shared-k
    sharpness-reduction
    single-path
    stability-window
    symmetric-line
    two-cycle
    two-cycle-step-size
    two-cycle-unique
    two-step-rebalancing
    unequal-depth-optimum
    winner-takes-all
    worst-case-return
    worst-case-return-growth
""".split()
MUTANTS = 4  # of each claim, in the sample
PATIENCE = 0.5  # seconds for a search of a mutant
CLAIMS = [f"{label}/{name}" for label in labels() for name in shipped(label).claims]


def of_theorems(parts: Callable[[Theorem], Iterable[str]]) -> list[object]:
    """`label/part` of every theorem; its tests run in one process, which proves it once."""
    return [
        pytest.param(f"{label}/{part}", marks=pytest.mark.xdist_group(label))
        for label in labels()
        for part in parts(shipped(label))
    ]


def numbered(theorem: Theorem) -> Iterable[str]:
    """The numbers of its false neighbours."""
    return map(str, range(1, len(theorem.false_neighbours) + 1))


def test_the_theorems_asked_for_are_there() -> None:
    assert set(REQUIRED) <= set(labels())


@pytest.mark.parametrize("name", of_theorems(lambda theorem: [link.name for link in theorem.proof]))
def test_every_link_is_proved(name: str) -> None:
    label, link = name.split("/")
    theorem = shipped(label)
    proof = proofs_of(label).link(link)
    assert proof.statement == theorem.link_statement(theorem.link(link))


@pytest.mark.parametrize("label", labels())
def test_a_theorem_says_where_it_comes_from_and_has_false_neighbours(label: str) -> None:
    theorem = shipped(label)
    assert theorem.label == label
    assert theorem.title and theorem.source and theorem.why.strip()
    assert len(theorem.false_neighbours) >= 4


@pytest.mark.parametrize("name", of_theorems(numbered))
def test_every_false_neighbour_is_refuted_and_not_proved(name: str) -> None:
    label, number = name.split("/")
    neighbour = shipped(label).false_neighbours[int(number) - 1]
    found = falsify.search(neighbour, 10)
    assert found.refuted is not None
    assert within(PATIENCE, lambda: proved(neighbour)) is not True


@pytest.mark.slow  # `verifier check` makes these attacks, too, and fails where one succeeds
@pytest.mark.parametrize("name", of_theorems(lambda theorem: theorem.claims))
def test_no_attack_finds_a_case_that_fails(name: str) -> None:
    label, claim = name.split("/")
    statement = shipped(label).statement(claim)
    exact, failing = sizes.check(statement)
    assert failing is None
    drawn, failing = draws.check(statement)
    assert failing is None
    limit = any(isinstance(n, Apply) and n.head == "limit" for n in subterms(statement.claim))
    assert exact + drawn > 0 or limit or shipped(label).checks  # no case, but a check of its own


@pytest.mark.slow
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


def nudged(node: object) -> Iterator[object]:
    numbers = {n for n in subterms(node) if isinstance(n, Number)}
    for number in sorted(numbers, key=lambda n: n.value):
        for step in (1, -1):
            yield replaced(node, number, Number(number.value + step))


def proved(statement: Statement) -> bool:
    try:
        prover.search(statement)
    except Refused:
        return False
    return True


def failing(statement: Statement) -> str:
    """A case in which it fails, by exact evaluation or by a search that the kernel confirms."""
    return in_fractions(statement) or by_search(statement, PATIENCE)


def sampled() -> list[object]:
    """Some mutants of every claim of a theorem, the same at every run, and all of them."""
    return [
        pytest.param(label, count, marks=mark, id=f"{label}-{word}")
        for word, count, mark in (
            ("sampled", MUTANTS, pytest.mark.slow),
            ("all", None, pytest.mark.full),
        )
        for label in labels()
    ]


@pytest.mark.parametrize(("label", "count"), sampled())
def test_no_mutant_is_both_proved_and_false(label: str, count: int | None) -> None:
    chosen: dict[Statement, None] = {}
    for statement in shipped(label).statements().values():
        changed = list(dict.fromkeys(mutants(statement)))
        Random(repr(statement)).shuffle(changed)
        chosen |= dict.fromkeys(changed[:count])
    every = list(chosen)
    for name in CLAIMS:
        lemma(*name.split("/"))  # once, not in every process that is killed
    answers = zip(every, each(proved, every, PATIENCE), strict=True)
    accepted = [mutant for mutant, answer in answers if answer is True]
    answers = zip(every, each(failing, every, 2 * PATIENCE), strict=True)
    false = {mutant: found for mutant, found in answers if found and found is not LATE}
    assert false
    for mutant in accepted:
        assert mutant not in false, (mutant, false[mutant])
    for mutant, found in zip(accepted, each(by_definition, accepted, 5), strict=True):
        assert found is LATE or not found, (mutant, found)
