"""What the engines found, as results: proofs, refutations, and contradictions between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.engines.counterexample.values import members
from verifier.engines.proof import calculation
from verifier.errors import VerifierError
from verifier.kernel.certificate import certificate
from verifier.kernel.proved import Proved
from verifier.kernel.refuted import Refuted
from verifier.statements.statement import Statement
from verifier.statements.terms import Symbol, Term
from verifier.verdicts import Evidence, Result, Verdict, assignment

KERNEL = "the kernel"
DEFINITION = "the definition of sharpness in the kernel"
DEFINING = {
    "allocation", "curvature", "curvature_bound", "hessian_entry", "largest_eigenvalue",
    "matrix_sharpness",
}  # fmt: skip


def proved(name: str, proof: Proved) -> Result:
    """The result of a kernel proof."""
    return Result(
        name,
        Verdict.PROVED,
        trust=trust(proof),
        evidence=(_in_one_line(proof),),
        certificates={name: certificate(name, proof)},
    )


def unproved(statement: Statement) -> str:
    """Why no proof was found, where calculation was not enough.

    >>> from verifier.statements.vocabulary import H, L, sharpness, weights, family
    >>> unproved(Statement(sharpness(weights(family("w", arity=2))) >= 1))
    'no theorem says what sharpness(weights(w)) is under what is given'
    >>> unproved(Statement(H > L))
    'neither calculation nor a shipped theorem nor a combination of known inequalities shows it'
    """
    unexplained = calculation.unexplained(statement)
    if unexplained:
        terms = " or ".join(map(repr, unexplained))
        return f"no theorem says what {terms} is under what is given"
    return (
        "neither calculation nor a shipped theorem nor a combination of known inequalities shows it"
    )


def trust(proof: Proved) -> tuple[str, ...]:
    """What a proof rests on."""
    rules = {step.rule for step in proof.steps()}
    return (KERNEL, DEFINITION) if rules & DEFINING else (KERNEL,)


def _in_one_line(proof: Proved) -> Evidence:
    steps = list(proof.steps())
    rules = ", ".join(sorted({step.rule for step in steps}))
    plural = "s" if len(steps) > 1 else ""
    return Evidence("proof", f"{len(steps)} step{plural}: {rules}")


def contradiction(name: str, one: str, other: str) -> Result:
    """Two engines that contradict each other: a fault of this program, never a verdict."""
    reason = f"{one} and {other} contradict each other: please report it"
    return Result(name, Verdict.ERROR, reason=reason)


def refuted(name: str, refutation: Refuted) -> Result:
    """The result of a counterexample, unless the numeric engine contradicts the kernel there."""
    values = counterexample(refutation)
    failure = refutation.failure
    if _holds_numerically(refutation):
        kernel = f"the kernel, which refutes it at {assignment(values)}"
        return contradiction(name, kernel, "the numeric engine, which says it holds there")
    if isinstance(failure, Proved):
        shown = repr(failure.statement.claim)
    else:
        shown = f"undefined, {failure!r} fails"
    return Result(
        name,
        Verdict.REFUTED,
        trust=(KERNEL,),
        evidence=(Evidence("counterexample", shown), *_both_sides(refutation)),
        counterexample=values,
    )


def counterexample(refutation: Refuted) -> dict[str, str]:
    """The values of the variables as text, families by their members."""
    return values_text(refutation.statement, refutation.values)


def values_text(statement: Statement, values: Mapping[Symbol, Term]) -> dict[str, str]:
    """The same of any values of the variables of a statement."""
    shown: dict[str, str] = {}
    for symbol, value in sorted(values.items(), key=lambda item: item[0].name):
        if symbol in statement.variables:
            if symbol.arity == 1:
                shown[symbol.name] = ", ".join(map(repr, members(value, 4))) + ", ..."
            else:
                shown[symbol.name] = repr(value)
    return shown


def _holds_numerically(refutation: Refuted) -> bool:
    from verifier.engines.witness import numeric

    try:
        if not numeric.surely_holds(refutation.statement, refutation.values):
            return False
        failure = refutation.failure
        if isinstance(failure, Proved):
            return True
        if failure.kind == "integer":  # an index that a lambda in place of a family forgets
            return numeric.is_whole(failure.terms[0])
        # what is computed from a zero's rounding errors tells nothing
        return not numeric.vanishes(failure.terms[0])
    except VerifierError:
        return False


def _both_sides(refutation: Refuted) -> Iterator[Evidence]:
    """The values of both sides at the counterexample, from the definition, where they are small."""
    from verifier.engines.witness import numeric

    if not isinstance(refutation.failure, Proved):
        return  # a side has no value
    try:
        lhs, rhs = numeric.sides(refutation.statement.claim, refutation.values, 15)
        short = numeric.Evaluator(15).mp
        text = f"left {short.nstr(lhs, 12)}, right {short.nstr(rhs, 12)}"
    except VerifierError:
        return
    yield Evidence("numeric", text)
