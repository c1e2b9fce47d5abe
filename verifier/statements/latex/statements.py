"""LaTeX of whole statements: the claim, then its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from verifier.statements.latex.boxes import RELATIONS, Style, node_row
from verifier.statements.layout import Piece, Row, around, flat, follow, led
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Term

NARROW = 10.0  # em; what is no wider needs no fractions
NO_NAMES: Mapping[Relation, str] = MappingProxyType({})
_BIG = re.compile(r"\\(?:sum|prod)_")
_UPWARDS = {"<": "<", "<=": "<=", ">": "<", ">=": "<="}


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
    spelt = _chained([*(g for g in node.given if g not in names), *further])
    row = _listed(node_row(node.claim, style), "for", [*called, *spelt])
    return _listed(row, "where", [_in_line(g) for g in where])


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
    small = r"\textstyle " if _BIG.search(whole.text) else ""
    first, *rest = led(around(small, row, comma, 0.2), small)
    parts = (first, *(piece._replace(depth=piece.depth + 1) for piece in rest))
    (piece,) = around(f"{{{small}", (whole,), "}" + comma, 0.2)
    return (piece._replace(parts=parts),)


def chains(relations: Iterable[Relation]) -> list[Piece]:
    r"""Relations for running text, those that continue one another joined.

    >>> from verifier.statements.vocabulary import H, k
    >>> [piece.text for piece in chains([1 <= k, k <= H, H >= 2])]
    ['1 \\le k \\le H', 'H \\ge 2']
    """
    return [flat(row) for row in _chained(relations)]


def _chained(relations: Iterable[Relation]) -> list[Row]:
    found: list[Row] = []
    before: Relation | None = None
    for relation in relations:
        upper = _upper(before) if before is not None else None
        if before is not None and upper is relation.lhs and relation.op in ("<", "<="):
            turned = before.op[0] == ">"
            start = node_row(_upwards(before), Style.INLINE) if turned else found[-1]
            mark = f" {RELATIONS[relation.op]} "
            end = node_row(relation.rhs, Style.INLINE)
            found[-1] = follow(start, mark, Style.INLINE.relation, end, depth=-1)
        else:
            found.append(_in_line(relation))
        before = relation
    return found


def _in_line(relation: Relation) -> Row:
    """A relation as in running text; with fractions, where slashes would make it much wider."""
    slashed, upright = (node_row(relation, style) for style in (Style.INLINE, Style.DISPLAY))
    text, width = flat(slashed)[:2]
    much = width > NARROW and flat(upright).width < 0.8 * width and not _BIG.search(text)
    return upright if much else slashed


def _upper(relation: Relation) -> Term | None:
    return _upwards(relation).rhs if relation.op in _UPWARDS else None


def _upwards(relation: Relation) -> Relation:
    """The relation with the larger side on the right."""
    turned = relation.op[0] == ">"
    sides = (relation.rhs, relation.lhs) if turned else (relation.lhs, relation.rhs)
    return Relation(_UPWARDS[relation.op], *sides)


__all__ = ["Style", "below", "chains", "displayed", "latex", "row_of"]
