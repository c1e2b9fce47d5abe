"""What speaks of networks: members of families, products of layers, sharpness and the Hessian."""

from __future__ import annotations

from verifier.statements.latex.boxes import (
    ATOM,
    POWER,
    PRODUCT,
    SMALL,
    Box,
    Style,
    bracket,
    index,
    listed,
    node_row,
    printed,
    prints,
    within,
)
from verifier.statements.layout import Piece, around, enclosed, ended, flat, follow
from verifier.statements.substitution import fresh, member, substitute
from verifier.statements.terms import INTEGER, Apply, Symbol, Term
from verifier.statements.vocabulary import H, L, sigma


@prints("[]")
def _member(term: Apply, style: Style) -> Box:
    family, *indices = term.args
    name = flat(within(printed(family, style), ATOM, style))
    place = index(indices)
    return Box((Piece(f"{_base(name)}_{{{place.text}}}", name.width + SMALL * place.width),), ATOM)


def _base(name: Piece) -> str:
    return f"{{{name.text}}}" if "_" in name.text else name.text


@prints("chain")
def _product_of_layers(term: Apply, style: Style) -> Box:
    """An entry of a product of matrices, the last layer first."""
    layers, first, last, row, column, _ = term.args
    place = index([row, column])
    inside = _layers(layers, first, last, style)
    height = min(2, inside.height, style)
    shown = ended(enclosed(inside.row, height), f"_{{{place.text}}}", SMALL * place.width)
    return Box(shown, ATOM, height)


def _layers(layers: Term, first: Term, last: Term, style: Style) -> Box:
    """The product: by the first and the last of its matrices, or by every matrix."""
    if not isinstance(layers, Apply):
        layer, a, b = (Symbol(name, INTEGER) for name in "lab")
        body = member(layers, (layer, a, b))
    else:
        taken = {symbol.name for symbol in first.free | last.free | layers.free}
        layer, a, b = (fresh(s, taken) if s.name in taken else s for s in layers.args[:-1])
        body = member(layers, (layer, a, b))
    matrix = _matrix(body, a, b)
    if matrix is not None and _is_name(matrix) and layer in matrix.free:
        ends = (substitute(matrix, {layer: end}) for end in (last, first))
        above, below = (flat(printed(end, style).row) for end in ends)
        if first is last:
            return Box((below,), ATOM)
        width = above.width + below.width + 1.7
        return Box((Piece(rf"{above.text} \cdots {below.text}", width),), PRODUCT)
    lowest, highest = (flat(node_row(node, Style.SCRIPT)) for node in (layer == first, last))
    sign = rf"\overleftarrow{{\prod}}_{{{lowest.text}}}^{{{highest.text}}} "
    width = 1.2 + SMALL * max(lowest.width, highest.width)
    if matrix is not None:
        box = printed(matrix, style)
        factor, height = within(box, PRODUCT, style), box.height
    else:
        entries = printed(body, style)
        factor, height = (
            ended(bracket(entries, style), f"_{{{index([a, b]).text}}}", 1.0),
            entries.height,
        )
    front = follow((Piece(sign, width),), "", 0.0, factor[:1], "{}", depth=4)
    joined, *rest = around(sign, factor, "", width)
    return Box((joined._replace(parts=front), *rest) if rest else (joined,), PRODUCT, height)


def _matrix(entry: Term, row: Symbol, column: Symbol) -> Term | None:
    """The matrix of some entries, as a term without the places; None where it has no name.

    A family is then the name of its matrices: `W[h, l, a, b]` is an entry of `W[h, l]`.
    """
    if not isinstance(entry, Apply):
        return None
    if entry.head == "[]":
        family, *indices = entry.args
        *others, above, beside = indices if len(indices) > 1 else [family] * 3
        placed = above is row and beside is column
        if not placed or any({row, column} & other.free for other in others):
            return None
        name = Symbol(family.name, family.domain, len(others))
        return name[tuple(others)] if others else name
    if entry.head in ("+", "-", "neg"):
        parts = [_matrix(part, row, column) for part in entry.args]
        named = [part for part in parts if part is not None]
        return Apply(entry.head, *named) if len(named) == len(parts) else None
    if entry.head == "*":
        for matrix, scale in (entry.args, entry.args[::-1]):
            found = _matrix(matrix, row, column)
            if found is not None and not {row, column} & scale.free:
                return Apply("*", scale, found)
    return None


def _is_name(matrix: Term) -> bool:
    return isinstance(matrix, Symbol) or (isinstance(matrix, Apply) and matrix.head == "[]")


@prints("sharpness", "hessian")
def _at_allocation(term: Apply, style: Style) -> Box:
    """Sharpness, or an entry of the Hessian: where, then what replaces H, L and sigma."""
    allocation, pathways, depth, target, *indices = term.args
    around_it, style = style, Style(min(style, Style.INLINE))
    height = max(printed(t, style).height for t in (allocation, pathways, depth, target))
    row = printed(allocation, style).row
    mark = ";"
    for own, value in ((H, pathways), (L, depth), (sigma, target)):
        if value is not own:
            shown = listed([own, value], style, r" \mapsto ", 1.6)
            if isinstance(value, Symbol) and value.arity:  # a depth for each pathway
                shown = ended(shown, r"_{\bullet}", 0.5)
            row = follow(ended(row, mark, 0.5), " ", 0.0, shown, "{}", depth=1)
            mark = ","
    name = r"\lambda_{\max}"
    if indices:
        name = rf"\mathcal{{H}}_{{{index(indices).text}}}"
    row = enclosed(row, min(height, around_it))
    return Box(around(name, row, "", 2.2 + 0.6 * len(indices)), POWER, height)
