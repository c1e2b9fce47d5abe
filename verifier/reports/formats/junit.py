"""JUnit's XML, which CI servers and editors show as test results: one test case a result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO
from xml.etree import ElementTree

from verifier.reports.evidence import details
from verifier.verdicts import Result, Verdict

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def show(results: Sequence[Result], strict: bool = False, file: IO[str] | None = None) -> None:
    """Print the results as XML."""
    print(render(results, strict), file=file)


def render(results: Sequence[Result], strict: bool = False) -> str:
    """The results as XML text.

    >>> print(render([Result("a", Verdict.ERROR, reason="no relation")]))
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="verifier" tests="1" failures="0" errors="1" time="0.000">
      <testsuite name="verifier" tests="1" failures="0" errors="1" time="0.000">
        <testcase classname="verifier" name="a" time="0.000">
          <error type="error" message="error: no relation">reason: no relation</error>
        </testcase>
      </testsuite>
    </testsuites>
    """
    errors = sum(result.verdict is Verdict.ERROR for result in results)
    counts = {
        "name": "verifier",
        "tests": str(len(results)),
        "failures": str(sum(bool(r.verdict.exit_code(strict)) for r in results) - errors),
        "errors": str(errors),
        "time": _seconds(sum(result.seconds for result in results)),
    }
    root = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(root, "testsuite", counts)
    for result in results:
        _case(suite, result, strict)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _case(suite: ElementTree.Element, result: Result, strict: bool) -> None:
    attributes = {"classname": "verifier", "name": _text(result.name)}
    if result.place:
        path = _text(result.place.path)
        inside = {"classname": path, "file": path, "line": str(result.place.line)}
        attributes |= inside if result.place.is_in_file else {"classname": "standard input"}
    case = ElementTree.SubElement(suite, "testcase", attributes, time=_seconds(result.seconds))
    said = _text("\n".join(details(result)))
    verdict = result.verdict.value
    if result.verdict.exit_code(strict):
        kind = "error" if result.verdict is Verdict.ERROR else "failure"
        first = said.partition("\n")[0].removeprefix("reason: ")
        found = ElementTree.SubElement(case, kind, type=verdict, message=f"{verdict}: {first}")
        found.text = said
    else:
        ElementTree.SubElement(case, "system-out").text = f"{verdict}\n{said}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
