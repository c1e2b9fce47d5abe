"""Judging: which engine looks at a statement, in which order, and what their answers amount to."""

from verifier.judge.claim import judge_statement
from verifier.judge.theorem import judge_theorem, prepare_attacks

__all__ = ["judge_statement", "judge_theorem", "prepare_attacks"]
