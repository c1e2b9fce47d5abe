"""The command line: arguments and exit codes, nothing else.

Each file in `verifier/cli/commands` is the command of its name.  Results go to standard output,
everything else to standard error.  Exit code 0: everything is accepted; 1: something is not; 2:
something could not be judged, or the command was misused.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from verifier import __version__
from verifier.cli import commands
from verifier.errors import VerifierError


class Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name}")
        command: click.Command = module.command
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="verifier")
def cli() -> None:
    """Judge statements about multi-pathway deep linear networks.

    Exit code 0: every statement is accepted (proved, enclosed, or supported without --strict);
    1: one is not (refuted, vacuous, undecided); 2: one could not be read.

    \b
    verifier check                     judge the theorems that ship
    verifier check claims.toml         judge your claims
    verifier claim "2*H > H"           judge one
    eval "$(_VERIFIER_COMPLETE=bash_source verifier)"    complete words with Tab (zsh_source, fish)
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an expected failure is one message on standard error, exit code 2."""
    for stream in (sys.stdout, sys.stderr):  # whatever it can encode
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if sys.stdout is None:
            raise VerifierError("standard output is closed", "send it to a file, or to /dev/null")
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
        named = f"{error.filename}: {error.strerror} (check the path)"
        unnamed = f"{error.strerror} (make room for what is written, or for processes)"
        code = _fail(unnamed if error.filename is None else named)
    except RecursionError:
        code = _fail("the statement is nested too deeply (split it, or name its parts)")
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> int:
    click.echo(f"error: {message}", err=True)
    return 2
