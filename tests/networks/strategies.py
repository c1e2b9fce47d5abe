"""How the tests of networks draw: the same at every run, few at a time."""

from hypothesis import settings

from verifier.testing import rationals

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)
RATIONALS = rationals()
