"""The sine and the cosine: addition theorems, parity, and the values at simple multiples of pi."""

from __future__ import annotations

from flint import fmpq

from verifier.kernel.polynomial import Facts, Monomial, Poly, as_atom, constant, to_term
from verifier.kernel.powers import multiply, power
from verifier.statements.terms import Apply

MAX_TERMS, MAX_MULTIPLE = 4, 8
PI: Monomial = frozenset([(Apply("pi"), fmpq(1))])
ONE, ZERO = constant(1), constant(0)

#: q: (4*sin(pi/q)**2, 4*cos(pi/q)**2)
SQUARES = {1: (0, 4), 2: (4, 0), 3: (3, 1), 4: (2, 2), 6: (1, 3)}

Pair = tuple[Poly, Poly]  # the sine and the cosine of an angle


def circular(facts: Facts, term: Apply) -> Poly:
    """The normal form of sin(t) or cos(t)."""
    angle = facts.normal(term.args[0])
    if len(angle.terms) > MAX_TERMS:
        return as_atom(facts, Apply(term.head, to_term(angle)))
    pair: Pair = (ZERO, ONE)
    for monomial, coefficient in angle.terms.items():
        pair = _sum(facts, pair, _of_multiple(facts, monomial, coefficient))
    return pair[0] if term.head == "sin" else pair[1]


def _sum(facts: Facts, a: Pair, b: Pair) -> Pair:
    """sin(a + b) and cos(a + b), by the addition theorems."""
    (sin_a, cos_a), (sin_b, cos_b) = a, b
    sine = multiply(facts, sin_a, cos_b) + multiply(facts, cos_a, sin_b)
    return sine, multiply(facts, cos_a, cos_b) - multiply(facts, sin_a, sin_b)


def _of_multiple(facts: Facts, monomial: Monomial, coefficient: fmpq) -> Pair:
    times, parts = int(abs(coefficient).p), int(coefficient.q)
    if monomial == PI and parts in SQUARES:
        times, unit = times % (2 * parts), _at_pi_over(facts, parts)
    else:
        if times > MAX_MULTIPLE:
            times, part = 1, Poly({monomial: abs(coefficient)})
        else:
            part = Poly({monomial: fmpq(1, parts)})
        sine, cosine = (as_atom(facts, Apply(head, to_term(part))) for head in ("sin", "cos"))
        unit = sine, cosine
    pair: Pair = (ZERO, ONE)
    for _ in range(times):
        pair = _sum(facts, pair, unit)
    return (-pair[0], pair[1]) if coefficient < 0 else pair


def _at_pi_over(facts: Facts, parts: int) -> Pair:
    half = constant(fmpq(1, 2))
    sine, cosine = (
        power(facts, constant(n), half).scale(fmpq(1, 2)) if n else ZERO for n in SQUARES[parts]
    )
    return sine, -cosine if parts == 1 else cosine
