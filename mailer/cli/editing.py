"""How does a person change a text before it counts? In their own editor, again and again until it is right or let be.

Law: nothing that was typed is lost: what cannot be gone on with is kept in a file, and its name is told.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mailer.cli.terminal import ask, is_interactive, say
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.wiring import Installation


_STDERR = 2


@contextmanager
def edited(text: str, installation: Installation) -> Iterator[tuple[str, int]]:
    """Give what the person made of a campaign file, and how many errors they let be.

    The file that they wrote goes only after everything that is done with it has been done.

    Raises:
        UsageError: there is no editor, it failed, or it left nothing.
    """
    path = Path(tempfile.mkdtemp(prefix="mailer-draft-")) / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    is_done = False
    try:
        made, errors = _edit_until_right(path, installation)
        yield made, errors
        is_done = made != text
        if not is_done:
            say(
                "The editor changed nothing. Is it still open? Then EDITOR needs a word that makes it wait: code --wait"
            )
    finally:
        if is_done:
            shutil.rmtree(path.parent, ignore_errors=True)
        elif path.exists():
            say(f"The draft is kept in {path}")
        else:
            with suppress(OSError):  # there may be something else that the editor left
                path.parent.rmdir()


def _edit_until_right(path: Path, installation: Installation) -> tuple[str, int]:
    """Return what a file says once its errors are mended or let be, and how many those are."""
    while True:
        _open_editor(installation.settings.editor, path)
        if not path.exists() or not path.read_bytes().strip():
            raise UsageError("nothing done: the draft was emptied")
        errors = _tell_problems(path, installation)
        if not errors or not is_interactive() or _lets_it_be():
            break
    try:
        return path.read_text(encoding="utf-8"), errors
    except UnicodeDecodeError as error:
        raise UsageError("nothing done: the draft is not UTF-8 any more: save it with the encoding UTF-8") from error


def _open_editor(editor: str, path: Path) -> None:
    """Show a file in the person's editor and wait until it is closed.

    Raises:
        UsageError: it cannot be started, or failed.
    """
    try:
        with _terminal() as (reads, writes):
            done = subprocess.run([*shlex.split(editor), str(path)], stdin=reads, stdout=writes, check=False)  # noqa: S603 - their own editor
    except (OSError, ValueError) as error:
        raise UsageError(f"nothing done: the editor {editor!r} cannot be started ({error}): set EDITOR") from error
    if done.returncode:
        raise UsageError(f"nothing done: the editor ended with {done.returncode}")


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
