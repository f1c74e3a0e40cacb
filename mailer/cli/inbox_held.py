"""Are the addresses dead, or did a provider err? `mailer inbox held`: mailings whose returned mails bar nobody.

Law: a person judges; until then nobody more is barred for such a mailing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import emit, emit_json, local, print_table, say
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.wiring import Installation


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("held")(held)


def held(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Judge a mailing of this one.")] = "",
    mailing: Annotated[str, typer.Argument(metavar="MAILING", help="This one.")] = "",
    dead: Annotated[
        bool, typer.Option("--dead", help="The addresses are dead: bar all that came back for good.")
    ] = False,
    alive: Annotated[
        bool, typer.Option("--alive", help="A provider erred: bar nobody for it, and free those who were barred.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List mailings of which so many mails came back that nobody more is barred for it, or judge one."""
    home: Installation = ctx.obj
    if not (campaign or mailing or dead or alive):
        return _list(home, as_json=as_json)
    if not (campaign and mailing) or dead is alive:
        raise UsageError("`mailer inbox held CAMPAIGN MAILING` needs either --dead or --alive")
    return _judge(home, campaign, mailing, is_dead=dead, as_json=as_json)


def _list(home: Installation, *, as_json: bool) -> None:
    """Show what is held, and how it is judged."""
    found = [(each.id, *row) for each in home.campaigns.all() for row in home.tallies.held(each.id).items()]
    if as_json:
        return emit_json({"held": [{"campaign": one, "mailing": two, "since": at} for one, two, at in found]})
    if not found:
        say("nothing is held")
        return None
    print_table(("campaign", "mailing", "since"), ((one, two, local(at, "UTC")) for one, two, at in found))
    say("`mailer status` shows how many came back. Are all at one provider? Then it erred, or refuses you:")
    say(f"  mailer inbox held {found[0][0]} {found[0][1]} --alive")
    say("Is it an old list? Then --dead bars all of them.")
    return None


def _judge(home: Installation, campaign: str, mailing: str, *, is_dead: bool, as_json: bool) -> None:
    """Keep what a person found."""
    from mailer.core.bounce_rules import Verdict

    verdict = Verdict.DEAD if is_dead else Verdict.ALIVE
    count = home.held_returns.judge(campaign, mailing, verdict, home.clock())
    if as_json:
        return emit_json({"campaign": campaign, "mailing": mailing, "verdict": verdict.value, "supporters": count})
    emit(f"{campaign}, {mailing}: {count} {'are barred' if is_dead else 'are free again'}")
    return None
