"""Which commands show what is to come? `plan` and `preview`; neither changes anything."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import At, Json, moment_of
from mailer.cli.terminal import emit_json, local, print_table
from mailer.cli.texts import CampaignArgument

if TYPE_CHECKING:
    from mailer.flows.upcoming import PlannedMailing
    from mailer.wiring import Installation


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("plan")(plan)
    app.command("preview")(preview)


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
    kinds: Annotated[str, typer.Option(metavar="DE:de,KZ:kk", help="These countries and languages, at once.")] = "",
    at: At = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write mails and pieces there.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
    variants: Annotated[
        bool, typer.Option("--variants", help="Show all blocks that letters are made of, and how many texts result.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show exactly what a supporter would get; without a choice, one page with the kinds of supporter."""
    from mailer.cli.previewing import Choice, parse_kinds, show
    from mailer.cli.variants import show_variants

    installation: Installation = ctx.obj
    if variants:
        return show_variants(
            installation, campaign, moment_of(at, installation), language=language.lower(), as_json=as_json
        )
    choice = Choice(campaign, mailing, country.upper(), language.lower(), name, email, parse_kinds(kinds))
    return show(installation, choice, moment_of(at, installation), as_json=as_json, out=out, open_it=open_it)
