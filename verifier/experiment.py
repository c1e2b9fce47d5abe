"""Experiments: the settings of a published run, its published numbers, and what is measured here.

A file in `verifier/experiments` builds one `Experiment`.  It is run part by part; the data of a
part are plain numbers, texts, lists and dicts, so that they can be kept in a file between parts.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import Any

from verifier.errors import VerifierError

ROOM = "verifier.experiments"

#: What a part found: something that JSON can hold.
Data = dict[str, Any]

#: Told the name of each part before it is run.
Progress = Callable[[str], None]


class ExperimentError(VerifierError):
    """There is no such experiment, or it cannot be run."""


@dataclass(frozen=True)
class Setting:
    """One setting, and who says so: `published`, or why it was chosen here."""

    name: str
    value: str
    source: str = "published"


@dataclass(frozen=True)
class Comparison:
    """An expected number, or outcome, beside the measured one, and who expects it.

    >>> end = Comparison("end", (0.5, 0.5), (0.47, 0.52), tolerance=0.01)
    >>> round(end.deviation, 3), end.agrees
    (0.03, False)
    >>> Comparison("sign", "stays positive", "stays positive").agrees
    True
    """

    name: str
    expected: tuple[float, ...] | str
    measured: tuple[float, ...] | str
    tolerance: float = 0.0
    source: str = "published"
    note: str = ""

    @property
    def deviation(self) -> float | None:
        """The largest difference of the numbers; None between words."""
        if isinstance(self.expected, str) or isinstance(self.measured, str):
            return None
        return max(abs(a - b) for a, b in zip(self.expected, self.measured, strict=True))

    @property
    def agrees(self) -> bool:
        """Whether the numbers agree within the tolerance, or the words are the same."""
        if self.deviation is None:
            return self.expected == self.measured
        return self.deviation <= self.tolerance


@dataclass(frozen=True)
class Experiment:
    """What is run, what it is compared with, and how it is drawn.

    Args:
        label: its stable name, that of its file.
        title: what it is, in a few words.
        shows: what is to be seen, in a sentence or two.
        settings: all that one needs to repeat it.
        parts: the runs, by name.
        compare: from the data of all parts to the comparisons.
        draw: from the data of all parts onto the axes, row by row.
        panels: the rows and columns of axes in the figure.
        notes: what a reader should know about the outcome.
    """

    label: str
    title: str
    shows: str
    settings: tuple[Setting, ...]
    parts: Mapping[str, Callable[[], Data]]
    compare: Callable[[Mapping[str, Data]], Sequence[Comparison]]
    draw: Callable[[Mapping[str, Data], Sequence[Any]], None]
    panels: tuple[int, int] = (1, 1)
    notes: Callable[[Mapping[str, Data]], Sequence[str]] = field(default=lambda data: ())

    @property
    def identity(self) -> Data:
        """What must be the same for parts of two runs to fit together."""
        settings = [[setting.name, setting.value] for setting in self.settings]
        return {"experiment": self.label, "settings": settings}

    def run(
        self, done: dict[str, Data] | None = None, progress: Progress = lambda name: None
    ) -> Result:
        """Run the parts that are not done, and put their data into `done` one after another."""
        done = {} if done is None else done
        start = perf_counter()
        for name, part in self.parts.items():
            if name not in done:
                progress(name)
                done[name] = part()
        return Result(self, done, perf_counter() - start)


@dataclass(frozen=True)
class Result:
    """What an experiment found."""

    experiment: Experiment
    data: Mapping[str, Data]
    seconds: float

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Each expected number beside the measured one."""
        return tuple(self.experiment.compare(self.data))

    @property
    def reproduced(self) -> bool:
        """Whether all of them agree."""
        return all(comparison.agrees for comparison in self.comparisons)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know about the outcome."""
        return tuple(self.experiment.notes(self.data))

    def draw(self, axes: Sequence[Any]) -> None:
        """Draw the figure onto matplotlib axes, as many as the experiment has panels."""
        self.experiment.draw(self.data, axes)


def two_step_mean(shares: Sequence[Sequence[float]], step: int = -1) -> tuple[float, ...]:
    """The mean of the shares after a step and after the one before it: the middle of a two-cycle.

    >>> two_step_mean([[0.0, 0.0], [1.0, 3.0], [2.0, 5.0]])
    (1.5, 4.0)
    """
    return tuple((a + b) / 2 for a, b in zip(shares[step - 1], shares[step], strict=True))


def labels() -> tuple[str, ...]:
    """The label of every experiment.

    >>> "three-regimes" in labels()
    True
    """
    room = importlib.import_module(ROOM)
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(room.__path__)))


def experiment(label: str) -> Experiment:
    """The experiment of a label.

    Raises:
        ExperimentError: there is none.
    """
    if label not in labels():
        raise ExperimentError(f"there is no experiment {label!r}", "known: " + ", ".join(labels()))
    found: Experiment = importlib.import_module(f"{ROOM}.{label.replace('-', '_')}").experiment
    if found.label != label:
        raise ExperimentError(f"the file of {label!r} holds {found.label!r}", "rename one")
    return found


__all__ = [
    "Comparison",
    "Data",
    "Experiment",
    "ExperimentError",
    "Result",
    "Setting",
    "experiment",
    "labels",
    "two_step_mean",
]
