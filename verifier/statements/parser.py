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

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from verifier.errors import StatementError
from verifier.statements import vocabulary
from verifier.statements.calls import CALLS
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term
from verifier.statements.tokens import Token, tokens

if TYPE_CHECKING:
    from verifier.statements.landscapes import Landscape

MAX_LENGTH = 20_000
MAX_DEPTH = 100
MAX_DIGITS = 1_000
MAX_TOKENS = 4_000

_RELATIONS = ("<", "<=", "==", "!=", ">=", ">")
_HINTS = {"=": "write == for equality", "^": "write ** for powers"}


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
    parser = Parser(text, variables or {}, landscapes)
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
    parser = Parser(text, variables or {})
    term = parser.term()
    parser.finish()
    return term


class Parser:
    """The tokens of a text, and where in them it stands; every method reads what comes next."""

    def __init__(
        self, text: str, variables: Mapping[str, Symbol], landscapes: Landscapes = _NONE
    ) -> None:
        if len(text) > MAX_LENGTH:
            raise StatementError(
                f"a statement of {len(text)} characters", f"stay below {MAX_LENGTH}"
            )
        self.names = {**vocabulary.VARIABLES, **variables}
        self.tokens = list(tokens(text))
        if len(self.tokens) == 1:
            raise StatementError("the statement is empty", "write one, such as H**(2/L - 1) < 1")
        if len(self.tokens) > MAX_TOKENS:
            raise StatementError("the statement is too long", f"at most {MAX_TOKENS} tokens")
        self.landscapes = landscapes
        self.mentions = 0
        self.position = 0
        self.depth = 0
        self.unknown: list[Token] = []  # names that an enclosing Sum or Product may bind

    @property
    def peek(self) -> Token:
        return self.tokens[self.position]

    def next(self) -> Token:
        token = self.peek
        self.position += 1
        return token

    def error(self, cause: str, remedy: str, token: Token | None = None) -> StatementError:
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

    def number(self, token: Token) -> Term:
        if not token.text.isdigit():
            remedy = "write an exact number: 1/2 for 0.5"
            raise self.error(f"{token.text} is a float", remedy, token)
        if len(token.text) > MAX_DIGITS:
            raise self.error("a number with too many digits", f"at most {MAX_DIGITS}", token)
        return Number(int(token.text))

    def name(self, token: Token) -> Term:
        name = token.text
        if name in self.names:
            symbol = self.names[name]
            if symbol.arity:
                if self.peek.text != "[":
                    places = ", ".join("hlab"[: symbol.arity])
                    raise self.error(f"{name} is a family", f"write {name}[{places}]", token)
                self.next()
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

    def call(self, token: Token) -> Term:
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
        if name in CALLS:
            try:
                return CALLS[name](self)
            except StatementError as error:
                if error.cause.startswith("column "):
                    raise
                raise self.error(error.cause, error.remedy, token) from error
        known = [*vocabulary.FUNCTIONS, *CALLS]
        close = get_close_matches(name, known, 1)
        raise self.error(
            f"unknown function {name!r}",
            f"did you mean {close[0]}?" if close else "known: " + ", ".join(known),
            token,
        )

    def index(self, example: str) -> Symbol:
        """The name of an index, bound to be any integer; no other variable may have it."""
        token = self.next()
        if token.kind != "name":
            raise self.error("expected an index", example, token)
        known = self.names.get(token.text)
        if known is not None and (not known.domain.integer or known.arity):
            raise self.error(f"{token.text} is no integer", "choose another index", token)
        return Symbol(token.text, INTEGER)

    def family(self, arity: int, example: str) -> Term:
        """A declared family of so many indices, or a lambda."""
        found = self.family_or_none(arity)
        if found is None:
            word = "index" if arity == 1 else "indices"
            raise self.error(f"expected a family of {arity} {word}", example)
        return found

    def family_or_term(self, arity: int) -> Term:
        """A family of so many indices, if there is one, or a term."""
        found = self.family_or_none(arity) if arity else None
        return self.term() if found is None else found

    def family_or_none(self, arity: int) -> Term | None:
        """A family of so many indices, or None where something else comes next."""
        token, after = self.peek, self.tokens[min(self.position + 1, len(self.tokens) - 1)]
        known = self.names.get(token.text)
        if known is not None and known.arity == arity and after.text != "[":
            self.next()
            return known
        if (token.text, after.text) != ("(", "lambda") or "lambda" in self.names:
            return None
        self.next()
        self.next()
        example = "as in (lambda h, l: h + l)"
        indices = [self.index(example)]
        while self.peek.text == ",":
            self.next()
            indices.append(self.index(example))
        self.expect(":")
        if len(indices) != arity:
            raise self.error(f"{len(indices)} indices in place of {arity}", "add or drop", token)
        outside = self.names
        self.names = {**outside, **{symbol.name: symbol for symbol in indices}}
        body = self.term()
        self.names = outside
        self.expect(")")
        return Apply("lambda", *indices, body)


__all__ = ["parse", "parse_conditions", "parse_term"]
