"""Which commands look at files alone? `init`, `check` and `schema`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mailer.cli.terminal import emit, emit_json, say
from mailer.errors import CampaignFileError, UsageError

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog
    from mailer.errors import Problem
    from mailer.wiring import Installation

At = Annotated[str, typer.Option("--at", metavar="TIME", help="As if it were this time (2026-12-01 09:00 is UTC).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("check")(check)
    app.command("schema")(schema)


def moment_of(at: str, installation: Installation) -> datetime:
    """Return the moment that `--at` names (UTC unless it carries an offset), else the present one.

    Raises:
        UsageError: it is no time.
    """
    if not at:
        return installation.clock()
    try:
        named = datetime.fromisoformat(at)
    except ValueError:
        raise UsageError(f"--at {at!r} is no time; right would be 2026-12-01 09:00 or 2026-12-01T09:00+01:00") from None
    return named if named.tzinfo else named.replace(tzinfo=ZoneInfo("UTC"))


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to begin; made if missing.")] = Path(),
) -> None:
    """Begin here: a commented campaigns.yaml (as a draft), .env, and a key; nothing is overwritten."""
    from mailer.adapters.starting import begin

    installation: Installation = ctx.obj
    for line in begin(folder, installation.settings.key_file, installation.random_bytes):
        say(line)
    say(f"Next: write your campaign into {folder / 'campaigns.yaml'}, then run `mailer check`.")
    say("Is there an appeal already: a text, a web page, a mail? `mailer draft FILE --add` makes a campaign of it.")


def check(ctx: typer.Context, at: At = "", as_json: Json = False) -> None:
    """Tell everything that is wrong or doubtful in the campaign file, each with its line."""
    installation: Installation = ctx.obj
    now = moment_of(at, installation)
    try:
        catalog = installation.catalog(now)
    except CampaignFileError as error:
        _tell_problems(error.problems, (), as_json=as_json)
        raise typer.Exit(error.exit_code) from None
    found = (_history_problems, _coverage, _retired, _one_by_one)
    problems = (*catalog.problems, *(problem for look in found for problem in look(installation, catalog)))
    _tell_problems(problems, tuple(catalog.campaigns), as_json=as_json)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(CampaignFileError.exit_code)


def _tell_problems(problems: tuple[Problem, ...], campaigns: tuple[str, ...], *, as_json: bool) -> None:
    """Print the problems, errors first, and how many there are."""
    errors = sum(problem.severity == "error" for problem in problems)
    problems = tuple(sorted(problems, key=lambda p: (p.severity != "error", p.file, p.line, p.column)))
    if as_json:
        emit_json({"ok": not errors, "problems": [asdict(p) for p in problems], "campaigns": list(campaigns)})
        return
    for problem in problems:
        emit(str(problem))
    say(f"campaigns that can be sent: {len(campaigns)}; errors: {errors}; warnings: {len(problems) - errors}")


def _history_problems(installation: Installation, catalog: Catalog) -> tuple[Problem, ...]:
    """Return what the file says against what has gone out; nothing without a database."""
    from mailer.core.history import contradictions, remarks

    if not installation.has_database or not installation.settings.key_file.exists():
        return ()
    found = []
    for campaign in catalog.campaigns.values():
        record = installation.campaigns.find(campaign.id)
        if record is not None:
            slots = installation.campaigns.mailings(campaign.id)
            found += [catalog.problem_at(campaign.id, told) for told in contradictions(campaign, record, slots)]
            noted = remarks(campaign, record, slots)
            found += [catalog.problem_at(campaign.id, told, severity="warning") for told in noted]
    return tuple(found)


def _one_by_one(installation: Installation, catalog: Catalog) -> tuple[Problem, ...]:
    """Return which of the organiser's own templates keep mails from being made by the thousand; ours do not."""
    if not installation.templates.has_own("mail") or catalog.organisation is None:
        return ()
    freezer, found = installation.freezer(catalog), []
    for campaign in catalog.campaigns.values():
        told = freezer.unmarkable(freezer.assemble(campaign))
        slow = "so these mails are rendered one by one, about twenty times slower"
        found += [catalog.problem_at(campaign.id, f"{reason}, {slow}", severity="warning") for reason in told]
    return tuple(found)


def _coverage(installation: Installation, catalog: Catalog) -> tuple[Problem, ...]:
    """Return how many of the audience's countries have an embassy with an address; nothing without supporters."""
    from mailer.core.audience import audience_of
    from mailer.core.coverage import coverage_of

    with_embassy = [c for c in catalog.campaigns.values() if any(target.mission_of for target in c.targets)]
    if not with_embassy or not installation.has_database or not installation.settings.key_file.exists():
        return ()
    wanted = {target.mission_of for c in with_embassy for target in c.targets if target.mission_of}
    barred = catalog.organisation.never_target if catalog.organisation else ()
    directory = installation.missions.of(wanted, barred=barred)
    found = []
    for campaign in with_embassy:
        cohorts = installation.filling.cohorts(audience_of(campaign, installation.vault.hash_tag))
        told = str(coverage_of(campaign, directory, cohorts))
        found += [catalog.problem_at(campaign.id, told, severity="warning")] if told else []
    return tuple(found)


def _retired(installation: Installation, catalog: Catalog) -> tuple[Problem, ...]:
    """Return what the file lists although it was retired; nothing without a database."""
    from mailer.core.listings import listings
    from mailer.core.retirement import Retired

    if not installation.has_database or not installation.settings.key_file.exists():
        return ()
    retired = Retired(installation.answers.retired_values())
    return tuple(
        catalog.problem_at(
            campaign.id,
            f"{listing.where}: {listing.value} was retired, and is in no letter: take it "
            "out; `mailer targets list` tells why",
            severity="warning",
        )
        for campaign in catalog.campaigns.values()
        for listing in retired.among(listings(campaign))
    )


def schema(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the campaign reference instead.")] = False,
) -> None:
    """Print the JSON Schema of the campaign file, for editors."""
    from mailer.adapters.catalog import json_schema, reference_markdown

    if markdown:
        emit(reference_markdown().rstrip())
    else:
        emit_json(json_schema())
