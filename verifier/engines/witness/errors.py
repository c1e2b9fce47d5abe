"""Why a term has no number of mpmath."""

from __future__ import annotations

from verifier.errors import VerifierError


class CannotEvaluate(VerifierError):
    """The term has no value here, or one that is too large to compute."""


class NoValue(CannotEvaluate):
    """The term has no value here."""


class TooLarge(CannotEvaluate):
    """The term has too many parts, or a value that is too large to compute."""


__all__ = ["CannotEvaluate", "NoValue", "TooLarge"]
