"""Enclosures of long sums: as deep as a short stack allows, and refused beyond."""

import pytest

from verifier.kernel.balls import closed_sign, enclose
from verifier.kernel.polynomial import Refused
from verifier.kernel.signs import ANY, NEGATIVE, POSITIVE
from verifier.statements.terms import Number
from verifier.statements.vocabulary import sqrt


def harmonic(members):
    """1 + 1/sqrt(2) + ... with so many members, each sum inside the next."""
    total = Number(1)
    for number in range(2, members + 1):
        total = total + 1 / sqrt(number)
    return total


def test_a_sum_of_hundreds_of_members_has_a_sign():
    assert closed_sign(harmonic(500) - 2 * sqrt(500)) == NEGATIVE
    assert closed_sign(harmonic(500) - 2 * sqrt(500) + 2) == POSITIVE


def test_what_is_too_deep_is_refused_and_has_any_sign():
    deep = harmonic(5000)
    with pytest.raises(Refused, match="nested too deeply"):
        enclose(deep, 64)
    assert closed_sign(deep) == ANY
