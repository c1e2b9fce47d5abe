"""Hostile input at the command line: a message or an honest verdict, in time, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pytest

TIMEOUT, MARGIN = 3, 20  # seconds; the margin is for a busy machine
MOST_MEMORY = 2 * 2**20  # kilobytes
SENTINEL = "sentinel"
TOP = 10**12


class Outcome(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float
    memory: int  # the peak of the largest process, in kilobytes


def verifier(folder: Path, *arguments: str, stdin: bytes = b"") -> Outcome:
    """Run the command line in a folder, as a process whose peak memory is known."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin)
        given.seek(0)
        start = monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", "from verifier.cli import main; main()", *arguments],
            stdin=given,
            stdout=out,
            stderr=err,
            cwd=folder,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    scale = 1024 if sys.platform == "darwin" else 1
    return Outcome(process.returncode, *texts, seconds, usage.ru_maxrss // scale)


def survived(folder: Path, outcome: Outcome, codes: tuple[int, ...] = (0, 1, 2)) -> Outcome:
    """The outcome, if it is one that a stranger's input may have."""
    said = outcome.out + outcome.err
    assert "Traceback" not in said and "internal error" not in said, said[-2000:]
    assert outcome.code in codes, (outcome.code, said[:2000])
    assert outcome.seconds < TIMEOUT + MARGIN
    assert outcome.memory < MOST_MEMORY
    if outcome.code == 2:
        assert outcome.err.strip()
    assert not (folder / SENTINEL).exists()
    return outcome


def claim(folder: Path, text: str, *arguments: str, stdin: bytes = b"") -> Outcome:
    # after --, a statement may begin with a minus
    options = ("--timeout", str(TIMEOUT), *arguments, "--", text)
    return verifier(folder, "claim", *options, stdin=stdin)


NOT_STATEMENTS = {
    "import": f"__import__('os').system('touch {SENTINEL}') > 0",
    "exec": f'exec(\'open("{SENTINEL}", "w")\') == 0',
    "open": f'open("{SENTINEL}", "w") == 0',
    "attribute": "x.__class__ > 0",
    "bases": "().__class__.__bases__[0].__subclasses__() > 0",
    "comprehension": "[x for x in range(10)] > 0",
    "generator": "Sum(l for l in L, (l, 1, L)) > 0",
    "lambda": "(lambda: 0)() > 0",
    "walrus": "(y := 1) > 0",
    "conditional": "(1 if x else 2) > 0",
    "text": "'x' > 0",
    "format": "f'{x}' > 0",
    "statements": "x > 0; import os",
    "line": "x > 0\nimport os",
    "comment": "x > 0 # yes",
    "parentheses": "(" * 5_000 + "1" + ")" * 5_000 + " > 0",
    "brackets": "[" * 3_000,
    "minus": "-" * 5_000 + "x > 0",
    "powers": "**".join(["x"] * 1_500) + " > 0",
    "long": "x" * 15_000 + " > 0",
    "longer": "1 + " * 15_000 + "1 > 0",
    "digits": "9" * 5_000 + " > 0",
    "float": "1e999999999 > 0",
    "cyrillic": "х > 0",  # noqa: RUF001
    "superscript": "x² >= 0",
    "relation": "x ≥ 0",
    "direction": "\u202ex > 0\u202c",
    "invisible": "x\u200b > 0",
    "other digits": "\u0663 > 2",
    "surrogate": "\udcff > 0",
    "escape": "x \x1b[31m > 0",
    "empty": "",
    "blank": " \t ",
    "truth": "True",
    "oo": "x >",
}


@pytest.mark.parametrize("text", NOT_STATEMENTS.values(), ids=NOT_STATEMENTS)
def test_what_is_no_statement_is_refused_with_a_message(tmp_path: Path, text: str) -> None:
    outcome = survived(tmp_path, claim(tmp_path, text, "--var", "x=real"), codes=(2,))
    assert outcome.err.startswith("error: ")
    assert len(outcome.err) < 40_000
    assert "\x1b" not in outcome.err.replace("\\x1b", "")


#: A statement, and the exit codes that are honest: 0 where it is true, 1 where it is false.
HARD = {
    "tower": ("9**9**9**9 > 0", (0, 1)),
    "towers": ("9**9**9**9 == 9**9**9", (1,)),
    "tower of a variable": ("2**(2**(2**n)) > n", (0, 1)),
    "power": ("2**(10**15) > 0", (0, 1)),
    "powers": ("2**(10**15) == 2**(10**15) + 1", (1,)),
    "long sum": (f"Sum(l, (l, 1, {TOP})) > 0", (0, 1)),
    "long false sum": (f"Sum(l, (l, 1, {TOP})) < 5", (1,)),
    "harmonic": (f"Sum(1/l, (l, 1, {TOP})) > 29", (1,)),
    "long product": ("Product(x, (l, 1, 10**9)) >= 0", (0, 1)),
    "long odd product": ("Product(x, (l, 1, 10**9 + 1)) >= 0", (1,)),
    "factorial": ("Product(l, (l, 1, 10**9)) < 10**9", (1,)),
    "exponentials": ("exp(exp(exp(exp(10)))) > 1", (0, 1)),
    "false exponentials": ("exp(exp(exp(exp(10)))) < exp(exp(exp(exp(10))))/2", (1,)),
    "tiny": ("exp(-exp(exp(exp(10)))) <= 0", (1,)),
    "even power": ("x**(10**9) >= 0", (0, 1)),
    "odd power": ("x**(10**9 + 1) >= 0", (1,)),
    "binomial": ("(x + 1)**(10**9) > x", (0, 1)),
    "trinomial": ("(x + y + 1)**1001 >= 0", (1,)),
    "expansion": ("(x + 1)**300*(y + 1)**300*(x - y)**300*(x + y)**300 == 0", (1,)),
    "repeated powers": ("((((((((x**9)**9)**9)**9)**9)**9)**9)**9)**9 > x", (1,)),
    "tower of x": ("x**x**x**x**x < 0", (1,)),
    "nested sums": ("Sum(" * 3 + "1/(a + b + c)" + ", (a, 1, 300)), (b, 1, 300)), (c, 1, 300)) > 0",
                    (0, 1)),
    "many nested sums": ("Sum(" * 30 + "1" + "".join(f", (i{j}, 1, 9**9))" for j in range(30))
                         + " > 0", (0, 1)),
    "growing sums": ("Sum(Sum(Sum(a*b*c, (a, 1, b)), (b, 1, c)), (c, 1, 10**6)) > 0", (0, 1)),
    "roots": ("+".join(f"sqrt({p})" for p in range(2, 200)) + " > 10**4", (1,)),
    "root of roots": ("sqrt(" * 40 + "2" + ")" * 40 + " < 1", (1,)),
    "absolute values": ("+".join(f"Abs(x - {i})" for i in range(60)) + " < 0", (1,)),
    "Max": ("Max(x, " * 60 + "y" + ")" * 60 + " < x", (1,)),
    "root": ("2**(1/10**12) < 1", (1,)),
    "sine": ("sin(10**(10**9)) <= 1", (0, 1)),
    "large sine": ("sin(10**(10**9)) > 2", (1,)),
    "many terms": ("+".join(["x"] * 1_900) + " > 0", (1, 2)),
    "many factors": ("*".join(["(x + y)"] * 600) + " > 0", (1, 2)),
    "literals": ("*".join(["9" * 999] * 15) + " < 0", (1,)),
    "large network": ("sharpness(balanced, H=10**12, L=10**12) < 0", (1,)),
    "minus signs": ("-" * 90 + "x < x", (1,)),
    "limits": ("limit(exp(exp(exp(x))), x, oo) == 0", (1,)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), HARD.values(), ids=HARD)
def test_what_is_hard_gets_an_honest_verdict_in_time(
    tmp_path: Path, text: str, codes: tuple[int, ...]
) -> None:
    variables = ("--var", "x=real", "--var", "y=real", "--var", "n=integer")
    survived(tmp_path, claim(tmp_path, text, *variables), codes)


def test_a_megabyte_is_refused_at_once(tmp_path: Path) -> None:
    for content in (b"x" * 2**20, b" " * 2**20 + b"1 > 0", b"(" * 2**20, b"\0" * 2**24):
        outcome = claim(tmp_path, "-", stdin=content)
        assert survived(tmp_path, outcome, codes=(2,)).seconds < TIMEOUT


@pytest.mark.parametrize(
    "content", [b"x\0 > 0", b"\0", b"\xff\xfe", b"\xef\xbb\xbf1 > 0", "1 > 0".encode("utf-16")]
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    survived(tmp_path, claim(tmp_path, "-", stdin=content), codes=(2,))


@pytest.mark.parametrize(
    "declared", ["__class__=real", "x=__import__('os')", "x", "=real", "x=real=real", "H=real", ""]
)
def test_declarations_are_not_evaluated(tmp_path: Path, declared: str) -> None:
    survived(tmp_path, claim(tmp_path, "x > 0", "--var", declared), codes=(2,))


ONE = b'[[claim]]\nname = "a"\nstatement = "1 > 0"\n'
FILES = {
    "100,000 claims": b"".join(ONE.replace(b"a", b"a%d" % i) for i in range(10**5)),
    "many claims": b"".join(ONE.replace(b'"a"', b'"a%d"' % i) for i in range(15_000)),
    "nested lists": b"claim = " + b"[" * 10**5,
    "nested tables": b"claim = " + b"{a = " * 10**4,
    "a long dotted key": b".".join([b"a"] * 50_000) + b" = 1",
    "a quoted dotted key": b".".join([b'"a"'] * 50_000) + b" = 1",
    "a long header": b"[" + b" . ".join([b"a"] * 50_000) + b"]",
    "a huge integer": ONE + b"x = " + b"9" * 900_000,
    "a date": b'[[claim]]\nname = 1979-05-27\nstatement = "1 > 0"\n',
    "no table": b"claim = 1",
    "NUL": b'[[claim]]\nname = "a\0"\n',
    "an escaped NUL": b'[[claim]]\nname = "a"\nstatement = "1 > 0\\u0000"\n',
    "a name with an escape": b'[[claim]]\nname = "\\u001b[31m"\nstatement = "1 > 0"\n',
    "a kind that is code": ONE + f"variables = {{ x = \"open('{SENTINEL}', 'w')\" }}\n".encode(),
    "code": f'open("{SENTINEL}", "w")'.encode(),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_hostile_claims_files_are_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("-", "claims.toml"):
        (tmp_path / "claims.toml").write_bytes(content)
        outcome = verifier(tmp_path, "check", name, "--timeout", str(TIMEOUT), stdin=content)
        assert "\x1b" not in survived(tmp_path, outcome, codes=(2,)).out


def test_a_name_is_no_path(tmp_path: Path) -> None:
    """Certificates are written in their folder, whatever a claim is called."""
    inside = tmp_path / "inside"
    content = ONE.replace(b'"a"', f'"../{SENTINEL}"'.encode())
    outcome = verifier(tmp_path, "check", "-", "--certificates", str(inside), stdin=content)
    survived(tmp_path, outcome, codes=(0,))
    assert [p.name for p in tmp_path.iterdir()] == ["inside"]
    assert len(list(inside.iterdir())) == 1


def test_many_conditions_end_in_time(tmp_path: Path) -> None:
    conditions = ", ".join(f'"H + k >= {i}"' for i in range(500))
    content = ONE.replace(b"1 > 0", b"H > 5") + f"given = [{conditions}]\n".encode()
    arguments = ("check", "-", "--timeout", str(TIMEOUT))
    survived(tmp_path, verifier(tmp_path, *arguments, stdin=content), codes=(1,))


def test_a_limit_on_memory_holds_in_the_process_that_judges() -> None:
    """The limit of one judgement leaves room for the process that waits for it."""
    from verifier.verify import MEMORY_LIMIT

    assert MEMORY_LIMIT + 2**28 < 2 * 2**30
