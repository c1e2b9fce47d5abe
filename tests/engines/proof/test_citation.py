"""A claim that a shipped theorem states is proved by citing it, under any names; no other is."""

from __future__ import annotations

import pytest

from verifier.engines.proof import citation
from verifier.engines.proof.citation import match
from verifier.kernel.polynomial import Refused
from verifier.library import labels, shipped
from verifier.statements.parser import parse, parse_conditions
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Relation, Symbol
from verifier.statements.vocabulary import H, L, Sum, family, integer, positive, symbol_for

h, i, j = map(integer, "hij")
s, w, u = family("s"), family("w", arity=2), family("u", arity=2)
x, y = positive("x"), positive("y")


@pytest.mark.parametrize("label", labels())
def test_what_a_theorem_states_is_found_under_other_names(label: str) -> None:
    for general in shipped(label).statements().values():
        others = {v: Symbol(v.name + "_other", v.domain, v.arity) for v in general.variables}
        claim: Relation = substitute(general.claim, others)
        found = match(general.claim, claim, {}, {})
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
    found = match(pattern, target, {}, {})
    assert (found is None) == (values is None)
    if found is not None:
        assert substitute(pattern, dict(found)) is target
        assert values in ("found", repr(dict(found)))


SPLIT = "sharpness(split(t), L=L, sigma=Sum(t[i], (i, 1, H)))"
VALUE = "Sum(L[i]*t[i]**(2 - 2/L[i]), (i, 1, H))"
REDUCED = "sharpness(balanced, H=n)/sharpness(single_path, H=n) == n**(2/L - 1)"


def stated(claim: str, given: str = "", **kinds: str) -> Statement:
    variables = {name: symbol_for(name, kind) for name, kind in kinds.items()}
    conditions = [c for text in given.split(";") if text for c in parse_conditions(text, variables)]
    return Statement(parse(claim, variables), conditions)


@pytest.mark.parametrize(
    "statement",
    [
        stated(f"{SPLIT} == {VALUE}", t="positive[.]", L="count[.]"),
        stated(f"{VALUE} == {SPLIT}", t="positive[.]", L="count[.]"),
        stated(REDUCED, "L >= 2", n="count"),
        stated(REDUCED.replace("L - 1", "5 - 1").replace("H=n)", "H=n, L=5)"), n="count"),
    ],
    ids=repr,
)
def test_a_claim_is_proved_by_citing_the_theorem(statement: Statement) -> None:
    found = citation.search(statement)
    assert found.statement == statement
    assert "instance" in {step.rule for step in found.steps()}


@pytest.mark.parametrize(
    "statement",
    [
        stated(f"{SPLIT} == {VALUE}", t="real[.]", L="count[.]"),  # a share may be negative
        stated(f"{SPLIT} == {VALUE}", t="nonnegative[.]", L="count[.]"),  # the target may be 0
        stated(f"{SPLIT} == {VALUE.replace('2/L', '1/L')}", t="positive[.]", L="count[.]"),
        stated(f"{SPLIT} == {VALUE.replace('t[i]', 't[1]')}", t="positive[.]", L="count[.]"),
        stated(f"{SPLIT} >= {VALUE}", t="positive[.]", L="count[.]"),
        stated(REDUCED.replace("single_path, H=n", "single_path, H=n + 1"), "L >= 2", n="count"),
        stated(REDUCED, n="count"),  # at depth one the ratio is 1
        stated(REDUCED, "L >= 2", n="positive"),
        stated("n**(2/L - 1) < 1", "n >= 1; L >= 2", n="count"),
    ],
    ids=repr,
)
def test_what_no_theorem_states_is_not_proved(statement: Statement) -> None:
    with pytest.raises(Refused):
        citation.search(statement)
