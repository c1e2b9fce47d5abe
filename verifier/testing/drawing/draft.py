"""Values of some variables, and what they leave to the others of all that is given."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from verifier.engines.counterexample.rational import Evaluator
from verifier.engines.counterexample.values import Values
from verifier.engines.enclosure.unrolled import PLAIN
from verifier.engines.witness import numeric
from verifier.engines.witness.draws import holds_at
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

from .bounds import Left, left
from .equations import Equation, Plan, equations, plan
from .members import Place, family_of, members, with_members
from .solutions import solutions
from .written import written

FEW, MANY = 50, 150  # digits; a difference that vanishes with more of them is none

Members = dict[Symbol, dict[Place, Symbol]]


class Draft:
    """Values of some variables, and the relations that are left; it is never changed.

    Equalities determine some variables from others: the others are drawn first, whole numbers
    before all.  Members of families are variables of their own.

    >>> from verifier.statements.claims import statement_of
    >>> kinds = {"d": "integer", "p": "integer"}
    >>> draft = Draft.of(statement_of("d > p", ["1 <= p", "p <= d - 1"], kinds))
    >>> d = draft.next()
    >>> d, draft.left(d)
    (d, Left(lower=Fraction(2, 1), upper=None))
    >>> further = draft.put(d, Number(2))
    >>> further.left(further.next())
    Left(lower=Fraction(1, 1), upper=Fraction(1, 1))

    >>> given = ["x*y == 6", "x + y == 5"]
    >>> draft = Draft.of(statement_of("x > 0", given, {"x": "real", "y": "real"}))
    >>> draft.next(), draft.solved(draft.next())
    (x, [2, 3])
    """

    def __init__(
        self,
        claim: Relation,
        given: tuple[Relation, ...],
        met: tuple[Relation, ...],
        variables: tuple[Symbol, ...],
        values: Values,
        families: Members,
    ) -> None:
        self.claim = claim
        self.given = given  # what the values leave open
        self.met = met  # equalities that hold by the value of a variable that they gave
        self.variables = variables
        self._values = values
        self._families = families

    @classmethod
    def of(cls, statement: Statement) -> Draft:
        """The draft without values."""
        variables = sorted(statement.variables, key=lambda s: (not s.domain.integer, s.arity))
        given = tuple(written(relation) for relation in statement.given)
        return cls(statement.claim, given, (), tuple(variables), {}, {})._split()

    def next(self) -> Symbol | None:
        """The variable that gets a value next: what an equation gives, then whole numbers.

        What other equations give comes last.
        """
        if self._given_now is not None:
            return self._given_now[0]
        whole = [s for s in self.variables if s.domain.integer]
        inside = self._hidden
        candidates = whole or sorted(self.variables, key=lambda s: s not in inside)
        last = self._plan.owned()
        return next((s for s in candidates if s not in last), next(iter(candidates), None))

    def solved(self, symbol: Symbol) -> list[Term] | None:
        """The values of which one remains to a variable by an equation; none if it is free.

        Raises:
            Nowhere: no value is left.
        """
        now = self._given_now
        if now is None or now[0] is not symbol:
            return None
        return solutions(now[1], symbol, *self.left(symbol))

    def left(self, symbol: Symbol) -> Left:
        """The bounds that all that is given leaves the variable, the others being anything.

        Raises:
            Nowhere: no value is left.
        """
        return left(self.given, self._expressed, symbol)

    def allows(self, symbol: Symbol, value: Term) -> bool:
        """Whether the value lies in the variable's domain, and all that it decides holds."""
        return self.put(symbol, value) is not None

    def put(self, symbol: Symbol, value: Term) -> Draft | None:
        """The draft with a value of a variable, if that is allowed."""
        if not _in_domain(symbol, value):
            return None
        now = self._given_now
        source = now[1].source if now is not None and now[0] is symbol else None
        open_ = tuple(g for g in self.given if g is not source)
        given = self._with(symbol, value, open_)
        met = self._with(symbol, value, self.met if source is None else (*self.met, source))
        if not (all(_holds(g) for g in given if not g.free) and all(map(_agrees, met))):
            return None
        return Draft(
            self.claim,
            tuple(g for g in given if g.free),
            tuple(m for m in met if m.free),
            tuple(s for s in self.variables if s is not symbol),
            {**self._values, symbol: value},
            self._families,
        )._split()

    def is_member(self, symbol: Symbol) -> bool:
        """Whether the variable is a member of a family."""
        return any(symbol in own.values() for own in self._families.values())

    def values(self) -> Values:
        """The values of the statement's variables, when all have one."""
        found = {s: value for s, value in self._values.items() if not self.is_member(s)}
        for family, own in self._families.items():
            found[family] = family_of(family, {p: self._values[s] for p, s in own.items()})
        return found

    # --- inside

    @cached_property
    def _plan(self) -> Plan:
        return _planned(self.given, self.variables)

    @property
    def _claimed(self) -> Relation:
        """The claim at the whole numbers that have values."""
        whole = tuple((s, value) for s, value in self._values.items() if s.domain.integer)
        return _claimed(self.claim, whole)

    @cached_property
    def _given_now(self) -> tuple[Symbol, Equation] | None:
        """A variable that is the only one of an equation, and the equation."""
        for equation in (*equations(self.given), *(own for _, own in self._plan.steps)):
            free = equation.free
            if len(free) == 1:
                (symbol,) = free
                looked_into = not (symbol.domain.integer and symbol in equation.hidden)
                if not symbol.arity and symbol in self.variables and looked_into:
                    return symbol, equation
        return None

    @cached_property
    def _expressed(self) -> tuple[Relation, ...]:
        """The variables that equations give, as terms of others."""
        given = ((s, own) for s, own in self._plan.steps if s in own.parts and s not in own.hidden)
        terms = ((symbol, own.linear(symbol)) for symbol, own in given)
        return tuple(symbol == term for symbol, term in terms if term is not None)

    @cached_property
    def _hidden(self) -> frozenset[Symbol]:
        """The variables of parts that have no interval before they are closed."""
        parts = (n for g in self.given for n in subterms(g) if _opaque(n))
        return frozenset().union(*(n.free for n in parts))

    def _with(self, symbol: Symbol, value: Term, given: tuple[Relation, ...]) -> list[Relation]:
        here = {symbol: value}
        return [written(substitute(g, here)) if symbol in g.free else g for g in given]

    def _split(self) -> Draft:
        """With members as variables, of families of which nothing else occurs in what is given."""
        if any(s.domain.integer for s in self.variables):
            return self
        done = self
        for family in [s for s in self.variables if s.arity]:
            done = done._split_into(family)
        return done

    def _split_into(self, family: Symbol) -> Draft:
        own = members(family, self.given, self._claimed, {s.name for s in self.variables})
        given = tuple(with_members(g, family, own) for g in self.given)
        if not own or any(family in g.free for g in given):
            return self
        place = self.variables.index(family)
        variables = (*self.variables[:place], *own.values(), *self.variables[place + 1 :])
        met = tuple(with_members(m, family, own) for m in self.met)
        families = {**self._families, family: own}
        return Draft(self.claim, given, met, variables, self._values, families)


@lru_cache(maxsize=256)
def _claimed(claim: Relation, whole: tuple[tuple[Symbol, Term], ...]) -> Relation:
    return written(substitute(claim, dict(whole)))  # type: ignore[no-any-return]


@lru_cache(maxsize=1_024)
def _planned(given: tuple[Relation, ...], variables: tuple[Symbol, ...]) -> Plan:
    inequalities = [g for g in given if g.op != "=="]
    direct = {side for g in given if g.op == "==" for side in (g.lhs, g.rhs)}
    places = {s: place for place, s in enumerate(variables)}

    def rank(symbol: Symbol) -> tuple[Any, ...]:
        """A variable without conditions of its own is given most easily."""
        conditions = sum(symbol in g.free for g in inequalities)
        bounded = symbol.domain.lower is not None
        return conditions + bounded, symbol not in direct, -places[symbol]

    return plan([e for e in equations(given) if e.free <= places.keys()], rank)


def _opaque(node: Any) -> bool:
    return isinstance(node, Apply) and node.head not in PLAIN and node.head != "[]"


def _in_domain(symbol: Symbol, value: Term) -> bool:
    domain = symbol.domain
    if symbol.arity or isinstance(value, Number):
        return bool(symbol.arity) or domain.contains(value.value)  # type: ignore[attr-defined]
    if domain.integer:
        return False
    op = ">" if domain.strict else ">="
    return domain.lower is None or holds_at(Relation(op, value, domain.lower), {})


@lru_cache(maxsize=4_096)
def _holds(relation: Relation) -> bool:
    if isinstance(relation.lhs, Number) and isinstance(relation.rhs, Number):
        return Evaluator({}).holds(relation)
    return holds_at(relation, {})


@lru_cache(maxsize=1_024)
def _agrees(relation: Relation) -> bool:
    """Whether the sides of an equality that was solved agree to all digits, if it is closed."""
    if relation.free:
        return True
    if isinstance(relation.lhs, Number) and isinstance(relation.rhs, Number):
        return relation.lhs is relation.rhs
    try:
        if numeric.holds(Statement(relation), {}):
            return True
        few, many = (
            abs(lhs - rhs) for lhs, rhs in (numeric.sides(relation, {}, n) for n in (FEW, MANY))
        )
    except numeric.CannotEvaluate:
        return False
    return bool(many * 10 ** (MANY - FEW - numeric.DIGITS) <= few)


__all__ = ["Draft"]
