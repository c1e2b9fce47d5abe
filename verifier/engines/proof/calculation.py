"""Proof by calculation: normal forms and signs, with what is known of limits and of sharpness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from verifier.engines.proof import exact_scalar, exact_sharpness
from verifier.engines.proof.matching import Values, match
from verifier.errors import StatementError
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.proved import Proved, prove
from verifier.kernel.rules.limits import FAR, limit_value
from verifier.kernel.rules.logic import require_value
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh, substitute
from verifier.statements.terms import Apply, Relation, Symbol, Term, subterms


def search(statement: Statement) -> Proved:
    """A proof by the rule `arithmetic`; limits and what theorems say of sharpness are premises.

    Raises:
        Refused: calculation does not show it.
    """
    return prove("arithmetic", statement, tuple(facts(statement)))


def facts(statement: Statement) -> Iterator[Proved]:
    """What is known of each limit and each sharpness in the statement, under what is given."""
    for node in _limits(statement):
        yield from _limit_fact(node, statement)
    yield from facts_of_roots(statement)
    yield from _sharpness_facts(statement)


def _limits(statement: Statement) -> Iterator[Apply]:
    return _stated("limit", statement)


def _stated(head: str, statement: Statement) -> Iterator[Apply]:
    for relation in _relations(statement):
        for node in subterms(relation):
            if isinstance(node, Apply) and node.head == head and _is_stated(node, statement):
                yield node


def _sharpness_facts(statement: Statement) -> Iterator[Proved]:
    for node in sharpness_nodes(statement):
        if exact_sharpness.is_closed(node):
            with suppress(Refused):
                yield exact_sharpness.search(node)
                continue
        for label, claim, general in sharpness_theorems():
            fact = _instance(node, label, claim, general, statement)
            if fact is not None:
                yield fact
                break
        else:
            if exact_scalar.is_closed(node):
                with suppress(Refused):
                    yield exact_scalar.search(node)


def unexplained(statement: Statement) -> list[Apply]:
    """Every sharpness and every entry of a Hessian in the statement of which no theorem speaks."""
    known = {fact.statement.claim.lhs for fact in _sharpness_facts(statement)}
    return [node for node in sharpness_nodes(statement) if node not in known]


def _limit_fact(node: Apply, statement: Statement) -> Iterator[Proved]:
    variable, far = _far_out(node, statement)
    claims = tuple(p.statement.claim for p in far)
    arguments = {"variable": variable} if far else {}
    try:
        value = to_term(limit_value(context_of(statement.given), node, variable, claims))
        yield prove("limit", Statement(node == value, statement.given), far, **arguments)
    except Refused:
        return


def facts_of_roots(statement: Statement) -> Iterator[Proved]:
    """That a function is 0 at its least root, which lies between the bounds."""
    for node in _stated("root", statement):
        body, variable, lower, upper = node.args
        try:
            at_root: Relation = substitute(body, {variable: node}) == 0
        except StatementError:  # a value for a variable of differentiation
            continue
        for claims in ((at_root,), (lower < node, lower <= node), (node < upper, node <= upper)):
            for claim in claims:
                try:
                    yield prove("intermediate_value", Statement(claim, statement.given), of=node)
                except Refused:
                    continue
                break


def facts_far_out(statement: Statement) -> Iterator[Proved]:
    """What theorems say of the sharpness that stands in a limit, where its variable is far out."""
    for node in _limits(statement):
        yield from _far_out(node, statement)[1]


def _far_out(node: Apply, statement: Statement) -> tuple[Symbol, tuple[Proved, ...]]:
    """A variable for that of the limit, and the facts about sharpness where it is far out."""
    body, bound, _ = node.args
    names = {s.name for s in body.free.union(*(r.free for r in _relations(statement)))}
    variable = fresh(bound, names)
    if not any(_is_sharpness(n) for n in subterms(body)):
        return variable, ()
    there = substitute(body, {bound: variable}) == 0
    return variable, tuple(_sharpness_facts(Statement(there, (*statement.given, variable >= FAR))))


def _relations(statement: Statement) -> tuple[Relation, ...]:
    return statement.claim, *statement.given


def sharpness_nodes(statement: Statement) -> list[Apply]:
    """Every sharpness, and every entry of a Hessian, in the statement.

    Sums over literal ranges are written out, so that what stands in them is found too.
    """
    relations = [statement.claim, *statement.given]
    context = context_of(statement.given)
    nodes: dict[Apply, None] = {}
    for relation in relations:
        for side in (relation.lhs, relation.rhs):
            if not any(_is_sharpness(n) for n in subterms(side)):
                continue
            try:
                written_out = to_term(context.normal(side))
            except Refused:
                written_out = side
            for term in (side, written_out):
                found = (n for n in subterms(term) if _is_sharpness(n))
                nodes.update(dict.fromkeys(n for n in found if _is_stated(n, statement)))
    return list(nodes)


def _is_sharpness(node: object) -> bool:
    return isinstance(node, Apply) and node.head in ("sharpness", "hessian")


def _is_stated(node: Apply, statement: Statement) -> bool:
    return node.free <= set(statement.variables)


def sharpness_theorems_for(statement: Statement) -> list[tuple[str, str, Statement]]:
    """The theorems about sharpness, if the statement speaks of it at all."""
    return list(sharpness_theorems()) if speaks_of_sharpness(statement) else []


def speaks_of_sharpness(statement: Statement) -> bool:
    """Whether a sharpness or an entry of a Hessian occurs in the statement."""
    relations = (statement.claim, *statement.given)
    return any(_is_sharpness(n) for r in relations for n in subterms(r))


@lru_cache
def sharpness_theorems() -> tuple[tuple[str, str, Statement], ...]:
    """The shipped claims `sharpness(...) == formula`: label, claim, statement."""
    from verifier.library import labels, shipped

    found = []
    for label in labels():
        theorem = shipped(label)
        for name in theorem.claims:
            statement = theorem.statement(name)
            if statement.claim.op == "==" and _is_sharpness(statement.claim.lhs):
                found.append((label, name, statement))
    return tuple(found)


def lemmas_of_sharpness(statement: Statement) -> Iterator[tuple[str, str]]:
    """The label and claim of each shipped theorem that may say what a sharpness in it is."""
    if not speaks_of_sharpness(statement):
        return
    nodes = sharpness_nodes(statement)
    for label, claim, general in sharpness_theorems():
        if any(match(general.claim.lhs, node) is not None for node in nodes):
            yield label, claim


def with_formulas(
    relation: Relation, theorems: Iterable[tuple[Relation, tuple[Relation, ...]]], here: Context
) -> Relation:
    """The relation with each sharpness, at closed values, replaced by its formula or its value.

    Raises:
        Refused: no theorem is known to cover one of them, and its value is not rational.
    """
    for node in [n for n in subterms(relation) if _is_sharpness(n)]:
        relation = replace(relation, node, _formula_or_value(node, theorems, here))
    return relation


def _formula_or_value(
    node: Apply, theorems: Iterable[tuple[Relation, tuple[Relation, ...]]], here: Context
) -> Term:
    if exact_sharpness.is_closed(node):
        return exact_sharpness.value(node)
    try:
        return _formula(node, theorems, here)
    except Refused:
        if not exact_scalar.is_closed(node):
            raise
        return exact_sharpness.value(node)


def _formula(
    node: Apply, theorems: Iterable[tuple[Relation, tuple[Relation, ...]]], here: Context
) -> Term:
    for claim, given in theorems:
        values = match(claim.lhs, node)
        if values is None:
            continue
        try:
            for symbol, value in values.items():
                require_value(here, symbol, value)
            needed: list[Relation] = [substitute(g, values) for g in given]
            for relation in needed:
                here.require_defined(relation)
            if all(map(here.holds, needed)):
                return substitute(claim.rhs, values)
        except Refused:
            continue
    raise Refused(f"no theorem covers {node!r}")


def replace(node: Any, old: Apply, new: Term) -> Any:
    """The node with one operation inside replaced, but not where an index has its variables."""
    if node is old:
        return new
    if isinstance(node, Relation):
        return Relation(node.op, replace(node.lhs, old, new), replace(node.rhs, old, new))
    if isinstance(node, Apply):
        if any(bound in old.free | new.free for bound, _ in node.scopes()):
            return node
        return Apply(node.head, *(replace(a, old, new) for a in node.args))
    return node


def _may_apply(general: Statement, values: Values, statement: Statement) -> bool:
    """Whether values meet what a theorem needs of them: its proof may take seconds."""
    here = context_of(statement.given)
    needed: list[Relation] = [substitute(condition, values) for condition in general.given]
    try:
        for symbol, value in values.items():
            if not symbol.arity:
                require_value(here, symbol, value)
        return all(relation in statement.given or here.holds(relation) for relation in needed)
    except Refused:
        return False


def _instance(
    node: Apply, label: str, claim: str, general: Statement, statement: Statement
) -> Proved | None:
    values = match(general.claim.lhs, node)
    if values is None or not _may_apply(general, values, statement):
        return None
    from verifier.library import lemma

    target: Relation = substitute(general.claim, values)
    try:
        return prove(
            "instance",
            Statement(target, statement.given),
            (lemma(label, claim),),
            mapping=tuple(values.items()),
        )
    except Refused:
        return None
