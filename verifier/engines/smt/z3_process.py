"""The process in which z3 runs: queries come by standard input, one answer goes out, as JSON.

It is run as a file, `python -P z3_process.py`, and imports nothing of this package.

Input: `queries` (SMT-LIB texts), `names` (variables whose values are asked for), `seconds`.
Output: `answer` is "unsat" (no query can be satisfied), "sat" with `values`, or "unknown" with a
`reason`.  A value is a fraction as text, or `coefficients` (the constant one first) and `root`:
the number of the real root of a polynomial, counted from 1 upwards.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from time import monotonic
from typing import Any

MEMORY = 3 * 2**28  # bytes of address space
MEGABYTES = 500  # of z3's own memory
WORK_PER_SECOND = 5_000_000  # steps of z3: about half of what it can do, so that answers repeat
NEAR = (Fraction(1, 2), Fraction(1, 20), Fraction(1, 1_000), Fraction(1, 10**6))


def main() -> None:
    """Read a problem, answer it."""
    task = json.load(sys.stdin)
    _limit(task["seconds"])
    deadline = monotonic() + task["seconds"]
    try:
        import z3
    except ImportError as error:
        answer = {"answer": "unknown", "reason": f"z3 is not installed ({error})"}
    else:
        try:
            answer = Solver(z3, task["seconds"], deadline).solve(task["queries"], task["names"])
        except (z3.Z3Exception, MemoryError) as error:
            answer = {"answer": "unknown", "reason": f"z3 stopped: {error}"}
    json.dump(answer, sys.stdout)


def _limit(seconds: float) -> None:
    """Let the system end this process, even when nobody waits for it any more."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, ceil(seconds) + 1))
    for limit, value in limits:
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))


class Solver:
    """z3 with its limits: seeds are fixed, work is counted, time is measured as a last resort."""

    def __init__(self, z3: Any, seconds: float, deadline: float) -> None:
        self.z3 = z3
        self.work = max(1, int(WORK_PER_SECOND * seconds))
        self.deadline = deadline
        z3.set_param("memory_max_size", MEGABYTES)
        for seed in ("smt.random_seed", "sat.random_seed", "nlsat.seed"):
            z3.set_param(seed, 0)

    def solve(self, queries: list[str], names: list[str]) -> dict[str, Any]:
        """The answer to all queries together."""
        reason = ""
        for done, query in enumerate(queries):
            formulas = list(self.z3.parse_smt2_string(query))
            solver, found = self.check(formulas, self.left() / (len(queries) - done))
            if found == self.z3.sat:
                values = self.values(formulas, names, solver.model())
                return {"answer": "sat", "values": values}
            if found != self.z3.unsat:
                reason = reason or gave_up(solver.reason_unknown())
        return {"answer": "unknown", "reason": reason} if reason else {"answer": "unsat"}

    def left(self) -> float:
        """The seconds that are left."""
        return self.deadline - monotonic()

    def check(self, formulas: list[Any], seconds: float) -> tuple[Any, Any]:
        """A solver and what it says of the formulas."""
        solver = self.z3.Solver()
        solver.set("timeout", max(1, int(1000 * seconds)))
        solver.set("rlimit", self.work)
        solver.add(*formulas)
        return solver, solver.check()

    def values(self, formulas: list[Any], names: list[str], model: Any) -> dict[str, Any]:
        """The values of a model in which one variable after the other is made simple."""
        known = {str(v): v for v in self.variables(formulas) if str(v) in names}
        fixed: list[Any] = []
        for variable in known.values():
            for candidate in self.simpler(model.eval(variable, model_completion=True)):
                if self.left() <= 0:
                    break
                pinned = variable == self.z3.Q(candidate.numerator, candidate.denominator)
                solver, found = self.check([*formulas, *fixed, pinned], self.left() / 4)
                if found == self.z3.sat:
                    model = solver.model()
                    fixed.append(pinned)
                    break
        values = {n: self.value(model.eval(v, model_completion=True)) for n, v in known.items()}
        return {name: values.get(name, "0") for name in names}  # 0 where no formula says anything

    def variables(self, formulas: list[Any]) -> list[Any]:
        """The variables of formulas, by name."""
        seen: set[int] = set()
        found = []
        stack = list(formulas)
        while stack:
            node = stack.pop()
            if node.get_id() in seen:
                continue
            seen.add(node.get_id())
            stack.extend(node.children())
            if self.z3.is_const(node) and node.decl().kind() == self.z3.Z3_OP_UNINTERPRETED:
                found.append(node)
        return sorted(found, key=str)

    def simpler(self, value: Any) -> Iterator[Fraction]:
        """The simplest fractions near a value that is no integer."""
        algebraic = self.z3.is_algebraic_value(value)
        if not algebraic and self.fraction(value).denominator == 1:
            return
        near = self.fraction(value.approx(20) if algebraic else value)
        found = dict.fromkeys(simplest(near - radius, near + radius) for radius in NEAR)
        yield from (f for f in found if algebraic or f != near)

    def fraction(self, value: Any) -> Fraction:
        """A value of z3 as a fraction."""
        if self.z3.is_int_value(value):
            return Fraction(value.as_long())
        if not self.z3.is_rational_value(value):
            raise self.z3.Z3Exception(f"a value that is no number: {value}")
        return Fraction(value.numerator_as_long(), value.denominator_as_long())

    def value(self, value: Any) -> Any:
        """A value of z3 as it is sent."""
        if not self.z3.is_algebraic_value(value):
            return str(self.fraction(value))
        coefficients = [str(self.fraction(c)) for c in value.poly()]
        return {"coefficients": coefficients, "root": value.index()}


def gave_up(reason: str) -> str:
    """Why z3 has no answer; it has several words for one limit."""
    limits = ("canceled", "timeout", "resource limit", "interrupted")
    limited = any(word in reason for word in limits)
    return "z3 gave up: out of " + ("work or time" if limited else f"methods ({reason})")


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator in a closed interval."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = Fraction(ceil(low))
    if whole <= high:
        return whole
    below = floor(low)
    return below + 1 / simplest(1 / (high - below), 1 / (low - below))


if __name__ == "__main__":
    main()
