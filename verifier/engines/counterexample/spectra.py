"""Hessians of networks over Q, and their largest eigenvalues where these are rational."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from .errors import NotRational

Exact = int | Fraction  # whole numbers as Python's own, with which it computes much faster
Weights = tuple[tuple[Exact, ...], ...]


@lru_cache(maxsize=2048)
def hessian(weights: Weights, target: Exact) -> Any:
    """The exact Hessian of the loss, from the SymPy-derived entries."""
    from verifier.networks.exact import exact_hessian

    return exact_hessian(_network(tuple(len(row) for row in weights)), weights, target)


@lru_cache(maxsize=512)
def _network(depths: tuple[int, ...]) -> Any:
    from verifier.networks.scalar import ScalarNetwork

    return ScalarNetwork(depths)


@lru_cache(maxsize=2048)
def sharpness(weights: Weights, target: Exact) -> Fraction:
    """The sharpness of a scalar network at some weights."""
    return largest_eigenvalue(hessian(weights, target))


@lru_cache(maxsize=2048)
def sharpness_of(net: Any) -> Fraction:
    """The sharpness of a network of matrices."""
    return largest_eigenvalue(net.exact_hessian())


def largest_eigenvalue(matrix: Any) -> Fraction:
    """The largest eigenvalue of a symmetric matrix over Q, from its characteristic polynomial.

    Raises:
        NotRational: it is not rational.
    """
    from flint import fmpq

    from verifier.networks.exact import eigenvalues_above, exact_spectrum

    rational = [v for v, _ in exact_spectrum(matrix) if isinstance(v, fmpq)]
    if not rational or eigenvalues_above(matrix, max(rational)):
        raise NotRational
    return Fraction(int(max(rational).p), int(max(rational).q))


__all__ = ["Exact", "Weights", "hessian", "largest_eigenvalue", "sharpness", "sharpness_of"]
