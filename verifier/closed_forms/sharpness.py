"""Values of a shipped theorem's formula for sharpness, exact where rational, else enclosed by Arb.

The formula is read off the theorem's claim; nothing here repeats it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verifier.errors import VerifierError
from verifier.library import shipped
from verifier.networks.allocations import Allocation
from verifier.statements.substitution import function, substitute
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term, subterms
from verifier.statements.vocabulary import H, L

if TYPE_CHECKING:
    from flint import arb

THEOREM, CLAIM = "mode-sharpness", "equal-depth"
MAX_DIGITS = 100_000
MAX_BITS = 2**21
MAX_INPUT = 3_000  # bits of a number that is given
MAX_EXACT = 13_000  # bits of an exact value that is still written out


@dataclass(frozen=True)
class Sharpness:
    """A value of the formula: `exact` where it is rational, `digits` correctly rounded."""

    claim: Relation
    term: Term
    exact: Fraction | None
    digits: str
    notes: tuple[str, ...]


def sharpness(
    allocation: Allocation, paths: int, depth: int, target: Fraction, digits: int
) -> Sharpness:
    """The sharpness at a depth-balanced minimum; its cost does not depend on the number of paths.

    Args:
        allocation: how the target is divided.
        paths: the number of pathways.
        depth: their common depth.
        target: what the shares sum to; of any sign.
        digits: how many significant digits are wanted.

    Raises:
        VerifierError: the allocation does not fit, or the value is out of reach.
    """
    if not 1 <= digits <= MAX_DIGITS:
        raise VerifierError(f"{digits} digits", f"ask for 1 to {MAX_DIGITS}")
    shares = allocation.multiset(paths, target)
    if max(map(_bits, (Fraction(paths), Fraction(depth), target, *shares))) > MAX_INPUT:
        raise VerifierError("a number of very many digits", f"stay below {MAX_INPUT} bits")
    sizes: dict[Fraction, int] = {}
    for share, count in shares.items():
        sizes[abs(share)] = sizes.get(abs(share), 0) + count
    claim = shipped(THEOREM).statement(CLAIM).claim
    term = _instance(claim.rhs, sizes, paths, depth)
    exact = _exact(term)
    if exact is not None and _bits(exact) > MAX_EXACT:
        exact = None
    shown = decimal(exact, digits) if exact is not None else _digits(term, digits)
    return Sharpness(claim, term, exact, shown, tuple(_notes(shares, target)))


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _instance(formula: Term, sizes: dict[Fraction, int], paths: int, depth: int) -> Term:
    """The formula at a depth, every sum over the pathways taken once for each different share."""
    (family,) = (s for s in formula.free if s.arity == 1)
    setting: dict[Symbol, Term] = {H: Number(paths), L: Number(depth)}
    sums = [t for t in subterms(formula) if isinstance(t, Apply) and t.head == "Sum"]
    stand_in: dict[Symbol, Term] = {}
    for place, found in enumerate(sums):
        body, index, lower, upper = found.args
        if lower is not Number(1) or upper is not H or _index_alone(body, index, family):
            raise VerifierError(f"{found!r} is no sum over the pathways", "report this")
        total: Term | None = None
        for share, count in sizes.items():
            constant = function((Symbol("h", INTEGER),), Number(share))
            summand = Number(count) * substitute(body, {family: constant, **setting})
            total = summand if total is None else total + summand
        name = Symbol(f"total_{place}")
        formula = _replace(formula, found, name)
        stand_in[name] = Number(0) if total is None else total
    return substitute(formula, {**setting, **stand_in})  # type: ignore[no-any-return]


def _index_alone(body: Term, index: Symbol, family: Symbol) -> bool:
    """Whether the index of a sum occurs otherwise than as that of the share."""
    return index in substitute(body, {family: function((index,), Number(1))}).free


def _replace(term: Term, old: Term, new: Term) -> Term:
    if term is old:
        return new
    if isinstance(term, Apply):
        return Apply(term.head, *(_replace(a, old, new) for a in term.args))
    return term


def _exact(term: Term) -> Fraction | None:
    """The value of a closed term if each of its operations gives a rational number."""
    if isinstance(term, Number):
        return term.value
    if not isinstance(term, Apply):
        return None
    values = [_exact(a) for a in term.args]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return None
    match term.head, known:
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return a * b
        case "/", [a, b] if b:
            return a / b
        case "neg", [a]:
            return -a
        case "**", [a, b]:
            return _power(a, b)
    return None


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent == 0:
        return Fraction(1)
    if base in (0, 1):
        return base if exponent > 0 or base else None
    if base < 0:
        return None
    numerator = _root(base.numerator, exponent.denominator)
    denominator = _root(base.denominator, exponent.denominator)
    if numerator is None or denominator is None:
        return None
    size = max(numerator, denominator).bit_length() * abs(exponent.numerator)
    return Fraction(numerator, denominator) ** exponent.numerator if size <= MAX_EXACT else None


def _root(number: int, degree: int) -> int | None:
    """The positive integer whose power of that degree is the number, if there is one."""
    if degree == 1 or number == 1:
        return number
    if degree >= number.bit_length():
        return None
    from flint import fmpz

    root = int(fmpz(number).root(degree))
    return root if root**degree == number else None


def _digits(term: Term, digits: int) -> str:
    from verifier.kernel.balls import enclose

    return rounded(lambda bits: enclose(term, bits), digits)


def rounded(enclosed: Callable[[int], arb], digits: int) -> str:
    """The decimal digits of a positive number, rounded correctly because a ball proves it.

    Args:
        enclosed: a ball around the number, computed with so many bits.
        digits: how many significant digits are wanted.

    Raises:
        VerifierError: the balls do not become small enough.
    """
    from flint import arb, ctx

    bits = int(digits * 3.33) + 64
    before = ctx.prec
    while bits <= MAX_BITS:
        ball = enclosed(bits)
        ctx.prec = bits
        try:
            leading = (ball.log() / arb(10).log()).floor().unique_fmpz()
            if leading is not None:
                place = int(leading) + 1 - digits
                whole = (ball * arb(10) ** -place + arb(1) / 2).floor().unique_fmpz()
                if whole is not None:
                    return _written(str(whole), place, digits)
        finally:
            ctx.prec = before
        bits *= 2
    raise VerifierError("the value could not be enclosed closely enough", "ask for fewer digits")


def decimal(value: Fraction, digits: int) -> str:
    """A rational number to some significant digits, rounded to even.

    >>> decimal(Fraction(2, 3), 5), decimal(Fraction(6), 5), decimal(Fraction(1, 10**9), 3)
    ('0.66667', '6', '1e-9')
    """
    from flint import fmpz  # which writes integers of any length

    if value == 0:
        return "0"
    size = abs(value)
    place = len(str(size.numerator)) - len(str(size.denominator)) - digits
    while round(size / Fraction(10) ** place) >= 10**digits:
        place += 1
    shown = _written(str(fmpz(round(size / Fraction(10) ** place))), place, digits)
    if "." in shown:
        mantissa, e, power = shown.partition("e")
        shown = mantissa.rstrip("0").rstrip(".") + e + power
    return shown if value > 0 else "-" + shown


def _written(whole: str, place: int, digits: int) -> str:
    """The number `whole` times 10**place, with a power of ten where it is very large or small."""
    leading = len(whole) + place
    if -5 < leading <= max(digits, 20):
        if place >= 0:
            return whole + "0" * place
        whole = whole.rjust(1 - place, "0")
        return f"{whole[:place]}.{whole[place:]}"
    point = "." if len(whole) > 1 else ""
    return f"{whole[0]}{point}{whole[1:]}e{leading - 1}"


def _notes(shares: dict[Fraction, int], target: Fraction) -> list[str]:
    notes = []
    if any(share < 0 for share in shares):
        notes.append(
            "a negative share has an odd number of negative layers; the sharpness depends on the "
            "squares of the weights alone (gauss-newton), so |share| stands in the formula"
        )
    if target == 0:
        notes.append("the theorem states a positive target; at 0 the formula is read with 0**0 = 1")
    return notes


__all__ = ["CLAIM", "THEOREM", "Sharpness", "decimal", "rounded", "sharpness"]
