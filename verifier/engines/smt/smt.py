"""Polynomial arithmetic by z3, in a process of its own: `valid` rests on z3 and on `smtlib`.

z3 is asked for a point at which everything given holds and the claim is undefined or false.  That
there is none, proves the statement; a point is a counterexample, which the kernel must confirm.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from time import monotonic
from typing import Any

from verifier.engines.counterexample.values import Values
from verifier.engines.smt.fragment import OutsideLanguage
from verifier.engines.smt.smtlib import Problem, problem
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Term

PROCESS = Path(__file__).with_name("z3_process.py")
SHARE = 0.8  # of the time, for z3 itself: the rest is for starting and for a model to be read


@dataclass(frozen=True)
class Answer:
    """What z3 says of a statement.

    `kind` is "valid", "counterexample" (with `values`, exact but not yet confirmed by the kernel)
    or "unknown" (with a `reason`).
    """

    kind: str
    values: Values | None = None
    reason: str = ""


def decide(statement: Statement, seconds: float = 5.0) -> Answer:
    """Whether a statement holds, as far as z3 can tell in so many seconds.

    >>> from verifier.statements.vocabulary import sqrt, real
    >>> decide(Statement(sqrt(real("x")) >= 0)).kind
    'counterexample'
    """
    deadline = monotonic() + seconds
    try:
        asked = problem(statement)
    except OutsideLanguage as error:
        return Answer("unknown", reason=f"outside the language of z3: {error}")
    try:
        answer = _ask(asked, deadline - monotonic())
        kind = answer["answer"]
        if kind == "unsat":
            return Answer("valid")
        if kind != "sat":
            return Answer("unknown", reason=answer["reason"])
        return _counterexample(asked, answer["values"])
    except subprocess.TimeoutExpired:
        return Answer("unknown", reason=f"z3 was stopped after {seconds} s")
    except OSError as error:
        return Answer("unknown", reason=f"z3 cannot be started: {error}")
    except (ValueError, KeyError, TypeError):  # no JSON, or not what was asked for
        return Answer("unknown", reason="z3 ended without an answer (out of memory?)")


def _ask(asked: Problem, seconds: float) -> dict[str, Any]:
    """What the process answers; it is killed when its time is over."""
    task = {"queries": asked.queries, "names": list(asked.names), "seconds": SHARE * seconds}
    ended = subprocess.run(
        [sys.executable, "-P", str(PROCESS)],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=max(0.0, seconds),
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        raise ValueError("the process failed")
    answer = json.loads(ended.stdout)
    if not isinstance(answer, dict):
        raise TypeError("no answer")
    return answer


def _counterexample(asked: Problem, found: Mapping[str, Any]) -> Answer:
    if asked.left_out:
        return Answer("unknown", reason=f"outside the language of z3: {asked.left_out}")
    values: Values = {}
    for name, symbol in asked.names.items():
        value = _term(found[name])
        if value is None:
            reason = f"a counterexample that is neither rational nor a root, {symbol} of degree > 2"
            return Answer("unknown", reason=reason)
        values[symbol] = value
    return Answer("counterexample", values)


def _term(found: Any) -> Term | None:
    """The exact number that a value is, if it is a fraction or an expression in one root."""
    if isinstance(found, str):
        return Number(Fraction(found))
    coefficients = [Fraction(c) for c in found["coefficients"]]
    return radical(coefficients, found["root"])


def radical(coefficients: list[Fraction], root: int) -> Term | None:
    """A real root of a polynomial (constant first, roots counted from 1 upwards), as a radical.

    None unless the polynomial has degree 2, or only a constant and a leading term.

    >>> radical([Fraction(-1), Fraction(-1), Fraction(1)], 2)
    1/2 + sqrt(5/4)
    >>> radical([Fraction(2), Fraction(0), Fraction(0), Fraction(1)], 1)
    -2**(1/3)
    """
    degree = len(coefficients) - 1
    constant, leading = coefficients[0], coefficients[-1]
    if degree == 2:
        middle = -coefficients[1] / (2 * leading)
        size: Term = Apply("sqrt", middle**2 - constant / leading)
        if not middle:
            return size if root == 2 else -size
        return middle + size if root == 2 else middle - size
    if degree < 2 or any(coefficients[1:-1]):
        return None
    power = -constant / leading
    size = Number(abs(power)) ** Number(Fraction(1, degree))
    positive = power > 0 if degree % 2 else root == 2
    return size if positive else -size


__all__ = ["Answer", "decide", "radical"]
