"""Sharpness and Hessian of networks in high precision, from the definition."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mpmath.ctx_mp import MPContext

from verifier.engines.entries import NoEntry
from verifier.engines.entries import network as network_of
from verifier.networks import numeric as network
from verifier.networks.errors import NetworkError
from verifier.statements.definedness import depth_of
from verifier.statements.terms import Apply, Number, Term

from .errors import CannotEvaluate, NoValue, TooLarge

if TYPE_CHECKING:
    from .evaluator import Evaluator

MAX_WEIGHTS = 40

Weights = tuple[tuple[Any, ...], ...]


def sharpness(evaluate: Evaluator, *args: Any) -> Any:
    """The largest eigenvalue of the Hessian."""
    if args[0].head == "matrices":
        return _of_matrices(evaluate, args)
    weights, target = _point(evaluate, *args)
    try:
        return evaluate.mp.mpf(_largest(weights, target, evaluate.digits))
    except NetworkError as error:
        raise CannotEvaluate(error.cause, error.remedy) from error


def hessian(evaluate: Evaluator, *args: Any) -> Any:
    """An entry of the Hessian, by the pathways and layers of two weights."""
    *setting, h, l, i, j = args  # noqa: E741
    weights, target = _point(evaluate, *setting)
    matrix = _hessian(weights, target, evaluate.digits)
    row, column = _place(evaluate, weights, h, l), _place(evaluate, weights, i, j)
    return evaluate.mp.mpf(matrix[row, column])


def _place(evaluate: Evaluator, weights: Weights, pathway: Term, layer: Term) -> int:
    """The position of a weight among all weights."""
    h, l = evaluate.whole(pathway), evaluate.whole(layer)  # noqa: E741
    if not (1 <= h <= len(weights) and 1 <= l <= len(weights[h - 1])):
        raise NoValue("there is no such weight", "restrict the indices")
    return sum(len(row) for row in weights[: h - 1]) + l - 1


def _point(
    evaluate: Evaluator, allocation: Apply, pathways: Term, depth: Term, target: Term
) -> tuple[Weights, Any]:
    """The weights at an allocation, written from its definition, and the target."""
    count = evaluate.whole(pathways)
    if count > MAX_WEIGHTS:
        raise TooLarge(f"a network of {count} pathways", f"at most {MAX_WEIGHTS}")
    depths = [evaluate.whole(depth_of(depth, Number(h))) for h in range(1, count + 1)]
    if sum(depths) > MAX_WEIGHTS:
        raise TooLarge(f"a network of {sum(depths)} weights", f"at most {MAX_WEIGHTS}")
    sigma = evaluate(target)
    if allocation.head == "weights":
        family = allocation.args[0]
        return tuple(
            tuple(evaluate.at(family, h, layer) for layer in range(1, depth + 1))
            for h, depth in enumerate(depths, 1)
        ), sigma
    shares = _shares(evaluate, allocation, count, sigma)
    if any(share < 0 for share in shares):
        raise evaluate.beyond(min(shares), "the root of a negative share")
    mp = evaluate.mp
    return tuple(
        ((mp.root(share, depth) if share else mp.mpf(0)),) * depth
        for share, depth in zip(shares, depths, strict=True)
    ), sigma


def _shares(evaluate: Evaluator, allocation: Apply, count: int, sigma: Any) -> list[Any]:
    if allocation.head == "split":
        family = allocation.args[0]
        return [evaluate.at(family, h) for h in range(1, count + 1)]
    active = {"single_path": 1, "balanced": count}.get(allocation.head)
    if active is None:
        active = evaluate.whole(allocation.args[0])
    return [sigma / active if h < active else evaluate.mp.mpf(0) for h in range(count)]


def _of_matrices(evaluate: Evaluator, args: tuple[Any, ...]) -> Any:
    try:
        net = network_of(args, evaluate.whole, evaluate.at, MAX_WEIGHTS)
    except NoEntry as error:
        most = f"at most {MAX_WEIGHTS} entries"
        raise TooLarge("a network of many matrices", most) from error
    return evaluate.mp.mpf(_largest_of_matrices(net, evaluate.digits))


# --- what often stands on both sides, and in what is given -------------------------------------


@lru_cache(maxsize=1024)
def _largest(weights: Weights, target: Any, digits: int) -> Any:
    return network.sharpness_at(weights, target, digits)


@lru_cache(maxsize=256)
def _largest_of_matrices(net: Any, digits: int) -> Any:
    mp = MPContext()
    mp.dps = digits
    return max(mp.eigsy(mp.matrix(net.hessian()), eigvals_only=True))


@lru_cache(maxsize=64)
def _hessian(weights: Weights, target: Any, digits: int) -> Any:
    return network.hessian(weights, target, digits)


__all__ = ["hessian", "sharpness"]
