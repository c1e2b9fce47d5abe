"""Why a term has no value in rational arithmetic."""

from __future__ import annotations


class NotRational(Exception):
    """The term has no value in the rational numbers that this arithmetic finds."""


__all__ = ["NotRational"]
