"""Statements judged in high precision with mpmath, sharpness and Hessian from the definition.

This is the side that knows no theorem: a sharpness is the largest eigenvalue of the Hessian of
the loss at the weights, whatever closed form is claimed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.engines.comparisons import COMPARISONS
from verifier.errors import VerifierError
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term, subterms

from .errors import CannotEvaluate, NoValue, TooLarge
from .evaluator import DIGITS, Evaluator

SURE_DIGITS, MANY_DIGITS = 500, 1_000


def holds(statement: Statement, values: Mapping[Symbol, Term], digits: int = DIGITS) -> bool | None:
    """Whether the claim holds at the values, to so many digits; None where it is too close.

    What seems to fail is evaluated again with twice the digits, lest cancellation decide.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    verdict = compared(statement.claim, values, digits)
    return compared(statement.claim, values, 2 * digits) if verdict is False else verdict


def fails(statement: Statement, values: Mapping[Symbol, Term]) -> bool:
    """Whether the claim fails at the values, and no cancellation of huge numbers makes it seem so.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    if holds(statement, values) is not False:
        return False
    if any(isinstance(n, Apply) and n.head == "root" for n in subterms(statement.claim)):
        lhs, rhs = sides(statement.claim, values, SURE_DIGITS)
        if abs(lhs - rhs) * 10 ** (SURE_DIGITS // 2) < 1:  # as small as the error of a root
            return False
    return compared(statement.claim, values, DIGITS, SURE_DIGITS) is False


def seems_to_hold(statement: Statement, values: Mapping[Symbol, Term]) -> bool | None:
    """Whether the claim has a value and holds at the values, as far as digits tell; or None.

    A strict relation fails between moderate numbers of which no digit differs, as 0 and 0.

    >>> from verifier.statements.terms import Number
    >>> from verifier.statements.vocabulary import log, real
    >>> x = real("x")
    >>> [seems_to_hold(Statement(log(x) < x), {x: Number(n)}) for n in (-1, 1)]
    [False, True]
    """
    claim = statement.claim
    try:
        for digits in (DIGITS, SURE_DIGITS):
            lhs, rhs = sides(claim, values, digits)
            gap, size = abs(lhs - rhs), max(abs(lhs), abs(rhs))
            apart = gap * 10 ** (digits // 2) > max(size, 1)
            if apart and (COMPARISONS[claim.op](lhs, rhs) or digits == SURE_DIGITS):
                return COMPARISONS[claim.op](lhs, rhs)
            alike = gap * 10**digits <= size <= 10**DIGITS  # no rounding error, nor lost in size
            if alike and claim.op in ("==", "<=", ">="):
                return True
        return None if gap or not alike else False
    except NoValue:
        return False
    except (VerifierError, ArithmeticError, ValueError):
        return None


def compared(
    claim: Relation, values: Mapping[Symbol, Term], digits: int = DIGITS, computed: int = 0
) -> bool | None:
    """Whether a relation holds to so many digits, where cancellation may decide; or None.

    More digits can be `computed`.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    evaluate = Evaluator(max(digits, computed))
    ground = substitute(claim, values)
    lhs, rhs = evaluate(ground.lhs), evaluate(ground.rhs)
    if abs(lhs - rhs) <= max(abs(lhs), abs(rhs)) * evaluate.mp.mpf(10) ** -digits:
        return {"==": True, "!=": False, "<=": True, ">=": True}.get(claim.op)
    return {"==": False, "!=": True, "<": lhs < rhs, "<=": lhs < rhs}.get(claim.op, lhs > rhs)


def surely_holds(statement: Statement, values: Mapping[Symbol, Term]) -> bool:
    """Whether the claim holds at the values to few digits and to many, between moderate numbers.

    Two huge numbers may differ beyond all digits: 2**10**15 and 2**10**15 + 1.  A difference as
    small as the rounding errors, as of sin(pi) and 0, tells nothing.

    Raises:
        CannotEvaluate: a side has no value there, or is too large to compute.
    """
    lhs, rhs = sides(statement.claim, values, MANY_DIGITS)
    if max(abs(lhs), abs(rhs)) > 10**DIGITS:
        return False
    if statement.claim.op in ("<", ">", "!=") and abs(lhs - rhs) * 10 ** (MANY_DIGITS // 2) < 1:
        return False
    return all(holds(statement, values, digits) is True for digits in (DIGITS, MANY_DIGITS))


def vanishes(term: Term) -> bool:
    """Whether a closed term is zero as far as many digits tell.

    Raises:
        CannotEvaluate: it has no value, or is too large to compute.
    """
    return bool(abs(Evaluator(MANY_DIGITS)(term)) * 10**DIGITS < 1)


def is_whole(term: Term) -> bool:
    """Whether a closed term is an integer as far as many digits tell.

    Raises:
        CannotEvaluate: it has no value, or is too large to compute.
    """
    evaluate = Evaluator(MANY_DIGITS)
    value = evaluate(term)
    return bool(abs(value - evaluate.mp.nint(value)) * 10**DIGITS < 1)


def sides(
    relation: Relation, values: Mapping[Symbol, Term], digits: int = DIGITS
) -> tuple[Any, Any]:
    """Both sides of a relation at the values, as numbers of mpmath."""
    evaluate = Evaluator(digits)
    ground = substitute(relation, values)
    return evaluate(ground.lhs), evaluate(ground.rhs)


__all__ = [
    "DIGITS",
    "CannotEvaluate",
    "Evaluator",
    "NoValue",
    "TooLarge",
    "compared",
    "fails",
    "holds",
    "is_whole",
    "seems_to_hold",
    "sides",
    "surely_holds",
    "vanishes",
]
