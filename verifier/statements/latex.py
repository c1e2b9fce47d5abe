r"""LaTeX of terms, relations and statements.

A term is printed as a row of pieces between which a line may be broken.  Parentheses have fixed
sizes (`\Bigl`), because `\left...\right` cannot be broken.

>>> from verifier.statements.vocabulary import H, L
>>> latex(H ** (2 / L - 1) < 1)
'H^{2/L - 1} < 1'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any, NamedTuple

from verifier.statements.layout import Piece, Row, around, enclosed, flat, follow, glue
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term
from verifier.statements.vocabulary import H, L, sigma

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
RELATIONS = {"<": "<", "<=": r"\le", "==": "=", "!=": r"\ne", ">=": r"\ge", ">": ">"}
WIDEST_FRACTION = 22.0  # em; a wider one is written with a slash, so that it can be broken
SMALL = 0.72  # the size of exponents and indices

_LAMBDA, _SUM, _RATIO, _PRODUCT, _POWER, _ATOM = range(6)  # how tightly a term holds together
_FUNCTIONS = {"Min": r"\min", "Max": r"\max"}
_BIG = {"Sum": r"\sum", "Product": r"\prod"}
_WORDS = {
    "pi": (r"\pi", 0.6), "oo": (r"\infty", 1.0),
    "single_path": (r"\text{single path}", 5.0), "balanced": (r"\text{balanced}", 4.0),
}  # fmt: skip


class Style(IntEnum):
    """Where a term stands: on a line of its own, in running text, or in an exponent or index."""

    DISPLAY = 3
    INLINE = 2
    SCRIPT = 1


class Box(NamedTuple):
    """A printed term; an `open` one ends in a body that would swallow what is written after it."""

    row: Row
    level: int
    height: int = 1  # 1: a letter, 2: a fraction, 3: a sum
    open: bool = False


def latex(node: Any, style: Style = Style.DISPLAY) -> str:
    """The LaTeX, for math mode, of a term, a relation or a statement."""
    return flat(row_of(node, style)).text


def row_of(node: Any, style: Style = Style.DISPLAY) -> Row:
    """The LaTeX of a term, a relation or a statement, in pieces that stay whole."""
    if isinstance(node, Statement):
        return _statement(node, style)
    if isinstance(node, Relation):
        left, right = (_print(side, style).row for side in (node.lhs, node.rhs))
        mark = f" {RELATIONS[node.op]} "
        return follow(left, mark, 1.5, right, "{}" + mark, depth=-1)
    return _print(node, style).row


def chains(relations: Iterable[Relation]) -> list[Piece]:
    r"""Relations for running text, those that continue one another joined.

    >>> from verifier.statements.vocabulary import k
    >>> [piece.text for piece in chains([1 <= k, k <= H, H >= 2])]
    ['1 \\le k \\le H', 'H \\ge 2']
    """
    found: list[Piece] = []
    before: Relation | None = None
    for relation in relations:
        if before is not None and relation.op in _UPWARDS and _upwards(before).rhs is relation.lhs:
            right = row_of(relation.rhs, Style.INLINE)
            start = (
                found[-1]
                if before.op in _UPWARDS
                else flat(row_of(_upwards(before), Style.INLINE)),
            )
            found[-1] = flat(glue(start, f" {RELATIONS[relation.op]} ", 1.5, right))
        else:
            found.append(flat(row_of(relation, Style.INLINE)))
        before = relation
    return found


_UPWARDS = {"<": "<", "<=": "<="}
_DOWNWARDS = {">": "<", ">=": "<="}


def _upwards(relation: Relation) -> Relation:
    """The relation with the larger side on the right."""
    if relation.op in _DOWNWARDS:
        return Relation(_DOWNWARDS[relation.op], relation.rhs, relation.lhs)
    return relation


def symbol_name(name: str) -> str:
    r"""The name of a variable: Greek letters, indices after an underscore or as a final number.

    >>> [symbol_name(n) for n in ("sigma", "x_1", "w2", "lam", "rate", "eta_max")]
    ['\\sigma', 'x_{1}', 'w_{2}', '\\lambda', '\\mathit{rate}', '\\eta_{\\mathit{max}}']
    """
    base, _, index = name.partition("_")
    letters = base.rstrip("0123456789")
    first, *rest = filter(None, [letters, base[len(letters) :], *index.split("_")])
    return _word(first) + ("_{" + ",".join(map(_word, rest)) + "}" if rest else "")


def _word(word: str) -> str:
    word = "lambda" if word in ("lam", "lamda") else word
    if word in GREEK:
        return "\\" + word
    return word if len(word) == 1 or word.isdigit() else rf"\mathit{{{word}}}"


def _statement(statement: Statement, style: Style) -> Row:
    row = row_of(statement.claim, style)
    before, width, depth = r"\quad \text{for } ", 3.5, -2
    conditions = chains(statement.given)
    for i, condition in enumerate(conditions, 1):
        comma = "," * (i < len(conditions))
        row = follow(row, " " + before, width, around("", (condition,), comma, 0.2), before, depth)
        before, width, depth = r"\; ", 0.5, 1
    return row


def _print(term: Term, style: Style) -> Box:
    if isinstance(term, Symbol):
        width = 0.2 + 0.55 * (1 if term.name in GREEK else len(term.name))
        return Box((Piece(symbol_name(term.name), width),), _ATOM)
    positive = _without_minus(term)
    if positive is not None:
        box = _print(positive, style)
        row = box.row if box.level >= _RATIO else _bracket(box, style)
        return Box(around("-", row, "", 0.8), _SUM, box.height, box.open and row is box.row)
    if isinstance(term, Number):
        numerator, denominator = map(Number, term.value.as_integer_ratio())
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
    ends_here = last or not box.open
    return box.row if box.level >= level and ends_here else _bracket(box, style)


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
    row = _within(operands[0][1], _SUM, style)
    for i, (sign, box) in enumerate(operands[1:], 2):
        right = _within(box, _RATIO, style, last=i == len(operands))
        row = follow(row, f" {sign} ", 1.4, right, f"{{}} {sign} ")
    return _joined(row, _SUM, _RATIO, [box for _, box in operands])


def _product(term: Apply, style: Style) -> Box:
    factors = [_print(t, style) for _, t in _chain(term, "*")]
    row = _within(factors[0], _PRODUCT, style)
    for i, box in enumerate(factors[1:], 2):
        right = _within(box, _PRODUCT, style, last=i == len(factors))
        start = right[0].text
        mark = r" \, " if box.height == 3 or start[0] in "([" or start[:5] == r"\Bigl" else " "
        if start.removeprefix(r"\frac{")[0].isdigit():
            mark = r" \cdot "
        row = follow(row, mark, 0.5, right, r"{} \cdot ", depth=1)
    return _joined(row, _PRODUCT, _PRODUCT, factors)


def _joined(row: Row, level: int, needed: int, operands: list[Box]) -> Box:
    last = operands[-1]
    return Box(row, level, max(b.height for b in operands), last.open and last.level >= needed)


def _quotient(term: Apply, style: Style) -> Box:
    return _ratio(*term.args, style)


def _ratio(numerator: Term, denominator: Term, style: Style) -> Box:
    if style is Style.DISPLAY:
        above, below = (flat(_print(t, Style.INLINE).row) for t in (numerator, denominator))
        width = max(above.width, below.width) + 0.4
        if width <= WIDEST_FRACTION:
            return Box((Piece(rf"\frac{{{above.text}}}{{{below.text}}}", width),), _POWER, 2)
    left, right = _print(numerator, style), _print(denominator, style)
    first, last = _within(left, _PRODUCT, style), _within(right, _POWER, style)
    return Box(follow(first, "/", 0.6, last, "{} / ", 1), _RATIO, max(left.height, right.height))


def _power(term: Apply, style: Style) -> Box:
    base, exponent = _print(term.args[0], style), flat(row_of(term.args[1], Style.SCRIPT))
    row = _within(base, _ATOM, style)
    return Box(
        around("", row, f"^{{{exponent.text}}}", SMALL * exponent.width), _POWER, base.height
    )


def _root(term: Apply, style: Style) -> Box:
    box = _print(term.args[0], style)
    inside = flat(box.row)
    return Box((Piece(rf"\sqrt{{{inside.text}}}", inside.width + 1),), _ATOM, box.height)


def _absolute(term: Apply, style: Style) -> Box:
    box = _print(term.args[0], style)
    return Box(_bracket(box, style, (r"\lvert", r" \rvert")), _ATOM, box.height)


def _iverson(term: Apply, style: Style) -> Box:
    condition = flat(row_of(term.args[0], Style(min(style, Style.INLINE))))
    return Box(enclosed((condition,), 1, ("[", "]")), _ATOM)


def _member(term: Apply, style: Style) -> Box:
    family, *indices = term.args
    name = flat(_within(_print(family, style), _ATOM, style))
    index = _index(indices)
    base = f"{{{name.text}}}" if "_" in name.text else name.text
    return Box((Piece(f"{base}_{{{index.text}}}", name.width + SMALL * index.width),), _ATOM)


def _listed(terms: Iterable[Term], style: Style, comma: str = ", ") -> Row:
    first, *rest = (_print(t, style).row for t in terms)
    for row in rest:
        first = glue(first, comma, 0.5, row)
    return first


def _big(term: Apply, style: Style) -> Box:
    body, index, lower, upper = term.args
    below = flat(row_of(index == lower, Style.SCRIPT))
    above = flat(row_of(upper, Style.SCRIPT))
    width = max(1.5, SMALL * max(below.width, above.width)) + 0.3
    mark = f"{_BIG[term.head]}_{{{below.text}}}^{{{above.text}}} "
    return _in_front(mark, width, body, style, 3)


def _limit(term: Apply, style: Style) -> Box:
    body, variable, point = term.args
    below = rf"{latex(variable, Style.SCRIPT)} \to {latex(point, Style.SCRIPT)}"
    return _in_front(rf"\lim_{{{below}}} ", 2.5, body, style, 2)


def _derivative(term: Apply, style: Style) -> Box:
    variables, body = [], term
    while isinstance(body, Apply) and body.head == "diff":
        variables.append(flat(row_of(body.args[1], style)))
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
    return Box(around(mark, row, "", width), _PRODUCT, max(height, box.height), open=True)


def _lambda(term: Apply, style: Style) -> Box:
    *indices, body = term.args
    names = _listed(indices, style)
    names = enclosed(names, 1) if len(indices) > 1 else names
    box = _print(body, style)
    return Box(glue(names, r" \mapsto ", 1.6, box.row), _LAMBDA, box.height, box.open)


def _at_allocation(term: Apply, style: Style) -> Box:
    """Sharpness, or an entry of the Hessian: where, then the setting where it is not (H, L, sigma)."""
    allocation, pathways, depth, target, *indices = term.args
    style = min(style, Style.INLINE)
    row = _print(allocation, style).row
    mark = "; "
    for own, value in ((H, pathways), (L, depth), (sigma, target)):
        if value is not own:
            shown = _listed([own, value], style, r" \mapsto ")
            if isinstance(value, Symbol) and value.arity:  # a depth for each pathway
                shown = around("", shown, r"_{\bullet}", 0.5)
            row = glue(row, mark, 0.5, shown)
            mark = ", "
    name = r"\lambda_{\max}"
    if indices:
        name = rf"\mathcal{{H}}_{{{_index(indices).text}}}"
    return Box(around(name, enclosed(row, 1), "", 2.2 + 0.6 * len(indices)), _POWER)


def _index(terms: Iterable[Term]) -> Piece:
    return flat(_listed(terms, Style.SCRIPT, ","))


def _call(term: Apply, style: Style) -> Box:
    if not term.args:
        text, width = _WORDS[term.head]
        return Box((Piece(text, width),), _ATOM)
    if term.head in ("shared", "split", "weights"):
        name = rf"\text{{{term.head}}}"
    else:
        name = _FUNCTIONS.get(term.head, "\\" + term.head)
    height = max(_print(a, style).height for a in term.args)
    row = enclosed(_listed(term.args, style), min(height, style))
    return Box(around(name, row, "", 0.5 * len(term.head)), _POWER, height)


_PRINTERS = {
    "+": _sum, "-": _sum, "*": _product, "/": _quotient, "**": _power, "sqrt": _root,
    "Abs": _absolute, "Iverson": _iverson, "[]": _member, "Sum": _big, "Product": _big,
    "limit": _limit, "diff": _derivative, "lambda": _lambda,
    "sharpness": _at_allocation, "hessian": _at_allocation,
}  # fmt: skip

__all__ = ["Style", "chains", "latex", "row_of", "symbol_name"]
