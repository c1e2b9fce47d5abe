r"""LaTeX of terms, relations and statements.

>>> from verifier.statements.vocabulary import H, L
>>> latex(H ** (2 / L - 1) < 1)
'H^{2/L - 1} < 1'
"""

from __future__ import annotations

from collections.abc import Iterable

from verifier.statements.latex_terms import RELATIONS, Style, node_row
from verifier.statements.layout import Piece, Row, around, flat, follow
from verifier.statements.statement import Statement
from verifier.statements.terms import Relation, Term

WIDEST_CONDITION = 18.0  # em; a wider one may be broken
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


def row_of(node: Term | Relation | Statement, style: Style = Style.DISPLAY) -> Row:
    """The LaTeX in pieces that stay whole, for `verifier.statements.layout.wrap`."""
    if not isinstance(node, Statement):
        return node_row(node, style)
    row = node_row(node.claim, style)
    lead = before = r"\quad \text{for } "
    width, depth = 2.8, -2
    conditions = _chained(node.given)
    for i, condition in enumerate(conditions, 1):
        shown = _condition(condition, "," * (i < len(conditions)))
        row = follow(row, " " + before, width, shown, lead, depth)
        before, lead, width, depth = r"\; ", "{}", 0.5, 0
    return row


def _condition(row: Row, comma: str) -> Row:
    """A condition in one piece, unless it is too wide for that."""
    whole = flat(row)
    small = r"\textstyle " if r"\sum" in whole.text else ""
    first, *rest = around(small, row, comma, 0.2)
    parts = (first, *(p._replace(lead=small + p.lead, depth=p.depth + 1) for p in rest))
    if whole.width > WIDEST_CONDITION:
        return parts
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
            found[-1] = follow(start, mark, 1.5, end, "{}" + mark, -1)
        else:
            found.append(node_row(relation, Style.INLINE))
        before = relation
    return found


def _upper(relation: Relation) -> Term | None:
    return _upwards(relation).rhs if relation.op in _UPWARDS else None


def _upwards(relation: Relation) -> Relation:
    """The relation with the larger side on the right."""
    turned = relation.op[0] == ">"
    sides = (relation.rhs, relation.lhs) if turned else (relation.lhs, relation.rhs)
    return Relation(_UPWARDS[relation.op], *sides)


__all__ = ["Style", "below", "chains", "displayed", "latex", "row_of"]
