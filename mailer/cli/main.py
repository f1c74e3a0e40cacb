"""What happens when somebody types `mailer`? The commands' app, and errors turned into exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from mailer import __version__
from mailer.cli import (
    campaigns,
    drafting,
    files,
    inbox_held,
    inbox_list,
    inbox_reading,
    lifecycle,
    news,
    running,
    status,
    supporter_undo,
)
from mailer.cli.inbox import app as inbox_app
from mailer.cli.missions import app as missions_app
from mailer.cli.supporters import app as supporters_app
from mailer.cli.targets import app as targets_app
from mailer.cli.terminal import escape, say
from mailer.errors import MailerError, UsageError
from mailer.settings import Settings, read_settings
from mailer.wiring import Clock, Installation, system_clock

app = typer.Typer(
    name="mailer",
    help="Protest and solidarity letters, ready to send, for the supporters who asked for them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (files, drafting, campaigns, status, lifecycle, news, running):
    part.register(app)
app.add_typer(
    supporters_app,
    name="supporters",
    help="Who gets mail: import, add, list, show, why, acted, undo, unsubscribe, export, erase.",
)
app.add_typer(
    inbox_app,
    name="inbox",
    help="What came to the campaign's mailbox: read, list, answers, held, classify.",
)
supporter_undo.register(supporters_app)
inbox_list.register(inbox_app)
inbox_held.register(inbox_app)
inbox_reading.register(inbox_app)
app.add_typer(missions_app, name="missions", help="Who answers for an embassy, and by which rule; refresh.")
app.add_typer(targets_app, name="targets", help="Who is left alone, and what does not work: retire, list, reports.")


def _version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        sys.stdout.write(f"mailer {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Protest and solidarity letters, ready to send, for the supporters who asked for them."""


def main(argv: Sequence[str] | None = None, *, clock: Clock = system_clock) -> None:
    """Run one command and exit with its code (sysexits.h); tests hand in a clock of their own."""

    def open_installation() -> Installation:
        from mailer.adapters.mailbox import parse_mailbox_url
        from mailer.adapters.relay import parse_relays

        settings = read_settings()
        parse_relays(settings.relay_url)  # a relay that is wrong is told by every command, long before one sends
        if settings.mailbox_url:
            parse_mailbox_url(settings.mailbox_url)
        for warning in _warnings(settings):
            say(f"warning: {warning}")
        return Installation(settings, clock=clock)

    sys.exit(_run(list(sys.argv[1:] if argv is None else argv), open_installation))


def _warnings(settings: Settings) -> list[str]:
    """Return what is set, but open to others."""
    from mailer.adapters.vault import permission_warning

    told = [permission_warning(settings.key_file)] if settings.key_file.exists() else []
    if settings.database_url == f"sqlite:///{settings.key_file.parent / Path(settings.database_url).name}":
        told.append(f"key file {settings.key_file} is beside the database: whoever takes one takes both")
    return list(filter(None, told))


def _run(argv: list[str], open_installation: Callable[[], Installation]) -> int:
    """Run the app; return the exit code."""
    try:
        installation = _NoInstallation() if _asks_for_help(argv) else open_installation()
        code = app(argv, prog_name="mailer", standalone_mode=False, obj=installation)
    except MailerError as error:
        for line in escape(str(error)).splitlines():
            say(line)
        return error.exit_code
    except typer.Abort:
        say("interrupted; nothing more was done")
        return 130
    except TyperException as error:
        say(_usage_error(error))
        return UsageError.exit_code
    return code if isinstance(code, int) else 0


class _NoInstallation:
    """Stands in where nothing is opened because only help is asked for."""


def _asks_for_help(argv: list[str]) -> bool:
    """Tell whether the command only explains itself."""
    return not argv or "--help" in argv or "--version" in argv


def _usage_error(error: TyperException) -> str:
    """Return what is wrong with the words on the command line, and where to read on."""
    context = getattr(error, "ctx", None)  # only errors that belong to a command have one
    command = context.command_path if context is not None else app.info.name
    return f"{error.format_message()}\nTry: {command} --help"
