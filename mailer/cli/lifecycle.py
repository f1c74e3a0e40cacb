"""Which commands release, change and end a campaign? Launch, close, pause, resume, stop, revise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.files import Json
from mailer.cli.launching import confirm, tell_plan
from mailer.cli.terminal import emit, emit_json, is_interactive, say
from mailer.cli.texts import CampaignArgument, MoreTexts, TextOption, fallback_of, read_text, tell_done
from mailer.errors import CampaignFileError, NotFoundError, RelayError, UsageError

if TYPE_CHECKING:
    from mailer.core.campaigns import Closing
    from mailer.wiring import Installation

Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing and hold nothing back.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (launch, close, pause, resume, stop, revise):
        app.command(command.__name__)(command)


def launch(
    ctx: typer.Context,
    campaign: CampaignArgument,
    test: Annotated[
        str, typer.Option("--test", metavar="ADDRESS", help="Send one [TEST] mail there, nothing else.")
    ] = "",
    country: Annotated[str, typer.Option(help="With --test: the country of the reader (GB).")] = "",
    language: Annotated[str, typer.Option(help="With --test: the language of the reader (en).")] = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Approve a campaign and release its alert; nothing is sent before this."""
    from mailer.core.progress import HOLD

    installation: Installation = ctx.obj
    chosen, catalog = installation.campaign(campaign)
    if marks := catalog.marks.get(chosen.id):
        raise CampaignFileError(marks)
    if test:
        return _send_test(installation, chosen.id, test, country, language, as_json=as_json)
    publisher = installation.publisher(catalog)
    rehearsal = installation.settings.is_rehearsal
    plan = publisher.plan_launch(chosen, rehearsal=rehearsal, now=installation.clock())
    tell_plan(plan, installation.relay_label)
    if not yes:
        if not is_interactive():
            raise UsageError("nothing done: there is no terminal to ask at; `--yes` launches without asking")
        confirm(plan)
    publisher.launch(plan, now=installation.clock(), hold=timedelta() if yes else HOLD)
    installation.publish_service(catalog, say)
    if as_json:
        emit_json({"campaign": chosen.id, "mailing": plan.alert.id, "audience": plan.audience, "rehearsal": rehearsal})
    else:
        emit(f"{chosen.id} is launched{' as a rehearsal' if rehearsal else ''}: {plan.audience} supporters")
    if not yes:
        say(f"held for {HOLD.seconds} s - undo: mailer stop {chosen.id}")
    say("`mailer run` sends; `mailer status` shows how far it is")
    return None


def _send_test(
    installation: Installation, campaign: str, address: str, country: str, language: str, *, as_json: bool
) -> None:
    """Send one mail that says it is a test, and record that as a rehearsal."""
    import asyncio

    verdict = asyncio.run(installation.send_test(campaign, address, country=country, language=language))
    say(f"[TEST] mail of {campaign} handed to {installation.relay_label}: {verdict.reason}")
    if not 200 <= verdict.code < 400:
        raise typer.Exit(RelayError.exit_code)
    installation.campaigns.note_trial(campaign, now=installation.clock())
    if as_json:
        emit_json({"campaign": campaign, "mailing": "alert", "audience": 1, "rehearsal": True})


def close(
    ctx: typer.Context,
    campaign: CampaignArgument,
    more: MoreTexts = None,
    text: TextOption = None,
    outcome: Annotated[str, typer.Option(help="released, won, partly, lost or ended.")] = "",
    as_json: Json = False,
) -> None:
    """End a campaign: what is queued stops at once, and everyone who got the alert gets the outcome."""
    installation: Installation = ctx.obj
    chosen, catalog = installation.campaign(campaign)
    closing = _closing([*(text or ()), *(more or ())], outcome, chosen.closing, fallback_of(catalog))
    installation.publisher(catalog).close(chosen, closing, now=installation.clock())
    tell_done(
        campaign, "closing", f"outcome {closing.outcome}; the closing goes out with the next run", as_json=as_json
    )


def _closing(texts: list[str], outcome: str, written: Closing | None, fallback: str) -> Closing:
    """Return the closing that the command's words and the file give together.

    Raises:
        UsageError: the outcome is unknown, or nobody wrote a text.
    """
    from mailer.core.campaigns import Closing, Outcome

    if outcome and outcome not in list(Outcome):
        raise UsageError(f"--outcome {outcome!r} is none of {', '.join(Outcome)}")
    if texts:
        words = read_text(texts, fallback)
        written = replace(written, text=words) if written else Closing(Outcome.ENDED, words)
    if written is None:
        raise UsageError("a closing needs words: --text FILE --outcome released, or `closing:` in the file")
    return replace(written, outcome=Outcome(outcome)) if outcome else written


def pause(ctx: typer.Context, campaign: CampaignArgument, as_json: Json = False) -> None:
    """Hold everything of a campaign until `resume`."""
    _command(ctx, campaign, "paused", as_json=as_json)


def resume(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The campaign's id.", show_default=False)] = "",
    after_restore: Annotated[
        bool, typer.Option("--after-restore", help="Let a database send again that was restored from a backup.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --after-restore: ask nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Go on with a campaign that was paused, by hand or by a brake, or with `sign-up`; after a restore, with all."""
    from mailer.cli.restoring import resume_restored
    from mailer.core.signups import NAME

    installation: Installation = ctx.obj
    if bool(campaign) is after_restore:
        raise UsageError("nothing done: name one campaign, or say --after-restore, which is for all")
    if after_restore:
        return resume_restored(installation, yes=yes, as_json=as_json)
    if campaign == NAME:
        return _resume_sign_up(installation, as_json=as_json)
    _enter_file(installation, campaign)
    return _command(ctx, campaign, "ready", as_json=as_json)


def _resume_sign_up(installation: Installation, *, as_json: bool) -> None:
    """Let those who signed up be asked to confirm again, and count the hour anew.

    Raises:
        NotFoundError: nobody was ever asked.
    """
    from mailer.core.campaigns import Status
    from mailer.core.signups import NAME

    if not installation.signups_store.resume(now=installation.clock()):
        raise NotFoundError("nothing done: nobody signed up yet, so that nothing is held")
    tell_done(
        NAME,
        Status.READY.value,
        "those who signed up are asked to confirm, as soon as `mailer run` works",
        as_json=as_json,
    )


def stop(ctx: typer.Context, campaign: CampaignArgument, as_json: Json = False) -> None:
    """Stop a campaign for good; `close` may follow."""
    _command(ctx, campaign, "stopped", as_json=as_json)


def revise(ctx: typer.Context, campaign: CampaignArgument, as_json: Json = False) -> None:
    """Take the changed file over; letters that have not left yet are made from it."""
    from mailer.flows.command import require

    installation: Installation = ctx.obj
    chosen, catalog = installation.campaign(campaign)
    publisher = installation.publisher(catalog)
    require(installation.campaigns, chosen.id)
    number = publisher.enter(chosen, now=installation.clock())
    tell_done(campaign, f"revision {number}", "in force from the next letter", as_json=as_json)


def _command(ctx: typer.Context, campaign: str, status: str, *, as_json: bool) -> None:
    """Command a campaign and tell how it stands."""
    from mailer.core.campaigns import CampaignId, Status
    from mailer.flows.command import command as give

    installation: Installation = ctx.obj
    record = give(installation.campaigns, CampaignId(campaign), Status(status), now=installation.clock())
    tell_done(campaign, str(record.effective), "in force within the letters in flight", as_json=as_json)


def _enter_file(installation: Installation, campaign: str) -> None:
    """Take the file over if there is one; resuming without it goes on with what was published."""
    from mailer.core.campaigns import CampaignId
    from mailer.flows.command import require

    require(installation.campaigns, CampaignId(campaign))
    if installation.settings.campaigns_file.exists():
        chosen, catalog = installation.campaign(campaign)
        installation.publisher(catalog).enter(chosen, now=installation.clock())
