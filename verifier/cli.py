"""The command line: arguments and exit codes, nothing else.

Results go to standard output, everything else to standard error.  Exit code 0: everything is
accepted; 1: something is not; 2: something could not be judged, or the command was misused.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verifier import __version__
from verifier.errors import StatementError, VerifierError

if TYPE_CHECKING:
    from verifier.verdicts import Result
    from verifier.verify import Task

Command = TypeVar("Command", bound=Callable[..., Any])


def _format(function: Command) -> Command:
    choice = click.Choice(["text", "json"])
    return click.option("--format", "form", type=choice, default="text", help="How to print.")(
        function
    )


def _limits(function: Command) -> Command:
    strict = click.option("--strict", is_flag=True, help="Do not accept `supported`.")
    timeout = click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Stop judging one theorem or claim after this long (a claim: 60 by default).",
    )
    return strict(timeout(function))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="verifier")
def cli() -> None:
    """Judge statements about multi-pathway deep linear networks.

    Exit code 0: every statement is accepted (proved, enclosed, or supported without --strict);
    1: one is not (refuted, vacuous, undecided); 2: one could not be read.
    """


@cli.command()
@click.argument("paths", nargs=-1, metavar="[FILE_OR_DIR]...")
@click.option("--only", multiple=True, metavar="LABEL", help="Judge this theorem or claim alone.")
@_limits
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
@click.option("--certificates", metavar="DIR", help="Write a certificate for each proof.")
@_format
def check(
    paths: tuple[str, ...],
    only: tuple[str, ...],
    strict: bool,
    timeout: float | None,
    jobs: int,
    certificates: str | None,
    form: str,
) -> int:
    """Judge theorems and claims.

    Theorems are .py files, claims .toml files (- for standard input); a folder stands for all
    that it holds.  By default the shipped theorems are judged.

    \b
    verifier check
    verifier check claims.toml --strict --timeout 60
    verifier check --only sharpness-reduction --certificates proofs.d
    """
    from verifier.tasks import collect

    results, complete = _judged(collect(paths, only), jobs, timeout)
    _report(results, form)
    if certificates is not None:
        from verifier.tasks import write_certificates

        count = write_certificates(results, Path(certificates))
        click.echo(f"{count} certificates in {certificates}", err=True)
    return _worst(results, strict) if complete else max(1, _worst(results, strict))


@cli.command()
@click.argument("statement")
@click.option("--given", multiple=True, metavar="CONDITION", help='A condition, such as "H >= 2".')
@click.option("--var", "variables", multiple=True, metavar="NAME=KIND", help="x=real or n=integer.")
@_limits
@_format
def claim(
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
    """
    from verifier.statements.claims import statement_of
    from verifier.verdicts import Result, Verdict
    from verifier.verify import Task

    if statement == "-":
        statement = _standard_input()
    try:
        stated = statement_of(statement, list(given), _kinds(variables))
    except StatementError as error:
        if form == "text":
            raise
        _report([Result("claim", Verdict.ERROR, reason=str(error))], form)
        return 2
    results, _ = _judged([Task("claim", "claim", statement=stated)], 1, timeout)
    _report(results, form)
    return _worst(results, strict)


@cli.command()
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", type=click.IntRange(min=1), required=True, help="Layers of each, L.")
@click.option("--target", required=True, metavar="Q", help="The target, exact: 2 or -1/3.")
@click.option(
    "--allocation",
    required=True,
    metavar="ALLOCATION",
    help="single, balanced, shared:K, or one share for each pathway: 1/2,1/4,1/4.",
)
@click.option("--digits", type=int, default=30, show_default=True, help="Significant digits.")
def sharpness(paths: int, depth: int, target: str, allocation: str, digits: int) -> int:
    """Evaluate the proved sharpness.

    The largest Hessian eigenvalue at a depth-balanced minimum, by the theorem mode-sharpness.

    \b
    verifier sharpness --paths 4 --depth 3 --target 1 --allocation balanced
    """
    from verifier.closed_forms import sharpness as closed_form
    from verifier.networks.allocations import parse_allocation, parse_rational

    sigma = parse_rational(target)
    found = closed_form.sharpness(parse_allocation(allocation), paths, depth, sigma, digits)
    click.echo(f"sharpness  {found.digits if found.exact is None else found.exact}")
    if found.exact is not None and found.exact.denominator != 1:
        click.echo(f"decimal    {found.digits}")
    if (text := repr(found.term)) and len(text) <= 100:
        click.echo(f"exact      {text}")
    click.echo(f"formula    {found.claim!r}")
    click.echo(f"theorem    {closed_form.THEOREM}, claim {closed_form.CLAIM}")
    click.echo(f"proof      verifier check --only {closed_form.THEOREM}")
    for note in found.notes:
        click.echo(f"note       {note}")
    return 0


@cli.command()
@click.option("--paths", type=click.IntRange(min=1), required=True, help="Pathways, H.")
@click.option("--depth", required=True, metavar="L", help="Layers of each, 3; or of each one, 3,5.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    required=True,
    metavar="Q",
    help="A target, exact; given d times the diagonal of M*, and the layers are d x d.",
)
@click.option(
    "--allocation",
    "allocations",
    multiple=True,
    required=True,
    metavar="ALLOCATION",
    help="single, balanced, shared:K, or one share for each pathway, 3/2,1/2, that sum to the "
    "target; given once for every mode, or once for each target.",
)
@click.option("--digits", type=int, default=30, show_default=True, help="Significant digits.")
@click.option("--check", "checked", is_flag=True, help="Compare with the Hessian by definition.")
@_format
def spectrum(
    paths: int,
    depth: str,
    targets: tuple[str, ...],
    allocations: tuple[str, ...],
    digits: int,
    checked: bool,
    form: str,
) -> int:
    """Evaluate every Hessian eigenvalue.

    The spectrum of the full Hessian of half the squared error at the aligned depth-balanced
    minimum, where each target is divided among the pathways as in `verifier sharpness`.

    \b
    verifier spectrum --paths 2 --depth 3 --target 8 --target 1 --allocation balanced --check
    verifier spectrum --paths 2 --depth 3 --target 2 --target 1 --allocation 1,1 --allocation 1,0
    """
    from verifier.closed_forms.minimum import read_minimum
    from verifier.closed_forms.spectrum import spectrum as evaluate
    from verifier.reports import spectrum as report

    found = evaluate(read_minimum(paths, depth, targets, allocations), digits)
    outcome = None
    if checked:
        from verifier.closed_forms.check import check as compare

        outcome = compare(found, digits)
    if form == "json":
        click.echo(report.render(found, outcome))
    else:
        report.show(found, outcome)
    return 0 if outcome is None or outcome.agrees else 1


@cli.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option("--document", is_flag=True, help="A whole document, ready for pdflatex.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
def latex(labels: tuple[str, ...], document: bool, jobs: int) -> int:
    """Print theorems as LaTeX.

    Theorems and proofs are printed from the shipped objects, which are judged first.

    \b
    verifier latex sharpness-reduction
    verifier latex --document > appendix.tex
    """
    from verifier import library
    from verifier.reports import latex as report
    from verifier.tasks import collect

    results, complete = _judged(collect((), labels), jobs, None)
    shown = [report.theorem(library.shipped(r.name), r) for r in results]
    click.echo(report.document(shown) if document else "\n".join(shown))
    return _worst(results, strict=False) if complete else 1


@cli.command()
@click.argument("certificates", nargs=-1, required=True, metavar="CERTIFICATE...")
def recheck(certificates: tuple[str, ...]) -> int:
    """Replay certificates.

    The kernel applies every step again, in a process where importing SymPy is an error.
    """
    from verifier.recheck import recheck as replay

    worst = 0
    for found in replay(map(Path, certificates)):
        click.echo(f"{'accepted' if found.accepted else 'refused '}  {found.path}: {found.text}")
        worst = max(worst, 0 if found.accepted else 1)
    return worst


@cli.command()
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop judging one claim after this long (20 by default).",
)
@_format
def selftest(jobs: int, timeout: float | None, form: str) -> int:
    """Judge claims whose truth is known.

    The program ships claims that are true and claims that are false.  Exit code 0: no false claim
    was accepted and no true claim was turned down; 1: one was.

    \b
    verifier selftest --timeout 5
    """
    from verifier import selftest as suite
    from verifier.reports import selftest as report

    results, complete = _judged(suite.tasks(), jobs, timeout or suite.CLAIM_SECONDS)
    outcome = suite.outcome(results)
    if form == "json":
        click.echo(report.render(outcome))
    else:
        report.show(outcome)
    return 1 if outcome.unsound() or not complete else 0


def _kinds(variables: Sequence[str]) -> dict[str, str]:
    kinds = {}
    for variable in variables:
        name, equals, kind = (part.strip() for part in variable.partition("="))
        if not (name and equals and kind):
            raise VerifierError(f"--var {variable!r} declares nothing", "write --var x=real")
        if name in kinds:
            raise VerifierError(f"--var declares {name!r} twice", "declare it once")
        kinds[name] = kind
    return kinds


def _standard_input() -> str:
    from verifier.statements.parser import MAX_LENGTH

    return sys.stdin.buffer.read(4 * MAX_LENGTH + 1).decode()


def _judged(tasks: Sequence[Task], jobs: int, timeout: float | None) -> tuple[list[Result], bool]:
    """The results in the order of the tasks, and whether all were judged before an interruption."""
    from verifier.reports.terminal import progress
    from verifier.verify import judge_all

    found: dict[str, list[Result]] = {}
    complete = True
    try:
        with progress(len(tasks)) as advance:
            for result in judge_all(tasks, jobs=jobs, timeout=timeout):
                found.setdefault(result.name, []).append(result)
                advance(result.name)
    except KeyboardInterrupt:
        count = sum(map(len, found.values()))
        click.echo(f"interrupted: {count} of {len(tasks)} judged", err=True)
        complete = False
    return [found[t.name].pop(0) for t in tasks if found.get(t.name)], complete


def _report(results: Sequence[Result], form: str) -> None:
    if form == "json":
        from verifier.reports import json

        click.echo(json.render(results))
    else:
        from verifier.reports import terminal

        terminal.show(results)
    for result in results:
        if result.verdict.exit_code() == 2:
            where = f"{result.source}: " if result.source else ""
            click.echo(f"error: {where}{result.name}: {result.reason}", err=True)


def _worst(results: Sequence[Result], strict: bool) -> int:
    return max((r.verdict.exit_code(strict) for r in results), default=0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an expected failure is one message on standard error, exit code 2."""
    for stream in (sys.stdout, sys.stderr):  # whatever it can encode
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="verifier", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except VerifierError as error:
        code = _fail(str(error))
    except UnicodeDecodeError as error:
        code = _fail(f"the input is no text: {error.reason} (save it as UTF-8)")
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        code = _fail(f"{error.filename or 'file'}: {error.strerror} (check the path)")
    except RecursionError:
        code = _fail("the statement is nested too deeply (split it, or name its parts)")
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> int:
    click.echo(f"error: {message}", err=True)
    return 2
