"""A symbolic-numeric theorem verifier for the theory of multi-pathway deep linear networks."""

__version__ = "0.1.0"
