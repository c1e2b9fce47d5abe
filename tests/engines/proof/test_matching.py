"""The variables of a theorem stand for whatever makes it state the target, or there is nothing."""

from __future__ import annotations

import pytest

from verifier.engines.proof.matching import match
from verifier.library import labels, shipped
from verifier.statements.substitution import substitute
from verifier.statements.terms import Relation, Symbol
from verifier.statements.vocabulary import H, L, Sum, family, integer, positive

h, i, j = map(integer, "hij")
s, w, u = family("s"), family("w", arity=2), family("u", arity=2)
x, y = positive("x"), positive("y")


@pytest.mark.parametrize("label", labels())
def test_what_a_theorem_states_is_found_under_other_names(label: str) -> None:
    for general in shipped(label).statements().values():
        others = {v: Symbol(v.name + "_other", v.domain, v.arity) for v in general.variables}
        claim: Relation = substitute(general.claim, others)
        found = match(general.claim, claim)
        assert found is not None
        assert substitute(general.claim, found) is claim
        assert all(others[v] is found[v] for v in general.claim.free)


@pytest.mark.parametrize(
    ("pattern", "target", "values"),
    [
        (Sum(s[h], (h, 1, H)) >= 0, Sum(h * x, (h, 1, L)) >= 0, "{H: L, s: (lambda h: h*x)}"),
        (Sum(s[h], (h, 1, H)) >= s[1], Sum(h * x, (h, 1, L)) >= 1 * x, "found"),
        (Sum(s[h], (h, 1, H)) >= s[2], Sum(i * x, (i, 1, L)) >= 1 * x, None),
        (Sum(s[h], (h, 1, H)) >= x, Sum(s[h], (h, 1, H)) >= Sum(s[h], (h, 1, H)), "found"),
        (Sum(x, (h, 1, H)) >= 0, Sum(s[h], (h, 1, H)) >= 0, None),  # x would depend on h
        (Sum(x * s[h], (h, 1, H)) >= 0, Sum(s[h] * x, (h, 1, H)) >= 0, None),
        (Sum(w[h, i], (h, 1, H)) >= 0, Sum(u[h, j], (h, 1, H)) >= 0, "{H: H, w: u, i: j}"),
        (Sum(Sum(w[h, i], (h, 1, H)), (i, 1, L)) >= 0, Sum(Sum(w[i, h], (h, 1, H)), (i, 1, L)) >= 0,
         "found"),  # transposed
        (s[1] >= 0, u[1, 2] >= 0, None),
        (w[1, 2] >= 0, s[1] >= 0, None),
        (x + x >= 0, x + y >= 0, None),
        (x + y >= 0, x + x >= 0, "found"),
        (x >= 0, x > 0, None),
        (x ** (2 / L) >= 0, x ** (2 / integer("L")) >= 0, "found"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_variables_stand_for(pattern: Relation, target: Relation, values: str | None) -> None:
    found = match(pattern, target)
    assert (found is None) == (values is None)
    if found is not None:
        assert substitute(pattern, dict(found)) is target
        assert values in ("found", repr(dict(found)))
