"""Statements, results, theorems, spectra and networks as HTML, for notebooks.

Formulas are LaTeX between dollars, printed from the object; all else is escaped, for HTML and for
MathJax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from verifier.reports.evidence import parts, remarks
from verifier.reports.latex.conditions import Variables
from verifier.reports.latex.statement import for_all_of
from verifier.statements.latex import row_of
from verifier.statements.layout import Row, wrap
from verifier.statements.names import symbol_name
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Symbol, Term
from verifier.verdicts import Result, Verdict

if TYPE_CHECKING:
    from verifier.closed_forms.spectrum import Spectrum
    from verifier.theorem import Theorem

WIDTH = 40.0  # em, at which a formula is broken
COLOURS = {
    Verdict.PROVED: "#1a7f37", Verdict.ENCLOSED: "#1a7f37", Verdict.SUPPORTED: "#9a6700",
    Verdict.REFUTED: "#cf222e", Verdict.VACUOUS: "#8250df", Verdict.UNDECIDED: "#9a6700",
    Verdict.ERROR: "#cf222e",
}  # fmt: skip
_CELL = "text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; border: none"
_BADGE = "color: white; border-radius: 0.3em; padding: 0.1em 0.5em; font-weight: bold; background: "


def plain(text: object) -> str:
    r"""Text in which neither HTML nor MathJax finds anything of its own.

    >>> plain("<b> & $x$")
    '&lt;b&gt; &amp; <span>$</span>x<span>$</span>'
    """
    shown = escape(str(text))
    return shown.replace("\\", "<span>\\</span>").replace("$", "<span>$</span>")


def formula(node: Term | Relation | Statement) -> str:
    r"""The formula of an object, on as many lines as it needs.

    >>> from verifier.statements.vocabulary import H, L
    >>> formula(H ** (2 / L - 1) < 1)
    '$\\displaystyle H^{2/L - 1} &lt; 1$'
    """
    return _displayed(row_of(node))


def statement(subject: Statement) -> str:
    """A statement with its conditions and the domains of its variables."""
    where, (shown,) = _stated([subject])
    return f"<div>{where}{shown}</div>"


def result(subject: Result) -> str:
    """A verdict with what was judged and the evidence for it."""
    shown = parts(subject)
    where, stated = _stated(part.statement for part in shown)
    rows = []
    for part, formula_of_it in zip(shown, stated, strict=True):
        at = f"<br>counterexample: {_code(part.counterexample)}" if part.counterexample else ""
        own = [badge(part.verdict), plain(part.name)] if part.name else []
        rows.append([*own, formula_of_it + at])
    title = f" {plain(subject.title)}" if subject.title else ""
    head = f"{badge(subject.verdict)} <b>{plain(subject.name)}</b>{title}"
    return (
        f"<div><div>{head} <small>{subject.seconds:.2f} s</small></div>"
        f"{where}{_table(rows)}{_list(remarks(subject))}</div>"
    )


def theorem(subject: Theorem) -> str:
    """A theorem as it is written, claims and proof; whether it is proved only `check` can say."""
    where, stated = _stated(subject.statements().values(), subject.given)
    claims = zip(map(plain, subject.claims), stated, strict=True)
    links = [
        [plain(link.name), formula(_of_link(subject, link.name)), plain(link.by)]
        for link in subject.proof
    ]
    return (
        f"<div><div><b>{plain(subject.title)}</b> <small>{plain(subject.label)}</small></div>"
        f"{where}{_table(claims)}"
        f"<details><summary>proof, {len(links)} links</summary><p>{plain(subject.why.strip())}</p>"
        f"{_table(links)}</details></div>"
    )


def spectrum(found: Spectrum) -> str:
    """The eigenvalues with their multiplicities, and the formula that they are values of."""
    from verifier.reports.spectrum import pairs

    rows = [
        [
            plain(e.decimal if e.value is None else e.value),
            str(e.multiplicity),
            plain(pairs(e.pairs)),
            formula(e.formula),
        ]
        for e in found.eigenvalues
    ]
    head = ["Eigenvalue", "Multiplicity", "Modes (i, j)", "Formula"]
    notes = _list([f"{found.minimum.parameters} parameters", *map(str, found.notes)])
    return f"<div><div>{formula(_NAME == found.formula)}</div>{_table(rows, head)}{notes}</div>"


def properties(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """What an object is like: names, and values that are HTML already."""
    return f"<div><b>{plain(title)}</b>{_table([plain(name), value] for name, value in rows)}</div>"


def expression(value: Any) -> str:
    """A SymPy expression, or a number, as a formula."""
    return f"$\\displaystyle {escape(sympy_latex(value))}$"


def sympy_latex(value: Any) -> str:
    r"""The LaTeX of a SymPy expression, its symbols written as those of the statements are.

    >>> import sympy
    >>> sympy_latex(sympy.Symbol("w_1_2") ** 2)
    'w_{1,2}^{2}'
    """
    import sympy

    shown = sympy.sympify(value)
    names = {s: symbol_name(s.name) for s in shown.free_symbols}
    return str(sympy.latex(shown, symbol_names=names, fold_frac_powers=True))


def times(count: int) -> str:
    """How often, in words.

    >>> times(1), times(4)
    ('once', '4 times')
    """
    return "once" if count == 1 else f"{count} times"


def badge(verdict: Verdict) -> str:
    """The verdict, in its colour."""
    return f'<span style="{_BADGE}{COLOURS[verdict]}">{verdict.value}</span>'


_NAME = Symbol("lambda_i_j")


def _of_link(subject: Theorem, name: str) -> Relation | Statement:
    link = subject.link(name)
    if link.claim is None:
        return subject.link_statement(link).claim
    return Statement(link.claim, link.given) if link.given else link.claim


def _stated(
    statements: Iterable[Statement], given: Sequence[Relation] = ()
) -> tuple[str, list[str]]:
    """For which values some statements are made, what is `given` to all said once; and each."""
    several = list(statements)
    variables = Variables(several)
    where = for_all_of(variables.of(several), given)
    shown = []
    for statement in several:
        own = Statement(statement.claim, [g for g in statement.given if g not in given])
        shown.append(_displayed(row_of(own, further=variables.bounds(statement))))
    return f"<div><small>{escape(where)}:</small></div>" if where else "", shown


def _displayed(row: Row) -> str:
    first, *rest = (line.text for line in wrap(row, WIDTH))
    if rest:
        lines = r" \\ ".join([f"& {first}", *(rf"& \qquad {line}" for line in rest)])
        first = rf"\begin{{aligned}} {lines} \end{{aligned}}"
    return f"$\\displaystyle {escape(first)}$"


def _code(text: str) -> str:
    return f"<code>{plain(text)}</code>"


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{plain(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _table(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    """A table of cells that are HTML already."""
    lines = [f"<tr>{''.join(_cells('th', head))}</tr>"] if head else []
    lines += [f"<tr>{''.join(_cells('td', row))}</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>" if lines else ""


def _cells(tag: str, cells: Iterable[str]) -> Iterator[str]:
    return (f'<{tag} style="{_CELL}">{cell}</{tag}>' for cell in cells)
