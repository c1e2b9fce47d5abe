"""All values that an equation leaves to its only variable, as closed terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from flint import arb, fmpq, fmpq_poly, fmpz_poly

from verifier.engines.enclosure.boxes import simplest
from verifier.engines.witness import numeric
from verifier.kernel.polynomial import Refused
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import root

from .equations import Equation, equations, exact
from .written import written

MAX_DEGREE = 300
MAX_ROOTS = 8  # that are looked for, those nearest to zero
DIGITS = 15  # in which signs are looked at
STEPS, HALVINGS = 24, 40  # of an interval that is looked through, on each scale
NEAR = 2**8  # parts of a root's size, in which no other one is expected


def solutions(
    equation: Equation, variable: Symbol, lower: Fraction | None, upper: Fraction | None
) -> list[Term]:
    """The values of the variable between the bounds, rational ones first.

    A real root that is no number that the language writes is `root(f, (x, a, b))`, closely bounded.

    >>> from verifier.statements.vocabulary import exp, real
    >>> x = real("x")
    >>> def of(relation):
    ...     return solutions(equations([relation])[0], x, None, None)
    >>> of(x**2 == 4), of(x**3 == 2), of(2 * exp(x) == 6)
    ([2, -2], [2**(1/3)], [log(3)])
    >>> of(x**5 - x == 1)
    [root(x**5 + -1*x + -1, (x, 7/6, 41/35))]
    """
    found = _solved(equation, variable)
    if variable.domain.integer:
        return sorted((v for v in found or [] if isinstance(v, Number)), key=_simplicity)
    if found is None:
        found = _looked_for(equation.term(), variable, lower, upper)
    return sorted(found, key=_simplicity)


def _simplicity(value: Term) -> tuple[Any, ...]:
    if isinstance(value, Number):
        return False, abs(value.value), value.value < 0
    return True, 0, False


def _solved(equation: Equation, variable: Symbol) -> list[Term] | None:
    """The values by algebra, if that finds all."""
    own = [p for p in equation.parts if variable in p.free]
    if len(own) != 1:
        return None
    (part,) = own
    values = _powers(equation, part, variable)
    if part is variable or values is None:
        return values
    inner = [_inverted(part, value) for value in values if not _is_no_root(part, value)]
    if any(one is None for one in inner):
        return None
    found: list[Term] = []
    for one in inner:
        (*further,) = equations([one])  # type: ignore[list-item]
        more = _solved(further[0], variable) if further else None
        if more is None:
            return None
        found += more
    return found


def _is_no_root(part: Term, value: Term) -> bool:
    """Whether a root would be negative, which none is."""
    return isinstance(part, Apply) and part.head == "**" and _sign(value) == -1


def _inverted(part: Term, value: Term) -> Relation | None:
    """What is equal where an operation has a value, if it can be undone."""
    if not isinstance(part, Apply):
        return None
    if part.head == "**" and isinstance(part.args[1], Number):
        return Relation("==", part.args[0], value ** (1 / part.args[1].value))
    if part.head == "exp":
        return Relation("==", part.args[0], Apply("log", value))
    if part.head == "log":
        return Relation("==", part.args[0], Apply("exp", value))
    return None


def _powers(equation: Equation, part: Term, variable: Symbol) -> list[Term] | None:
    """The values of a generator of which the equation is a polynomial."""
    own = equation.coefficients(part)
    if all(value.is_constant() for value in own.values()):
        return _rational(tuple(sorted((n, _constant(c)) for n, c in own.items())), variable)
    value = equation.linear(part)
    if value is not None:
        return [value]
    if len(own) != 2 or 0 not in own:
        return None
    (degree,) = own.keys() - {0}
    value = -equation.term(own[0]) / equation.term(own[degree])
    return list(_radicals(value, degree))


def _constant(poly: Any) -> Fraction:
    return exact(poly.leading_coefficient())


def _radicals(value: Term, degree: int) -> Iterator[Term]:
    """The real numbers of which a power is the value."""
    if degree == 1:
        yield value
        return
    sign = _sign(value)
    if sign is None or (sign < 0 and not degree % 2):
        return
    size = value if sign >= 0 else -value
    radical: Term = size ** Fraction(1, degree)
    yield radical if sign >= 0 else -radical
    if not degree % 2:
        yield -radical


@lru_cache(maxsize=2_048)
def _rational(
    coefficients: tuple[tuple[int, Fraction], ...], variable: Symbol
) -> list[Term] | None:
    """The real roots of a polynomial over Q: numbers, radicals, and roots with bounds."""
    degree = max(n for n, _ in coefficients)
    if degree > MAX_DEGREE:
        return None
    dense = [fmpq(0)] * (degree + 1)
    for n, value in coefficients:
        dense[n] = fmpq(value.numerator, value.denominator)
    poly = fmpq_poly(dense)
    _, factors = fmpz_poly([int(c) for c in (poly * poly.denom()).coeffs()]).factor()
    return [value for own, _ in factors for value in _of_factor(own, variable)]


def _of_factor(factor: fmpz_poly, variable: Symbol) -> Iterator[Term]:
    coefficients = [int(c) for c in factor.coeffs()]
    degree = len(coefficients) - 1
    if degree == 1:
        yield Number(Fraction(-coefficients[0], coefficients[1]))
    elif not any(coefficients[1:-1]):
        yield from _radicals(Number(Fraction(-coefficients[0], coefficients[-1])), degree)
    elif degree == 2:
        c, b, a = coefficients
        if b * b > 4 * a * c:
            radical = Apply("sqrt", b * b - 4 * a * c)
            yield from ((Number(-b) + radical) / (2 * a), (Number(-b) - radical) / (2 * a))
    elif not variable.domain.integer:
        body = _polynomial(coefficients, variable)
        places = [value.real for value, _ in factor.complex_roots() if value.imag == 0]
        for place in places:
            others = [abs(place - other) for other in places if other is not place]
            yield _bounded(body, variable, place, others)


def _polynomial(coefficients: list[int], variable: Symbol) -> Term:
    terms = [
        Number(c) * variable**n if n > 1 else c * variable if n else Number(c)
        for n, c in reversed(list(enumerate(coefficients)))
        if c
    ]
    found = terms[0] if coefficients[-1] != 1 else variable ** (len(coefficients) - 1)
    for term in terms[1:]:
        found = found + term
    return found


def _bounded(body: Term, variable: Symbol, place: arb, others: list[arb]) -> Term:
    """A root in a ball, between simple numbers that no other root is near."""
    middle = place.mid().fmpq()
    room = min([(other / 4).lower().fmpq() for other in others] + [max(abs(middle), fmpq(1))])
    room = max(room / NEAR, 2 * place.rad().upper().fmpq())
    low = simplest(middle - room, middle - room / 8)
    high = simplest(middle + room / 8, middle + room)
    return root(body, (variable, exact(low), exact(high)))


# --- where no algebra finds all -----------------------------------------------------------------


def _looked_for(
    body: Term, variable: Symbol, lower: Fraction | None, upper: Fraction | None
) -> list[Term]:
    """Roots between places where the sign differs."""
    places = [(place, _sign_at(body, variable, place)) for place in _places(lower, upper)]
    found: list[Term] = [Number(place) for place, sign in places if sign == 0]
    changes = [
        (low, high, sign)
        for (low, sign), (high, other) in pairwise(places)
        if sign and other and sign != other
    ]
    changes.sort(key=lambda change: abs(change[0] + change[1]))
    closer = (_closer(body, variable, *change) for change in changes[:MAX_ROOTS])
    return found[:MAX_ROOTS] + [value for value in closer if value is not None]


def _places(lower: Fraction | None, upper: Fraction | None) -> list[Fraction]:
    sizes = {Fraction(n, STEPS) for n in range(1, STEPS)}
    sizes |= {1 / size for size in sizes} | {Fraction(1)}
    sizes |= {Fraction(2) ** n for n in range(-STEPS, STEPS + 1)}
    if lower is not None and upper is not None:
        found = {lower + (upper - lower) * size / (1 + size) for size in sizes}
        return sorted(found | {lower, upper})
    if lower is not None:
        return sorted({lower + size for size in sizes} | {lower})
    if upper is not None:
        return sorted({upper - size for size in sizes} | {upper})
    return sorted(sizes | {-size for size in sizes} | {Fraction(0)})


def _closer(body: Term, variable: Symbol, low: Fraction, high: Fraction, sign: int) -> Term | None:
    """The root between two places, or none where the body jumps."""
    for _ in range(HALVINGS):
        if (high - low) * 4 * NEAR < max(abs(low), abs(high)):
            break
        middle = (low + high) / 2
        own = _sign_at(body, variable, middle)
        if own == 0:
            return Number(middle)
        if own is None:
            return None
        low, high = (middle, high) if own == sign else (low, middle)
    room = high - low
    easy = exact(simplest(_flint(low), _flint(high)))
    if _sign_at(body, variable, easy) == 0:
        return Number(easy)
    low_easy = exact(simplest(_flint(low - room), _flint(low)))
    high_easy = exact(simplest(_flint(high), _flint(high + room)))
    if [_sign_at(body, variable, end) for end in (low_easy, high_easy)] == [sign, -sign]:
        low, high = low_easy, high_easy
    return root(body, (variable, low, high))


def _flint(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _sign_at(body: Term, variable: Symbol, place: Fraction) -> int | None:
    return _sign(substitute(body, {variable: Number(place)}))


def _sign(term: Term) -> int | None:
    """The sign of a closed term, as far as digits show; none where it has no value."""
    done = written(term)
    if isinstance(done, Number):
        return (done.value > 0) - (done.value < 0)
    try:
        value = numeric.Evaluator(DIGITS)(done)
    except (numeric.CannotEvaluate, Refused):
        return None
    return int((value > 0) - (value < 0))


__all__ = ["solutions"]
