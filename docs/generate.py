"""The pages of the reference, written from the code when the site is built.

What a page lists is found in the package, so that it cannot drift.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import verifier
from verifier.cli import cli
from verifier.statements import vocabulary
from verifier.statements.latex import latex
from verifier.statements.names import symbol_name
from verifier.statements.substitution import function
from verifier.statements.terms import ARITY, Relation, Symbol, Term

#: An example within a docstring, to the end of its output.
_EXAMPLE = re.compile(r"(^ *>>> (?:.|\n)*?(?:\n\s*\n|\Z))", re.MULTILINE)
#: The public rooms, each a page; a package stands for its modules.
ROOMS = {
    "verifier.interface": "Judging",
    "verifier.statements": "Statements",
    "verifier.theorem": "Theorems",
    "verifier.reasons": "Reasons",
    "verifier.verdicts": "Verdicts",
    "verifier.networks": "Networks",
    "verifier.closed_forms": "Closed forms",
    "verifier.dynamics": "Training",
    "verifier.experiment": "Experiments",
    "verifier.testing": "Property tests",
    "verifier.library": "The theorems that ship",
    "verifier.errors": "Errors",
}
VARIABLES = {
    "H": "the number of pathways",
    "L": "the depth that the pathways have in common",
    "k": "the number of active pathways",
    "sigma": "the target of the mode",
    "eta": "the size of a step of gradient descent",
}
OPERATORS = {
    "+": "sum", "-": "difference", "*": "product", "/": "quotient, where the divisor is not 0",
    "**": "power; `0**0` is 1; an exponent that is no integer needs a base that is not negative",
    "neg": "negation", "[]": "a member of a family, with an index for each place",
    "lambda": "a family by its member: a function of one index or more",
    "pi": "the number pi", "oo": "infinity, as the point of a limit",
    "single_path": "all of the target on the first pathway",
    "balanced": "an equal share of the target on each of the H pathways",
}  # fmt: skip


def write(folder: Path) -> None:
    """Write the generated pages, where they have changed."""
    pages = {"language": language(), "command-line": command_line(), "python": python()}
    for name, text in (pages | {name: room(name) for name in rooms()}).items():
        page = folder / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def as_rst(app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Our docstrings for Sphinx: what stands between backticks is code, all else is plain text."""
    lines[:] = rst("\n".join(lines)).split("\n")


def rst(text: str) -> str:
    r"""A docstring as reStructuredText; its examples stay as they are.

    >>> print(rst("The `power` 0**0, |w| and s_"))
    The ``power`` 0\*\*0, \|w\| and s\_
    """
    parts = _EXAMPLE.split(text)
    parts[::2] = ["".join(_plain_or_code(part)) for part in parts[::2]]
    return "".join(parts)


def _plain_or_code(text: str) -> Iterator[str]:
    for place, part in enumerate(text.split("`")):
        if place % 2:
            yield f"``{part}``"
        else:
            yield re.sub(r"(?m)(?<!^)[*|](?!$)|\\|_(?=\W|$)", r"\\\g<0>", part)


def language() -> str:
    """The page on the language of statements."""
    x, y, s = vocabulary.real("x"), vocabulary.real("y"), vocabulary.family("s")
    samples = dict(_samples(x, y, s))
    lines = [
        _LANGUAGE,
        "## Variables",
        "",
        "| name | LaTeX | in | stands for |",
        "|---|---|---|---|",
    ]
    for name, symbol in vocabulary.VARIABLES.items():
        shown = f"${symbol_name(name)}$"
        lines.append(f"| `{name}` | {shown} | {symbol.domain} | {VARIABLES[name]} |")
    kinds = ", ".join(f"`{kind}`" for kind in vocabulary.KINDS)
    lines += ["", f"Others are declared; their kinds are {kinds}.  {_FAMILIES}"]
    lines += ["", "## Operations", ""]
    lines += ["| | example | LaTeX | |", "|---|---|---|---|"]
    for head in ARITY:
        term = samples.get(head)
        text = f"`{term!r}`" if term is not None else ""
        formula = f"${latex(term)}$" if term is not None else ""
        lines.append(
            f"| `{_escaped(head)}` | {_escaped(text)} | {_escaped(formula)} | {_meaning(head)} |"
        )
    return "\n".join(lines) + "\n" + _LANDSCAPES


def _samples(x: Symbol, y: Symbol, s: Symbol) -> Iterator[tuple[str, Term]]:
    """A term for each operation; for a function of the vocabulary one is made from its arity."""
    h, l = vocabulary.integer("h"), vocabulary.integer("l")  # noqa: E741
    w, W = (vocabulary.family(name, arity=arity) for name, arity in (("w", 2), ("W", 4)))
    v, layers = vocabulary, vocabulary.family("V", arity=3)
    unit = function((h, l), v.Iverson(Relation("==", h, l)))
    yield from {
        "+": x + y, "-": x - y, "*": x * y, "/": x / y, "**": x**y, "neg": -x, "pi": v.pi,
        "oo": v.oo, "[]": s[h], "Iverson": v.Iverson(h <= v.k), "Sum": v.Sum(s[h], (h, 1, v.H)),
        "Product": v.Product(s[h], (h, 1, v.H)), "limit": v.limit(1 / v.L, v.L, v.oo),
        "diff": v.diff(x**2, x), "single_path": v.single_path, "balanced": v.balanced,
        "shared": v.shared(v.k), "split": v.split(s), "weights": v.weights(w),
        "root": v.root(x**2 - 2, (x, 0, 2)), "lambda": unit, "matrices": v.matrices(W, 2),
       
        "chain": v.chain(layers, 1, v.L, 1, 2, v.k), "sharpness": v.sharpness(v.balanced),
        "hessian": v.hessian(v.weights(w), 1, 1, h, l),
    }.items()  # fmt: skip
    for name, arity in vocabulary.FUNCTIONS.items():
        yield name, getattr(vocabulary, name)(*(x, y)[:arity])


def _meaning(head: str) -> str:
    if head in OPERATORS:
        return OPERATORS[head]
    found = getattr(vocabulary, head, None)
    return _summary(found) if callable(found) else ""


def _escaped(text: str) -> str:
    return text.replace("|", r"\|")


def _summary(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def command_line() -> str:
    """The page on the command line: what `--help` prints, command by command."""
    import click

    wide = {**cli.context_settings, "terminal_width": 100}
    with click.Context(cli, info_name="verifier", **wide) as context:
        parts = ["# The command line\n", "```text", cli.get_help(context), "```"]
        for name in cli.list_commands(context):
            command = cli.get_command(context, name)
            if command is None:
                continue
            own = click.Context(command, info_name=name, parent=context)
            parts += [f"\n## {name}\n", "```text", command.get_help(own), "```"]
    return "\n".join(parts) + "\n"


def python() -> str:
    """The page on the names of `verifier`, and on the rooms behind them."""
    words = verifier.words()
    verbs = [n for n in verifier.__all__ if n not in words and n != "__version__"]
    lines = ["# Python\n", "Everything that a notebook needs is a name of `verifier`.\n"]
    lines += ["| name | |", "|---|---|"]
    lines += [f"| `{name}` | {_escaped(_summary(getattr(verifier, name)))} |" for name in verbs]
    listed = ", ".join(f"`{name}`" for name in words)
    lines += [f"\nThe [words of the language](language.md) are there as well: {listed}.\n"]
    lines += ["## Rooms\n", "| module | |", "|---|---|"]
    for name in rooms():
        first = _summary(importlib.import_module(name))
        lines.append(f"| [`{name}`]({name}.md) | {_escaped(first)} |")
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *rooms(), "```", ""])


def rooms() -> list[str]:
    """The public rooms that are there."""
    return [name for name in ROOMS if importlib.util.find_spec(name) is not None]


def room(name: str) -> str:
    """The page of one room, from its docstrings."""
    module = importlib.import_module(name)
    whole = [] if hasattr(module, "__path__") else ["   :members:"]
    parts = [f"# {ROOMS[name]}", _directive(f".. automodule:: {name}", *whole)]
    for own in _modules(module):
        parts += [f"## {own}", _directive(f".. automodule:: {name}.{own}", "   :members:")]
    return "\n\n".join(parts) + "\n"


def _directive(*lines: str) -> str:
    return "\n".join(["```{eval-rst}", *lines, "```"])


def _modules(module: ModuleType) -> list[str]:
    paths = getattr(module, "__path__", [])
    return [m.name for m in pkgutil.iter_modules(paths) if not m.name.startswith("_")]


_LANGUAGE = """# The language of statements

A statement compares two terms with `<`, `<=`, `==`, `!=`, `>=` or `>`, under conditions of the same
form.  It holds if, for all values of its variables in their domains at which the conditions are
defined and true, both sides are defined and the comparison is true.

As text it is written as in Python, with exact numbers: `1/2`, never `0.5`.  Text is parsed, never
evaluated.  In Python the same operators build the same object.
"""

_FAMILIES = (
    "`real[.]` declares a family of real numbers, with a dot for each index: `s[h]`, `w[h, l]`.  "
    "Where a family is asked for, `(lambda h, l: ...)` builds one; depths that differ are "
    "`L=` such a family, the target of `matrices` is one of two indices."
)

_LANDSCAPES = """
## Landscapes

In a claims file a `[[landscape]]` gives a name to a loss.  Claims may then speak of it:

| | |
|---|---|
| `gradient(NAME, x)` | the derivative of the loss by a parameter |
| `hessian(NAME, x, y)` | the second derivative |
| `sharpness(NAME)` | the largest eigenvalue of the Hessian, for one or two parameters |

[How to](../how-to/networks.md) shows a file.
"""
