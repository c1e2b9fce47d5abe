"""Reading statements from text: a recursive-descent parser, never `eval`.

The language is that of Python expressions restricted to exact numbers, the words of the
vocabulary and declared variables.

>>> parse("H**(2/L - 1) < 1")
H**(2/L - 1) < 1
>>> parse("x**2.0 > 1")
Traceback (most recent call last):
    ...
verifier.errors.StatementError: column 4: 2.0 is a float (write an exact number: 1/2 for 0.5)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from verifier.errors import StatementError
from verifier.statements import vocabulary
from verifier.statements.substitution import substitute
from verifier.statements.terms import INTEGER, REAL, Apply, Number, Relation, Symbol, Term

if TYPE_CHECKING:
    from verifier.statements.landscapes import Landscape

MAX_LENGTH = 20_000
MAX_DEPTH = 100
MAX_DIGITS = 1_000
MAX_TOKENS = 4_000
MAX_MENTIONS = 100  # of landscapes: each stands for a whole loss

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(\.\d*)?([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z]\w*)"
    r"|(?P<operator>\*\*|<=|>=|==|!=|[-+*/()\[\],<>=^])",
    re.ASCII,
)
_RELATIONS = ("<", "<=", "==", "!=", ">=", ">")
_HINTS = {"=": "write == for equality", "^": "write ** for powers"}


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


Landscapes = Mapping[str, "Landscape"]
_NONE: Landscapes = MappingProxyType({})


def parse(
    text: str, variables: Mapping[str, Symbol] | None = None, landscapes: Landscapes = _NONE
) -> Relation:
    """The one relation that a text states.

    Raises:
        StatementError: naming the column and the remedy.
    """
    relations = parse_conditions(text, variables, landscapes)
    if len(relations) != 1:
        raise StatementError(
            "a chain of comparisons is more than one statement", "state them one by one"
        )
    return relations[0]


def parse_conditions(
    text: str, variables: Mapping[str, Symbol] | None = None, landscapes: Landscapes = _NONE
) -> tuple[Relation, ...]:
    """The relations of a text that may chain them.

    >>> parse_conditions("1 <= k <= H")
    (1 <= k, k <= H)
    """
    parser = _Parser(text, variables or {}, landscapes)
    terms, operators = [parser.term()], []
    while parser.peek.text in _RELATIONS:
        operators.append(parser.next().text)
        terms.append(parser.term())
    parser.finish()
    if not operators:
        raise parser.error("no relation", "compare two terms with < <= == != >= >")
    pairs = zip(operators, terms[:-1], terms[1:], strict=True)
    return tuple(Relation(op, lhs, rhs) for op, lhs, rhs in pairs)


def parse_term(text: str, variables: Mapping[str, Symbol] | None = None) -> Term:
    """The term that a text denotes."""
    parser = _Parser(text, variables or {})
    term = parser.term()
    parser.finish()
    return term


class _Parser:
    def __init__(
        self, text: str, variables: Mapping[str, Symbol], landscapes: Landscapes = _NONE
    ) -> None:
        if len(text) > MAX_LENGTH:
            raise StatementError(
                f"a statement of {len(text)} characters", f"stay below {MAX_LENGTH}"
            )
        self.names = {**vocabulary.VARIABLES, **variables}
        self.tokens = list(_tokens(text))
        if len(self.tokens) == 1:
            raise StatementError("the statement is empty", "write one, such as H**(2/L - 1) < 1")
        if len(self.tokens) > MAX_TOKENS:
            raise StatementError("the statement is too long", f"at most {MAX_TOKENS} tokens")
        self.landscapes = landscapes
        self.mentions = 0
        self.position = 0
        self.depth = 0
        self.unknown: list[_Token] = []  # names that an enclosing Sum or Product may bind

    @property
    def peek(self) -> _Token:
        return self.tokens[self.position]

    def next(self) -> _Token:
        token = self.peek
        self.position += 1
        return token

    def error(self, cause: str, remedy: str, token: _Token | None = None) -> StatementError:
        return StatementError(f"column {(token or self.peek).column}: {cause}", remedy)

    def expect(self, text: str) -> None:
        token = self.peek
        if token.text != text:
            found = "the end" if token.kind == "end" else repr(token.text)
            raise self.error(
                f"expected {text!r}, found {found}",
                _HINTS.get(token.text, "balance the parentheses"),
            )
        self.next()

    def finish(self) -> None:
        if self.peek.kind != "end":
            token = self.peek
            raise self.error(
                f"unexpected {token.text!r}", _HINTS.get(token.text, "remove it, or join with *")
            )
        if self.unknown:
            token = self.unknown[0]
            known = [*self.names, *vocabulary.FUNCTIONS]
            close = get_close_matches(token.text, known, 1)
            hint = f"did you mean {close[0]}? or " if close else ""
            raise self.error(
                f"unknown name {token.text!r}",
                f"{hint}declare it: --var {token.text}=real, or `variables` in a claims file",
                token,
            )

    def descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply", f"at most {MAX_DEPTH} levels")

    def term(self) -> Term:
        self.descend()
        term = self.product()
        while self.peek.text in ("+", "-"):
            term = term + self.product() if self.next().text == "+" else term - self.product()
        self.depth -= 1
        return term

    def product(self) -> Term:
        term = self.factor()
        while self.peek.text in ("*", "/"):
            term = term * self.factor() if self.next().text == "*" else term / self.factor()
        return term

    def factor(self) -> Term:
        if self.peek.text in ("-", "+"):
            self.descend()
            sign = self.next().text
            operand = self.factor()
            self.depth -= 1
            return -operand if sign == "-" else operand
        base = self.atom()
        if self.peek.text == "**":
            self.next()
            self.descend()
            base = base ** self.factor()
            self.depth -= 1
        return base

    def atom(self) -> Term:
        token = self.next()
        if token.kind == "number":
            return self.number(token)
        if token.text == "(":
            term = self.term()
            self.expect(")")
            return term
        if token.kind == "name":
            return self.name(token)
        found = "the end" if token.kind == "end" else repr(token.text)
        raise self.error(
            f"expected a term, found {found}", _HINTS.get(token.text, "complete it"), token
        )

    def number(self, token: _Token) -> Term:
        if not token.text.isdigit():
            remedy = "write an exact number: 1/2 for 0.5"
            raise self.error(f"{token.text} is a float", remedy, token)
        if len(token.text) > MAX_DIGITS:
            raise self.error("a number with too many digits", f"at most {MAX_DIGITS}", token)
        return Number(int(token.text))

    def name(self, token: _Token) -> Term:
        name = token.text
        if name in self.names:
            symbol = self.names[name]
            if symbol.arity:
                self.expect("[")
                indices = self.arguments("]")
                if len(indices) != symbol.arity:
                    raise self.error(f"{name} takes {symbol.arity} indices", "add or drop", token)
                return symbol[tuple(indices)]
            return symbol
        if name == "pi":
            return vocabulary.pi
        if name == "oo":
            return vocabulary.oo
        if self.peek.text == "(":
            return self.call(token)
        self.unknown.append(token)
        return Symbol(name, INTEGER)

    def arguments(self, close: str) -> list[Term]:
        terms = [self.term()]
        while self.peek.text == ",":
            self.next()
            terms.append(self.term())
        self.expect(close)
        return terms

    def call(self, token: _Token) -> Term:
        name = token.text
        self.expect("(")
        if name in vocabulary.FUNCTIONS:
            arguments = self.arguments(")")
            if len(arguments) != vocabulary.FUNCTIONS[name]:
                raise self.error(
                    f"{name} takes {vocabulary.FUNCTIONS[name]} arguments, not {len(arguments)}",
                    "add or drop",
                    token,
                )
            return Apply(name, *arguments)
        if name in ("Sum", "Product"):
            return self.big(name)
        if name == "limit":
            return self.limit()
        if name == "diff":
            return self.derivative(token)
        if name in ("gradient", "hessian"):
            return self.landscape(name)
        if name == "root":
            return self.root()
        if name == "chain":
            return self.chain()
        if name == "sharpness":
            return self.landscape(name) if self.peek.text in self.landscapes else self.sharpness()
        if name == "Iverson":
            left, operator, right = self.term(), self.next(), self.term()
            self.expect(")")
            return vocabulary.Iverson(Relation(operator.text, left, right))
        known = [*vocabulary.FUNCTIONS, *vocabulary.WORDS[2:], "sharpness", "Iverson"]
        close = get_close_matches(name, known, 1)
        raise self.error(
            f"unknown function {name!r}",
            f"did you mean {close[0]}?" if close else "known: " + ", ".join(known),
            token,
        )

    def big(self, head: str) -> Term:
        mark = len(self.unknown)
        body = self.term()
        self.expect(",")
        self.expect("(")
        index = self.next()
        if index.kind != "name":
            raise self.error("expected an index", f"as in {head}(l, (l, 1, L))", index)
        inside = self.unknown[mark:]
        self.unknown[mark:] = [t for t in inside if t.text != index.text]
        self.expect(",")
        lower = self.term()
        self.expect(",")
        upper = self.term()
        self.expect(")")
        self.expect(")")
        symbol = self.names.get(index.text, Symbol(index.text, INTEGER))
        if not symbol.domain.integer or symbol.arity:
            raise self.error(f"{index.text} is no integer", "choose another index", index)
        build = vocabulary.Sum if head == "Sum" else vocabulary.Product
        return build(body, (symbol, lower, upper))

    def limit(self) -> Term:
        mark = len(self.unknown)
        body = self.term()
        self.expect(",")
        body, symbol = self.variable(body, mark, "as in limit(1/L, L, oo)")
        self.expect(",")
        point = self.term()
        self.expect(")")
        return vocabulary.limit(body, symbol, point)

    def derivative(self, token: _Token) -> Term:
        body = self.term()
        self.expect(",")
        variable = self.term()
        self.expect(")")
        try:
            return vocabulary.diff(body, variable)
        except StatementError as error:
            raise self.error(error.cause, error.remedy, token) from error

    def landscape(self, head: str) -> Term:
        token = self.next()
        named = self.landscapes.get(token.text)
        if named is None:
            raise self.error(
                f"{token.text!r} is no landscape",
                "declare it in a claims file: [[landscape]] with name, loss and parameters",
                token,
            )
        self.mentions += 1
        if self.mentions > MAX_MENTIONS:
            raise self.error(f"more than {MAX_MENTIONS} mentions of landscapes", "split the claim")
        parameters = []
        for _ in range({"sharpness": 0, "gradient": 1, "hessian": 2}[head]):
            self.expect(",")
            parameters.append(self.next().text)
        self.expect(")")
        try:
            term: Term = getattr(named, head)(*parameters)
        except StatementError as error:
            raise self.error(error.cause, error.remedy, token) from error
        return term

    def root(self) -> Term:
        mark = len(self.unknown)
        body = self.term()
        self.expect(",")
        self.expect("(")
        place = self.peek
        body, symbol = self.variable(body, mark, "as in root(x**2 - 2, (x, 0, 2))")
        if symbol.domain.integer:
            raise self.error(f"{symbol} is no real variable", "choose another name", place)
        self.expect(",")
        lower = self.term()
        self.expect(",")
        upper = self.term()
        self.expect(")")
        self.expect(")")
        return vocabulary.root(body, (symbol, lower, upper))

    def variable(self, body: Term, mark: int, example: str) -> tuple[Term, Symbol]:
        """The variable that comes next, which the body has as one; new names are declared real."""
        token = self.next()
        symbol = self.names.get(token.text, Symbol(token.text, REAL))
        if token.kind != "name" or symbol.arity:
            raise self.error("expected a variable", example, token)
        if token.text not in self.names:
            inside = self.unknown[mark:]
            self.unknown[mark:] = [t for t in inside if t.text != token.text]
            body = substitute(body, {Symbol(token.text, INTEGER): symbol})
        return body, symbol

    def chain(self) -> Term:
        layers = self.next()
        family = self.names.get(layers.text)
        if family is None or family.arity != 3:
            raise self.error("chain needs a family of matrices", "chain(W, 1, L, a, b, d)", layers)
        arguments: list[Term] = []
        for _ in range(5):
            self.expect(",")
            arguments.append(self.term())
        self.expect(")")
        return Apply("chain", family, *arguments)

    def sharpness(self) -> Term:
        token = self.next()
        simple = {"single_path": vocabulary.single_path, "balanced": vocabulary.balanced}
        allocation: Term
        if token.text in simple:
            allocation = simple[token.text]
        elif token.text == "shared":
            self.expect("(")
            allocation = vocabulary.shared(self.term())
            self.expect(")")
        elif token.text == "split":
            self.expect("(")
            shares = self.next()
            symbol = self.names.get(shares.text)
            if symbol is None or symbol.arity != 1:
                raise self.error("split needs a family of shares", "split(s)", shares)
            allocation = vocabulary.split(symbol)
            self.expect(")")
        else:
            raise self.error(
                f"{token.text!r} is no allocation",
                "use single_path, shared(k), balanced or split(s)",
                token,
            )
        setting: dict[str, Term] = {}
        while self.peek.text == ",":
            self.next()
            key = self.next()
            if key.text not in ("H", "L", "sigma") or key.text in setting:
                raise self.error("expected H=, L= or sigma=", "each at most once", key)
            self.expect("=")
            family = self.names.get(self.peek.text)
            if key.text == "L" and family is not None and family.arity == 1:
                setting[key.text] = family
                self.next()
            else:
                setting[key.text] = self.term()
        self.expect(")")
        return vocabulary.sharpness(allocation, **setting)


def _tokens(text: str) -> Iterable[_Token]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            character = text[position]
            raise StatementError(
                f"column {position + 1}: unexpected character {character!r}",
                "the language has names, numbers, + - * / ** ( ) [ ] , and relations",
            )
        kind = match.lastgroup or ""
        for name in ("space", "number", "name", "operator"):
            if match.group(name) is not None:
                kind = name
        if kind != "space":
            yield _Token(kind, match.group(), position + 1)
        position = match.end()
    yield _Token("end", "", position + 1)


__all__ = ["parse", "parse_conditions", "parse_term"]
