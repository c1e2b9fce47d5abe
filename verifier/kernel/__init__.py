"""What is accepted: normal forms, signs, and the rules by which a statement is proved."""

from verifier.kernel import rules

__all__ = ["rules"]
