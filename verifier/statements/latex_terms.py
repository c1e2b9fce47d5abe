r"""LaTeX of terms and relations, by a visitor over the tree.

A term is printed as a row of pieces between which a line may be broken.  Parentheses have fixed
sizes (`\Bigl`), because `\left...\right` cannot be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from verifier.statements.layout import Piece, Row, around, enclosed, ended, flat, follow, glue
from verifier.statements.names import name_width, symbol_name
from verifier.statements.substitution import fresh, member
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import H, L, sigma

RELATIONS = {"<": "<", "<=": r"\le", "==": "=", "!=": r"\ne", ">=": r"\ge", ">": ">"}
WIDEST_FRACTION = 22.0  # em; a wider one is written with a slash, so that it can be broken
SMALL = 0.62  # the size of exponents and indices

_LAMBDA, _SUM, _RATIO, _PRODUCT, _POWER, _ATOM = range(6)  # how tightly a term holds together
_FUNCTIONS = {"Min": r"\min", "Max": r"\max"}
_ZERO = (Piece("0", 0.5),)
_BIG = {"Sum": r"\sum", "Product": r"\prod"}
_WORDS = {
    "pi": (r"\pi", 0.6), "oo": (r"\infty", 1.0),
    "single_path": (r"\mathrm{single\ path}", 5.0), "balanced": (r"\mathrm{balanced}", 4.0),
}  # fmt: skip


class Style(IntEnum):
    """Where a term stands: on a line of its own, in running text, or in an exponent or index."""

    DISPLAY = 3
    INLINE = 2
    SCRIPT = 1


class Box(NamedTuple):
    """A printed term.

    A sum over an index, say, would swallow what is written after it: where something follows, such
    a term is printed as `closed`.
    """

    row: Row
    level: int
    height: int = 1  # 1: a letter, 2: a fraction, 3: a sum
    closed: Row | None = None


def node_row(node: Term | Relation, style: Style) -> Row:
    """The LaTeX of a term or a relation, in pieces that stay whole."""
    if isinstance(node, Relation):
        left, right = (_print(side, style).row for side in (node.lhs, node.rhs))
        mark = f" {RELATIONS[node.op]} "
        return follow(left, mark, 1.5, right, "{}" + mark, depth=-1)
    return _print(node, style).row


def _print(term: Term, style: Style) -> Box:
    if isinstance(term, Symbol):
        return Box((Piece(symbol_name(term.name), name_width(term.name)),), _ATOM)
    positive = _without_minus(term)
    if positive is not None:
        box = _print(positive, style)
        row = box.row if box.level >= _RATIO else _bracket(box, style)
        closed = around("-", box.closed, "", 0.8) if box.closed and row is box.row else None
        return Box(around("-", row, "", 0.8), _SUM, box.height, closed)
    if isinstance(term, Number):
        numerator, denominator = (Number(n) for n in term.value.as_integer_ratio())
        if denominator.value != 1:
            return _ratio(numerator, denominator, style)
        return Box((Piece(str(term.value), 0.2 + 0.5 * len(str(term.value))),), _ATOM)
    if not isinstance(term, Apply):
        raise TypeError(term)
    return _PRINTERS.get(term.head, _call)(term, style)


def _without_minus(term: Term) -> Term | None:
    """What is printed after a minus sign, if the term is printed with one in front."""
    if isinstance(term, Number) and term.value < 0:
        return Number(-term.value)
    if isinstance(term, Apply) and term.head == "neg":
        return term.args[0]  # type: ignore[no-any-return]
    if isinstance(term, Apply) and term.head in ("*", "/"):
        first, second = term.args
        rest = _without_minus(first)
        return rest if rest is None else Apply(term.head, rest, second)
    return None


def _bracket(box: Box, style: Style, marks: tuple[str, str] = ("(", ")")) -> Row:
    return enclosed(box.row, min(box.height, style), marks)


def _within(box: Box, level: int, style: Style, last: bool = False) -> Row:
    """An operand: in parentheses where it holds together less tightly than `level`."""
    if box.level < level:
        return _bracket(box, style)
    return box.row if last or box.closed is None else box.closed


def _chain(term: Term, heads: str) -> Iterator[tuple[str, Term]]:
    """The operands of a sum that is nested on the left, or of a product that is nested anywhere."""
    if isinstance(term, Apply) and term.head in heads:
        yield from _chain(term.args[0], heads)
        others = list(_chain(term.args[1], heads if heads == "*" else ""))
        yield term.head, others[0][1]
        yield from others[1:]
    else:
        yield "", term


def _sum(term: Apply, style: Style) -> Box:
    operands = [(sign, _print(t, style)) for sign, t in _chain(term, "+-")]

    def row(last: bool) -> Row:
        so_far = _within(operands[0][1], _SUM, style)
        for i, (sign, box) in enumerate(operands[1:], 2):
            right = _within(box, _RATIO, style, last and i == len(operands))
            so_far = follow(so_far, f" {sign} ", 1.2, right, f"{{}} {sign} ")
        return so_far

    return _joined(row, _SUM, [box for _, box in operands])


def _product(term: Apply, style: Style) -> Box:
    factors = [_print(t, style) for _, t in _chain(term, "*")]

    def row(last: bool) -> Row:
        so_far = _within(factors[0], _PRODUCT, style)
        for i, box in enumerate(factors[1:], 2):
            right = _within(box, _PRODUCT, style, last and i == len(factors))
            start = right[0].text
            wide = box.height == 3 or start[0] in "([" or start.startswith(r"\Bigl")
            digit = start.removeprefix(r"\frac{")[0].isdigit()
            mark = r" \cdot " if digit else r" \, " if wide else " "
            so_far = follow(so_far, mark, 0.2, right, r"{} \cdot ", depth=1)
        return so_far

    return _joined(row, _PRODUCT, factors)


def _joined(row: Callable[[bool], Row], level: int, operands: list[Box]) -> Box:
    height = max(box.height for box in operands)
    return Box(row(True), level, height, None if operands[-1].closed is None else row(False))


def _quotient(term: Apply, style: Style) -> Box:
    numerator, denominator = term.args
    return _ratio(numerator, denominator, style)


def _ratio(numerator: Term, denominator: Term, style: Style) -> Box:
    if style is Style.DISPLAY:
        above, below = (flat(_print(t, Style.INLINE).row) for t in (numerator, denominator))
        width = max(above.width, below.width) + 0.4
        if width <= WIDEST_FRACTION:
            parts = _bracket(_with_slash(numerator, denominator, Style.INLINE), style)
            fraction = Piece(rf"\frac{{{above.text}}}{{{below.text}}}", width, parts=parts)
            return Box((fraction,), _POWER, 2)
    return _with_slash(numerator, denominator, style)


def _with_slash(numerator: Term, denominator: Term, style: Style) -> Box:
    left, right = _print(numerator, style), _print(denominator, style)
    first, last = _within(left, _PRODUCT, style), _within(right, _POWER, style)
    return Box(follow(first, "/", 0.6, last, "{} / ", 1), _RATIO, max(left.height, right.height))


def _power(term: Apply, style: Style) -> Box:
    base, exponent = _print(term.args[0], style), flat(node_row(term.args[1], Style.SCRIPT))
    row = _within(base, _ATOM, style)
    return Box(ended(row, f"^{{{exponent.text}}}", SMALL * exponent.width), _POWER, base.height)


def _root(term: Apply, style: Style) -> Box:
    box = _print(term.args[0], style)
    inside = flat(box.row)
    return Box((Piece(rf"\sqrt{{{inside.text}}}", inside.width + 1),), _ATOM, box.height)


def _absolute(term: Apply, style: Style) -> Box:
    box = _print(term.args[0], style)
    return Box(_bracket(box, style, (r"\lvert", r" \rvert")), _ATOM, box.height)


def _iverson(term: Apply, style: Style) -> Box:
    parts = node_row(term.args[0], Style(min(style, Style.INLINE)))
    condition = flat(parts)._replace(parts=parts)
    return Box(enclosed((condition,), 1, ("[", "]")), _ATOM)


def _member(term: Apply, style: Style) -> Box:
    family, *indices = term.args
    name = flat(_within(_print(family, style), _ATOM, style))
    index = _index(indices)
    base = f"{{{name.text}}}" if "_" in name.text else name.text
    return Box((Piece(f"{base}_{{{index.text}}}", name.width + SMALL * index.width),), _ATOM)


def _product_of_layers(term: Apply, style: Style) -> Box:
    """An entry of a product of matrices: the last layer first, or each layer by its entries."""
    layers, first, last, row, column, _ = term.args
    if isinstance(layers, Symbol):
        name = _print(layers, style).row[0]
        base = f"{{{name.text}}}" if "_" in name.text else name.text
        ends = [f"{base}_{{{_index([layer]).text}}}" for layer in (last, first)]
        inside: Row = (Piece(rf"{ends[0]} \cdots {ends[1]}", 2 * name.width + 3),)
    else:
        taken = {symbol.name for symbol in first.free | last.free | layers.free}
        layer, *places = (fresh(s, taken) if s.name in taken else s for s in layers.args[:-1])
        entry = member(layers, (layer, *places))
        below, above = (flat(node_row(node, Style.SCRIPT)) for node in (layer == first, last))
        row_column = _index(places).text
        matrix = _bracket(_print(entry, style), style)
        mark = rf"\overleftarrow{{\prod}}_{{{below.text}}}^{{{above.text}}} "
        inside = around(mark, matrix, f"_{{{row_column}}}", 3.0)
        apart = follow((Piece(mark, 2.0),), "", 0.0, matrix[:1], "{}", depth=4)
        inside = (inside[0]._replace(parts=apart), *inside[1:]) if len(matrix) > 1 else inside
    place = _index([row, column])
    return Box(ended(enclosed(inside, 1), f"_{{{place.text}}}", SMALL * place.width), _ATOM)


def _listed(terms: Iterable[Term], style: Style, comma: str = ", ", width: float = 0.5) -> Row:
    first, *rest = (_print(t, style).row for t in terms)
    for row in rest:
        first = glue(first, comma, width, row)
    return first


def _big(term: Apply, style: Style) -> Box:
    body, index, lower, upper = term.args
    below = flat(node_row(index == lower, Style.SCRIPT))
    above = flat(node_row(upper, Style.SCRIPT))
    scripts = SMALL * max(below.width, above.width)
    width = 0.3 + (max(1.5, scripts) if style is Style.DISPLAY else 1.2 + scripts)
    mark = f"{_BIG[term.head]}_{{{below.text}}}^{{{above.text}}} "
    return _in_front(mark, width, body, style, 3)


def _limit(term: Apply, style: Style) -> Box:
    body, variable, point = term.args
    below = flat(_listed([variable, point], Style.SCRIPT, r" \to ")).text
    return _in_front(rf"\lim_{{{below}}} ", 2.5, body, style, 2)


def _least_root(term: Apply, style: Style) -> Box:
    """The least of the roots, as a set."""
    body, variable, lower, upper = term.args
    inside = Style(min(style, Style.INLINE))
    where = enclosed(_listed([lower, upper], inside), 1, ("[", "]"))
    found = glue(node_row(variable, inside), r" \in ", 1.2, where)
    row = glue(found, " : ", 0.8, follow(_print(body, inside).row, " = ", 1.5, _ZERO))
    return Box(around(r"\min ", enclosed(row, 1, (r"\lbrace", r" \rbrace")), "", 2.0), _ATOM)


def _derivative(term: Apply, style: Style) -> Box:
    variables, body = [], term
    while isinstance(body, Apply) and body.head == "diff":
        variables.append(flat(node_row(body.args[1], style)))
        body = body.args[0]
    below = r" \, ".join(rf"\partial {variable.text}" for variable in variables)
    order = f"^{{{len(variables)}}}" if len(variables) > 1 else ""
    width = 0.5 + sum(0.8 + variable.width for variable in variables)
    return _in_front(rf"\frac{{\partial{order}}}{{{below}}} ", width, body, style, 2, _POWER)


def _in_front(
    mark: str, width: float, body: Term, style: Style, height: int, level: int = _PRODUCT
) -> Box:
    """A sign that reaches over all that follows it."""
    box = _print(body, style)
    row = _within(box, level, style, last=True)
    first, *rest = around(mark, row, "", width)
    parts = follow((Piece(mark, width),), "", 0.0, row[:1], "{}", depth=4)
    shown = (first._replace(parts=parts), *rest)
    whole = Box(shown, _PRODUCT, max(height, box.height))
    return whole._replace(closed=_bracket(whole, style))


def _lambda(term: Apply, style: Style) -> Box:
    *indices, body = term.args
    names = _listed(indices, style)
    names = enclosed(names, 1) if len(indices) > 1 else names
    box = _print(body, style)
    return Box(glue(names, r" \mapsto ", 1.6, box.row), _LAMBDA, box.height)


def _at_allocation(term: Apply, style: Style) -> Box:
    """Sharpness, or an entry of the Hessian: where, then what replaces H, L and sigma."""
    allocation, pathways, depth, target, *indices = term.args
    around_it, style = style, Style(min(style, Style.INLINE))
    height = max(_print(t, style).height for t in (allocation, pathways, depth, target))
    row = _print(allocation, style).row
    mark = ";"
    for own, value in ((H, pathways), (L, depth), (sigma, target)):
        if value is not own:
            shown = _listed([own, value], style, r" \mapsto ", 1.6)
            if isinstance(value, Symbol) and value.arity:  # a depth for each pathway
                shown = ended(shown, r"_{\bullet}", 0.5)
            row = follow(ended(row, mark, 0.5), " ", 0.0, shown, "{}", depth=1)
            mark = ","
    name = r"\lambda_{\max}"
    if indices:
        name = rf"\mathcal{{H}}_{{{_index(indices).text}}}"
    row = enclosed(row, min(height, around_it))
    return Box(around(name, row, "", 2.2 + 0.6 * len(indices)), _POWER, height)


def _index(terms: Iterable[Term]) -> Piece:
    return flat(_listed(terms, Style.SCRIPT, ","))


def _call(term: Apply, style: Style) -> Box:
    if not term.args:
        text, width = _WORDS[term.head]
        return Box((Piece(text, width),), _ATOM)
    if term.head in ("shared", "split", "weights", "matrices"):
        name = rf"\mathrm{{{term.head}}}"
    else:
        name = _FUNCTIONS.get(term.head, "\\" + term.head)
    height = max(_print(a, style).height for a in term.args)
    row = enclosed(_listed(term.args, style), min(height, style))
    return Box(around(name, row, "", 0.5 * len(term.head)), _POWER, height)


_PRINTERS: dict[str, Callable[[Apply, Style], Box]] = {
    "+": _sum, "-": _sum, "*": _product, "/": _quotient, "**": _power, "sqrt": _root,
    "Abs": _absolute, "Iverson": _iverson, "[]": _member, "Sum": _big, "Product": _big,
    "chain": _product_of_layers, "limit": _limit, "root": _least_root, "diff": _derivative,
    "lambda": _lambda,
    "sharpness": _at_allocation, "hessian": _at_allocation,
}  # fmt: skip

__all__ = ["RELATIONS", "Style", "node_row"]
