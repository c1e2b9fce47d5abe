"""Write a theorem file to start from."""

from __future__ import annotations

import keyword
from pathlib import Path

import click

from verifier.errors import VerifierError

_SKELETON = '''\
"""Two pathways that share the target are flatter than one that carries it.  (Say what you prove.)

    verifier check {file}

A file builds one theorem: claims, and a chain of links that ends in them.  Change one thing at a
time and check again; what is wrong is reported with its line.
"""

from verifier.reasons import calculation, of
from verifier.statements.vocabulary import H, L, k, shared, sharpness, sigma, single_path
from verifier.theorem import Theorem, link, when

# Both sides of each claim are terms: numbers are exact (write 1 / L, or rational(1, 2)), and H, L,
# k, sigma, eta are declared.  Others: x = real("x"), n = integer("n"), s = family("s").
halves = L * (sigma / 2) ** (2 - 2 / L) * 2

theorem = Theorem(
    label="{label}",
    title="Two pathways that share the target are flatter than one",
    source="whose theorem this is, and where it stands",
    # The idea in words, as in a paper.
    why="""
    Two halves of the target are less sharp than the whole by the factor 2^(2/L - 1), which is
    below 1 from depth 3 on.
    """,
    # What is given to every claim.  A claim can ask for more: when(claim, condition, ...).
    given=(H >= 2, L >= 3),
    claims={{
        "flatter": sharpness(shared(2)) < sharpness(single_path),
    }},
    # Each link has a name, a reason, and what it states; the last ones have the names of the claims
    # and state these.  A reason may cite links before it, by name, and claims of shipped theorems:
    # of("LABEL/CLAIM", {{variable: value}}).  All reasons: pydoc verifier.reasons.
    proof=[
        link("two", calculation(of("shared-k/value", {{k: 2}})), sharpness(shared(2)) == halves),
        link("factor", calculation(), 2 ** (2 / L - 1) < 1),
        link("flatter", calculation("two", "factor", of("single-path/value"))),
    ],
    # A statement beside the theorem that is false, so that you see where it ends: it must be
    # refuted.  At depth 2 every split is equally sharp.
    false_neighbours=[
        when(sharpness(shared(2)) < sharpness(single_path), H >= 2, L >= 2),
    ],
)
'''


@click.command("new")
@click.argument("name")
def command(name: str) -> int:
    """Write a theorem file to start from.

    NAME.py holds a small theorem with its proof, and comments that say what to change; a file
    that is there already is never overwritten.

    \b
    verifier new my_theorem
    verifier check my_theorem.py
    """
    path = Path(name.removesuffix(".py") + ".py")
    stem = path.stem.replace("-", "_")
    if not (stem.isascii() and stem.isidentifier()) or keyword.iskeyword(stem) or stem[0] == "_":
        raise VerifierError(
            f"{path.stem!r} is no name for a theorem",
            "use letters, digits and _ after a letter, such as my_theorem",
        )
    path = path.with_name(f"{stem}.py")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_SKELETON.format(file=path, label=stem.replace("_", "-")))
    except FileExistsError:
        raise VerifierError(f"{path} exists already", "choose another name") from None
    click.echo(f"{path} is written; judge it with: verifier check {path}")
    return 0
