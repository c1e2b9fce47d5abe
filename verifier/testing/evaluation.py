"""Both sides of a statement at values of its variables, from the definition and no closed form."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import reject

from verifier.engines.comparisons import COMPARISONS
from verifier.engines.counterexample import judging
from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.witness import numeric
from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.terms import Symbol, Term


class Sides(NamedTuple):
    """Both sides of a claim: fractions where they are rational, otherwise numbers of mpmath."""

    left: Any
    right: Any


def sides(statement: Statement, values: Mapping[Symbol, Term], digits: int = 50) -> Sides:
    """Both sides of the claim at the values: exactly where that is possible, else to many digits.

    A sharpness is the largest eigenvalue of the Hessian of the loss, whatever is claimed of it.
    Where the claim seems to fail, the digits that cancel are replaced; if a difference vanishes
    with more digits, the sides are equal.  Values at which a side is too large to compute, or where
    its value is not known, are rejected, as `hypothesis.assume` rejects them.

    >>> from verifier.statements.claims import statement_of
    >>> from verifier.statements.vocabulary import H, L
    >>> from verifier.statements.terms import Number
    >>> sides(statement_of("H**(2/L - 1) < 1", [], {}), {H: Number(9), L: Number(4)})
    Sides(left=Fraction(1, 3), right=Fraction(1, 1))

    Raises:
        StatementError: a part of the claim is undefined at the values, so that it is false there.
    """
    __tracebackhide__ = True  # pytest shows the test, not this
    try:
        evaluate = Evaluator(values)
        return Sides(evaluate(statement.claim.lhs), evaluate(statement.claim.rhs))
    except NotRational:
        pass
    try:
        return _without_cancellation(statement, values, digits)
    except numeric.TooLarge:
        undefined = ""
    except numeric.CannotEvaluate:
        undefined = _undefined(statement, values)
    if undefined:
        raise StatementError(f"the claim is undefined, {undefined} fails", "restrict its domain")
    reject()


def too_close(left: Any, right: Any, digits: int = 50) -> bool:
    """Whether two numbers that are not exact agree to so many digits, which decides nothing.

    >>> too_close(Fraction(1), Fraction(1)), too_close(Fraction(1), 1 + 1e-60)
    (False, True)
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return False
    return bool(abs(left - right) * 10**digits <= max(abs(left), abs(right)))


def _without_cancellation(
    statement: Statement, values: Mapping[Symbol, Term], digits: int
) -> Sides:
    found = Sides(*numeric.sides(statement.claim, values, digits))
    if COMPARISONS[statement.claim.op](*found) or too_close(*found, digits):
        return found
    sure = Sides(*numeric.sides(statement.claim, values, numeric.SURE_DIGITS))
    if abs(sure.left - sure.right) * 10**digits <= abs(found.left - found.right):
        sure = Sides(sure.right, sure.right)
    short = type(found.left)  # a number of so many digits
    return Sides(short(sure.left), short(sure.right))


def _undefined(statement: Statement, values: Mapping[Symbol, Term]) -> str:
    """The condition of which the kernel proves that it fails, so that the claim has no value."""
    try:
        return repr(judging.confirm(statement, dict(values)).failure)
    except (Refused, StatementError):
        return ""


__all__ = ["Sides", "sides", "too_close"]
