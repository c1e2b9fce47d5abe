"""Exact checks of concrete sizes: what a theorem says against the definition, derived by SymPy."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from time import process_time

from verifier.engines.counterexample.rational import MAX_WEIGHTS, Evaluator, NotRational
from verifier.engines.counterexample.values import Values, by_total, determined, small_values
from verifier.engines.proof import calculation
from verifier.kernel import signs
from verifier.kernel.context import Context, context_of
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.substitution import rebuild, substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol, Term, subterms
from verifier.statements.vocabulary import H, L, k, sigma

ZERO = Number(0)
MATRIX_LAYERS = 6  # of all pathways, where a derivative is taken
MAX_CHOICES = 200  # combinations of the other variables, at each size
MAX_TRIED, MAX_IDLE = 20_000, 8_000  # in all, and without a case that counts
MAX_SECONDS, IDLE_SECONDS = 3.0, 1.0  # of computing, in all, and since a case has counted
CASES_PER_SIZE = 1
LAYER = Fraction(3, 2)  # the weight of an active layer: the shares are its powers


def all_sizes(limit: int = MAX_WEIGHTS) -> Iterator[tuple[int, int]]:
    """Every (pathways, depth) with at most so many weights, the fewest first.

    >>> list(all_sizes(3))
    [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1)]
    """
    for weights in range(1, limit + 1):
        for pathways in range(1, weights + 1):
            if weights % pathways == 0:
                yield pathways, weights // pathways


def check(statement: Statement, limit: int = MAX_WEIGHTS) -> tuple[int, Values | None]:
    """How many exact cases hold, and the first that fails.

    Each case has literal pathways and depth and a target whose roots are rational; sharpness and
    Hessian are computed from the SymPy-derived second derivatives, in rational arithmetic, in which
    a root of a function has no value.  Small cases come first, as many as there is time for.
    """
    if any(isinstance(n, Apply) and n.head == "root" for n in subterms(statement.claim)):
        return 0, None
    held = tried = 0
    start = last = process_time()
    heads = {n.head for n in subterms(statement.claim) if isinstance(n, Apply)}
    differentiates = "diff" in heads
    if differentiates and "chain" in heads:  # a layer has many entries
        limit = min(limit, MATRIX_LAYERS)
    others = _other_values(statement)
    for turn, sized in enumerate(sizes(statement, limit)):
        done = 0
        for values in islice(_completed(sized, others, turn), MAX_CHOICES):
            tried += 1
            now = process_time()
            if tried > (MAX_TRIED if held else MAX_IDLE):
                return held, None
            if now - start > MAX_SECONDS or now - last > IDLE_SECONDS:
                return held, None
            if not _given_holds(statement, values):
                continue
            judge = _symbolic if differentiates else _rational
            verdict = judge(statement, values)
            if verdict is False:
                return held, values
            if verdict:
                held, last = held + 1, process_time()
            done += bool(verdict)
            if done == CASES_PER_SIZE:
                break
    return held, None


def sizes(statement: Statement, limit: int) -> Iterator[Values]:
    """Pathways, depth, active pathways and a target with rational roots, at every size."""
    sized = [s for s in (H, L, k, sigma) if s in statement.variables]
    seen = set()
    for pathways, depth in all_sizes(limit):
        for active in range(1, pathways + 1) if k in sized else sorted({1, pathways}):
            values: Values = {H: Number(pathways), L: Number(depth), k: Number(active)}
            values[sigma] = Number(active * LAYER**depth)
            chosen = tuple(values[s] for s in sized)
            if chosen not in seen:
                seen.add(chosen)
                yield dict(zip(sized, chosen, strict=True))


def _other_values(statement: Statement) -> dict[Symbol, list[Term]]:
    """Small values of the variables that no size and no equality determines."""
    taken = {H, L, k, sigma} | {symbol for symbol, _ in determined(statement)}
    context = context_of(statement.given)
    others = [s for s in statement.variables if s not in taken]
    return {symbol: small_values(symbol, context, 4)[::-1] for symbol in others}


def _completed(sized: Values, others: dict[Symbol, list[Term]], turn: int) -> Iterator[Values]:
    """The sizes with small values of the other variables, others first at every turn."""
    lists = []
    for position, values in enumerate(others.values(), 1):
        start = turn * position % max(1, len(values))
        lists.append(values[start:] + values[:start])
    for chosen in by_total(lists):
        yield {**sized, **dict(zip(others, chosen, strict=True))}


def _symbolic(statement: Statement, values: Values) -> bool | None:
    """Whether both sides of an equality are one function at these sizes, derived by SymPy.

    What is given is used after the derivatives; None where an equality cannot be, or where roots
    remain.
    """
    from verifier.engines.witness import lowering

    integers = {s: v for s, v in values.items() if s.domain.integer}
    if statement.claim.op != "==":
        return None
    try:
        difference = lowering.at(statement.claim, integers)
    except lowering.CannotLower:  # such as an entry of the Hessian beside a derivative
        return None
    dependent = [(s, t) for s, t in determined(statement) if not s.domain.integer]
    for symbol, term in dependent:
        value = lowering.to_sympy(substitute(term, integers))
        difference = difference.subs(lowering.to_sympy(symbol), value)
    atoms = [g.lhs for g in statement.given if g.op == ">" and g.rhs is ZERO and _is_atom(g.lhs)]
    difference = lowering.with_positive(difference, [substitute(a, integers) for a in atoms])
    if lowering.vanishes(difference):
        return True
    real = [g for g in statement.given if g.op == "==" and _speaks_of_reals(g)]
    decided = len(real) == len(dependent) and difference.is_rational_function()
    return False if decided else None


def _is_atom(term: Term) -> bool:
    return isinstance(term, Symbol) or (isinstance(term, Apply) and term.head == "[]")


def _speaks_of_reals(relation: Relation) -> bool:
    return any(not symbol.domain.integer for symbol in relation.free)


def _given_holds(statement: Statement, values: Values) -> bool:
    """Complete the values by what equalities determine; whether all that is given holds."""
    dependent = determined(statement)
    late = {symbol for symbol, _ in dependent}
    try:
        evaluate = Evaluator(values)
        if not all(evaluate.holds(g) for g in statement.given if not g.free & late):
            return False
        for symbol, term in dependent:
            evaluate.numbers[symbol] = evaluate(term)
            values[symbol] = Number(evaluate.numbers[symbol])
        if not all(evaluate.holds(g) for g in statement.given if g.free & late):
            return False
    except NotRational:
        return False
    return all(s.domain.contains(value) for s, value in evaluate.numbers.items())


def _rational(statement: Statement, values: Values) -> bool | None:
    """Whether the claim holds; None where that is not decided."""
    try:
        return Evaluator(values).holds(statement.claim)
    except NotRational:
        return _algebraic(statement.claim, values)


def _algebraic(claim: Relation, values: Values) -> bool | None:
    """The same where roots of the target remain: what is rational is a number, the rest is not."""
    evaluate, here = Evaluator(values), Context()
    try:
        ground = Relation(claim.op, _ground(claim.lhs, evaluate), _ground(claim.rhs, evaluate))
        ground = substitute(ground, values)
        here.require_defined(ground)
        sign = here.relation_sign(ground)
    except (Refused, NotRational):
        return None
    if signs.only(sign, signs.HOLDS[ground.op]):
        return True
    return None if sign & signs.HOLDS[ground.op] else False


def _ground(term: Term, evaluate: Evaluator) -> Term:
    """The term with each part that is rational as a number.

    Raises:
        NotRational: a sharpness or an entry of a Hessian is not.
    """
    try:
        return Number(evaluate(term))
    except NotRational:
        if isinstance(term, Apply) and term.head in _PLAIN:
            return rebuild(term.head, tuple(_ground(part, evaluate) for part in term.args))
        for node in [n for n in subterms(term) if _is_derived(n)]:
            term = calculation.replace(term, node, Number(evaluate(node)))
        return term


def _is_derived(node: object) -> bool:
    return isinstance(node, Apply) and node.head in ("sharpness", "hessian")


_PLAIN = ("+", "-", "*", "/", "**", "neg", "sqrt", "exp", "log", "Abs", "Min", "Max")
