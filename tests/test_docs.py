"""The pages of the documentation say what happens, and the reference lists what there is."""

import importlib.util
import re

import pytest

from verifier.statements import vocabulary
from verifier.statements.terms import ARITY

from .documents import ROOT, blocks, run_page

DOCS = ROOT / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if p.parent.name != "reference")


def generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_examples_of_a_page(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    executed = {"console", "python"}
    expected = [b for b in blocks(page) if b.caption or b.language in executed]
    assert run_page(page, tmp_path) == len(expected)


def test_every_page_is_in_the_contents():
    contents = (DOCS / "index.md").read_text()
    for page in PAGES:
        name = page.relative_to(DOCS).with_suffix("").as_posix()
        assert name == "index" or re.search(rf"^{name}$", contents, re.MULTILINE)


def test_the_language_page_has_every_operation_and_variable():
    page = generator().language()
    for name in (*ARITY, *vocabulary.VARIABLES, *vocabulary.KINDS):
        assert f"`{name}`" in page
    for row in page.partition("## Landscapes")[0].splitlines():
        if row.startswith("| `"):
            cells = re.split(r"(?<!\\)\|", row)
            assert len(cells) == 6 and cells[4].strip(), row


def test_docstrings_become_plain_text_and_code():
    rst = generator().rst
    assert rst("The `a*b` and |x|**2 of w_") == r"The ``a*b`` and \|x\|\*\*2 of w\_"
    assert rst("* one\n* two") == "* one\n* two"
    example = "Sum.\n\n>>> a*b\n'|x|'\n\nThen"
    assert rst(example + " *b*.") == example + r" \*b\*."


def test_the_reference_is_written_once(tmp_path):
    module = generator()
    module.write(tmp_path)
    page = tmp_path / "language.md"
    before = page.stat().st_mtime_ns
    module.write(tmp_path)
    assert page.stat().st_mtime_ns == before
    assert "verifier check" in (tmp_path / "command-line.md").read_text()
    assert {p.stem for p in tmp_path.iterdir()} >= {"python", "verifier.statements"}
