"""Theorems with their proofs, printed from the objects that were judged."""

from __future__ import annotations

import re

from verifier import __version__
from verifier.reports.evidence import findings, parts
from verifier.reports.latex.prose import escape, prose
from verifier.reports.latex.reasons import because
from verifier.reports.latex.statement import WIDTH, display, for_all, rows
from verifier.reports.versions import versions
from verifier.statements.latex import row_of
from verifier.statements.statement import Statement
from verifier.theorem import Link, Theorem
from verifier.verdicts import Result, Verdict

_NO_LABEL = re.compile(r"[^A-Za-z0-9:/.-]+")


def theorem(subject: Theorem, result: Result, width: float = WIDTH) -> str:
    """The theorem, a mark that says what was checked, and the proof link by link."""
    statements = [*subject.statements().values(), *map(subject.link_statement, subject.proof)]
    own = {symbol.name for statement in statements for symbol in statement.variables}
    lines = [
        f"% {subject.label}: {result.verdict.value}, by pathway-verifier {__version__}",
        rf"\begin{{theorem}}[{prose(subject.title, own)}]\label{{{_label(subject.label)}}}",
        rf"\verifierpages {_quantifier(subject)}",
        *display(_claim(subject, name, width) for name in subject.claims),
        r"\end{theorem}",
        mark(result, own),
        r"\begin{proof}\let\qed\relax",
        r"\verifierpages",
        prose(subject.why, own),
        *display(_link(subject, link, width) for link in subject.proof),
        r"\end{proof}",
    ]
    return "\n".join(lines) + "\n"


def _label(*names: str) -> str:
    return "/".join(_NO_LABEL.sub("-", name) for name in names)


def _quantifier(subject: Theorem) -> str:
    quantifier = for_all(subject.statements().values(), subject.given)
    return f"{quantifier}:" if quantifier else ""


def _claim(subject: Theorem, name: str, width: float) -> list[str]:
    claim = subject.claims[name]
    row = row_of(claim if isinstance(claim, Statement) else Statement(claim))
    return rows(row, width, rf"\tag{{{escape(name)}}}\label{{{_label(subject.label, name)}}}")


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
    return rf"\verifiermark{{{result.verdict.value}}}{{{'; '.join(said)}.}}"


def _reason(result: Result) -> list[str]:
    return [f"because {result.reason}"] if result.reason else []


__all__ = ["mark", "theorem"]
