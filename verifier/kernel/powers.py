"""Products and powers of normal forms, each law of exponents under its condition."""

from __future__ import annotations

from flint import fmpq, fmpz

from verifier.kernel.brackets import iverson
from verifier.kernel.fractions import reduced_fraction
from verifier.kernel.polynomial import (
    Base,
    Exponent,
    Facts,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    constant,
    exponent_poly,
    is_integral,
    number_term,
    power_of,
    primitive,
    rational,
    to_term,
    total,
)
from verifier.kernel.signs import NONNEGATIVE, NONZERO, POSITIVE, ZERO, only
from verifier.statements.terms import Apply, Number, Term

MAX_TERMS = 20_000
MAX_POWER_BITS = 200_000
MAX_EXPANSION = 400
TRIAL_PRIMES = 2_000


def multiply(facts: Facts, p: Poly, q: Poly) -> Poly:
    """The product of two normal forms."""
    if len(p.terms) * len(q.terms) > MAX_TERMS:
        raise Refused("the expanded product is too large")
    terms: dict[Monomial, fmpq] = {}
    rest: list[Poly] = []
    for m, c in p.terms.items():
        for n, d in q.terms.items():
            merged = merge(facts, m, n) if m and n else m or n
            if isinstance(merged, Poly):
                rest.append(merged.scale(c * d))
            else:
                terms[merged] = terms.get(merged, 0) + c * d
    return total([Poly(terms), *rest]) if rest else Poly(terms)


def _monomial_product(monomial: Monomial, factor: Monomial) -> Monomial:
    """Monomial * factor, where the factor has natural powers.

    b**a * b**n == b**(a + n) for natural n > 0 wherever b**a is defined: if b is 0 then a >= 0, and
    both sides are 0.
    """
    powers = dict(monomial)
    for base, exponent in factor:
        own = powers.get(base, fmpq(0))
        powers[base] = as_exponent(exponent_poly(own) + exponent_poly(exponent))
    return frozenset((b, e) for b, e in powers.items() if e != 0)


def merge(facts: Facts, m: Monomial, n: Monomial) -> Monomial | Poly:
    """The product of two monomials: a monomial, or a polynomial where a base must expand."""
    powers = dict(m)
    expand = False
    for base, exponent in n:
        if base in powers:
            combined = add_exponents(facts, base, powers[base], exponent)
            if combined == 0:
                del powers[base]
                continue
            powers[base] = combined
            expand = expand or needs_expansion(base, combined)
        else:
            powers[base] = exponent
    if not expand:
        return frozenset(powers.items())
    result = constant(1)
    for base, exponent in powers.items():
        result = multiply(facts, result, expanded(facts, base, exponent))
    return result


def add_exponents(facts: Facts, base: Base, a: Exponent, b: Exponent) -> Exponent:
    """The exponent of base**a * base**b, once that law is known to hold here."""
    if isinstance(base, Apply) and base.head == "Iverson":
        return fmpq(1)  # positive powers of 0 or 1
    lawful = is_integral(a) and is_integral(b) and a > 0 and b > 0  # type: ignore[operator]
    if not lawful:
        sign = facts.base_sign(base)
        pa, pb = exponent_poly(a), exponent_poly(b)
        if only(sign, POSITIVE):
            lawful = True
        elif only(sign, NONZERO):
            lawful = facts.is_integer(pa) and facts.is_integer(pb)
        else:
            lawful = (
                only(facts.sign(pa), NONNEGATIVE)
                and only(facts.sign(pb), NONNEGATIVE)
                and (only(sign, NONNEGATIVE) or (facts.is_integer(pa) and facts.is_integer(pb)))
            )
    if not lawful:
        raise Refused(f"the powers of {show(base)} cannot be combined: its sign is not known")
    result = as_exponent(reduced_fraction(exponent_poly(a) + exponent_poly(b)))
    if isinstance(base, Number) and base.value == -1:
        return _modulo_two(facts, result)
    return result


def _modulo_two(facts: Facts, exponent: Exponent) -> Exponent:
    """An exponent of -1, less even multiples of the integers in it."""
    reduced = {
        m: c - 2 * fmpq((c / 2).floor()) if facts.is_integer(Poly({m: fmpq(1)})) else c
        for m, c in exponent_poly(exponent).terms.items()
    }
    return as_exponent(Poly(reduced))


def needs_expansion(base: Base, exponent: Exponent) -> bool:
    """Whether base**exponent is not yet in normal form."""
    if isinstance(base, Poly):
        return is_integral(exponent) and exponent > 0  # type: ignore[operator]
    if isinstance(base, Number):
        whole, _ = exponent_poly(exponent).split_constant()
        return bool(whole.floor()) and abs(whole) * base.value.numerator.bit_length() <= (
            MAX_POWER_BITS
        )
    folds = isinstance(base, Apply) and base.head in ("sin", "Abs")
    return folds and is_integral(exponent) and exponent > 1  # type: ignore[operator]


def expanded(facts: Facts, base: Base, exponent: Exponent) -> Poly:
    """base**exponent in normal form."""
    if not needs_expansion(base, exponent):
        return power_of(base, exponent)
    if isinstance(base, Poly):
        return natural_power(facts, base, int(exponent.p))  # type: ignore[union-attr]
    if isinstance(base, Apply):  # sin(t)**2 = 1 - cos(t)**2, Abs(t)**2 = t**2
        pairs, single = divmod(int(exponent.p), 2)  # type: ignore[union-attr]
        if base.head == "sin":
            square = constant(1) - power_of(Apply("cos", *base.args), 2)
        else:
            square = natural_power(facts, facts.normal(base.args[0]), 2)
        rest = power_of(base) if single else constant(1)
        return multiply(facts, rest, natural_power(facts, square, pairs))
    whole, _ = exponent_poly(exponent).split_constant()
    floor = int(whole.floor())
    number = rational(base.value) ** floor  # type: ignore[attr-defined]
    remaining = as_exponent(exponent_poly(exponent) - constant(floor))
    return constant(number) if remaining == 0 else power_of(base, remaining).scale(number)


def natural_power(facts: Facts, base: Poly, exponent: int) -> Poly:
    """base**exponent for a natural number, by squaring (0**0 = 1)."""
    if len(base.terms) > 1 and exponent > MAX_EXPANSION:
        raise Refused("a power too large to expand")
    result, square = constant(1), base
    while exponent:
        if exponent & 1:
            result = multiply(facts, result, square)
        exponent >>= 1
        if exponent:
            square = multiply(facts, square, square)
    return result


def inverse(facts: Facts, poly: Poly) -> Poly:
    """1 / poly, once poly is known not to vanish."""
    if not only(facts.sign(poly), NONZERO):
        raise Refused(f"{poly!r} may be zero")
    if poly.single is None:
        return natural_power_inverse(facts, poly, 1)
    monomial, coefficient = poly.single
    result = constant(1 / coefficient)
    for base, exponent in monomial:
        inverted = expanded(facts, base, as_exponent(-exponent_poly(exponent)))
        result = multiply(facts, result, inverted)
    return result


def power(facts: Facts, base: Poly, exponent: Poly) -> Poly:
    """base**exponent, where it is known to be defined."""
    exponent = reduced_fraction(exponent)
    literal = exponent.constant
    if literal is not None and literal.q == 1:
        whole = int(literal.p)
        single = base.single
        if single is not None and (not single[0] or whole < 0 or abs(whole) > 4):
            return _monomial_power(facts, *single, as_exponent(exponent))
        if whole < 0:
            return natural_power_inverse(facts, base, -whole)
        return natural_power(facts, base, whole)
    if not base:
        return _zero_power(facts, exponent)
    if base.constant == 1:
        return base
    if base.single is not None:
        return _monomial_power(facts, *base.single, as_exponent(exponent))
    content, rest = primitive(base)
    require_power(facts, base, exponent)
    factor = _number_power(facts, content, as_exponent(exponent))
    return multiply(facts, factor, power_of(rest, as_exponent(exponent)))


def natural_power_inverse(facts: Facts, base: Poly, exponent: int) -> Poly:
    """base**-exponent for a natural number."""
    if not only(facts.sign(base), NONZERO):
        raise Refused(f"{base!r} may be zero")
    lifted, lift = _without_negative_powers(base)
    content, rest = primitive(lifted)
    raised = frozenset((b, e * exponent) for b, e in lift)
    return Poly({raised | {(rest, fmpq(-exponent))}: 1 / content**exponent})


def _without_negative_powers(poly: Poly) -> tuple[Poly, frozenset[tuple[Base, fmpq]]]:
    """Poly * lift without negative powers, and the lift: natural powers of what is not zero."""
    lowest: dict[Base, fmpq] = {}
    for monomial in poly.terms:
        for base, exponent in monomial:
            if is_integral(exponent) and exponent < 0:  # type: ignore[operator]
                lowest[base] = min(lowest.get(base, fmpq(0)), exponent)
    lift = frozenset((b, -e) for b, e in lowest.items() if isinstance(b, Term))
    return Poly({_monomial_product(m, lift): c for m, c in poly.terms.items()}), lift


def _zero_power(facts: Facts, exponent: Poly) -> Poly:
    sign = facts.sign(exponent)
    if only(sign, POSITIVE):
        return constant(0)
    if only(sign, ZERO):
        return constant(1)
    if only(sign, NONNEGATIVE):
        return iverson(facts, "==", exponent)
    raise Refused(f"0**({exponent!r}): the exponent may be negative")


def require_power(facts: Facts, base: Poly, exponent: Poly) -> None:
    """Refuse unless base**exponent is defined."""
    sign = facts.sign(base)
    if only(sign, POSITIVE):
        return
    fine = (only(sign, NONNEGATIVE) and only(facts.sign(exponent), NONNEGATIVE)) or (
        facts.is_integer(exponent)
        and (only(sign, NONZERO) or only(facts.sign(exponent), NONNEGATIVE))
    )
    if not fine:
        raise Refused(f"({base!r})**({exponent!r}) may be undefined")


def _monomial_power(facts: Facts, monomial: Monomial, coefficient: fmpq, e: Exponent) -> Poly:
    """(coefficient * monomial)**e, spread over the factors where that law holds."""
    exponent = exponent_poly(e)
    require_power(facts, Poly({monomial: coefficient}), exponent)
    integral = facts.is_integer(exponent)
    result = _number_power(facts, abs(coefficient), e)
    if coefficient < 0:
        if not integral:
            return power_of(Poly({monomial: coefficient}), e)
        result = multiply(facts, result, _minus_one(facts, e))
    signs = {base: facts.base_sign(base) for base, _ in monomial}
    even = {b for b, i in monomial if not integral and _is_even(i) and not only(signs[b], POSITIVE)}
    if not integral and not all(b in even or only(s, NONNEGATIVE) for b, s in signs.items()):
        return multiply(
            facts, _number_power(facts, abs(coefficient), e), power_of(Poly({monomial: fmpq(1)}), e)
        )
    for base, inner in monomial:
        if isinstance(base, Apply) and base.head == "Iverson":
            if not only(facts.sign(exponent), POSITIVE):
                raise Refused(f"a power of {base!r} with an exponent that may be zero")
            result = multiply(facts, result, power_of(base))
            continue
        if base in even:
            result = multiply(facts, result, _even_power(facts, base, inner, e))
            continue
        if not only(signs[base], POSITIVE) and not _nests(facts, signs[base], inner, e):
            raise Refused(f"the power of a power of {show(base)}: its sign is not known")
        product = as_exponent(reduced_fraction(multiply(facts, exponent_poly(inner), exponent)))
        if product == 0:
            continue
        if isinstance(base, Number) and base.value == -1:
            product = _modulo_two(facts, product)
        result = multiply(facts, result, expanded(facts, base, product))
    return result


def _is_even(exponent: Exponent) -> bool:
    return is_integral(exponent) and exponent > 0 and exponent.p % 2 == 0  # type: ignore


def _even_power(facts: Facts, base: Base, inner: Exponent, outer: Exponent) -> Poly:
    """(x**(2*n))**outer == Abs(x)**(2*n*outer)."""
    term = to_term(base) if isinstance(base, Poly) else base
    absolute = facts.normal(Apply("Abs", term))
    if not _nests(facts, facts.sign(absolute), inner, outer):
        raise Refused(f"the power of a power of {show(base)}: its sign is not known")
    product = reduced_fraction(multiply(facts, exponent_poly(inner), exponent_poly(outer)))
    return power(facts, absolute, product)


def _nests(facts: Facts, sign: int, inner: Exponent, outer: Exponent) -> bool:
    """Whether (x**inner)**outer == x**(inner*outer) for an x of this sign."""
    pi, po = exponent_poly(inner), exponent_poly(outer)
    if facts.is_integer(pi) and facts.is_integer(po):
        return only(sign, NONZERO) or (
            only(facts.sign(pi), NONNEGATIVE) and only(facts.sign(po), NONNEGATIVE)
        )
    return (
        only(sign, NONNEGATIVE)
        and only(facts.sign(pi), NONNEGATIVE)
        and only(facts.sign(po), NONNEGATIVE)
    )


def _minus_one(facts: Facts, e: Exponent) -> Poly:
    reduced = _modulo_two(facts, e)
    odd, rest = exponent_poly(reduced).split_constant()
    if odd.q != 1:
        return power_of(Number(-1), reduced)
    unit = power_of(Number(-1), as_exponent(rest)) if rest else constant(1)
    return unit.scale(fmpq(-1) ** int(odd.p))


def _number_power(facts: Facts, number: fmpq, e: Exponent) -> Poly:
    """A positive rational number to a power, split into primes."""
    if number == 1:
        return constant(1)
    bits = int(number.p).bit_length() + int(number.q).bit_length()
    if isinstance(e, fmpq) and e.q == 1 and abs(e) * bits <= MAX_POWER_BITS:
        return constant(number ** int(e.p))
    result = constant(1)
    for part, sign in ((number.p, 1), (number.q, -1)):
        for prime, times in fmpz(part).factor(trial_limit=TRIAL_PRIMES):
            exponent = as_exponent(exponent_poly(e).scale(fmpq(sign * int(times))))
            base = number_term(fmpq(prime))
            result = multiply(facts, result, expanded(facts, base, exponent))
    return result


def show(base: Base) -> str:
    """A base as text, for messages."""
    return repr(to_term(base) if isinstance(base, Poly) else base)
