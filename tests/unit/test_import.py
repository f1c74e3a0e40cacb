"""Does an import take every good line, tell every bad one, and revive nobody?"""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.enrolment import Applicant
from mailer.core.supporters import Consent
from mailer.flows.enrol import BATCH, Filter, Line, LineProblem, import_lines
from tests.databases import CONFIRMED, NOW, UNCONFIRMED, enter_all
from tests.fakes import FakeSupporters

names = st.sampled_from("abcde")
events = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.lists(names, max_size=5), st.sampled_from((CONFIRMED, UNCONFIRMED))),
        st.tuples(st.just("unsubscribe"), names, st.none()),
        st.tuples(st.just("erase"), names, st.none()),
    ),
    max_size=12,
)


def address(name: str) -> str:
    """Return the address of somebody in these tests."""
    return f"{name}@union.example"


def lines_for(*wanted: str) -> list[Line]:
    """Return good lines, numbered from 2 as in a file."""
    return [Line(number, Applicant(address(name))) for number, name in enumerate(wanted, 2)]


def test_good_lines_are_entered_and_bad_ones_told():
    """A bad line costs itself alone; the counts add up to the lines of the file."""
    lines = [*lines_for("a", "b"), Line(4, None, "country 'XX' is no ISO 3166 code")]
    result = import_lines(lines, store := FakeSupporters(), CONFIRMED, os.urandom)

    assert (result.added, result.updated, result.skipped) == (2, 0, 1)
    assert result.problems == (LineProblem(4, "country 'XX' is no ISO 3166 code"),)
    assert len(list(store.list(Filter()))) == 2


def test_the_first_of_two_lines_with_one_address_counts():
    """The second is told with the number of the first, even in another batch and another case."""
    many = [Line(n, Applicant(f"s{n}@union.example")) for n in range(2, BATCH + 4)]
    twice = [*many, Line(BATCH + 4, Applicant("S2@union.example", name="Second"))]

    result = import_lines(twice, store := FakeSupporters(), CONFIRMED, os.urandom)

    assert (result.added, result.skipped) == (BATCH + 2, 1)
    assert result.problems == (LineProblem(BATCH + 4, "the same address as line 2, which was taken"),)
    assert store.standing("s2@union.example").supporter.person.name == ""


def test_a_file_imported_twice_changes_nothing():
    """The second run updates everybody to what they are."""
    store = FakeSupporters()
    import_lines(lines_for("a", "b"), store, CONFIRMED, os.urandom)
    before = list(store.walk(Filter()))

    result = import_lines(lines_for("a", "b"), store, CONFIRMED, os.urandom)

    assert (result.added, result.updated, result.skipped) == (0, 2, 0)
    assert list(store.walk(Filter())) == before


def test_who_left_is_skipped_and_counted():
    """Unsubscribed and suppressed addresses stay so, and the organiser learns how many there are."""
    store = FakeSupporters()
    import_lines(lines_for("a", "b", "c"), store, CONFIRMED, os.urandom)
    store.unsubscribe(address("a"))
    store.erase(address("b"), now=NOW)

    result = import_lines(lines_for("a", "b", "c"), store, CONFIRMED, os.urandom)

    assert (result.added, result.updated, result.skipped) == (0, 1, 2)
    assert (result.unsubscribed, result.suppressed, result.problems) == (1, 1, ())


@given(events)
def test_no_order_of_events_revives_anybody(history):
    """Once somebody left or was erased, no import ever makes them one who is written to."""
    store, gone = FakeSupporters(), set()
    for event, who, terms in history:
        if event == "import":
            import_lines(lines_for(*who), store, terms, os.urandom)
        elif event == "unsubscribe":
            gone |= {who} if store.unsubscribe(address(who)) else set()
        else:
            store.erase(address(who), now=NOW)
            gone.add(who)
        written_to = {each.person.email for each in store.walk(Filter(consent=Consent.CONFIRMED))}
        assert not written_to & set(map(address, gone))


@given(st.lists(st.one_of(names, st.none()), max_size=20))
def test_the_counts_add_up_to_the_lines(wanted):
    """Added, updated and skipped are all lines of a file, whatever is in it."""
    store = FakeSupporters()
    enter_all(store, Applicant(address("a")))
    store.unsubscribe(address("a"))
    lines = [Line(n, Applicant(address(w)) if w else None, "" if w else "bad") for n, w in enumerate(wanted, 2)]

    result = import_lines(lines, store, CONFIRMED, os.urandom)

    assert result.added + result.updated + result.skipped == len(lines)


def test_progress_follows_the_file():
    """After each batch the bytes read so far are told, the last time all of them."""
    lines = [Line(n, Applicant(f"s{n}@union.example"), "", n * 10) for n in range(1, 2 * BATCH + 2)]
    told: list[int] = []

    import_lines(lines, FakeSupporters(), CONFIRMED, os.urandom, told.append)

    assert told == [BATCH * 10, 2 * BATCH * 10, (2 * BATCH + 1) * 10]
