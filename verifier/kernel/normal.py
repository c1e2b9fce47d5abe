"""The normal form: every term as a generalised polynomial, by steps that keep its value.

Each step that is not valid for all reals asks the context for its side condition and refuses if the
condition cannot be proved.  Terms that differ may still have equal normal forms only if they are
equal; that equal terms get equal forms is hoped for, never relied on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from verifier.kernel import calculus
from verifier.kernel.polynomial import (
    ONE,
    Base,
    E,
    Exponent,
    Facts,
    Monomial,
    Poly,
    Refused,
    as_exponent,
    constant,
    exponent_poly,
    free_symbols,
    is_integral,
    monomial_term,
    number_term,
    power_of,
    primitive,
    rational,
    to_term,
    total,
    unique_index,
)
from verifier.kernel.signs import HOLDS, NONNEGATIVE, NONPOSITIVE, NONZERO, POSITIVE, ZERO, only
from verifier.statements.terms import (
    INTEGER,
    Apply,
    Number,
    Relation,
    Symbol,
    Term,
    member,
    substitute,
    subterms,
)

MAX_TERMS = 20_000
MAX_UNROLL = 256
MAX_POWER_BITS = 200_000
MAX_EXPANSION = 400
TRIAL_PRIMES = 2_000


def normalise(facts: Facts, term: Term) -> Poly:
    """The normal form of a term.

    Raises:
        Refused: a side condition of a step cannot be proved, or the form grows too large.
    """
    if isinstance(term, Number):
        return constant(term.value)
    if isinstance(term, Symbol):
        if term.arity:
            raise Refused(f"the family {term} stands where a number is needed")
        return _atom(facts, term)
    if not isinstance(term, Apply):
        raise Refused(f"{term!r} is no term")
    step = _STEPS.get(term.head)
    if step is None:
        raise Refused(f"{term.head} stands where a number is needed")
    return step(facts, term)


def _atom(facts: Facts, atom: Term) -> Poly:
    known = facts.rewrite(atom)
    return power_of(atom) if known is None else known


# --- products and powers ---------------------------------------------------------------------


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
    return False


def expanded(facts: Facts, base: Base, exponent: Exponent) -> Poly:
    """base**exponent in normal form."""
    if not needs_expansion(base, exponent):
        return power_of(base, exponent)
    if isinstance(base, Poly):
        return natural_power(facts, base, int(exponent.p))  # type: ignore[union-attr]
    whole, _ = exponent_poly(exponent).split_constant()
    floor = int(whole.floor())
    number = rational(base.value) ** floor  # type: ignore[union-attr]
    rest = as_exponent(exponent_poly(exponent) - constant(floor))
    return constant(number) if rest == 0 else power_of(base, rest).scale(number)


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
                lowest[base] = min(lowest.get(base, fmpq(0)), exponent)  # type: ignore[type-var]
    lift = frozenset((b, -e) for b, e in lowest.items() if isinstance(b, Term))
    return Poly({_monomial_product(m, lift): c for m, c in poly.terms.items()}), lift


def _zero_power(facts: Facts, exponent: Poly) -> Poly:
    sign = facts.sign(exponent)
    if only(sign, POSITIVE):
        return constant(0)
    if only(sign, ZERO):
        return constant(1)
    if only(sign, NONNEGATIVE):
        return _iverson(facts, "==", exponent)
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
    if not integral and not all(only(s, NONNEGATIVE) for s in signs.values()):
        return multiply(
            facts, _number_power(facts, abs(coefficient), e), power_of(Poly({monomial: fmpq(1)}), e)
        )
    for base, inner in monomial:
        if isinstance(base, Apply) and base.head == "Iverson":
            if not only(facts.sign(exponent), POSITIVE):
                raise Refused(f"a power of {base!r} with an exponent that may be zero")
            result = multiply(facts, result, power_of(base))
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
    if (
        is_integral(e)
        and abs(e)
        * (  # type: ignore[arg-type]
            int(number.p).bit_length() + int(number.q).bit_length()
        )
        <= MAX_POWER_BITS
    ):
        return constant(number ** int(e.p))  # type: ignore[union-attr]
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


def reduced_fraction(poly: Poly) -> Poly:
    """A rational function of atoms with one denominator, in lowest terms: so exponents compare.

    Brackets that occur with a negative power are not zero, nor are their factors.
    """
    powers = [pair for monomial in poly.terms for pair in monomial]
    brackets = {base for base, _ in powers if isinstance(base, Poly)}
    inside = [pair for bracket in brackets for monomial in bracket.terms for pair in monomial]
    atoms = {base for base, _ in powers + inside if isinstance(base, Term)}
    if not brackets or any(not is_integral(e) for _, e in powers):
        return poly
    if any(isinstance(b, Poly) or not is_integral(e) or e < 0 for b, e in inside):  # type: ignore[operator]
        return poly
    names = sorted(atoms, key=repr)
    ring = fmpq_mpoly_ctx.get([f"a{i}" for i in range(len(names))], Ordering.lex)
    generators: dict[Base, fmpq_mpoly] = dict(zip(names, ring.gens(), strict=True))
    for bracket in brackets:
        generators[bracket] = _in_ring(ring, generators, bracket)[0]
    numerator, denominator = ring.constant(0), ring.constant(1)
    for monomial, coefficient in poly.terms.items():
        over, under = _in_ring(ring, generators, Poly({monomial: coefficient}))
        numerator = numerator * under + over * denominator
        denominator = denominator * under
    common = numerator.gcd(denominator)
    return _from_ring(names, numerator / common, denominator / common)


def _in_ring(
    ring: fmpq_mpoly_ctx, generators: dict[Base, fmpq_mpoly], poly: Poly
) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """A polynomial as a fraction in the ring; one monomial, or without negative powers."""
    numerator, denominator = ring.constant(0), ring.constant(1)
    for monomial, coefficient in poly.terms.items():
        term = ring.constant(coefficient)
        for base, exponent in monomial:
            if exponent > 0:  # type: ignore[operator]
                term = term * generators[base] ** int(exponent.p)  # type: ignore[union-attr]
            else:
                denominator = denominator * generators[base] ** int(-exponent.p)  # type: ignore[union-attr]
        numerator = numerator + term
    return numerator, denominator


def _from_ring(names: list[Term], numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Poly:
    def monomial(exponents: tuple[int, ...]) -> Monomial:
        pairs = zip(names, exponents, strict=True)
        return frozenset((name, fmpq(int(e))) for name, e in pairs if e)

    def poly(element: fmpq_mpoly, shift: list[int]) -> Poly:
        return Poly(
            {
                monomial(tuple(int(e) - s for e, s in zip(exponents, shift, strict=True))): c
                for exponents, c in element.terms()
            }
        )

    shift = [min(int(e[i]) for e in denominator.monoms()) for i in range(len(names))]
    content, bracket = primitive(poly(denominator, shift))
    above = poly(numerator, shift).scale(1 / content)
    if bracket.constant is not None:
        return above.scale(1 / bracket.constant)
    return Poly({m | {(bracket, fmpq(-1))}: c for m, c in above.terms.items()})


# --- the steps, one a head -------------------------------------------------------------------


def _add(facts: Facts, term: Apply) -> Poly:
    return facts.normal(term.args[0]) + facts.normal(term.args[1])


def _subtract(facts: Facts, term: Apply) -> Poly:
    return facts.normal(term.args[0]) - facts.normal(term.args[1])


def _negate(facts: Facts, term: Apply) -> Poly:
    return -facts.normal(term.args[0])


def _times(facts: Facts, term: Apply) -> Poly:
    return multiply(facts, facts.normal(term.args[0]), facts.normal(term.args[1]))


def _divide(facts: Facts, term: Apply) -> Poly:
    denominator = inverse(facts, facts.normal(term.args[1]))
    return multiply(facts, facts.normal(term.args[0]), denominator)


def _power(facts: Facts, term: Apply) -> Poly:
    return power(facts, facts.normal(term.args[0]), facts.normal(term.args[1]))


def _sqrt(facts: Facts, term: Apply) -> Poly:
    return power(facts, facts.normal(term.args[0]), constant(fmpq(1, 2)))


def _exp(facts: Facts, term: Apply) -> Poly:
    exponent = as_exponent(facts.normal(term.args[0]))
    return constant(1) if exponent == 0 else power_of(E, exponent)


def _log(facts: Facts, term: Apply) -> Poly:
    argument = facts.normal(term.args[0])
    if not only(facts.sign(argument), POSITIVE):
        raise Refused(f"log({argument!r}): the argument may not be positive")
    if argument.single is None:
        return _atom(facts, Apply("log", to_term(argument)))
    monomial, coefficient = argument.single
    if not all(only(facts.base_sign(base), POSITIVE) for base, _ in monomial):
        return _atom(facts, Apply("log", to_term(argument)))
    pieces = []
    for part, sign in ((coefficient.p, 1), (coefficient.q, -1)):
        for prime, times in fmpz(part).factor(trial_limit=TRIAL_PRIMES):
            atom = _atom(facts, Apply("log", int(prime)))
            pieces.append(atom.scale(fmpq(sign * int(times))))
    for base, exponent in monomial:
        inner = (
            constant(1)
            if base is E
            else _atom(facts, Apply("log", to_term(base) if isinstance(base, Poly) else base))
        )
        pieces.append(multiply(facts, exponent_poly(exponent), inner))
    return total(pieces)


def _absolute(facts: Facts, term: Apply) -> Poly:
    argument = facts.normal(term.args[0])
    sign = facts.sign(argument)
    if only(sign, NONNEGATIVE):
        return argument
    if only(sign, NONPOSITIVE):
        return -argument
    return _atom(facts, Apply("Abs", to_term(argument)))


def _extreme(facts: Facts, term: Apply) -> Poly:
    first, second = (facts.normal(a) for a in term.args)
    sign = facts.sign(first - second)
    if only(sign, NONPOSITIVE):
        return first if term.head == "Min" else second
    if only(sign, NONNEGATIVE):
        return second if term.head == "Min" else first
    ordered = sorted((to_term(first), to_term(second)), key=repr)
    return _atom(facts, Apply(term.head, *ordered))


def _with_normal_arguments(facts: Facts, term: Apply) -> Poly:
    args = (a if isinstance(a, Apply) and a.head == "lambda" else to_term(facts.normal(a))
            for a in term.args)  # fmt: skip
    return _atom(facts, Apply(term.head, *args))


def _member(facts: Facts, term: Apply) -> Poly:
    family, *indices = term.args
    if isinstance(family, Apply):
        return facts.normal(member(family, tuple(indices)))
    return _atom(facts, Apply("[]", family, *(to_term(facts.normal(i)) for i in indices)))


def _iverson_step(facts: Facts, term: Apply) -> Poly:
    relation = term.args[0]
    return _iverson(facts, relation.op, facts.normal(relation.lhs) - facts.normal(relation.rhs))


def _iverson(facts: Facts, op: str, difference: Poly) -> Poly:
    sign = facts.sign(difference)
    if only(sign, HOLDS[op]):
        return constant(1)
    if not sign & HOLDS[op]:
        return constant(0)
    if op in (">", ">="):
        op, difference = {">": "<", ">=": "<="}[op], -difference
    if op in ("==", "!="):
        difference = min(difference, -difference, key=lambda p: repr(to_term(p)))
    if op == "!=":
        return constant(1) - _iverson_atom(facts, "==", difference)
    return _iverson_atom(facts, op, difference)


def _iverson_atom(facts: Facts, op: str, difference: Poly) -> Poly:
    return _atom(facts, Apply("Iverson", Relation(op, to_term(difference), 0)))


def _allocation_atom(facts: Facts, term: Apply) -> Poly:
    allocation, *outer = term.args
    inside = [to_term(facts.normal(a)) if not _is_family(a) else a for a in allocation.args]
    outside = [s if _is_family(s) else to_term(facts.normal(s)) for s in outer]
    return _atom(facts, Apply(term.head, Apply(allocation.head, *inside), *outside))


def _is_family(term: Term) -> bool:
    return (isinstance(term, Symbol) and term.arity > 0) or (
        isinstance(term, Apply) and term.head == "lambda"
    )


def _derivative(facts: Facts, term: Apply) -> Poly:
    return facts.normal(calculus.derivative(facts, *term.args))


# --- sums and products over a range ----------------------------------------------------------


def _big(facts: Facts, term: Apply) -> Poly:
    body, index, lower_term, upper_term = term.args
    lower, upper = facts.normal(lower_term), facts.normal(upper_term)
    count = upper - lower + constant(1)
    literal = count.constant
    is_sum = term.head == "Sum"
    if literal is not None and literal <= MAX_UNROLL:
        members = [
            facts.normal(substitute(body, {index: to_term(lower + constant(i))}))
            for i in range(max(0, int(literal.floor())))
        ]
        if is_sum:
            return total(members)
        product = constant(1)
        for factor in members:
            product = multiply(facts, product, factor)
        return product
    if only(facts.sign(count), NONPOSITIVE):
        return constant(0 if is_sum else 1)
    own = unique_index()
    inner = facts.within(own, lower, upper)
    normal_body = inner.normal(substitute(body, {index: own}))
    frame = _Frame(facts, inner, own, lower, upper, count)
    return frame.sum(normal_body) if is_sum else frame.product(normal_body)


class _Frame:
    """A range of summation or multiplication: its index, its bounds, what is known inside."""

    def __init__(
        self, facts: Facts, inner: Facts, index: Symbol, lower: Poly, upper: Poly, count: Poly
    ) -> None:
        self.facts, self.inner, self.index = facts, inner, index
        self.lower, self.upper, self.count = lower, upper, count

    def sum(self, body: Poly) -> Poly:
        return total(self.sum_term(m, c) for m, c in body.terms.items())

    def sum_term(self, monomial: Monomial, coefficient: fmpq) -> Poly:
        fixed, moving = self.separate(monomial)
        outside = Poly({fixed: coefficient})
        if not moving:
            return multiply(self.facts, outside, self.cardinality())
        sifted = self.sift(moving)
        if sifted is None:
            sifted = self.atom("Sum", monomial_term(moving))
        return multiply(self.facts, outside, sifted)

    def separate(self, monomial: Monomial) -> tuple[Monomial, Monomial]:
        fixed = frozenset((b, e) for b, e in monomial if self.is_fixed(b, e))
        return fixed, monomial - fixed

    def is_fixed(self, base: Base, exponent: Exponent) -> bool:
        """Whether a power is free of the index, and defined even where the range is empty."""
        if self.index in free_symbols(base) or self.index in free_symbols(exponent):
            return False
        if only(self.facts.sign(self.count), POSITIVE):
            return True
        try:
            self.facts.require_defined(monomial_term(frozenset([(base, exponent)])))
        except Refused:
            return False
        return True

    def cardinality(self) -> Poly:
        if only(self.facts.sign(self.count), NONNEGATIVE):
            return self.count
        return self.atom("Sum", Number(1))

    def sift(self, moving: Monomial) -> Poly | None:
        """The one term that survives a factor [index == t], for an integer t."""
        for pair in moving:
            point = self.pinned(pair[0])
            if point is None:
                continue
            below = self.facts.sign(self.lower - point)
            above = self.facts.sign(point - self.upper)
            if only(below, POSITIVE) or only(above, POSITIVE):
                return constant(0)
            if only(below, NONPOSITIVE) and only(above, NONPOSITIVE):
                rest = monomial_term(moving - {pair})
                return self.facts.normal(substitute(rest, {self.index: to_term(point)}))
        return None

    def pinned(self, base: Base) -> Poly | None:
        """The integer t for which the base is the bracket [index == t]."""
        if not (isinstance(base, Apply) and base.head == "Iverson" and base.args[0].op == "=="):
            return None
        difference = self.inner.normal(base.args[0].lhs)
        own = frozenset([(self.index, fmpq(1))])
        slope = difference.terms.get(own)
        if slope is None or abs(slope) != 1:
            return None
        rest = difference - Poly({own: slope})
        if self.index in free_symbols(rest) or not self.facts.is_integer(rest):
            return None
        return -rest if slope == 1 else rest

    def product(self, body: Poly) -> Poly:
        if body.single is None:
            return self.atom("Product", to_term(body))
        monomial, coefficient = body.single
        fixed, moving = self.separate(monomial)
        if (coefficient != 1 or fixed) and not only(self.facts.sign(self.count), NONNEGATIVE):
            return self.atom("Product", to_term(body))
        result = power(self.facts, Poly({fixed: coefficient}), self.count)
        for base, exponent in moving:
            result = multiply(self.facts, result, self.product_factor(base, exponent))
        return result

    def product_factor(self, base: Base, exponent: Exponent) -> Poly:
        term = to_term(base) if isinstance(base, Poly) else base
        positive = only(self.inner.base_sign(base), POSITIVE)
        natural = is_integral(exponent) and exponent > 0  # type: ignore[operator]
        if natural or (positive and self.is_fixed(E, exponent)):
            return power(self.facts, self.atom("Product", term), exponent_poly(exponent))
        if positive and self.is_fixed(base, fmpq(1)):
            summed = self.sum(exponent_poly(exponent))
            return power(self.facts, power_of(base), summed)
        return self.atom("Product", monomial_term(frozenset([(base, exponent)])))

    def atom(self, head: str, body: Term) -> Poly:
        name = f"_{1 + _height(body)}"
        index = Symbol(name, INTEGER)
        bound = substitute(body, {self.index: index})
        atom = Apply(head, bound, index, to_term(self.lower), to_term(self.upper))
        return _atom(self.facts, atom)


_CANONICAL = re.compile(r"_\d+\Z")


def _height(term: Term) -> int:
    """The largest number of a canonical index inside."""
    names = (s.name for s in subterms(term) if isinstance(s, Symbol))
    return max((int(n[1:]) for n in names if _CANONICAL.match(n)), default=0)


_STEPS: dict[str, Callable[[Facts, Apply], Poly]] = {
    "+": _add, "-": _subtract, "*": _times, "/": _divide, "**": _power, "neg": _negate,
    "sqrt": _sqrt, "exp": _exp, "log": _log, "Abs": _absolute, "Min": _extreme, "Max": _extreme,
    "sin": _with_normal_arguments, "cos": _with_normal_arguments, "pi": _atom, "[]": _member,
    "Iverson": _iverson_step, "Sum": _big, "Product": _big, "limit": _atom, "diff": _derivative,
    "sharpness": _allocation_atom, "hessian": _allocation_atom,
}  # fmt: skip
__all__ = ["ONE", "expanded", "inverse", "multiply", "natural_power", "normalise", "power"]
