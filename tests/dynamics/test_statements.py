"""The shipped statements, evaluated at the exact numbers of runs: no formula is typed again.

Where a statement speaks of a weight after one step, the weight that the run came to is put.
"""

from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs.descent import balanced_step, depth_two_frozen, imbalance_step, two_step_rebalancing
from tests.dynamics.strategies import SETTINGS, balanced_runs, weight_runs
from verifier.dynamics.descent import descend
from verifier.engines.counterexample.rational import Evaluator
from verifier.statements.substitution import function, rebuild
from verifier.statements.terms import Apply, Number, Relation
from verifier.statements.vocabulary import H, Iverson, L, eta, integer, sigma

STEPS = 2


def family(entries):
    """The family with these members, by their indices; 0 elsewhere."""
    indices = tuple(map(integer, "abcd"[: len(next(iter(entries)))]))
    body = Number(0)
    for place, entry in entries.items():
        brackets = (Iverson(own == at) for own, at in zip(indices, place, strict=True))
        body = body + Number(Fraction(entry)) * prod(brackets, start=Number(1))
    return function(indices, body)


def with_terms(node, known):
    """The node with whole terms replaced by numbers."""
    if isinstance(node, Relation):
        return Relation(node.op, with_terms(node.lhs, known), with_terms(node.rhs, known))
    if node in known:
        return Number(known[node])
    if isinstance(node, Apply) and node.head not in ("Sum", "Product", "[]", "lambda"):
        return rebuild(node.head, tuple(with_terms(a, known) for a in node.args))
    return node


def holds(theorem, claim, values, after=()):
    """Whether the claim holds; None where something given does not."""
    evaluate = Evaluator({s: Number(Fraction(v)) if s.arity == 0 else v for s, v in values.items()})
    after = dict(after)
    statement = theorem.statement(claim)
    if not all(evaluate.holds(with_terms(condition, after)) for condition in statement.given):
        return None
    return evaluate.holds(with_terms(statement.claim, after))


def setting(depths, target, step):
    numbers = family({(h,): depth for h, depth in enumerate(depths, 1)})
    return {H: len(depths), sigma: target, eta: step, imbalance_step.depth: numbers}


def places(depths):
    return [(h, n) for h, depth in enumerate(depths, 1) for n in range(1, depth + 1)]


IMBALANCE = ("factor", "silent-layers-too", "equal-layers-stay-equal", "shrinks", "grows")


def test_imbalance_step():
    seen = dict.fromkeys(IMBALANCE, 0)

    @SETTINGS
    @given(weight_runs(depths=st.sampled_from([(2,), (3,), (4, 1), (2, 3)])))
    def check(drawn):
        depths, start, target, step = drawn
        assume(target > 0)
        run = descend(depths, start, target, step, STEPS)
        for before, after in zip(run.states, run.states[1:], strict=False):
            weights = family({(h, n): before[h - 1][n - 1] for h, n in places(depths)})
            values = {**setting(depths, target, step), imbalance_step.w: weights}
            for (h, n), (k, o) in product(places(depths), repeat=2):
                if h != k or n == o:
                    continue
                here = {**values, imbalance_step.i: h, imbalance_step.j: n, imbalance_step.m: o}
                moved = {
                    imbalance_step.after(imbalance_step.j): after[h - 1][n - 1],
                    imbalance_step.after(imbalance_step.m): after[h - 1][o - 1],
                }
                for claim in IMBALANCE:
                    found = holds(imbalance_step.theorem, claim, here, moved)
                    assert found is not False, (claim, here)
                    seen[claim] += found is True

    check()
    assert all(count > 10 for count in seen.values()), seen


@SETTINGS
@given(balanced_runs(depths=st.sampled_from([(2,), (3, 2), (4, 2, 3)])))
def test_balanced_step(drawn):
    depths, start, target, step = drawn
    assume(target > 0)
    run = descend(depths, start, target, step, STEPS)
    b = balanced_step
    for before, after in zip(run.states, run.states[1:], strict=False):
        weights = family({(h,): w for h, w in enumerate(before, 1)})
        for h, n in places(depths):
            here = {**setting(depths, target, step), b.w: weights, b.i: h, b.j: n, b.t: 0}
            assert holds(b.theorem, "step", here, {b.after(b.i, b.j): after[h - 1]})


@SETTINGS
@given(balanced_runs(depths=st.sampled_from([(2, 2), (2, 2, 2), (2, 3, 2), (1, 2, 2)])))
def test_depth_two_frozen(drawn):
    depths, start, target, step = drawn
    assume(target > 0)
    run = descend(depths, start, target, step, STEPS)
    f = depth_two_frozen
    two = [h for h, depth in enumerate(depths, 1) if depth == 2]
    for before, after in zip(run.states, run.states[1:], strict=False):
        weights = family({(h,): w for h, w in enumerate(before, 1)})
        for i, h in product(two, two):
            moved = {
                f.after(pathway, layer): after[at - 1]
                for (pathway, at), layer in product(((f.i, i), (f.h, h)), (1, 2))
            }
            here = {**setting(depths, target, step), f.w: weights, f.i: i, f.h: h, f.t: 0}
            assert holds(f.theorem, "share", here, moved)
            assert holds(f.theorem, "shares", here, moved)
            assert holds(f.theorem, "ratio", here, moved) is not False


@pytest.mark.parametrize("depth", [2, 3, 4, 6])
@pytest.mark.parametrize("x", [Fraction(1, 3), Fraction(2), Fraction(-1, 4), Fraction(-1, 2)])
@pytest.mark.parametrize("part", [Fraction(1, 5), Fraction(3, 4), Fraction(9, 10)])
def test_two_step_rebalancing(depth, x, part):
    """A coupled run in fractions: target and step are solved so that the larger value returns."""
    a, b = Fraction(1), part
    factors = [1 + x * (w / a) ** (depth - 2) for w in (a, b)]
    outputs = (
        a**depth + b**depth,
        sum((w * f) ** depth for w, f in zip((a, b), factors, strict=True)),
    )
    first = (outputs[1] - outputs[0]) / (1 + (1 + x) ** (1 - depth))
    run = descend((depth, depth), (a, b), outputs[0] + first, x / first / a ** (depth - 2), 2)
    assert run.states[2][0] == a and run.residuals[0] == first
    t = two_step_rebalancing
    here = {L: depth, eta: run.eta, t.u: a, t.v: b, t.r1: first, t.r2: run.residuals[1]}
    (_, _), (_, middle), (_, last) = run.states
    evaluate = Evaluator({symbol: Number(Fraction(value)) for symbol, value in here.items()})
    assert evaluate(t.step(t.v, t.r1)) == middle and evaluate(t.v_twice) == last
    wanted = {"second-residual", "factor", "depth-two" if depth == 2 else "smaller-grows"}
    for claim in ("second-residual", "factor", "smaller-grows", "depth-two"):
        assert holds(t.theorem, claim, here) is (True if claim in wanted else None)
    swapped = {**here, t.u: a, t.v: a / part}
    if depth > 2 and 1 + x * part ** (2 - depth) > 0:
        assert holds(t.theorem, "larger-shrinks", swapped)


@SETTINGS
@given(
    st.integers(3, 7),
    st.lists(
        st.fractions(Fraction(1, 10), 1, max_denominator=10), min_size=2, max_size=3, unique=True
    ),
    st.fractions(Fraction(1, 4), 3, max_denominator=4),
    st.fractions(Fraction(1, 20), 1, max_denominator=20),
)
def test_a_share_is_given_back_only_after_an_overshoot(depth, values, target, step):
    """By `balanced-step` the ratio of a larger to a smaller value grows if and only if r > 0."""
    values.sort(reverse=True)
    run = descend((depth,) * len(values), values, target, step, 2)
    for before, after, residual in zip(run.states, run.states[1:], run.residuals, strict=False):
        if min(after) > 0:
            moved = after[0] * before[-1] - before[0] * after[-1]
            assert (moved > 0) == (residual > 0) and (moved < 0) == (residual < 0)
        if not after[0] > after[-1] > 0:
            break
