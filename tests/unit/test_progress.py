"""How far is a campaign, and which run does a relay work on?"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from mailer.core.campaigns import CampaignId, MailingKind, Status, ceiling
from mailer.core.progress import REAL_RUN, CampaignRecord, MailingRecord

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)


def record(**changes) -> CampaignRecord:
    """Return a campaign that was launched for real, and rehearsed once after and once before."""
    given = {"status": Status.READY, "file_status": Status.READY, "revision": 1, "approvals": 3}
    return CampaignRecord(CampaignId("case"), **{**given, "hold_until": LATER, "real_launched_at": NOW, **changes})


@pytest.mark.parametrize(("file", "database"), list(product(Status, Status)))
def test_the_more_restrictive_of_file_and_database_wins(file, database):
    """Whoever shuts a campaign, it is shut; letters leave only if both say ready."""
    stands = record(file_status=file, status=database)

    assert stands.effective is ceiling(file, database) is ceiling(database, file)
    assert list(Status).index(stands.effective) == max(list(Status).index(file), list(Status).index(database))
    assert stands.is_running == (file is database is Status.READY)


@pytest.mark.parametrize("status", Status)
def test_stopped_and_closed_are_over(status):
    """Whatever the file says then."""
    assert record(status=status).is_over == (status in (Status.STOPPED, Status.CLOSED))
    assert not record(file_status=status).is_over


def test_nothing_runs_without_an_approval():
    """A published campaign that nobody launched sends nothing."""
    assert not record(approvals=0).is_running


@pytest.mark.parametrize(
    ("changes", "rehearsal", "run", "began"),
    [
        ({}, False, REAL_RUN, NOW),
        ({}, True, 3, LATER),
        ({"real_launched_at": None}, False, None, None),
        ({"real_launched_at": None}, True, 3, LATER),
        ({"approvals": 0, "hold_until": None, "real_launched_at": None}, True, None, None),
    ],
)
def test_a_relay_works_on_the_run_of_its_sort(changes, rehearsal, run, began):
    """A rehearsal has the number of its approval; a campaign that was only rehearsed has no real run."""
    stands = record(**changes)

    assert stands.run(rehearsal=rehearsal) == run
    assert stands.began(rehearsal=rehearsal) == began


@pytest.mark.parametrize(("run", "rehearsal"), [(REAL_RUN, False), (1, True)])
def test_a_slot_knows_whether_it_reached_anybody(run, rehearsal):
    """Only run 0 is real."""
    slot = MailingRecord(1, CampaignId("case"), "alert", run, MailingKind.ALERT, NOW, 1)

    assert slot.is_rehearsal is rehearsal
