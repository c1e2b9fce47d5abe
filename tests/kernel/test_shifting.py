"""Shifts: each is read off a fact that is linear in a quantity, and off no other."""

import pytest
from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.shifting import _Ring, _Shifter
from verifier.statements.terms import INTEGER, Symbol

x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
n, m = Symbol("n", INTEGER), Symbol("m", INTEGER)
HERE = Context()
GIVEN = (
    x - 2 * y >= 0, 3 * y < 2 - z, x * y >= z, x**2 + y >= 0, x + x * y - z >= 0, z <= 5,
    z - x / 2 + y**2 > 1, x + y + z == z + 1, n >= 2 * m + 1,
)  # fmt: skip


@pytest.mark.parametrize("fact", GIVEN, ids=repr)
def test_shifts_by_a_fact(fact):
    """A shift solves the fact for the quantity, exactly where the fact is linear in it alone."""
    poly = HERE.normal(fact.lhs - fact.rhs)
    ring = _Ring(HERE, [poly])
    whole = ring.polynomial(poly)
    shifter = _Shifter(ring, [])
    found = dict(shifter._shifts_by(whole, False))
    for index, gen in enumerate(ring.context.gens()):
        slope = whole.derivative(index)
        rest = whole - slope * gen
        solvable = slope.is_constant() and slope != 0 and not rest.is_constant()
        assert (index in found) is solvable
        if solvable:
            shift = found[index]
            at = [shift.offset if i == index else g for i, g in enumerate(shifter.gens)]
            assert whole.compose(*at, ctx=ring.context) == 0
            assert shift.direction == (1 if slope.leading_coefficient() > 0 else -1)


def test_facts_that_are_given_twice_are_one():
    once, twice = context_of(GIVEN), context_of(GIVEN + GIVEN)
    assert once.inequalities == twice.inequalities
    assert len(set(once.inequalities)) == len(once.inequalities)
    assert len(set(once.nonzero)) == len(once.nonzero)


def test_strict_and_weak_facts_are_not_one():
    assert len(context_of((x >= 0, x > 0)).inequalities) == 2


@pytest.mark.parametrize(
    ("claim", "given", "sign"),
    [
        (x - z, (x >= y, y >= z), signs.NONNEGATIVE),
        (x - z, (x >= y, y > z), signs.POSITIVE),
        (x - z, (x >= y, z >= y), signs.ANY),
        (x * y, (x >= z, y >= z, z > 0), signs.POSITIVE),
        (x * y, (x >= z, y >= z), signs.ANY),
    ],
    ids=repr,
)
def test_signs_do_not_depend_on_how_often_a_fact_is_given(claim, given, sign):
    for times in (1, 2, 5):
        here = context_of(given * times)
        assert here.sign(here.normal(claim)) == sign


def test_polynomials_with_the_same_monomials_are_still_different():
    polys = [HERE.normal(factor * x + y) for factor in (1, 2, -1)]
    assert len(set(polys)) == 3
    assert HERE.normal(x).scale(fmpq(2)) != HERE.normal(x)
