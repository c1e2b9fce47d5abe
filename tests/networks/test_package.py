"""The package hands out its public names late, so that importing it loads no computer algebra."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import verifier.networks
from verifier.errors import VerifierError

ROOT = Path(verifier.networks.__file__).parents[2]


def modules_named_by(script):
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stderr.strip()


def test_every_public_name_is_there_and_has_a_docstring():
    for name in verifier.networks.__all__:
        assert getattr(verifier.networks, name).__doc__
        assert name in dir(verifier.networks)


def test_what_the_type_checker_sees_is_what_is_exported():
    source = Path(verifier.networks.__file__).read_text()
    for name in verifier.networks.__all__:
        assert f" import {name} as {name}\n" in source
    assert source.count(" as ") == len(verifier.networks.__all__)


def test_unknown_names():
    with pytest.raises(AttributeError, match="has no attribute 'closed_form'"):
        verifier.networks.closed_form  # noqa: B018


def test_importing_the_package_is_light():
    script = (
        "import sys, verifier.networks as n; n.parse_allocation('balanced').shares(2, 1);"
        "sys.exit(str({'sympy', 'mpmath', 'flint', 'numpy'} & set(sys.modules)))"
    )
    assert modules_named_by(script) == "set()"


def test_the_numeric_side_needs_neither_sympy_nor_flint():
    script = (
        "import sys; from verifier.networks import sharpness; sharpness((3,), (1,), 1);"
        "sys.exit(str({'sympy', 'flint'} & set(sys.modules)))"
    )
    assert modules_named_by(script) == "set()"


def test_errors_belong_to_the_family_and_carry_a_remedy():
    errors = import_module("verifier.networks.errors")
    for name in ("NetworkError", "AllocationError"):
        assert issubclass(getattr(errors, name), VerifierError)
