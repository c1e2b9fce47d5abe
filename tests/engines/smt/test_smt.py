"""What z3 calls valid is true, what it refutes is false; its process can be stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.engines.say import DECLARED, number, say
from tests.soundness.exact import Inexact, fails
from verifier.engines.smt import smt
from verifier.engines.smt.smt import Answer, decide
from verifier.kernel.refuted import refute
from verifier.statements.statement import Statement
from verifier.statements.terms import Term

#: A construct: a true statement that uses it, and a false neighbour.
NEIGHBOURS = [
    # polynomials
    ("x**2 + y**2 + z**2 >= x*y + y*z + z*x", "", "x**2 + y**2 + z**2 > x*y + y*z + z*x", ""),
    ("(x + y)**3 == x**3 + 3*x**2*y + 3*x*y**2 + y**3", "", "(x + y)**3 == x**3 + y**3", ""),
    ("(1 + x)**6 >= 1 + 6*x", "x >= -2", "(1 + x)**7 >= 1 + 7*x", ""),
    ("x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2", "", "x**4 + y**4 + 1/4 >= 2*x*y", "x >= 2/3"),
    ("-x**2 <= 0", "", "(-x)**2 <= 0", ""),
    ("x - y - z == x - (y + z)", "", "x - y - z == x - (y - z)", ""),
    # quotients and definedness
    ("x/x == 1", "x != 0", "x/x == 1", ""),
    ("(x**2 - 1)/(x - 1) == x + 1", "x > 1", "(x**2 - 1)/(x - 1) == x + 1", ""),
    ("1/x + 1/y >= 4/(x + y)", "x > 0; y > 0", "1/x + 1/y >= 4/(x + y)", "x > 0; y != 0"),
    ("a/b + b/a >= 2", "", "x/y + y/x >= 2", "x != 0; y != 0"),
    ("x*x > 0", "1/x < 3", "x > 1/3", "1/x < 3"),
    ("1/(1/x) == x", "x < 0", "1/(1/x) == x", ""),
    ("x/3 - 1/2 == (2*x - 3)/6", "", "x/3 - 1/2 == (2*x - 4)/6", ""),
    # undefined on both sides is not equal
    ("1/x == 1/x", "x != 0", "1/x == 1/x", ""),
    ("x**(-3) == x**(-3)", "x > 0", "x**(-3) == x**(-3)", ""),
    ("a**(-1/2) == a**(-1/2)", "", "c**(-1/2) == c**(-1/2)", ""),
    ("x**(1/3) == x**(1/3)", "x >= 0", "x**(1/3) == x**(1/3)", ""),
    ("sqrt(x) <= sqrt(x)", "x >= 0", "sqrt(x) <= sqrt(x)", ""),
    # roots and powers
    ("sqrt(x**2) == Abs(x)", "", "sqrt(x**2) == x", ""),
    ("sqrt(a*b) <= (a + b)/2", "", "sqrt(a*b) < (a + b)/2", ""),
    ("sqrt(x)**2 == x", "x >= 0", "sqrt(x)**2 == x", ""),
    ("sqrt(x) >= 0", "x >= 0", "sqrt(x) > 0", "x >= 0"),
    ("x >= 0", "sqrt(x) != 5", "x > 0", "sqrt(x) != 5"),
    ("x**(1/3) >= 0", "x >= 0", "x**(1/3) >= 0", ""),
    ("(x**2)**(1/4) == sqrt(x)", "x >= 0", "(x**2)**(1/4) == sqrt(x)", ""),
    ("a**(2/3)*a**(1/3) == a", "", "a**(2/3)*a**(1/3) == a**2", ""),
    ("c**(3/2) == c*sqrt(c)", "", "c**(3/2) >= c", ""),
    ("a**(-1/2) == 1/sqrt(a)", "", "c**(-1/2) > 0", ""),
    ("x**(-2) > 0", "x < 0", "x**(-2) > 0", ""),
    ("x**0 == 1", "", "(1/x)**0 == 1", ""),
    ("(x - x)**0 == 1", "", "(x - x)**(-1) == 0", ""),
    ("8**(1/3) == 2", "", "(-8)**(1/3) == -2", ""),
    ("x**(2 - 1) == x", "", "x**(1 - 2) == 1/x", ""),
    # distinctions
    ("Abs(x + y) <= Abs(x) + Abs(y)", "", "Abs(x + y) < Abs(x) + Abs(y)", ""),
    ("Max(x, y) + Min(x, y) == x + y", "", "Max(x, y) == x", "x != y"),
    ("Min(x, y) <= x", "", "Min(x, y) < x", ""),
    ("Max(x, -x) == Abs(x)", "", "Min(x, -x) == Abs(x)", ""),
    ("Iverson(x > 0)*x >= 0", "", "Iverson(x > -1)*x >= 0", ""),
    ("Iverson(x != 0) + Iverson(x == 0) == 1", "", "Iverson(1/x != 0) + Iverson(x == 0) == 1", ""),
    # integers and other domains
    ("n**2 >= n", "", "x**2 >= x", ""),
    ("n**2 - n != 1/2", "", "x**2 - x != 3/4", ""),
    ("2*n != 2*m + 1", "", "2*n != 3*m + 1", ""),
    ("n/2 <= m", "n <= 2*m", "n/2 != m + 1/2", ""),
    ("H*L >= 1", "", "H*L >= 2", ""),
    ("sigma + 1/sigma >= 2", "", "sigma + 1/sigma > 2", ""),
    ("c >= 0", "", "c > 0", ""),
    ("n*m <= 90", "n + m == 19", "x*y <= 90", "x + y == 19"),
    # every relation, given and claimed
    ("x < z", "x < y; y <= z", "x < z", "x <= y; y <= z"),
    ("x >= z", "x >= y; y == z", "x > z", "x >= y; y == z"),
    ("x != y", "x > y", "x != y", "x >= y"),
    ("x == y", "x <= y; x >= y", "x == y", "x <= y; x != y - 1"),
    ("x > 1", "x < 0; x > 1", "x > 1", "x < 2; x > 0"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "under", "false", "given_false"), NEIGHBOURS)
def test_true_is_valid_and_its_false_neighbour_is_not(
    true: str, under: str, false: str, given_false: str
) -> None:
    assert decide(say(true, under)) == Answer("valid")
    require_counterexample(say(false, given_false))


def require_counterexample(statement: Statement) -> None:
    answer = decide(statement)
    assert answer.kind == "counterexample", answer
    assert answer.values is not None and set(answer.values) == set(statement.variables)
    try:
        assert fails(statement, {s: number(v) for s, v in answer.values.items()})
    except Inexact:
        refute(statement, answer.values)


@pytest.mark.parametrize(
    ("claim", "conditions", "expected"),
    [
        ("x**2 != 2", "x > 0", {"x": "sqrt(2)"}),
        ("x**2 != 2", "x < 0", {"x": "-sqrt(2)"}),
        ("x**2 != x + 1", "x > 0", {"x": "1/2 + sqrt(5/4)"}),
        ("x**2 != x + 1", "x < 0", {"x": "1/2 - sqrt(5/4)"}),
        ("x**3 != -2", "", {"x": "-2**(1/3)"}),
        ("x**4 != 2", "x < 0", {"x": "-2**(1/4)"}),
        ("n > 20", "n >= 20", {"n": "20"}),
        ("x**2 < 2", "x > 1; x < 2", {"x": "3/2"}),
    ],
)
def test_values_are_exact_and_simple(claim: str, conditions: str, expected: dict[str, str]) -> None:
    statement = say(claim, conditions)
    values = decide(statement).values
    assert values is not None
    assert {s.name: repr(v) for s, v in values.items()} == expected
    refute(statement, values)


def test_what_is_no_radical_is_no_counterexample() -> None:
    answer = decide(say("x**3 - 3*x + 1 != 0"))
    assert (answer.kind, answer.values) == ("unknown", None)
    assert "x of degree > 2" in answer.reason


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("exp(x) > 0", "exp(x)"),
        ("log(a) <= a - 1", "log(a)"),
        ("sin(x)**2 <= 1", "sin(x)"),
        ("pi > 3", "pi"),
        ("H**(2/L - 1) <= 1", "the exponent 2/L - 1"),
        ("2**n > 0", "the exponent n"),
        ("x**sqrt(4) >= 0", "the exponent sqrt(4)"),
        ("Sum(h, (h, 1, H)) >= 1", "Sum(h, (h, 1, H))"),
        ("Product(2, (h, 1, 3)) == 8", "Product(2, (h, 1, 3))"),
        ("limit(1/x, x, oo) == 0", "limit(1/x, x, oo)"),
        ("s[1] >= 0", "s[1]"),
        ("sharpness(balanced) > 0", "sharpness(balanced)"),
        ("x**1000 >= 0", "a power of degree 1000"),
        ("(x**9)**9 >= -1", "a power of degree 81"),
        ("x**(1/1000) >= 0", "a power of degree 1000"),
        ("x**40*y**40 >= 0", "a polynomial of degree 80"),
        ("x < 10**(10**9)", "a number with too many digits"),
        ("x < 10**999*10**999", "a number with too many digits"),
        ("x + 1 > x + " + " + ".join(f"{i}*y" for i in range(400)), "more than 300 operations"),
    ],
)
def test_what_is_outside_the_language_is_refused_before_z3_starts(
    claim: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smt, "PROCESS", Path("is", "not", "started"))
    assert decide(say(claim)) == Answer("unknown", None, f"outside the language of z3: {part}")


def test_a_short_term_that_is_long_when_written_out_is_refused() -> None:
    term: Term = DECLARED["x"]
    for _ in range(200):
        term = term + term
    assert "written out" in decide(Statement(term >= 0)).reason


def test_what_is_given_outside_the_language_is_left_out() -> None:
    assert decide(say("x**2 >= 0", "exp(x) > 1")).kind == "valid"
    assert decide(say("x > 0", "exp(x) > 1; x >= 0")) == Answer(
        "unknown", None, "outside the language of z3: exp(x) > 1"
    )
    assert decide(say("x > 0", "exp(x) > 1; x >= 1")).kind == "valid"


# --- the process ------------------------------------------------------------------------------


def test_without_z3_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "z3.py").write_text("raise ImportError('no z3')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = decide(say("x**2 >= 0"))
    assert answer.kind == "unknown"
    assert answer.reason.startswith("z3 is not installed")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('print(\'{"answer": "unsat"}\'); raise SystemExit(1)', "ended without an answer"),
        ("import os; os.abort()", "ended without an answer"),
        ("", "ended without an answer"),
        ("print('unsat')", "ended without an answer"),
        ("print('[\"unsat\"]')", "ended without an answer"),
        ("print('{}')", "ended without an answer"),
        ('print(\'{"answer": "sat"}\')', "ended without an answer"),
        ('print(\'{"answer": "sat", "values": {"v0": "x"}}\')', "ended without an answer"),
        ('print(\'{"answer": "unknown", "reason": "tired"}\')', "tired"),
    ],
)
def test_a_process_that_fails_proves_nothing(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "process.py"
    file.write_text(script)
    monkeypatch.setattr(smt, "PROCESS", file)
    answer = decide(say("x**2 >= 0"))
    assert (answer.kind, answer.values) == ("unknown", None)
    assert reason in answer.reason


def test_a_process_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "process.py"
    file.write_text("import os, time; open(__file__ + '.pid', 'w').write(str(os.getpid()));"
                    "time.sleep(600)")  # fmt: skip
    monkeypatch.setattr(smt, "PROCESS", file)
    answer = decide(say("x**2 >= 0"), 1.0)
    assert answer == Answer("unknown", None, "z3 was stopped after 1.0 s")
    with pytest.raises(ProcessLookupError):
        os.kill(int(Path(f"{file}.pid").read_text()), 0)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 2.0])
def test_what_is_too_hard_ends_in_time(seconds: float) -> None:
    start = monotonic()
    answer = decide(say("n**2 != 2*m**2", "m > 0"), seconds)
    assert answer.kind == "unknown"
    assert "out of work or time" in answer.reason or "stopped" in answer.reason
    assert monotonic() - start < seconds + 5


def test_z3_is_not_loaded_in_this_process() -> None:
    code = (
        "import sys; from verifier.engines.smt.smt import decide;"
        "from tests.engines.say import say;"
        "print(decide(say('x**2 >= 0')).kind, 'z3' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["valid", "False"]
