"""The command line as a user meets it: exit codes, streams, and one clear message for bad input."""

import json
import os
import subprocess
import sys
from time import perf_counter

import pytest

CLAIMS = """
[[claim]]
name = "true"
statement = "H**(2/L - 1) < 1"
given = ["H >= 2", "L >= 3"]

[[claim]]
name = "false"
statement = "H**(2/L - 1) < 1"
given = ["L >= 2"]
"""
TRUE = ["H**(2/L - 1) < 1", "--given", "H >= 2", "--given", "L >= 3"]
FALSE = ["H**(2/L - 1) < 1", "--given", "L >= 2"]
SHARPNESS = {"--paths": "4", "--depth": "3", "--target": "1", "--allocation": "balanced"}


def verifier(*arguments, stdin="", code=None, cwd=None, **environment):
    command = [sys.executable, "-c", "from verifier.cli import main; main()", *arguments]
    run = subprocess.run(
        command,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )
    out, err = run.stdout.decode(), run.stderr.decode()
    assert "Traceback" not in out + err, err
    if code is not None:
        assert run.returncode == code, (run.returncode, out, err)
    return out, err


def sharpness(code=0, **changed):
    options = {**SHARPNESS, **{f"--{name}": value for name, value in changed.items()}}
    return verifier("sharpness", *(x for pair in options.items() for x in pair), code=code)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "claims.toml").write_text(CLAIMS)
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00\x80" * 50)
    (tmp_path / "notes.txt").write_text("H > 1")
    (tmp_path / "broken.py").write_text("theorem = (\n")
    (tmp_path / "nothing.py").write_text("x = 1\n")
    (tmp_path / "bad.toml").write_text('[[claim]]\nname = "a"\nstatement = "H >"\n')
    (tmp_path / "no.toml").write_text("[[claim")
    return tmp_path


BAD = [
    (["claim", "foo > 1"], "unknown name 'foo'"),
    (["claim", ""], "empty"),
    (["claim", "(H < 2"], "expected ')'"),
    (["claim", "H < 2)"], "unexpected ')'"),
    (["claim", "x**2.0 > 1", "--var", "x=real"], "2.0 is a float"),
    (["claim", "H + 1"], "no relation"),
    (["claim", "H > 1", "--given", "L >"], "given 'L >'"),
    (["claim", "x > 1", "--var", "x"], "write --var x=real"),
    (["claim", "x > 1", "--var", "x=complex"], "unknown kind"),
    (["claim", "x > 1", "--var", "x=real", "--var", "x=integer"], "twice"),
    (["claim", "x > 1", "--var", "H=real"], "word of the language"),
    (["claim", "H > 1", "--timeout", "0"], "--timeout"),
    (["claim", "H > 1", "--timeout", "nan"], "'--timeout': a timeout of nan seconds"),
    (["claim", "H > 1", "--timeout", "inf"], "'--timeout': a timeout of inf seconds"),
    (["claim", "H > 1", "--format", "xml"], "--format"),
    (["claim"], "Missing argument"),
    (["claim", "__import__('os').system('true') > 0"], "unexpected character"),
    (["claim", "(" * 5000 + "H" + ")" * 5000 + " > 0"], "too long"),
    (["check", "missing.toml"], "missing.toml: No such file"),
    (["check", "missing.py"], "missing.py: No such file"),
    (["check", "missing"], "missing: no such file"),
    (["check", "empty"], "no theorems (.py) and no claims (.toml, .tex)"),
    (["check", "binary.toml"], "UTF-8"),
    (["check", "notes.txt"], "neither .py nor .toml nor .tex"),
    (["check", "broken.py"], "broken.py"),
    (["check", "nothing.py"], "nothing.py"),
    (["check", "no.toml"], "no TOML"),
    (["check", "bad.toml"], "bad.toml:1: column 4"),
    (["check", "claims.toml", "--only", "other"], "nothing is called 'other'"),
    (["check", "claims.toml", "--only", "tru"], "did you mean true?"),
    (["check", "--only", "single-paths"], "did you mean single-path?"),
    (["check", "claims.toml", "--jobs", "-1"], "--jobs"),
    (["latex", "other"], "nothing is called 'other'"),
    (["latex", "claims.toml", "--document", "--notation", "H=s"], "H and s would both"),
    (["write", "claims.toml"], "claims.toml is a file (give the label of a shipped theorem"),
    (["selftest", "--timeout", "nan"], "'--timeout': a timeout of nan seconds"),
    (["latex", "missing.toml"], "missing.toml: No such file"),
    (["latex", "--statement", "H >"], "column 4"),
    (["latex", "claims.toml", "--notation", "H=L"], "would both be printed as L"),
    (["latex", "single-path", "--notation", "H=k"], "would both be printed as k"),
    (["latex", "single-path", "--notation", r"H=\\input{x}"], "no safe LaTeX"),
    (["latex", "single-path", "--notation", "H"], "names no symbol"),
    (["recheck", "missing.json"], "missing.json: No such file"),
    (["recheck", "notes.txt"], "no certificate"),
    (["recheck", "binary.toml"], "no certificate"),
    (["recheck"], "Missing argument"),
    (["frobnicate"], "No such command"),
    (["sharpness"], "Missing option"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(a)[:40] for a, _ in BAD])
def test_bad_input(folder, arguments, message):
    _, err = verifier(*arguments, code=2, cwd=folder, PYTHONPATH=os.getcwd())
    assert message in err


def test_a_link_back_to_a_folder_is_not_followed(tmp_path):
    (tmp_path / "claims.toml").write_text('[[claim]]\nname = "a"\nstatement = "H >= 1"\n')
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    out, _ = verifier("check", str(tmp_path), code=0)
    assert "1 result: 1 proved" in out


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of another kind")
@pytest.mark.parametrize(
    ("stream", "message"), [(">&-", "standard output is closed"), ("> /dev/full", "No space")]
)
def test_output_that_cannot_be_written(stream, message):
    script = (
        f"\"{sys.executable}\" -c 'from verifier.cli import main; main()' claim 'H >= 1' {stream}"
    )
    run = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 2 and run.stderr.startswith("error: ") and message in run.stderr
    assert run.stderr.count("\n") == 1


def test_what_cannot_be_written_is_told_before_the_work(folder):
    out, err = verifier("check", str(folder / "claims.toml"), "--certificates",
                        str(folder / "notes.txt"), code=2)  # fmt: skip
    assert "notes.txt: File exists" in err and not out
    for name, message in (("none/a.png", "no folder"), ("b.png", "b.png is a folder")):
        (folder / "b.png").mkdir(exist_ok=True)
        arguments = ("phase", "--paths", "2", "--depth", "5", "--output", str(folder / name))
        assert message in verifier(*arguments, code=2)[1]


def test_a_theorem_is_called_by_its_label(tmp_path):
    """Also in a file of another name, in every report."""
    file = tmp_path / "chapter_two.py"
    file.write_text(
        "from verifier.reasons import calculation\n"
        "from verifier.statements.vocabulary import H\n"
        "from verifier.theorem import Theorem, link\n\n"
        'theorem = Theorem(label="at-least", title="t", source="s", why="w",\n'
        '    claims={"one": H >= 1}, proof=[link("one", calculation())])\n'
    )
    arguments = ("check", str(file), "--only", "at-least", "--format")
    (result,) = json.loads(verifier(*arguments, "json", code=0)[0])["results"]
    assert result["name"] == "at-least"
    assert verifier(*arguments, "lines", code=0)[0].startswith(f"{file}:5: proved: at-least: ")


def test_a_folder_may_hold_other_files(tmp_path):
    """Scripts, settings and virtual environments are passed over; what is meant is judged."""
    files = {
        "claims.toml": '[[claim]]\nname = "mine"\nstatement = "2*H > H"\n',
        "paper/paper.tex": '% verifier: claim at-least\n% statement = "H >= 1"\n% verifier: end\n',
        "pyproject.toml": "[tool]\n# [[claim]]\n",
        "setup.py": "import nothing\ntheorem = 1\n",
        "notes.tex": "Text.",
        "folder.toml/data.txt": "",
        "venv/pyvenv.cfg": "",
        "venv/claims.toml": '[[claim]]\nname = "theirs"\nstatement = "H > 1"\n',
        ".git/claims.toml": '[[claim]]\nname = "hidden"\nstatement = "H > 1"\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    out, _ = verifier("check", str(tmp_path), "--format", "json", code=0)
    assert {r["name"] for r in json.loads(out)["results"]} == {"mine", "at-least"}
    (tmp_path / "mine.py").write_text("theorem = built()\n")
    _, err = verifier("check", str(tmp_path), code=2)
    assert "mine.py:1: NameError" in err
    verifier("check", str(tmp_path / "setup.py"), code=2)
    verifier("check", str(tmp_path / "folder.toml"), code=2)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target": "sqrt(2)"}, "not an exact number"),
        ({"target": "0.5"}, "write 1/2"),
        ({"target": "1/0"}, "divides by zero"),
        ({"target": ""}, "not an exact number"),
        ({"allocation": "shared:9"}, "needs 9 pathways"),
        ({"allocation": "shared:0"}, "at least 1"),
        ({"allocation": "shared:x"}, "write shared:3"),
        ({"allocation": "other"}, "is not an allocation"),
        ({"allocation": "1/2,1/2"}, "2 shares for 4 pathways"),
        ({"allocation": "1/2,1/2,1/2,1/2"}, "sum to 2"),
        ({"allocation": "0.5,0.5,0,0"}, "write 1/2"),
        ({"paths": "0"}, "--paths"),
        ({"depth": "0"}, "--depth"),
        ({"depth": "x"}, "--depth"),
        ({"digits": "0"}, "1 to"),
        ({"target": "1" + "0" * 2000}, "very many digits"),
    ],
)
def test_bad_sharpness(changed, message):
    out, err = sharpness(code=2, **changed)
    assert message in err and not out


def test_an_accepted_claim():
    out, err = verifier("claim", *TRUE, code=0)
    assert out.startswith("proved") and not err
    assert verifier("claim", "-", *TRUE[1:], stdin=TRUE[0] + "\n", code=0)[0].startswith("proved")


def test_a_refuted_claim_shows_its_counterexample():
    out, err = verifier("claim", *FALSE, code=1)
    assert "counterexample: H = 1, L = 2" in out and not err


def test_a_claim_as_json():
    out, _ = verifier("claim", *FALSE, "--format", "json", code=1)
    (result,) = json.loads(out)["results"]
    assert result["verdict"] == "refuted" and result["counterexample"] == {"H": "1", "L": "2"}
    out, err = verifier("claim", "H >", "--format", "json", code=2)
    assert json.loads(out)["results"][0]["verdict"] == "error" and "column 4" in err


def test_a_claim_with_a_time_limit():
    out, _ = verifier("claim", *TRUE, "--timeout", "60", code=0)
    assert out.startswith("proved")


def test_claims_files(folder):
    out, err = verifier("check", str(folder / "claims.toml"), code=1)
    assert "1 proved, 1 refuted" in out and not err
    verifier("check", str(folder / "claims.toml"), "--only", "true", code=0)
    out, _ = verifier("check", "-", "--format", "json", stdin=CLAIMS, code=1)
    assert [r["name"] for r in json.loads(out)["results"]] == ["true", "false"]


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("text", "<stdin>:7"),
        ("lines", "<stdin>:7: refuted: false"),
        ("github", "::error title=refuted%3A false::<stdin>:7%0A"),  # there is no file to annotate
        ("junit", '<testcase classname="standard input" name="false" time='),
    ],
)
def test_claims_from_standard_input_have_a_place(form, place):
    out, _ = verifier("check", "-", "--format", form, stdin=CLAIMS, code=1)
    assert place in out


def test_one_bad_claim_is_an_error_and_the_others_are_judged(folder):
    text = CLAIMS + '[[claim]]\nname = "bad"\nstatement = "H >"\n'
    out, err = verifier("check", "-", stdin=text, code=2)
    assert "1 proved, 1 refuted, 1 error" in out and "<stdin>:11: column 4" in err


PAPER = r"""
% verifier: claim true
% statement = "H**(2/L - 1) < 1"
% given = ["H >= 2", "L >= 3"]
% verifier: end
\begin{verifierclaim}{false}
statement = "H**(2/L - 1) < 1"
given = ["L >= 2"]
\end{verifierclaim}
% verifier: claim bad
% given = ["H >= 2"]
% statement = "H >"
% verifier: end
"""


def test_claims_in_a_paper(tmp_path):
    (tmp_path / "paper.tex").write_text(PAPER)
    (tmp_path / "other.tex").write_text("no claim")
    for paths in (["paper.tex"], ["."]):
        out, err = verifier("check", *paths, code=2, cwd=tmp_path, PYTHONPATH=os.getcwd())
        assert "1 proved, 1 refuted, 1 error" in out
        assert "paper.tex:2\n" in out and "paper.tex:6\n" in out
        assert err.startswith("error: bad: paper.tex:12: column 4: ")
    out, _ = verifier("check", "paper.tex", "--format", "github", code=2, cwd=tmp_path,
                      PYTHONPATH=os.getcwd())  # fmt: skip
    assert "::error file=paper.tex,line=6,title=refuted%3A false::" in out
    assert "::error file=paper.tex,line=12,title=error%3A bad::reason: column 4: " in out
    _, err = verifier("check", "other.tex", code=2, cwd=tmp_path, PYTHONPATH=os.getcwd())
    assert "other.tex has no claim" in err


def test_certificates_are_written_and_replayed(folder):
    certificates = folder / "certificates"
    verifier("check", str(folder / "claims.toml"), "--certificates", str(certificates), code=1)
    (file,) = certificates.iterdir()
    out, _ = verifier("recheck", str(file), code=0)
    assert out.startswith("accepted")
    assert "H**(2/L - 1) < 1 for H >= 2, L >= 3 (H, L: integer >= 1)" in out
    changed = file.read_text().replace('"3"', '"2"')
    (folder / "changed.json").write_text(changed)
    out, _ = verifier("recheck", str(file), str(folder / "changed.json"), code=1)
    assert [line.split()[0] for line in out.splitlines()] == ["accepted", "refused"]


def test_while_certificates_are_replayed_sympy_cannot_be_imported():
    script = """
from verifier.recheck import forbid_algebra
forbid_algebra()
for name in ("sympy", "sympy.core", "mpmath", "numpy"):
    try:
        __import__(name)
    except ImportError as error:
        assert "may not be imported" in str(error)
    else:
        raise SystemExit(name)
import verifier.kernel.certificate, verifier.kernel.rules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    script = "import sympy; from verifier.recheck import forbid_algebra; forbid_algebra()"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert b"VerifierError" in run.stderr and b"process of its own" in run.stderr


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({"allocation": "single", "target": "8"}, "48"),
        ({"depth": "1"}, "4"),
        ({"depth": "1", "allocation": "single"}, "4"),
        ({"depth": "2", "target": "-3/2"}, "3"),
        ({"depth": "1", "target": "0"}, "4"),
        ({"target": "0"}, "0"),
        ({"depth": "2", "target": "1", "allocation": "3/2,-1/2,0,0"}, "4"),
        ({"paths": "8", "digits": "12"}, "1.50000000000"),
        ({"digits": "12"}, "1.88988157484"),
        ({"allocation": "shared:2", "target": "2", "depth": "5"}, "10"),
        ({"target": "1/1000000000000", "digits": "5"}, "1.8899e-16"),
    ],
)
def test_sharpness(changed, value):
    if changed.get("paths") == "8":
        value = "3/2"
    out, _ = sharpness(**changed)
    assert out.splitlines()[0].split() == ["sharpness", value]
    assert "L*Sum(s[h]**(2 - 2/L), (h, 1, H))" in out and "mode-sharpness" in out


def test_negative_shares_and_a_zero_target_are_noted():
    assert "negative share" in sharpness(target="-1")[0]
    assert "0**0 = 1" in sharpness(target="0")[0]


def test_help_is_quick_and_loads_nothing_heavy():
    script = (
        "import sys\nfrom verifier.cli import cli\ncli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'sympy', 'mpmath', 'numpy', 'hypothesis', 'flint', 'rich'} & set(sys.modules)\n"
        "sys.exit(' '.join(heavy) or 0)"
    )
    start = perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert perf_counter() - start < 5


def test_a_proof_needs_no_algebra_system():
    script = (
        "import sys\nfrom verifier.cli import cli\n"
        f"cli.main(['claim', *{TRUE!r}], standalone_mode=False)\n"
        "heavy = {'sympy', 'mpmath', 'numpy', 'hypothesis', 'rich'} & set(sys.modules)\n"
        "sys.exit(' '.join(heavy) or 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_names_of_claims_name_no_files(folder):
    name = "../../evil/\u00e9"
    text = f'[[claim]]\nname = "{name}"\nstatement = "H > 0"\n'
    target = folder / "out"
    verifier("check", "-", "--certificates", str(target), stdin=text, code=0)
    (file,) = target.iterdir()
    assert file.name == "evil.json" and not (folder.parent / "evil").exists()
    verifier("check", "-", stdin=text, code=0, PYTHONIOENCODING="ascii")


def test_a_shipped_theorem(tmp_path):
    out, _ = verifier("check", "--only", "single-path", "--format", "json", code=0, cwd=tmp_path,
                      PYTHONPATH=os.getcwd())  # fmt: skip
    (result,) = json.loads(out)["results"]
    assert result["verdict"] == "proved" and result["name"] == "single-path"
    kinds = {e["kind"] for e in result["evidence"]}
    assert {"part", "link", "exact", "numeric", "neighbour"} <= kinds
    out, _ = verifier("latex", "single-path", "--document", code=0)
    assert r"\label{single-path}" in out and r"\end{document}" in out


def test_latex_of_claims_and_statements(folder):
    out, _ = verifier("latex", str(folder / "claims.toml"), "--notation", "H=M", code=1)
    assert r"$M^{2/L - 1} < 1 \quad" in out and r"\textbf{refuted} at $M = 1$, $L = 2$" in out
    out, _ = verifier("latex", "--statement", TRUE[0], "--given", "L >= 3", code=0)
    assert r"H^{2/L - 1} < 1 \quad \text{for } {L \ge 3}" in out and "longtable" not in out
    out, _ = verifier("latex", "--preamble", code=0)
    assert r"\newcommand{\verifiermark}" in out
