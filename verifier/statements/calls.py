"""The words of the text language that take more than terms: how each is read after its parenthesis.

To add one, write its function and name it in `CALLS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from verifier.errors import StatementError
from verifier.statements import vocabulary
from verifier.statements.substitution import substitute
from verifier.statements.terms import INTEGER, REAL, Apply, Relation, Symbol, Term

if TYPE_CHECKING:
    from verifier.statements.parser import Parser

MAX_MENTIONS = 100  # of landscapes: each stands for a whole loss


def _big(head: str) -> Callable[[Parser], Term]:
    build = vocabulary.Sum if head == "Sum" else vocabulary.Product

    def read(parser: Parser) -> Term:
        mark = len(parser.unknown)
        body = parser.term()
        parser.expect(",")
        parser.expect("(")
        symbol = parser.index(f"as in {head}(l, (l, 1, L))")
        _bind(parser, mark, symbol)
        lower, upper = _bounds(parser)
        declared = parser.names.get(symbol.name, symbol)
        return build(body, (declared, lower, upper))

    return read


def _limit(parser: Parser) -> Term:
    mark = len(parser.unknown)
    body = parser.term()
    parser.expect(",")
    body, symbol = _variable(parser, body, mark, "as in limit(1/L, L, oo)")
    parser.expect(",")
    point = parser.term()
    parser.expect(")")
    return vocabulary.limit(body, symbol, point)


def _root(parser: Parser) -> Term:
    mark = len(parser.unknown)
    body = parser.term()
    parser.expect(",")
    parser.expect("(")
    place = parser.peek
    body, symbol = _variable(parser, body, mark, "as in root(x**2 - 2, (x, 0, 2))")
    if symbol.domain.integer:
        raise parser.error(f"{symbol} is no real variable", "choose another name", place)
    return vocabulary.root(body, (symbol, *_bounds(parser)))


def _bounds(parser: Parser) -> tuple[Term, Term]:
    parser.expect(",")
    lower = parser.term()
    parser.expect(",")
    upper = parser.term()
    parser.expect(")")
    parser.expect(")")
    return lower, upper


def _variable(parser: Parser, body: Term, mark: int, example: str) -> tuple[Term, Symbol]:
    """The variable that comes next, which the body has as one; new names are declared real."""
    token = parser.next()
    symbol = parser.names.get(token.text, Symbol(token.text, REAL))
    if token.kind != "name" or symbol.arity:
        raise parser.error("expected a variable", example, token)
    if token.text not in parser.names:
        _bind(parser, mark, symbol)
        body = substitute(body, {Symbol(token.text, INTEGER): symbol})
    return body, symbol


def _bind(parser: Parser, mark: int, symbol: Symbol) -> None:
    """A name that was unknown since the mark is that of the symbol, known now."""
    inside = parser.unknown[mark:]
    parser.unknown[mark:] = [token for token in inside if token.text != symbol.name]


def _diff(parser: Parser) -> Term:
    body = parser.term()
    parser.expect(",")
    variable = parser.term()
    parser.expect(")")
    return vocabulary.diff(body, variable)


def _iverson(parser: Parser) -> Term:
    left, operator, right = parser.term(), parser.next(), parser.term()
    parser.expect(")")
    return vocabulary.Iverson(Relation(operator.text, left, right))


def _chain(parser: Parser) -> Term:
    arguments = [parser.family(3, "as in chain(W, 1, L, a, b, d)")]
    for _ in range(4):
        parser.expect(",")
        arguments.append(parser.term())
    parser.expect(",")
    arguments.append(parser.family_or_term(1))
    parser.expect(")")
    return Apply("chain", *arguments)


def _at_landscape(head: str, parameters: int) -> Callable[[Parser], Term]:
    def read(parser: Parser) -> Term:
        token = parser.next()
        named = parser.landscapes.get(token.text)
        if named is None:
            raise parser.error(
                f"{token.text!r} is no landscape",
                "declare it in a claims file: [[landscape]] with name, loss and parameters",
                token,
            )
        parser.mentions += 1
        if parser.mentions > MAX_MENTIONS:
            raise parser.error(
                f"more than {MAX_MENTIONS} mentions of landscapes", "split the claim"
            )
        names = []
        for _ in range(parameters):
            parser.expect(",")
            names.append(parser.next().text)
        parser.expect(")")
        try:
            term: Term = getattr(named, head)(*names)
        except StatementError as error:
            raise parser.error(error.cause, error.remedy, token) from error
        return term

    return read


def _sharpness(parser: Parser) -> Term:
    if parser.peek.text in parser.landscapes:
        return _at_landscape("sharpness", 0)(parser)
    allocation = _allocation(parser)
    return vocabulary.sharpness(allocation, **_setting(parser, allocation))


def _hessian(parser: Parser) -> Term:
    if parser.peek.text not in _ALLOCATIONS:
        return _at_landscape("hessian", 2)(parser)
    allocation = _allocation(parser)
    indices = []
    for _ in range(4):
        parser.expect(",")
        indices.append(parser.term())
    return vocabulary.hessian(allocation, *indices, **_setting(parser, allocation))


#: An example of each allocation, and what it is of: terms, and families of so many indices.
_ALLOCATIONS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "single_path": ("single_path", ()), "balanced": ("balanced", ()), "shared": ("shared(k)", (0,)),
    "split": ("split(s)", (1,)), "weights": ("weights(w)", (2,)),
    "matrices": ("matrices(W, d)", (4, 0)),
}  # fmt: skip


def _allocation(parser: Parser) -> Apply:
    token = parser.next()
    if token.text not in _ALLOCATIONS:
        *most, last = (example for example, _ in _ALLOCATIONS.values())
        remedy = f"use {', '.join(most)} or {last}"
        raise parser.error(f"{token.text!r} is no allocation", remedy, token)
    example, kinds = _ALLOCATIONS[token.text]
    arguments: list[Term] = []
    for number, arity in enumerate(kinds):
        parser.expect("," if number else "(")
        arguments.append(parser.family(arity, f"as in {example}") if arity else parser.term())
    if arguments:
        parser.expect(")")
    return Apply(token.text, *arguments)


def _setting(parser: Parser, allocation: Apply) -> dict[str, Term]:
    """`H=`, `L=` and `sigma=`, up to the closing parenthesis."""
    families = {"L": 1, "sigma": 2 if allocation.head == "matrices" else 0}
    setting: dict[str, Term] = {}
    while parser.peek.text == ",":
        parser.next()
        key = parser.next()
        if key.text not in ("H", "L", "sigma") or key.text in setting:
            raise parser.error("expected H=, L= or sigma=", "each at most once", key)
        parser.expect("=")
        setting[key.text] = parser.family_or_term(families.get(key.text, 0))
    parser.expect(")")
    return setting


#: Each word, and what reads it.
CALLS: Mapping[str, Callable[[Parser], Term]] = {
    "Sum": _big("Sum"), "Product": _big("Product"), "limit": _limit, "root": _root, "diff": _diff,
    "chain": _chain, "gradient": _at_landscape("gradient", 1), "hessian": _hessian,
    "sharpness": _sharpness, "Iverson": _iverson,
}  # fmt: skip

__all__ = ["CALLS", "MAX_MENTIONS"]
