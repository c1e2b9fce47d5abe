"""The README's examples print what the README says they print; only the seconds may differ."""

import pytest

from .documents import ROOT, blocks, run_console, run_python, set_up

README = ROOT / "README.md"
EXAMPLES = blocks(README, "console")


@pytest.fixture
def folder(tmp_path):
    """A folder with the claims of the README, and with `verifier` on the path."""
    (tmp_path / "claims.toml").write_text(blocks(README, "toml")[0].text)
    (tmp_path / "paper.tex").write_text(blocks(README, "tex")[0].text)
    set_up(tmp_path)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: block.text[:50])
def test_console_examples(folder, example):
    run_console(example, folder)


def test_python_examples():
    for block in blocks(README, "python"):
        run_python(block, README, {})


def test_there_are_exactly_two_commands_to_start():
    install, tests = (block.text for block in blocks(README, "sh"))
    assert "venv" in install and "verifier check" in install and "pytest" in tests
