"""Edits of a certificate: of one place of a step or of the file, and one edit throughout.

A certificate is JSON.  What is edited is never changed: the parts around the place are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.kernel.proved import rules

Json = Any
SWAPS = {
    "<": "<= > ==", "<=": "< >=", "==": "!= <= <", "!=": "==", ">=": "> <=", ">": ">= <",
    "+": "- *", "-": "+ /", "*": "/ +", "/": "* -", "**": "* /", "neg": "Abs", "Abs": "neg sqrt",
    "sqrt": "Abs neg", "exp": "log neg", "log": "exp", "Min": "Max", "Max": "Min",
    "Sum": "Product", "Product": "Sum", "single_path": "balanced", "balanced": "single_path",
    "shared": "split", "split": "shared", "weights": "split", "sin": "cos", "cos": "sin",
    "pi": "oo", "oo": "pi", "matrices": "weights", "hessian": "sharpness", "sharpness": "hessian",
}  # fmt: skip
DOMAINS = (
    "integer", "integer >= 0", "integer >= 1", "integer >= 2", "real", "real >= 0", "real > 0",
)  # fmt: skip
NONSENSE: tuple[Json, ...] = (None, True, 0, -1, 0.5, "", "x", [], {}, ["$"], [[]])


def of_step(step: Json) -> Iterator[Json]:
    """Every edit of one place of a step."""
    pool = symbols(step)

    def terms(node: Json) -> Iterator[Json]:
        return of_term(node, pool)

    statement, arguments = step["statement"], step["arguments"]
    for claim in terms(statement["claim"]):
        yield {**step, "statement": {**statement, "claim": claim}}
    for given in of_list(statement["given"], terms):
        yield {**step, "statement": {**statement, "given": given}}
    for premises in of_list(step["premises"], lambda p: [p - 1, p + 1]):
        yield {**step, "premises": premises}
    for key, value in arguments.items():
        others = {k: v for k, v in arguments.items() if k != key}
        yield {**step, "arguments": others}
        yield {**step, "arguments": {**others, key + "s": value}}
        for changed in of_argument(value, terms):
            yield {**step, "arguments": {**arguments, key: changed}}
    for rule in sorted(rules().keys() - {step["rule"]}):
        yield {**step, "rule": rule}
    for place, nonsense in enumerate(NONSENSE):
        yield {**step, list(step)[place % len(step)]: nonsense}


def of_argument(value: Json, terms: Callable[[Json], Iterator[Json]]) -> Iterator[Json]:
    """Every edit of one place of an argument of a rule."""
    ((kind, content),) = value.items()
    if kind == "integer":
        yield from ({"integer": content + 1}, {"integer": content - 1})
    elif kind == "node":
        yield from ({"node": changed} for changed in terms(content))
    else:
        inner = of_list(content, lambda one: of_argument(one, terms))
        yield from ({"list": changed} for changed in inner)


def of_list(values: list[Json], change: Callable[[Json], Any]) -> Iterator[list[Json]]:
    """A member dropped, doubled, exchanged with the next, or edited."""
    for place, value in enumerate(values):
        before, after = values[:place], values[place + 1 :]
        yield before + after
        yield [*before, value, value, *after]
        if after:
            yield [*before, after[0], value, *after[1:]]
        yield from ([*before, changed, *after] for changed in change(value))


def of_term(node: Json, pool: list[Json]) -> Iterator[Json]:
    """Every edit of one place of an expression."""
    if isinstance(node, str):
        yield from numbers(node)
        return
    if node[0] == "$":
        yield from (other for other in pool if other != node and other[3] == node[3])
        yield from other_domains(node)
        yield ["$", node[1], node[2], node[3] + 1]
        yield ["$", "other", node[2], node[3]]
        return
    head, *args = node
    yield from ([other, *args] for other in SWAPS.get(head, "").split())
    yield ["neg", node]
    yield from args  # the operation left out
    for place in range(len(args) - 1):
        yield [head, *args[:place], args[place + 1], args[place], *args[place + 2 :]]
    for place, inner in enumerate(args, start=1):
        yield from (
            [*node[:place], changed, *node[place + 1 :]] for changed in of_term(inner, pool)
        )


def numbers(node: str) -> Iterator[str]:
    """The numbers beside a number, and its negative."""
    numerator, slash, denominator = node.partition("/")
    for changed in dict.fromkeys((int(numerator) + 1, int(numerator) - 1, -int(numerator))):
        if changed != int(numerator):
            yield f"{changed}{slash}{denominator}"


def other_domains(node: Json) -> Iterator[Json]:
    """A symbol with another domain."""
    yield from ([*node[:2], other, node[3]] for other in DOMAINS if other != node[2])


def symbols(value: Json) -> list[Json]:
    """The different symbols, in order of appearance."""
    found: dict[str, Json] = {}
    for part in parts(value):
        if isinstance(part, list) and part and part[0] == "$":
            found.setdefault(repr(part), part)
    return list(found.values())


def parts(value: Json) -> Iterator[Json]:
    """The value and everything in it."""
    yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from parts(inner)


# --- the same edit throughout ----------------------------------------------------------------


def throughout(body: Json) -> Iterator[Json]:
    """A symbol, a number or an operation, wherever it stands in the steps and the statement."""
    steps = body["steps"]
    changes: list[tuple[Json, Json]] = []
    for symbol in symbols(steps):
        changes += [(symbol, other) for other in other_domains(symbol)]
        changes += [(symbol, other) for other in symbols(steps) if other[3] == symbol[3]]
    literals = {p for p in parts(steps) if isinstance(p, str) and p.lstrip("-")[:1].isdigit()}
    changes += [(one, other) for one in sorted(literals) for other in numbers(one)]
    heads = {p[0] for p in parts(steps) if isinstance(p, list) and p and isinstance(p[0], str)}
    changes += [(h, other) for h in sorted(heads) for other in SWAPS.get(h, "").split()]
    for old, new in changes:
        if old != new:
            both = replaced({"steps": steps, "statement": body["statement"]}, old, new)
            yield {**body, **both}


def replaced(value: Json, old: Json, new: Json) -> Json:
    """The value with one part, wherever it stands, replaced by another."""
    if value == old:
        return new
    if isinstance(value, dict):
        return {key: replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list) and value[:1] != ["$"]:
        return [replaced(inner, old, new) for inner in value]
    return value


# --- any place of the file -------------------------------------------------------------------


def anywhere(value: Json) -> Iterator[tuple[Any, Any, Json]]:
    """Every place of a file, and what to write there: (container, key, another value)."""
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(places):
        if isinstance(inner, str):
            yield value, key, inner + "1"
        elif isinstance(inner, int):
            yield value, key, inner + 1
        else:
            yield value, key, type(inner)() if inner else [None]
            yield from anywhere(inner)


__all__ = ["anywhere", "of_step", "throughout"]
