"""The README's examples print what the README says they print; only the seconds may differ."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.plugin import ENVIRONMENT

README = Path(__file__).parents[1] / "README.md"
SECONDS = re.compile(r"\(\d+\.\d\d s\)|in \d+\.\d\ds")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)


EXAMPLES = [block.removeprefix("$ ").split("\n", 1) for block in blocks("console")]


@pytest.fixture
def folder(tmp_path):
    """A folder with the claims of the README, and with `verifier` on the path."""
    (tmp_path / "claims.toml").write_text(blocks("toml")[0])
    (tmp_path / "paper.tex").write_text(blocks("tex")[0])
    (tmp_path / "bin").mkdir()
    for name, module in {"verifier": "verifier.cli", "pytest": "pytest"}.items():
        script = tmp_path / "bin" / name
        script.write_text(f"#!{sys.executable}\nfrom {module} import main\nexit(main())\n")
        script.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[c[:50] for c, _ in EXAMPLES])
def test_console_examples(folder, command, output):
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    environment = {**os.environ, **ENVIRONMENT, "PATH": path, "PYTHONPATH": str(README.parent)}
    run = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert not run.stderr
    assert SECONDS.sub("", run.stdout) == SECONDS.sub("", output)


def test_python_examples():
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    for number, block in enumerate(blocks("python")):
        test = parser.get_doctest(block, {}, f"README example {number}", str(README), 0)
        assert test.examples and runner.run(test).failed == 0


def test_there_are_exactly_two_commands_to_start():
    install, tests = blocks("sh")
    assert "venv" in install and "verifier check" in install and "pytest" in tests
