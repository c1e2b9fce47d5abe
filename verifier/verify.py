"""Many judgements at once, each in a process of its own that can be stopped."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from time import monotonic
from typing import Any

from verifier.errors import VerifierError
from verifier.statements.statement import Statement
from verifier.verdicts import Place, Result, Verdict

CLAIM_SECONDS = 60.0  # for a claim, unless a timeout is given
MOST_SECONDS = 10**6  # of a timeout: what systems can wait for
SHARE = 0.7  # of that time, for computing: processes have to start, and others compute as well
MEMORY_LIMIT = 3 * 2**29  # bytes that one judgement may add to what the process had before

Message = tuple[bool, Result]  # whether it is the last word, and what is known


@dataclass(frozen=True)
class Task:
    """Something to judge: a shipped theorem by label, one in a file by path, or a claim.

    `kind` is "theorem", "claim", or "error" for an input that could not be read, with its `reason`;
    `place` is where it stands.
    """

    name: str
    kind: str
    label: str = ""
    path: str = ""
    statement: Statement | None = None
    reason: str = ""
    place: Place | None = None


def check_timeout(seconds: float) -> None:
    """Refuse a time that no judgement can have.

    >>> check_timeout(float("nan"))
    Traceback (most recent call last):
    ...
    verifier.errors.VerifierError: a timeout of nan seconds (give more than 0, at most 1000000)

    Raises:
        VerifierError: it is not positive, no number, or longer than a system can wait.
    """
    if not 0 < seconds <= MOST_SECONDS:
        remedy = f"give more than 0, at most {MOST_SECONDS}"
        raise VerifierError(f"a timeout of {seconds} seconds", remedy)


def judge_all(
    tasks: Sequence[Task], *, jobs: int = 0, timeout: float | None = None
) -> Iterator[Result]:
    """The results in the order in which they come; `jobs` 0 means one for each core.

    A task that takes longer than `timeout` seconds is stopped and undecided; without one, claims
    are stopped after a minute.  Closing the iterator, as Ctrl-C does, stops what still runs.
    """
    waiting = list(reversed(tasks))
    ready: list[Task] = []  # prepared while others are judged, lest a core wait for it
    running: list[_Worker] = []
    limit = jobs or os.cpu_count() or 1

    def prepared() -> Task:
        task = waiting.pop()
        if len(tasks) > limit:
            _prepare(task)
        return task

    try:
        while waiting or ready or running:
            while (waiting or ready) and len(running) < limit:
                running.append(_Worker(ready.pop() if ready else prepared(), timeout))
            if waiting and not ready:
                ready.append(prepared())
            wait([w.sentinel for w in running], _pause(running))
            for worker in [w for w in running if w.finished()]:
                running.remove(worker)
                yield replace(worker.result(), place=worker.task.place)
    finally:
        for worker in running:
            worker.stop()


def _prepare(task: Task) -> None:
    """Prove here what later processes need as well, while those that are forked already judge."""
    from verifier import judge, library
    from verifier.engines.proof.calculation import lemmas_of_sharpness
    from verifier.kernel.polynomial import Refused

    if task.kind == "theorem":
        judge.prepare_attacks()
    if task.label in library.labels():
        library.prove_links(task.label)
    if task.statement is not None:
        for label, claim in lemmas_of_sharpness(task.statement):
            with suppress(Refused):
                library.lemma(label, claim)


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
        self.process = context.Process(target=work, args=(task, timeout, theirs.send), daemon=True)
        self.process.start()
        theirs.close()
        self.sentinel = self.connection
        self.known: Result | None = None
        self.reason = ""

    def finished(self) -> bool:
        """Whether there is a result: the last word, the end of the time or of the process."""
        try:
            while self.connection.poll():
                last, self.known = self.connection.recv()
                if last:
                    return True
        except EOFError:
            self.reason = "the process ended without an answer (out of memory?)"
            return True
        if self.deadline is not None and monotonic() >= self.deadline:
            self.reason = f"out of time after {monotonic() - self.start:.1f} s"
            return True
        return False

    def result(self) -> Result:
        """The last word, or what was known when the process was stopped."""
        self.stop()
        if self.known is not None and not self.reason:
            return self.known
        return stopped(self.task, self.known, self.reason, monotonic() - self.start)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def stopped(task: Task, known: Result | None, reason: str, seconds: float) -> Result:
    """What was known of a task when its process was stopped, and why it was."""
    if known is None:
        known = Result(task.name, Verdict.UNDECIDED, _statements(task))
    return replace(known, reason=reason, seconds=seconds)


def _statements(task: Task) -> tuple[Statement, ...]:
    return (task.statement,) if task.statement is not None else ()


def work(task: Task, timeout: float | None, send: Callable[[Message], None]) -> None:
    """Judge a task in a process of its own, and send what is known: at last the last word."""

    def say(result: Result, last: bool = True) -> None:
        send((last, result))

    _limit_memory()
    try:
        say(judge_task(task, timeout, lambda result: say(result, last=False)))
    except KeyboardInterrupt:
        pass
    except RecursionError:  # such a statement cannot be sent back either
        reason = "the statement is nested too deeply (split it, or name its parts)"
        say(Result(task.name, Verdict.ERROR, reason=reason))
    except MemoryError:
        reason = "out of memory"
        say(Result(task.name, Verdict.UNDECIDED, _statements(task), reason=reason))
    except Exception as error:  # a fault of this program: say so, and let the others go on
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
        say(Result(task.name, Verdict.ERROR, _statements(task), reason=reason))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _address_space() + MEMORY_LIMIT
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _address_space() -> int:
    """Bytes that this process has mapped already, such as those of a large notebook."""
    import resource

    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:  # not on this system
        return 0
    return int(pages) * resource.getpagesize()


def judge_task(
    task: Task, timeout: float | None = None, report: Callable[[Result], None] | None = None
) -> Result:
    """The result of one task, in this process; `report` hears what is known before the end."""
    if task.kind == "error":
        return Result(task.name, Verdict.ERROR, reason=task.reason)
    try:
        if task.statement is not None:
            return judge_statement(task.name, task.statement, timeout, report)
        return _judge_theorem(task)
    except VerifierError as error:
        return Result(task.name, Verdict.ERROR, reason=str(error))


def judge_statement(
    name: str,
    statement: Statement,
    timeout: float | None = None,
    report: Callable[[Result], None] | None = None,
) -> Result:
    """The verdict on one statement, reached in less than the time that it may take."""
    from verifier import judge

    seconds = SHARE * (CLAIM_SECONDS if timeout is None else timeout)
    return judge.judge_statement(name, statement, seconds, report)


def _judge_theorem(task: Task) -> Result:
    from verifier import judge, library

    theorem = library.load(task.path) if task.path else library.shipped(task.label)
    proofs = None if task.path else library.proofs_of(task.label)
    result = judge.judge_theorem(theorem, library.lemma, proofs=proofs)
    return replace(result, name=task.name or theorem.label)
