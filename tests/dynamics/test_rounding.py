"""The error of a run in floats: the exact run agrees, and chaos is noticed."""

from fractions import Fraction

import pytest

from verifier.dynamics.descent import descend
from verifier.dynamics.errors import DynamicsError
from verifier.dynamics.rounding import rounding


def test_the_error_is_that_of_the_exact_run():
    start, eta = (0.4, 0.3), 0.3
    rough = descend((3, 3), start, 1.0, eta, 4)
    exact = descend((3, 3), tuple(map(Fraction, start)), 1, Fraction(eta), 4)
    gaps = [
        max(abs(Fraction(a) - b) for a, b in zip(x, y, strict=True))
        for x, y in zip(rough.shares, exact.shares, strict=True)
    ]
    found = rounding((3, 3), start, 1.0, eta, 4)
    assert found == pytest.approx([float(gap) for gap in gaps], rel=1e-6) and max(found) > 0


def test_a_chaotic_run_grows_its_rounding():
    errors = rounding((5,), (0.3,), 1.0, 0.8, 150)
    assert errors[0] < 1e-16 and max(errors) > 0.1


def test_digits_that_do_not_suffice_are_refused():
    with pytest.raises(DynamicsError, match="20 digits do not suffice"):
        rounding((5,), (0.3,), 1.0, 0.8, 400, digits=20)
    with pytest.raises(DynamicsError, match="0 digits"):
        rounding((5,), (0.3,), 1.0, 0.8, 4, digits=0)
