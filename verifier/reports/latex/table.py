"""Verdicts in a table that runs over pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.reports.evidence import Part, parts
from verifier.reports.latex.prose import escape, prose
from verifier.reports.latex.statement import WIDTH, domains_of, label_of
from verifier.reports.versions import versions
from verifier.statements.latex import Style, row_of
from verifier.statements.layout import wrap
from verifier.verdicts import Result, assignment

STATEMENTS = 0.79  # the width of the first column, of all
VERDICTS = 0.17


def table(results: Iterable[Result], width: float = WIDTH) -> str:
    """A table of verdicts: each statement with its conditions and domain, and what it rests on."""
    by = rf"{{\footnotesize Checked by {escape(versions())}.}}"
    return "\n".join(
        [
            r"{\small",
            rf"\begin{{longtable}}{{@{{}}p{{{STATEMENTS}\linewidth}}>{{\raggedright\arraybackslash}}"
            rf"p{{{VERDICTS}\linewidth}}@{{}}}}",
            r"\toprule",
            r"Statement & Verdict \\",
            r"\midrule",
            r"\endhead",
            r"\bottomrule",
            r"\endfoot",
            r"\bottomrule",
            rf"\multicolumn{{2}}{{@{{}}l@{{}}}}{by} \\",
            r"\endlastfoot",
            " \\addlinespace\n".join("\n".join(_result(r, width)) for r in results),
            r"\end{longtable}}",
        ]
    )


def overview(results: Iterable[Result]) -> str:
    """The theorems of a document, each with its verdict and its page."""
    rows = [
        rf"\ref{{{label_of(r.name)}}} & {prose(r.title)} & \verifiername{{{escape(r.name)}}}"
        rf" & {r.verdict.value} & \pageref{{{label_of(r.name)}}} \\"
        for r in results
    ]
    return "\n".join(
        [
            r"\newcolumntype{P}[1]{>{\raggedright\arraybackslash}p{#1\linewidth}}",
            r"{\small\begin{longtable}{@{}rP{0.5}P{0.24}lr@{}}",
            r"\toprule",
            r"& Theorem & Label & Verdict & Page \\",
            r"\midrule",
            r"\endhead",
            r"\bottomrule",
            r"\endfoot",
            *rows,
            r"\end{longtable}}",
        ]
    )


def _result(result: Result, width: float) -> Iterator[str]:
    names = {symbol.name for s in result.statements for symbol in s.variables}
    title = f": {prose(result.title, names)}" if result.title else ""
    verdict = rf"\textbf{{{result.verdict.value}}}{_at(assignment(result.counterexample), names)}"
    head = rf"\verifiername{{{escape(result.name)}}}{title}"
    shown = parts(result)
    below = [_part(part, width) for part in shown if not part.name]
    if result.reason:
        below.append(prose(result.reason, names))
    if result.trust:
        below.append("rests on " + ", ".join(map(escape, result.trust)))
    named = [part for part in shown if part.name]
    end = r"\\*[0.5ex]" if named else r"\\"  # no page ends after a title
    yield r" \newline ".join([head, *below]) + f" & {verdict} {end}"
    for part in named:
        verdict = part.verdict.value + _at(part.counterexample, names)
        end = r"\\" if part is named[-1] else r"\\[0.5ex]"
        yield rf"({escape(part.name)}) \newline {_part(part, width)} & {verdict} {end}"


def _at(counterexample: str, names: Iterable[str]) -> str:
    return f" at {prose(counterexample, set(names))}" if counterexample else ""


def _part(part: Part, width: float) -> str:
    """The formula on as many lines as it needs, then the domain of its variables."""
    lines = wrap(row_of(part.statement, Style.INLINE), STATEMENTS * width)
    shown = [
        r"\hspace*{1em}" * (number > 0) + f"${line.text}$" for number, line in enumerate(lines)
    ]
    domain = "; ".join(domains_of(part.statement.variables))
    return r" \newline ".join([*shown, *([rf"for all {domain}"] if domain else [])])


__all__ = ["overview", "table"]
