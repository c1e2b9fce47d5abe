"""The simplest value of a strategy that has some property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import find, settings
from hypothesis.strategies import SearchStrategy

Value = TypeVar("Value")


def _always(_: Any) -> bool:
    return True


def simplest(
    strategy: SearchStrategy[Value], condition: Callable[[Value], Any] = _always, tries: int = 2000
) -> Value:
    """What `hypothesis.find` finds, the same at every run: nothing is remembered in a database.

    >>> from verifier.testing import depths
    >>> simplest(depths(), lambda L: 2 / L < 1)
    3

    Raises:
        hypothesis.errors.NoSuchExample: none of so many tries has the property.
    """
    reproducible = settings(max_examples=tries, database=None, derandomize=True, deadline=None)
    return find(strategy, condition, settings=reproducible)
