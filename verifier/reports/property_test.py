"""A property test as a file of Python: pytest and Hypothesis attack a statement or a theorem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from verifier.errors import VerifierError
from verifier.statements.statement import Statement
from verifier.statements.terms import Apply, subterms
from verifier.statements.vocabulary import kinds_of
from verifier.theorem import Theorem

_VALUELESS = {
    "diff": "a derivative is not seen in digits",
    "limit": "a limit is not seen in digits",
}

_HEAD = '''\
"""{title}.

A property test, written by `verifier write`: Hypothesis draws values that satisfy what is given,
and both sides are computed from the definition.  Numbers that are not exact and agree to 50 digits
decide nothing.
"""

from hypothesis import HealthCheck, given, settings

{source}
from verifier.testing import assignments, sides, too_close

'''
_TEST = """

@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(assignments({statement}))
def test_{name}(values):
    left, right = sides({statement}, values)
    assert left {op} right or too_close(left, right)
"""


def of_statement(statement: Statement) -> str:
    """The test of one statement of the text language.

    Raises:
        VerifierError: it has no value that can be computed.
    """
    reason = _no_value(statement)
    if reason:
        raise VerifierError(f"no property test can be written: {reason}", "try `verifier claim`")
    head = _HEAD.format(
        title="A claim", source="from verifier.statements.claims import statement_of"
    )
    kinds = kinds_of(statement.variables)
    given = [f"        {json.dumps(repr(g))},\n" for g in statement.given]
    written = (
        "STATEMENT = statement_of(\n"
        f"    {json.dumps(repr(statement.claim))},\n"
        f"    given=[{chr(10) if given else ''}{''.join(given)}{'    ' if given else ''}],\n"
        f"    kinds={json.dumps(kinds)},\n)\n"
    )
    return head + written + _test("STATEMENT", "claim", statement)


def of_theorem(theorem: Theorem) -> str:
    """The tests of the claims of a shipped theorem; what has no value is named in a comment.

    Raises:
        VerifierError: no claim has values that can be computed.
    """
    head = _HEAD.format(title=theorem.title, source="from verifier.library import shipped")
    body = f"THEOREM = shipped({json.dumps(theorem.label)})\n"
    tests = "".join(_tests(theorem))
    if "def test_" not in tests:
        reasons = dict.fromkeys(map(_no_value, theorem.statements().values()))
        raise VerifierError(
            f"no property test of {theorem.label} can be written: {'; '.join(reasons)}",
            f"try `verifier check --only {theorem.label}`",
        )
    return head + body + tests


def _tests(theorem: Theorem) -> Iterator[str]:
    for name, statement in theorem.statements().items():
        reason = _no_value(statement)
        if reason:
            yield f"\n# {name}: no test, for {reason}\n"
        else:
            function = re.sub(r"\W", "_", name)
            yield _test(f"THEOREM.statement({json.dumps(name)})", function, statement)


def _test(source: str, name: str, statement: Statement) -> str:
    return _TEST.format(statement=source, name=name, op=statement.claim.op)


def _no_value(statement: Statement) -> str:
    """Why no values of the statement are drawn and computed, in words; nothing if they are."""
    nodes = (n for r in (statement.claim, *statement.given) for n in subterms(r))
    heads = {node.head for node in nodes if isinstance(node, Apply)}
    return next((words for head, words in _VALUELESS.items() if head in heads), "")


__all__ = ["of_statement", "of_theorem"]
