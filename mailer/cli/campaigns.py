"""Which commands show campaigns? `plan`, `preview` and `status`; none of them changes anything."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import At, Json, moment_of
from mailer.cli.lifecycle import CampaignArgument
from mailer.cli.terminal import emit, emit_json, local, print_table, say

if TYPE_CHECKING:
    from mailer.flows.report import CampaignStatus, MailingStatus, PlannedMailing
    from mailer.wiring import Installation


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("plan")(plan)
    app.command("preview")(preview)
    app.command("status")(status)


def plan(ctx: typer.Context, at: At = "", as_json: Json = False) -> None:
    """Show the mailings that are still to come, with local times and counts."""
    from mailer.cli.planning import planned_mailings

    installation: Installation = ctx.obj
    now = moment_of(at, installation)
    catalog = installation.catalog(now)
    planned = planned_mailings(installation, catalog, now)
    if as_json:
        return emit_json({"mailings": [_planned_values(one) for one in planned]})
    zone = catalog.organisation.timezone if catalog.organisation else "UTC"
    rows = ((p.campaign, p.id, local(p.due, zone), _window(p, zone), p.people, _remark(p)) for p in planned)
    print_table(("campaign", "mailing", "from", "in their own zones", "people", ""), rows, numbers=["people"])
    return None


def _remark(planned: PlannedMailing) -> str:
    """Return what stands between a planned mailing and its supporters."""
    if not planned.launched:
        return "not launched: as if it were now"
    return "rehearsal" if planned.rehearsal else ""


def _window(planned: PlannedMailing, zone: str) -> str:
    """Return until when a mailing's last zone is due, where zones differ."""
    return f"until {local(planned.last, zone)}" if planned.last > planned.due else ""


def _planned_values(planned: PlannedMailing) -> dict[str, object]:
    """Return a planned mailing for programs."""
    return {
        "campaign": planned.campaign,
        "id": planned.id,
        "kind": planned.kind.value,
        "due": planned.due,
        "last": planned.last,
        "people": planned.people,
        "launched": planned.launched,
        "rehearsal": planned.rehearsal,
        "zones": [asdict(zone) for zone in planned.local],
    }


def preview(
    ctx: typer.Context,
    campaign: CampaignArgument,
    mailing: Annotated[str, typer.Option(help="Which mailing.")] = "alert",
    country: Annotated[str, typer.Option(help="The supporter's country (GB).")] = "",
    language: Annotated[str, typer.Option(help="The supporter's language (en).")] = "",
    name: Annotated[str, typer.Option(help="The supporter's name.")] = "",
    email: Annotated[str, typer.Option("--as", metavar="EMAIL", help="Exactly this supporter.")] = "",
    at: At = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write the mail and letters there.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
    as_json: Json = False,
) -> None:
    """Show exactly what a supporter would get; without a choice, one page with the kinds of supporter."""
    from mailer.cli.previewing import Choice, show

    installation: Installation = ctx.obj
    choice = Choice(campaign, mailing, country.upper(), language.lower(), name, email)
    show(installation, choice, moment_of(at, installation), as_json=as_json, out=out, open_it=open_it)


def status(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Only this one.")] = "",
    as_json: Json = False,
) -> None:
    """Show the campaigns, their mailings, and how many letters are in which state."""
    from mailer.core.campaigns import CampaignId
    from mailer.flows.command import require
    from mailer.flows.report import campaign_statuses

    installation: Installation = ctx.obj
    found = campaign_statuses(installation.campaigns, installation.tallies, campaign or None)
    newer = _newer_in_file(installation)
    if campaign:
        require(installation.campaigns, CampaignId(campaign))
    if as_json:
        return emit_json({"campaigns": [{**_status_values(one), "file_is_newer": one.id in newer} for one in found]})
    if not found:
        say("nothing was launched yet; `mailer launch CAMPAIGN` does that")
    for one in found:
        _print_status(one, installation)
    for name, told in newer.items():
        if campaign in ("", name):
            say(f"{name}: {told}")
    return None


def _status_values(status: CampaignStatus) -> dict[str, object]:
    """Return a campaign's status for programs."""
    mailings = [{**asdict(mailing), "kind": mailing.kind.value} for mailing in status.mailings]
    for values, mailing in zip(mailings, status.mailings, strict=True):
        values["counts"] = {state.value: count for state, count in mailing.counts.items()}
    return {**asdict(status), "status": status.status.value, "mailings": mailings}


def _print_status(status: CampaignStatus, installation: Installation) -> None:
    """Print one campaign for people, in the organisation's time."""
    record = installation.campaigns.find(status.id)
    zone = installation.campaigns.revision(status.id, record.revision).organisation.timezone if record else "UTC"
    held = status.hold_until is not None and status.hold_until > installation.clock()
    remarks = ["only rehearsed"] if status.rehearsal else []
    remarks += [f"held until {local(status.hold_until, zone)}"] if held else []
    remarks += [f"last test mail {local(status.tested_at, zone)}"] if status.tested_at else []
    remark = f" ({', '.join(remarks)})" if remarks else ""
    emit(f"{status.id}: {status.status}{remark}")
    rows = (
        (
            f"{mailing.id}{' (rehearsal)' if mailing.rehearsal else ''}",
            local(mailing.due, zone),
            _counts(mailing),
            mailing.reason or mailing.last_reply,
        )
        for mailing in status.mailings
    )
    print_table(("mailing", "due", "letters", "note"), rows)


def _counts(mailing: MailingStatus) -> str:
    """Return the states that have letters, in words."""
    return ", ".join(f"{count} {state}" for state, count in mailing.counts.items() if count) or "none yet"


def _newer_in_file(installation: Installation) -> dict[str, str]:
    """Return what the campaign file says otherwise than what is published, by campaign, in words."""
    from mailer.core.history import carry_over, file_remark

    if not installation.settings.campaigns_file.exists():
        return {}
    file = installation.catalog().campaigns
    found: dict[str, str] = {}
    for record in installation.campaigns.all():
        if record.id not in file or not record.revision or record.is_over:
            continue
        kept = installation.campaigns.revision(record.id, record.revision).campaign
        if remark := file_remark(file[record.id], record):
            found[record.id] = remark
        elif carry_over(file[record.id], kept) != kept:
            found[record.id] = f"the file is newer than what is published; `mailer revise {record.id}` takes it over"
    return found
