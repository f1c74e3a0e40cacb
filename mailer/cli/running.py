"""Which commands run for long, or keep the database in shape? `run`, `send`, `demo` and `db`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.terminal import emit, print_table, say

if TYPE_CHECKING:
    from mailer.demo import Played
    from mailer.wiring import Installation

UntilIdle = Annotated[bool, typer.Option("--until-idle", help="End when nothing is due now: 0, or 75 if letters wait.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("run")(run)
    app.command("send")(send)
    app.command("demo")(demo)
    database = typer.Typer(no_args_is_help=True)
    database.command("upgrade")(upgrade)
    app.add_typer(database, name="db", help="Keep the database in shape.")


def run(ctx: typer.Context, until_idle: UntilIdle = False) -> None:
    """Run the daemon: plan what is due, send it, serve the pages; SIGTERM ends it cleanly."""
    from mailer.daemon import run_daemon, run_until_idle

    installation: Installation = ctx.obj
    if until_idle:
        run_until_idle(installation, say)
    else:
        run_daemon(installation, say)


def send(ctx: typer.Context, until_idle: UntilIdle = False) -> None:
    """Send what is queued, beside a daemon that plans."""
    from mailer.senders import run_sender

    installation: Installation = ctx.obj
    run_sender(installation, until_idle=until_idle, alone=True)


def demo(
    ctx: typer.Context,
    leave: Annotated[bool, typer.Option("--exit", help="End when all is sent, as it does without terminal.")] = False,
) -> None:
    """Show it all in a minute: a sample campaign sent to a mail server of its own, and an inbox to look at."""
    from mailer.demo import run_demo

    stay = not leave and sys.stdin.isatty() and sys.stdout.isatty()
    run_demo(stay=stay, tell=say, show=_show_played)


def _show_played(played: Played) -> None:
    """Print who got what and why, and how many mails there were."""
    kinds = ("alert", "reminder", "closing")
    rows = ((r.who, r.where, *("yes" if kind in r.got else "-" for kind in kinds), r.why) for r in played.rows)
    print_table(("supporter", "country, language", *kinds, "why"), rows)
    emit(f"{sum(played.counts.values())} mails: {', '.join(f'{n} {kind}' for kind, n in played.counts.items())}")


def upgrade(ctx: typer.Context) -> None:
    """Bring the database to this version's schema; every other command does so too."""
    installation: Installation = ctx.obj
    installation.engine  # noqa: B018 - opening upgrades
    say("the database has this version's schema")
