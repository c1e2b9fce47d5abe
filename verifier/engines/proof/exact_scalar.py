"""The sharpness of a scalar network of given rational weights, proved from its exact Hessian.

Also where its residual is not zero, so that no formula of a theorem covers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.counterexample.spectra import hessian, largest_eigenvalue
from verifier.engines.proof.exact_sharpness import null_vector, shifted, squares, table
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.kernel.rules.sharpness import allocation_weights, hessian_form, squared_norm
from verifier.statements.statement import Statement
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import (
    INTEGER,
    REAL,
    Apply,
    Number,
    Relation,
    Symbol,
    Term,
    arity_of,
)

THEOREM = "gauss-newton"
MAX_WEIGHTS = 6
V = Symbol("v", REAL, 2)
INDICES = (Symbol("a", INTEGER), Symbol("b", INTEGER))
Place = tuple[int, int]


def is_closed(node: Apply) -> bool:
    """Whether it is the sharpness of a scalar network in which no variable is left."""
    return node.head == "sharpness" and node.args[0].head != "matrices" and not node.free


def search(node: Apply) -> Proved:
    """A proof of `node == S`.

    Raises:
        Refused: there is none, as the sharpness or a weight is not rational, or there are many.
    """
    at, *setting = node.args
    try:
        weights, target = Evaluator({}).point(at, *setting)
        places = [(h, l) for h, row in enumerate(weights, 1) for l, _ in enumerate(row, 1)]  # noqa: E741
        if len(places) > MAX_WEIGHTS:
            raise Refused(f"{node!r} has more than {MAX_WEIGHTS} weights")
        matrix = hessian(weights, target)
        largest = largest_eigenvalue(matrix)
    except NotRational as error:
        raise Refused(f"{node!r} is not found in rational numbers") from error
    place = Apply("weights", allocation_weights(at, *setting))
    entries = tuple(_entries(place, setting, places, matrix))
    gap = shifted(matrix, largest)
    vector = table(INDICES, places, null_vector(gap))
    value = Number(largest)
    norm = squared_norm(V, setting[0], setting[1])
    found = list(squares(V, gap, places))
    bound = prove(
        "combination",
        Statement(hessian_form(place, V, *setting) <= value * norm),
        (*(prove("arithmetic", Statement(Number(0) <= root**2)) for _, root in found), *entries),
        multipliers=(*(Number(factor) for factor, _ in found), *(Number(0) for _ in entries)),
    )
    own = squared_norm(vector, setting[0], setting[1])
    form = Statement(Relation("==", hessian_form(place, vector, *setting), value * own))
    attained = prove("arithmetic", form, entries)
    nonzero = prove("arithmetic", Statement(own > 0))
    plain = Apply("sharpness", place, *setting)
    claim, premises = Statement(plain == value), (bound, attained, nonzero)
    proof = prove("largest_eigenvalue", claim, premises, vector=vector, direction=V)
    if plain is node:
        return proof
    same = prove("allocation", Statement(node == plain))
    return prove("arithmetic", Statement(node == value), (proof, same))


def _entries(
    place: Apply, setting: list[Term], places: list[Place], matrix: Any
) -> Iterator[Proved]:
    """What each entry of the Hessian is, from the instance of what gauss-newton says of it."""
    from verifier.library import lemma, shipped

    pathways, depth, target = setting
    each = depth if arity_of(depth) else function((Symbol("h", INTEGER),), depth)
    for row, (h, l) in enumerate(places):  # noqa: E741
        for column, (i, j) in enumerate(places):
            name = _claim(h, l, i, j)
            general = shipped(THEOREM).statement(name)
            values = {"w": place.args[0], "H": pathways, "L": each, "sigma": target}
            values |= {key: Number(at) for key, at in zip("hlij", (h, l, i, j), strict=True)}
            mapping = tuple((s, values[s.name]) for s in general.variables)
            stated: Relation = substitute(general.claim, dict(mapping))
            known = prove("instance", Statement(stated), (lemma(THEOREM, name),), mapping=mapping)
            entry = matrix[row, column]
            value = Number(Fraction(int(entry.p), int(entry.q)))
            yield prove("arithmetic", Statement(Relation("==", stated.lhs, value)), (known,))


def _claim(h: int, l: int, i: int, j: int) -> str:  # noqa: E741
    """The claim of gauss-newton about the entry (h, l), (i, j)."""
    if h != i:
        return "two-pathways"
    if l == j:
        return "same-weight"
    return "one-pathway-up" if l < j else "one-pathway-down"


__all__ = ["is_closed", "search"]
