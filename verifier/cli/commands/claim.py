"""Judge one statement."""

from __future__ import annotations

import sys

import click

from verifier.cli.judging import judged, report, worst
from verifier.cli.options import conditions, kinds, limits, report_option
from verifier.errors import StatementError


@click.command("claim")
@click.argument("statement")
@conditions
@limits
@report_option
def command(
    statement: str,
    given: tuple[str, ...],
    variables: tuple[str, ...],
    strict: bool,
    timeout: float | None,
    form: str,
) -> int:
    """Judge one statement.

    STATEMENT is text such as "H**(2/L - 1) < 1"; - reads it from standard input.

    \b
    verifier claim "H**(2/L - 1) < 1" --given "H >= 2" --given "L >= 3"
    verifier claim "x + 1/x >= 2" --var x=real --given "x > 0"
    verifier claim "Sum(s[h], (h, 1, H)) >= 0" --var "s=nonnegative[.]"
    """
    from verifier.statements.claims import statement_of
    from verifier.verdicts import Result, Verdict
    from verifier.verify import Task

    if statement == "-":
        statement = _standard_input()
    try:
        stated = statement_of(statement, list(given), kinds(variables))
    except StatementError as error:
        if form == "text":
            raise
        report([Result("claim", Verdict.ERROR, reason=str(error))], form)
        return 2
    results, _ = judged([Task("claim", "claim", statement=stated)], 1, timeout)
    report(results, form, strict)
    return worst(results, strict)


def _standard_input() -> str:
    from verifier.statements.parser import MAX_LENGTH

    return sys.stdin.buffer.read(4 * MAX_LENGTH + 1).decode()
