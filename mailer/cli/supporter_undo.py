"""Was it a mistake? `mailer supporters undo` takes back what somebody said by e-mail or on their page.

Law: nobody comes back to the list whom an organiser has no words of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.consent import read_statement
from mailer.cli.files import Json
from mailer.cli.supporters import Email
from mailer.cli.terminal import emit, emit_json, say

if TYPE_CHECKING:
    from mailer.core.undoing import Undone
    from mailer.wiring import Installation


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("undo")(undo)


def undo(
    ctx: typer.Context,
    email: Email,
    campaign: Annotated[
        str, typer.Option(metavar="ID", help='Forget their "sent" (to all targets) and "not this case" of this one.')
    ] = "",
    consent: Annotated[
        str,
        typer.Option(
            help="For who unsubscribed: where, when and how they asked to be back, in 20 characters or more; "
            "kept as what they agreed to."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Take back what somebody said by mistake: their pause, their leaving, and what they said of a campaign.

    Letters that were cancelled stay so; who is back on the list gets the alerts that are still open, and what comes.
    Who complained, bounced or was erased never comes back by this.
    """
    from mailer.adapters.applicants import canonical_address
    from mailer.adapters.store.undoing import Mistake
    from mailer.adapters.store.undoing import undo as take_back

    home: Installation = ctx.obj
    statement = read_statement(home, consent, "mailer supporters undo") if consent else None
    mistake = Mistake(canonical_address(email), campaign, statement)
    undone = take_back(home.engine, home.vault, mistake, home.clock())
    if as_json:
        return emit_json(_values(undone))
    emit(_in_words(undone))
    if not campaign and not undone:
        say('"sent" and "not this case" are taken back with --campaign ID')
    return None


def _values(undone: Undone) -> dict[str, object]:
    """Return what was taken back, for programs; of letters the targets, an empty one the campaign itself."""
    told = {"not_this_case": undone.declined, "pause": undone.paused, "unsubscribed": undone.left}
    return {"undone": bool(undone), "sent": list(undone.sent)} | told


def _in_words(undone: Undone) -> str:
    """Return what was taken back, on one line."""
    told = [f"sent to {target or 'the targets'}" for target in undone.sent]
    told += ["not this case"] if undone.declined else []
    told += ["the pause"] if undone.paused else []
    told += ["the leaving: they are on the list again"] if undone.left else []
    return f"undone: {', '.join(told)}" if told else "nothing to undo"
