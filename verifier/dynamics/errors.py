"""Errors of this room.  Each message states the cause and the remedy."""

from verifier.errors import VerifierError


class DynamicsError(VerifierError):
    """The settings do not describe a run."""
