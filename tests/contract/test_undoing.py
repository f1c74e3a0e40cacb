"""Does an organiser take back exactly what somebody said by mistake? Over SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import deliveries, supporters, suppressions
from mailer.adapters.store.undoing import Mistake, undo
from mailer.core.counting import Answers
from mailer.core.supporters import Consent
from mailer.core.undoing import Undone
from mailer.errors import ConsentError, NotFoundError, UsageError
from tests.casework import AFTER, ALERT, Casework, case
from tests.databases import NOW, STATEMENT

ANNA = "anna@union.example"
NEXT_MONTH = NOW + timedelta(days=28)


@pytest.fixture
def work(tmp_path, store_url) -> Casework:
    """A launched case and two people."""
    work = Casework(tmp_path, url=store_url)
    work.join("anna", "boris")
    work.launch(case(ALERT, AFTER))
    return work


def rest(work: Casework, *names: str) -> None:
    """Let people begin a pause."""
    with writing(work.engine) as connection:
        ids = [work.id_of(name) for name in names]
        connection.execute(update(supporters).where(supporters.c.id.in_(ids)).values(paused_until=NEXT_MONTH))


def taken_back(work: Casework, campaign: str = "", statement=None, email: str = ANNA) -> Undone:
    """Take back what somebody said."""
    return undo(work.engine, work.vault, Mistake(email, campaign, statement), NOW)


def standing(work: Casework, name: str = "anna"):
    """Return consent, pause and statement of somebody."""
    known = work.people.standing(f"{name}@union.example")
    return known.supporter.consent, known.supporter.paused_until, known.statement


def test_what_was_said_of_a_campaign_is_forgotten_and_the_pause_ends(work):
    """All targets, and the count too; nothing of anybody else; a second time there is nothing."""
    for name in ("anna", "boris"):
        for target in ("", "court"):
            work.answers.record("case", work.token_of(name), target, "mail", NOW)
        work.answers.decline("case", work.token_of(name), NOW)
    rest(work, "anna", "boris")

    assert taken_back(work, "case") == Undone(("", "court"), declined=True, paused=True)
    assert work.answers.answers_of("case", work.token_of("anna")) == Answers()
    assert work.answers.counts("case") == {"": 1, "court": 1}
    assert work.answers.answers_of("case", work.token_of("boris")).declined
    assert [standing(work, name)[1] for name in ("anna", "boris")] == [None, NEXT_MONTH]
    assert not taken_back(work, "case")


def test_without_a_campaign_only_the_pause_ends(work):
    """What was said of a case stays; letters that the pause held wait no longer."""
    work.answers.decline("case", work.token_of("boris"), NOW)
    work.answers.record("case", work.token_of("anna"), "court", "mail", NOW)
    work.tick()
    rest(work, "anna")
    with writing(work.engine) as connection:
        connection.execute(update(deliveries).values(not_before=NEXT_MONTH))

    assert taken_back(work) == Undone(paused=True)
    assert work.answers.answers_of("case", work.token_of("anna")).acted == {"court"}
    assert work.send() == ["anna"]


def test_cancelled_letters_stay_cancelled(work):
    """Who takes back "not this case" gets what comes, not what was taken out of the queue."""
    work.tick()
    work.answers.decline("case", work.token_of("anna"), NOW)

    assert taken_back(work, "case").declined
    assert work.run() == ["boris"]


def test_who_left_comes_back_with_a_statement_only(work):
    """It is what their consent rests on from then; the alert that is open goes out to them."""
    work.people.unsubscribe(ANNA)
    work.answers.decline("case", work.token_of("anna"), NOW)
    said = type(STATEMENT)("wrote that it was a mistake, 20 November", NOW.date(), "mailer supporters undo", "1" * 64)

    with pytest.raises(UsageError, match="--consent"):
        taken_back(work, "case")
    assert standing(work)[0] is Consent.UNSUBSCRIBED
    assert work.answers.answers_of("case", work.token_of("anna")).declined
    assert taken_back(work, "case", said) == Undone(declined=True, left=True)
    assert standing(work) == (Consent.CONFIRMED, None, said)
    assert work.run() == ["anna", "boris"]


@pytest.mark.parametrize("reason", ["complaint", "bounced", "erased"])
def test_who_is_barred_never_comes_back(work, reason):
    """A statement helps no more than none, and nothing else of theirs is touched."""
    rest(work, "anna")
    work.people.unsubscribe(ANNA)
    bar(work, reason)

    for statement in (STATEMENT, None):
        with pytest.raises(ConsentError, match=rf"barred \({reason}\) since 2026-11-20"):
            taken_back(work, "case", statement)
    assert standing(work)[:2] == (Consent.UNSUBSCRIBED, NEXT_MONTH)


def test_somebody_erased_stays_erased(work):
    """Nothing but the bar is left of them."""
    work.people.erase(ANNA, now=NOW)
    with pytest.raises(ConsentError, match="erased"):
        taken_back(work, statement=STATEMENT)


def test_what_only_leaving_barred_is_lifted(work):
    """As a sign-up does."""
    work.people.unsubscribe(ANNA)
    bar(work, "unsubscribed")

    assert taken_back(work, statement=STATEMENT).left
    assert work.people.standing(ANNA).suppression is None


def test_a_statement_changes_nobody_who_did_not_leave(work):
    """Who only signed up confirms by themselves; who is on the list has agreed already."""
    with writing(work.engine) as connection:
        mine = update(supporters).where(supporters.c.id == work.id_of("anna"))
        connection.execute(mine.values(consent=Consent.UNCONFIRMED.value))

    assert not taken_back(work, statement=STATEMENT)
    assert standing(work)[0] is Consent.UNCONFIRMED


def test_a_case_or_somebody_that_is_not_there_is_told(work):
    """And nothing is done by half."""
    rest(work, "anna")
    with pytest.raises(NotFoundError, match="'nosuch'"):
        taken_back(work, "nosuch")
    with pytest.raises(NotFoundError, match="no supporter"):
        taken_back(work, email="nobody@union.example")
    assert standing(work)[1] == NEXT_MONTH


def bar(work: Casework, reason: str) -> None:
    """Bar Anna's address."""
    row = {"address_hash": work.vault.hash_address(ANNA), "reason": reason, "since": NOW}
    with writing(work.engine) as connection:
        connection.execute(insert(suppressions).values(**row))
