"""Derivatives of plain terms, and boxes on which a term is known to be smooth."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from verifier.engines.enclosure.evaluation import Evaluation
from verifier.engines.enclosure.intervals import Nowhere
from verifier.engines.enclosure.unrolled import folded
from verifier.kernel.calculus import ONE, ZERO, plus, times
from verifier.kernel.polynomial import Refused
from verifier.statements.substitution import rebuild
from verifier.statements.terms import Apply, Number, Symbol, Term, subterms


def smooth(on_box: Evaluation, term: Term) -> bool:
    """Whether the term is defined and has all derivatives on the whole closed box."""
    try:
        return all(_inside(on_box, node) for node in subterms(term))
    except (Nowhere, Refused):
        return False


def _inside(on_box: Evaluation, node: Term) -> bool:
    """Whether the arguments of an operation stay where it has all derivatives."""
    if not isinstance(node, Apply):
        return True
    if node.head == "/":
        return on_box(node.args[1]).nonzero
    if node.head in ("log", "sqrt"):
        return on_box(node.args[0]).positive
    if node.head == "**":
        base, exponent = node.args
        if not isinstance(exponent, Number) or exponent.value.denominator != 1:
            return on_box(base).positive
        return exponent.value >= 0 or on_box(base).nonzero
    return node.head in _RULES or node.head == "pi"


def resolved(on_box: Evaluation, term: Term) -> Term:
    """The term without Abs, Min, Max and brackets whose value is clear on the box.

    It has the term's value at every point of the box at which the term is defined.
    """
    seen: dict[Term, Term] = {}

    def go(node: Term) -> Term:
        if not isinstance(node, Apply):
            return node
        done = seen.get(node)
        if done is None:
            done = seen[node] = _clear(on_box, node, go)
        return done

    return go(term)


def _clear(on_box: Evaluation, node: Apply, go: Callable[[Term], Term]) -> Term:
    if node.head == "Iverson":
        truth = on_box.relation(node.args[0])
        return node if truth is None else Number(int(truth))
    args = tuple(map(go, node.args))
    if node.head == "Abs":
        value = on_box(node.args[0])
        if value.lo >= 0:
            return args[0]
        if value.hi <= 0:
            return -args[0]
    elif node.head in ("Min", "Max"):
        first, second = map(on_box, node.args)
        if first.hi <= second.lo:
            return args[0] if node.head == "Min" else args[1]
        if second.hi <= first.lo:
            return args[1] if node.head == "Min" else args[0]
    return rebuild(node.head, args)


@lru_cache(maxsize=512)
def derivative(term: Term, variable: Symbol) -> Term:
    """The derivative by a real variable, right wherever the term is smooth.

    >>> from verifier.statements.vocabulary import exp, real
    >>> x = real("x")
    >>> derivative(exp(x**2) - 3 * x, x)
    exp(x**2)*(2*x) - 3

    Raises:
        Refused: an operation that has no derivative.
    """
    seen: dict[Term, Term] = {}

    def go(node: Term) -> Term:
        if node is variable:
            return ONE
        if not isinstance(node, Apply) or variable not in node.free:
            return ZERO
        done = seen.get(node)
        if done is None:
            rule = _RULES.get(node.head)
            if rule is None:
                raise Refused(f"{node.head} has no derivative")
            done = seen[node] = rule(node, go)
        return done

    return folded(go(term))


Go = Callable[[Term], Term]


def _subtract(node: Apply, go: Go) -> Term:
    first, second = map(go, node.args)
    return first if second is ZERO else -second if first is ZERO else first - second


def _multiply(node: Apply, go: Go) -> Term:
    a, b = node.args
    return plus(times(go(a), b), times(a, go(b)))


def _divide(node: Apply, go: Go) -> Term:
    a, b = node.args
    if go(b) is ZERO:
        return go(a) / b
    return (times(go(a), b) - times(a, go(b))) / b**2


def _power(node: Apply, go: Go) -> Term:
    base, exponent = node.args
    less = folded(exponent - 1)
    lower = ONE if less is ZERO else base if less is ONE else base**less
    inner = times(times(exponent, lower), go(base))
    return plus(inner, times(times(node, Apply("log", base)), go(exponent)))


_RULES: dict[str, Callable[[Apply, Go], Term]] = {
    "+": lambda node, go: plus(*map(go, node.args)),
    "-": _subtract,
    "neg": lambda node, go: -go(node.args[0]),
    "*": _multiply,
    "/": _divide,
    "**": _power,
    "sqrt": lambda node, go: go(node.args[0]) / (2 * node),
    "exp": lambda node, go: times(node, go(node.args[0])),
    "log": lambda node, go: go(node.args[0]) / node.args[0],
    "sin": lambda node, go: times(Apply("cos", *node.args), go(node.args[0])),
    "cos": lambda node, go: -times(Apply("sin", *node.args), go(node.args[0])),
}
