"""The supporter's own page as plain values: the mail's twin, with edits, states and no surname."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mailer.core.actionview import ActionPage, action_view
from mailer.core.campaigns import CampaignId, Status
from mailer.core.counting import Answers
from mailer.core.edits import LONGEST_TEXT, Edit
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.mailview import mail_view
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.visits import (
    Choices,
    Standing,
    as_shown,
    ends_at,
    letter_languages,
    nobody,
    standing_of,
    with_letters_in,
)
from mailer.core.webmail import WEBMAILS
from tests import letter_parts, samples

LAUNCHED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def page(language: str = "en", **changes: Any) -> ActionPage:
    """Return the page of the sample supporter, with a city and a pack made by hand."""
    shown = as_shown(samples.supporter(language), language, samples.campaign())
    given = ActionPage(samples.offline_revision(), shown, samples.pack(language), samples.NOW)
    return replace(given, **changes)


def flat(value: Any) -> str:
    """Return everything in plain values as one text; what is not plain fails."""
    if isinstance(value, dict):
        return "\n".join(flat(each) for pair in value.items() for each in pair)
    if isinstance(value, tuple):
        return "\n".join(map(flat, value))
    assert value is None or isinstance(value, str | int | bool), type(value)
    return str(value)


def task(view: Any, key: str) -> Any:
    """Return what a view shows of one target."""
    return next(each for each in view["tasks"] if each["key"] == key)


def test_the_page_says_what_the_mail_says() -> None:
    """Case, targets, ways and deadlines are the mail's own values, in the mail's order."""
    shown = page()
    mail = mail_view(replace(samples.context(), revision=shown.revision, supporter=shown.supporter, pack=shown.pack))
    view = action_view(shown)

    for name in ("case", "deadline", "ends", "note", "pickets", "links", "donate"):
        assert view[name] == mail[name], name
    assert [target["name"] for target in view["targets"]] == [target["name"] for target in mail["targets"]]
    assert [each["key"] for each in view["tasks"]] == [target["id"] for target in mail["targets"]]


def test_only_plain_values_leave() -> None:
    """A template gets nothing of ours, and no address: it cannot show what it does not have."""
    view = action_view(page(answers=Answers(frozenset({"court"}), declined=True)))

    assert view["short_name"] == "Ann R"
    assert "@reader.example" not in flat(view)


def test_a_supporter_is_shown_by_a_short_name_alone() -> None:
    """Address, surname, organisation, city and tags stay behind; what chooses letters stays as it is."""
    person = replace(samples.supporter().person, organisation="Union", tags=("members",))
    whole = replace(samples.supporter(), person=person, seed=7)
    shown = as_shown(whole, "en", samples.campaign())

    assert (shown.person.name, shown.person.email, shown.person.city) == ("Ann R", "", "")
    assert (shown.person.organisation, shown.person.tags) == ("", ())
    assert (shown.seed, shown.country, shown.public_id) == (7, "DE", whole.public_id)


def test_a_city_stays_where_it_chooses_the_consulate() -> None:
    """The page leads to the same consulate as the mail."""
    campaign = samples.campaign()
    targets = tuple(replace(target, consulates=True) for target in campaign.targets)

    assert as_shown(samples.supporter(), "en", replace(campaign, targets=targets)).person.city == "Berlin"


def test_the_page_is_read_in_the_language_chosen_on_it() -> None:
    """A regional language stays; another one is what the page was switched to."""
    brazilian = replace(samples.supporter(), language="pt-br")

    assert as_shown(brazilian, "pt", samples.campaign()).language == "pt-br"
    assert as_shown(brazilian, "de", samples.campaign()).language == "de"


def test_an_edit_is_in_its_own_letter_and_links_only() -> None:
    """What was typed for one target goes to that one; the others stay as they were offered."""
    edit = Edit("Mine", "My own words.\n\nAnn R", sign="Ann R", was="Ann R")
    view = action_view(page(edit=edit, key="family", choices=Choices(mail="gmail")))
    link = next(target for target in view["targets"] if target["id"] == "family")["ways"][0]["url"]

    assert task(view, "family")["text"] == "My own words.\n\nAnn R"
    assert parse_qs(urlsplit(link).query)["body"] == ["My own words.\r\n\r\nAnn R"]
    assert "My%2520own%2520words" in task(view, "family")["webmail"]["url"]
    assert task(view, "city")["text"] == samples.BODY["ru"]


def test_a_name_goes_below_every_letter_that_may_have_one() -> None:
    """Whoever signs once signs all; the letter with initials only stays as safety wants it."""
    view = action_view(page(edit=Edit(text="x", sign="Ann", was=""), key="family"))

    assert task(view, "family")["text"] == "x\n\nAnn"
    assert task(view, "city")["text"].endswith("\n\nAnn")
    assert task(view, "prosecutor")["text"] == samples.BODY["ru"]
    assert not task(view, "prosecutor")["may_sign"]


def test_a_text_that_is_too_long_is_shown_and_goes_nowhere() -> None:
    """It is told, kept in its box, and the links have the letter as it was offered."""
    long = "a" * (LONGEST_TEXT + 1)
    view = action_view(page(edit=Edit("x", long), key="family"))

    assert task(view, "family")["too_long"]
    assert task(view, "family")["text"] == long
    assert "aaaa" not in flat(view["targets"])


@pytest.mark.parametrize("webmail", WEBMAILS, ids=lambda webmail: webmail.id)
def test_a_webmail_that_was_chosen_opens_every_letter_by_email(webmail: Any) -> None:
    """The choice holds for the whole page; what has no e-mail has no such button."""
    view = action_view(page(choices=Choices(mail=webmail.id)))
    links = {each["key"]: each["webmail"] for each in view["tasks"]}

    assert {key for key, link in links.items() if link} == {"prosecutor", "family"}
    assert all(link["url"].startswith(webmail.prefix) for link in links.values() if link)


def test_a_webmail_that_nobody_knows_is_no_choice() -> None:
    """What stands in an address leads nowhere else."""
    view = action_view(page(choices=Choices(mail="https://evil.example/")))

    assert view["mail"] == ""
    assert "evil" not in flat(view)


def test_what_was_told_is_shown_at_its_target() -> None:
    """Sent, dead and busy are told where they belong, and nowhere else."""
    told = Answers(frozenset({"court"}), reported=frozenset({("court", "busy", "+442079460107")}))
    view = action_view(page(answers=told))

    assert [each["key"] for each in view["tasks"] if each["sent"]] == ["court"]
    assert task(view, "court")["reported"]["phone"] == {"dead": False, "busy": True}
    assert task(view, "court")["reported"]["fax"] == {"dead": False, "busy": False}


@pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.STOPPED, Standing.OVER])
def test_no_letter_is_there_unless_it_is_wanted(standing: Standing) -> None:
    """Only a closed campaign tells how it ended: a file may have the words ready long before."""
    view = action_view(page(standing=standing))

    assert view["tasks"] == view["targets"] == ()
    assert "mailto:" not in flat(view)
    assert (view["ending"] is not None) == (standing is Standing.OVER)


def test_two_consulates_of_one_target_have_keys_of_their_own() -> None:
    """A button never acts on the wrong one."""
    items = samples.pack_items("en")
    family = items[5]
    pack = replace(samples.pack("en"), items=(family, replace(family, name="Second")))
    shown = page(pack=pack)

    assert [each.key for each in shown.tasks] == ["family", "family.2"]
    assert shown.task("family.2").item.name == "Second"  # type: ignore[union-attr]
    assert shown.task("family.3") is None


def record(status: Status, **changes: Any) -> CampaignRecord:
    """Return a campaign that was launched."""
    given = CampaignRecord(
        CampaignId("case"), status, Status.READY, 1, approvals=1, launched_at=LAUNCHED, real_launched_at=LAUNCHED
    )
    return replace(given, **changes)


@pytest.mark.parametrize(
    ("status", "changes", "standing"),
    [
        (Status.READY, {}, Standing.OPEN),
        (Status.PAUSED, {}, Standing.PAUSED),
        (Status.READY, {"file_status": Status.PAUSED}, Standing.PAUSED),
        (Status.READY, {"file_status": Status.DRAFT}, Standing.PAUSED),
        (Status.READY, {"approvals": 0}, Standing.PAUSED),
        (Status.READY, {"file_status": Status.STOPPED}, Standing.STOPPED),
        (Status.STOPPED, {}, Standing.STOPPED),
        (Status.CLOSED, {"file_status": Status.DRAFT}, Standing.OVER),
    ],
)
def test_letters_are_wanted_only_while_mails_may_leave(status: Status, changes: Any, standing: Standing) -> None:
    """The page follows the database and the file's ceiling, as the senders do."""
    assert standing_of(record(status, **changes)) is standing


def test_a_campaign_without_a_date_ends_as_its_mails_do() -> None:
    """Three weeks after the alert, however late the page is opened."""
    campaign = replace(samples.campaign(), write_until=None)
    late = LAUNCHED + timedelta(days=40)

    assert ends_at(campaign, record(Status.READY), late) == LAUNCHED + timedelta(days=21)
    assert ends_at(samples.campaign(), record(Status.READY), late) == samples.campaign().write_until


def test_a_test_mail_belongs_to_nobody() -> None:
    """Its page is made for somebody without a name."""
    assert nobody().public_id == TEST_PUBLIC_ID
    assert nobody().person.name == ""


def lettered() -> Revision:
    """Return a revision whose organisation writes English and Russian, with letters in three languages."""
    reads_russian = letter_parts.target(languages=("ru",))
    return letter_parts.revision(reads_russian, letters=letter_parts.library("en", "ru", "fr"))


def test_letters_are_offered_in_what_the_campaign_speaks() -> None:
    """A language that only the shipped letters have would make a letter half in one and half in another."""
    revision = lettered()
    offered = letter_languages(revision)

    assert set(offered) <= {"en", "ru", "fr"}
    assert offered[: len(revision.organisation.languages)] == revision.organisation.languages
    assert "fr" not in offered


def test_letters_in_another_language_change_nothing_else() -> None:
    """The office then reads that language best, and its own after it."""
    revision = lettered()
    (changed,) = with_letters_in(revision, "en").campaign.targets

    assert changed.languages == ("en", "ru")
    assert replace(changed, languages=("ru",)) == revision.campaign.targets[0]
    assert with_letters_in(revision, "xx") == revision
