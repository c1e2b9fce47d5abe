"""What is known where a statement is judged: its variables' domains and what is given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flint import fmpq

from verifier.kernel import normal, quantities, signs
from verifier.kernel.clearing import clear
from verifier.kernel.known import Bounds
from verifier.kernel.polynomial import (
    Base,
    E,
    Exponent,
    Poly,
    Refused,
    constant,
    is_integral,
    occurs,
    power_of,
    to_term,
)
from verifier.kernel.powers import inverse, multiply, require_power
from verifier.kernel.roots import require_root
from verifier.kernel.shifting import DECIDED
from verifier.kernel.sign import sign_of
from verifier.statements.definedness import Condition, conditions
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms

MAX_DEPTH = 24


class Context:
    """Facts that may be used: inequalities, equalities as rewriting rules, what is not zero."""

    def __init__(
        self,
        inequalities: Iterable[tuple[Poly, bool]] = (),
        nonzero: Iterable[Poly] = (),
        rewrites: dict[Term, Poly] | None = None,
        names: frozenset[str] = frozenset(),
        depth: int = 0,
    ) -> None:
        self.inequalities = tuple(dict.fromkeys(inequalities))  # each fact once
        self.nonzero = tuple(dict.fromkeys(nonzero))
        self.rewrites = rewrites or {}
        self.names = names
        self._normal: dict[Term, Poly] = {}
        self._sign: dict[Poly, int] = {}
        self._base_sign: dict[Base, int] = {}
        self._bounds: dict[Base, Bounds] = {}
        self._cleared: list[tuple[Poly, bool]] | None = None
        self._depth = depth

    # --- the interface of the algebra

    def normal(self, term: Term) -> Poly:
        """The normal form of a term here."""
        done = self._normal.get(term)
        if done is None:
            done = self._normal[term] = normal.normalise(self, term)
        return done

    def sign(self, poly: Poly) -> int:
        """The signs that a polynomial can have here."""
        done = self._sign.get(poly)
        if done is None:
            if self._depth > MAX_DEPTH:
                return signs.ANY
            self._sign[poly] = signs.ANY  # whatever asks again meanwhile learns nothing
            self._depth += 1
            try:
                done = self._sign[poly] = sign_of(self, poly)
            finally:
                self._depth -= 1
        return done

    def rewrite(self, atom: Term) -> Poly | None:
        """What the atom equals by an equality that is given."""
        return self.rewrites.get(atom)

    def within(self, index: Symbol, lower: Poly, upper: Poly) -> Context:
        """The context in which an index runs from a lower to an upper bound."""
        own = power_of(index)
        facts = ((own - lower, False), (upper - own, False))
        return Context(
            self.inequalities + facts,
            self.nonzero,
            self.rewrites,
            self.names | {index.name},
            self._depth + 1,
        )

    def is_integer(self, poly: Poly) -> bool:
        """Whether every monomial is known to be an integer, with an integer coefficient."""
        return all(
            c.q == 1 and all(self._integral_power(b, e) for b, e in m)
            for m, c in poly.terms.items()
        )

    def _integral_power(self, base: Base, exponent: Exponent) -> bool:
        if not (is_integral(exponent) and exponent > 0):  # type: ignore[operator]
            return False
        if isinstance(base, Poly):
            return self.is_integer(base)
        if isinstance(base, Symbol):
            return base.domain.integer
        if isinstance(base, Apply) and base.head == "[]":
            return base.args[0].domain.integer
        return isinstance(base, Apply) and base.head == "Iverson"

    def cleared(self) -> list[tuple[Poly, bool]]:
        """The inequalities without denominators, as far as that is possible."""
        if self._cleared is None:
            self._cleared = []
            for fact, strict in self.inequalities:
                try:
                    self._cleared.append((clear(self, fact), strict))
                except Refused:
                    continue
        return self._cleared

    # --- signs and bounds of single quantities

    def base_sign(self, base: Base) -> int:
        """The signs that a base can have."""
        done = self._base_sign.get(base)
        if done is None:
            self._base_sign[base] = signs.ANY  # whatever asks again meanwhile learns nothing
            done = self._base_sign[base] = quantities.base_sign(self, base)
            if isinstance(base, Term) and done not in DECIDED and self.inequalities:
                done &= quantities.sign_by_facts(self, base)
                self._base_sign[base] = done
        return done

    def bounds(self, base: Base) -> Bounds:
        """The constant bounds of a base, from its domain and from what is given."""
        done = self._bounds.get(base)
        if done is None:
            done = self._bounds[base] = quantities.find_bounds(self, base)
        return done

    # --- deciding

    def relation_sign(self, relation: Relation) -> int:
        """The signs that lhs - rhs can have."""
        return self.sign(self.normal(relation.lhs) - self.normal(relation.rhs))

    def holds(self, relation: Relation) -> bool:
        """Whether the relation is true here, as far as signs tell (it must be defined)."""
        return signs.only(self.relation_sign(relation), signs.HOLDS[relation.op])

    def require_defined(self, node: Relation | Term) -> None:
        """Refuse unless every part of the node has a value here."""
        for condition in conditions(node, self.names):
            self.require(condition)

    def require(self, condition: Condition) -> None:
        """Refuse unless a condition of definedness holds here."""
        here = assume(self, condition.within)
        kind, terms = condition.kind, condition.terms
        if kind in _SIGN_CONDITIONS:
            fine = signs.only(here.sign(here.normal(terms[0])), _SIGN_CONDITIONS[kind])
        elif kind == "integer":
            fine = here.is_integer(here.normal(terms[0]))
        elif kind == "power":
            require_power(here, *map(here.normal, terms))
            fine = True
        elif kind == "limit":
            fine = terms[0] in here.rewrites  # it is given, or a premise says, what it is
        elif kind == "root":
            require_root(here, terms[0])  # type: ignore[arg-type]
            fine = True
        elif kind == "diff":
            here.normal(terms[0])  # differentiates, and refuses where it may not
            fine = True
        else:
            fine = False
        if not fine:
            raise Refused(f"not known to be defined: {condition!r}")


_SIGN_CONDITIONS = {
    "nonzero": signs.NONZERO, "positive": signs.POSITIVE, "nonnegative": signs.NONNEGATIVE,
}  # fmt: skip


# --- from what is given to a context ---------------------------------------------------------


@lru_cache(maxsize=512)
def context_of(given: tuple[Relation, ...]) -> Context:
    """The context of what is given, the domains of the variables included.

    Raises:
        nothing: what cannot be used is left out, which is always sound.
    """
    return assume(Context(), given)


def assume(context: Context, given: tuple[Relation, ...]) -> Context:
    """The context with more relations given."""
    if not given:
        return context
    given = (*given, *definedness(given))
    equalities = sorted((r for r in given if r.op == "=="), key=lambda r: len(list(subterms(r))))
    others = [r for r in given if r.op != "=="]
    names = context.names | {s.name for r in given for s in r.free}
    here = Context(context.inequalities, context.nonzero, context.rewrites, names)
    here = _with_inequalities(here, here, others)
    for equality in equalities:
        here = _with_equality(here, equality)
    if equalities:
        here = _with_inequalities(here, here, others)
    return Context(here.inequalities, here.nonzero, here.rewrites, names)


def definedness(given: tuple[Relation, ...]) -> list[Relation]:
    """What holds because the relations that are given are defined.

    A condition on every member of a family is more than that: only the members in use must exist.
    """
    return [
        fact
        for relation in given
        for condition in conditions(relation)
        if not condition.within and condition.terms[0].free <= relation.free
        for fact in _consequences(condition)
    ]


def _consequences(condition: Condition) -> tuple[Relation, ...]:
    """Relations that hold where a condition does."""
    (term, *_) = condition.terms
    if condition.kind == "root":
        _, _, lower, upper = term.args  # type: ignore[attr-defined]
        return lower <= term, term <= upper
    op = {"nonzero": "!=", "positive": ">", "nonnegative": ">="}.get(condition.kind)
    return () if op is None else (Relation(op, term, 0),)


def _with_inequalities(base: Context, known: Context, given: list[Relation]) -> Context:
    inequalities, nonzero = list(base.inequalities), list(base.nonzero)
    for _ in range(2):  # what is given later may justify reading what is given earlier
        inequalities, nonzero = list(base.inequalities), list(base.nonzero)
        for relation in given:
            try:
                poly = known.normal(relation.lhs) - known.normal(relation.rhs)
            except Refused:
                continue
            if poly.constant is not None:
                continue
            if relation.op == "!=":
                nonzero.extend(_nonzero_factors(poly))
            else:
                directed = poly if relation.op in (">", ">=") else -poly
                inequalities.append(_sharpened(known, directed, relation.op in ("<", ">")))
        barred = {*nonzero, *(-p for p in nonzero)}
        inequalities = [
            _sharpened(known, poly, True) if poly in barred else (poly, strict)
            for poly, strict in inequalities
        ]
        known = Context(inequalities, nonzero, base.rewrites, base.names)
        further = [fact for poly in nonzero for fact in _beside_zero(known, poly)]
        if further:
            known = Context([*inequalities, *further], nonzero, base.rewrites, base.names)
    return known


def _nonzero_factors(poly: Poly) -> list[Poly]:
    """What is not zero where the polynomial is not: all bases of a product."""
    if poly.single is None:
        return [poly]
    monomial, _ = poly.single
    natural = all(is_integral(e) and e > 0 for _, e in monomial)  # type: ignore[operator]
    return [poly, *(power_of(base) for base, _ in monomial)] if natural else [poly]


def _beside_zero(known: Context, poly: Poly) -> list[tuple[Poly, bool]]:
    """An integer that is not zero and has one sign is at least 1 away from it."""
    if not known.is_integer(poly):
        return []
    sign = known.sign(poly)
    if sign == signs.POSITIVE:
        return [(poly - constant(1), False)]
    if sign == signs.NEGATIVE:
        return [(-poly - constant(1), False)]
    return []


def _sharpened(known: Context, poly: Poly, strict: bool) -> tuple[Poly, bool]:
    """N > 0 as n - 1 >= 0 for an integer n."""
    if strict and known.is_integer(poly):
        return poly - constant(1), False
    return poly, strict


def _with_equality(known: Context, equality: Relation) -> Context:
    try:
        poly = known.normal(equality.lhs) - known.normal(equality.rhs)
    except Refused:
        return known
    if poly.constant is not None:
        return known
    found = _solved(known, poly)
    if _is_plain(poly):
        divisors = (*known.nonzero, *map(power_of, _divisors_of_nonzero(known, poly)))
        known = Context(known.inequalities, divisors, known.rewrites, known.names)
        found = found or _solved(known, poly)
    if found is None:
        both = ((poly, False), (-poly, False)) if _is_plain(poly) else ()
        return Context((*known.inequalities, *both), known.nonzero, known.rewrites, known.names)
    atom, value = found
    rewrites = {atom: value}
    # what was known of the atom itself is now known of its value
    inequalities, nonzero = list(known.inequalities), list(known.nonzero)
    bounds, sign = known.bounds(atom), known.base_sign(atom)
    if bounds.lower is not None:
        inequalities.append((value - constant(bounds.lower), bounds.lower_strict))
    if bounds.upper is not None:
        inequalities.append((constant(bounds.upper) - value, bounds.upper_strict))
    if signs.only(sign, signs.NONNEGATIVE):
        inequalities.append((value, signs.only(sign, signs.POSITIVE)))
    elif signs.only(sign, signs.NONZERO) and value.constant is None:
        nonzero.append(value)
    step = Context(known.inequalities, known.nonzero, {**known.rewrites, **rewrites}, known.names)
    for old, poly_value in known.rewrites.items():
        try:
            rewrites[old] = step.normal(to_term(poly_value))
        except Refused:
            rewrites[old] = poly_value
    return Context(inequalities, nonzero, rewrites, known.names)


def _is_plain(poly: Poly) -> bool:
    """Whether it is a polynomial in variables: signs of others are looked for in what is given."""
    return all(
        _is_variable(base) and is_integral(exponent) and exponent > 0  # type: ignore[operator]
        for monomial in poly.terms
        for base, exponent in monomial
    )


def _is_variable(base: Base) -> bool:
    return isinstance(base, Symbol) or (isinstance(base, Apply) and base.head == "[]")


def _divisors_of_nonzero(known: Context, poly: Poly) -> list[Base]:
    """Bases of which none is zero where a plain polynomial is: the one term without them is not."""
    found = []
    for base in sorted({b for monomial in poly.terms for b, _ in monomial}, key=repr):
        rest = Poly({m: c for m, c in poly.terms.items() if base not in dict(m)})
        if rest.single and signs.only(known.sign(rest), signs.NONZERO):
            found.append(base)
    return found


def _solved(known: Context, poly: Poly) -> tuple[Term, Poly] | None:
    """An atom, the largest that will do, and what it equals where the polynomial vanishes."""
    atoms = {
        base
        for monomial in poly.terms
        for base, exponent in monomial
        if exponent == 1 and isinstance(base, Term) and not isinstance(base, Number)
    } - {E}
    for atom in sorted(atoms, key=lambda a: (len(list(subterms(a))), repr(a)), reverse=True):
        own = [m for m in poly.terms if (atom, fmpq(1)) in m]
        if len(own) != 1:
            continue
        cofactor = Poly({own[0] - {(atom, fmpq(1))}: poly.terms[own[0]]})
        rest = poly - Poly({own[0]: poly.terms[own[0]]})
        if occurs(atom, rest) or occurs(atom, cofactor):
            continue
        try:
            value = multiply(known, -rest, inverse(known, cofactor))
        except Refused:
            continue
        return atom, value
    return None


__all__ = ["Context", "assume", "context_of", "definedness"]
