"""Is all that the product needs in its wheel? Built, installed in a folder of its own, and run from an empty one."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.acceptance.workplace import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def command(wheel, tmp_path) -> Path:
    """`mailer`, installed from the wheel into a new environment that sees this one's libraries, not this checkout."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    installed = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")}))
    libraries = Path(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(tmp_path / "venv" / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)], check=True)
    (installed / "libraries.pth").write_text(f"import sys; sys.path.append({str(libraries)!r})\n")
    return tmp_path / "venv" / "bin" / "mailer"


def test_the_wheel_carries_templates_and_samples(wheel):
    """Every template, the sample campaigns and settings, the sample supporters, and the licence; no tests."""
    names = set(ZipFile(wheel).namelist())
    templates = {f"mailer/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*") if path.is_file()}

    assert templates <= names
    assert names >= {f"mailer/samples/{name}" for name in ("campaigns.yaml", "env.example", "supporters.csv")}
    assert any(name.endswith("/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", ".venv"))]


def test_the_installed_command_begins_and_plays_its_demo(command, tmp_path):
    """`mailer init && mailer demo --exit` in an empty folder: exit 0, from the wheel's own files alone."""
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "LANG": "C.UTF-8"}

    def run(*words: str) -> str:
        done = subprocess.run(words, cwd=empty, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run(str(command.parent / "python"), "-c", "import mailer; print(mailer.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
    run(str(command), "init")
    assert {path.name for path in empty.iterdir()} == {"campaigns.yaml", ".env"}
    run(str(command), "check")
    told = run(str(command), "demo", "--exit")

    assert " alert" in told
    assert " closing" in told
    assert {path.name for path in empty.iterdir()} == {"campaigns.yaml", ".env"}
