"""How does sending go on after a backup was put back? A person sees what would leave, and says so.

Law: nothing is lifted without an answer or --yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.cli.status import name_of
from mailer.cli.terminal import ask, emit, emit_json, is_interactive, print_table, say
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.flows.report import MailingStatus
    from mailer.wiring import Installation

WANTED = "send"


def resume_restored(installation: Installation, *, yes: bool, as_json: bool) -> None:
    """Show what waits in a restored database, ask, and let letters leave again.

    Raises:
        UsageError: nobody could be asked, or they did not agree; nothing is done.
    """
    if not installation.restore_notice():
        return _tell([], "nothing is held: this database is as new as what was sent from it", as_json=as_json)
    waiting = _waiting(installation)
    if not as_json:
        _show(waiting)
    if not yes:
        _confirm()
    installation.epoch.lift()
    return _tell(waiting, "letters leave again with the next `mailer run`", as_json=as_json)


def _waiting(installation: Installation) -> list[tuple[str, MailingStatus]]:
    """Return the mailings with letters that would leave, each with its campaign."""
    from mailer.flows.report import campaign_statuses

    found = campaign_statuses(installation.campaigns, installation.tallies, now=installation.clock())
    return [(campaign.id, mailing) for campaign in found for mailing in campaign.mailings if mailing.remaining]


def _show(waiting: list[tuple[str, MailingStatus]]) -> None:
    """Show on stdout what waits, and tell what else to look at."""
    if waiting:
        rows = ((campaign, name_of(mailing), mailing.remaining) for campaign, mailing in waiting)
        print_table(("campaign", "mailing", "letters that would leave"), rows, numbers=["letters that would leave"])
    else:
        emit("no letters wait in this database")
    say(
        "What left since the backup was made is not in it, and would leave again. `mailer plan` shows what else is due;"
    )
    say("`mailer pause CAMPAIGN` or `mailer stop CAMPAIGN` keeps back what has gone out.")


def _confirm() -> None:
    """Let the person agree in words."""
    if not is_interactive():
        raise UsageError("nothing done: there is no terminal to ask at; `--yes` goes on without asking")
    if ask(f"Type `{WANTED}` to let these letters leave: ") != WANTED:
        raise UsageError("nothing done: that was not the word")


def _tell(waiting: list[tuple[str, MailingStatus]], words: str, *, as_json: bool) -> None:
    """Print what was done."""
    if as_json:
        queued = [
            {"campaign": name, "mailing": m.id, "rehearsal": m.rehearsal, "letters": m.remaining} for name, m in waiting
        ]
        emit_json({"waiting": queued, "result": words})
    else:
        emit(words)
