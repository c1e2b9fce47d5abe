"""Theorems with their proofs, printed from the objects that were judged."""

from __future__ import annotations

import re

from verifier import __version__
from verifier.library import labels
from verifier.reports.evidence import findings, parts
from verifier.reports.latex.prose import escape, prose
from verifier.reports.latex.reasons import because
from verifier.reports.latex.statement import WIDTH, display, for_all, label_of, rows
from verifier.reports.versions import versions
from verifier.statements.latex import row_of
from verifier.statements.statement import Statement
from verifier.theorem import Link, Theorem
from verifier.verdicts import Result, Verdict

#: Before a label, what tells it from the words of which it is made.
_CITING = r"(?:(?<=\()|(?<=\b[Bb]y )|(?<= of )|(?<=\b[Ii]n )|(?<= from ))"


def theorem(subject: Theorem, result: Result, width: float = WIDTH) -> str:
    """The theorem, a mark that says what was checked, and the proof link by link."""
    statements = [*subject.statements().values(), *map(subject.link_statement, subject.proof)]
    own = {symbol.name for statement in statements for symbol in statement.variables}
    lines = [
        f"% {subject.label}: {result.verdict.value}, by pathway-verifier {__version__}",
        rf"\begin{{theorem}}[{prose(subject.title, own)}]\label{{{label_of(subject.label)}}}",
        rf"\verifierpages {_quantifier(subject)}",
        *display(_claim(subject, name, width) for name in subject.claims),
        r"\end{theorem}",
        mark(result, own),
        r"\begin{proof}\let\qed\relax",
        r"\verifierpages",
        _why(subject, own),
        *display(_link(subject, link, width) for link in subject.proof),
        r"\end{proof}",
    ]
    return "\n".join(lines) + "\n"


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


def _quantifier(subject: Theorem) -> str:
    quantifier = for_all(subject.statements().values(), subject.given)
    return f"{quantifier}:" if quantifier else ""


def _claim(subject: Theorem, name: str, width: float) -> list[str]:
    claim = subject.claims[name]
    row = row_of(claim if isinstance(claim, Statement) else Statement(claim))
    return rows(row, width, rf"\tag{{{escape(name)}}}\label{{{label_of(subject.label, name)}}}")


def _link(subject: Theorem, link: Link, width: float) -> list[str]:
    claim = subject.claims[link.name] if link.claim is None else Statement(link.claim, link.given)
    row = row_of(claim if isinstance(claim, Statement) else Statement(claim))
    end = r" \qedsymbol" * (link is subject.proof[-1])
    return rows(
        row, width, rf"\tag*{{\verifierwhy{{{because(link.by)}}}{{{escape(link.name)}}}{end}}}"
    )


def mark(result: Result, names: set[str]) -> str:
    """The verdict, what was checked, how, and with which versions."""
    said = ["rests on " + ", ".join(map(escape, result.trust))] if result.trust else []
    for part in parts(result):
        if part.name and part.verdict is not Verdict.PROVED:
            where = f" at {part.counterexample}" if part.counterexample else ""
            said.append(prose(f"({part.name}) is {part.verdict.value}{where}", names))
    said += [prose(line, names) for line in (*findings(result), *_reason(result))]
    said.append(f"by {escape(versions(result))}")
    name = rf"\verifiername{{{escape(result.name)}}}"
    return rf"\verifiermark{{{result.verdict.value}}}{{{name} {'; '.join(said)}.}}"


def _reason(result: Result) -> list[str]:
    return [f"because {result.reason}"] if result.reason else []


__all__ = ["mark", "theorem"]
