"""What do organisers do about embassies? See who answers where, fill in what lacks, refresh: `mailer missions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mailer.cli.files import Json
from mailer.cli.terminal import emit, emit_json, print_table, say
from mailer.errors import MailerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.core.campaigns import Mission
    from mailer.core.coverage import Found
    from mailer.flows.refreshing import Refreshed
    from mailer.wiring import Installation

_CHANNELS = ("email", "fax", "phone", "post", "web")


class _CountryFirst(TyperGroup):
    """A group in which what is no command is a country: `mailer missions KZ` is `mailer missions show KZ`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before a country."""
        names_country = bool(args) and args[0] not in self.commands and not args[0].startswith("-")
        return super().parse_args(ctx, ["show", *args] if names_country else args)


app = typer.Typer(
    cls=_CountryFirst,
    help="Embassies: who answers, by which rule (`mailer missions KZ`), and how to learn of more (refresh).",
    no_args_is_help=True,
)


@app.command()
def show(
    ctx: typer.Context,
    of: Annotated[str, typer.Argument(metavar="COUNTRY", help="Whose embassies (KZ).")],
    country: Annotated[str, typer.Option(help="For supporters in this country alone (DE).")] = "",
    campaign: Annotated[str, typer.Option(help="With this campaign's audience and rows.")] = "",
    template: Annotated[bool, typer.Option("--template", help="Print rows to fill in, for the file.")] = False,
    as_json: Json = False,
) -> None:
    """Show what supporters would get for an embassy, country by country: by which rule, of which day and source."""
    from mailer.adapters.catalog.mission_rows import mission_template

    home: Installation = ctx.obj
    found = _look_up(home, _code(of), _code(country) if country else "", campaign)
    if template:
        return emit(mission_template(_code(of), found))
    if as_json:
        return emit_json({"of": _code(of), "countries": [_found_values(each) for each in found]})
    print_table(("country", "people", "rule", "mission", "ways", "as of", "source"), map(_cells, found), folds=False)
    return _tell_gaps(found)


def _code(country: str) -> str:
    """Return an ISO 3166 code.

    Raises:
        UsageError: it is none.
    """
    from mailer.adapters.catalog.places import COUNTRIES

    if country.upper() not in COUNTRIES:
        raise UsageError(f"{country!r} is no country: two letters of ISO 3166, e.g. KZ, GB, TR")
    return country.upper()


def _look_up(home: Installation, of: str, country: str, campaign: str) -> tuple[Found, ...]:
    """Return what answers in each country of the audience, or in one; without supporters, wherever a row is."""
    from mailer.core.coverage import look_up
    from mailer.core.retirement import Retired

    own, barred = _rows_of_file(home, campaign)
    rows = (*own, *home.missions.of({of}, barred=barred))
    has_list = home.has_database and home.settings.key_file.exists()
    retired = Retired(home.answers.retired_values() if has_list else frozenset())
    people = _people(home, campaign) if has_list else {}
    if country:
        people = {country: people.get(country) if people else None}
    elif not people:
        say("no supporters yet: every country in which a mission is known is shown")
        people = dict.fromkeys(sorted({row.host for row in rows if row.of == of and row.host}))
    return look_up(of, people, map(retired.of_mission, rows))


def _rows_of_file(home: Installation, campaign: str) -> tuple[tuple[Mission, ...], tuple[str, ...]]:
    """Return the rows of one campaign, or of all, and what no campaign may list."""
    try:
        chosen, catalog = home.campaign(campaign) if campaign else (None, home.catalog())
    except MailerError as error:
        if campaign:
            raise
        say(f"without the campaign file: {str(error).splitlines()[0]}")
        return (), ()
    campaigns = [chosen] if chosen else list(catalog.campaigns.values())
    barred = catalog.organisation.never_target if catalog.organisation else ()
    return tuple(row for each in campaigns for row in each.missions), barred


def _people(home: Installation, campaign: str) -> Mapping[str, int | None]:
    """Return how many supporters there are in each country, of a campaign's audience or of all."""
    from mailer.core.audience import audience_of, select
    from mailer.core.campaigns import AudienceRule, Safety

    everybody = select(AudienceRule(), Safety(), ())
    chosen = audience_of(home.campaign(campaign)[0], home.vault.hash_tag) if campaign else everybody
    people: dict[str, int | None] = {}
    for cohort in home.filling.cohorts(chosen):
        people[cohort.country] = (people.get(cohort.country) or 0) + cohort.count
    return people


def _cells(found: Found) -> tuple[str, ...]:
    """Return one country as a row of the table."""
    people = "" if found.people is None else f"{found.people:,}"
    row = found.mission
    if row is None or found.resolution is None:
        return found.country or "unknown", people, "nobody", _silence(found), "", "", ""
    ways = ", ".join(f"{name} {'; '.join(value)}" for name, value in _ways(row).items())
    asked = str(row.checked or "")
    return (
        found.country or "unknown",
        people,
        found.resolution.rule,
        row.name or f"{row.kind}, {row.city}".rstrip(", "),
        ways,
        asked,
        row.source,
    )


def _ways(row: Mission) -> dict[str, tuple[str, ...]]:
    """Return by what a mission is reached; a page is only where no letter goes, to find the address there."""
    given = {name: getattr(row, name) for name in _CHANNELS}
    values = {name: value if isinstance(value, tuple) else (value,) for name, value in given.items() if value}
    if row.email or row.fax or row.post:
        values.pop("web", None)
    return {"only a page:": values["web"]} if set(values) == {"web"} else values


def _silence(found: Found) -> str:
    """Return which mission is known, though nobody can be reached there."""
    names = sorted({row.name + (f" (gone since {row.gone})" if row.gone else "") for row in found.silent})
    return f"known without any address: {'; '.join(names)}" if names else ""


def _tell_gaps(found: tuple[Found, ...]) -> None:
    """Tell how much is missing, and what to do about it."""
    enough = sum(each.is_enough for each in found)
    say(f"letters reach a mission in the supporter's own country in {enough} of {len(found)} countries")
    if enough < len(found):
        say("Next: `mailer missions COUNTRY --template` prints rows for your campaign file")


def _found_values(found: Found) -> dict[str, object]:
    """Return one country for programs."""
    resolution = found.resolution
    return {
        "country": found.country,
        "people": found.people,
        "rule": resolution.rule if resolution else None,
        "missions": [_mission_values(row) for row in resolution.missions] if resolution else [],
        "known_without_address": [_mission_values(row) for row in found.silent],
    }


def _mission_values(row: Mission) -> dict[str, object]:
    """Return a mission for programs."""
    names = ("of", "host", "kind", "city", "name", *_CHANNELS, "accredited", "checked", "source", "gone")
    return {name: getattr(row, name) for name in names}


@app.command()
def refresh(
    ctx: typer.Context,
    osm: Annotated[bool, typer.Option("--osm", help="Ask OpenStreetMap too (ODbL; its rows are credited).")] = False,
    as_json: Json = False,
) -> None:
    """Bring the directory up to date from Wikidata; what changes is printed, and the old file is kept."""
    from mailer.flows.refreshing import refresh as bring_up_to_date

    home: Installation = ctx.obj
    told = {}
    for name, source, shelf in home.mission_sources(openstreetmap=osm):
        say(f"asking {name}: this takes a few minutes")
        done = bring_up_to_date(source, shelf, home.clock().date())
        if not as_json:
            _tell_refreshed(name, done)
        told[name] = _refreshed_values(done)
    if as_json:
        emit_json({"sources": told})
    say(f"kept in {home.settings.data_folder}; what was there before ends with .old")
    say("Next: look at what changed; `mailer revise CAMPAIGN` takes it into a campaign that is running")


def _tell_refreshed(name: str, done: Refreshed) -> None:
    """Print what a refresh changed, row by row, and its numbers."""
    renewal = done.renewal
    for row in renewal.new:
        emit(f"new       {_brief(row)}")
    for change in renewal.changed:
        told = "; ".join(
            f"{column}: {_said(getattr(change.before, column))} -> {_said(getattr(change.after, column))}"
            for column in change.columns
        )
        emit(f"changed   {_brief(change.after)}: {told}")
    for row in renewal.vanished:
        emit(f"vanished  {_brief(row)}")
    counts = {"new": renewal.new, "changed": renewal.changed, "vanished": renewal.vanished}
    say(f"{name}: {len(renewal.rows):,} rows; {', '.join(f'{len(rows):,} {what}' for what, rows in counts.items())}")
    if done.dropped:
        say(f"dropped, as they are not what they should be: {_counted(done.dropped)}")


def _brief(row: Mission) -> str:
    """Return a mission in a line."""
    return f"{row.of or '?'} in {row.host or '?'}: {row.kind}, {row.name} ({row.source})"


def _said(value: object) -> str:
    """Return a value of a row in words."""
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value or "none")


def _counted(dropped: Mapping[str, int]) -> str:
    """Return how many values of which column were dropped."""
    return ", ".join(f"{column} {count:,}" for column, count in sorted(dropped.items()))


def _refreshed_values(done: Refreshed) -> dict[str, object]:
    """Return what a refresh changed, for programs."""
    renewal = done.renewal
    return {
        "rows": len(renewal.rows),
        "new": [_mission_values(row) for row in renewal.new],
        "changed": [{**_mission_values(change.after), "columns": change.columns} for change in renewal.changed],
        "vanished": [_mission_values(row) for row in renewal.vanished],
        "dropped": dict(done.dropped),
    }
