"""`Proved`: a statement with a proof that the kernel has checked, step by step.

A rule is a function that looks at a statement and at the premises it is said to follow from, and
returns if it does follow and raises `Refused` if that cannot be seen.  `prove` is the only way to
a `Proved`; it calls the rule, and remembers it, so that a proof can be written down
(`verifier.kernel.certificate`) and replayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from verifier.errors import StatementError
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.terms import Node

Rule = Callable[..., None]
Argument = Node | tuple[Any, ...] | int
_RULES: dict[str, Rule] = {}
_KEY = object()


class Proved:
    """A statement that the kernel accepts, with the rule and the premises that it follows from.

    >>> Proved()
    Traceback (most recent call last):
        ...
    TypeError: only the kernel makes a Proved: call prove(rule, statement, premises)
    """

    __slots__ = ("arguments", "premises", "rule", "statement")
    statement: Statement
    rule: str
    premises: tuple[Proved, ...]
    arguments: Mapping[str, Argument]

    def __init__(self, *contents: Any) -> None:
        if not contents or contents[0] is not _KEY:
            raise TypeError("only the kernel makes a Proved: call prove(rule, statement, premises)")
        _, statement, rule, premises, arguments = contents
        for name, value in zip(self.__slots__, (arguments, premises, rule, statement), strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Proved cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a Proved cannot be changed")

    def __reduce__(self) -> Any:
        raise TypeError("a Proved cannot be copied or sent: send its certificate")

    def __repr__(self) -> str:
        return f"Proved: {self.statement!r}"

    def steps(self) -> Iterator[Proved]:
        """Every step of the proof, premises before what follows from them."""
        seen: set[int] = set()
        stack: list[tuple[Proved, bool]] = [(self, False)]
        while stack:
            step, ready = stack.pop()
            if ready:
                yield step
            elif id(step) not in seen:
                seen.add(id(step))
                stack.append((step, True))
                stack.extend((premise, False) for premise in reversed(step.premises))


def rule(function: Rule) -> Rule:
    """Register a rule of inference under its name."""
    _RULES[function.__name__] = function
    return function


def rules() -> dict[str, Rule]:
    """The rules of the kernel, by name (importing `verifier.kernel` registers them)."""
    return dict(_RULES)


def prove(
    name: str, statement: Statement, premises: tuple[Proved, ...] = (), **arguments: Argument
) -> Proved:
    """The proof of a statement by a rule, from premises that are proved already.

    Raises:
        Refused: the rule does not show that the statement follows.
    """
    if name not in _RULES:
        raise Refused(f"there is no rule {name!r}")
    premises = tuple(premises)
    if not all(type(p) is Proved for p in premises):
        raise Refused("a premise is not proved")
    if type(statement) is not Statement:
        raise Refused(f"{statement!r} is no statement")
    for argument in arguments.values():
        _require_plain(argument)
    try:
        _RULES[name](statement, premises, **arguments)
    except (StatementError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"the premises or arguments do not fit {name!r}: {error}") from error
    except RecursionError as error:
        raise Refused("an expression nested too deeply") from error
    return Proved(_KEY, statement, name, premises, MappingProxyType(arguments))


def _require_plain(argument: Argument) -> None:
    """Refuse symbols whose names the kernel gives to its own."""
    if isinstance(argument, tuple):
        for part in argument:
            _require_plain(part)
    elif isinstance(argument, Node):
        reserved = [symbol.name for symbol in argument.free if symbol.name.startswith("_")]
        if reserved:
            raise Refused(f"the name {reserved[0]} is reserved")
