"""How does a person change a text before it counts? In their own editor, again and again until it is right or let be.

Law: nothing that was typed is lost: what cannot be gone on with is kept in a file, and its name is told.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mailer.cli.terminal import ask, is_interactive, say
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.wiring import Installation


_STDERR = 2


def edit_until_right(text: str, installation: Installation) -> tuple[str, int]:
    """Return what the person made of a campaign file, and how many errors they let be.

    Raises:
        UsageError: there is no editor, or it failed; the text is kept.
    """
    folder = Path(tempfile.mkdtemp(prefix="mailer-draft-"))
    path = folder / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    while True:
        _open_editor(path)
        errors = _tell_problems(path, installation)
        if not errors or not is_interactive() or _lets_it_be():
            break
    edited = path.read_text(encoding="utf-8")
    path.unlink()
    folder.rmdir()
    return edited, errors


def _open_editor(path: Path) -> None:
    """Show a file in the person's editor and wait until it is closed.

    Raises:
        UsageError: it cannot be started, or failed.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    kept = f"the draft is kept in {path}"
    try:
        with _terminal() as (reads, writes):
            done = subprocess.run([*shlex.split(editor), str(path)], stdin=reads, stdout=writes, check=False)  # noqa: S603 - their own editor
    except (OSError, ValueError) as error:
        raise UsageError(f"the editor {editor!r} cannot be started ({error}): set EDITOR; {kept}") from error
    if done.returncode:
        raise UsageError(f"nothing done: the editor ended with {done.returncode}; {kept}")


@contextmanager
def _terminal() -> Iterator[tuple[IO[bytes] | int | None, IO[bytes] | int | None]]:
    """Give what an editor reads from and writes to: the terminal, even where ours are redirected."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        yield None, None
        return
    with ExitStack() as opened:
        try:
            device = opened.enter_context(Path("/dev/tty").open("r+b", buffering=0))
        except OSError:  # nobody sits there: a program edits
            yield subprocess.DEVNULL, _STDERR
        else:
            yield device, device


def _tell_problems(path: Path, installation: Installation) -> int:
    """Say what is wrong with a campaign file; return the number of errors."""
    from mailer.adapters.catalog import load_catalog

    catalog = load_catalog(path, templates=installation.templates, now=installation.clock())
    for problem in sorted(catalog.problems, key=lambda one: one.severity != "error"):
        say(str(problem))
    errors = sum(problem.severity == "error" for problem in catalog.problems)
    say(f"errors: {errors}; warnings: {len(catalog.problems) - errors}")
    return errors


def _lets_it_be() -> bool:
    """Ask whether to go on with errors."""
    return ask("Edit it again, or keep it as it is? [E/k] ").lower() in ("k", "keep")
