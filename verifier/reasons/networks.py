"""By what the weights, the Hessian, its sharpness and products of matrices are."""

from __future__ import annotations

from typing import Any

from verifier.reasons.step import Step
from verifier.statements.terms import Symbol, Term, as_term


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


def largest_curvature(
    bound: str, attained: str, nonzero: str, vector: Term, direction: Symbol, by: Symbol
) -> Step:
    """The sharpness of matrices as the largest curvature of the loss along unit directions.

    The premises may also be given that `by`, the length of a step in the direction, is zero.
    """
    return Step(
        "matrix_sharpness",
        (bound, attained, nonzero),
        {"vector": vector, "direction": direction, "by": by},
        "the sharpness is the largest curvature along unit directions,",
        "by",
        more=(by == 0,),
    )


def curvature(vector: Term, by: Symbol) -> Step:
    """The curvature of the loss of matrices along a vector, beside the sharpness."""
    arguments = {"vector": vector, "by": by}
    return Step("curvature", (), arguments, "no direction is more curved than the sharpness")


def curvature_bound(bound: str, direction: Symbol, by: Symbol) -> Step:
    """The sharpness of matrices is bounded as the curvature along every direction is.

    The premise may also be given that `by`, the length of a step in the direction, is zero.
    """
    arguments = {"direction": direction, "by": by}
    words = "the bound holds along every direction,"
    return Step("curvature_bound", (bound,), arguments, words, "by", more=(by == 0,))


def associativity(at: Any) -> Step:
    """A product of matrices as that of the layers above a place times that of those up to it."""
    return Step("chain_split", (), {"at": as_term(at)}, "associativity")


def recursion(start: str, step: str, partial: Term, layer: Symbol, place: Symbol) -> Step:
    """A product of matrices as the family that begins, and goes on from layer to layer, like it."""
    arguments = {"partial": partial, "layer": layer, "place": place}
    words = "the recursion of products of matrices,"
    return Step("chain_recursion", (start, step), arguments, words, "by", more=None)


__all__ = [
    "associativity",
    "curvature",
    "curvature_bound",
    "definition",
    "hessian_definition",
    "largest_curvature",
    "largest_eigenvalue",
    "recursion",
]
