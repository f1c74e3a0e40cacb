"""Does a form of preferences change what was chosen, and nothing else, whatever is sent?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.countries import capital_zone
from mailer.core.dated_tokens import day_of, scope_of_day, verify_preferences
from mailer.core.enrolment import MOST_TAGS
from mailer.core.explanation import ActionTrace, DeliveryTrace, Traces
from mailer.core.own_data import Known, ReportTrace, own_data
from mailer.core.preferences import (
    FIELDS,
    LONGEST_PAUSE,
    MOST_A_WEEK,
    REST,
    WAYS,
    Offer,
    Wishes,
    apply_wishes,
    make_offer,
    read_wishes,
    rested,
    wishes_of,
)
from mailer.core.supporters import Consent, ConsentStatement, Person, PublicId, SafetyLevel, Supporter
from mailer.core.tokens import TOKEN_CHARACTERS, Purpose, TokenKey, derive
from mailer.errors import LinkError, LinkExpiredError

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ANNA = PublicId(b"anna-anna")[:8]
KEY = TokenKey(1, b"k" * 32)
TOPICS = ("unions", "press")
SUPPORTER = Supporter(
    PublicId(ANNA),
    Person("anna@people.example", name="Anna Example", city="London", tags=("branch-7", "press")),
    country="GB",
    language="en",
    timezone="Europe/London",
    seed=7,
    joined_on=date(2026, 1, 2),
)


def offer_of(supporter: Supporter = SUPPORTER, now: datetime = NOW) -> Offer:
    """Return what a supporter can choose from."""
    return make_offer(supporter, languages=("en", "ru"), topics=TOPICS, zone="Europe/London", now=now)


def chosen(form: dict[str, list[str]], supporter: Supporter = SUPPORTER) -> Supporter:
    """Return the supporter as a form that is right lets them be."""
    offer = offer_of(supporter)
    said = read_wishes(form, offer, wishes_of(supporter, offer))
    assert said.wrong == ()
    return apply_wishes(supporter, said.wishes, offer)


WHOLE = {
    "language": ["ru"],
    "country": ["KZ"],
    "safety": ["initials"],
    "best_way": ["fax"],
    "topics": ["unions"],
    "discreet": ["on"],
    "max_per_week": ["2"],
    "paused_until": ["2026-12-05"],
}


def test_a_whole_form_changes_all_that_it_names():
    """Name, town, tags of the organiser, consent and ids stay; a move ends the clock of the old place."""
    after = chosen(WHOLE)

    person = Person(
        "anna@people.example",
        name="Anna Example",
        city="London",
        best_way="fax",
        safety=SafetyLevel.INITIALS,
        tags=("branch-7", "unions"),
        discreet=True,
    )
    morning = datetime(2026, 12, 4, 19, 0, tzinfo=UTC)  # midnight in Astana
    moved = {"country": "KZ", "language": "ru", "timezone": "", "paused_until": morning, "max_per_week": 2}
    assert after == replace(SUPPORTER, person=person, **moved)
    assert wishes_of(after, offer_of(after)).paused_until == date(2026, 12, 5)


def test_a_form_that_tells_nothing_keeps_every_choice_among_several():
    """Only boxes, which are not sent when they are not ticked, are taken for cleared."""
    before = chosen(WHOLE)
    after = chosen({}, before)

    assert after == replace(before, person=replace(before.person, tags=("branch-7",), discreet=False))


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing():
    """Whoever only looks and saves stays as they were, the tags' order aside."""
    before = chosen(WHOLE)
    wishes = wishes_of(before, offer_of(before))
    shown = {
        "language": [wishes.language],
        "country": [wishes.country],
        "safety": [wishes.safety.value],
        "best_way": [wishes.best_way],
        "topics": sorted(wishes.topics),
        "discreet": ["on"],
        "max_per_week": [str(wishes.max_per_week)],
        "paused_until": [wishes.paused_until.isoformat()],
    }

    assert chosen(shown, before) == before


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("language", ["xx"]),
        ("language", [""]),
        ("language", ["en", "ru"]),
        ("country", ["XX"]),
        ("country", ["gb"]),
        ("safety", ["none"]),
        ("safety", [""]),
        ("best_way", ["web"]),
        ("topics", ["branch-7"]),
        ("topics", ["unions", "secret"]),
        ("discreet", ["yes"]),
        ("max_per_week", ["0"]),
        ("max_per_week", ["8"]),
        ("max_per_week", ["-1"]),
        ("max_per_week", ["٣"]),
        ("max_per_week", ["1e0"]),
        ("paused_until", ["2026-11-23"]),
        ("paused_until", ["2027-11-25"]),
        ("paused_until", ["2026-02-30"]),
        ("paused_until", ["20261205"]),
        ("paused_until", ["2026-W49-6"]),
        ("paused_until", ["tomorrow"]),
        ("paused_until", ["９９９９-12-05"]),
    ],
)
def test_what_was_not_offered_is_told_by_its_field(field, values):
    """The field stays as it was; the others are still read, to be shown again."""
    offer = offer_of()
    said = read_wishes({**WHOLE, field: values}, offer, wishes_of(SUPPORTER, offer))

    assert said.wrong == (field,)
    assert getattr(said.wishes, field) == getattr(wishes_of(SUPPORTER, offer), field)
    assert all(getattr(said.wishes, name) != getattr(Wishes(), name) for name in FIELDS if name != field)


words = st.text(max_size=12) | st.sampled_from(
    [
        *(
            "",
            "on",
            "en",
            "ru",
            "KZ",
            "GB",
            "full",
            "initials",
            "solidarity",
            *WAYS,
            *TOPICS,
            "1",
            "7",
            "8",
            "branch-7",
        ),
        *("2026-11-23", "2026-11-24", "2027-11-24", "2027-11-25", "0001-01-01", "9999-12-31"),
    ]
)
forms = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), st.lists(words, max_size=3), max_size=12)


@given(forms, st.sampled_from([SUPPORTER, chosen(WHOLE), replace(SUPPORTER, country="", language="", timezone="")]))
def test_no_form_stores_what_was_not_offered(form, before):
    """Any fields with any values end without an error, and whatever comes of them is among what could be chosen."""
    offer = offer_of(before)
    said = read_wishes(form, offer, wishes_of(before, offer))
    after = apply_wishes(before, said.wishes, offer)

    assert set(said.wrong) <= set(FIELDS)
    assert after.language in {*offer.languages, before.language}
    assert after.country in {"", before.country} or capital_zone(after.country)
    assert after.person.best_way in {"", *WAYS}
    assert set(after.person.tags) <= {"branch-7", *TOPICS}
    assert [tag for tag in after.person.tags if tag not in TOPICS] == ["branch-7"]
    assert after.max_per_week is None or 1 <= after.max_per_week <= MOST_A_WEEK
    assert after.paused_until is None or NOW < after.paused_until < NOW + LONGEST_PAUSE + 2 * DAY
    kept = ("public_id", "id", "seed", "consent", "joined_on")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.person.email, after.person.name, after.person.city) == (
        "anna@people.example",
        "Anna Example",
        "London",
    )


def test_a_pause_that_is_over_is_none():
    """It is not shown, and a form that does not name one ends it for good."""
    rested = replace(SUPPORTER, paused_until=NOW)

    assert wishes_of(rested, offer_of(rested)).paused_until is None
    assert chosen({}, rested).paused_until is None


def test_a_pause_begins_and_ends_at_midnight_of_one_s_own_zone():
    """Tomorrow is the first day that can be chosen, by the clock of whoever chooses."""
    late = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    there = replace(SUPPORTER, country="KZ", timezone="")

    assert offer_of(there, late).today == date(2026, 11, 24)
    assert offer_of(replace(there, country=""), late).today == date(2026, 11, 23)


@pytest.mark.parametrize("before", [None, -3, 5, 27, 28, 29, 100])
def test_a_rest_lasts_four_weeks_or_as_long_as_somebody_wished_before(before):
    """It ends at a midnight of their own; nothing else of theirs changes, and asking twice is as asking once."""
    today = datetime(2026, 11, 23, tzinfo=UTC)
    supporter = replace(SUPPORTER, paused_until=None if before is None else today + before * DAY)
    offer = make_offer(supporter, languages=(), topics=(), zone="UTC", now=NOW)
    after = rested(supporter, offer)

    days = max(before or 0, REST // DAY)
    assert after == replace(supporter, paused_until=today + days * DAY)
    assert rested(after, offer) == after


def test_topics_stop_where_tags_do():
    """Somebody with all the tags that are kept cannot take one more, and is told so."""
    full = replace(SUPPORTER, person=replace(SUPPORTER.person, tags=tuple(map(str, range(MOST_TAGS)))))
    offer = offer_of(full)

    assert read_wishes({"topics": ["unions"]}, offer, wishes_of(full, offer)).wrong == ("topics",)


# --- links that end -------------------------------------------------------------------------------


def token_of(moment: datetime) -> str:
    """Return the token for Anna's preferences in a mail that was composed then."""
    return derive(KEY, Purpose.PREFERENCES, scope_of_day(moment), PublicId(ANNA))


@pytest.mark.parametrize("age", [0, 1, 29, 30, -1])
def test_a_link_counts_for_thirty_days(age):
    """From its day on; a day ahead is a clock around midnight."""
    token = token_of(NOW - age * DAY)

    assert len(token) == TOKEN_CHARACTERS
    assert verify_preferences(token, {1: KEY.secret}, NOW) == ANNA


@pytest.mark.parametrize(("age", "error"), [(31, LinkExpiredError), (400, LinkExpiredError), (401, LinkError)])
def test_a_link_that_is_too_old_is_told_from_one_that_is_not_ours(age, error):
    """For as long as its key could still count."""
    token = token_of(NOW - age * DAY)

    with pytest.raises(LinkError) as told:
        verify_preferences(token, {1: KEY.secret}, NOW)
    assert type(told.value) is error


@pytest.mark.parametrize("ahead", [2, 400])
def test_a_link_of_days_to_come_is_not_ours(ahead):
    """Nobody has one of a mail that was not written yet."""
    with pytest.raises(LinkError):
        verify_preferences(token_of(NOW + ahead * DAY), {1: KEY.secret}, NOW)


def test_no_other_token_opens_preferences():
    """Neither one of another purpose over the same day, nor one without a day, nor one of another key."""
    today = f"day:{day_of(NOW)}"
    tokens = [derive(KEY, purpose, today, PublicId(ANNA)) for purpose in Purpose if purpose is not Purpose.PREFERENCES]
    tokens += [derive(KEY, Purpose.PREFERENCES, "", PublicId(ANNA))]
    tokens += [derive(TokenKey(1, b"x" * 32), Purpose.PREFERENCES, today, PublicId(ANNA)), "", "ä" * 34]
    for token in tokens:
        with pytest.raises(LinkError) as told:
            verify_preferences(token, {1: KEY.secret}, NOW)
        assert type(told.value) is LinkError


# --- one's own data -------------------------------------------------------------------------------


def test_the_download_has_all_that_is_kept():
    """Every field of person and row, each mail, action, refusal and report, and what was agreed to."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    traces = Traces(
        deliveries=(DeliveryTrace("case", "alert", "alert", False, "sent", at, at, came_back=("soft 4.2.2",)),),
        actions=(ActionTrace("case", "court", "page", at),),
    )
    copied = (ActionTrace("case", "city", "copy", at),)
    statement = ConsentStatement("signed the list at the branch meeting", date(2026, 1, 2), "list.csv", "0" * 64)
    reports = (ReportTrace("case", "court", "dead", "court@justice.example", at),)
    told = json.loads(json.dumps(own_data(Known(chosen(WHOLE), statement, traces, (("other", at),), reports, copied))))

    moment = "2026-11-20T09:30:00Z"
    assert told["you"] == {
        "email": "anna@people.example",
        "name": "Anna Example",
        "city": "London",
        "organisation": "",
        "country": "KZ",
        "language": "ru",
        "timezone": "",
        "tags": ["branch-7", "unions"],
        "best_way": "fax",
        "safety": "initials",
        "discreet_subjects": True,
        "max_per_week": 2,
        "paused_until": "2026-12-04T19:00:00Z",
        "joined_on": "2026-01-02",
    }
    assert told["consent"] == {"status": "confirmed", "text": statement.text, "day": "2026-01-02", "source": "list.csv"}
    assert [(mail["mailing"], mail["state"], mail["sent_at"]) for mail in told["mails"]] == [("alert", "sent", moment)]
    assert told["letters_you_told_us_of"] == [{"campaign": "case", "target": "court", "told_by": "page", "at": moment}]
    assert told["mails"][0]["came_back"] == ["soft 4.2.2"]
    assert told["copies_that_came_to_us"] == [{"campaign": "case", "target": "city", "told_by": "copy", "at": moment}]
    assert told["cases_you_declined"] == [{"campaign": "other", "at": moment}]
    assert told["channels_you_reported"][0]["value"] == "court@justice.example"


def test_a_field_that_is_kept_is_downloaded():
    """Whoever adds one to a person or a supporter has to add it here, or say why not."""
    ours = {
        "public_id",
        "id",
        "seed",
        "consent",
        "person",
        "discreet",
    }  # ids and seed tell nothing; the rest is renamed
    kept = {*Person.__slots__, *Supporter.__slots__} - ours

    assert kept <= {*own_data(Known(SUPPORTER))["you"]}


def test_who_was_entered_without_a_statement_is_told_so():
    """Nothing is made up."""
    unconfirmed = replace(SUPPORTER, consent=Consent.UNCONFIRMED)

    assert own_data(Known(unconfirmed))["consent"] == {"status": "unconfirmed"}
