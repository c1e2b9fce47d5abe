"""How a target is divided among pathways, exactly.

At a global minimum the products of the pathways, their *shares*, sum to the target.  The two
divisions that the source paper compares are all to one pathway and the same to each:

>>> single_path.shares(4, 1)
(Fraction(1, 1), Fraction(0, 1), Fraction(0, 1), Fraction(0, 1))
>>> balanced.shares(4, 1)
(Fraction(1, 4), Fraction(1, 4), Fraction(1, 4), Fraction(1, 4))

This module needs nothing but the standard library.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, repeat
from typing import Any

from .errors import AllocationError

_RATIONAL = re.compile(r"([+-]?[0-9]{1,4000})(?:/([0-9]{1,4000}))?")


def _exact(number: Fraction | int) -> Fraction:
    if not isinstance(number, Fraction | int):
        raise AllocationError(f"{number!r} is not an exact number", "give an int or a Fraction")
    return Fraction(number)


def _check_count(count: int, name: str) -> None:
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise AllocationError(f"{name} is {count!r}", "give an integer that is at least 1")


class Allocation(ABC):
    """A rule that divides a target among pathways.  `str` gives what `parse_allocation` reads."""

    @abstractmethod
    def multiset(self, paths: int, target: Fraction | int) -> dict[Fraction, int]:
        """Each share with the number of pathways that have it; a sum over pathways costs no more.

        >>> shared(3).multiset(10**6, 1)
        {Fraction(1, 3): 3, Fraction(0, 1): 999997}
        """

    def shares(self, paths: int, target: Fraction | int) -> tuple[Fraction, ...]:
        """The share of every pathway, in order; they sum to the target."""
        counts = self.multiset(paths, target).items()
        return tuple(chain.from_iterable(repeat(share, count) for share, count in counts))


@dataclass(frozen=True)
class Shared(Allocation):
    """The same share for the first `active` pathways, or for every one, and zero for the rest."""

    active: int | None

    def __post_init__(self) -> None:
        if self.active is not None:
            _check_count(self.active, "the number of pathways that share the target")

    def __str__(self) -> str:
        match self.active:
            case None:
                return "balanced"
            case 1:
                return "single"
            case active:
                return f"shared:{active}"

    def multiset(self, paths: int, target: Fraction | int) -> dict[Fraction, int]:
        _check_count(paths, "the number of pathways")
        active = paths if self.active is None else self.active
        if active > paths:
            raise AllocationError(
                f"{self} needs {active} pathways, the network has {paths}",
                f"share among at most {paths}, or give the network more pathways",
            )
        share = _exact(target) / active
        if share == 0 or active == paths:
            return {share: paths}
        return {share: active, Fraction(0): paths - active}


@dataclass(frozen=True)
class Split(Allocation):
    """The given shares, one for each pathway, in order."""

    given: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if not self.given:
            raise AllocationError("a split has no share", "give one share for each pathway")
        object.__setattr__(self, "given", tuple(map(_exact, self.given)))

    def __str__(self) -> str:
        return ",".join(map(str, self.given))

    def shares(self, paths: int, target: Fraction | int) -> tuple[Fraction, ...]:
        _check_count(paths, "the number of pathways")
        if len(self.given) != paths:
            raise AllocationError(
                f"{len(self.given)} shares for {paths} pathways",
                "give one share for each pathway, 0 for a silent one",
            )
        if sum(self.given) != _exact(target):
            raise AllocationError(
                f"the shares {self} sum to {sum(self.given)}, not to the target {target}",
                "a minimum has shares that sum to the target: change a share or the target",
            )
        return self.given

    def multiset(self, paths: int, target: Fraction | int) -> dict[Fraction, int]:
        counts: dict[Fraction, int] = {}
        for share in self.shares(paths, target):
            counts[share] = counts.get(share, 0) + 1
        return counts


single_path = Shared(1)
balanced = Shared(None)


def shared(active: int) -> Shared:
    """The target in equal parts on `active` pathways, the others silent.

    >>> shared(2).shares(3, Fraction(1, 2))
    (Fraction(1, 4), Fraction(1, 4), Fraction(0, 1))
    """
    return Shared(active)


def split(*shares: Fraction | int) -> Split:
    """Any division; a share may be zero or have the other sign than the target.

    >>> str(split(Fraction(3, 2), Fraction(-1, 2)))
    '3/2,-1/2'
    """
    return Split(tuple(map(_exact, shares)))


def parse_allocation(text: str) -> Allocation:
    """The allocation that a text such as `single`, `balanced`, `shared:3` or `1/2,1/4,1/4` names.

    >>> parse_allocation("shared:3")
    Shared(active=3)
    >>> parse_allocation("0.5,0.5")
    Traceback (most recent call last):
    ...
    verifier.networks.errors.AllocationError: '0.5' is not an exact number (write 1/2)
    """
    name, colon, count = (part.strip() for part in text.partition(":"))
    if colon and name == "shared":
        if not re.fullmatch("[0-9]{1,4000}", count):
            raise AllocationError(f"{count!r} is not a number of pathways", "write shared:3")
        return shared(int(count))
    match text.strip():
        case "single":
            return single_path
        case "balanced":
            return balanced
        case stripped if re.match("[0-9+-.,]", stripped):
            return split(*map(parse_rational, stripped.split(",")))
    raise AllocationError(
        f"{text!r} is not an allocation",
        "write single, balanced, shared:3, or one share for each pathway such as 1/2,1/4,1/4",
    )


def parse_rational(text: str) -> Fraction:
    """The exact number that a text such as `2`, `-3` or `1/2` names.

    >>> parse_rational("-3/6")
    Fraction(-1, 2)
    """
    found = _RATIONAL.fullmatch(text.strip())
    if found is None:
        raise AllocationError(f"{text.strip()!r} is not an exact number", _exact_form(text))
    numerator, denominator = int(found[1]), int(found[2] or 1)
    if denominator == 0:
        raise AllocationError(f"{text.strip()!r} divides by zero", "write another denominator")
    return Fraction(numerator, denominator)


def allocation_of(rule: Any) -> Allocation:
    """The allocation that a word of the statements names; an allocation is itself.

    >>> from verifier.statements import vocabulary
    >>> allocation_of(vocabulary.shared(3))
    Shared(active=3)
    """
    if isinstance(rule, Allocation):
        return rule
    match getattr(rule, "head", ""), getattr(rule, "args", ()):
        case "balanced", _:
            return balanced
        case "single_path", _:
            return single_path
        case "shared", [active] if getattr(active, "value", None) is not None:
            return shared(int(active.value) if active.value.denominator == 1 else active.value)
    raise AllocationError(
        f"{rule!r} divides no target", "use single_path, shared(3), balanced, or split(...) of it"
    )


def layer_signs(share: Fraction | int, depth: int) -> tuple[int, ...]:
    """The signs of the layers of a depth-balanced pathway; each has size |share|^(1/depth).

    A negative share takes one negative layer, the first.  If the depth is odd all layers may be
    negative instead; the sharpness is the same, because flipping the signs of two layers of a
    pathway maps the Hessian D H D with D a diagonal of signs, which keeps its eigenvalues.

    >>> layer_signs(Fraction(-1, 2), 3)
    (-1, 1, 1)
    """
    _check_count(depth, "the depth")
    return (-1 if share < 0 else 1, *repeat(1, depth - 1))


def _exact_form(text: str) -> str:
    """The remedy for a number that is not exact: the fraction that was probably meant."""
    decimal = re.fullmatch(r"\s*([+-]?[0-9]{0,100}\.[0-9]{1,100})\s*", text)
    return f"write {Fraction(decimal[1])}" if decimal else "write an integer or a fraction, 1/2"
