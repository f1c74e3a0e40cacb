"""Do supporters change, see and delete what is kept of them, by the link of a mail and by nothing else?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mailer.adapters.store.engine import file_of, reading, truncate_log
from mailer.adapters.store.tables import deliveries, supporter_tags, supporters, suppressions
from mailer.core.countries import capital_zone
from mailer.core.dated_tokens import scope_of_day
from mailer.core.enrolment import Applicant
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.preferences import FIELDS, MOST_A_WEEK, WAYS
from mailer.core.supporters import Consent, PublicId, SafetyLevel
from mailer.core.tokens import Purpose, derive
from mailer.flows.enrol import Filter
from tests.website import CASE, ENDED, Website, campaigns_text, website

ANNA = Applicant(
    "anna.canary@wren.example",
    name="Anna Canary",
    language="en",
    country="GB",
    city="Canaryville",
    tags=("branch-7", "press"),
)
BEN = Applicant("ben@people.example", name="Ben Example", language="en", country="GB")
TOPICS = "  topics: [{tag: unions, title: {en: Trade unions, ru: Профсоюзы}}, {tag: press, title: Press freedom}]\n"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DAY = timedelta(days=1)
WHOLE = {
    "do": "save",
    "language": "ru",
    "country": "KZ",
    "safety": "initials",
    "best_way": "fax",
    "topics": "unions",
    "discreet": "on",
    "max_per_week": "2",
    "paused_until": "2026-12-05",
}


def text() -> str:
    """Return the campaign file, with topics."""
    return campaigns_text().replace("  max_per_week:", f"{TOPICS}  max_per_week:", 1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Website]:
    """A website with two supporters; nothing was sent yet."""
    with website(tmp_path, campaigns=text()) as site:
        site.enter(ANNA, BEN)
        yield site


def main_of(page: str) -> str:
    """Return what a page says, without its frame."""
    return page[page.index("<main") : page.index("</main>")]


def link(site: Website, public_id: PublicId, age: timedelta = timedelta()) -> str:
    """Return the path of somebody's preferences in a mail of this age."""
    scope = scope_of_day(site.clock() - age)
    return f"/p/{derive(site.installation.token_key, Purpose.PREFERENCES, scope, public_id)}"


# --- looking --------------------------------------------------------------------------------------


def test_the_page_shows_what_was_chosen_and_neither_name_nor_address(site: Website) -> None:
    """Nobody who looks over a shoulder learns whose page it is; of the name there are the initials."""
    page = main_of(site.ask(site.preferences(ANNA)).text)

    assert "(A. C.)" in page
    assert 'value="press" checked' in page
    assert 'value="unions">' in page
    assert "<option value=GB selected>United Kingdom" in page
    assert not any(word in page.lower() for word in ("canary", "wren.example", "branch-7"))


@pytest.mark.parametrize("below", ["", "/data", "/erase"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(site: Website, below: str, method: str) -> None:
    """A scanner that follows every link three times leaves every table as it was."""
    path, before = site.preferences(ANNA) + below, site.dump()

    answers = site.ask_all([(path, method)] * 3)

    assert {answer.status_code for answer in answers} == {405 if method == "OPTIONS" else 200}
    assert site.dump() == before
    assert site.post(site.preferences(ANNA), WHOLE).status_code == 200


def test_a_post_that_saves_nothing_changes_nothing(site: Website) -> None:
    """Only the button does: a one-click POST of a mail program that takes the wrong link is answered with the form."""
    before = site.dump()

    answer = site.post(site.preferences(ANNA), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, "<form" in answer.text) == (200, True)
    assert site.dump() == before


# --- saving ---------------------------------------------------------------------------------------


def test_a_form_is_stored_and_shown_as_it_was_chosen(site: Website) -> None:
    """Each field; what the page does not name stays; and the form shows it again, in the language that was chosen."""
    saved = site.post(site.preferences(ANNA), WHOLE)

    assert saved.status_code == 200
    assert '<html lang="ru"' in saved.text
    anna = site.standing(ANNA)
    person = anna.person
    assert (anna.language, anna.country, anna.max_per_week) == ("ru", "KZ", 2)
    assert anna.paused_until is not None
    assert anna.paused_until.isoformat() == "2026-12-04T19:00:00+00:00"  # midnight in Astana
    assert (person.safety, person.best_way, person.discreet) == (SafetyLevel.INITIALS, "fax", True)
    assert (person.tags, person.name, person.city) == (("branch-7", "unions"), ANNA.name, ANNA.city)
    assert anna.consent is Consent.CONFIRMED
    page = main_of(site.ask(site.preferences(ANNA), headers={"Accept-Language": "en"}).text)
    assert 'value="2026-12-05"' in page
    assert "Профсоюзы" in page
    assert page.count(" checked") == 4  # initials, fax, unions, discreet
    assert '<option value="2" selected>' in page


def test_nobody_else_changes(site: Website) -> None:
    """One's own link changes one's own row."""
    before = site.standing(BEN)
    site.post(site.preferences(ANNA), WHOLE)

    assert site.standing(BEN) == before


def test_tags_are_found_by_their_hashes_after_a_change(site: Website) -> None:
    """Audiences go by them: who took a topic up is found, who dropped one is not."""
    site.post(site.preferences(ANNA), WHOLE)
    store = site.installation.supporters

    found = {tag: [each.person.name for each in store.walk(Filter(tag=tag))] for tag in ("unions", "press", "branch-7")}
    assert found == {"unions": [ANNA.name], "press": [], "branch-7": [ANNA.name]}


@pytest.mark.parametrize(
    ("field", "value"),
    [("paused_until", "2026-11-23"), ("language", "xx"), ("country", "XX"), ("safety", "none"), ("topics", "branch-7")],
)
def test_a_form_with_one_wrong_field_stores_nothing_and_says_which(site: Website, field: str, value: str) -> None:
    """What was right is still in the form; nothing that was typed is echoed."""
    before = site.dump()

    answer = site.post(site.preferences(ANNA), WHOLE | {field: value})

    page = main_of(answer.text)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in page
    assert page.count('class="wrong"') == 1
    assert page.count(" selected>2</option>") == 1
    assert site.dump() == before


def test_choices_survive_an_import(site: Website) -> None:
    """A file that an organiser imports later has no say in what only supporters choose."""
    site.post(site.preferences(ANNA), WHOLE)
    chosen = site.standing(ANNA)
    site.enter(Applicant(ANNA.email, city="Elsewhere"))

    after = site.standing(ANNA)
    assert after.person.city == "Elsewhere"
    assert (after.paused_until, after.max_per_week) == (chosen.paused_until, chosen.max_per_week)
    assert (after.person.discreet, after.person.best_way) == (True, "fax")


def test_who_left_may_look_and_stays_away(site: Website) -> None:
    """Saving is no consent; the page tells that nothing is sent, and where to sign up again."""
    site.post(site.leaving(ANNA))

    assert 'href="/">Sign up again' in main_of(site.ask(site.preferences(ANNA)).text)
    site.post(site.preferences(ANNA), WHOLE)
    assert site.standing(ANNA).consent is Consent.UNSUBSCRIBED
    assert site.standing(ANNA).max_per_week == 2


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
values = words | st.sampled_from(
    ["", "on", "save", "en", "ru", "KZ", "full", "initials", "unions", "branch-7", "1", "8", "2026-12-01", "9999-12-31"]
)
forms = st.lists(st.tuples(st.sampled_from(["do", *FIELDS]) | words, values), max_size=12)


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """One website for many forms."""
    with website(tmp_path_factory.mktemp("open"), campaigns=text()) as site:
        site.enter(ANNA)
        yield site


@settings(max_examples=40, deadline=None)
@given(form=forms | st.binary(max_size=200), saves=st.booleans())
def test_no_form_fails_or_stores_what_was_not_offered(open_site: Website, form: Any, saves: bool) -> None:
    """Whatever is sent is answered with a page, and the row holds only what could be chosen."""
    body = form if isinstance(form, bytes) else urlencode([*form, *([("do", "save")] if saves else [])])

    answer = open_site.ask(open_site.preferences(ANNA), "POST", content=body, headers=FORM)

    after = open_site.standing(ANNA)
    assert answer.status_code in ({200, 400} if isinstance(form, bytes) else {200, 422})
    assert after.language in {"en", "ru", "de", "fr"}
    assert not after.country or capital_zone(after.country)
    assert set(after.person.tags) <= {"branch-7", "press", "unions"}
    assert after.person.best_way in {"", *WAYS}
    assert after.max_per_week is None or 1 <= after.max_per_week <= MOST_A_WEEK
    assert (after.person.name, after.person.email) == (ANNA.name, ANNA.email)


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", ["", "/data", "/erase"])
def test_a_link_ends_after_thirty_days_and_says_where_a_new_one_comes_from(site: Website, below: str) -> None:
    """Looking and pressing alike; nothing has changed."""
    path, before = site.preferences(ANNA) + below, site.dump()
    site.clock.forward(30 * DAY)
    assert site.ask(path).status_code == 200
    site.clock.forward(DAY)

    answers = [site.ask(path), *([] if below == "/data" else [site.post(path, WHOLE)])]

    assert {answer.status_code for answer in answers} == {404}
    assert all("This link is too old" in answer.text and "newest" in answer.text for answer in answers)
    assert site.dump() == before


def wrong_links(site: Website) -> list[str]:
    """Return links that look nearly right."""
    anna, key = site.standing(ANNA).public_id, site.installation.token_key
    good = site.preferences(ANNA)
    others = [f"/p/{derive(key, purpose, '', anna)}" for purpose in Purpose]
    mixed = good[:14] + link(site, site.standing(BEN).public_id)[14:]
    return [*others, mixed, good[:-1], f"{good}A", f"{good}==", "/p/" + "A" * 34, "/p/%00", "/p/" + "x" * 5000]


def test_a_forged_cut_or_foreign_link_opens_nothing(site: Website) -> None:
    """The link that leaves cannot change, and one's own campaign's neither."""
    before = site.dump()
    paths = [path + below for path in wrong_links(site) for below in ("", "/data", "/erase")]
    asks = [(path, method) for path in paths for method in ("GET", "POST")]

    answers = site.ask_all(asks, data=WHOLE)

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert site.dump() == before


def test_preferences_leave_nobody(site: Website) -> None:
    """Each link does one thing: that of preferences is none for leaving or acting."""
    token = site.preferences(ANNA).removeprefix("/p/")

    assert {site.post(f"/{folder}/{token}").status_code for folder in ("u", "a", "confirm")} == {404}
    assert site.standing(ANNA).consent is Consent.CONFIRMED


@pytest.mark.parametrize("below", ["", "/data", "/erase"])
def test_the_link_of_a_test_mail_says_so(site: Website, below: str) -> None:
    """It is nobody's, and changes nothing."""
    path, before = link(site, TEST_PUBLIC_ID) + below, site.dump()

    answers = [site.ask(path), *([] if below == "/data" else [site.post(path, WHOLE)])]

    assert {answer.status_code for answer in answers} == {200}
    assert all("This was a test mail" in answer.text for answer in answers)
    assert site.dump() == before


# --- what it does to mail -------------------------------------------------------------------------


def test_a_move_into_an_open_audience_brings_the_alert(tmp_path: Path) -> None:
    """Who takes up a topic, or moves, is let in as any newcomer is."""
    audience = "    audience: {countries: [FR], tags: [unions]}\n    write_until: 2026-12-20\n"
    campaigns = text().replace("    write_until: 2026-12-20\n", audience, 1)
    with website(tmp_path, campaigns=campaigns) as site:
        site.enter(ANNA, BEN)
        site.launch(ENDED)
        assert site.live() == []
        site.post(site.preferences(ANNA), {"do": "save", "country": "FR", "topics": "unions"})
        site.post(site.preferences(BEN), {"do": "save", "country": "FR"})

        assert [mail["To"].addresses[0].addr_spec for mail in site.live()] == [ANNA.email]


def test_a_pause_holds_the_alert_and_its_end_brings_it(site: Website) -> None:
    """In force for what is queued already; whoever comes back sooner gets it at once."""
    site.post(site.preferences(ANNA), {"do": "save", "paused_until": "2026-12-01"})
    site.launch(CASE)
    assert [mail["To"].addresses[0].addr_spec for mail in site.live()] == [BEN.email]
    assert site.live(DAY) == []

    site.post(site.preferences(ANNA), {"do": "save", "paused_until": ""})
    assert [mail["To"].addresses[0].addr_spec for mail in site.live()] == [ANNA.email]


def test_a_longer_pause_holds_on_and_a_shorter_one_lets_go(site: Website) -> None:
    """The alert comes on the day that was chosen last."""
    site.launch(CASE)
    for day in ("2026-11-26", "2026-12-01", "2026-11-28"):
        site.post(site.preferences(ANNA), {"do": "save", "paused_until": day})
        site.live()
    got = {}
    for _ in range(7):
        for mail in site.live(DAY):
            got.setdefault(mail["To"].addresses[0].addr_spec, site.clock().date())

    assert got[ANNA.email] == date(2026, 11, 28)


def test_the_end_of_a_pause_that_was_lengthened_brings_what_it_held(site: Website) -> None:
    """Nothing waits for the end that was chosen first."""
    site.launch(CASE)
    for day in ("2026-11-28", "2026-12-01"):
        site.post(site.preferences(ANNA), {"do": "save", "paused_until": day})
        site.live()
    site.post(site.preferences(ANNA), {"do": "save", "paused_until": ""})

    assert ANNA.email in [mail["To"].addresses[0].addr_spec for mail in site.live()]


def test_a_pause_beyond_the_deadline_ends_what_it_held(site: Website) -> None:
    """The alert of a case that is over by then expires, and no letter is sent too late."""
    site.post(site.preferences(ANNA), {"do": "save", "paused_until": "2027-03-01"})
    site.launch(ENDED)
    site.live()
    site.live(40 * DAY)

    whose = deliveries.c.supporter_id == site.standing(ANNA).id
    with reading(site.installation.engine) as connection:
        assert list(connection.scalars(select(deliveries.c.state).where(whose))) == ["expired"]
    assert site.mails_to(ANNA.email) == []


# --- one's own data -------------------------------------------------------------------------------


def test_the_download_is_a_file_that_no_cache_keeps(site: Website) -> None:
    """Name and address are in it, in full; it is attached, typed, and not stored on its way."""
    site.launch(CASE)
    site.live()
    answer = site.ask(f"{site.preferences(ANNA)}/data")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = json.loads(answer.text)
    assert (told["you"]["email"], told["you"]["name"]) == (ANNA.email, ANNA.name)
    assert [(mail["campaign"], mail["kind"], mail["state"]) for mail in told["mails"]] == [(CASE, "alert", "sent")]
    assert told["consent"]["text"] == "signed the list at the branch meeting"


# --- erasing --------------------------------------------------------------------------------------


def on_disk(site: Website) -> bytes:
    """Return every byte of the database's files."""
    file = file_of(site.installation.engine)
    assert file is not None
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))


def test_erasing_leaves_nothing_in_file_and_log(site: Website) -> None:
    """Neither seal nor ids nor tags are found after the answer, only the bar; every link of theirs is dead."""
    site.launch(CASE)
    site.live()
    site.post(site.preferences(ANNA), WHOLE)
    paths = [site.preferences(ANNA), site.leaving(ANNA)]
    own = site.standing(ANNA).id
    with reading(site.installation.engine) as connection:
        row = connection.execute(select(supporters).where(supporters.c.id == own)).one()
        tags = list(connection.scalars(select(supporter_tags.c.tag_hash).where(supporter_tags.c.supporter_id == own)))
    truncate_log(site.installation.engine)
    secrets = [row.sealed, row.public_id, *tags]
    assert len(tags) == 2
    assert all(secret in on_disk(site) for secret in secrets)

    asked, erased = site.ask(f"{paths[0]}/erase"), site.post(f"{paths[0]}/erase")

    assert main_of(asked.text).count("<button") == 1
    assert (erased.status_code, "Ваши данные удалены" in erased.text) == (200, True)
    content = on_disk(site)
    assert not any(secret in content for secret in secrets)
    assert b"canary" not in content.lower()
    assert site.installation.supporters.standing(ANNA.email).supporter is None
    assert {site.ask(path).status_code for path in (paths[0], f"{paths[0]}/data")} == {404}
    with reading(site.installation.engine) as connection:
        assert row.address_hash in list(connection.scalars(select(suppressions.c.address_hash)))


def test_erasing_ends_what_is_queued_and_twice_is_as_once(site: Website) -> None:
    """No letter leaves after it; who presses again is told that the link opens nothing, and nothing has changed."""
    site.launch(CASE)
    path = f"{site.preferences(ANNA)}/erase"
    assert site.post(path).status_code == 200
    before = site.dump()

    assert site.post(path).status_code == 404
    assert site.dump() == before
    assert [mail["To"].addresses[0].addr_spec for mail in site.live()] == [BEN.email]
