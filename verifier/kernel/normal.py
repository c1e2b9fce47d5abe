"""The normal form: every term as a generalised polynomial, by steps that keep its value.

Each step that is not valid for all reals asks the context for its side condition and refuses if the
condition cannot be proved.  Terms that differ may still have equal normal forms only if they are
equal; that equal terms get equal forms is hoped for, never relied on.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpz

from verifier.kernel import calculus
from verifier.kernel.brackets import iverson
from verifier.kernel.chains import chain
from verifier.kernel.circular import circular
from verifier.kernel.polynomial import (
    Base,
    E,
    Facts,
    Poly,
    Refused,
    as_atom,
    as_exponent,
    constant,
    exponent_poly,
    power_of,
    to_term,
    total,
)
from verifier.kernel.powers import TRIAL_PRIMES, inverse, multiply, power
from verifier.kernel.ranges import over_range
from verifier.kernel.roots import least_root
from verifier.kernel.signs import NONNEGATIVE, NONPOSITIVE, POSITIVE, only
from verifier.statements.terms import Apply, Number, Symbol, Term


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
        return as_atom(facts, term)
    if not isinstance(term, Apply):
        raise Refused(f"{term!r} is no term")
    step = _STEPS.get(term.head)
    if step is None:
        raise Refused(f"{term.head} stands where a number is needed")
    return step(facts, term)


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
    inside = term.args[0]
    if isinstance(inside, Apply) and inside.head == "**" and inside.args[1] is Number(2):
        return facts.normal(Apply("Abs", inside.args[0]))
    return power(facts, facts.normal(inside), constant(fmpq(1, 2)))


def _exp(facts: Facts, term: Apply) -> Poly:
    result, rest = constant(1), constant(0)
    for monomial, coefficient in facts.normal(term.args[0]).terms.items():
        logarithms = [b for b, e in monomial if e == 1 and _is_logarithm(b)]
        if len(logarithms) == 1:  # exp(c*log(b)) = b**c
            others = Poly({monomial - {(logarithms[0], fmpq(1))}: coefficient})
            base = facts.normal(logarithms[0].args[0])  # type: ignore[union-attr]
            result = multiply(facts, result, power(facts, base, others))
        else:
            rest = rest + Poly({monomial: coefficient})
    return multiply(facts, result, power_of(E, as_exponent(rest))) if rest else result


def _is_logarithm(base: Base) -> bool:
    return isinstance(base, Apply) and base.head == "log"


def _log(facts: Facts, term: Apply) -> Poly:
    argument = facts.normal(term.args[0])
    if not only(facts.sign(argument), POSITIVE):
        raise Refused(f"log({argument!r}): the argument may not be positive")
    if argument.single is None:
        return as_atom(facts, Apply("log", to_term(argument)))
    monomial, coefficient = argument.single
    if not all(only(facts.base_sign(base), POSITIVE) for base, _ in monomial):
        return as_atom(facts, Apply("log", to_term(argument)))
    pieces = []
    for part, sign in ((coefficient.p, 1), (coefficient.q, -1)):
        for prime, times in fmpz(part).factor(trial_limit=TRIAL_PRIMES):
            atom = as_atom(facts, Apply("log", int(prime)))
            pieces.append(atom.scale(fmpq(sign * int(times))))
    for base, exponent in monomial:
        inner = (
            constant(1)
            if base is E
            else as_atom(facts, Apply("log", to_term(base) if isinstance(base, Poly) else base))
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
    return as_atom(facts, Apply("Abs", to_term(argument)))


def _extreme(facts: Facts, term: Apply) -> Poly:
    first, second = (facts.normal(a) for a in term.args)
    sign = facts.sign(first - second)
    if only(sign, NONPOSITIVE):
        return first if term.head == "Min" else second
    if only(sign, NONNEGATIVE):
        return second if term.head == "Min" else first
    ordered = sorted((to_term(first), to_term(second)), key=repr)
    return as_atom(facts, Apply(term.head, *ordered))


def _member(facts: Facts, term: Apply) -> Poly:
    family, *indices = term.args
    return as_atom(facts, Apply("[]", family, *(to_term(facts.normal(i)) for i in indices)))


def _iverson_step(facts: Facts, term: Apply) -> Poly:
    relation = term.args[0]
    return iverson(facts, relation.op, facts.normal(relation.lhs) - facts.normal(relation.rhs))


def _at_allocation(facts: Facts, term: Apply) -> Poly:
    allocation, *outer = term.args
    inside = [to_term(facts.normal(a)) if not _is_family(a) else a for a in allocation.args]
    outside = [s if _is_family(s) else to_term(facts.normal(s)) for s in outer]
    return as_atom(facts, Apply(term.head, Apply(allocation.head, *inside), *outside))


def _is_family(term: Term) -> bool:
    return (isinstance(term, Symbol) and term.arity > 0) or (
        isinstance(term, Apply) and term.head == "lambda"
    )


def _derivative(facts: Facts, term: Apply) -> Poly:
    return facts.normal(calculus.derivative(facts, *term.args))


_STEPS: dict[str, Callable[[Facts, Apply], Poly]] = {
    "+": _add, "-": _subtract, "*": _times, "/": _divide, "**": _power, "neg": _negate,
    "sqrt": _sqrt, "exp": _exp, "log": _log, "Abs": _absolute, "Min": _extreme, "Max": _extreme,
    "sin": circular, "cos": circular, "pi": as_atom, "[]": _member,
    "Iverson": _iverson_step, "Sum": over_range, "Product": over_range, "limit": as_atom,
    "chain": chain, "root": least_root, "diff": _derivative,
    "sharpness": _at_allocation, "hessian": _at_allocation,
}  # fmt: skip
