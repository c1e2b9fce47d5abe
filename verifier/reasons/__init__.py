"""Reasons: why a link of a proof holds, in the words of a paper; each asks the kernel for one rule.

A premise is the name of a link before, `label/claim` of another theorem, or `of(...)` one of these
for special values of its variables.
"""

from verifier.reasons.analysis import (
    differentiation,
    growth,
    increasing,
    intermediate_value,
    limit_of_monomials,
)
from verifier.reasons.arithmetic import calculation, combination, hypothesis, instance
from verifier.reasons.inequalities import am_gm, am_gm_range, exponential
from verifier.reasons.logic import Cases, Contraposition, contraposition, induction
from verifier.reasons.networks import (
    associativity,
    curvature,
    curvature_bound,
    definition,
    hessian_definition,
    largest_curvature,
    largest_eigenvalue,
    recursion,
)
from verifier.reasons.premises import Of, of
from verifier.reasons.ranges import (
    AddingUp,
    cauchy_schwarz,
    exchanging,
    multiplication,
    splitting,
    summation,
    summation_strict_at,
)
from verifier.reasons.step import Step

__all__ = [
    "AddingUp",
    "Cases",
    "Contraposition",
    "Of",
    "Step",
    "am_gm",
    "am_gm_range",
    "associativity",
    "calculation",
    "cauchy_schwarz",
    "combination",
    "contraposition",
    "curvature",
    "curvature_bound",
    "definition",
    "differentiation",
    "exchanging",
    "exponential",
    "growth",
    "hessian_definition",
    "hypothesis",
    "increasing",
    "induction",
    "instance",
    "intermediate_value",
    "largest_curvature",
    "largest_eigenvalue",
    "limit_of_monomials",
    "multiplication",
    "of",
    "recursion",
    "splitting",
    "summation",
    "summation_strict_at",
]
