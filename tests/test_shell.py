"""The command line in a shell: completion, examples in every help, colours on terminals only."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.test_cli import CLAIMS, FALSE, verifier
from verifier.cli import cli

ROOT = Path(__file__).parents[1]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = cli.list_commands(click.Context(cli))  # type: ignore[attr-defined]


def completed(line: str, folder: Path) -> list[str]:
    """What a shell is told when Tab is pressed at the end of a line."""
    words = line.split(" ")
    out, err = verifier(
        cwd=folder, code=0, PYTHONPATH=str(ROOT), _VERIFIER_COMPLETE="bash_complete",
        COMP_WORDS=line, COMP_CWORD=str(len(words) - 1),
    )  # fmt: skip
    assert not err
    return out.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("verifier che", ["plain,check"]),
        ("verifier check --only sharpness-", ["plain,sharpness-reduction"]),
        ("verifier check claims.toml --only f", ["plain,false"]),
        ("verifier check missing.toml --only f", []),
        ("verifier check claims", ["file,claims"]),
        ("verifier check --certificates c", ["file,c"]),
        ("verifier recheck c", ["file,c"]),
        ("verifier latex single", ["file,single", "plain,single-path"]),
        ("verifier write single", ["plain,single-path"]),
        ("verifier claim x --giv", ["plain,--given"]),
    ],
)
def test_words_are_completed(tmp_path: Path, line: str, expected: list[str]) -> None:
    (tmp_path / "claims.toml").write_text(CLAIMS)
    assert completed(line, tmp_path) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str) -> None:
    out, _ = verifier(code=0, _VERIFIER_COMPLETE=f"{shell}_source")
    assert f"_VERIFIER_COMPLETE={shell}_complete" in out


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(tmp_path: Path) -> None:
    script = tmp_path / "verifier"
    script.write_text(f"#!{sys.executable}\nfrom verifier.cli import main\nmain()\n")
    script.chmod(0o755)
    lines = (
        'eval "$(_VERIFIER_COMPLETE=bash_source verifier)"; '
        "COMP_WORDS=(verifier write single); COMP_CWORD=2; "
        '_verifier_completion verifier; echo "${COMPREPLY[@]}"; complete -p verifier'
    )
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    run = subprocess.run(
        ["bash", "--norc", "-c", lines], capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.stdout.split("\n")[0] == "single-path"
    assert "_verifier_completion verifier" in run.stdout


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_help_has_an_example_on_a_line_of_its_own(name: str) -> None:
    out, _ = verifier(*name.split(), "--help", code=0)
    assert re.search(rf"^  verifier {name}", out, re.MULTILINE)
    assert r"\b" not in out


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command prints on a wide terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from verifier.cli import main; main()", *arguments]
    variables = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    variables |= {"TERM": "xterm", **environment}
    run = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=variables)
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert run.wait() == 1
    return shown.decode()


@pytest.mark.parametrize("columns", ["80", "140"])
def test_colours_are_for_terminals_that_want_them(columns: str) -> None:
    assert "31" in "".join(COLOUR.findall(on_a_terminal("claim", *FALSE, COLUMNS=columns)))
    for unwanted in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        shown = on_a_terminal("claim", *FALSE, COLUMNS=columns, **unwanted)
        assert "refuted" in shown
        assert not any(re.search(r"[34]\d", code) for code in COLOUR.findall(shown))


def test_nothing_is_coloured_in_a_pipe() -> None:
    out, _ = verifier("claim", *FALSE, code=1, TERM="xterm", FORCE_COLOR="1")
    assert "\x1b" not in out
