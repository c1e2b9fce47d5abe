"""Proof by monotonicity: both sides squared, or raised, or their exp or log compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term, subterms

SLOT = Symbol("t_", REAL)


def search(statement: Statement, prove_part: Callable[[Statement], Proved]) -> Proved:
    """A proof by the rule `monotone`, from the claim with a function applied to both sides.

    Raises:
        Refused: no function that the claim suggests makes it easier.
    """
    claim = statement.claim
    for by in functions(claim):
        sides = (substitute(by, {SLOT: side}) for side in (claim.lhs, claim.rhs))
        try:
            part = prove_part(Statement(Relation(claim.op, *sides), statement.given))
            return prove("monotone", statement, (part,), by=by)
        except Refused:
            continue
    raise Refused("no increasing function makes the claim easier")


def functions(claim: Relation) -> Iterator[Term]:
    """Squares undo roots and |x|, powers undo roots, exp undoes log, log undoes exp and powers.

    >>> from verifier.statements.vocabulary import real, sqrt
    >>> list(functions(sqrt(real("x")) < real("y")))
    [t_**2]
    """
    found: dict[Term, None] = {}
    for node in subterms(claim):
        if not isinstance(node, Apply):
            continue
        if node.head in ("sqrt", "Abs"):
            found[SLOT**2] = None
        elif node.head == "**" and (degree := _denominator(node.args[1])) is not None:
            found[SLOT**degree] = None
        elif node.head == "log" and node in (claim.lhs, claim.rhs):
            found[Apply("exp", SLOT)] = None
    if any(isinstance(s, Apply) and s.head in ("exp", "**") for s in (claim.lhs, claim.rhs)):
        found[Apply("log", SLOT)] = None
    yield from (by for by in found if by.free <= claim.free | {SLOT})


def _denominator(exponent: Term) -> Term | None:
    """What a fractional exponent must be multiplied by: k for m/k, L for 1/L."""
    if isinstance(exponent, Number):
        return Number(exponent.value.denominator) if exponent.value.denominator > 1 else None
    if isinstance(exponent, Apply) and exponent.head == "/":
        divisor = exponent.args[1]
        return divisor if isinstance(divisor, (Number, Symbol)) else None
    return None
