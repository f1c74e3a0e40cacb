"""What of the campaign mailbox is left for people? `inbox list`: how many mails wait; `inbox answers`: who answered.

Law: no text of a mail is shown, for none is kept; what a stranger wrote into name and subject reaches no terminal as
more than letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from mailer.cli.files import Json
from mailer.cli.inbox_reading import reading_in_words, reading_values
from mailer.cli.terminal import emit_json, local, print_table, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.core.incoming import KeptAnswer, Reading, WaitingSince
    from mailer.wiring import Installation

# What each matter (core/incoming.py) is called, those that wait for people first.
_WORDS: Final[Mapping[str, str]] = {
    "reply": "mails of people, left in the inbox",
    "answer": "officials' answers, in the folder Answers",
    "unreadable": "could not be read, in the folder Quarantine",
    "unproven": "say that they came back, and prove nothing",
    "returned": "mails of ours that came back",
    "complaint": "complaints",
    "command": "supporters' answers that were obeyed",
    "asked": "commands without proof, told how to do it",
    "copy": "copies of letters",
    "dead target": "supporters' reports that an address does not work",
    "automatic": "sent by machines",
    "ours": "our own, come back in a loop",
}
_FOR_PEOPLE: Final = ("reply", "answer", "unreadable")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("list")(list_waiting)
    app.command("answers")(answers)


def list_waiting(ctx: typer.Context, as_json: Json = False) -> None:
    """Show how many mails wait for a person, and what else came in the last 30 days."""
    home: Installation = ctx.obj
    found, read = home.incoming.waiting(), home.incoming.last_reading()
    if as_json:
        return emit_json(_waiting_values(found, read))
    if home.settings.mailbox_url:
        say(reading_in_words(read, lambda moment: local(moment, "UTC")))
    else:
        say("no mailbox is set: MAILER_MAILBOX_URL names it")
    by_matter = {each.matter.value: each for each in found}
    rows = [_row(by_matter[matter], words) for matter, words in _WORDS.items() if matter in by_matter]
    if rows:
        print_table(("what", "came", "wait", "last"), rows, numbers=("came", "wait"))
    else:
        say("nothing came yet")
    return None


def _waiting_values(found: Sequence[WaitingSince], read: Reading) -> dict[str, object]:
    """Return what came for programs; `waiting` are the mails that a person has to look at."""
    return {
        "waiting": sum(each.wait for each in found if each.matter.value in _FOR_PEOPLE),
        "matters": [
            {"matter": each.matter.value, "came": each.came, "waiting": each.wait, "last_at": each.last_at}
            for each in found
        ],
        "mailbox": reading_values(read),
    }


def _row(waiting: WaitingSince, words: str) -> tuple[str, str, str, str]:
    """Return one line of the table."""
    return words, f"{waiting.came:,}", f"{waiting.wait:,}" if waiting.wait else "", local(waiting.last_at, "UTC")


def answers(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Only this one.")] = "",
    as_json: Json = False,
) -> None:
    """List what officials answered, the newest first; the mails themselves are in the mailbox's folder Answers."""
    from mailer.core.campaigns import CampaignId
    from mailer.flows.command import require

    home: Installation = ctx.obj
    if campaign:
        require(home.campaigns, CampaignId(campaign))
    found = sorted(home.incoming.answers(campaign), key=lambda each: each.at, reverse=True)
    if as_json:
        return emit_json({"answers": [_answer_values(each) for each in found]})
    if not found:
        say("no official answered yet")
        return None
    rows = ((each.campaign_id, each.target, local(each.at, "UTC"), each.sender, each.subject) for each in found)
    print_table(("campaign", "target", "came", "from", "subject"), rows)
    _tell_how(found)
    return None


def _answer_values(answer: KeptAnswer) -> dict[str, object]:
    """Return one answer for programs."""
    return {
        "campaign": answer.campaign_id,
        "target": answer.target,
        "at": answer.at,
        "from": answer.sender,
        "subject": answer.subject,
    }


def _tell_how(found: Sequence[KeptAnswer]) -> None:
    """Say how supporters get to read an answer."""
    say(f"to show one to supporters: mailer update {found[0].campaign_id} --text FILE --answer FILE")
