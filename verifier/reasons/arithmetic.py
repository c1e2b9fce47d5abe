"""By calculation, and by what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verifier.reasons.premises import Premise, of
from verifier.reasons.step import Step
from verifier.statements.terms import Symbol, as_term


def calculation(*premises: Premise) -> Step:
    """Both sides brought to normal form, signs from what is given and the premises."""
    return Step("arithmetic", premises, words="calculation")


def hypothesis() -> Step:
    """One of the relations that are given."""
    return Step("given", words="hypothesis")


def combination(multipliers: Mapping[Premise, Any], using: Iterable[Premise] = ()) -> Step:
    """The premises times multipliers, added up; signs also from `using`."""
    known = tuple(using)
    factors = (*map(as_term, multipliers.values()), *(as_term(0) for _ in known))
    words = "adding multiples" if len(multipliers) > 1 else "a multiple"
    premises, arguments = tuple(multipliers), {"multipliers": factors}
    return Step("combination", premises, arguments, words, "of", known)


def instance(name: str, values: Mapping[Symbol, Any], using: Iterable[str] = ()) -> Step:
    """A general statement at special values of its variables."""
    return Step("given", (of(name, values, using),), words="special case", cited="of")


__all__ = ["calculation", "combination", "hypothesis", "instance"]
