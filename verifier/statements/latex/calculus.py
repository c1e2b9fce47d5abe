"""What binds an index or a variable: sums and products, limits, derivatives, roots, functions."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.statements.latex.boxes import (
    ATOM,
    LAMBDA,
    POWER,
    SMALL,
    Box,
    Style,
    in_front,
    listed,
    node_row,
    printed,
    prints,
)
from verifier.statements.layout import Piece, Row, around, enclosed, flat, follow, glue
from verifier.statements.terms import Apply, Term

_ZERO = (Piece("0", 0.5),)
_BIG = {"Sum": r"\sum", "Product": r"\prod"}


@prints("Sum", "Product")
def _big(term: Apply, style: Style) -> Box:
    body, index, lower, upper = term.args
    below = flat(node_row(index == lower, Style.SCRIPT))
    above = flat(node_row(upper, Style.SCRIPT))
    scripts = SMALL * max(below.width, above.width)
    width = 0.3 + (max(1.5, scripts) if style is Style.DISPLAY else 1.1 + scripts)
    mark = f"{_BIG[term.head]}_{{{below.text}}}^{{{above.text}}} "
    return in_front(mark, width, body, style, 3)


@prints("limit")
def _limit(term: Apply, style: Style) -> Box:
    body, variable, point = term.args
    below = flat(listed([variable, point], Style.SCRIPT, r" \to ")).text
    return in_front(rf"\lim_{{{below}}} ", 2.5, body, style, 2)


@prints("root")
def _least_root(term: Apply, style: Style) -> Box:
    """The least of the roots, as a set."""
    body, variable, lower, upper = term.args
    box = printed(body, style)
    bounds = enclosed(listed([lower, upper], Style(min(style, Style.INLINE))), 1, ("[", "]"))
    found = glue(node_row(variable, style), r" \in ", 1.2, bounds)
    row = glue(found, " : ", 0.8, follow(box.row, " = ", style.relation, _ZERO, depth=2))
    height = min(box.height, style)
    inside = enclosed(row, height, (r"\lbrace", r" \rbrace"))
    return Box(around(r"\min ", inside, "", 2.0), ATOM, height)


@prints("diff")
def _derivative(term: Apply, style: Style) -> Box:
    variables, body = [], term
    while isinstance(body, Apply) and body.head == "diff":
        variables.append(flat(node_row(body.args[1], style)))
        body = body.args[0]
    powers = [(variable, variables.count(variable)) for variable in dict.fromkeys(variables)]
    if style is not Style.DISPLAY:
        mark = r" \, ".join(rf"\partial_{{{v.text}}}{_exponent(n)}" for v, n in powers)
        width = sum(0.8 + SMALL * variable.width for variable, _ in powers)
        return in_front(f"{mark} ", width, body, style, 1, POWER)
    order = f"^{{{len(variables)}}}" if len(variables) > 1 else ""
    below = r" \, ".join(rf"\partial {v.text}{_exponent(n)}" for v, n in powers)
    width = 0.5 + sum(0.8 + variable.width + 0.4 * (n > 1) for variable, n in powers)
    return in_front(rf"\frac{{\partial{order}}}{{{below}}} ", width, body, style, 2, POWER)


def _exponent(order: int) -> str:
    return f"^{{{order}}}" if order > 1 else ""


@prints("lambda")
def _lambda(term: Apply, style: Style) -> Box:
    *indices, body = term.args
    box = printed(body, style)
    return Box(glue(_names(indices, style), r" \mapsto ", 1.6, box.row), LAMBDA, box.height)


def _names(indices: Iterable[Term], style: Style) -> Row:
    several = list(indices)
    names = listed(several, style)
    return enclosed(names, 1) if len(several) > 1 else names
