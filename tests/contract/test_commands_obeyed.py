"""Does a command that came by mail do what the pages do, and is it answered once? Over SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import insert, select

from mailer.adapters.store import replying
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.obeying import Ordered, obey
from mailer.adapters.store.replying import queue_reply
from mailer.adapters.store.tables import campaigns, deliveries, mailings, supporters
from mailer.core.campaigns import MailingKind
from mailer.core.counting import Answers
from mailer.core.deliveries import State
from mailer.core.mail_commands import Command
from mailer.core.replies import Reply
from mailer.core.signups import MAIL_LASTS, SERVICE
from mailer.core.supporters import Consent
from mailer.errors import NotFoundError
from tests.casework import AFTER, ALERT, Casework, case
from tests.databases import NOW

DAY = timedelta(days=1)
AT_ONCE = 6


@pytest.fixture
def work(tmp_path, store_url) -> Casework:
    """A launched case, and what answers are composed from."""
    work = Casework(tmp_path, url=store_url)
    work.join("anna", "boris")
    work.launch(case(ALERT, AFTER))
    with writing(work.engine) as connection:
        row = {"id": SERVICE, "status": "draft", "file_status": "draft", "revision": 3}
        connection.execute(insert(campaigns), [row])
    return work


def order(work: Casework, command: Command, name: str = "anna", **about: str) -> None:
    """Let somebody order something."""
    with writing(work.engine) as connection:
        obey(connection, work.vault, Ordered(command, work.id_of(name), **about), NOW)


def answer(work: Casework, reply: Reply, name: str = "anna", *, rehearsal: bool = False, at=NOW) -> bool:
    """Queue an answer."""
    with writing(work.engine) as connection:
        return queue_reply(connection, work.id_of(name), reply, rehearsal=rehearsal, now=at)


def waiting(work: Casework) -> list[tuple[object, ...]]:
    """Return the answers that wait: mailing, urgency, whose, until when."""
    columns = (mailings.c.mailing_id, mailings.c.priority, deliveries.c.supporter_id, deliveries.c.deadline)
    query = select(*columns).join(mailings, mailings.c.id == deliveries.c.mailing)
    with reading(work.engine) as connection:
        ours = (mailings.c.kind == MailingKind.REPLY, deliveries.c.state == State.QUEUED)
        return [tuple(row) for row in connection.execute(query.where(*ours).order_by(deliveries.c.id))]


def test_each_command_does_what_the_pages_do(work):
    """Twice is as once; somebody else's answers stay as they are."""
    for _ in range(2):
        order(work, Command.SENT, campaign_id="case", target="court")
        order(work, Command.NOT_THIS_CASE, campaign_id="case")
        order(work, Command.PAUSE, zone="Europe/London")
        order(work, Command.STOP)

    answers = work.answers.answers_of("case", work.token_of("anna"))
    assert (answers.acted, answers.declined) == (frozenset({"court"}), True)
    assert work.answers.counts("case") == {"court": 1}
    with reading(work.engine) as connection:
        one, other = connection.execute(select(supporters).order_by(supporters.c.id).limit(2)).all()
    assert (one.consent, one.paused_until.date() - NOW.date()) == (Consent.UNSUBSCRIBED, 28 * DAY)
    assert (other.consent, other.paused_until) == (Consent.CONFIRMED, None)
    assert work.answers.answers_of("case", work.token_of("boris")) == Answers()


def test_nobody_orders_anything_about_a_case_that_is_not_there(work):
    """It is told, so that nothing of the mail is kept as done."""
    with pytest.raises(NotFoundError):
        order(work, Command.SENT, campaign_id="none")


def test_an_answer_is_urgent_and_lasts_two_days(work):
    """It waits for no campaign's pace; what would come later is of no use."""
    assert answer(work, Reply(Command.NOT_THIS_CASE, "case", 1))

    name = f"reply-{NOW:%Y-%m-%d}.not-this-case.1.case"
    assert waiting(work) == [(name, 0, work.id_of("anna"), NOW + MAIL_LASTS)]


def test_each_command_is_answered_once_a_day_to_each(work):
    """A rehearsal uses nothing up."""
    stop, how = Reply(Command.STOP), Reply(None)
    queued = [answer(work, stop, rehearsal=True), answer(work, stop), answer(work, stop), answer(work, how)]
    queued += [answer(work, stop, "boris"), answer(work, stop, at=NOW + DAY)]

    assert queued == [True, True, False, True, True, True]


def test_many_at_once_queue_one(work):
    """Whoever comes second waits for the first, and sees it."""
    gate = Barrier(AT_ONCE)
    cases = ("case", "other")

    def one(number: int) -> Callable[[], bool]:
        def queue() -> bool:
            gate.wait()
            return answer(work, Reply(Command.SENT, cases[number % 2], 1))

        return queue

    with ThreadPoolExecutor(AT_ONCE) as pool:
        queued = [job.result() for job in [pool.submit(one(number)) for number in range(AT_ONCE)]]
    assert sorted(queued) == [False] * (AT_ONCE - 1) + [True]
    assert len(waiting(work)) == 1


def test_nothing_is_queued_that_could_not_be_composed(work):
    """Before the words of answers were published, and for who is gone."""
    with writing(work.engine) as connection:
        connection.execute(campaigns.update().where(campaigns.c.id == SERVICE).values(revision=0))

    assert not answer(work, Reply(Command.STOP))
    with writing(work.engine) as connection:
        assert not queue_reply(connection, 999, Reply(Command.STOP), rehearsal=False, now=NOW)


def test_who_is_barred_is_told_nothing_unproven(work):
    """A sender that anybody can write is no reason to write to a dead mailbox; what was proven is answered."""
    work.suppress("anna")

    assert [answer(work, Reply(None)), answer(work, Reply(Command.STOP))] == [False, True]


def test_a_list_of_addresses_gets_few_of_them_mail(work, monkeypatch):
    """Whoever writes in the names of many: so many a day are told how it is done, and no more."""
    monkeypatch.setattr(replying, "MOST_TOLD", 1)
    queued = [answer(work, Reply(None), name) for name in ("anna", "boris")]

    assert queued == [True, False]
    assert answer(work, Reply(None), "boris", at=NOW + DAY)
