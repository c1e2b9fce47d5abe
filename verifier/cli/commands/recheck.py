"""Replay certificates."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import FILE


@click.command("recheck")
@click.argument("certificates", nargs=-1, required=True, type=FILE, metavar="CERTIFICATE...")
def command(certificates: tuple[str, ...]) -> int:
    """Replay certificates.

    The kernel applies every step again, in a process where importing SymPy is an error.

    \b
    verifier check --certificates proofs.d
    verifier recheck proofs.d/*.json
    """
    from verifier.recheck import recheck as replay

    worst = 0
    for found in replay(map(Path, certificates)):
        click.echo(f"{'accepted' if found.accepted else 'refused '}  {found.path}: {found.text}")
        worst = max(worst, 0 if found.accepted else 1)
    return worst
