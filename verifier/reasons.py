"""Reasons: why a link of a proof holds, in the words of a paper; each asks the kernel for one rule.

A premise is the name of a link before, `label/claim` of another theorem, or `of(...)` one of these
for special values of its variables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from verifier.errors import TheoremError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term, as_term
from verifier.statements.vocabulary import Range, Sum
from verifier.theorem import Proofs, Reason


@dataclass(frozen=True)
class Of:
    """A premise for special values of its variables.

    `name` is a link before, or `label/claim` of another theorem; `using` names links that help to
    show that the values satisfy what the premise needs.
    """

    name: str
    values: Mapping[Symbol, Term]
    using: tuple[str, ...] = ()

    def resolve(self, statement: Statement, proofs: Proofs) -> Proved:
        general = proofs.find(self.name)
        claim = substitute(general.statement.claim, self.values)
        helpers = tuple(_usable(u, statement, proofs) for u in self.using)
        mapping = tuple(self.values.items())
        target = Statement(claim, statement.given)
        return prove("instance", target, (general, *helpers), mapping=mapping)

    def __str__(self) -> str:
        values = ", ".join(f"{s} = {v}" for s, v in self.values.items())
        return f"{self.name} with {values}"


def of(name: str, values: Mapping[Symbol, Any] | None = None, using: Iterable[str] = ()) -> Of:
    """The premise `name` for special values of its variables: `of("tangent", {x: s[i]})`."""
    for symbol in values or {}:
        if not isinstance(symbol, Symbol):
            raise TheoremError(f"{symbol!r} is no variable", "write of(NAME, {variable: value})")
    converted = {s: as_term(v) for s, v in (values or {}).items()}
    return Of(name, converted, tuple(using))


def _usable(premise: str | Of, statement: Statement, proofs: Proofs) -> Proved:
    """The premise, proved under what the statement has given."""
    if isinstance(premise, Of):
        return premise.resolve(statement, proofs)
    if not isinstance(premise, str):
        raise TheoremError(f"{premise!r} is no premise", "name a link, or write of(NAME, ...)")
    found = proofs.find(premise)
    if set(found.statement.given) <= set(statement.given):
        return found
    return Of(premise, {}).resolve(statement, proofs)


class Worded(Protocol):
    """A reason that is words, and premises that it cites."""

    @property
    def words(self) -> str: ...
    @property
    def cited(self) -> str: ...
    @property
    def premises(self) -> tuple[str | Of, ...]: ...


def in_words(
    reason: Worded, say: Callable[[str], str] = str, cite: Callable[[str | Of], str] = str
) -> str:
    """The words of a reason, and its premises.

    >>> in_words(combination({"a": 1, "b": 2, "c": 3}))
    'adding multiples of a, b and c'
    """
    if not reason.premises:
        return say(reason.words)
    *others, last = map(cite, reason.premises)
    listed = " and ".join(filter(None, [", ".join(others), last]))
    return f"{say(reason.words)} {reason.cited} {listed}"


@dataclass(frozen=True)
class Step:
    """One rule of the kernel, with its premises and arguments."""

    rule: str
    premises: tuple[str | Of, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    cited: str = "from"  # what stands between the words and the premises

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        premises = tuple(_usable(p, statement, proofs) for p in self.premises)
        return prove(self.rule, statement, premises, **self.arguments)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Cases:
    """A distinction of cases: a relation holds, or it fails."""

    on: Relation
    where: Reason
    elsewhere: Reason

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        parts = tuple(
            reason.prove(Statement(statement.claim, (*statement.given, case)), proofs)
            for reason, case in ((self.where, self.on), (self.elsewhere, self.on.negation))
        )
        return prove("cases", statement, parts, on=self.on)

    def __str__(self) -> str:
        return f"if {self.on}: {self.where}; if {self.on.negation}: {self.elsewhere}"


@dataclass(frozen=True)
class Contraposition:
    """The negation of the claim contradicts something that is given."""

    premise: str | Of

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        denied = Statement(statement.claim, (*statement.given, statement.claim.negation))
        return prove("contraposition", statement, (_usable(self.premise, denied, proofs),))

    def __str__(self) -> str:
        return f"contraposition of {self.premise}"


@dataclass(frozen=True)
class AddingUp:
    """A relation between members, added up over one or more nested ranges, or multiplied.

    Where the sums' relation is strict and the members' is not, `strict` shows that it is strict for
    the members at one `place`.
    """

    member: str | Of
    indices: tuple[Symbol, ...]
    place: Term | None = None
    strict: str | Of = ""
    head: str = "Sum"

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        if not self.indices:
            member = _usable(self.member, statement, proofs)
            same = member.statement.claim is statement.claim
            return member if same else prove("arithmetic", statement, (member,))
        index, *inner = self.indices
        claim, bodies = statement.claim, []
        for side in (claim.lhs, claim.rhs):
            if not isinstance(side, Apply) or side.head != self.head:
                raise Refused(f"{side!r} is no {self.head}")
            body, own, lower, upper = side.args
            bodies.append(substitute(body, {own: index}))
        within = (*statement.given, Relation("<=", lower, index), Relation("<=", index, upper))
        op = claim.op
        places: tuple[Term, ...] = ()
        premises: tuple[Proved, ...] = ()
        if self.place is not None:
            op, places = {"<": "<=", ">": ">="}[op], (self.place,)
            premises = (_usable(self.strict, statement, proofs),)
        members = Statement(Relation(op, *bodies), within)
        member = AddingUp(self.member, tuple(inner), head=self.head).prove(members, proofs)
        if self.head == "Product":
            return prove("multiplication", statement, (member,), index=index)
        return prove("summation", statement, (member, *premises), index=index, strict_at=places)

    def __str__(self) -> str:
        if self.head == "Product":
            return f"multiplying up {self.member}"
        strictly = f", strict by {self.strict}" if self.strict else ""
        return f"adding up {self.member}{strictly}"


@dataclass(frozen=True)
class LargestCurvature:
    """The sharpness of matrices as the largest curvature of the loss along unit directions.

    The premises may also be given that `by`, the length of a step in the direction, is zero.
    """

    bound: str
    attained: str
    nonzero: str
    vector: Term
    direction: Symbol
    by: Symbol

    words = "the sharpness is the largest curvature along unit directions,"
    cited = "by"

    @property
    def premises(self) -> tuple[str | Of, ...]:
        return self.bound, self.attained, self.nonzero

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        here = Statement(statement.claim, (*statement.given, self.by == 0))
        premises = tuple(_usable(name, here, proofs) for name in self.premises)
        arguments = {"vector": self.vector, "direction": self.direction, "by": self.by}
        return prove("matrix_sharpness", statement, premises, **arguments)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class CurvatureBound:
    """The sharpness of matrices is bounded as the curvature along every direction is.

    The premise may also be given that `by`, the length of a step in the direction, is zero.
    """

    bound: str
    direction: Symbol
    by: Symbol

    words = "the bound holds along every direction,"
    cited = "by"

    @property
    def premises(self) -> tuple[str | Of, ...]:
        return (self.bound,)

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        here = Statement(statement.claim, (*statement.given, self.by == 0))
        premise = _usable(self.bound, here, proofs)
        arguments = {"direction": self.direction, "by": self.by}
        return prove("curvature_bound", statement, (premise,), **arguments)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Recursion:
    """A product of matrices as the family that begins and goes on like it."""

    start: str
    step: str
    partial: Term
    layer: Symbol
    place: Symbol

    words = "the recursion of products of matrices,"
    cited = "by"

    @property
    def premises(self) -> tuple[str | Of, ...]:
        return self.start, self.step

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        premises = (proofs.find(self.start), proofs.find(self.step))
        arguments = {"partial": self.partial, "layer": self.layer, "place": self.place}
        return prove("chain_recursion", statement, premises, **arguments)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Induction:
    """A claim at the start, and at n + 1 under the hypothesis that it holds at n."""

    base: str
    step: str
    on: Symbol
    start: Term

    def prove(self, statement: Statement, proofs: Proofs) -> Proved:
        premises = (proofs.find(self.base), proofs.find(self.step))
        return prove("induction", statement, premises, on=self.on, start=self.start)

    def __str__(self) -> str:
        return f"induction over {self.on}, from {self.base} and {self.step}"


# --- the reasons, in the words of a paper ----------------------------------------------------


def calculation(*premises: str | Of) -> Step:
    """Both sides brought to normal form, signs from what is given and the premises."""
    return Step("arithmetic", premises, words="calculation")


HYPOTHESIS = Step("given", words="hypothesis")


def hypothesis() -> Step:
    """One of the relations that are given."""
    return HYPOTHESIS


def combination(multipliers: Mapping[str | Of, Any]) -> Step:
    """The premises times multipliers, added up."""
    return Step(
        "combination",
        tuple(multipliers),
        {"multipliers": tuple(as_term(m) for m in multipliers.values())},
        "adding multiples" if len(multipliers) > 1 else "a multiple",
        "of",
    )


def instance(name: str, values: Mapping[Symbol, Any], using: Iterable[str] = ()) -> Step:
    """A general statement at special values of its variables."""
    return Step("given", (of(name, values, using),), words="special case", cited="of")


def summation(member: str | Of, *indices: Symbol) -> AddingUp:
    """The members' relation added up over nested ranges, the outermost index first."""
    return AddingUp(member, indices)


def multiplication(member: str | Of, *indices: Symbol) -> AddingUp:
    """The members' relation multiplied up over nested ranges, the outermost index first."""
    return AddingUp(member, indices, head="Product")


def summation_strict_at(member: str, index: Symbol, place: Term, strict: str | Of) -> AddingUp:
    """The members' weak relation added up; at one place it is strict."""
    return AddingUp(member, (index,), place, strict)


def am_gm(pairs: Mapping[Any, Any], distinct: tuple[int, ...] = ()) -> Step:
    """The weighted means of values: {value: weight, ...}; the tangent of a power is a case."""
    arguments = {
        "weights": tuple(as_term(w) for w in pairs.values()),
        "values": tuple(as_term(v) for v in pairs),
        "distinct": distinct,
    }
    return Step("am_gm", (), arguments, "weighted arithmetic and geometric means")


def am_gm_range(
    value: Any, bounds: Range, weight: Any = 1, distinct: tuple[Term, ...] = ()
) -> Step:
    """The weighted means of the values of a range."""
    arguments = {
        "weights": Sum(weight, bounds),
        "values": Sum(value, bounds),
        "distinct": distinct,
    }
    return Step("am_gm_range", (), arguments, "arithmetic and geometric means over the range")


def cauchy_schwarz() -> Step:
    """The Cauchy-Schwarz inequality for nested sums."""
    return Step("cauchy_schwarz", words="Cauchy-Schwarz")


def splitting(at: Any) -> Step:
    """A range divided in two after a place."""
    return Step("split_range", (), {"at": as_term(at)}, "splitting the range")


def associativity(at: Any) -> Step:
    """A product of matrices as that of the layers above a place times that of those up to it."""
    return Step("chain_split", (), {"at": as_term(at)}, "associativity")


def recursion(start: str, step: str, partial: Term, layer: Symbol, place: Symbol) -> Recursion:
    """A product of matrices, from its first layer and from a layer to the next."""
    return Recursion(start, step, partial, layer, place)


def differentiation(premise: str | Of) -> Step:
    """The derivatives of two functions that are equal everywhere."""
    return Step("differentiation", (premise,), words="differentiating both sides", cited="of")


def exchanging(*order: int) -> Step:
    """Nested sums in another order: the positions, from 0 on, as they are nested on the right."""
    return Step("exchange", (), {"order": order}, "exchanging sums")


def definition() -> Step:
    """The weights at an allocation, by definition."""
    return Step("allocation", words="definition of the allocation")


def hessian_definition() -> Step:
    """An entry of the Hessian as a second derivative of the loss, by definition."""
    return Step("hessian_entry", words="definition of the Hessian")


def largest_eigenvalue(
    bound: str, attained: str, nonzero: str, vector: Term, direction: Symbol
) -> Step:
    """The largest eigenvalue as the largest value of the form on unit vectors."""
    return Step(
        "largest_eigenvalue",
        (bound, attained, nonzero),
        {"vector": vector, "direction": direction},
        "the largest eigenvalue is the maximum of the form on unit vectors,",
        "by",
    )


def curvature(vector: Term, by: Symbol) -> Step:
    """The curvature of the loss of matrices along a vector, beside the sharpness."""
    arguments = {"vector": vector, "by": by}
    return Step("curvature", (), arguments, "no direction is more curved than the sharpness")


def increasing(premise: str | Of, by: Term) -> Step:
    """The same relation before, or after, an increasing function is applied to both sides."""
    return Step("monotone", (premise,), {"by": by}, "an increasing function of both sides", "of")


def intermediate_value(of: Term, *premises: str | Of) -> Step:
    """A root of a continuous function, and where it lies."""
    return Step(
        "intermediate_value", premises, {"of": of}, "the intermediate value theorem", "with"
    )


def limit_of_monomials() -> Step:
    """The limit of a sum of generalised monomials, term by term."""
    return Step("limit", words="limit term by term")


def contraposition(premise: str | Of) -> Contraposition:
    """Where the claim fails, the premise denies something that is given."""
    return Contraposition(premise)


def induction(base: str, step: str, on: Symbol, start: Any) -> Induction:
    """Induction over an integer variable."""
    return Induction(base, step, on, as_term(start))


def exponential(at: Any) -> Step:
    """The tangent of the exponential: exp(t) >= 1 + t."""
    return Step("exp_tangent", (), {"at": as_term(at)}, "exp(t) >= 1 + t")


def growth(base: str | Of, slope: str | Of, on: Symbol, start: Any) -> Step:
    """An inequality that holds at the start, by the sign of the derivative from there on."""
    arguments = {"on": on, "start": as_term(start)}
    return Step("slope", (base, slope), arguments, f"it holds at {on} = {start}, and grows,", "by")
