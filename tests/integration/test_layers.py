"""Do imports go down only, and does the check notice when one does not?"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.pages import ROOT, Page

LINTER = Path(sys.executable).parent / "lint-imports"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the layers of the package in `folder`."""
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )


def copy(folder: Path) -> Path:
    """Return a copy of the package and its rules."""
    shutil.copytree(ROOT / "mailer", folder / "mailer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_imports_go_down_only() -> None:
    """Both contracts are kept by the code as it is."""
    done = check(ROOT)

    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "planted", "broken"),
    [
        ("core/pack.py", "import jinja2", "mailer.core is not allowed to import jinja2"),
        ("core/pack.py", "import socket", "mailer.core is not allowed to import socket"),
        ("core/pack.py", "import mailer.flows.send", "mailer.core is not allowed to import mailer.flows"),
        ("flows/send.py", "import mailer.adapters.vault", "mailer.flows is not allowed to import mailer.adapters"),
        ("errors.py", "import mailer.core.pack", "mailer.errors is not allowed to import mailer.core"),
        ("wiring.py", "import mailer.daemon", "mailer.wiring is not allowed to import mailer.daemon"),
    ],
)
def test_an_import_that_goes_up_is_noticed(tmp_path: Path, file: str, planted: str, broken: str) -> None:
    """One planted line breaks the check, and it says which."""
    folder = copy(tmp_path)
    source = folder / "mailer" / file
    source.write_text(f"{source.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")

    done = check(folder)

    assert done.returncode == 1
    assert broken in done.stdout


def layers_of_the_rules() -> list[set[str]]:
    """Return the layers that pyproject.toml has checked, from the top."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return [set(layer.replace("mailer.", "").split(" : ")) for layer in rules["contracts"][0]["layers"]]


def test_the_layers_are_told_as_they_are_checked() -> None:
    """The list in CONTRIBUTING is that of pyproject.toml."""
    line = next(line for line in Page("CONTRIBUTING.md").text.splitlines() if line.startswith("    cli, "))

    assert [set(re.findall(r"\w+", layer)) for layer in line.split("->")] == layers_of_the_rules()


def test_no_part_is_outside_the_layers() -> None:
    """Every file and package of `mailer` is in a layer, but for its entry and the sample files."""
    found = {path.stem for path in (ROOT / "mailer").glob("*.py")}
    found |= {path.parent.name for path in (ROOT / "mailer").glob("*/__init__.py")}

    assert found - set().union(*layers_of_the_rules()) == {"__init__", "__main__", "samples"}
