"""Written property tests of all shipped claims: green where they are true, red where false."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from hypothesis import Phase, settings

from verifier import library
from verifier.errors import VerifierError
from verifier.reports import property_test

#: Both sides agree, at depth two, where they are not rational: no number of digits decides that.
ALIKE = {("reduction-monotone", 2)}
SAMPLE = 12  # every so many in every run, all in a slow one
TRUE = [(label, name) for label in library.labels() for name in library.shipped(label).claims]
FALSE = [
    (label, place)
    for label in library.labels()
    for place in range(len(library.shipped(label).false_neighbours))
]


def sampled(cases: list[Any]) -> list[Any]:
    return [
        pytest.param(
            *case,
            marks=() if number % SAMPLE == SAMPLE - 1 else pytest.mark.slow,
            id="/".join(map(str, case)),
        )
        for number, case in enumerate(cases)
    ]


def functions_of(folder: Path, text: str, examples: int) -> dict[str, Callable[[], None]]:
    """The tests of a file, each with so many examples, the same at every run."""
    settings.register_profile(
        "few", max_examples=examples, derandomize=True, database=None, phases=[Phase.generate]
    )
    before = settings.get_current_profile_name()
    settings.load_profile("few")
    (folder / "test_it.py").write_text(text)
    try:
        names = run_path(str(folder / "test_it.py"))
    finally:
        settings.load_profile(before)
    return {name: test for name, test in names.items() if name.startswith("test_")}


@pytest.mark.parametrize(("label", "claim"), sampled(TRUE))
def test_a_true_claim_is_green(tmp_path: Path, label: str, claim: str) -> None:
    """At most draws what is given holds by construction: no check of filters is switched off."""
    try:
        text = property_test.of_theorem(library.shipped(label))
    except VerifierError:  # every claim has a derivative or a limit
        return
    test = functions_of(tmp_path, text, 10).get("test_" + claim.replace("-", "_").replace(" ", "_"))
    if test is None:
        assert f"# {claim}: no test" in text
    else:
        test()


@pytest.mark.parametrize(("label", "place"), sampled(FALSE))
def test_a_false_neighbour_is_red(tmp_path: Path, label: str, place: int) -> None:
    neighbour = library.shipped(label).false_neighbours[place]
    if property_test._no_value(neighbour) or (label, place) in ALIKE:
        return
    head = property_test._HEAD.format(title="", source="from verifier.library import shipped")
    source = f"shipped({label!r}).false_neighbours[{place}]"
    (test,) = functions_of(
        tmp_path, head + property_test._test(source, "it", neighbour), 400
    ).values()
    with pytest.raises((AssertionError, VerifierError)) as caught:
        test()
    assert "no values are found" not in str(caught.value)
