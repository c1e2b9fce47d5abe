"""Closed terms as real balls (Arb): rigorous enclosures of numbers such as 2**(1/2) - log(3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat, takewhile
from types import MappingProxyType

from flint import arb, ctx, fmpq

from verifier.kernel.polynomial import Refused
from verifier.kernel.signs import ANY, NEGATIVE, POSITIVE
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms

PRECISIONS = (64, 256, 1024, 4096)
MAX_EXPONENT_BITS = 32  # of an integer exponent
MAX_EXPONENT = 2**62
MAX_ROOT_BITS = 512
MAX_PARTS = 20_000  # of an interval with a root


def enclose(term: Term, bits: int) -> arb:
    """A ball that contains the value of a term without variables.

    Raises:
        Refused: the term has variables, or an operation that has no enclosure here, or is too deep.
    """
    before = ctx.prec
    ctx.prec = bits
    try:
        return _enclose(term, _closed_roots(term))
    except RecursionError as error:
        raise Refused("an expression nested too deeply") from error
    finally:
        ctx.prec = before


def closed_sign(term: Term) -> int:
    """The sign of a term without variables, as far as enclosures decide it (never zero)."""
    for bits in PRECISIONS:
        try:
            ball = enclose(term, bits)
        except Refused:
            return ANY
        if ball > 0:
            return POSITIVE
        if ball < 0:
            return NEGATIVE
    return ANY


def _enclose(term: Term, at: Mapping[Term, arb] = MappingProxyType({})) -> arb:
    """The ball of a term, whose variables have the values `at`, in the precision that is set."""
    if isinstance(term, Number):
        return arb(fmpq(term.value.numerator, term.value.denominator))
    if term in at:
        return at[term]
    if isinstance(term, Apply) and term.head == "root":
        body, variable, lower, upper = term.args
        return _root(body, variable, lower, upper, at)
    if not isinstance(term, Apply) or term.head not in _OPERATIONS:
        raise Refused(f"{term!r} has no enclosure")
    return _OPERATIONS[term.head](*map(_enclose, term.args, repeat(at)))


def _root(body: Term, variable: Symbol, lower: Term, upper: Term, at: Mapping[Term, arb]) -> arb:
    """The least root of a continuous function: its sign changes there, and not before."""
    closed = _closed_roots(body)

    def sign(place: arb) -> int:
        try:
            ball = _enclose(body, {**at, **closed, variable: place})
        except Refused:
            return 0
        return 1 if ball > 0 else -1 if ball < 0 else 0

    start, end = _enclose(lower, at), _enclose(upper, at)
    low, high = start.upper(), end.lower()
    before = sign(start)
    if not (low < high and before and sign(high) == -before):
        raise Refused("no change of sign is seen")
    small = (high - low) * arb(2) ** (-3 * min(ctx.prec, MAX_ROOT_BITS) // 4)
    ends = [high]  # of the parts that are not looked at yet, the nearest last
    for _ in range(MAX_PARTS):
        if not ends:
            break
        high = ends[-1]
        if sign(low.union(high)) == before:
            low = ends.pop()
        elif high - low > small:
            ends.append(((low + high) / 2).mid())
        elif sign(high) == -before:
            return low.union(high)
        else:  # it may be beyond, where the sign is clear again
            places = ((high + small * 2**i).mid() for i in range(MAX_ROOT_BITS))
            for beyond in takewhile(lambda place: place < end, places):
                if sign(beyond) == -before:
                    return low.union(beyond)
            return low.union(end.lower())
    raise Refused("it is not seen which root is the least")


def _closed_roots(term: Term) -> dict[Term, arb]:
    """The roots inside that have no variables, each enclosed once."""
    roots = [n for n in subterms(term) if isinstance(n, Apply) and n.head == "root" and not n.free]
    return {node: _enclose(node) for node in roots}


def _power(base: arb, exponent: arb) -> arb:
    if exponent.is_integer() and exponent.is_exact():
        whole = exponent.unique_fmpz()
        if whole is not None and whole.bit_length() <= MAX_EXPONENT_BITS:
            return base ** int(whole) if whole >= 0 else 1 / base ** -int(whole)
    if base > 0 and abs(exponent) < MAX_EXPONENT:
        return (exponent * base.log()).exp()
    if base == 0 and exponent > 0:
        return arb(0)
    raise Refused("a power of a base that may be negative, or too large")


def _exp(x: arb) -> arb:
    if not abs(x) < MAX_EXPONENT:
        raise Refused("an exponential too large")
    return x.exp()


def _log(x: arb) -> arb:
    if not x > 0:
        raise Refused("the logarithm of a ball that is not positive")
    return x.log()


def _sqrt(x: arb) -> arb:
    if not x >= 0:
        raise Refused("the root of a ball that may be negative")
    return x.sqrt()


def _divide(a: arb, b: arb) -> arb:
    if b.contains(0):
        raise Refused("division by a ball around zero")
    return a / b


_OPERATIONS: dict[str, Callable[..., arb]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": _divide,
    "**": _power, "neg": lambda a: -a, "sqrt": _sqrt, "exp": _exp, "log": _log,
    "sin": lambda a: a.sin(), "cos": lambda a: a.cos(), "Abs": abs, "pi": lambda: arb.pi(),
    "Min": lambda a, b: a.min(b), "Max": lambda a, b: a.max(b),
}  # fmt: skip
