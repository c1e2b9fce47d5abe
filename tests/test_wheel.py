"""The wheel holds what is needed away from the checkout: proofs, data files, the commands."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".py", ".toml", ".tex", ".typed"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", str(ROOT), "-w", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, folder: Path, *arguments: str) -> str:
    code = "import sys, verifier.cli; verifier.cli.main(sys.argv[2:])"
    check = "assert verifier.__file__.startswith(sys.argv[1]); "
    command = [sys.executable, "-c", code.replace("; ", f"; {check}"), str(unpacked), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_holds_every_file_of_both_packages(unpacked: Path) -> None:
    wanted = {
        path.relative_to(ROOT)
        for package in ("verifier", "proofs")
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA
    }
    found = {path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()}
    described = {path for path in found if path.parts[0].endswith(".dist-info")}
    assert found - described == wanted
    assert any(path.name == "LICENSE" for path in described)
    (points,) = (path for path in described if path.name == "entry_points.txt")
    assert "verifier.testing.plugin" in (unpacked / points).read_text()


def test_the_three_uses_work_elsewhere(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text('[[claim]]\nname = "a"\nstatement = "2*H > H"\n')
    assert "1 proved" in run(unpacked, tmp_path, "check", ".")
    assert "1 proved" in run(unpacked, tmp_path, "check", "--only", "multi-affine")
    assert "is written" in run(unpacked, tmp_path, "new", "my_theorem")
    assert "def test_value" in run(unpacked, tmp_path, "write", "single-path")
    assert r"\usepackage" in run(unpacked, tmp_path, "latex", "--preamble")
    assert r"\begin{theorem}" in run(unpacked, tmp_path, "latex", "single-path")
