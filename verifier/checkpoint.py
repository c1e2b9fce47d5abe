"""The data of finished parts of an experiment in a file, so that an interrupted run can go on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from verifier.experiment import Data, Experiment, ExperimentError


def save(path: str, experiment: Experiment, done: Mapping[str, Data]) -> None:
    """Write the parts that are done; the file is whole at every moment.

    Raises:
        OSError: the file cannot be written.
    """
    content = {**_identity(experiment), "parts": dict(done)}
    fresh = Path(f"{path}.part")
    fresh.write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def load(path: str, experiment: Experiment) -> dict[str, Data]:
    """The parts that are done; none where there is no file.

    Raises:
        ExperimentError: the file is of another experiment or of other settings, or is damaged.
    """
    if not Path(path).exists():
        return {}
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        identity = {key: content[key] for key in _identity(experiment)}
        parts: dict[str, Data] = content["parts"]
        known = set(parts) <= set(experiment.parts)
    except (ValueError, KeyError, TypeError) as error:
        raise ExperimentError(f"{path} holds no parts of an experiment", _REMEDY) from error
    if identity != _identity(experiment) or not known:
        raise ExperimentError(f"{path} is of another experiment, or of other settings", _REMEDY)
    return parts


_REMEDY = "name another file, or remove this one to begin again"


def _identity(experiment: Experiment) -> Data:
    return {
        "experiment": experiment.label,
        "settings": [[setting.name, setting.value] for setting in experiment.settings],
    }


__all__ = ["load", "save"]
