"""How pytest-xdist shares out the tests: those of one theorem run in one process."""

from __future__ import annotations

import re
from typing import Any

import pytest

THEOREM = re.compile(r"\[([a-z0-9-]+)/")  # the label in the name of a test of label/part


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process proves a theorem once; the largest theorems come first."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByTheorem(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            theorem = THEOREM.search(nodeid)
            return theorem[1] if theorem else nodeid

    return ByTheorem(config, log)
