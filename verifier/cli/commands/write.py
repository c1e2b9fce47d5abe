"""Print a property test."""

from __future__ import annotations

import re
from pathlib import Path

import click

from verifier.cli.options import complete_names, conditions, kinds


@click.command("write")
@click.argument("subject", metavar="LABEL|STATEMENT", shell_complete=complete_names)
@conditions
def command(subject: str, given: tuple[str, ...], variables: tuple[str, ...]) -> int:
    """Print a property test.

    A file in which pytest and Hypothesis attack a shipped theorem, or a statement such as
    "H**(2/L - 1) < 1", at values that satisfy what is given.

    \b
    verifier write sharpness-reduction > test_reduction.py
    verifier write "x + 1/x >= 2" --var x=real --given "x > 0" > test_mean.py
    """
    from verifier.errors import VerifierError
    from verifier.library import shipped
    from verifier.reports import property_test
    from verifier.sources import SUFFIXES
    from verifier.statements.claims import statement_of

    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", subject):
        click.echo(property_test.of_theorem(shipped(subject)), nl=False)
    elif Path(subject).suffix in SUFFIXES:
        remedy = "give the label of a shipped theorem, or a statement"
        raise VerifierError(f"{subject} is a file", remedy)
    else:
        statement = statement_of(subject, list(given), kinds(variables))
        click.echo(property_test.of_statement(statement), nl=False)
    return 0
