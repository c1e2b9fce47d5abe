"""Late work is killed, and what comes after it is done."""

from __future__ import annotations

import os
from time import sleep

import pytest

from tests import killed
from tests.killed import LATE, MEMORY_LIMIT, each, within


def slow_at_two(case: int) -> tuple[int, int]:
    while case == 2:
        pass
    return case, os.getpid()


def test_only_what_is_late_is_killed() -> None:
    first, second, late, *rest = each(slow_at_two, range(5), 1)
    assert late is LATE
    assert [case for case, _ in (first, second, *rest)] == [0, 1, 3, 4]
    one, two = {first[1], second[1]}, {process for _, process in rest}
    assert len(one) == len(two) == 1 and not one & two
    assert os.getpid() not in one | two
    for process in one | two:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_no_cases() -> None:
    assert list(each(slow_at_two, [], 1)) == []


def test_one_search() -> None:
    assert within(10, lambda: 7) == 7


def test_what_waits_is_killed_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killed, "CALM", 1)
    assert within(0.2, lambda: sleep(60)) is LATE


def test_a_loop_that_holds_the_interpreter_is_killed() -> None:
    assert within(0.2, lambda: 9**9**9) is LATE


def test_too_much_memory_is_late() -> None:
    assert within(10, lambda: bytes(2 * MEMORY_LIMIT)) is LATE


def test_what_is_raised_is_raised() -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        list(each(lambda case: 1 // case, [1, 0], 10))


def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(AssertionError, match="died"):
        list(each(lambda case: os._exit(case), [3], 10))
