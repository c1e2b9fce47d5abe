"""LaTeX of whole statements: the claim, then its conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from verifier.statements.latex.boxes import Style, node_row
from verifier.statements.latex.chains import BIG, chained, in_line
from verifier.statements.layout import Piece, Row, around, flat, follow, led
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Term

NO_NAMES: Mapping[Relation, str] = MappingProxyType({})


def latex(node: Term | Relation | Statement, style: Style = Style.DISPLAY) -> str:
    """The LaTeX, for math mode, on one line."""
    return flat(row_of(node, style)).text


def displayed(node: Term | Relation | Statement) -> str:
    r"""The LaTeX as a notebook shows it: between dollars, as on a line of its own.

    >>> from verifier.statements.vocabulary import L
    >>> displayed(2 / L)
    '$\\displaystyle \\frac{2}{L}$'
    """
    return rf"$\displaystyle {latex(node)}$"


def below(lines: Iterable[str]) -> str:
    r"""Some formulas below one another, as a notebook shows them.

    >>> below(["a", "b"])
    '$\\begin{aligned} & a \\\\ & b \\end{aligned}$'
    """
    return r"$\begin{aligned} & " + r" \\ & ".join(lines) + r" \end{aligned}$"


def row_of(
    node: Term | Relation | Statement,
    style: Style = Style.DISPLAY,
    names: Mapping[Relation, str] = NO_NAMES,
    further: Iterable[Relation] = (),
    where: Iterable[Relation] = (),
) -> Row:
    r"""The LaTeX in pieces that stay whole, for `verifier.statements.layout.wrap`.

    Conditions that have `names` are printed as these, between parentheses; `further` ones follow,
    and at the end `where` says what letters stand for.

    >>> from verifier.statements.vocabulary import H, L
    >>> flat(row_of(Statement(H > 1, [L >= 2, L < H]), names={L < H: "i"})).text
    'H > 1 \\quad \\text{for } {\\textup{(i)}}, \\; {L \\ge 2}'
    """
    if not isinstance(node, Statement):
        return node_row(node, style)
    runs = _runs(node.given, names)
    called: list[Row] = [(Piece(rf"\textup{{{name}}}", 0.35 * len(name)),) for name in runs]
    spelt = chained([*(g for g in node.given if g not in names), *further])
    row = _listed(node_row(node.claim, style), "for", [*called, *spelt])
    return _listed(row, "where", [in_line(g) for g in where])


def _listed(row: Row, word: str, conditions: Sequence[Row]) -> Row:
    """A row with conditions after a word."""
    lead = before = rf"\quad \text{{{word} }} "
    width, depth = 1.4 + 0.5 * len(word), -2
    for i, condition in enumerate(conditions, 1):
        shown = _condition(condition, "," * (i < len(conditions)))
        row = follow(row, " " + before, width, shown, lead, depth)
        before, lead, width, depth = r"\; ", "{}", 0.5, 0
    return row


def _runs(given: Iterable[Relation], names: Mapping[Relation, str]) -> Iterator[str]:
    """The names of conditions in order, three or more that follow one another as a range."""
    places = sorted(place for place, known in enumerate(names) if known in set(given))
    shown = [f"({name})" for name in names.values()]
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        if len(run) > 2:
            yield f"{shown[run[0]]}--{shown[run[-1]]}"
        else:
            yield from (shown[place] for place in run)


def _condition(row: Row, comma: str) -> Row:
    """A condition in one piece, divided only where it fits no line."""
    whole = flat(row)
    small = r"\textstyle " if BIG.search(whole.text) else ""
    first, *rest = led(around(small, row, comma, 0.2), small)
    parts = (first, *(piece._replace(depth=piece.depth + 1) for piece in rest))
    (piece,) = around(f"{{{small}", (whole,), "}" + comma, 0.2)
    return (piece._replace(parts=parts),)


__all__ = ["below", "displayed", "latex", "row_of"]
