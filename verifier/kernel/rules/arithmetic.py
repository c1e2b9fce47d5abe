"""What follows by calculation: normal forms, signs, and combinations of known relations."""

from __future__ import annotations

from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Poly, Refused
from verifier.kernel.powers import multiply
from verifier.kernel.proved import Proved, rule
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Term


def context_with(statement: Statement, premises: tuple[Proved, ...]) -> Context:
    """The context of what is given and of premises that were proved under no more than that."""
    require_no_more_given(statement, premises)
    return context_of((*statement.given, *(p.statement.claim for p in premises)))


def require_no_more_given(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """Refuse premises that were proved under more than the statement gives."""
    for premise in premises:
        missing = set(premise.statement.given) - set(statement.given)
        if missing:
            raise Refused(f"a premise needs more than is given: {', '.join(map(repr, missing))}")


def require_equal(context: Context, expected: Term, right: Term) -> None:
    """Refuse a right side that is not known to equal what the rule expects there."""
    difference = context.normal(expected) - context.normal(right)
    if not signs.only(context.sign(difference), signs.ZERO):
        raise Refused(f"the right side must be {expected!r}")


@rule
def given(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """A claim holds where it is given, or where it is a premise.

    Sound because a premise is proved under no more than what is given.
    """
    require_no_more_given(statement, premises)
    if statement.claim not in (*statement.given, *(p.statement.claim for p in premises)):
        raise Refused("the claim is neither given nor a premise")


@rule
def arithmetic(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """The normal form of the difference of both sides has a sign that makes the claim true.

    Sound because every step to the normal form keeps the value, its side condition being proved in
    the context, and every part of the claim is shown to be defined before.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    if not context.holds(statement.claim):
        raise Refused(f"calculation does not show {statement.claim!r}")


@rule
def combination(
    statement: Statement, premises: tuple[Proved, ...], multipliers: tuple[Term, ...]
) -> None:
    """The claim is a sum of premises times multipliers, plus something of known sign.

    Sound because an inequality may be multiplied by what is >= 0, an equality by anything, and true
    relations of one direction may be added.  The multipliers' signs are proved.
    """
    context = context_with(statement, premises)
    context.require_defined(statement.claim)
    if len(multipliers) != len(premises):
        raise Refused("one multiplier is needed for each premise")
    rest, op = directed(context, statement.claim)
    strict = False
    exact = True
    for premise, multiplier in zip(premises, multipliers, strict=True):
        context.require_defined(multiplier)
        factor = context.normal(multiplier)
        difference, premise_op = directed(context, premise.statement.claim)
        rest = rest - multiply(context, factor, difference)
        if premise_op == "==":
            continue
        exact = False
        if premise_op not in (">", ">="):
            raise Refused("only <, <=, ==, >= and > can be combined")
        sign = context.sign(factor)
        if not signs.only(sign, signs.NONNEGATIVE):
            raise Refused(f"the multiplier {multiplier!r} may be negative")
        strict = strict or (premise_op == ">" and signs.only(sign, signs.POSITIVE))
    left = context.sign(rest)
    if op == "==":
        fine = exact and signs.only(left, signs.ZERO)
    elif op == ">":
        fine = signs.only(left, signs.NONNEGATIVE if strict else signs.POSITIVE)
    else:
        fine = op == ">=" and signs.only(left, signs.NONNEGATIVE)
    if not fine:
        raise Refused(f"the combination leaves {rest!r}, which does not settle the claim")


def directed(context: Context, relation: Relation) -> tuple[Poly, str]:
    """A relation as `difference >= 0`, `> 0` or `== 0`."""
    lhs, rhs = context.normal(relation.lhs), context.normal(relation.rhs)
    if relation.op in ("<", "<="):
        return rhs - lhs, {"<": ">", "<=": ">="}[relation.op]
    return lhs - rhs, relation.op


__all__ = [
    "arithmetic",
    "combination",
    "context_with",
    "directed",
    "given",
    "require_equal",
    "require_no_more_given",
]
