"""Does every store of supporters keep the same promises? One suite over the fake and SQLite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailer.core.enrolment import Applicant, Standing, Step
from mailer.core.supporters import Consent, PublicId, SafetyLevel, SuppressionReason
from mailer.errors import ConsentError, NotFoundError
from mailer.flows.enrol import Filter, SupporterStore, add
from tests.databases import CONFIRMED, NOW, STATEMENT, TODAY, UNCONFIRMED, enter_all, make_campaign, make_store
from tests.fakes import FakeSupporters

ANNA = Applicant("anna@union.example", name="Anna Example", country="GB", language="en", tags=("nurses", "north"))
BORIS = Applicant("boris@union.example", name="Борис", country="DE", language="ru", safety=SafetyLevel.INITIALS)


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SupporterStore:
    """A store with one published campaign, `case`, and nobody in it."""
    if request.param == "fake":
        fake = FakeSupporters()
        fake.campaigns.add("case")
        return fake
    url = request.getfixturevalue("migrated_postgres_url") if request.param == "postgresql" else ""
    sql, engine = make_store(tmp_path, url=url)
    make_campaign(engine)
    return sql


def test_who_was_entered_is_found_with_everything_that_was_told(store):
    """Clear columns, the sealed person and the statement come back as they went in."""
    enter_all(store, ANNA)
    standing = store.standing("ANNA@union.example")

    person = standing.supporter.person
    assert (person.email, person.name, person.tags) == (ANNA.email, ANNA.name, ANNA.tags)
    assert (standing.supporter.country, standing.supporter.language) == ("GB", "en")
    assert (standing.supporter.consent, standing.supporter.joined_on) == (Consent.CONFIRMED, TODAY)
    assert (standing.statement, standing.suppression) == (STATEMENT, None)


def test_nothing_is_known_of_a_stranger(store):
    """An address that was never entered has an empty standing, and nothing happens to it."""
    assert store.standing("nobody@union.example") == Standing()
    assert not store.unsubscribe("nobody@union.example")
    assert not store.unsubscribe_by_id(PublicId(b"nobody!!"))


def test_an_update_keeps_id_public_id_and_seed(store):
    """Links and letter variants of somebody stay the same when their city changes."""
    enter_all(store, ANNA)
    before = store.standing(ANNA.email).supporter

    enter_all(store, replace(ANNA, name="Anna B. Example", tags=("south",)))
    after = store.standing(ANNA.email).supporter

    assert after == replace(before, person=replace(before.person, name="Anna B. Example", tags=("south",)))


def test_a_statement_of_unconfirmed_people_gives_way_to_their_confirmation(store):
    """An unconfirmed one is confirmed by an entry that states it, and by no other."""
    enter_all(store, ANNA, terms=UNCONFIRMED)
    enter_all(store, ANNA, terms=UNCONFIRMED)
    assert store.standing(ANNA.email).supporter.consent is Consent.UNCONFIRMED

    stated = replace(STATEMENT, text="confirmed to the secretary by telephone")
    enter_all(store, ANNA, terms=replace(CONFIRMED, statement=stated))

    assert store.standing(ANNA.email).supporter.consent is Consent.CONFIRMED
    assert store.standing(ANNA.email).statement == stated


def test_leaving_by_address_or_by_link_is_the_same_and_twice_is_as_once(store):
    """Both ways end consent, again and again, for that person only."""
    enter_all(store, ANNA, BORIS)
    link = store.standing(BORIS.email).supporter.public_id

    assert [store.unsubscribe(ANNA.email), store.unsubscribe(ANNA.email)] == [True, True]
    assert store.standing(BORIS.email).supporter.consent is Consent.CONFIRMED
    assert [store.unsubscribe_by_id(link), store.unsubscribe_by_id(link)] == [True, True]
    assert {each.consent for each in store.list(Filter())} == {Consent.UNSUBSCRIBED}


def test_who_left_is_not_entered_again(store):
    """Entering an unsubscribed address changes nothing and says why."""
    enter_all(store, ANNA)
    store.unsubscribe(ANNA.email)

    with pytest.raises(ConsentError, match="unsubscribed"):
        add(replace(ANNA, name="Other"), store, CONFIRMED, lambda n: b"x" * n)
    assert store.standing(ANNA.email).supporter.consent is Consent.UNSUBSCRIBED
    assert store.standing(ANNA.email).supporter.person.name == "Anna Example"


def test_an_erased_address_is_forgotten_and_barred(store):
    """After an erasure only the bar is left, and an entry does not lift it."""
    enter_all(store, ANNA)

    assert store.erase(ANNA.email, now=NOW).was_supporter
    standing = store.standing(ANNA.email)

    assert (standing.supporter, standing.statement) == (None, None)
    assert (standing.suppression.reason, standing.suppression.since) == (SuppressionReason.ERASED, NOW)
    with pytest.raises(ConsentError, match="suppressed"):
        enter_all(store, ANNA)


def test_erasing_a_stranger_bars_the_address(store):
    """Who was never on the list can still demand that nobody ever writes to them."""
    assert not store.erase("nobody@union.example", now=NOW).was_supporter
    with pytest.raises(ConsentError):
        enter_all(store, Applicant("nobody@union.example"))


def test_a_new_person_never_inherits_an_erased_ones_ids(store):
    """Row ids and public ids are not used again: tokens and deliveries stay with one person."""
    enter_all(store, ANNA)
    erased = store.standing(ANNA.email).supporter
    store.erase(ANNA.email, now=NOW)

    enter_all(store, BORIS)
    fresh = store.standing(BORIS.email).supporter

    assert fresh.id > erased.id
    assert fresh.public_id != erased.public_id


def test_supporters_are_loaded_by_id(store):
    """Senders get whom they ask for; who was erased meanwhile is left out."""
    enter_all(store, ANNA, BORIS)
    ids = [each.id for each in store.list(Filter())]

    assert [each.person.name for each in store.load_many(ids)] == ["Anna Example", "Борис"]
    store.erase(ANNA.email, now=NOW)
    assert [each.person.name for each in store.load_many(ids)] == ["Борис"]
    assert store.load_many([]) == []


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (Filter(), ["Anna Example", "Борис"]),
        (Filter(country="DE"), ["Борис"]),
        (Filter(language="en"), ["Anna Example"]),
        (Filter(consent=Consent.UNCONFIRMED), ["Борис"]),
        (Filter(tag="NURSES"), ["Anna Example"]),
        (Filter(country="GB", language="ru"), []),
        (Filter(tag="unknown"), []),
    ],
)
def test_filters_choose_by_every_column(store, chosen, names):
    """What is empty in a filter does not matter, the rest must all hold; both views agree."""
    enter_all(store, ANNA)
    enter_all(store, BORIS, terms=UNCONFIRMED)

    assert [each.person.name for each in store.walk(chosen)] == names
    assert len(list(store.list(chosen))) == len(names)


def test_an_updated_supporter_has_the_new_tags_only(store):
    """A tag that was taken away no longer finds anybody."""
    enter_all(store, ANNA)
    enter_all(store, replace(ANNA, tags=("south",)))

    assert [len(list(store.walk(Filter(tag=tag)))) for tag in ("nurses", "north", "south")] == [0, 0, 1]


def test_an_action_needs_a_campaign_and_a_supporter(store):
    """An action twice is as once; one of nobody, or in no campaign, is an error."""
    enter_all(store, ANNA)
    action = {"target": "", "source": "organiser", "now": NOW}

    store.record_action("case", ANNA.email, **action)
    store.record_action("case", ANNA.email, **action)

    for campaign, email in (("none", ANNA.email), ("case", "nobody@union.example")):
        with pytest.raises(NotFoundError):
            store.record_action(campaign, email, **action)


def test_what_the_judge_leaves_alone_is_not_written(store):
    """A judge that returns nothing writes nothing, and sees the standing as it is."""
    enter_all(store, ANNA)
    seen = {}

    store.change([ANNA.email, BORIS.email], lambda email, standing: seen.update({email: standing}))

    assert seen[ANNA.email].supporter.person.name == "Anna Example"
    assert seen[BORIS.email] == Standing()
    assert len(list(store.list(Filter()))) == 1


def test_adding_tells_what_it_did(store):
    """The first entry adds, the second updates."""
    steps = [add(ANNA, store, CONFIRMED, lambda n: bytes(range(n))) for _ in range(2)]

    assert steps == [Step.ADD, Step.UPDATE]
