"""Claims whose truth is known, judged as a stranger's would be: a verdict against a label is a bug.

>>> len(tasks()) > 600
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from verifier.errors import ClaimsFileError
from verifier.statements.claims import Claim, decode_claims
from verifier.verdicts import Result, Verdict
from verifier.verify import Task

CLAIM_SECONDS = 20.0  # for a claim, unless a timeout is given
LABELS = ("true", "false")
#: The verdict that a label asks for.
RIGHT = {"true": Verdict.PROVED, "false": Verdict.REFUTED}
#: The verdicts that a label excludes: what is given holds somewhere in every claim.
UNSOUND = {
    "true": (Verdict.REFUTED, Verdict.VACUOUS, Verdict.ERROR),
    "false": (Verdict.PROVED, Verdict.ENCLOSED, Verdict.VACUOUS, Verdict.ERROR),
}


@cache
def claims(label: str) -> tuple[Claim, ...]:
    """The shipped claims with a label, "true" or "false".

    Raises:
        ClaimsFileError: the file is damaged.
    """
    source = f"{label}.toml"
    found = tuple(decode_claims((files(__name__) / source).read_bytes(), source))
    for claim in found:
        if claim.statement is None:
            raise ClaimsFileError(f"{source}:{claim.line}: {claim.error}", "install it again")
    return found


def tasks() -> list[Task]:
    """What is to be judged: every claim, the true ones first."""
    return [
        Task(claim.name, "claim", statement=claim.statement)
        for label in LABELS
        for claim in claims(label)
    ]


@dataclass(frozen=True)
class Outcome:
    """The results of the claims that were judged, by label."""

    results: dict[str, tuple[Result, ...]]

    def counts(self, label: str) -> dict[Verdict, int]:
        """How many claims with a label got each verdict, in the order of the ladder."""
        counted = Counter(result.verdict for result in self.results[label])
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    def share(self, label: str) -> float:
        """The share of the claims with a label that got the verdict it asks for."""
        judged = self.results[label]
        return sum(r.verdict is RIGHT[label] for r in judged) / len(judged) if judged else 0.0

    def unsound(self) -> list[tuple[str, Result]]:
        """Every result whose verdict the label excludes, with the label."""
        return [
            (label, result)
            for label in LABELS
            for result in self.results[label]
            if result.verdict in UNSOUND[label]
        ]


def outcome(results: Iterable[Result]) -> Outcome:
    """The results sorted by label.

    >>> proved = [Result(name, Verdict.PROVED) for name in ("motzkin", "motzkin-strict")]
    >>> found = outcome(proved)
    >>> found.share("true"), [(label, result.name) for label, result in found.unsound()]
    (1.0, [('false', 'motzkin-strict')])
    """
    by_name = {result.name: result for result in results}
    return Outcome({label: _named(by_name, claims(label)) for label in LABELS})


def _named(by_name: dict[str, Result], listed: Sequence[Claim]) -> tuple[Result, ...]:
    return tuple(by_name[claim.name] for claim in listed if claim.name in by_name)


__all__ = ["CLAIM_SECONDS", "LABELS", "Outcome", "RIGHT", "UNSOUND", "claims", "outcome", "tasks"]
