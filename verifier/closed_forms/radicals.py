"""Sums of rational multiples of roots of positive rationals: whether two are equal, exactly.

The numbers are factored over a basis of pairwise coprime integers, none a perfect power.  Then two
products of the basis with exponents in [0, 1) have a rational ratio only if they are the same, and
positive real radicals of which no two have a rational ratio are linearly independent over the
rationals.  (A. S. Besicovitch, On the linear independence of fractional powers of integers, 1940,
for primes; L. J. Mordell, On the linear independence of algebraic numbers, 1953.)  So a sum has one
normal form, and two sums are equal if and only if their forms are.

>>> radicals = Radicals([Fraction(2), Fraction(8)], 3)
>>> a = radicals.product(1, [(Fraction(2), 1)])
>>> b = radicals.product(1, [(Fraction(8), 1), (Fraction(2), -2)])
>>> radicals.total([a]) == radicals.total([b])
True
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, prod

from flint import arb, ctx, fmpq, fmpz

Key = tuple[int, ...]  # the exponent of each member of the basis, times the index, below the index
Product = tuple[Key, Fraction]
RadicalSum = tuple[Product, ...]  # in the order of the keys, no coefficient zero


class Radicals:
    """Products of powers number**(exponent/index) of given numbers, and their sums."""

    def __init__(self, numbers: Iterable[Fraction], index: int) -> None:
        """Find a basis of the positive numbers; `index` is the common denominator of exponents."""
        given = sorted(set(numbers))
        self.index = index
        parts = (part for number in given for part in (number.numerator, number.denominator))
        self.basis = coprime_basis(parts)
        self._powers = {number: self._factored(number) for number in given}
        self._balls: dict[int, dict[Key, arb]] = {}

    def _factored(self, number: Fraction) -> tuple[int, ...]:
        return tuple(
            _valuation(number.numerator, b) - _valuation(number.denominator, b) for b in self.basis
        )

    def product(
        self, coefficient: Fraction | int, powers: Iterable[tuple[Fraction, int]]
    ) -> Product:
        """The coefficient times the product of number**(exponent/index) over the powers."""
        exponents = [0] * len(self.basis)
        for number, exponent in powers:
            for place, own in enumerate(self._powers[number]):
                exponents[place] += own * exponent
        split = [divmod(exponent, self.index) for exponent in exponents]
        whole = [(b, w) for b, (w, _) in zip(self.basis, split, strict=True) if w]
        over = prod(b**w for b, w in whole if w > 0)
        under = prod(b**-w for b, w in whole if w < 0)
        return tuple(rest for _, rest in split), coefficient * Fraction(over, under)

    def total(self, products: Iterable[Product]) -> RadicalSum:
        """The normal form of a sum."""
        terms: dict[Key, Fraction] = {}
        for key, coefficient in products:
            terms[key] = terms.get(key, Fraction(0)) + coefficient
        return tuple(sorted((key, c) for key, c in terms.items() if c))

    def ball(self, value: RadicalSum, bits: int) -> arb:
        """A ball that contains the sum."""
        before = ctx.prec
        ctx.prec = bits
        try:
            known = self._balls.setdefault(bits, {})
            result = arb(0)
            for key, c in value:
                if key not in known:
                    logarithm = sum(
                        (arb(b).log() * e for b, e in zip(self.basis, key, strict=True) if e),
                        start=arb(0),
                    )
                    known[key] = (logarithm / self.index).exp()
                result += known[key] * fmpq(c.numerator, c.denominator)
            return result
        finally:
            ctx.prec = before

    def text(self, value: RadicalSum) -> str:
        """The sum as the language of statements writes it.

        >>> radicals = Radicals([Fraction(2, 3)], 2)
        >>> radicals.text(radicals.total([radicals.product(5, [(Fraction(2, 3), 1)])]))
        '5/3*2**(1/2)*3**(1/2)'
        """
        return " + ".join(self._term(key, c) for key, c in reversed(value)) or "0"

    def _term(self, key: Key, coefficient: Fraction) -> str:
        roots = [
            f"{b}**({Fraction(e, self.index)})" for b, e in zip(self.basis, key, strict=True) if e
        ]
        return "*".join([str(coefficient)] * (coefficient != 1 or not roots) + roots)


def rational(value: RadicalSum) -> Fraction | None:
    """The value of a sum that is a rational number.

    >>> rational((((1, 0), Fraction(2)),)), rational(())
    (None, Fraction(0, 1))
    """
    if not value:
        return Fraction(0)
    return value[0][1] if len(value) == 1 and not any(value[0][0]) else None


def coprime_basis(integers: Iterable[int]) -> tuple[int, ...]:
    """Pairwise coprime integers > 1, no perfect powers, whose products are the positive integers.

    >>> coprime_basis([36, 8, 1, 15])
    (2, 3, 5)
    """
    basis: list[int] = []
    waiting = [n for n in integers if n > 1]
    while waiting:  # the product of all numbers falls with each common divisor that is split off
        number = waiting.pop()
        for place, other in enumerate(basis):
            common = gcd(number, other)
            if common > 1:
                del basis[place]
                parts = (number // common, common, other // common)
                waiting.extend(part for part in parts if part > 1)
                break
        else:
            basis.append(number)
    return tuple(sorted(map(_primitive_root, basis)))


def _primitive_root(number: int) -> int:
    """The smallest integer of which the number is a power."""
    degree = 2
    while degree <= number.bit_length() and fmpz(number).is_perfect_power():
        root = int(fmpz(number).root(degree))
        if root**degree == number:
            number = root
        else:
            degree += 1
    return number


def _valuation(number: int, divisor: int) -> int:
    count = 0
    while number % divisor == 0:
        number //= divisor
        count += 1
    return count


__all__ = ["RadicalSum", "Radicals", "coprime_basis", "rational"]
