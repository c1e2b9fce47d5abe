"""What follows for the derivatives of functions from what holds for the functions."""

from __future__ import annotations

from verifier.kernel.context import context_of
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, rule
from verifier.kernel.rules.arithmetic import require_no_more_given
from verifier.statements.statement import Statement
from verifier.statements.terms import REAL, Apply, Symbol


@rule
def differentiation(statement: Statement, premises: tuple[Proved, ...]) -> None:
    """Functions that are equal everywhere have equal derivatives.

    The claim is `diff(f, x) == diff(g, x)` for a real variable x, or a member of a family of such;
    the premise is `f == g`, under nothing about the variable or any member of its family.
    Sound because f and g are one function of x on the whole line.
    """
    (premise,) = premises
    sides = statement.claim.lhs, statement.claim.rhs
    if statement.claim.op != "==" or not all(
        isinstance(side, Apply) and side.head == "diff" for side in sides
    ):
        raise Refused("the claim must be diff(f, x) == diff(g, x)")
    (f, variable), (g, other) = (side.args for side in sides)  # type: ignore[attr-defined]
    symbol = variable if isinstance(variable, Symbol) else variable.args[0]
    if other is not variable or symbol.domain is not REAL:
        raise Refused(f"{variable!r} and {other!r} must be one real variable")
    if premise.statement.claim is not (f == g):
        raise Refused(f"the premise must claim {f == g!r}")
    if any(symbol in relation.free for relation in premise.statement.given):
        raise Refused(f"the premise does not hold for every {symbol}")
    require_no_more_given(statement, premises)
    context_of(statement.given).require_defined(statement.claim)


__all__ = ["differentiation"]
