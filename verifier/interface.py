"""The verbs of a notebook: `check` judges a statement or a theorem, `spectrum` derives one.

>>> from verifier import H, L
>>> check("H**(2/L - 1) < 1", given=["H >= 2", "L >= 2"]).counterexample
{'H': '2', 'L': '2'}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.errors import StatementError, TheoremError, VerifierError
from verifier.sources import theorem_in
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Term
from verifier.theorem import Theorem
from verifier.verdicts import Result
from verifier.verify import Task, check_timeout

if TYPE_CHECKING:
    from verifier.closed_forms.spectrum import Spectrum
    from verifier.networks.allocations import Allocation

Subject = Statement | Relation | Theorem | str | Path
Condition = Relation | str
_COMPARED = frozenset("<>=!")


def check(
    subject: Subject,
    given: Condition | Iterable[Condition] = (),
    *,
    variables: Mapping[str, str] | None = None,
    name: str = "claim",
    timeout: float | None = None,
) -> Result:
    """The verdict on a statement or a theorem, with the evidence for it.

    What is judged runs in a process of its own, which is stopped when its time is over or when you
    interrupt it; it needs no `if __name__ == "__main__"`.  A theorem that is built in your program
    is judged in your process.

    Args:
        subject: a statement, a relation, a statement as text, a theorem, the label of a theorem
            that ships, or the path of a theorem file.
        given: the conditions under which a relation or a text is claimed.
        variables: the variables that a text declares, such as `{"x": "real"}`.
        name: how the claim is called in reports.
        timeout: seconds until it is stopped and undecided; a minute for a statement.

    >>> check("x/x == 1", variables={"x": "real"}).counterexample
    {'x': '0'}

    Raises:
        StatementError: the subject is no statement.
        TheoremError: there is no theorem of that label.
        VerifierError: a timeout cannot be kept, or is no positive number.
    """
    if timeout is not None:
        check_timeout(timeout)
    conditions = [given] if isinstance(given, Relation | str) else list(given)
    task = _task(subject, conditions, variables or {}, name)
    if isinstance(task, Theorem):
        if timeout is not None:
            raise VerifierError(
                f"{task.label} is built in this process and cannot be stopped",
                "leave timeout out, or write the theorem into a file and check its path",
            )
        from verifier import judge, library

        return judge.judge_theorem(task, library.lemma)
    from verifier.worker import judge_apart

    return judge_apart(task, timeout)


def _task(
    subject: Subject, given: list[Condition], kinds: Mapping[str, str], name: str
) -> Task | Theorem:
    if isinstance(subject, Relation) or (isinstance(subject, str) and _COMPARED & set(subject)):
        return Task(name, "claim", statement=_statement(subject, given, kinds))
    if given or kinds:
        raise StatementError(
            f"{subject!r} has its conditions and variables already", "leave given and variables out"
        )
    if isinstance(subject, Statement):
        return Task(name, "claim", statement=subject)
    if isinstance(subject, Path):
        label = theorem_in(subject)[0] if subject.is_file() else str(subject)
        return Task(label, "theorem", path=str(subject))
    if isinstance(subject, Theorem):
        return Task(subject.label, "theorem", label=subject.label) if _ships(subject) else subject
    if not isinstance(subject, str):
        raise StatementError(
            f"{subject!r} is neither statement nor theorem",
            "compare two terms: H ** (2 / L - 1) < 1",
        )
    from verifier import library

    library.shipped(subject)  # an unknown label is an error here
    return Task(subject, "theorem", label=subject)


def _statement(
    claim: Relation | str, given: Iterable[Condition], kinds: Mapping[str, str]
) -> Statement:
    """The statement of a relation or a text, under conditions of either kind."""
    from verifier.statements.parser import parse, parse_conditions
    from verifier.statements.vocabulary import symbol_for

    variables = {name: symbol_for(name, kind) for name, kind in kinds.items()}
    conditions: list[Relation] = []
    for condition in given:
        if isinstance(condition, str):
            conditions.extend(parse_conditions(condition, variables))
        elif isinstance(condition, Relation):
            conditions.append(condition)
        else:
            raise StatementError(f"given {condition!r} is no relation", "compare two terms")
    return Statement(claim if isinstance(claim, Relation) else parse(claim, variables), conditions)


def _ships(theorem: Theorem) -> bool:
    from verifier import library

    try:
        return library.shipped(theorem.label) is theorem
    except TheoremError:
        return False


def spectrum(
    paths: int,
    depth: int | Iterable[int],
    targets: int | Fraction | Iterable[int | Fraction],
    allocation: Term | Allocation | Iterable[Term | Allocation],
    digits: int = 30,
) -> Spectrum:
    """Every eigenvalue of the Hessian at an aligned, depth-balanced global minimum.

    Args:
        paths: the number of pathways.
        depth: their common depth, or the depth of each.
        targets: the diagonal of the target matrix, or the target of a scalar network.
        allocation: `single_path`, `shared(k)`, `balanced`, or one such for each target; another
            division is `verifier.networks.split(1, 2)`.
        digits: how many significant digits are wanted.

    >>> from verifier import balanced
    >>> [(e.value, e.multiplicity) for e in spectrum(2, 2, [3, 1], balanced).eigenvalues]
    [('6', 1), ('4', 2), ('2', 1), ('0', 12)]

    Raises:
        VerifierError: the sizes do not fit, or the spectrum is out of reach.
    """
    from verifier.closed_forms.minimum import Minimum
    from verifier.closed_forms.spectrum import spectrum as derived
    from verifier.networks.allocations import Allocation, allocation_of

    numbers = (targets,) if isinstance(targets, int | Fraction) else tuple(targets)
    rules = (allocation,) if isinstance(allocation, Term | Allocation) else tuple(allocation)
    minimum = Minimum(
        paths,
        (depth,) if isinstance(depth, int) else tuple(depth),
        tuple(map(Fraction, numbers)),
        tuple(map(allocation_of, rules)),
    )
    return derived(minimum, digits)


__all__ = ["check", "spectrum"]
