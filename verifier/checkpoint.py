"""The data of finished parts of an experiment in a file, so that an interrupted run can go on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from verifier import __version__
from verifier.experiment import Data, Experiment, ExperimentError

REMEDY = "name another file, or remove this one to begin again"


def save(path: str, experiment: Experiment, done: Mapping[str, Data]) -> None:
    """Write the parts that are done; the file is whole at every moment.

    Raises:
        OSError: the file cannot be written.
    """
    parts = dict(done)
    content = {**_identity(experiment), "sum": _sum(parts), "parts": parts}
    fresh = Path(f"{path}.part")
    fresh.write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def load(path: str, experiment: Experiment) -> dict[str, Data]:
    """The parts that are done; none where there is no file.

    Raises:
        ExperimentError: the file is damaged, or of another experiment, version or setting.
    """
    if not Path(path).exists():
        return {}
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        identity = {key: content[key] for key in _identity(experiment)}
        parts: dict[str, Data] = content["parts"]
        whole = content["sum"] == _sum(parts)
    except (ValueError, KeyError, TypeError) as error:
        raise ExperimentError(f"{path} holds no parts of an experiment", REMEDY) from error
    if not whole:
        raise ExperimentError(f"{path} is damaged", REMEDY)
    if identity != _identity(experiment) or not set(parts) <= set(experiment.parts):
        raise ExperimentError(f"{path} is of another experiment, version or setting", REMEDY)
    return parts


def _identity(experiment: Experiment) -> Data:
    return {
        "version": __version__,
        "experiment": experiment.label,
        "settings": [[setting.name, setting.value] for setting in experiment.settings],
    }


def _sum(parts: Mapping[str, Data]) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


__all__ = ["load", "save"]
