"""Does whoever comes into an audience behind the cursor get the open alert, at the next tick, once?"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import event, func, insert, select, text, update

from mailer.adapters.store import newcomers
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.filling import PAGE
from mailer.adapters.store.tables import deliveries, supporters
from mailer.adapters.store.tables import newcomers as table
from mailer.core.campaigns import AudienceRule, Status
from tests.casework import ALERT, END, Casework, case
from tests.databases import NOW, UNCONFIRMED

NURSES = AudienceRule(countries=("GB",), tags=("nurses",))


@pytest.fixture
def work(tmp_path, store_url):
    """A case that is not launched yet, with two people in the list."""
    work = Casework(tmp_path, page=3, url=store_url)
    work.join("a", "b")
    return work


def noted(work: Casework) -> list[str]:
    """Return the names of those who wait to be admitted."""
    with reading(work.engine) as connection:
        return work.names(connection.scalars(select(table.c.supporter_id)))


@pytest.mark.parametrize("told", [{}, {"language": "de"}])
def test_who_is_confirmed_gets_the_open_alert_at_the_next_tick(work, told):
    """Somebody whom filling has passed unconfirmed; nobody gets it twice, however often they are entered."""
    work.join("early", terms=UNCONFIRMED)
    work.launch()
    assert work.run() == ["a", "b"]

    work.join("early", **told)
    assert noted(work) == ["early"]
    assert work.run() == ["early"]
    work.join("early", "a", language="fr")
    assert work.run() == []
    assert len(work.rows()) == 3


@pytest.mark.parametrize(("written", "comes"), [(False, ["a"]), (True, [])])
def test_who_left_and_comes_back_gets_the_alert_that_waited(work, written, comes):
    """Leaving had ended it while it was queued; one that may have left already does not come a second time."""
    work.launch()
    work.tick()
    work.people.unsubscribe_by_id(work.token_of("a"))
    with writing(work.engine) as connection:
        theirs = deliveries.c.state == "suppressed"
        connection.execute(update(deliveries).where(theirs).values(composed_at=NOW if written else None))
        who = select(supporters.c.id).where(supporters.c.public_id == work.token_of("a"))
        connection.execute(update(supporters).where(supporters.c.id.in_(who)).values(consent="confirmed"))
        newcomers.note(connection, connection.scalars(who).all())
    work.tick()

    assert [name for name in work.run() if name == "a"] == comes
    assert len(work.rows()) == 2


def test_who_moves_or_gets_a_tag_or_another_language_comes_in(work):
    """A new country, tag or language counts like a new person."""
    work.join("moves", country="DE", tags=("nurses",))
    work.join("learns", tags=())
    work.join("speaks", language="de", tags=("nurses",))
    work.join("stays", language="en", tags=("nurses",))
    work.launch(case(audience=replace(NURSES, languages=("en",))))
    assert work.run() == ["stays"]

    work.join("moves", country="GB", language="en", tags=("nurses",))
    work.join("learns", language="en", tags=("nurses",))
    work.join("speaks", language="en", tags=("nurses",))
    assert work.run() == ["learns", "moves", "speaks"]


def test_who_is_entered_without_a_change_is_not_noted(work):
    """The same file imported every night makes no work."""
    work.launch()
    work.run()
    work.join("a", "b")
    work.join("a", city="York")

    assert noted(work) == []


def test_who_leaves_before_the_tick_gets_nothing(work):
    """Being noted is no consent."""
    work.join("early", terms=UNCONFIRMED)
    work.join("gone", terms=UNCONFIRMED)
    work.launch()
    work.run()
    work.join("early", "gone")
    work.people.unsubscribe("early@union.example")
    work.people.erase("gone@union.example", now=NOW)

    assert work.run() == []
    assert noted(work) == []


def test_a_newcomer_of_another_audience_is_forgotten(work):
    """Whoever is in nobody's audience waits for none."""
    work.launch(case(audience=NURSES))
    work.run()
    work.join("a", language="fr")

    assert work.run() == []
    assert noted(work) == []


def test_an_alert_that_has_not_begun_comes_to_newcomers_by_itself(work):
    """They are filled with everybody else, when it is due."""
    later = replace(ALERT, on_launch=False, at=END.replace(hour=0))
    work.launch(case(later))
    work.tick()
    work.join("a", language="fr")
    work.tick()
    assert work.rows() == []

    assert work.run(END.replace(hour=1)) == ["a", "b"]


def test_a_paused_campaign_misses_nobody(work):
    """Who is confirmed while it is paused gets the alert when it goes on."""
    work.join("early", terms=UNCONFIRMED)
    work.launch()
    work.run()
    work.campaigns.set_status("case", Status.PAUSED, now=NOW)
    work.join("early")
    work.tick()
    assert noted(work) == []

    work.campaigns.set_status("case", Status.READY, now=NOW)
    assert work.run() == ["early"]


def test_a_rehearsal_uses_up_no_newcomer(work):
    """A tick over files admits them to the real alert as well."""
    work.join("early", terms=UNCONFIRMED)
    work.launch()
    work.run()
    work.join("early")
    work.tick(rehearsal=True)

    assert work.send() == ["early"]


def test_newcomers_are_paged_and_nobody_is_scanned_again(work):
    """Seven newcomers are three pages of three; the cursor stays, and no other supporter is looked at."""
    early = [f"e{number}" for number in range(7)]
    work.join(*early, terms=UNCONFIRMED)
    work.launch()
    work.run()
    (slot,) = work.campaigns.mailings("case")
    work.join(*early)
    statements: list[str] = []
    event.listen(work.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    pages = work.tick()

    assert pages == 3
    assert work.send() == early
    assert work.campaigns.mailings("case")[0].cursor == slot.cursor
    assert sum(words.startswith("INSERT INTO deliveries") for words in statements) == 3


def test_a_hundred_thousand_newcomers_cost_their_pages(tmp_path):
    """At the size of a page that is used, behind a list that was filled: 20 pages, everybody once."""
    work = Casework(tmp_path, page=PAGE)
    work.join("a")
    work.launch()
    work.run()
    row = {"consent": "confirmed", "country": "GB", "language": "", "timezone": "", "provider_group": "other"}
    row |= {"seed": 1, "joined_on": NOW.date(), "key_id": 1, "sealed": b""}
    people = [{**row, "public_id": n.to_bytes(8), "address_hash": n.to_bytes(32)} for n in range(100_000)]
    with writing(work.engine) as connection:
        connection.execute(insert(supporters), people)
        connection.execute(text("UPDATE mailings SET cursor = (SELECT max(id) FROM supporters)"))
        newcomers.note(connection, connection.scalars(select(supporters.c.id).where(supporters.c.key_id == 1)).all())

    assert work.tick() == 100_001 // PAGE + 1
    with reading(work.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(deliveries)) == 100_001
        assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_a_kill_in_the_middle_of_a_page_loses_nobody(work):
    """Letters and forgetting are one transaction."""
    work.join("early", terms=UNCONFIRMED)
    work.launch()
    work.run()
    work.join("early")

    class KilledError(Exception):
        pass

    def die(connection, cursor, statement, *rest):
        if statement.startswith("DELETE FROM newcomers"):
            raise KilledError

    event.listen(work.engine, "before_cursor_execute", die)
    with pytest.raises(KilledError):
        work.tick()
    event.remove(work.engine, "before_cursor_execute", die)

    assert work.queued() == ["a", "b"]
    assert work.run() == ["early"]


def test_who_changes_again_during_a_tick_is_noted_anew(work):
    """Somebody who moves while their page is admitted under the old country still gets the alert of the new one."""
    work.join("moves", country="DE")
    work.launch(case(audience=AudienceRule(countries=("GB",))))
    work.run()
    work.join("moves", country="FR")  # noted, but in no audience
    taken, moved = threading.Event(), threading.Event()

    def pause(connection, cursor, statement, *rest):
        if statement.startswith("DELETE FROM newcomers"):
            taken.set()
            moved.wait(0.5)  # the other one waits for this transaction, or is done before it

    def move() -> None:
        taken.wait(10)
        work.join("moves", country="GB")
        moved.set()

    event.listen(work.engine, "before_cursor_execute", pause)
    mover = threading.Thread(target=move)
    mover.start()
    work.tick()
    mover.join()
    event.remove(work.engine, "before_cursor_execute", pause)

    assert "moves" in work.run() + work.queued()


def test_two_daemons_admit_everybody_once(work):
    """Whoever comes second finds the page forgotten, or waits for it."""
    early = [f"e{number:02}" for number in range(40)]
    work.join(*early, terms=UNCONFIRMED)
    work.launch()
    work.run()
    work.join(*early)
    daemons = [threading.Thread(target=work.tick) for _ in range(4)]
    for daemon in daemons:
        daemon.start()
    for daemon in daemons:
        daemon.join()

    assert noted(work) == []
    assert Counter(work.queued()) == Counter(["a", "b", *early])


def test_notes_of_one_change_twice_are_one(work):
    """A second import before the tick adds nothing."""
    ids = [work.id_of(name) for name in ("b", "a")]
    with writing(work.engine) as connection:
        newcomers.note(connection, ids)
        newcomers.note(connection, ids)

    assert noted(work) == ["a", "b"]
