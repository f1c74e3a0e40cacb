"""The files that a new organiser begins with, read as the product reads them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import phonenumbers
import pytest

from mailer.adapters.applicants import COLUMNS, read_applicant
from mailer.adapters.catalog import Catalog, load_catalog
from mailer.adapters.starting import campaigns_as_drafts, campaigns_text, supporters_path
from mailer.adapters.templates import Templates
from mailer.core.campaigns import Campaign, CampaignId, Outcome, Status
from mailer.core.targets import Risk, Target, Tone
from mailer.settings import SETTING_NAMES, read_settings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = ROOT / ".env.example"
DOMAIN = re.compile(r"(?:@|https?://)([A-Za-z0-9.-]+)")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The sample campaign file, loaded."""
    return load_catalog(ROOT / "campaigns.yaml", templates=Templates(), now=NOW)


def campaign(catalog: Catalog, campaign_id: str) -> Campaign:
    """One of the sample campaigns."""
    return catalog.campaigns[CampaignId(campaign_id)]


def target(wanted: Campaign, target_id: str) -> Target:
    """One target of a campaign."""
    return next(each for each in wanted.targets if each.id == target_id)


def test_the_sample_is_right(catalog: Catalog) -> None:
    """No errors, and one kind of warning: May Day's Russian letters are too long for a mail link, which is honest."""
    assert {problem.severity for problem in catalog.problems} <= {"warning"}
    others = [str(each) for each in catalog.problems if "too long for a mail link" not in each.message]
    assert others == []
    assert {each.where.split(",")[0] for each in catalog.problems} <= {"campaign mayday-2011"}


def test_one_campaign_runs_one_is_closed_and_the_rest_are_drafts(catalog: Catalog) -> None:
    """The statuses are those that the file's head promises."""
    assert Counter(each.status for each in catalog.campaigns.values()) == {
        Status.READY: 1,
        Status.CLOSED: 1,
        Status.DRAFT: 2,
    }


def test_the_running_campaign_has_all_that_the_demo_plays(catalog: Catalog) -> None:
    """An alert, two reminders, an event to come and an end; in the four languages of the sample supporters."""
    running = campaign(catalog, "jailing-2010")

    assert [mailing.id for mailing in running.mailings] == ["alert", "reminder-after-3d", "reminder-before-appeal-24h"]
    assert running.event("appeal").at > NOW
    assert running.closing is not None
    assert running.closing.outcome is Outcome.RELEASED
    assert running.closing.statement is not None
    for text in (running.title, running.summary, running.closing.text, running.demands[0].text):
        assert set(text.by_language) == {"en", "ru", "de", "fr"}


def test_the_jailing_asks_a_prosecutor_and_the_own_embassy(catalog: Catalog) -> None:
    """One e-mail, one embassy in the supporter's country, and a copy of both."""
    running = campaign(catalog, "jailing-2010")

    assert target(running, "prosecutor").email
    assert target(running, "embassy").embassy_of == "KZ"
    assert running.copies_to == ("desk@solidarity.example",)


def test_may_day_has_eight_demands_and_every_kind_of_target(catalog: Catalog) -> None:
    """Two slogans, a court until its trial, three offices by e-mail, one by phone alone, and two copies."""
    may_day = campaign(catalog, "mayday-2011")
    court, office = target(may_day, "court"), target(may_day, "administration")

    assert (len(may_day.demands), sum(demand.slogan for demand in may_day.demands)) == (8, 2)
    assert court.fax
    assert court.phone
    assert court.until == may_day.event("trial").at
    assert [each.id for each in may_day.targets if each.email] == ["security-service", "police", "ministry"]
    assert [each.id for each in may_day.targets if each.risk is Risk.HIGH] == ["security-service"]
    assert office.phone is not None
    assert (office.email, office.fax, office.post, office.web) == ("", "", (), None)
    assert len(may_day.copies_to) == 2


def test_the_court_can_still_be_reached_when_the_alert_goes_out(catalog: Catalog) -> None:
    """Alert and trial are on one day, and the alert comes first."""
    may_day = campaign(catalog, "mayday-2011")
    alert, trial = may_day.mailings[0].at, may_day.event("trial").at

    assert alert is not None
    assert alert < trial
    assert alert.date() == trial.date()


def test_the_beating_has_two_forms_a_picket_and_a_private_address(catalog: Catalog) -> None:
    """Web forms tell where to click, the picket is for everybody, and solidarity is not public."""
    beating = campaign(catalog, "beating-2009")
    forms = [each.web for each in beating.targets if each.web]

    assert [form.hint is not None for form in forms] == [True, True]
    assert [(picket.public, picket.country) for picket in beating.pickets] == [(True, "")]
    assert (target(beating, "ainur").tone, target(beating, "ainur").public) == (Tone.SOLIDARITY, False)
    assert beating.closing is not None
    assert beating.closing.next == "jailing-2010"


def test_the_evictions_copy_only_the_messages_of_support(catalog: Catalog) -> None:
    """Embassies and consulates get protests, of which nobody gets a copy."""
    evictions = campaign(catalog, "evictions-2007")

    assert target(evictions, "embassy").consulates
    assert evictions.copies_to == ()
    assert target(evictions, "residents").copies_to == ("desk@solidarity.example",)


@pytest.mark.parametrize("name", ["campaigns.yaml", ".env.example", "mailer/samples/supporters.csv"])
def test_every_address_is_reserved_for_examples(name: str) -> None:
    """No sample can ever reach somebody: all domains end in .example, are this machine, or are asked for embassies."""
    domains = DOMAIN.findall((ROOT / name).read_text(encoding="utf-8"))
    services = {"query.wikidata.org", "overpass-api.de"} if name == ".env.example" else set()

    assert domains
    assert {domain for domain in domains if not domain.endswith(".example")} <= {"127.0.0.1", "host", *services}


def test_every_number_is_reserved_for_fiction() -> None:
    """Phone numbers are valid and from the range that Ofcom keeps for drama."""
    numbers = re.findall(r'"(\+[0-9 ]+)"', campaigns_text())

    assert len(numbers) >= 3
    assert all(number.startswith("+44 20 7946 0") for number in numbers)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)


def test_a_new_organiser_gets_drafts_with_all_comments(tmp_path: Path) -> None:
    """`init` hands out the same file with every status at draft, so that nothing of it can be launched."""
    given, shipped = campaigns_as_drafts(), campaigns_text()
    path = tmp_path / "campaigns.yaml"
    path.write_text(given, encoding="utf-8")
    drafts = load_catalog(path, templates=Templates(), now=NOW)

    assert {each.status for each in drafts.campaigns.values()} == {Status.DRAFT}
    changed = [line for line, old in zip(given.splitlines(), shipped.splitlines(), strict=True) if line != old]
    assert [line.split("#")[0].strip() for line in changed] == ["status: draft"] * 2
    assert not [problem for problem in drafts.problems if problem.severity == "error"]


def test_there_are_24_supporters_in_ten_countries_and_four_languages() -> None:
    """Every line is one that the import takes, and no address stands there twice."""
    with supporters_path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = [read_applicant(row) for row in rows]

    assert tuple(rows[0]) == COLUMNS
    assert len({person.email for person in people}) == len(rows) == 24
    assert len({person.country for person in people}) == 10
    assert {person.language for person in people} == {"en", "ru", "de", "fr"}


def test_the_supporters_show_every_case() -> None:
    """Some have no name, some hide theirs, some want solidarity only, and some live where a rule holds."""
    with supporters_path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert "" in {row["name"] for row in rows}
    assert {row["safety"] for row in rows} == {"full", "initials", "solidarity"}
    assert {"KZ", "RU", "TR"} <= {row["country"] for row in rows}
    assert {"email", "fax", "phone", "post"} <= {row["best_way"] for row in rows}


def settings_in_the_example() -> dict[str, str]:
    """The commented settings of .env.example with the values that stand there."""
    return dict(re.findall(r"^# (MAILER_[A-Z_]+)=(.*)$", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_example_lists_every_setting_and_no_other() -> None:
    """What is not in .env.example is not known to the settings, and the other way round."""
    secrets = {"MAILER_RELAY_URL_FILE", "MAILER_DATABASE_URL_FILE", "MAILER_MAILBOX_URL_FILE"}

    assert set(settings_in_the_example()) == {f"MAILER_{name.upper()}" for name in SETTING_NAMES} | secrets


def test_the_example_sets_nothing_by_itself() -> None:
    """Copied as it is, the file changes no default."""
    lines = SETTINGS.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_defaults_are_those_that_the_example_tells(tmp_path: Path) -> None:
    """With every comment sign taken away the settings are the same as without the file."""
    home = {"HOME": str(tmp_path)}

    assert read_settings({**home, **settings_in_the_example()}, tmp_path) == read_settings(home, tmp_path)


def test_every_setting_is_explained() -> None:
    """A comment in words stands before each setting."""
    lines = SETTINGS.read_text(encoding="utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if line.startswith("# MAILER_")]

    assert [lines[number] for number in settings if not re.match(r"# .*[.:]|#   ", lines[number - 1])] == []


def test_the_licence_is_the_whole_agpl() -> None:
    """The text is complete: preamble, seventeen sections and the end."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3")
    assert [int(number) for number in re.findall(r"^  (\d+)\. ", text, re.MULTILINE)] == list(range(18))
    assert "END OF TERMS AND CONDITIONS" in text


def test_versions_are_pinned_by_name_alone() -> None:
    """constraints.txt holds names and versions, and no address of any kind."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not re.fullmatch(r"[a-zA-Z0-9._-]+==[a-zA-Z0-9.+]+", line)] == []


def test_every_direct_dependency_is_pinned() -> None:
    """A fresh checkout installs the versions that were tested."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.findall(r'^    "([a-zA-Z0-9_-]+)(?:\[[a-z]+\])?[<>=]', project, re.MULTILINE)
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}

    assert len(declared) > 20
    assert {name.lower() for name in declared} - pinned == set()
