"""Does the store of campaigns keep what was published, approved and commanded, whoever asks at the same time?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine
from mailer.core.campaigns import MailingKind, Status
from mailer.core.schedule import Slot
from mailer.core.signups import SERVICE
from mailer.errors import NotFoundError
from tests.casework import AFTER, ALERT, CLOSING, Casework, case, reached
from tests.databases import NOW

HOLD = NOW + timedelta(minutes=1)


@pytest.fixture
def work(tmp_path, store_url):
    """A case with five people, published and not launched."""
    work = Casework(tmp_path, url=store_url)
    work.join(*"abcde")
    work.campaigns.publish(case(), now=NOW)
    return work


def test_what_was_published_is_found_again(work):
    """A campaign that was published and never launched is a draft with one revision."""
    record = work.campaigns.find("case")

    assert (record.status, record.file_status, record.revision) == (Status.DRAFT, Status.READY, 1)
    assert (record.approvals, record.real_launched_at) == (0, None)
    assert work.campaigns.all() == (record,)
    assert work.campaigns.find("other") is None
    assert work.campaigns.revision("case", 1) == case()
    assert not record.is_running


def test_what_asks_people_to_confirm_is_no_campaign(work):
    """It has revisions and is found by its id, but nobody who goes through all campaigns meets it."""
    asks = replace(case(), campaign=replace(case().campaign, id=SERVICE, targets=(), mailings=()))

    assert work.campaigns.publish(asks, now=NOW) == 1
    assert work.campaigns.find(SERVICE).revision == 1
    assert work.campaigns.revision(SERVICE, 1) == asks
    assert [record.id for record in work.campaigns.all()] == ["case"]


def test_the_same_content_keeps_its_number(work):
    """Starting again takes nothing over that is there; a change makes the next number, and so does the way back."""
    other = reached(case(), "new@justice.example")

    assert [work.campaigns.publish(each, now=NOW) for each in (case(), other, other, case())] == [1, 2, 2, 3]
    assert work.campaigns.revision("case", 2) == other
    assert work.campaigns.find("case").revision == 3


def test_a_revision_that_was_never_made_is_told(work):
    """Asking for one is an error that names campaign and number."""
    with pytest.raises(NotFoundError, match="case has no revision 9"):
        work.campaigns.revision("case", 9)


def test_the_files_status_is_taken_over_even_with_the_same_content(work):
    """The file is a ceiling: pausing there holds what runs."""
    work.launch()
    work.campaigns.publish(case(status=Status.PAUSED), now=NOW)

    record = work.campaigns.find("case")
    assert (record.status, record.file_status, record.effective) == (Status.READY, Status.PAUSED, Status.PAUSED)
    assert not record.is_running


def test_the_first_real_launch_opens_the_real_run(work):
    """A launch is real from the end of its hold; what comes later does not move that moment."""
    work.campaigns.approve("case", rehearsal=False, now=NOW, hold_until=HOLD)
    work.campaigns.approve("case", rehearsal=False, now=HOLD, hold_until=HOLD + timedelta(hours=1))

    record = work.campaigns.find("case")
    assert (record.real_launched_at, record.approvals, record.is_running) == (HOLD, 2, True)
    assert (record.run(rehearsal=False), record.began(rehearsal=False)) == (0, HOLD)


def test_every_rehearsal_is_a_run_of_its_own_and_none_is_real(work):
    """Launching over `file:` again and again leaves the real run untouched."""
    for number in (1, 2):
        work.campaigns.approve("case", rehearsal=True, now=NOW, hold_until=HOLD)
        record = work.campaigns.find("case")
        assert (record.run(rehearsal=True), record.run(rehearsal=False)) == (number, None)
    assert record.rehearsal


def test_a_launch_cancels_what_is_left_of_rehearsals(work):
    """Mails of an old rehearsal are not written after the next launch; real ones stay."""
    work.launch(rehearsal=True)
    work.tick(rehearsal=True)
    work.launch()
    work.tick()

    assert set(work.states("alert", 1).values()) == {"cancelled"}
    assert set(work.states("alert", 0).values()) == {"queued"}


@pytest.mark.parametrize("rehearsal", [True, False])
@pytest.mark.parametrize("final", [Status.STOPPED, Status.CLOSED])
def test_no_launch_undoes_what_is_final(work, final, rehearsal):
    """Whoever approves a moment after a stop or a closing brings nothing back."""
    work.launch()
    work.campaigns.set_status("case", final, now=NOW)
    before = work.campaigns.find("case")
    work.campaigns.approve("case", rehearsal=rehearsal, now=HOLD, hold_until=HOLD)

    assert work.campaigns.find("case") == before


def test_a_stopped_rehearsal_is_launched_again(work):
    """Rehearsals use up nothing: not the campaign, either."""
    work.launch(rehearsal=True)
    work.campaigns.set_status("case", Status.STOPPED, now=NOW)
    work.launch()

    assert work.campaigns.find("case").is_running


def test_a_rehearsal_does_not_resume_what_is_paused(work):
    """Who pauses a real campaign and looks at it over `file:` sends nothing to anybody."""
    work.launch()
    work.campaigns.set_status("case", Status.PAUSED, now=NOW)
    work.campaigns.approve("case", rehearsal=True, now=NOW, hold_until=NOW)

    assert work.campaigns.find("case").status is Status.PAUSED
    assert work.run() == []


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        (Status.STOPPED, Status.READY, Status.STOPPED),
        (Status.STOPPED, Status.PAUSED, Status.STOPPED),
        (Status.STOPPED, Status.CLOSED, Status.CLOSED),
        (Status.CLOSED, Status.STOPPED, Status.CLOSED),
        (Status.CLOSED, Status.READY, Status.CLOSED),
        (Status.PAUSED, Status.READY, Status.READY),
    ],
)
def test_commands_that_cross_undo_nothing_final(work, first, then, left):
    """Two people command at once: stopped can only be closed, and closed is the end."""
    work.launch()
    work.campaigns.set_status("case", first, now=NOW)
    work.campaigns.set_status("case", then, now=HOLD)

    record = work.campaigns.find("case")
    assert record.status is left
    assert record.closed_at == ({Status.STOPPED: HOLD, Status.CLOSED: NOW}[first] if left is Status.CLOSED else None)


@pytest.mark.parametrize("final", [Status.STOPPED, Status.CLOSED])
def test_stopping_cancels_all_that_has_not_left(work, final):
    """Queued, deferred and claimed letters end at once; one in flight is its sender's to settle."""
    work.launch()
    work.tick()
    sending, claimed = work.claim(limit=1), work.claim(limit=1)
    work.intend(sending)
    work.campaigns.set_status("case", final, now=NOW)

    assert sorted(work.states().values()) == ["cancelled"] * 4 + ["sending"]
    assert work.intend(claimed) == frozenset()
    work.settle(sending)
    assert sorted(work.states().values()) == ["cancelled"] * 4 + ["sent"]
    assert work.send(HOLD) == []


def test_resuming_lifts_the_brakes_of_mailings(work):
    """A mailing that the relay's refusals paused goes on when a person resumes its campaign."""
    work.launch()
    work.tick()
    slot = work.campaigns.mailings("case")[0]
    work.outbox.pause_mailing(slot.row, "refused")
    assert work.campaigns.mailings("case")[0].reason == "refused"

    work.campaigns.set_status("case", Status.READY, now=NOW)
    assert work.campaigns.mailings("case")[0] == slot
    assert work.send() == list("abcde")


def test_a_slot_is_planned_once_in_each_run(work):
    """A second plan, at another moment or by another revision, changes nothing."""
    slot = Slot(NOW, ALERT.id, MailingKind.ALERT)
    work.campaigns.plan("case", [slot], run=0, revision=1)
    work.campaigns.plan(
        "case", [replace(slot, due=HOLD), Slot(HOLD, AFTER.id, MailingKind.REMINDER)], run=0, revision=2
    )
    work.campaigns.plan("case", [slot], run=1, revision=1)

    first, *others = work.campaigns.mailings("case", 0)
    assert (first.mailing_id, first.due, first.revision) == ("alert", NOW, 1)
    assert [each.mailing_id for each in others] == [AFTER.id]
    (rehearsed,) = work.campaigns.mailings("case", 1)
    assert (rehearsed.is_rehearsal, first.is_rehearsal) == (True, False)


def test_two_machines_that_publish_at_once_make_one_revision(work):
    """Both get the same number for the same content, and no error."""
    numbers, ready = [], Barrier(2)
    revision = case(closing=CLOSING)

    def publish():
        engine = open_engine(work.url)
        ready.wait()
        numbers.append(SqlCampaigns(engine).publish(revision, now=NOW))
        engine.dispose()

    threads = [Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers == [2, 2]
