"""Judge claims whose truth is known."""

from __future__ import annotations

import click

from verifier.cli.judging import judged
from verifier.cli.options import checked_timeout, format_option, jobs_option


@click.command("selftest")
@jobs_option
@click.option(
    "--timeout",
    type=float,
    callback=checked_timeout,
    metavar="SECONDS",
    help="Stop judging one claim after this long (20 by default).",
)
@format_option
def command(jobs: int, timeout: float | None, form: str) -> int:
    """Judge claims whose truth is known.

    The program ships claims that are true and claims that are false.  Exit code 0: no false claim
    was accepted and no true claim was turned down; 1: one was.

    \b
    verifier selftest --timeout 5
    """
    from verifier import selftest as suite
    from verifier.reports import selftest as report

    results, complete = judged(suite.tasks(), jobs, timeout or suite.CLAIM_SECONDS)
    outcome = suite.outcome(results)
    if form == "json":
        click.echo(report.render(outcome))
    else:
        report.show(outcome)
    return 1 if outcome.unsound() or not complete else 0
