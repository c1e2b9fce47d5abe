"""A plugin of pytest: theorems (.py) and claims (.toml, .tex) as test items, their names as ids.

`pytest proofs/ claims.toml` judges them as `verifier check proofs/ claims.toml` does.  Nothing is
collected that does not lie in an argument, and pytest's own test files stay what they are.  The
plugin is loaded by every run of pytest, so this file imports nothing that takes time.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verifier.sources import holds_claims, holds_theorem

if TYPE_CHECKING:
    from verifier.verdicts import Result
    from verifier.verify import Task

_IN_ARGUMENTS = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--verifier-strict` and `--verifier-timeout`."""
    group = parser.getgroup("verifier", "theorems and claims, judged by verifier")
    group.addoption(
        "--verifier-strict", action="store_true", help="Do not accept `supported` as a verdict."
    )
    group.addoption(
        "--verifier-timeout",
        type=_seconds,
        metavar="SECONDS",
        help="Stop judging one theorem or claim after this long (a claim: 60 by default).",
    )


def _seconds(text: str) -> float:
    from argparse import ArgumentTypeError

    from verifier.errors import VerifierError
    from verifier.verify import check_timeout

    seconds = float(text)
    try:
        check_timeout(seconds)
    except VerifierError as error:
        raise ArgumentTypeError(str(error)) from error
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers; find out whether the files to collect were named by the user."""
    config.addinivalue_line("markers", "theorem: a theorem file, judged by verifier")
    config.addinivalue_line("markers", "claim: a claim of a claims file, judged by verifier")
    worker = getattr(config, "workerinput", None)  # pytest-xdist: what the user named, it knows
    named = config.args_source is config.ArgsSource.ARGS
    config.stash[_IN_ARGUMENTS] = named if worker is None else worker["verifier_in_arguments"]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist whether the user named the files."""
    node.workerinput["verifier_in_arguments"] = node.config.stash[_IN_ARGUMENTS]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """A collector for a file of theorems or claims; a theorem file is then no module of tests."""
    found = yield
    if not parent.config.stash[_IN_ARGUMENTS] or file_path.name.startswith(("_", ".")):
        return found
    if holds_claims(file_path):
        found.append(_File.from_parent(parent, path=file_path))
    elif _is_theorem(file_path, parent.config):
        found = [c for c in found if not isinstance(c, pytest.Module)]
        found.append(_File.from_parent(parent, path=file_path))
    return found


def _is_theorem(path: Path, config: pytest.Config) -> bool:
    """Whether a file holds a theorem, and is no test file by name."""
    named = any(path.match(pattern) for pattern in config.getini("python_files"))
    return not named and holds_theorem(path)


class _File(pytest.File):
    """A file of theorems or claims."""

    def collect(self) -> Iterator[pytest.Item]:
        from verifier.errors import VerifierError
        from verifier.tasks import collect

        try:
            tasks = collect([str(self.path)])
        except VerifierError as error:
            raise self.CollectError(str(error)) from error
        for task in tasks:
            yield _Item.from_parent(self, name=task.name, task=task)


class NotAccepted(Exception):
    """A verdict that is not accepted."""

    def __init__(self, result: Result) -> None:
        self.result = result
        super().__init__(f"{result.name}: {result.verdict.value}")


class _Item(pytest.Item):
    """One theorem or claim; the test passes where the verdict is accepted."""

    def __init__(self, *, task: Task, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.task = task
        self.add_marker("theorem" if task.kind == "theorem" else "claim")

    def runtest(self) -> None:
        from verifier.verify import judge_all

        options = self.config.option
        (result,) = judge_all([self.task], jobs=1, timeout=options.verifier_timeout)
        self.user_properties.append(("verdict", result.verdict.value))
        if result.verdict.exit_code(options.verifier_strict):
            raise NotAccepted(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if not isinstance(excinfo.value, NotAccepted):
            return super().repr_failure(excinfo, style)
        return _explained(excinfo.value.result)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        place = self.task.place
        return self.path, place.line - 1 if place else None, self.name


def _explained(result: Result) -> str:
    """What failed and where, in the words of `verifier check`."""
    from dataclasses import replace

    from verifier.reports.evidence import details, failing, parts
    from verifier.verdicts import assignment

    shown = failing(result)
    places = [assignment(result.counterexample), *(p.counterexample for p in parts(shown))]
    place = next(filter(None, places), "")
    if place:
        first = f"{result.verdict.value} at {place}"
    else:
        where = f"{result.place}: " if result.place and not shown.statements else ""
        first = f"{result.verdict.value}: {where}{result.reason}"
        shown = replace(shown, reason="")
    return "\n".join([first, "", *details(shown)]).rstrip()
