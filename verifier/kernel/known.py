"""What a context knows beyond the normal form: inequalities, bounds, what is not zero."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from flint import fmpq

from verifier.kernel import signs
from verifier.kernel.polynomial import Base, Exponent, Facts, Poly, exponent_poly, is_integral


class Bounds(NamedTuple):
    """What is known of a quantity: lower and upper bounds, and whether they are strict."""

    lower: fmpq | None = None
    lower_strict: bool = False
    upper: fmpq | None = None
    upper_strict: bool = False


class Known(Facts, Protocol):
    """What a context knows beyond the normal form: inequalities, bounds, what is not zero."""

    @property
    def inequalities(self) -> tuple[tuple[Poly, bool], ...]: ...
    @property
    def nonzero(self) -> tuple[Poly, ...]: ...
    def cleared(self) -> list[tuple[Poly, bool]]: ...
    def bounds(self, base: Base) -> Bounds: ...


def power_sign(known: Known, base: Base, exponent: Exponent) -> int:
    """The signs of base**exponent, which is defined."""
    sign = known.base_sign(base)
    if signs.only(sign, signs.POSITIVE):
        return signs.POSITIVE
    if is_integral(exponent):
        n = int(exponent.p)  # type: ignore[union-attr]
        power = signs.integer_power(sign, abs(n))
        return power if n >= 0 else power & ~signs.ZERO
    if signs.only(sign, signs.NONZERO):
        return signs.NONZERO
    if not signs.only(sign, signs.NONNEGATIVE):
        return signs.ANY
    vanishes = signs.only(sign, signs.ZERO) and signs.only(
        known.sign(exponent_poly(exponent)), signs.POSITIVE
    )
    return signs.ZERO if vanishes else signs.NONNEGATIVE
