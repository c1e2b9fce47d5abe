"""Errors of this room.  Each message states the cause and the remedy."""

from verifier.errors import VerifierError


class NetworkError(VerifierError):
    """The weights, depths or numbers do not describe a network that can be evaluated."""


class AllocationError(VerifierError):
    """A target cannot be divided among the pathways in the way that was asked for."""
