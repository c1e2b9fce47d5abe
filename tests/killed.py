"""Work in forked processes, killed when they have worked too long, however busy the machine is."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

MEMORY_LIMIT = 4 * 2**30  # bytes of address space for one process
CALM = 20  # on the clock, work may take so many times its seconds of processor time
_FORK: Any = multiprocessing.get_context("fork")


class Late(Enum):
    """What stands for an answer that did not come in time, or not within the memory."""

    LATE = "late"


LATE = Late.LATE


class _Raised(NamedTuple):
    text: str


def each(function: Callable[[Any], Any], cases: Sequence[Any], seconds: float) -> Iterator[Any]:
    """What a function returns for every case, in order; `LATE` where it takes too long.

    A process works on one case after the other.  When it has worked on one for about so many
    seconds it is killed, and another goes on with the next; so what is interrupted leaves no
    trace in this process.

    Raises:
        AssertionError: the function raises, or its process dies.
    """
    done = 0
    while done < len(cases):
        with _worker(function, cases[done:], seconds) as (process, answers):
            while done < len(cases):
                done += 1
                answer = _answer(process, answers, CALM * seconds)
                if isinstance(answer, _Raised):
                    raise AssertionError(f"{cases[done - 1]!r}\n{answer.text}")
                yield answer
                if answer is LATE:
                    break


def within(seconds: float, search: Callable[[], Any]) -> Any:
    """What a search returns, or `LATE`."""
    (answer,) = each(lambda _: search(), [None], seconds)
    return answer


def _answer(process: Any, answers: Connection, patience: float) -> Any:
    try:
        return answers.recv() if answers.poll(patience) else LATE
    except EOFError:
        process.join()
        late = process.exitcode == -signal.SIGPROF
        return LATE if late else _Raised(f"the process died: {process.exitcode}")


@contextmanager
def _worker(
    function: Callable[[Any], Any], cases: Sequence[Any], seconds: float
) -> Iterator[tuple[Any, Connection]]:
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_work, args=(function, cases, seconds, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _work(
    function: Callable[[Any], Any], cases: Sequence[Any], seconds: float, answers: Connection
) -> None:
    _limit(resource.RLIMIT_AS, MEMORY_LIMIT)
    _limit(resource.RLIMIT_CORE, 0)
    for case in cases:
        answer: Any
        signal.setitimer(signal.ITIMER_PROF, seconds)  # of processor time, then SIGPROF kills
        try:
            answer = function(case)
        except MemoryError:
            answer = LATE
        except BaseException:
            answer = _Raised(traceback.format_exc())
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.send(answer)


def _limit(kind: int, amount: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (amount, hard))


__all__ = ["LATE", "each", "within"]
