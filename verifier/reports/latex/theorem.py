"""Theorems with their proofs, printed from the objects that were judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verifier import __version__
from verifier.library import labels
from verifier.reasons import hypothesis
from verifier.reports.latex.conditions import LONG, Variables, lettered, names, width_of
from verifier.reports.latex.mark import mark
from verifier.reports.latex.prose import escape, prose
from verifier.reports.latex.reasons import because
from verifier.reports.latex.statement import WIDTH, display, for_all_of, label_of, rows
from verifier.statements.latex import Style, row_of
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation
from verifier.theorem import Link, Theorem
from verifier.verdicts import Result

AGAIN = 2  # lines; a claim with more is not printed again in the proof
#: Before a label, what tells it from the words of which it is made.
_CITING = r"(?:(?<=\()|(?<=\b[Bb]y )|(?<= of )|(?<=\b[Ii]n )|(?<= from )|(?<=: ))"


def theorem(subject: Theorem, result: Result, width: float = WIDTH) -> str:
    """The theorem, a mark that says what was checked, and the proof link by link."""
    page = _Page(subject, width)
    lines = [
        f"% {subject.label}: {result.verdict.value}, by pathway-verifier {__version__}",
        rf"\begin{{theorem}}[{prose(subject.title, page.symbols)}]\label{{{page.label}}}",
        *page.claims(),
        r"\end{theorem}",
        mark(result, page.symbols),
        r"\begin{proof}\let\qed\relax",
        r"\verifierpages",
        _why(subject, page.symbols),
        *page.proof(),
        r"\end{proof}",
    ]
    return "\n".join(lines) + "\n"


class _Page:
    """A theorem and its proof as they are shown, with variables and long conditions said once."""

    def __init__(self, subject: Theorem, width: float) -> None:
        self.subject, self.width = subject, width
        self.label = label_of(subject.label)
        self._stated = {n: _own(claim) for n, claim in subject.claims.items()}
        linked = {link.name: self._of_link(link) for link in subject.proof}
        whole = [*subject.statements().values(), *map(subject.link_statement, subject.proof)]
        self._variables = Variables(whole)
        self._introduced = self._variables.of(subject.statements().values())
        self._further = self._variables.of(whole) - self._introduced
        self.symbols = {symbol.name for symbol in self._introduced | self._further}
        printed = (linked[link.name] for link in subject.proof if link.claim is not None)
        self._names = names([*self._stated.values(), *printed])
        self._known = {c for claim in self._stated.values() for c in claim.given}

    def claims(self) -> Iterator[str]:
        """For which variables, under which conditions, and what."""
        given = [c for c in self.subject.given if width_of(c) <= LONG]
        long = [c for c in self.subject.given if width_of(c) > LONG]
        lead = rf"\verifierpages {for_all_of(self._introduced, given)}".strip()
        if long:
            yield f"{lead}{', and such that' if given else ', such that'}"
            yield from display(rows(row_of(condition), self.width) for condition in long)
            lead = ""
        yield from self._before(lead, self._known)
        yield from display(self._claim(name) for name in self._stated)

    def proof(self) -> Iterator[str]:
        """What the proof speaks of beside, and its links."""
        further = for_all_of(self._further).replace("For", "for", 1)
        conditions = self._names.keys() - self._known
        if further or conditions:
            lead = ", ".join(filter(None, [r"\par In the proof", further]))
            yield from self._before(lead, conditions)
        yield from display(self._link(link) for link in self.subject.proof)

    def _before(self, lead: str, conditions: Iterable[Relation]) -> Iterator[str]:
        """A phrase for what follows, with the conditions that have names."""
        named = [c for c in self._names if c in set(conditions)]
        if named:
            yield f"{lead}, with the conditions" if lead else "with the conditions"
            yield from display(self._condition(condition) for condition in named)
        if named or not lead:
            yield "it holds that"
        else:
            yield lead if lead == r"\verifierpages" else f"{lead}:"

    def _condition(self, condition: Relation) -> list[str]:
        return rows(row_of(condition), self.width, rf"\tag{{{self._names[condition]}}}")

    def _claim(self, name: str) -> list[str]:
        tag = rf"\tag{{{escape(name)}}}\label{{{label_of(self.subject.label, name)}}}"
        return self._rows(self._stated[name], self.subject.statement(name), tag)

    def _link(self, link: Link) -> list[str]:
        end = r" \qedsymbol" * (link is self.subject.proof[-1])
        name, why = f"({escape(link.name)})", because(link.by)
        tag = rf"\tag*{{\verifierwhy{{{why}}}{{{name}{end}}}}}"
        shown = self._rows(self._of_link(link), self.subject.link_statement(link), tag)
        if link.claim is None and len(shown) > AGAIN:
            above = rf"\text{{\eqref{{{label_of(self.subject.label, link.name)}}}}}"
            return [rf"& \quad {above} && \tag*{{\verifierwhy{{{why}}}{{{end.strip()}}}}}"]
        return shown

    def _of_link(self, link: Link) -> Statement:
        """What a link states, without what the theorem gives; a hypothesis not under itself."""
        if link.claim is None:
            return self._stated[link.name]
        own = [g for g in link.given if link.by != hypothesis() or g is not link.claim]
        return Statement(link.claim, own)

    def _rows(self, shown: Statement, whole: Statement, tag: str) -> list[str]:
        stated, letters = lettered(shown)
        row = row_of(stated, Style.DISPLAY, self._names, self._variables.bounds(whole), letters)
        return rows(row, self.width, tag)


def _own(claim: Relation | Statement) -> Statement:
    return claim if isinstance(claim, Statement) else Statement(claim)


def _why(subject: Theorem, names: set[str]) -> str:
    """The idea of the proof, in which the theorems that it calls by their labels are linked."""
    cited = "|".join(map(re.escape, sorted(labels(), key=len, reverse=True)))
    text = " ".join(re.sub(r"(?<=\w)-\n\s*", "-", subject.why).split())
    parts = re.split(rf"{_CITING}({cited})(?![\w-])", text)
    return "".join(
        rf"\verifierref{{{part}}}" if place % 2 else _spaced(part, prose(part, names))
        for place, part in enumerate(parts)
    )


def _spaced(text: str, shown: str) -> str:
    return " " * text.startswith(" ") + shown + " " * (len(text) > 1 and text.endswith(" "))


__all__ = ["theorem"]
