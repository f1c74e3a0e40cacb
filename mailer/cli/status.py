"""How does `mailer status` tell how the campaigns stand? What moves comes first, then what is in doubt, then the rest.

Law: supporters are told by their public id alone; times are the organisation's, and UTC for programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli.files import Json
from mailer.cli.inbox_reading import reading_in_words, reading_values
from mailer.cli.newer import newer_in_file
from mailer.cli.terminal import clock_time, emit, emit_item, emit_json, local, print_table, say
from mailer.core.deliveries import State

if TYPE_CHECKING:
    from mailer.core.doubts import Course, Doubt
    from mailer.core.incoming import Reading
    from mailer.flows.report import CampaignStatus, ClosedGate, MailingStatus
    from mailer.flows.results import Result
    from mailer.wiring import Installation

ANSWERS = "answers to mails"
MOST_DOUBTS = 20
SENT_FIRST = (State.SENT, *(state for state in State if state is not State.SENT))
UNTOLD = "the connection was lost after it was written"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("status")(status)


@dataclass(frozen=True, slots=True)
class Picture:
    """How everything stands at one moment (UTC); `zone` is the organisation's, `trouble` why there is no newer one.

    `results` are what came of each campaign, by its id, `retired` how many addresses are used no more, `reading` when
    the mailbox was read, None if there is none.
    """

    now: datetime
    campaigns: tuple[CampaignStatus, ...]
    gates: tuple[ClosedGate, ...]
    zone: str
    notice: str = ""
    trouble: str = ""
    results: Mapping[str, Result] = field(default_factory=dict)
    retired: int = 0
    reading: Reading | None = None

    @property
    def under_way(self) -> bool:
        """Tell whether letters leave, or are about to."""
        return any(campaign.under_way for campaign in self.campaigns)

    def tell(self, moment: datetime) -> str:
        """Return a moment as the organisation says it."""
        return clock_time(moment, self.zone, self.now)


def status(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Only this one.")] = "",
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Follow what is under way until nothing is: progress bars on a terminal; "
            "elsewhere, and with --json, a line whenever a count changes. Ctrl-C ends it.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show how the campaigns stand: letters by state, speed, time left, errors, and which letters are in doubt."""
    from mailer.core.campaigns import CampaignId
    from mailer.core.signups import NAME
    from mailer.flows.command import require

    installation: Installation = ctx.obj
    if campaign not in ("", NAME):
        require(installation.campaigns, CampaignId(campaign))
    look = looker(installation, campaign)
    if watch:
        from mailer.cli.watching import follow

        return follow(look, as_json=as_json)
    newer = newer_in_file(installation)
    picture = look()
    if as_json:
        return emit_json(picture_values(picture, newer))
    _print_picture(picture)
    for name, told in newer.items():
        if campaign in ("", name):
            say(f"{name}: {told}")
    return None


def looker(installation: Installation, campaign: str) -> Callable[[], Picture]:
    """Return what takes a picture of all campaigns, or of one."""
    from mailer.flows.report import campaign_statuses
    from mailer.flows.results import results_of

    zones: dict[tuple[str, int], str] = {}

    def zone_of(one: CampaignStatus) -> str:
        key = (one.id, one.revision)
        if key not in zones:
            zones[key] = installation.campaigns.revision(*key).organisation.timezone
        return zones[key]

    def look() -> Picture:
        now = installation.clock()
        tallies = installation.tallies
        found = campaign_statuses(installation.campaigns, tallies, campaign or None, now=now)
        published = next((one for one in found if one.revision), None)
        zone = zone_of(published) if published else "UTC"
        return Picture(
            now,
            found,
            tallies.gates(now=now),
            zone,
            installation.restore_notice(),
            results=results_of(found, installation.answers, tallies),
            retired=len(installation.answers.retired_values()),
            reading=installation.incoming.last_reading() if installation.settings.mailbox_url else None,
        )

    return look


def picture_values(picture: Picture, newer: Iterable[str] = ()) -> dict[str, object]:
    """Return a picture for programs; `newer` are the campaigns whose file says otherwise.

    `waiting`, `notice`, `retired` and `mailbox` are there only if there is something to tell.
    """
    campaigns = [{**_campaign_values(one, picture), "file_is_newer": one.id in newer} for one in picture.campaigns]
    gates = [{"relay": gate.relay, "provider_group": gate.group, "until": gate.until} for gate in picture.gates]
    told = {"campaigns": campaigns, "waiting": gates, "notice": picture.notice, "retired": picture.retired}
    told |= {"mailbox": reading_values(picture.reading) if picture.reading else None}
    return {name: value for name, value in told.items() if value or name == "campaigns"}


def _campaign_values(status: CampaignStatus, picture: Picture) -> dict[str, object]:
    """Return a campaign's status for programs."""
    from mailer.cli.results import result_values

    names = ("id", "status", "reason", "rehearsal", "launched_at", "hold_until", "tested_at", "under_way")
    mailings = [_mailing_values(mailing, picture.now) for mailing in status.mailings]
    came = result_values(picture.results[status.id]) if status.id in picture.results else {}
    return {**{name: getattr(status, name) for name in names}, **came, "mailings": mailings}


def _mailing_values(mailing: MailingStatus, now: datetime) -> dict[str, object]:
    """Return a mailing's status for programs; seconds left are null where they are not known."""
    names = ("id", "kind", "due", "rehearsal", "reason", "remaining", "last_error", "under_way")
    return {
        **{name: getattr(mailing, name) for name in names},
        "counts": {state.value: count for state, count in mailing.counts.items()},
        "per_second": round(mailing.per_second, 2),
        "seconds_left": None if mailing.left.all is None else round(mailing.left.all),
        "uncertain": [_doubt_values(doubt, mailing.course, now) for doubt in mailing.doubts],
    }


def _doubt_values(doubt: Doubt, course: Course, now: datetime) -> dict[str, Any]:
    """Return a letter in doubt for programs."""
    from mailer.core.doubts import Prospect, prospect, what_next

    again = prospect(doubt, course) is Prospect.AGAIN
    return {
        "delivery": doubt.delivery,
        "supporter": doubt.supporter,
        "state": doubt.state,
        "resent": doubt.resent,
        "since": doubt.since,
        "why": doubt.why or UNTOLD,
        "next": what_next(doubt, course, now=now, tell=lambda moment: f"{moment:%H:%M} UTC"),
        "again_at": max(doubt.not_before, now) if again else None,
    }


def _print_picture(picture: Picture) -> None:
    """Print everything for people: what moves first."""
    if picture.notice:
        say(picture.notice)
    if not picture.campaigns:
        say("nothing was launched yet; `mailer launch CAMPAIGN` does that")
    for gate in picture.gates:
        emit_item(gate_in_words(gate, picture))
    for one in sorted(picture.campaigns, key=lambda one: (not one.under_way, one.id)):
        _print_campaign(one, picture)
    if picture.retired:
        emit_item(f"retired, and in no letter: {picture.retired}; `mailer targets list` shows them")
    if picture.reading:
        emit_item(reading_in_words(picture.reading, picture.tell))


def _print_campaign(status: CampaignStatus, picture: Picture) -> None:
    """Print one campaign: how its mailings stand, and what came of it."""
    from mailer.cli.results import result_lines

    emit(heading(status, picture))
    replies = [mailing for mailing in status.mailings if mailing.answers]
    if others := tuple(mailing for mailing in status.mailings if not mailing.answers):
        _print_mailings(others, picture)
    if replies:
        emit_item(answers_in_words(replies))
    for mailing in status.mailings:
        _print_remarks(mailing, picture)
    for line in result_lines(picture.results[status.id]) if status.id in picture.results else ():
        emit_item(line)


def answers_in_words(replies: Sequence[MailingStatus]) -> str:
    """Return how many answers to people's mails there are in each state; they are no mailings to anybody else."""
    counts = {state: sum(mailing.counts[state] for mailing in replies) for state in SENT_FIRST}
    return f"{ANSWERS}: {', '.join(f'{count:,} {state}' for state, count in counts.items() if count) or 'none'}"


def gate_in_words(gate: ClosedGate, picture: Picture) -> str:
    """Return which relay, or which mail provider at it, is left alone until when."""
    who = f"{gate.group} at {gate.relay}" if gate.group else gate.relay
    return f"{who} waits until {picture.tell(gate.until)}"


def heading(status: CampaignStatus, picture: Picture) -> str:
    """Return a campaign's first line."""
    held = status.hold_until is not None and status.hold_until > picture.now
    remarks = ["only rehearsed"] if status.rehearsal else []
    remarks += [f"held until {local(status.hold_until, picture.zone)}"] if held else []
    remarks += [f"last test mail {local(status.tested_at, picture.zone)}"] if status.tested_at else []
    remarks += [status.reason] if status.reason else []
    remark = f" ({', '.join(remarks)})" if remarks else ""
    return f"{status.id}: {status.status}{remark}"


def name_of(mailing: MailingStatus) -> str:
    """Return a mailing's name, a rehearsal called one."""
    name = f"{ANSWERS} ({mailing.answers})" if mailing.answers else mailing.id
    return f"{name}{' (rehearsal)' if mailing.rehearsal else ''}"


def _print_mailings(mailings: tuple[MailingStatus, ...], picture: Picture) -> None:
    """Print the mailings' numbers: a column for each state that has letters."""
    states = [state for state in SENT_FIRST if any(mailing.counts[state] for mailing in mailings)]
    rows = (
        (
            name_of(mailing),
            picture.tell(mailing.due),
            *(f"{mailing.counts[state]:,}" if mailing.counts[state] else "" for state in states),
            f"{mailing.per_second:,.1f}" if mailing.per_second else "",
            _time_left(mailing),
        )
        for mailing in mailings
    )
    numbers = (*states, "a second")
    print_table(("mailing", "due", *states, "a second", "time left"), rows, numbers=numbers, folds=False)


def _time_left(mailing: MailingStatus) -> str:
    """Return how long the letters that are due take, or how long all wait if none is."""
    from mailer.core.speed import about

    if not mailing.remaining:
        return "" if mailing.total else "no letters yet"
    return about(mailing.left.due or mailing.left.all)


def _print_remarks(mailing: MailingStatus, picture: Picture) -> None:
    """Print what went wrong in a mailing, and its letters in doubt."""
    from mailer.core.doubts import what_next

    if mailing.reason:
        emit_item(f"{name_of(mailing)} is paused: {mailing.reason}")
    elif mailing.last_error:
        emit_item(f"{name_of(mailing)}, last error: {mailing.last_error}")
    if mailing.left.is_drawn_out and mailing.left.all:
        until = picture.now + timedelta(seconds=mailing.left.all)
        emit_item(f"{name_of(mailing)}: some letters wait until {picture.tell(until)}")
    count = len(mailing.doubts)
    if count:
        emit_item(f"{name_of(mailing)}, in doubt: {count} letter{'s' if count > 1 else ''}")
    for doubt in mailing.doubts[:MOST_DOUBTS]:
        following = what_next(doubt, mailing.course, now=picture.now, tell=picture.tell)
        who = f"delivery {doubt.delivery} to {doubt.supporter or 'somebody erased'}"
        emit_item(f"  {who}, since {picture.tell(doubt.since)}: {doubt.why or UNTOLD}; {following}")
    if count > MOST_DOUBTS:
        emit_item(f"  and {count - MOST_DOUBTS} more: `mailer status --json` has them all")
