"""Roots: root(f, (x, a, b)) is the least x in [a, b] with f(x) == 0.

It exists, and only then is it defined, where a <= b, f is defined and continuous on [a, b], and the
signs of f(a) and f(b) are opposite or one of them is 0 (the intermediate value theorem; the roots
of a continuous function in a compact interval are a compact set, which has a least member).
"""

from __future__ import annotations

from flint import fmpq

from verifier.errors import StatementError
from verifier.kernel.known import Known
from verifier.kernel.polynomial import (
    Facts,
    Poly,
    Refused,
    as_atom,
    canonical,
    primitive,
    to_term,
    told,
    unique_index,
    unique_real,
)
from verifier.kernel.powers import multiply
from verifier.kernel.signs import NEGATIVE, NONNEGATIVE, NONPOSITIVE, POSITIVE, ZERO, only
from verifier.statements.substitution import substitute
from verifier.statements.terms import REAL, Apply, Symbol, Term

#: Operations that are continuous wherever they are defined; of powers see `require_continuous`.
CONTINUOUS = frozenset("+ - * / ** neg sqrt exp log sin cos Abs Min Max".split())


def least_root(facts: Facts, term: Apply) -> Poly:
    """The normal form of a root: the lower bound, where the function vanishes there."""
    lower = term.args[2]
    return facts.normal(lower) if _begins(facts, term) else as_atom(facts, _atom(facts, term))


def _begins(facts: Facts, term: Apply) -> bool:
    """Whether the function is known to vanish at the lower bound, so that it is the least root."""
    try:
        return only(facts.sign(value_at(facts, term, term.args[2])), ZERO)
    except Refused:
        return False


def _atom(facts: Facts, term: Apply) -> Apply:
    """The root of a primitive function, whose variable has a fixed name."""
    body, variable, lower_term, upper_term = term.args
    lower, upper = facts.normal(lower_term), facts.normal(upper_term)
    own = unique_real()
    try:
        function = facts.within(own, lower, upper).normal(substitute(body, {variable: own}))
    except Refused as refusal:
        raise told(refusal, own, variable) from None
    if function:
        function = primitive(function)[1]
    body = min(map(to_term, (function, -function)), key=repr)
    bound = canonical(body, REAL)
    function_of_bound = substitute(body, {own: bound})
    return Apply("root", function_of_bound, bound, to_term(lower), to_term(upper))


def require_root(known: Known, term: Apply) -> None:
    """Refuse unless the root exists: of a continuous function, whose sign changes.

    That it changes is known too where something speaks of the root, and is true.
    """
    body, variable, lower, upper = term.args
    for bound in (lower, upper):
        known.require_defined(bound)
    own = unique_real()
    inner = known.within(own, known.normal(lower), known.normal(upper))
    function = substitute(body, {variable: own})
    try:
        inner.require_defined(function)
        require_continuous(inner, function, own)
    except Refused as refusal:
        raise told(refusal, own, variable) from None
    if _is_spoken_of(known, term):
        return
    if not only(known.sign(known.normal(upper) - known.normal(lower)), NONNEGATIVE):
        raise Refused(f"not known: {lower!r} <= {upper!r}")
    if not opposite(known, value_at(known, term, lower), value_at(known, term, upper)):
        raise Refused(f"no change of sign from {lower!r} to {upper!r} is known of {term!r}")


def _is_spoken_of(known: Known, term: Apply) -> bool:
    """Whether the root stands in an inequality that is known, or an equality says what it is."""
    atom = _atom(known, term)
    own = frozenset([(atom, fmpq(1))])
    known_value = known.rewrite(atom) is not None
    return known_value or any(own in fact.terms for fact, _ in known.inequalities)


def value_at(facts: Facts, term: Apply, place: Term) -> Poly:
    """The function of a root at a place."""
    try:
        return facts.normal(substitute(term.args[0], {term.args[1]: place}))
    except StatementError as error:  # a value for a variable of differentiation
        raise Refused(str(error)) from error


def opposite(facts: Facts, first: Poly, second: Poly) -> bool:
    """Whether one value is <= 0 and the other >= 0."""
    one, other = facts.sign(first), facts.sign(second)
    if only(one, NONNEGATIVE) and only(other, NONPOSITIVE):
        return True
    if only(one, NONPOSITIVE) and only(other, NONNEGATIVE):
        return True
    return only(facts.sign(multiply(facts, first, second)), NONPOSITIVE)


def has_no_root(facts: Facts, term: Apply) -> bool:
    """Whether the bounds are in the wrong order, or the signs at both are certainly the same."""
    _, _, lower, upper = term.args
    if only(facts.sign(facts.normal(upper) - facts.normal(lower)), NEGATIVE):
        return True
    ends = [facts.sign(value_at(facts, term, bound)) for bound in (lower, upper)]
    return any(all(only(sign, side) for sign in ends) for side in (POSITIVE, NEGATIVE))


def require_continuous(facts: Facts, term: Term, variable: Symbol) -> None:
    """Refuse unless a term, which is defined, is known to be continuous in a real variable.

    A power whose exponent moves is exp(exponent * log(base)) where its base is positive: elsewhere
    it need not be continuous, as 0**x is not at 0.
    """
    if variable not in term.free or term is variable:
        return
    if not isinstance(term, Apply):
        raise Refused(f"{term!r} is not known to be continuous")
    head, args = term.head, term.args
    if head in ("Sum", "Product"):
        body, index, lower, upper = args
        if variable in lower.free | upper.free:
            raise Refused(f"a bound of {term!r} depends on {variable}")
        own = unique_index()
        inner = facts.within(own, facts.normal(lower), facts.normal(upper))
        try:
            require_continuous(inner, substitute(body, {index: own}), variable)
        except Refused as refusal:
            raise told(refusal, own, index) from None
        return
    if head not in CONTINUOUS:
        raise Refused(f"{head} is not known to be continuous in {variable}")
    if head == "**" and variable in args[1].free:
        _require_positive(facts, args[0])
    for argument in args:
        require_continuous(facts, argument, variable)


def _require_positive(facts: Facts, term: Term) -> None:
    if not only(facts.sign(facts.normal(term)), POSITIVE):
        raise Refused(f"{term!r} may not be positive")


__all__ = [
    "CONTINUOUS",
    "has_no_root",
    "least_root",
    "opposite",
    "require_continuous",
    "require_root",
    "value_at",
]
