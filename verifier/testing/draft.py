"""Values of some variables, and what they leave to the others of all that is given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from flint import arb, fmpq

from verifier.engines.counterexample.rational import Evaluator, NotRational
from verifier.engines.counterexample.values import Values
from verifier.engines.enclosure.boxes import simplest
from verifier.engines.enclosure.intervals import (
    INFINITY,
    Interval,
    Nowhere,
    between,
    precision,
)
from verifier.engines.enclosure.narrowing import narrowed
from verifier.engines.enclosure.unrolled import PLAIN
from verifier.engines.witness import numeric
from verifier.engines.witness.draws import holds_at
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, function, member, rebuild, substitute
from verifier.statements.terms import INTEGER, Apply, Number, Relation, Symbol, Term, subterms

ROUNDS = 4  # of narrowing
BITS, AGREE = 256, 200  # of narrowing, and in which a bound and a simple number are the same
FAR = Fraction(2) ** 4_000  # bounds beyond are none
MAX_MEMBERS = 200  # of a sum that is written out


class Left(NamedTuple):
    """What is left to a variable: bounds, which it may have unless something given excludes it."""

    lower: Fraction | None
    upper: Fraction | None

    def context(self, symbol: Symbol) -> Context:
        """The bounds as a context in which values of the variable are looked for."""
        above = () if self.lower is None else (symbol >= self.lower,)
        below = () if self.upper is None else (symbol <= self.upper,)
        return context_of((*above, *below))


class Draft:
    """Values of some variables; members of families are variables of their own.

    >>> from verifier.statements.claims import statement_of
    >>> kinds = {"d": "integer", "p": "integer"}
    >>> draft = Draft(statement_of("d > p", ["1 <= p", "p <= d - 1"], kinds))
    >>> d = draft.next()
    >>> d, draft.left(d)
    (d, Left(lower=Fraction(2, 1), upper=None))
    >>> draft.put(d, Number(2))
    True
    >>> draft.solved(draft.next()), draft.left(draft.next())
    (None, Left(lower=Fraction(1, 1), upper=Fraction(1, 1)))
    """

    def __init__(self, statement: Statement) -> None:
        self.given = [written(relation) for relation in statement.given]
        self.open = sorted(statement.variables, key=lambda s: (not s.domain.integer, s.arity))
        self.members: dict[Symbol, dict[tuple[int, ...], Symbol]] = {}
        self._values: Values = {}
        self._split()

    def next(self) -> Symbol | None:
        """The variable to be drawn next: first what has one value left, then whole numbers.

        What others determine comes last.
        """
        if not self.open:
            return None
        single = next((s for s in self.open if self.solved(s) is not None), None)
        if single is not None:
            return single
        if any(s.domain.integer for s in self.open):
            candidates = [s for s in self.open if s.domain.integer]
        else:
            inside = frozenset().union(*(n.free for r in self.given for n in _opaque(r)))
            candidates = sorted(self.open, key=lambda s: s not in inside)
        last = {s for s in candidates if self._expressed(s) is not None}
        last.update(self._solvable(last))
        return next((s for s in candidates if s not in last), candidates[0])

    def solved(self, symbol: Symbol) -> Term | None:
        """The value that an equality which is given leaves the variable, if that is closed."""
        term = self._expressed(symbol)
        return term if term is None or not term.free else None

    def _expressed(self, symbol: Symbol) -> Term | None:
        """The variable by others, as an equality states it or the kernel solves it."""
        if symbol.arity:
            return None
        for relation in self.given:
            sides: list[tuple[Term, Term]] = [
                (relation.lhs, relation.rhs),
                (relation.rhs, relation.lhs),
            ]
            for own, term in sides:
                if relation.op == "==" and own is symbol and not term.free:
                    return term
        found = self._context().rewrite(symbol)
        return None if found is None else to_term(found)

    def _solvable(self, expressed: set[Symbol]) -> Iterator[Symbol]:
        """For each equality without such a variable, one that it gives by the others."""
        for relation in self.given:
            if relation.op == "==" and expressed.isdisjoint(relation.free):
                own = tuple(s for s in self.open if s in relation.free)
                yield from [s for s in own if not s.arity and _solves(relation, s, own)][:1]

    def left(self, symbol: Symbol) -> Left:
        """The bounds that all that is given leaves the variable, the others being anything.

        Raises:
            Nowhere: no value is left.
        """
        own = self._context().bounds(symbol)
        lower, upper = _exact(own.lower), _exact(own.upper)
        if symbol.arity:
            return Left(lower, upper)
        with precision(BITS):
            found = self._narrowed()[symbol]
        low, high = _end(found.lo, 1), _end(found.hi, -1)
        if low is not None and (lower is None or _apart(low, lower) > 0):
            lower = low
        if high is not None and (upper is None or _apart(upper, high) > 0):
            upper = high
        if lower is not None and upper is not None and lower > upper:
            raise Nowhere
        return Left(lower, upper)

    def allows(self, symbol: Symbol, value: Term) -> bool:
        """Whether the value lies in the variable's domain, and all that it decides holds."""
        return self._allowed(symbol, value) and all(
            _holds(g) for g in self._with(symbol, value) if not g.free
        )

    def put(self, symbol: Symbol, value: Term) -> bool:
        """Give the variable a value, if it is allowed."""
        if not self.allows(symbol, value):
            return False
        self.given = [g for g in self._with(symbol, value) if g.free]
        self.open.remove(symbol)
        self._values[symbol] = value
        self._split()
        return True

    def is_member(self, symbol: Symbol) -> bool:
        """Whether the variable is a member of a family."""
        return any(symbol in own.values() for own in self.members.values())

    def values(self) -> Values:
        """The values of the statement's variables, when all have one."""
        found = {s: value for s, value in self._values.items() if not self.is_member(s)}
        return {**found, **{family: self._family(family) for family in self.members}}

    # --- inside

    def _with(self, symbol: Symbol, value: Term) -> list[Relation]:
        here = {symbol: value}
        return [written(substitute(g, here)) if symbol in g.free else g for g in self.given]

    def _allowed(self, symbol: Symbol, value: Term) -> bool:
        domain = symbol.domain
        if symbol.arity or isinstance(value, Number):
            return bool(symbol.arity) or domain.contains(value.value)  # type: ignore[attr-defined]
        if domain.integer:
            return False
        op = ">" if domain.strict else ">="
        return domain.lower is None or holds_at(Relation(op, value, domain.lower), {})

    def _context(self) -> Context:
        return context_of(tuple(self.given))

    def _narrowed(self) -> dict[Symbol, Interval]:
        box = {s: _domain(s) for s in self.open if not s.arity}
        plain = [_approximate(g) for g in self.given]
        for _ in range(ROUNDS):
            before = box
            for relation in plain:
                try:
                    box = narrowed(relation, box)
                except Refused:
                    continue
            box = {s: _whole(i) if s.domain.integer else i for s, i in box.items()}
            if box == before:
                break
        return box

    def _split(self) -> None:
        """Make members variables, of families of which nothing else occurs in what is given."""
        if any(s.domain.integer for s in self.open):
            return
        for family in [s for s in self.open if s.arity]:
            found = {n.args[1:] for n in self._parts() if _is_member(n, family)}
            found = {i for i in found if all(isinstance(n, Number) for n in i)}
            names = {s.name for s in self.open}
            own = {
                tuple(int(n.value) for n in indices): fresh(
                    Symbol("_".join([family.name, *map(repr, indices)]), family.domain), names
                )
                for indices in sorted(found, key=lambda i: [n.value for n in i])
            }
            given = [_with_members(g, family, own) for g in self.given]
            if not own or any(family in g.free for g in given):
                continue
            self.given, self.members[family] = given, own
            place = self.open.index(family)
            self.open[place : place + 1] = own.values()

    def _parts(self) -> Iterator[Any]:
        return (n for g in self.given for n in subterms(g))

    def _family(self, family: Symbol) -> Term:
        """A family with the members that have values, and the last of them from there on."""
        from verifier.statements.vocabulary import Iverson

        own = {place: self._values[s] for place, s in self.members[family].items()}
        indices = tuple(Symbol(name, INTEGER) for name in ("a", "b", "c", "d")[: family.arity])
        rest = body = list(own.values())[-1]
        for place, value in own.items():
            if value is not rest:
                bracket: Term = value - rest
                if isinstance(value, Number) and isinstance(rest, Number):
                    bracket = Number(value.value - rest.value)
                for index, position in zip(indices, place, strict=True):
                    bracket = bracket * Iverson(index == position)
                body = body + bracket
        return function(indices, body)


def written(node: Any) -> Any:
    """The term or relation with sums over literal ranges written out, and closed parts computed.

    >>> from verifier.statements.vocabulary import NONNEGATIVE, Sum, family, integer
    >>> s, h = family("s", NONNEGATIVE), integer("h")
    >>> written(Sum(s[h], (h, 1, 1 + 1)))
    s[1] + s[2]
    """
    seen: dict[Any, Any] = {}

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply) or node.head == "lambda":
            return node
        done = seen.get(node)
        if done is None:
            done = seen[node] = step(node)
        return done

    def step(node: Apply) -> Term:
        if node.head in ("Sum", "Product"):
            return range_(node)
        if node.head in ("limit", "root", "diff"):
            return node
        if node.head == "[]" and not isinstance(node.args[0], Symbol):
            return go(member(node.args[0], node.args[1:]))  # type: ignore[no-any-return]
        done = rebuild(node.head, tuple(map(go, node.args)))
        return done if done.free or node.head not in PLAIN else _number(done)

    def range_(node: Apply) -> Term:
        body, index, lower, upper = node.args
        first, last = go(lower), go(upper)
        if not (isinstance(first, Number) and isinstance(last, Number)):
            return Apply(node.head, body, index, first, last)
        start, stop = first.value, last.value + 1
        if stop - start > MAX_MEMBERS or start.denominator * stop.denominator != 1:
            return Apply(node.head, body, index, first, last)
        places = range(int(start), int(stop))
        members = [go(substitute(body, {index: Number(i)})) for i in places]
        return _joined("+" if node.head == "Sum" else "*", members)

    return go(node)


def _joined(head: str, members: list[Term]) -> Term:
    if not members:
        return Number(0 if head == "+" else 1)
    first, *rest = members
    return rebuild(head, (first, _joined(head, rest))) if rest else first


def _number(term: Term) -> Term:
    try:
        return Number(Evaluator({})(term))
    except NotRational:
        return term


def _approximate(relation: Relation) -> Relation:
    """The relation with what no interval is known of, where it is closed, as a number nearby."""

    def go(node: Any) -> Any:
        if not isinstance(node, Apply):
            return node
        if node.head in PLAIN:
            return rebuild(node.head, tuple(map(go, node.args)))
        return node if node.free else _near(node)

    if any(isinstance(n, Apply) and n.head == "Iverson" for n in subterms(relation)):
        return relation
    return Relation(relation.op, go(relation.lhs), go(relation.rhs))


@lru_cache(maxsize=4_096)
def _near(term: Term) -> Term:
    try:
        return Number(Evaluator({})(term))
    except NotRational:
        pass
    try:
        value = numeric.Evaluator()(term)
    except numeric.CannotEvaluate:
        return term
    sign, mantissa, exponent, _ = value._mpf_
    return Number((-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent)


def _opaque(relation: Relation) -> Iterator[Term]:
    """The parts that have no interval before they are closed."""
    return (
        n
        for n in subterms(relation)
        if isinstance(n, Apply) and n.head not in PLAIN and n.head != "[]"
    )


def _holds(relation: Relation) -> bool:
    if isinstance(relation.lhs, Number) and isinstance(relation.rhs, Number):
        return Evaluator({}).holds(relation)
    return holds_at(relation, {})


@lru_cache(maxsize=1_024)
def _solves(relation: Relation, symbol: Symbol, others: tuple[Symbol, ...]) -> bool:
    """Whether the kernel solves an equality for the variable at generic values of the others."""
    generic = {
        s: Number(place + 3) if s.domain.integer else Number(Fraction(2 * place + 3, 7))
        for place, s in enumerate(others)
        if s is not symbol and not s.arity
    }
    found = context_of((written(substitute(relation, generic)),)).rewrite(symbol)
    return found is not None and not to_term(found).free


def _is_member(node: Any, family: Symbol) -> bool:
    return isinstance(node, Apply) and node.head == "[]" and node.args[0] is family


def _with_members(node: Any, family: Symbol, own: dict[tuple[int, ...], Symbol]) -> Any:
    """The node with the members of a family at literal indices as variables."""

    def go(node: Any) -> Any:
        if isinstance(node, Relation):
            return Relation(node.op, go(node.lhs), go(node.rhs))
        if not isinstance(node, Apply) or family not in node.free or node.head == "lambda":
            return node
        if _is_member(node, family) and all(isinstance(n, Number) for n in node.args[1:]):
            return own[tuple(int(n.value) for n in node.args[1:])]
        return rebuild(node.head, tuple(map(go, node.args)))

    return go(node)


def _domain(symbol: Symbol) -> Interval:
    lower = symbol.domain.lower
    return Interval(-INFINITY if lower is None else between(lower, lower).lo, INFINITY)


def _whole(found: Interval) -> Interval:
    low = found.lo.ceil() if found.lo.is_finite() else found.lo
    high = found.hi.floor() if found.hi.is_finite() else found.hi
    if low > high:
        raise Nowhere
    return Interval(low, high)


def _exact(bound: fmpq | None) -> Fraction | None:
    return None if bound is None else Fraction(int(bound.p), int(bound.q))


def _end(end: arb, inwards: int) -> Fraction | None:
    """A simple number at the end of an interval, or none where the end is far away."""
    if not (end.is_finite() and -_FAR < end < _FAR):
        return None
    value = end.fmpq()
    near = value + inwards * abs(value) / fmpq(2) ** AGREE
    return _exact(simplest(min(value, near), max(value, near)))


def _apart(a: Fraction, b: Fraction) -> Fraction:
    """a - b, or 0 where they agree but for rounding."""
    return Fraction(0) if abs(a - b) * 2 ** (AGREE // 2) <= abs(b) else a - b


_FAR = fmpq(FAR.numerator)

__all__ = ["Draft", "Left", "written"]
