r"""Statements on lines of their own: for which values, then the formula, broken where it is long.

>>> from verifier.statements.vocabulary import H, L
>>> print(statement(Statement(H ** (2 / L - 1) < 1, [H >= 2, L >= 3])))
For all integers $H, L \ge 1$:
\begin{flalign*}
& \quad H^{2/L - 1} < 1 \quad \text{for } {H \ge 2}, \; {L \ge 3} &&
\end{flalign*}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from verifier.errors import NotationError
from verifier.reports.latex.conditions import MEMBERS
from verifier.statements.latex import chains, row_of
from verifier.statements.layout import Row, wrap
from verifier.statements.names import symbol_name
from verifier.statements.statement import Statement
from verifier.statements.terms import Domain, Relation, Symbol

WIDTH = 39.0  # em: how wide a line may be
SET_IN = 1.0  # em by which formulas are set in
MANY = 5  # variables; a longer list may be broken


def statement(subject: Statement, width: float = WIDTH) -> str:
    """The statement as a paragraph with a display."""
    quantifier = for_all([subject])
    lead = f"{quantifier}:" if quantifier else "It is claimed that"
    return "\n".join([lead, *display([rows(row_of(subject), width)])])


def for_all(statements: Iterable[Statement], given: Iterable[Relation] = ()) -> str:
    """`For all` values of the variables of some statements, `such that` what they have given.

    Empty where there is no variable.
    """
    return for_all_of({s for statement in statements for s in statement.variables}, given)


def for_all_of(symbols: Iterable[Symbol], given: Iterable[Relation] = ()) -> str:
    """The same of some variables."""
    groups = domains_of(symbols)
    hypotheses = ", ".join(inline(piece.text) for piece in chains(given))
    such_that = f", such that {hypotheses}" if hypotheses else ""
    return ("For all " + ", all ".join(groups) + such_that) if groups else ""


def domains_of(symbols: Iterable[Symbol]) -> list[str]:
    """The domains of some variables, integers first, each with its variables.

    Raises:
        NotationError: two variables would be printed alike.
    """
    groups: dict[Domain, list[str]] = {}
    named: dict[str, str] = {}
    ordered = sorted(symbols, key=lambda s: (s.name.lower(), s.name, s.arity))
    for symbol in ordered:
        groups.setdefault(symbol.domain, []).append(_symbol(symbol))
        other = named.setdefault(symbol_name(symbol.name), symbol.name)
        if other != symbol.name:
            raise NotationError(
                f"{other} and {symbol.name} would be printed alike", "rename one of the two"
            )
    for family in (s for s in ordered if s.arity):
        for printed, name in named.items():
            if printed.startswith(symbol_name(family.name) + "_{"):
                cause = f"{name} and a member of {family} would be printed alike"
                raise NotationError(cause, "rename one of the two")
    order = sorted(groups, key=lambda d: (not d.integer, repr(d)))
    return [_domain(domain, groups[domain]) for domain in order]


def _symbol(symbol: Symbol) -> str:
    index = ",".join(map(symbol_name, MEMBERS[: symbol.arity]))
    return symbol_name(symbol.name) + (f"_{{{index}}}" if index else "")


def _domain(domain: Domain, symbols: list[str]) -> str:
    kind = "integers" if domain.integer else "real"
    bound = ""
    if domain.lower is not None:
        bound = (" > " if domain.strict else r" \ge ") + str(domain.lower)
    listed = r",\allowbreak ".join([", ".join(symbols[:MANY]), *symbols[MANY:]])
    return f"{kind} ${listed}{bound}$"


def label_of(*names: str) -> str:
    """The label for references: ours, without what LaTeX may not like there."""
    return "/".join(re.sub(r"[^A-Za-z0-9:/.-]+", "-", name) for name in names)


def inline(formula: str) -> str:
    """A formula within a line, which may be broken between factors."""
    return "$" + formula.replace(r"\, ", r"\,\allowbreak ") + "$"


def display(groups: Iterable[Sequence[str]]) -> Iterator[str]:
    """Groups of lines below one another; no page ends after the first or before the last of one."""
    yield r"\begin{flalign*}"
    yield " \\\\[1ex]\n".join(map(_together, groups))
    yield r"\end{flalign*}"


def _together(lines: Sequence[str]) -> str:
    shown = lines[0]
    for place, line in enumerate(lines[1:], 1):
        end = r"\\*" if place in (1, len(lines) - 1) else r"\\"
        shown += f" {end}\n{line}"
    return shown


def rows(row: Row, width: float, tag: str = "") -> list[str]:
    """The lines of a formula; beside the last one, or below it, its tag."""
    lines = wrap(row, width - SET_IN)
    shown = [f"& {_indent(number)} {line.text} &&" for number, line in enumerate(lines)]
    return [*shown[:-1], shown[-1] + (f" {tag}" if tag else "")]


def _indent(number: int) -> str:
    return r"\quad" if number == 0 else r"\qquad\quad"


__all__ = [
    "WIDTH", "display", "domains_of", "for_all", "for_all_of", "inline", "label_of", "rows",
    "statement",
]  # fmt: skip
