"""One judgement in a process that shares nothing with the one that asks, and that can be killed.

The command line forks its workers.  A notebook has threads, which a fork does not survive, and a
script has no guard against being run again: both start `python -m verifier.worker` instead.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic
from typing import BinaryIO

from verifier.verdicts import Result
from verifier.verify import CLAIM_SECONDS, Message, Task, stopped, work

NO_ANSWER = "the process ended without an answer (out of memory?)"


def judge_apart(task: Task, timeout: float | None = None) -> Result:
    """The result of one task; what was known, and the reason, where the process was stopped.

    >>> judge_apart(Task("c", "error", reason="no statement")).verdict
    <Verdict.ERROR: 'error'>
    """
    start = monotonic()
    limit = CLAIM_SECONDS if timeout is None and task.kind == "claim" else timeout
    path = os.pathsep.join(entry for entry in sys.path if entry)
    reason = NO_ANSWER
    try:
        written = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=pickle.dumps((task, limit)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            timeout=limit,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as stop:
        written = stop.stdout or b""
        reason = f"out of time after {monotonic() - start:.1f} s"
    known = None
    for last, known in _messages(io.BytesIO(written)):
        if last and known is not None:
            return known
    return stopped(task, known, reason, monotonic() - start)


def _messages(stream: BinaryIO) -> Iterator[Message]:
    """What was written whole."""
    while True:
        try:
            yield pickle.load(stream)  # our own process wrote it
        except (EOFError, pickle.UnpicklingError):
            return


def main() -> None:
    """Read a task from standard input, write what is found out to standard output."""
    task, timeout = pickle.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else that is printed may get between

    def send(message: Message) -> None:
        pickle.dump(message, out)
        out.flush()

    work(task, timeout, send)


if __name__ == "__main__":
    main()

__all__ = ["judge_apart"]
