"""What `mailer missions` shows of embassies, and what it gives organisers to fill in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mailer.adapters.mission_files import keep_rows
from mailer.adapters.missions import REFRESHED
from mailer.cli.main import app as mailer
from mailer.cli.missions import app
from mailer.core.enrolment import Applicant
from mailer.errors import MailerError, UsageError
from mailer.flows.retire import retire
from mailer.wiring import Installation
from tests.campaign_files import COURT, ORGANISATION, file, loaded
from tests.databases import enter_all
from tests.homes import begin_with, installed
from tests.letter_parts import mission

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EMBASSY = f"{COURT}      - {{id: embassy, embassy_of: KZ}}\n"
ROWS = "    missions: [{of: KZ, in: FR, name: Embassy, email: paris@embassy.example, checked: 2026-11-01}]\n"
PEOPLE = ("GB", "GB", "CH", "FR", "IS", "AT")


def home(folder: Path, text: str = "") -> Installation:
    """Return an installation with this campaign file, and a few supporters."""
    begin_with(folder, text or file(ROWS, targets=EMBASSY))
    installation = installed(folder, lambda: NOW)
    enter_all(
        installation.supporters,
        *(Applicant(f"p{number}@people.example", country=code, language="en") for number, code in enumerate(PEOPLE)),
    )
    return installation


def run(installation: Installation, *argv: str) -> Result:
    """Run a command of `mailer missions`."""
    return CliRunner().invoke(app, list(argv), obj=installation)


def shown(installation: Installation, *argv: str) -> dict[str, dict[str, Any]]:
    """Return what is told of each country, for programs."""
    told = json.loads(run(installation, *argv, "--json").stdout)
    return {each["country"]: each for each in told["countries"]}


def test_each_country_of_the_supporters_is_told_with_its_rule(tmp_path):
    """The campaign's row, the directory's, a page alone, a mission that reaches nobody, and none at all."""
    found = shown(home(tmp_path), "kz")

    assert list(found) == ["GB", "AT", "CH", "FR", "IS"]
    assert (found["GB"]["people"], found["GB"]["rule"]) == (2, "own")
    assert {name: len(each["missions"]) for name, each in found.items()} == {
        "GB": 1,
        "AT": 0,
        "CH": 1,
        "FR": 1,
        "IS": 0,
    }
    assert found["CH"]["missions"][0]["email"] == "bern@mfa.kz"
    assert found["CH"]["missions"][0]["checked"] == "2022-11-16"
    assert found["FR"]["missions"][0]["source"] == "campaign"
    assert found["AT"]["known_without_address"][0]["city"] == "Vienna"


def test_people_read_it_as_a_table(tmp_path):
    """A page alone is called one, and how many countries letters reach is told."""
    result = run(home(tmp_path), "KZ")

    assert "only a page: https://www.gov.kz/memleket/entities/mfa-london" in result.stdout
    assert "known without any address: Embassy of Kazakhstan, Vienna" in result.stdout
    assert "letters reach a mission in the supporter's own country in 2 of 5 countries" in result.stderr


def test_one_country_or_one_campaign_can_be_asked_for(tmp_path):
    """A country in which nobody lives is no mistake, a campaign that there is not is one."""
    installation = home(tmp_path)

    assert list(shown(installation, "KZ", "--country", "de")) == ["DE"]
    assert shown(installation, "KZ", "--campaign", "case") == shown(installation, "KZ")
    for wrong in (["KZ", "--campaign", "none"], ["Kazakhstan"], ["KZ", "--country", "UK"]):
        assert isinstance(run(installation, *wrong).exception, MailerError)
    assert isinstance(run(installation, "xx").exception, UsageError)


def test_without_supporters_and_file_the_directory_is_shown(tmp_path):
    """Nothing has to be set up to look something up."""
    result = run(installed(tmp_path, lambda: NOW), "KZ")

    assert result.exit_code == 0
    assert "bern@mfa.kz" in result.stdout
    assert "without the campaign file" in result.stderr


def test_what_was_retired_or_barred_is_not_shown(tmp_path):
    """What is shown is what a pack would have."""
    barred = ORGANISATION.replace("hospital.example", "embassy.example")
    installation = home(tmp_path, file(targets=EMBASSY, organisation=barred))
    retire("bern@mfa.kz", "they asked", store=installation.answers, campaigns=installation.campaigns, now=NOW)

    found = shown(installation, "KZ")

    assert found["CH"]["missions"][0]["email"] == ""
    assert found["CH"]["missions"][0]["phone"] == "+41313517969"


def test_rows_to_fill_in_are_rows_of_a_campaign(tmp_path):
    """What is printed is valid as it is, and has only the countries in which letters reach nobody."""
    printed = run(home(tmp_path), "KZ", "--template").stdout
    rows = "".join(f"    {line}\n" for line in printed.splitlines())

    missions = loaded(file(rows, targets=EMBASSY)).missions

    assert "# Letters already reach a mission in: CH, FR" in printed
    assert "  # United Kingdom, supporters: 2\n" in printed
    assert [(row.of, row.host, row.city) for row in missions] == [
        ("KZ", "GB", "City of Westminster"),
        ("KZ", "AT", "Vienna"),
        ("KZ", "IS", ""),
    ]
    assert missions[0].web == "https://www.gov.kz/memleket/entities/mfa-london"


def test_a_row_for_norway_is_not_false(tmp_path):
    """Its code is in quotes, whatever reads it."""
    printed = run(home(tmp_path), "NO", "--template", "--country", "SE").stdout

    assert '- of: "NO"' in printed


@pytest.mark.parametrize("argv", [["--help"], []])
def test_help_names_both_commands(tmp_path, argv):
    """A country is put before nothing but a country."""
    result = run(installed(tmp_path, lambda: NOW + timedelta()), *argv)

    assert "show" in result.output
    assert "refresh" in result.output


def test_check_tells_how_well_the_embassies_are_known(tmp_path):
    """In the audience's own countries, with the campaign's rows."""
    result = CliRunner().invoke(mailer, ["check"], obj=home(tmp_path))

    assert "embassy: e-mail or address for 2 of your 5 countries, 2 people get a web page only, 2 people get none" in (
        result.stdout
    )


def test_what_is_published_has_the_refreshed_rows_that_answer(tmp_path):
    """The freezer takes the directory beside the database, without rows that reach nobody."""
    installation = home(tmp_path)
    rows = [mission("GB", source="Wikidata Q1"), mission("DE", source="Wikidata Q2", email="")]
    keep_rows(installation.settings.data_folder / REFRESHED, rows, "refreshed")
    campaign, catalog = installation.campaign("case")

    assert installation.freezer(catalog).assemble(campaign).missions == (rows[0],)
