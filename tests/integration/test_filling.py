"""Does everybody get each mailing exactly once, and nobody else? Filling over a real SQLite file."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.adapters.store.filling import FROM_THE_FIRST, SqlFilling
from mailer.core.audience import Selection, exclusion
from mailer.core.campaigns import AudienceRule, CountryRule, MailingKind, Safety
from mailer.core.schedule import Slot
from mailer.core.supporters import Consent
from mailer.flows.enrol import Filter
from tests.casework import ALERT, END, Casework, add_guard, case, unwatch
from tests.databases import NOW, UNCONFIRMED

EVERYBODY = Selection()


@pytest.fixture
def work(tmp_path, store_url):
    """A launched case with the slot of its alert, and nobody in the list."""
    return begin(tmp_path, url=store_url)


def begin(folder: Path, *, page: int = 3, url: str = "") -> Casework:
    """Return a launched case with the slot of its alert."""
    work = Casework(folder, page=page, url=url)
    work.launch()
    work.campaigns.plan("case", [Slot(NOW, ALERT.id, MailingKind.ALERT)], run=0, revision=1)
    return work


def fill_page(work: Casework, selection: Selection = EVERYBODY, filling: SqlFilling | None = None) -> bool:
    """Fill one page of the alert; tell whether that was the end."""
    slot = work.campaigns.mailings("case")[0]
    return (filling or work.filling).fill_from_supporters(slot, selection, not_before=NOW, deadline=END)


def fill(work: Casework, selection: Selection = EVERYBODY) -> int:
    """Fill the alert to its end; return the pages that it took."""
    pages = 0
    while not fill_page(work, selection):
        pages += 1
    return pages


def test_a_slot_is_filled_page_by_page(work):
    """Seven people are three pages of three; each page is durable by itself, with its place in the list."""
    work.join(*"abcdefg")
    seen = []
    while not fill_page(work):
        seen.append((len(work.rows()), work.campaigns.mailings("case")[0].cursor))

    assert seen == [(3, 3), (6, 6), (7, 7)]


def test_a_new_delivery_waits_with_its_moments(work):
    """What is queued belongs to the real run, and knows from when and until when it may leave."""
    work.join("a")
    fill(work)

    (row,) = work.rows()
    assert (row.state, row.rehearsal, row.not_before, row.deadline) == ("queued", False, NOW, END)


def test_filling_twice_doubles_nothing(work):
    """A page that is filled again from the beginning finds everybody there."""
    work.join(*"abcdefg")
    fill(work)
    with work.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE mailings SET cursor = 0")

    assert fill(work) == 3
    assert work.queued() == list("abcdefg")


@settings(max_examples=25)
@given(
    people=st.integers(0, 12),
    page=st.integers(1, 5),
    stops=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=4),
)
def test_filling_may_be_interrupted_anywhere_and_done_by_anybody(people, page, stops):
    """After any number of pages, lost pages, and people who join meanwhile, everybody is there once."""
    with tempfile.TemporaryDirectory() as folder:
        work = begin(Path(folder), page=page)
        work.join(*(f"p{n}" for n in range(people)))
        for number, (pages, lost) in enumerate(stops):
            for _ in range(pages):
                fill_page(work, filling=SqlFilling(work.engine, page))
            for _ in range(lost):
                lose_a_page(work)
            work.join(f"late{number}")
        fill(work)

        expected = [f"p{n}" for n in range(people)] + [f"late{n}" for n in range(len(stops))]
        assert Counter(row.supporter_id for row in work.rows()) == Counter(work.id_of(name) for name in expected)
        work.engine.dispose()


def lose_a_page(work: Casework) -> None:
    """Fill a page and be killed before its commit: a trigger ends the transaction when the cursor moves."""
    add_guard(work.engine, "kill", "BEFORE UPDATE OF cursor ON mailings", "new.cursor > old.cursor", "killed")
    try:
        fill_page(work)
    except Exception as error:
        assert "killed" in str(error)  # noqa: PT017 # a list that is at its end is not killed
    unwatch(work.engine, "kill", "mailings")


def test_a_page_and_its_cursor_are_one_transaction(work):
    """What was filled by a page that was killed is not there, either."""
    work.join(*"abcde")
    fill_page(work)
    lose_a_page(work)

    assert work.queued() == list("abc")
    assert work.campaigns.mailings("case")[0].cursor == 3


countries = st.sampled_from(["GB", "DE", "KZ", ""])
languages = st.sampled_from(["en", "de", "ru"])
tags = st.lists(st.sampled_from(["nurses", "north", "rail"]), max_size=2, unique=True).map(tuple)
persons = st.tuples(countries, languages, tags, st.sampled_from(list(Consent)), st.booleans())
rules = st.builds(
    AudienceRule,
    countries=st.lists(countries, max_size=2).map(tuple),
    languages=st.lists(languages, max_size=2).map(tuple),
    tags=tags,
)
safeties = st.dictionaries(countries, st.sampled_from(list(CountryRule)), max_size=3).map(Safety)


@settings(max_examples=30)
@given(people=st.lists(persons, max_size=8), rule=rules, safety=safeties)
def test_an_alert_goes_to_its_audience_and_to_nobody_else(people, rule, safety):
    """The query and `core.audience.exclusion` agree about everybody: consent, countries, languages, tags, safety."""
    with tempfile.TemporaryDirectory() as folder:
        work = Casework(Path(folder))
        barred = enter(work, people)
        work.launch(case(audience=rule, safety=safety))
        work.tick()

        excluded = {c for c, held in safety.countries.items() if held is CountryRule.NONE}
        selection = Selection(rule.countries, rule.languages, tuple(map(work.hash_tag, rule.tags)), tuple(excluded))
        expected = [
            each.person.name
            for each in work.people.walk(Filter())
            if not exclusion(selection, each, work.people.hash_tags(each.person.tags))
        ]
        expected = sorted(set(expected) - barred)
        assert work.queued() == expected
        assert sum(cohort.count for cohort in work.filling.cohorts(selection)) == len(expected)
        work.engine.dispose()


def enter(work: Casework, people: list[tuple[str, str, tuple[str, ...], Consent, bool]]) -> set[str]:
    """Enter people of any consent; return the names of those who are suppressed."""
    barred = set()
    for number, (country, language, tagged, consent, suppressed) in enumerate(people):
        name = f"p{number}"
        terms = {"terms": UNCONFIRMED} if consent is Consent.UNCONFIRMED else {}
        work.join(name, country=country, language=language, tags=tagged, **terms)
        if consent is Consent.UNSUBSCRIBED:
            work.people.unsubscribe(f"{name}@union.example")
        if suppressed:
            work.suppress(name)
            barred.add(name)
    return barred


def test_who_joins_after_the_end_of_the_list_is_on_the_next_page(work):
    """An alert that is open goes on where it stopped."""
    work.join("a")
    fill(work)
    work.join("b")

    assert fill(work) == 1
    assert work.queued() == ["a", "b"]


def test_an_alert_that_is_looked_over_again_has_still_begun(work):
    """A cursor of nought would say that nothing went out: a launch could release the alert once more as late."""
    work.join("a", "b")
    fill(work)
    work.campaigns.publish(case(audience=AudienceRule(countries=("GB", "DE"))), now=NOW)

    assert work.campaigns.mailings("case")[0].cursor == FROM_THE_FIRST


def test_a_wider_audience_reaches_those_who_were_passed(work):
    """A revised file with one more country alerts the people there, too."""
    work.join("a", "b")
    work.join("far", country="DE")
    work.join("c")
    fill(work, Selection(countries=("GB",)))
    work.campaigns.publish(case(write_until=END + timedelta(days=1)), now=NOW)
    fill(work, Selection(countries=("GB", "DE")))

    assert work.queued() == ["a", "b", "c", "far"]


def test_a_closed_alert_is_not_opened_by_an_import(work):
    """After the campaign's end nobody is alerted any more, whoever is confirmed."""
    work.join("a")
    fill(work)
    slot = work.campaigns.mailings("case")[0]
    work.filling.mark_planned(slot)
    work.join("a", city="Leeds")

    after = work.campaigns.mailings("case")[0]
    assert (after.planned, after.cursor) == (True, slot.cursor)


def test_who_left_gets_nothing_that_is_filled_later(work):
    """Leaving, or being barred, between two pages is in force on the next."""
    work.join(*"abcdefg")
    fill_page(work)
    work.people.unsubscribe("e@union.example")
    work.suppress("f")
    fill(work)

    assert work.queued() == list("abcdg")


def test_zones_are_those_of_people_who_may_be_written_to(work):
    """The moments of a reminder are computed once for each zone and country, not for each person."""
    work.join("a", "b", timezone="Europe/London")
    work.join("c", country="DE", timezone="Europe/Berlin")
    work.join("d", country="FR", terms=UNCONFIRMED)

    assert sorted(work.filling.zones()) == [("Europe/Berlin", "DE"), ("Europe/London", "GB")]


def test_cohorts_count_the_audience_by_country_and_language(work):
    """What a launch asks for is counted by the very conditions that filling uses."""
    work.join("a", "b", language="en")
    work.join("c", country="DE", language="de")
    work.join("d", country="DE", language="de", terms=UNCONFIRMED)
    counted = [(c.country, c.language, c.count) for c in work.filling.cohorts(EVERYBODY)]

    assert counted == [("DE", "de", 1), ("GB", "en", 2)]
