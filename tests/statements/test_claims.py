"""Claims files: good claims are read, a bad one carries its error, and other files are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import ClaimsFileError
from verifier.statements.claims import MAX_BYTES, decode_claims, load_claims, read_claims
from verifier.statements.terms import COUNT, INTEGER, REAL

from .strategies import SETTINGS

GOOD = """
[[claim]]
name = "reduction"
statement = "sharpness(balanced) / sharpness(single_path) == H**(2/L - 1)"
given = ["1 <= k <= H", "L >= 2"]

[[claim]]
name = "pole"
statement = "x**n > 0"
variables = { x = "real", n = "integer" }
"""


def test_good_claims():
    first, second = read_claims(GOOD, "claims.toml")
    assert (first.name, first.line, first.error) == ("reduction", 2, "")
    assert [repr(g) for g in first.statement.given] == ["1 <= k", "k <= H", "L >= 2"]
    assert {s.name: s.domain for s in first.statement.variables}["H"] is COUNT
    assert {s.name: s.domain for s in second.statement.variables} == {"x": REAL, "n": INTEGER}
    assert second.line == 7


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('name = "a"', "statement is missing"),
        ('statement = "H > 1"', "name is missing"),
        ('name = ""\nstatement = "H > 1"', "name"),
        ('name = "a\\u001b[2J"\nstatement = "H > 1"', "name"),
        ('name = 3\nstatement = "H > 1"', "name"),
        ('name = "a"\nstatement = 3', "the statement is no text"),
        ('name = "a"\nstatement = "H >"', "column 4"),
        ('name = "a"\nstatement = "H > 1"\ngiven = "H > 2"', "given is no list"),
        ('name = "a"\nstatement = "H > 1"\ngiven = ["H >> 2"]', "given 'H >> 2': column"),
        ('name = "a"\nstatement = "H > 1"\ngiven = [1]', "given is no list"),
        ('name = "a"\nstatement = "H > 1"\nvariables = ["x"]', "variables is no table"),
        ('name = "a"\nstatement = "x > 1"\nvariables = { x = "complex" }', "unknown kind"),
        ('name = "a"\nstatement = "H > 1"\nvariables = { H = "real" }', "word of the language"),
        ('name = "a"\nstatment = "H > 1"', "did you mean statement"),
        ('name = "a"\nstatement = "H > 1.5"', "1.5 is a float"),
        ('name = "a"\nstatement = "1 < H < 3"', "one by one"),
    ],
)
def test_a_bad_claim_spoils_no_other(body, message):
    bad, good = read_claims(f'[[claim]]\n{body}\n\n[[claim]]\nname="ok"\nstatement="H > 0"', "f")
    assert bad.statement is None and message in bad.error and bad.line == 1
    assert good.statement is not None and not good.error


def test_names_are_unique():
    text = '[[claim]]\nname="a"\nstatement="H > 0"\n'
    first, second = read_claims(text + text, "f")
    assert first.statement is not None
    assert second.statement is None and "two claims" in second.error and second.line == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no claim"),
        ("[[claim", "no TOML"),
        ("x = 1", "unknown key 'x'"),
        ("claim = 3", "no list of tables"),
        ("claim = [1]", "no list of tables"),
        ("[claim]\nname = 'a'", "no list of tables"),
        ("a = " + "[" * 5000 + "]" * 5000, "no TOML"),
        ('[[claim]]\nname="a"\nstatement="H > 0"\n' * 1001, "at most 1000"),
    ],
)
def test_files_that_are_no_claims_files(text, message):
    with pytest.raises(ClaimsFileError, match=message):
        read_claims(text, "f.toml")


def test_size_and_encoding(tmp_path):
    with pytest.raises(ClaimsFileError, match="too large"):
        decode_claims(b" " * (MAX_BYTES + 1), "f")
    with pytest.raises(ClaimsFileError, match="UTF-8"):
        decode_claims(b"\xff\xfe\x00", "f")
    file = tmp_path / "claims.toml"
    file.write_text(GOOD)
    assert [c.name for c in load_claims(file)] == ["reduction", "pole"]


@SETTINGS
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        read_claims(text, "f")
    except ClaimsFileError as error:
        assert error.remedy
