"""Theorems: what is claimed, and a chain of links, each with its reason, that ends in the claims.

A file in `proofs/` builds one `Theorem`.  Nothing is proved when it is built; `Proofs` hands
each link to the kernel, and a claim is proved when the link of its name is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from verifier.errors import LinkError, TheoremError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved
from verifier.statements.statement import Statement
from verifier.statements.terms import INTEGER, Relation, Symbol

#: Finds a proved statement of another theorem: (label, claim) -> proof.
Lemmas = Callable[[str, str], Proved]


class Premise(Protocol):
    """Something proved that a link follows from."""

    def resolve(self, statement: Statement, proofs: Proofs) -> Proved: ...
    def __str__(self) -> str: ...


class Reason(Protocol):
    """Why a link holds: how the kernel is asked, and how a reader is told."""

    def prove(self, statement: Statement, proofs: Proofs) -> Proved: ...
    def __str__(self) -> str: ...


@dataclass
class Proofs:
    """The links of a theorem, each proved when it is first needed; the way to other theorems."""

    theorem: Theorem
    lemmas: Lemmas
    done: dict[str, Proved | Refused] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def link(self, name: str) -> Proved:
        """The kernel's proof of a link from those before it.

        Raises:
            Refused: the kernel does not accept the reason.
            TheoremError: there is no such link.
        """
        if name not in self.done:
            link = self.theorem.link(name)
            self.done[name] = Refused(f"the link {name!r} rests on itself")
            start = perf_counter()
            try:
                proved = link.by.prove(self.theorem.link_statement(link), self)
                if type(proved) is not Proved:
                    raise TheoremError(f"{link.by} proves nothing", "return what the kernel proved")
                self.done[name] = proved
            except Refused as refusal:
                self.done[name] = refusal
            except LinkError:
                raise
            except TheoremError as error:
                raise LinkError(f"{link.place}: {error.cause}", error.remedy) from error
            self.seconds[name] = perf_counter() - start
        found = self.done[name]
        if isinstance(found, Refused):
            raise found
        return found

    def find(self, name: str) -> Proved:
        """The proof of a link, or of `label/claim` of another theorem.

        Raises:
            Refused: it is not proved.
            TheoremError: there is no such link.
        """
        label, slash, claim = name.partition("/")
        if slash:
            return self.lemmas(label, claim)
        try:
            return self.link(name)
        except Refused as refusal:
            raise Refused(f"the link {name!r} is not proved: {refusal}") from refusal


# --- theorems --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """One step of the argument.  Without a claim it is the theorem's claim of the same name."""

    name: str
    by: Reason
    claim: Relation | None = None
    given: tuple[Relation, ...] = ()
    line: int = field(default=0, compare=False, repr=False)  # of the file that builds it

    @property
    def place(self) -> str:
        """Where it is built, for messages.

        >>> Link("step", by=None, line=12).place
        "line 12, link 'step'"
        """
        return f"line {self.line}, link {self.name!r}"


def link(
    name: str, by: Reason, claim: Relation | None = None, given: Iterable[Relation] = ()
) -> Link:
    """One step of the argument: what holds, under what more than the theorem gives, and why."""
    line = sys._getframe(1).f_lineno  # for messages only
    return Link(name, by, claim, tuple(given), line)


@dataclass(frozen=True)
class Check:
    """An exact check of concrete sizes, from the definition, that needs no theorem.

    `run` returns how many cases it went through; it raises `Disproved` where one fails.
    """

    words: str
    run: Callable[[], int]


class Disproved(Exception):
    """A check found a case in which the theorem fails."""


@dataclass(frozen=True, repr=False)
class Theorem:
    """A theorem: its claims, its proof, false neighbours of its claims, and checks of its own.

    Raises:
        TheoremError: a claim has no link, or two links have one name.
    """

    label: str
    title: str
    source: str
    why: str
    claims: Mapping[str, Relation | Statement]
    proof: tuple[Link, ...]
    given: tuple[Relation, ...] = ()
    false_neighbours: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()

    def __post_init__(self) -> None:
        for name in ("proof", "given", "false_neighbours", "checks"):
            several = getattr(self, name)
            if not isinstance(several, Iterable):
                raise TheoremError(
                    f"{self.label}: {name} is {several!r} alone", f"write {name}=[{several!r}]"
                )
            object.__setattr__(self, name, tuple(several))
        for link in self.proof:
            self._check(link)
        for neighbour in self.false_neighbours:
            if not isinstance(neighbour, Statement):
                raise TheoremError(
                    f"{self.label}: {neighbour!r} is no statement",
                    "write when(claim, condition, ...)",
                )
        names = [link.name for link in self.proof]
        doubled = {n for n in names if names.count(n) > 1}
        if doubled:
            raise TheoremError(
                f"{self.label}: two links are called {doubled.pop()!r}", "rename one"
            )
        for name in self.claims:
            if name not in names:
                raise TheoremError(
                    f"{self.label}: no link proves the claim {name!r}", f"add link({name!r}, ...)"
                )
            if self.link_statement(self.link(name)) != self.statement(name):
                raise TheoremError(
                    f"{self.label}: the link {name!r} states something else than the claim",
                    "leave its claim out, or rename it",
                )

    def _check(self, link: object) -> None:
        if not isinstance(link, Link):
            raise TheoremError(f"{self.label}: {link!r} is no link", "write link(NAME, REASON)")
        if not callable(getattr(link.by, "prove", None)):
            raise LinkError(
                f"{link.place}: {link.by!r} is no reason", "write calculation() or another reason"
            )
        if link.claim is None and link.name not in self.claims:
            raise LinkError(
                f"{link.place}: it has no claim, and no claim of the theorem has its name",
                "state it after the reason",
            )

    def statement(self, name: str) -> Statement:
        """The statement of a claim, with what the theorem gives."""
        claim = self.claims[name]
        if isinstance(claim, Statement):
            return Statement(claim.claim, (*self.given, *claim.given))
        return Statement(claim, self.given)

    def statements(self) -> dict[str, Statement]:
        """Every claim, by name."""
        return {name: self.statement(name) for name in self.claims}

    def link(self, name: str) -> Link:
        """The link of a name.

        Raises:
            TheoremError: there is none.
        """
        for link in self.proof:
            if link.name == name:
                return link
        raise TheoremError(
            f"{self.label}: there is no link {name!r}",
            "it has " + ", ".join(link.name for link in self.proof),
        )

    def link_statement(self, link: Link) -> Statement:
        """What a link states."""
        if link.claim is None:
            return self.statement(link.name)
        return Statement(link.claim, (*self.given, *link.given))

    def __repr__(self) -> str:
        return f"<theorem {self.label}: {self.title}>"

    def _repr_html_(self) -> str:
        from verifier.reports import html

        return html.theorem(self)

    def _repr_latex_(self) -> str:
        from verifier.statements.latex import below, latex

        return below(map(latex, self.statements().values()))


def when(claim: Relation, *given: Relation) -> Statement:
    """A claim under more than the theorem gives: `when(x < y, x > 0)`."""
    return Statement(claim, given)


def index(name: str) -> Symbol:
    """An integer variable that runs over a range."""
    return Symbol(name, INTEGER)
