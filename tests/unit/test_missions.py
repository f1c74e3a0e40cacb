"""The chain of steps that finds an embassy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.missions import credit, resolve, resolve_for
from tests.letter_parts import mission, target

LONDON = mission("GB", source="Wikidata Q1")
PARIS_FOR_LONDON = mission("FR", accredited=("GB", "BE"))
GENEVA = mission("CH", kind="permanent mission", city="Geneva")
NEW_YORK = mission("US", kind="permanent mission", city="New York")
MINISTRY = mission("", kind="ministry")
EVERYTHING = (MINISTRY, NEW_YORK, GENEVA, PARIS_FOR_LONDON, LONDON)
STEPS = ["own", "accredited", "geneva", "new york", "ministry"]


@pytest.mark.parametrize(("taken_away", "rule"), list(enumerate(STEPS)))
def test_each_step_answers_when_those_before_have_no_row(taken_away, rule):
    """Own, accredited, Geneva, New York, ministry: a step without a row is skipped."""
    left = EVERYTHING[: len(EVERYTHING) - taken_away]

    found = resolve("KZ", "GB", left)

    assert found is not None
    assert (found.rule, found.missions) == (rule, (left[-1],))


def test_no_step_answers_without_a_row():
    """Nothing is invented for a country that the directory does not know, nor for another sender's row."""
    assert resolve("KZ", "GB", ()) is None
    assert resolve("TR", "GB", EVERYTHING) is None


def test_a_row_without_any_channel_is_no_row():
    """An embassy of which only the name is known reaches nobody."""
    silent = mission("GB", email="")

    found = resolve("KZ", "GB", (silent, GENEVA))

    assert found is not None
    assert found.rule == "geneva"


def test_a_supporter_of_unknown_country_gets_no_embassy_of_their_own():
    """An empty country is not the empty host of a ministry."""
    found = resolve("KZ", "", EVERYTHING)

    assert found is not None
    assert found.rule == "geneva"


def test_at_home_only_the_ministry_answers():
    """No country has an embassy in itself."""
    found = resolve("KZ", "KZ", (LONDON, MINISTRY))

    assert found is not None
    assert found.missions == (MINISTRY,)
    assert resolve("KZ", "KZ", (LONDON,)) is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            mission(source="campaign", kind="consulate", email="", web="https://x.example"),
            mission(source="Wikidata Q1"),
        ),
        (mission(kind="embassy", email="", web="https://x.example"), mission(kind="consulate general")),
        (mission(kind="high commission"), mission(kind="consulate")),
        (mission(kind="consulate", email="", phone="+441632960001"), mission(kind="honorary consulate")),
        (mission(), mission(email="", web="https://x.example")),
        (mission(email="", fax="+441632960001"), mission(email="", web="https://x.example")),
    ],
)
def test_of_two_rows_the_better_one_answers(better, worse):
    """The campaign's rows go first, then embassies before consulates, then what can take a letter."""
    for rows in ((better, worse), (worse, better)):
        found = resolve("KZ", "GB", rows)
        assert found is not None
        assert found.missions == (better,)


def test_a_consulate_in_the_own_city_is_added_when_asked_for():
    """What is nearest means what a row can prove: the same city in the same country."""
    manchester = mission(kind="consulate general", city="Manchester", email="manchester@embassy.example")
    rows = (LONDON, manchester)

    asked = resolve("KZ", "GB", rows, city=" manchester ", consulates=True)
    elsewhere = resolve("KZ", "GB", rows, city="Leeds", consulates=True)
    unasked = resolve("KZ", "GB", rows, city="Manchester")

    assert asked is not None
    assert asked.missions == (LONDON, manchester)
    assert elsewhere is not None
    assert unasked is not None
    assert elsewhere.missions == unasked.missions == (LONDON,)


def test_the_only_mission_in_the_own_city_is_not_told_twice():
    """A consulate that already answers is not added to itself."""
    only = mission(kind="consulate", city="Leeds")

    found = resolve("KZ", "GB", (only,), city="Leeds", consulates=True)

    assert found is not None
    assert found.missions == (only,)


@pytest.mark.parametrize(("row", "country"), [(GENEVA, "CH"), (NEW_YORK, "US")])
def test_a_permanent_mission_is_nobodys_own(row, country):
    """It is accredited to the United Nations: a supporter in its host country is told so."""
    found = resolve("KZ", country, (row,))

    assert found is not None
    assert found.rule in ("geneva", "new york")


def test_directories_call_missions_in_geneva_embassies():
    """An embassy row in Geneva answers the Geneva step, a consulate there does not."""
    called_embassy = mission("CH", kind="embassy", city="Geneva", checked=date(2022, 11, 16))
    consulate = mission("CH", kind="consulate general", city="Geneva")

    found = resolve("KZ", "GB", (consulate, called_embassy))

    assert found is not None
    assert (found.rule, found.missions[0].checked) == ("geneva", date(2022, 11, 16))
    assert resolve("KZ", "GB", (consulate,)) is None


rows = st.builds(
    mission,
    st.sampled_from(["GB", "DE", "CH", ""]),
    of=st.sampled_from(["KZ", "TR"]),
    kind=st.sampled_from(["embassy", "consulate", "permanent mission", "ministry"]),
    city=st.sampled_from(["", "Geneva", "New York", "Berlin"]),
    email=st.sampled_from(["", "a@embassy.example"]),
    accredited=st.sampled_from([(), ("GB",)]),
)


@given(st.lists(rows, max_size=6), st.sampled_from(["GB", "DE", ""]), st.booleans())
def test_whatever_answers_is_a_reachable_row_of_the_right_sender(directory, country, consulates):
    """No answer is made of anything but a row."""
    found = resolve("KZ", country, directory, city="Berlin", consulates=consulates)

    for row in found.missions if found else ():
        assert row in directory
        assert row.of == "KZ"
        assert row.email


@pytest.mark.parametrize(
    "row",
    [
        mission(gone=date(2026, 11, 22)),
        mission(kind="quebec government office"),
        mission(kind="trade office"),
        mission("KZ"),
    ],
)
def test_what_speaks_for_no_state_or_is_gone_does_not_answer(row):
    """A region's office, a row that its source has no longer, and a state's embassy in itself are no answer."""
    assert resolve("KZ", row.host, (row,)) is None


@pytest.mark.parametrize("kind", ["liaison office", "interests section", "de facto embassy", "consulate"])
def test_an_embassy_goes_before_other_offices(kind):
    """What is nearly an embassy answers where there is none, and only there."""
    embassy, other = mission(email="", web="https://x.example"), mission(kind=kind)

    both, alone = resolve("KZ", "GB", (other, embassy)), resolve("KZ", "GB", (other,))

    assert both is not None
    assert alone is not None
    assert (both.missions[0], alone.missions[0]) == (embassy, other)


def test_nobody_forwards_a_letter_by_telephone():
    """A letter through the embassy does not go to a mission of which only the number is known."""
    only_phone = mission("GB", email="", phone="+441632960001")
    through, to = target(email="", via_embassy="KZ"), target(email="", embassy_of="KZ")

    assert resolve_for(through, "GB", (only_phone,)) is None
    found = resolve_for(to, "GB", (only_phone,))
    assert found is not None
    assert found.missions == (only_phone,)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("campaign", ""),
        ("Wikidata Q1", "Wikidata"),
        ("OpenStreetMap node/1", "OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0)"),
        ("https://www.office.example/contact", "office.example"),
    ],
)
def test_a_row_credits_whom_its_facts_come_from(source, told):
    """OpenStreetMap's licence asks for it, and readers may want to know."""
    assert credit(source) == told
