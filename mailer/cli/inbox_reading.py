"""Who reads the mailbox without the daemon? `mailer inbox read`: once, or whatever comes until SIGTERM.

Law: how the reading goes is told by `mailer status`, whoever does it; never who logs in, and never a word of a mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import emit, emit_json
from mailer.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailer.core.incoming import Reading
    from mailer.flows.intake import Taken
    from mailer.wiring import Installation

UntilIdle = Annotated[bool, typer.Option("--until-idle", help="End when all that is there now was read.")]


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("read")(read)


def read(ctx: typer.Context, until_idle: UntilIdle = False, as_json: Json = False) -> None:
    """Read the mailbox, as `mailer run` does by itself: act on what it proves, and sort it into folders."""
    from mailer.adapters.logs import open_log
    from mailer.readers import Signals, read_on, read_once

    installation: Installation = ctx.obj
    if not installation.settings.mailbox_url:
        raise ConfigurationError("no mailbox is set: MAILER_MAILBOX_URL names it (docs/mailbox.md)")
    if not until_idle:
        if as_json:
            raise UsageError("--json needs --until-idle: what is read for ever has no result")
        return read_on(installation, Signals(), open_log(installation.clock))
    taken = read_once(installation, Signals())
    return emit_json(taken_values(taken)) if as_json else emit(taken_in_words(taken))


def taken_values(taken: Taken) -> dict[str, object]:
    """Return what a pass did, for programs."""
    return {
        "new": sum(taken.counts.values()),
        "matters": {matter.value: count for matter, count in sorted(taken.counts.items())},
        "moved": taken.moved,
        "left": taken.left,
        "complete": taken.is_complete,
    }


def taken_in_words(taken: Taken) -> str:
    """Return what a pass did, on one line."""
    each = ", ".join(f"{count:,} {matter.value}" for matter, count in sorted(taken.counts.items()))
    found = f"{sum(taken.counts.values()):,} new ({each})" if each else "nothing new"
    stopped = "" if taken.is_complete else "; stopped before the end"
    return f"{found}; {taken.moved:,} moved to their folders, {taken.left:,} left in the inbox for people{stopped}"


def reading_values(reading: Reading) -> dict[str, object]:
    """Return when the mailbox was read, and what went wrong since, for programs."""
    return {"read_at": reading.read_at, "tried_at": reading.tried_at, "trouble": reading.trouble}


def reading_in_words(reading: Reading, tell: Callable[[datetime], str]) -> str:
    """Return when the mailbox was read, and why not since; `tell` says a moment."""
    last = f"read last at {tell(reading.read_at)}" if reading.read_at else "not read yet; `mailer run` does it"
    if not reading.trouble or reading.tried_at is None:
        return f"mailbox: {last}"
    since = f"last at {tell(reading.read_at)}" if reading.read_at else "never"
    return f"mailbox: not read at {tell(reading.tried_at)} ({since}): {reading.trouble}"
