"""Many judgements at once, each in a process of its own that can be stopped."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

from verifier.errors import VerifierError
from verifier.statements.statement import Statement
from verifier.verdicts import Result, Verdict

CLAIM_SECONDS = 60.0  # for a claim, unless a timeout is given
MEMORY_LIMIT = 4 * 2**30  # bytes of address space for one judgement


@dataclass(frozen=True)
class Task:
    """Something to judge: a shipped theorem by label, one in a file by path, or a claim.

    `kind` is "theorem", "claim", or "error" for an input that could not be read, with its `reason`.
    """

    name: str
    kind: str
    label: str = ""
    path: str = ""
    statement: Statement | None = None
    reason: str = ""


def judge_all(
    tasks: Sequence[Task], *, jobs: int = 0, timeout: float | None = None
) -> Iterator[Result]:
    """The results in the order in which they come; `jobs` 0 means one for each core.

    A task that takes longer than `timeout` seconds is stopped and undecided; without one, claims
    are stopped after a minute.  Closing the iterator, as Ctrl-C does, stops what still runs.
    """
    waiting = list(reversed(tasks))
    running: list[_Worker] = []
    limit = jobs or os.cpu_count() or 1
    try:
        while waiting or running:
            while waiting and len(running) < limit:
                running.append(_Worker(waiting.pop(), timeout))
            wait([w.sentinel for w in running], _pause(running))
            for worker in [w for w in running if w.finished()]:
                running.remove(worker)
                yield worker.result()
    finally:
        for worker in running:
            worker.stop()


def _pause(running: list[_Worker]) -> float | None:
    deadlines = [w.deadline for w in running if w.deadline is not None]
    return max(0.0, min(deadlines) - monotonic()) if deadlines else None


class _Worker:
    def __init__(self, task: Task, timeout: float | None) -> None:
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        self.task = task
        self.start = monotonic()
        if timeout is None and task.kind == "claim":
            timeout = CLAIM_SECONDS
        self.deadline = None if timeout is None else self.start + timeout
        self.connection, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=_work, args=(task, timeout, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.sentinel = self.connection

    def finished(self) -> bool:
        late = self.deadline is not None and monotonic() >= self.deadline
        return late or self.connection.poll()

    def result(self) -> Result:
        took = monotonic() - self.start
        try:
            if self.connection.poll():
                result: Result = self.connection.recv()
                return result
        except EOFError:
            reason = "the process ended without an answer (out of memory?)"
        else:
            reason = f"out of time after {took:.1f} s"
        finally:
            self.stop()
        return Result(
            self.task.name, Verdict.UNDECIDED, _statements(self.task), reason=reason, seconds=took
        )

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _statements(task: Task) -> tuple[Statement, ...]:
    return (task.statement,) if task.statement is not None else ()


def _work(task: Task, timeout: float | None, connection: Connection) -> None:
    _limit_memory()
    try:
        connection.send(judge_task(task, timeout))
    except KeyboardInterrupt:
        pass
    except MemoryError:
        reason = "out of memory"
        connection.send(Result(task.name, Verdict.UNDECIDED, _statements(task), reason=reason))
    except Exception as error:  # a fault of this program: say so, and let the others go on
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
        connection.send(Result(task.name, Verdict.ERROR, _statements(task), reason=reason))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, hard))


def judge_task(task: Task, timeout: float | None = None) -> Result:
    """The result of one task, in this process."""
    if task.kind == "error":
        return Result(task.name, Verdict.ERROR, reason=task.reason)
    try:
        if task.statement is not None:
            return judge_statement(task.name, task.statement, timeout)
        return _judge_theorem(task)
    except VerifierError as error:
        return Result(task.name, Verdict.ERROR, reason=str(error))


def judge_statement(name: str, statement: Statement, timeout: float | None = None) -> Result:
    """The verdict on one statement; half of the time, if it is limited, goes to counterexamples."""
    from verifier import judge

    return judge.judge_statement(name, statement, timeout / 2 if timeout else 20.0)


def _judge_theorem(task: Task) -> Result:
    from verifier import judge, library

    theorem = library.load(task.path) if task.path else library.shipped(task.label)
    result = judge.judge_theorem(theorem, library.lemma)
    return replace(result, name=task.name or theorem.label)
