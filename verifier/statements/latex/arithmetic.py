"""Sums, products, quotients, powers, and functions of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.statements.latex.boxes import (
    ATOM,
    POWER,
    PRODUCT,
    RATIO,
    SMALL,
    SUM,
    Box,
    Style,
    bracket,
    listed,
    node_row,
    printed,
    prints,
    within,
)
from verifier.statements.layout import Piece, Row, around, enclosed, ended, flat, follow
from verifier.statements.names import symbol_name
from verifier.statements.terms import Apply, Number, Symbol, Term

WIDEST_FRACTION = 22.0  # em; a wider one is written with a slash, so that it can be broken
_FUNCTIONS = {"Min": r"\min", "Max": r"\max"}
_WORDS = {
    "pi": (r"\pi", 0.6), "oo": (r"\infty", 1.0),
    "single_path": (r"\mathrm{single\ path}", 5.0), "balanced": (r"\mathrm{balanced}", 4.0),
}  # fmt: skip


def _chain(term: Term, heads: str) -> Iterator[tuple[str, Term]]:
    """The operands of a sum that is nested on the left, or of a product that is nested anywhere."""
    if isinstance(term, Apply) and term.head in heads:
        yield from _chain(term.args[0], heads)
        others = list(_chain(term.args[1], heads if heads == "*" else ""))
        yield term.head, others[0][1]
        yield from others[1:]
    else:
        yield "", term


@prints("+", "-")
def _sum(term: Apply, style: Style) -> Box:
    operands = [(sign, printed(t, style)) for sign, t in _chain(term, "+-")]

    def row(last: bool) -> Row:
        so_far = within(operands[0][1], SUM, style)
        for i, (sign, box) in enumerate(operands[1:], 2):
            right = within(box, RATIO, style, last and i == len(operands))
            so_far = follow(so_far, f" {sign} ", style.operation, right)
        return so_far

    return _joined(row, SUM, [box for _, box in operands])


def _factors(term: Term) -> list[Term]:
    """The factors of a product, numbers first; a 1 stays where it is."""
    factors = [t for _, t in _chain(term, "*")]
    return sorted(factors, key=lambda f: not isinstance(f, Number) or f.value == 1)


@prints("*")
def _product(term: Apply, style: Style) -> Box:
    return _times(_factors(term), style)


def _times(terms: list[Term], style: Style) -> Box:
    factors = [printed(t, style) for t in terms]
    if len(factors) == 1:
        return factors[0]

    def row(last: bool) -> Row:
        so_far = within(factors[0], PRODUCT, style)
        for i, box in enumerate(factors[1:], 2):
            right = within(box, PRODUCT, style, last and i == len(factors))
            start = right[0].text
            wide = box.height == 3 or start[0] in "([" or start.startswith((r"\Bigl", r"\biggl"))
            digit = start.removeprefix(r"\frac{")[0].isdigit()
            mark = r" \cdot " if digit else r" \, " if wide else " "
            width = 0.8 if digit else 0.2 if wide else 0.0
            so_far = follow(so_far, mark, width, right, r"{} \cdot ", depth=1)
        return so_far

    return _joined(row, PRODUCT, factors)


def _joined(row: Callable[[bool], Row], level: int, operands: list[Box]) -> Box:
    height = max(box.height for box in operands)
    return Box(row(True), level, height, None if operands[-1].closed is None else row(False))


@prints("/")
def _quotient(term: Apply, style: Style) -> Box:
    above, below = _merged(term)
    if style is Style.DISPLAY:
        parts = tuple(flat(_times(terms, Style.INLINE).row) for terms in (above, below))
        width = max(part.width for part in parts) + 0.3
        if width <= WIDEST_FRACTION:
            slashed = bracket(_with_slash(above, below, Style.INLINE), style)
            text = r"\frac{{{}}}{{{}}}".format(*(part.text for part in parts))
            return Box((Piece(text, width, parts=slashed),), POWER, 2)
    return _with_slash(above, below, style)


def _is_quotient(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "/"


def _merged(term: Term) -> tuple[list[Term], list[Term]]:
    """The factors above and below the bar: where quotients are divided, they are one quotient."""
    if not (isinstance(term, Apply) and term.head == "/"):
        return _factors(term), []
    if any(map(_is_quotient, _factors(term.args[1]))):
        return [term.args[0]], [term.args[1]]
    above: list[Term] = []
    below: list[Term] = []
    for factor in _factors(term.args[0]):
        over, under = _merged(factor)
        above, below = above + over, below + under
    return above, below + _factors(term.args[1])


def _with_slash(above: list[Term], below: list[Term], style: Style) -> Box:
    left, right = _times(above, style), _times(below, style)
    first, last = within(left, PRODUCT, style), within(right, POWER, style)
    return Box(follow(first, "/", 0.6, last, "{} / ", 1), RATIO, max(left.height, right.height))


@prints("**")
def _power(term: Apply, style: Style) -> Box:
    base, exponent = printed(term.args[0], style), flat(node_row(term.args[1], Style.SCRIPT))
    row = bracket(base, style) if _is_starred(term.args[0]) else within(base, ATOM, style)
    return Box(ended(row, f"^{{{exponent.text}}}", SMALL * exponent.width), POWER, base.height)


def _is_starred(term: Term) -> bool:
    """Whether it is a variable whose name has something above already."""
    if isinstance(term, Apply) and term.head == "[]":
        return _is_starred(term.args[0])
    return isinstance(term, Symbol) and "^" in symbol_name(term.name)


@prints("sqrt")
def _root(term: Apply, style: Style) -> Box:
    box = printed(term.args[0], style)
    inside = flat(box.row)
    return Box((Piece(rf"\sqrt{{{inside.text}}}", inside.width + 1),), ATOM, box.height)


@prints("Abs")
def _absolute(term: Apply, style: Style) -> Box:
    box = printed(term.args[0], style)
    return Box(bracket(box, style, (r"\lvert", r" \rvert")), ATOM, box.height)


@prints("Iverson")
def _iverson(term: Apply, style: Style) -> Box:
    (relation,) = term.args
    height = max(printed(side, style).height for side in (relation.lhs, relation.rhs))
    parts = node_row(relation, style)
    condition = flat(parts)._replace(parts=parts)
    return Box(enclosed((condition,), min(height, style), ("[", "]")), ATOM, height)


@prints("()")
def _call(term: Apply, style: Style) -> Box:
    """A function, a named number or an allocation."""
    if not term.args:
        text, width = _WORDS[term.head]
        return Box((Piece(text, width),), ATOM)
    if term.head in ("shared", "split", "weights", "matrices"):
        name = rf"\mathrm{{{term.head}}}"
    else:
        name = _FUNCTIONS.get(term.head, "\\" + term.head)
    height = max(printed(a, style).height for a in term.args)
    row = enclosed(listed(term.args, style), min(height, style))
    return Box(around(name, row, "", 0.5 * len(term.head)), POWER, height)
