"""Documents whose examples run: each page in a folder of its own, from its top to its end.

A block with a caption is a file of that name.  A `console` block is a command after `$`, then what
it prints; `...` stands for any text, and seconds may differ.  `python` blocks are doctests.
"""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.testing.plugin import ENVIRONMENT

ROOT = Path(__file__).parents[1]
SECONDS = re.compile(r"\(?\d+\.\d\d? ?s\)?")
COMMANDS = {"verifier": "verifier.cli", "pytest": "pytest"}
_BLOCK = re.compile(
    r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n\n?)?(.*?)^```$", re.DOTALL | re.MULTILINE
)


class Block(NamedTuple):
    language: str
    caption: str
    text: str


def blocks(page, language=None):
    """The code blocks of a page, all or those of one language."""
    found = [Block(*match.groups("")) for match in _BLOCK.finditer(page.read_text())]
    return [block for block in found if language in (None, block.language)]


def set_up(folder):
    """Put `verifier` and `pytest` of this environment on the path of a folder's commands."""
    (folder / "bin").mkdir()
    for name, module in COMMANDS.items():
        script = folder / "bin" / name
        script.write_text(f"#!{sys.executable}\nfrom {module} import main\nexit(main())\n")
        script.chmod(0o755)


def run_console(block, folder):
    """Run the command of a block and compare what it prints."""
    command, expected = block.text.removeprefix("$ ").split("\n", 1)
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    own = {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    environment = {**os.environ, **ENVIRONMENT, **own}
    for name in ("PYTEST_ADDOPTS", "CI", "BUILD_NUMBER"):  # with these pytest prints otherwise
        environment.pop(name, None)
    run = subprocess.run(
        command, shell=True, cwd=folder, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    found, expected = (SECONDS.sub("(time)", text) for text in (run.stdout, expected))
    checker, example = doctest.OutputChecker(), doctest.Example(command, expected)
    if not checker.check_output(expected, found, doctest.ELLIPSIS):
        difference = checker.output_difference(example, found, doctest.REPORT_NDIFF)
        raise AssertionError(f"{command}\n{difference}")


def run_python(block, page, names):
    """Run a block of examples, with the names that blocks before it have made."""
    test = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), 0)
    assert test.examples, f"{page.name}: no example in {block.text!r}"
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    runner = doctest.DocTestRunner(optionflags=flags)
    assert runner.run(test, clear_globs=False).failed == 0
    names.update(test.globs)


def run_page(page, folder):
    """Do what a reader of the page would do; returns how many examples there were."""
    set_up(folder)
    names, count = {}, 0
    for block in blocks(page):
        if block.caption:
            (folder / block.caption).write_text(block.text)
        elif block.language == "console":
            run_console(block, folder)
        elif block.language == "python":
            run_python(block, page, names)
        else:
            continue
        count += 1
    return count
