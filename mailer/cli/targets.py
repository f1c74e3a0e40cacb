"""What do organisers do about targets that supporters reported, or who asked to be left alone? `mailer targets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.terminal import emit, emit_json, local, print_table, say

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.core.counting import Reported
    from mailer.flows.retire import Retirement
    from mailer.wiring import Installation

app = typer.Typer(help="Whom supporters write to: who is left alone, and what does not work.", no_args_is_help=True)


@app.command()
def retire(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An address, number, web page or postal address.")],
    reason: Annotated[str, typer.Option(help="Who asked for it, and when.")],
    as_json: Json = False,
) -> None:
    """Take an official who asked for it out of every campaign, before the next letter; for good."""
    from mailer.flows.retire import retire as take_out

    home: Installation = ctx.obj
    done = take_out(address, reason, store=home.answers, campaigns=home.campaigns, now=home.clock())
    if as_json:
        return emit_json({"value": done.value, "new": done.is_new, "campaigns": list(done.campaigns)})
    emit(_retired_in_words(done))
    return None


def _retired_in_words(done: Retirement) -> str:
    """Return what retiring did."""
    when = "is in no letter from now on" if done.is_new else "was retired before"
    if done.campaigns:
        return f"{done.value} {when}; it was listed by {', '.join(done.campaigns)}: take it out of the file too"
    return f"{done.value} {when}; no published campaign lists it: is it spelled as there?"


@app.command("list")
def list_all(ctx: typer.Context, as_json: Json = False) -> None:
    """List what was retired, the newest first."""
    home: Installation = ctx.obj
    found = home.answers.retirements()
    if as_json:
        retired = [{"value": each.value, "reason": each.reason, "at": each.at} for each in found]
        return emit_json({"retired": retired})
    if not found:
        say("nothing was retired; `mailer targets retire ADDRESS --reason TEXT` does that")
    else:
        rows = ((each.value, local(each.at, "UTC"), each.reason) for each in found)
        print_table(("retired", "since", "why"), rows)
    return None


@app.command()
def reports(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Only this one.")] = "",
    dismiss: Annotated[
        str, typer.Option("--dismiss", metavar="TARGET", help="The reports of this target are wrong: forget them.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Show which channels supporters say do not work; three of them take one out of the letters."""
    from mailer.cli.results import report_in_words, report_values
    from mailer.errors import UsageError

    home: Installation = ctx.obj
    if dismiss:
        if not campaign:
            raise UsageError("--dismiss needs the campaign: `mailer targets reports CAMPAIGN --dismiss TARGET`")
        return _dismiss(home, campaign, dismiss, as_json=as_json)
    found = _reported(home, campaign)
    if as_json:
        values = [{"campaign": name, **report_values(*told)} for name, all_told in found.items() for told in all_told]
        return emit_json({"reports": values})
    for name, all_told in found.items():
        for told in all_told:
            emit(f"{name}: {report_in_words(*told)}")
    if not any(found.values()):
        say("nobody reported anything")
    return None


def _reported(home: Installation, campaign: str) -> dict[str, list[tuple[Reported, datetime | None]]]:
    """Return what supporters reported, and since when (UTC) that is in no letter, by campaign.

    Raises:
        NotFoundError: there is no such campaign.
    """
    from mailer.core.campaigns import CampaignId
    from mailer.flows.command import require

    if campaign:
        require(home.campaigns, CampaignId(campaign))
    chosen = [record.id for record in home.campaigns.all() if campaign in ("", record.id)]
    since = {name: home.answers.dead_since(name) for name in chosen}
    return {name: [(each, since[name].get(each.value)) for each in home.answers.reported(name)] for name in chosen}


def _dismiss(home: Installation, campaign: str, target: str, *, as_json: bool) -> None:
    """Forget the reports of one target."""
    from mailer.flows.retire import dismiss_reports

    count = dismiss_reports(campaign, target, store=home.answers, campaigns=home.campaigns)
    if as_json:
        return emit_json({"campaign": campaign, "target": target, "dismissed": count})
    emit(f"reports of {target} that are forgotten: {count}; its channels are in the letters again")
    return None
