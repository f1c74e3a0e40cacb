"""Is every guard seen to fail? Each is taken out in a copy of the tree, and its test has to notice.

Usage: python -m tests.guards.takeout [NAME ...]     # all, or those whose names hold one of these words

Law: the tree itself is never touched. A guard whose words are no longer in its file ends the run: the list
would prove nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

from tests.guards.command_guards import COMMAND_GUARDS
from tests.guards.guards import GUARDS, Guard
from tests.guards.mail_guards import MAIL_GUARDS
from tests.guards.mailbox_guards import MAILBOX_GUARDS
from tests.guards.mission_guards import MISSION_GUARDS
from tests.guards.page_guards import PAGE_GUARDS
from tests.guards.reading_guards import READING_GUARDS

ALL = (*GUARDS, *COMMAND_GUARDS, *PAGE_GUARDS, *MISSION_GUARDS, *MAIL_GUARDS, *MAILBOX_GUARDS, *READING_GUARDS)
ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = ignore_patterns(".git", ".venv", "var", "dist", "build", "__pycache__", "*_cache", ".hypothesis")
PASSED, FAILED = 0, 1  # pytest's exit codes; any other is trouble of the run itself
LONGEST_SECONDS = 300


def main(words: list[str]) -> int:
    """Take out the chosen guards, one after the other; return how many were not missed by any test."""
    chosen = [guard for guard in ALL if not words or any(word in guard.name for word in words)]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copytree(ROOT, copy, ignore=LEFT_BEHIND)
        tests = sorted({test for guard in chosen for test in guard.tests})
        if run(copy, tests) != PASSED:
            raise SystemExit("with all guards in place these tests have to pass: " + " ".join(tests))
        survived = [guard for guard in chosen if not is_missed(copy, guard)]
    print(f"{len(chosen) - len(survived)} of {len(chosen)} guards are missed when they are taken out")  # noqa: T201
    return len(survived)


def is_missed(copy: Path, guard: Guard) -> bool:
    """Tell whether a test fails without the guard, and say so."""
    file = copy / guard.path
    whole = file.read_text(encoding="utf-8")
    file.write_text(guard.taken_out_of(whole), encoding="utf-8")
    try:
        code = run(copy, list(guard.tests))
    finally:
        file.write_text(whole, encoding="utf-8")
    print(f"{'missed' if code == FAILED else 'NOT MISSED'}: {guard.name}", flush=True)  # noqa: T201
    return code == FAILED


def run(copy: Path, tests: list[str]) -> int:
    """Run tests in the copy, of the copy; return pytest's exit code."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "", *tests]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        words, cwd=copy, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )
    if done.returncode not in (PASSED, FAILED):
        raise SystemExit(f"pytest ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
