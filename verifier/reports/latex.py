"""Theorems with their proofs in LaTeX, printed from the objects that were judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier import __version__
from verifier.reasons import AddingUp, Cases, Contraposition, Of, Step
from verifier.reports.evidence import findings
from verifier.reports.prose import escape, prose
from verifier.statements.latex import Style, chains, latex, row_of
from verifier.statements.layout import INDENT, Piece, Row, wrap
from verifier.statements.names import symbol_name
from verifier.statements.statement import Statement
from verifier.statements.terms import Domain, Symbol
from verifier.theorem import Link, Reason, Theorem
from verifier.verdicts import Result

WIDTH = 41.0  # em: the text width of the document that `document` makes
SET_IN = 1.0  # em by which formulas are set in
MEMBERS = ("h", "l", "i", "j")  # the indices that a family is shown with

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,amsthm}
\allowdisplaybreaks
\newtheorem{theorem}{Theorem}
\emergencystretch=3em
"""

NOTATION = r"""\paragraph{Setting and notation.}
A network has $H$ pathways; pathway $h$ is a product of scalar weights $w_{h,1}, \dots, w_{h,L_h}$,
and $L$ stands for a common depth.  The output is $f = \sum_h \prod_l w_{h,l}$ and the loss
$\frac{1}{2} (f - \sigma)^2$.  At an allocation the output is $\sigma$ and the share of a pathway is
spread evenly over its layers: $\text{single path}$ gives all of $\sigma$ to the first pathway,
$\text{shared}(k)$ an equal share to each of the first $k$, $\text{balanced}$ to each of the $H$
pathways, $\text{split}(s)$ the share $s_h$ to pathway $h$; $\text{weights}(w)$ are any weights.
$\mathcal{H}_{h,l,i,j}(\cdot)$ is the second derivative of the loss by $w_{h,l}$ and $w_{i,j}$, and
$\lambda_{\max}(\cdot)$, the sharpness, is the largest eigenvalue of that Hessian.  What follows a
semicolon replaces a variable: $\lambda_{\max}(\text{balanced}; L \mapsto L + 1)$, or a common depth
by depths that may differ: $L \mapsto L_{\bullet}$.  A bracket $[h \le k]$ is $1$ where the
condition holds, else $0$.  Empty sums are $0$, empty products are $1$, and $0^0 = 1$.
"""


def document(theorems: Iterable[str]) -> str:
    """A whole document that shows some theorems (as `theorem` prints them)."""
    title = rf"\title{{Theorems checked by \texttt{{pathway-verifier}} {escape(__version__)}}}"
    head = [PREAMBLE, title, r"\author{}", r"\date{}", r"\begin{document}", r"\maketitle"]
    return "\n".join([*head, NOTATION, *theorems, r"\end{document}"])


def theorem(subject: Theorem, result: Result) -> str:
    """The theorem, its proof link by link, and a line that says what was checked."""
    own = {name for s in subject.statements().values() for name in _names(s)}
    own |= {name for ln in subject.proof for name in _names(subject.link_statement(ln))}
    lines = [
        f"% {subject.label}: {result.verdict.value}, by pathway-verifier {__version__}",
        rf"\begin{{theorem}}[{prose(subject.title, own)}]\label{{thm:{subject.label}}}",
        _quantifier(subject),
        *_display(_claim(subject, name) for name in subject.claims),
        r"\end{theorem}",
        r"\begin{proof}",
        prose(subject.why, own),
        *(line for link in subject.proof for line in _link(subject, link)),
        r"\end{proof}",
        _mark(result),
    ]
    return "\n".join(lines) + "\n"


def _names(statement: Statement) -> Iterator[str]:
    return (symbol.name for symbol in statement.variables)


def _quantifier(subject: Theorem) -> str:
    """For which values the theorem is stated."""
    groups: dict[Domain, list[str]] = {}
    symbols = {s for statement in subject.statements().values() for s in statement.variables}
    for symbol in sorted(symbols, key=lambda s: (s.name.lower(), s.arity)):
        groups.setdefault(symbol.domain, []).append(_symbol(symbol))
    order = sorted(groups, key=lambda d: (not d.integer, repr(d)))
    given = "".join(f", {_inline(piece.text)}" for piece in chains(subject.given))
    hypotheses = f", such that {given.removeprefix(', ')}" if given else ""
    return "For all " + ", all ".join(_domain(d, groups[d]) for d in order) + hypotheses + ":"


def _symbol(symbol: Symbol) -> str:
    index = "_{" + ",".join(MEMBERS[: symbol.arity]) + "}" if symbol.arity else ""
    return symbol_name(symbol.name) + index


def _domain(domain: Domain, symbols: list[str]) -> str:
    kind = "integers" if domain.integer else "real"
    bound = ""
    if domain.lower is not None:
        bound = (" > " if domain.strict else r" \ge ") + str(domain.lower)
    return f"{kind} ${', '.join(symbols)}{bound}$"


def _claim(subject: Theorem, name: str) -> tuple[str, Row]:
    claim = subject.claims[name]
    statement = claim if isinstance(claim, Statement) else Statement(claim)
    return name, row_of(statement)


def _display(rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    """Rows below one another, each with its name at the margin where it has one."""
    yield r"\begin{flalign*}"
    yield " \\\\[1ex]\n".join(" \\\\*\n".join(_rows(name, row)) for name, row in rows)
    yield r"\end{flalign*}"


def _rows(name: str, row: Row) -> Iterator[str]:
    lines = wrap(row, WIDTH - SET_IN)
    tag = f" \\tag{{{escape(name)}}}" if name else ""
    used = lines[-1].width + SET_IN + INDENT * (len(lines) > 1)
    if name and used + 0.48 * len(name) + 1.5 > WIDTH:
        lines.append(Piece("", 0))  # the name gets a line of its own
    for number, line in enumerate(lines, 1):
        indent = r"\quad" if number == 1 else r"\qquad\quad"
        yield f"& {indent} {line.text} &&{tag if number == len(lines) else ''}"


def _link(subject: Theorem, link: Link) -> Iterator[str]:
    if link.claim is None:
        name, row = _claim(subject, link.name)
        of_theorem = " of the theorem"
    else:
        name, row, of_theorem = link.name, row_of(link.claim), ""
    conditions = ", ".join(_inline(piece.text) for piece in chains(link.given))
    where = f" For {conditions}, by" if conditions else " By"
    yield ""
    yield rf"\medskip\noindent\textsf{{{escape(name)}}}{of_theorem}.{where} {_reason(link.by)}:"
    yield from _display([("", row)])


def _inline(formula: str) -> str:
    """A formula within a line, which may be broken between factors."""
    return "$" + formula.replace(r"\, ", r"\,\allowbreak ") + "$"


def _reason(reason: Reason | Of | str) -> str:
    """A reason in words; what it names are links before, or claims of other theorems."""
    match reason:
        case Step(premises=premises, words=words):
            cited = " and ".join(map(_reason, premises))
            return escape(words) + (f" from {cited}" if cited else "")
        case Cases(on=on, where=where, elsewhere=elsewhere):
            yes, no = (latex(r, Style.INLINE) for r in (on, on.negation))
            return (
                f"cases: if {_inline(yes)}, {_reason(where)}; "
                f"if {_inline(no)}, {_reason(elsewhere)}"
            )
        case Contraposition(premise=premise):
            return f"otherwise {_reason(premise)} contradicts what is given"
        case AddingUp(member=member, head="Product"):
            return f"multiplying up {_reason(member)}"
        case AddingUp(member=member, strict=strict):
            return f"adding up {_reason(member)}" + (
                f", strict by {_reason(strict)}" if strict else ""
            )
        case Of(name=name, values=values) if values:
            pairs = (rf"{_family(s)} = {latex(v, Style.INLINE)}" for s, v in values.items())
            return f"{_reason(name)} with " + ", ".join(map(_inline, pairs))
        case Of(name=name):
            return _reason(name)
        case str() if "/" in reason:
            label, _, claim = reason.partition("/")
            return rf"\textsf{{{escape(claim)}}} of theorem \textsf{{{escape(label)}}}"
        case str():
            return rf"\textsf{{{escape(reason)}}}"
    return escape(str(reason))


def _family(symbol: Symbol) -> str:
    return symbol_name(symbol.name) + (r"_{\bullet}" if symbol.arity else "")


def _mark(result: Result) -> str:
    """What was checked, and how."""
    said = [rf"\textbf{{{result.verdict.value}}}"]
    if result.trust:
        said.append("rests on " + ", ".join(map(escape, result.trust)))
    said += [prose(line) for line in findings(result)]
    if result.reason:
        said.append(escape(result.reason))
    by = rf"Checked by \texttt{{pathway-verifier}} {escape(__version__)}: "
    return rf"\par\noindent{{\small {by}{'; '.join(said)}.\par}}" + "\n\\bigskip"


__all__ = ["document", "theorem"]
