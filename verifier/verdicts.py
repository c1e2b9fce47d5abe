"""The ladder of verdicts, and what is reported of each judged statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from verifier.errors import VerifierError
from verifier.statements.statement import Statement


class Verdict(Enum):
    """What can be said of a statement; no two rungs mean the same."""

    PROVED = "proved"  # a kernel proof for the whole stated domain
    ENCLOSED = "enclosed"  # proved by ball arithmetic on a stated box or finite set
    SUPPORTED = "supported"  # cases tried, none fails
    REFUTED = "refuted"  # an exact counterexample, checked again
    VACUOUS = "vacuous"  # what is given contradicts itself
    UNDECIDED = "undecided"  # with the reason
    ERROR = "error"  # not a statement, or a file that cannot be read

    def exit_code(self, strict: bool = False) -> int:
        """0 where the statement is accepted, 1 where it is not, 2 where it could not be judged.

        >>> Verdict.SUPPORTED.exit_code(), Verdict.SUPPORTED.exit_code(strict=True)
        (0, 1)
        """
        if self is Verdict.ERROR:
            return 2
        accepted = {Verdict.PROVED, Verdict.ENCLOSED} | (set() if strict else {Verdict.SUPPORTED})
        return 0 if self in accepted else 1


#: From the strongest to the weakest: a theorem's verdict is that of its weakest part.
LADDER = (
    Verdict.PROVED, Verdict.ENCLOSED, Verdict.SUPPORTED, Verdict.UNDECIDED, Verdict.VACUOUS,
    Verdict.REFUTED, Verdict.ERROR,
)  # fmt: skip


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The weakest of some verdicts (`error` of none).

    >>> weakest([Verdict.PROVED, Verdict.SUPPORTED])
    <Verdict.SUPPORTED: 'supported'>
    """
    return max(verdicts, key=LADDER.index, default=Verdict.ERROR)


def assignment(values: dict[str, str] | None) -> str:
    """A counterexample in one line.

    >>> assignment({"H": "1", "L": "2"})
    'H = 1, L = 2'
    """
    return ", ".join(f"{name} = {value}" for name, value in (values or {}).items())


STANDARD_INPUT = "<stdin>"  # as compilers name it


class Place(NamedTuple):
    """Where something that is judged stands: a file, and the line, counted from 1.

    >>> str(Place("paper.tex", 120))
    'paper.tex:120'
    """

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def is_in_file(self) -> bool:
        """Whether there is a file to point to."""
        return self.path != STANDARD_INPUT


@dataclass(frozen=True)
class Evidence:
    """One thing that was found out: a part judged, a link proved, an attack made."""

    #: "part", "link", "proof", "exact", "numeric", "independent", "neighbour", "search" ...
    kind: str
    text: str  # what, in one line
    verdict: Verdict | None = None
    seconds: float | None = None
    statement: Statement | None = None
    name: str = ""
    counterexample: str = ""


@dataclass(frozen=True, repr=False)
class Result:
    """What is reported of one theorem or claim.

    `trust` lists what the verdict rests on; `counterexample` maps variables to exact values, as
    text; `source` is what a theorem cites, `place` the line of a file that was named to be judged;
    `certificates` maps part names to certificates, for `check --certificates`.
    """

    name: str
    verdict: Verdict
    statements: tuple[Statement, ...] = ()
    trust: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counterexample: dict[str, str] | None = None
    seconds: float = 0.0
    title: str = ""
    reason: str = ""
    source: str = ""
    certificates: dict[str, dict[str, object]] = field(default_factory=dict)
    place: Place | None = None

    def __bool__(self) -> bool:
        """True where the verdict is `proved` or `enclosed`, false where `refuted` or `vacuous`.

        >>> bool(Result("c", Verdict.REFUTED))
        False

        Raises:
            VerifierError: nothing is known.
        """
        if self.verdict in (Verdict.REFUTED, Verdict.VACUOUS):
            return False
        if self.verdict.exit_code(strict=True):
            raise VerifierError(
                f"{self.name} is {self.verdict.value}: {self.reason or 'neither true nor false'}",
                "look at .verdict instead",
            )
        return True

    @property
    def certificate(self) -> dict[str, object] | None:
        """The proof as `verifier recheck` replays it, where there is exactly one."""
        found = list(self.certificates.values())
        return found[0] if len(found) == 1 else None

    def __repr__(self) -> str:
        at = "" if self.counterexample is None else f" at {assignment(self.counterexample)}"
        return f"<{self.name}: {self.verdict.value}{at}>"

    def __str__(self) -> str:
        from verifier.reports.evidence import details

        return "\n    ".join([f"{self.verdict.value}  {self.name}", *details(self)])

    def _repr_html_(self) -> str:
        from verifier.reports import html

        return html.result(self)

    def _repr_latex_(self) -> str:
        from verifier.statements.latex import below, latex

        return below([*map(latex, self.statements), rf"\text{{{self.verdict.value}}}"])
