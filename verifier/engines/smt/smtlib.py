"""Statements as satisfiability problems in SMT-LIB: is there a point at which the statement fails?

Polynomials stand as they are; integers are read as reals by `to_real`.  A quotient and a root get
a variable of their own and a definition that can be satisfied whatever the values of the other
variables, so that no point is lost: every point at which the statement fails satisfies a query.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from verifier.engines.smt.fragment import (
    OutsideLanguage,
    exponent_value,
    literal_value,
    require_arithmetic,
    require_small,
    short,
)
from verifier.statements.definedness import Condition, conditions
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, Relation, Symbol, Term

MAX_DEGREE = 64


@dataclass(frozen=True)
class Problem:
    """Queries in SMT-LIB: the statement holds if none of them can be satisfied.

    `names` tells which variable of the queries stands for which symbol.  `left_out` is a relation
    that is given but has no counterpart ("" if all have): a model is then no counterexample.
    """

    queries: tuple[str, ...]
    names: dict[str, Symbol]
    left_out: str = ""


class _Value(NamedTuple):
    text: str
    degree: int


def problem(statement: Statement) -> Problem:
    """The queries for a statement: for every condition of definedness, and for the claim.

    A query asks for values in the domains at which everything given is defined and true, the
    earlier conditions of the claim hold, and this one fails; the last one, at which all of them
    hold and the claim is false.

    >>> from verifier.statements.vocabulary import real
    >>> x = real("x")
    >>> print(problem(Statement(x / x == 1)).queries[0])
    (declare-const v0 Real)
    (assert (not (not (= v0 0.0))))

    Raises:
        OutsideLanguage: the claim has no counterpart, or one that is too large.
    """
    require_small(statement)
    require_arithmetic(statement.claim)
    translation = _Translation()
    for symbol in statement.variables:
        translation.declare(symbol)
    left_out = ""
    for relation in statement.given:
        try:
            require_arithmetic(relation)
            needed = [translation.condition(c) for c in conditions(relation)]
            needed.append(translation.relation(relation))
        except OutsideLanguage:
            left_out = short(relation)
            continue
        for formula in needed:
            translation.require(formula)
    queries = []
    for condition in conditions(statement.claim):
        formula = translation.condition(condition)
        if formula not in translation.required:
            queries.append(translation.query(formula))
            translation.require(formula)
    queries.append(translation.query(translation.relation(statement.claim)))
    return Problem(tuple(queries), translation.names, left_out)


class _Translation:
    """The lines of a query, and the values that they give to terms."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, Symbol] = {}
        self.required = {"true"}
        self._values: dict[Term, _Value] = {}
        self._roots: dict[tuple[str, int], _Value] = {}
        self._count = 0

    # --- lines

    def declare(self, symbol: Symbol) -> None:
        """Declare a variable, within its domain."""
        if symbol.arity:
            return  # a family: refused where it is used
        name = f"v{len(self.names)}"
        self.names[name] = symbol
        domain = symbol.domain
        self.lines.append(f"(declare-const {name} {'Int' if domain.integer else 'Real'})")
        text = f"(to_real {name})" if domain.integer else name
        self._values[symbol] = _Value(text, 1)
        if domain.lower is not None:
            op = ">" if domain.strict else ">="
            self.require(f"({op} {text} {_number(domain.lower)})")

    def require(self, formula: str) -> None:
        """Let a formula hold in all queries from here on."""
        if formula not in self.required:
            self.required.add(formula)
            self.lines.append(f"(assert {formula})")

    def query(self, formula: str) -> str:
        """Whether a formula can fail, as things stand."""
        return "\n".join((*self.lines, f"(assert (not {formula}))"))

    def _name(self, text: str, degree: int) -> _Value:
        if degree > MAX_DEGREE:
            raise OutsideLanguage(f"a polynomial of degree {degree}")
        self._count += 1
        self.lines.append(f"(define-fun t{self._count} () Real {text})")
        return _Value(f"t{self._count}", degree)

    def _new(self) -> _Value:
        self._count += 1
        self.lines.append(f"(declare-const t{self._count} Real)")
        return _Value(f"t{self._count}", 1)

    # --- relations

    def relation(self, relation: Relation) -> str:
        """The relation as a formula."""
        left, right = self(relation.lhs).text, self(relation.rhs).text
        if relation.op in ("==", "!="):
            equal = f"(= {left} {right})"
            return equal if relation.op == "==" else f"(not {equal})"
        return f"({relation.op} {left} {right})"

    def condition(self, condition: Condition) -> str:
        """A condition of definedness as a formula."""
        kind, terms = condition.kind, condition.terms
        if kind != "power":
            return self._compared(_CONDITIONS[kind], terms[0])
        base, exponent = terms[0], exponent_value(terms[1])
        if exponent.denominator > 1:
            return self._compared(">=" if exponent > 0 else ">", base)
        return self._compared("!=", base) if exponent < 0 else "true"

    def _compared(self, op: str, term: Term) -> str:
        literal = literal_value(term)
        if literal is not None:
            holds = {"!=": literal != 0, ">=": literal >= 0, ">": literal > 0}[op]
            return "true" if holds else "false"
        return self.relation(Relation(op, term, 0))

    # --- terms

    def __call__(self, term: Term) -> _Value:
        done = self._values.get(term)
        if done is None:
            done = self._values[term] = self._translated(term)
        return done

    def _translated(self, term: Term) -> _Value:
        literal = literal_value(term)
        if literal is not None:
            return _Value(_number(literal), 0)
        if not isinstance(term, Apply):
            raise OutsideLanguage(short(term))
        head, args = term.head, term.args
        if head == "**":
            return self._power(args[0], exponent_value(args[1]))
        if head == "sqrt":
            return self._root(self(args[0]), 2)
        if head == "Iverson":
            return self._name(f"(ite {self.relation(args[0])} 1.0 0.0)", 1)
        values = [self(a) for a in args]
        first, last = values[0].text, values[-1].text
        highest = max(v.degree for v in values)
        if head == "*":
            return self._name(f"(* {first} {last})", sum(v.degree for v in values))
        if head == "/":
            return self._quotient(values[0], args[1])
        if head == "neg":
            return self._name(f"(- {first})", highest)
        if head == "Abs":
            return self._name(f"(ite (>= {first} 0.0) {first} (- {first}))", highest)
        if head in ("Min", "Max"):
            op = "<=" if head == "Min" else ">="
            return self._name(f"(ite ({op} {first} {last}) {first} {last})", highest)
        return self._name(f"({head} {first} {last})", highest)

    def _quotient(self, numerator: _Value, denominator: Term) -> _Value:
        literal = literal_value(denominator)
        if literal:
            return self._name(f"(* {_number(1 / literal)} {numerator.text})", numerator.degree)
        return self._ratio(numerator, self(denominator))

    def _ratio(self, numerator: _Value, denominator: _Value) -> _Value:
        """A number d with d*q == p; any number where q is 0, there the quotient is undefined."""
        own, (p, q) = self._new(), (numerator.text, denominator.text)
        self.require(f"(or (= {q} 0.0) (= (* {own.text} {q}) {p}))")
        return own

    def _power(self, base: Term, exponent: Fraction) -> _Value:
        size = abs(exponent.numerator)
        if not size:
            return _Value(_number(Fraction(1)), 0)
        value = self(base)
        if exponent.denominator > 1:
            value = self._root(value, exponent.denominator)
        raised = self._raised(value, size)
        return raised if exponent > 0 else self._ratio(_Value(_number(Fraction(1)), 0), raised)

    def _root(self, value: _Value, degree: int) -> _Value:
        """A number r >= 0 with r**degree == x; any number where x < 0, the root is undefined."""
        own = self._roots.get((value.text, degree))
        if own is None:
            own = self._new()
            power = self._raised(own, degree).text
            is_root = f"(and (>= {own.text} 0.0) (= {power} {value.text}))"
            self.require(f"(or (< {value.text} 0.0) {is_root})")
            self._roots[value.text, degree] = own
        return own

    def _raised(self, value: _Value, exponent: int) -> _Value:
        if exponent == 1:
            return value
        degree = max(1, value.degree) * exponent
        if degree > MAX_DEGREE:
            raise OutsideLanguage(f"a power of degree {degree}")
        return self._name(f"(* {' '.join([value.text] * exponent)})", degree)


def _number(value: Fraction) -> str:
    size = f"{abs(value.numerator)}.0"
    text = size if value.denominator == 1 else f"(/ {size} {value.denominator}.0)"
    return f"(- {text})" if value < 0 else text


_CONDITIONS = {"nonzero": "!=", "positive": ">", "nonnegative": ">=", "power": ""}

__all__ = ["Problem", "problem"]
