"""How does a campaign enter the database, and what may people command?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.audience import Cohort, Selection
from mailer.core.campaigns import (
    AudienceRule,
    Closing,
    CountryRule,
    Mailing,
    MailingId,
    MailingKind,
    Outcome,
    Safety,
    Status,
)
from mailer.core.enclosures import enclose
from mailer.core.progress import HOLD
from mailer.core.revisions import Revision
from mailer.core.schedule import Slot
from mailer.core.targets import Phone
from mailer.errors import ConfigurationError, NotFoundError, RenderingError, UsageError
from mailer.flows.command import command
from mailer.flows.publish import Publisher
from tests.fakes import FakeCampaigns
from tests.letter_parts import END, NOW, SLOGAN, campaign, library, organisation, said, target, wording

ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
SCHEDULED = Mailing(MailingId("alert"), MailingKind.ALERT, at=NOW)
REMINDER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=timedelta(days=3))
COHORTS = (Cohort("DE", "ru", 5), Cohort("GB", "en", 7))
FREE = Closing(Outcome.RELEASED, said(en="He is free."))
FILE = campaign(mailings=(ALERT, REMINDER))
ID = FILE.id


class Office:
    """A publisher over fakes, and what it asked of them."""

    def __init__(self) -> None:
        self.store = FakeCampaigns()
        self.asked: list[Selection] = []
        self.proven: list[Revision] = []
        self.fault: Exception | None = None
        self.people = COHORTS
        self.publisher = Publisher(self.store, self, self, lambda tag: tag.encode())

    def cohorts(self, selection: Selection) -> tuple[Cohort, ...]:
        """Return the audience."""
        self.asked.append(selection)
        return self.people

    def left_out(self, selection: Selection) -> dict[str, int]:
        """Return nobody."""
        return {}

    def assemble(self, given) -> Revision:
        """Freeze a campaign."""
        return Revision(given, organisation(), library("en", "ru"), wordings={"en": wording("en")})

    def prove(self, revision: Revision) -> None:
        """Fail if the test says so."""
        if self.fault is not None:
            raise self.fault
        self.proven.append(revision)

    def launch(self, given=FILE, *, rehearsal: bool = False, now=NOW, hold: timedelta = HOLD) -> None:
        """Launch a campaign."""
        plan = self.publisher.plan_launch(given, rehearsal=rehearsal, now=now)
        self.publisher.launch(plan, now=now, hold=hold)

    @property
    def record(self):
        """Return how the campaign stands."""
        return self.store.find(ID)

    @property
    def newest(self):
        """Return the campaign of the newest revision."""
        return self.store.revision(ID, self.record.revision).campaign

    def begin(self, mailing: Mailing, **changes) -> None:
        """Let a mailing go out."""
        slot = Slot(mailing.at or NOW, mailing.id, mailing.kind)
        self.store.plan(ID, [slot], run=0, revision=1)
        self.store.change(len(self.store.slots), **{"cursor": 9, **changes})


@pytest.fixture
def office() -> Office:
    """An office with an empty database."""
    return Office()


@pytest.fixture
def launched(office) -> Office:
    """An office that launched its campaign."""
    office.launch()
    return office


# --- launching ------------------------------------------------------------------------------------


def test_a_plan_shows_who_and_changes_nothing(office):
    """Audience by country and language, who is left out and who could do nothing; the database stays empty."""
    given = replace(
        FILE, safety=Safety({"RU": CountryRule.NONE}), audience=AudienceRule(("GB", "DE", "RU"), (), ("union",))
    )
    plan = office.publisher.plan_launch(given, rehearsal=False, now=NOW)

    assert (plan.cohorts, plan.audience, plan.excluded_countries) == (COHORTS, 12, ("RU",))
    assert plan.alert is ALERT
    assert plan.unreachable == ()
    assert office.asked == [Selection(("GB", "DE", "RU"), (), (b"union",), ("RU",))]
    assert office.store.all() == ()


def test_a_plan_tells_whom_the_letters_would_not_help(office):
    """An embassy that nobody has is no channel."""
    lonely = campaign(target("embassy", email="", embassy_of="KZ"), mailings=(ALERT,))
    plan = office.publisher.plan_launch(lonely, rehearsal=True, now=NOW)

    assert plan.unreachable == COHORTS
    assert "12 people get none" in str(plan.coverage)


@pytest.mark.parametrize(("hold", "rehearsal"), [(HOLD, False), (timedelta(), False), (HOLD, True)])
def test_a_launch_approves_and_holds(office, hold, rehearsal):
    """The alert is released after the hold; a rehearsal opens no real run."""
    office.launch(rehearsal=rehearsal, hold=hold)

    assert office.record.is_running
    assert (office.record.approvals, office.record.launched_at, office.record.hold_until) == (1, NOW, NOW + hold)
    assert office.record.real_launched_at == (None if rehearsal else NOW + hold)


def test_a_template_with_an_error_releases_nothing(office):
    """The campaign is not even published."""
    office.fault = RenderingError("alert.txt.j2, line 3")
    with pytest.raises(RenderingError, match="line 3"):
        office.launch()

    assert office.store.all() == ()


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.READY])
def test_a_file_that_is_not_ready_is_not_launched(office, status):
    """The file's status is a ceiling."""
    with pytest.raises(UsageError, match=f"is {status} in the file"):
        office.launch(replace(FILE, status=status))


def test_a_campaign_that_is_over_is_not_launched(office):
    """Letters that come too late help nobody; a moment before they do."""
    with pytest.raises(UsageError, match="write_until"):
        office.launch(now=END)
    office.launch(now=END - timedelta(seconds=1))


def test_a_campaign_is_launched_once(launched):
    """A second launch, a rehearsal too, does nothing and says what would be right."""
    before = launched.record
    for rehearsal in (False, True):
        with pytest.raises(UsageError, match="nothing done"):
            launched.launch(rehearsal=rehearsal)

    assert launched.record == before


def test_rehearsals_may_be_repeated_and_use_up_nothing(office):
    """After two of them the real launch begins afresh, with nothing that was commanded meanwhile."""
    office.launch(rehearsal=True)
    office.publisher.update(FILE, said(en="rehearsed news"), now=NOW)
    office.launch(rehearsal=True)
    office.launch()

    assert office.record.approvals == 3
    assert office.record.real_launched_at == NOW + HOLD
    assert office.newest == FILE


@pytest.mark.parametrize("status", [Status.STOPPED, Status.CLOSED])
def test_what_is_over_is_not_launched_again(launched, status):
    """A new case needs a new id."""
    launched.store.set_status(ID, status, now=NOW)
    with pytest.raises(UsageError, match="is final"):
        launched.launch()


def test_a_sample_is_not_permitted(office):
    """What an installation forbids is neither planned, nor entered, nor closed."""

    def forbid(given):
        raise ConfigurationError("a sample address")

    publisher = Publisher(office.store, office, office, str.encode, forbid)
    for forbidden in (
        lambda: publisher.plan_launch(FILE, rehearsal=False, now=NOW),
        lambda: publisher.enter(FILE, now=NOW),
        lambda: publisher.close(FILE, FREE, now=NOW),
    ):
        with pytest.raises(ConfigurationError):
            forbidden()
    assert office.store.all() == ()


# --- late alerts ----------------------------------------------------------------------------------


@pytest.fixture
def late(office) -> Office:
    """An office whose scheduled alert waits for a person, seven hours after its time."""
    office.launch(campaign(mailings=(SCHEDULED, REMINDER)), now=NOW - timedelta(days=1))
    office.begin(SCHEDULED, cursor=0, paused=True, reason="late")
    return office


def test_a_second_launch_releases_a_late_alert(late):
    """It goes out after the hold, and news can follow it."""
    now = NOW + timedelta(hours=7)
    late.launch(campaign(mailings=(SCHEDULED, REMINDER)), now=now)
    (slot,) = late.store.slots

    assert (slot.due, slot.paused, slot.reason) == (now + HOLD, False, "")
    late.store.change(1, cursor=9)
    late.publisher.update(campaign(mailings=(SCHEDULED, REMINDER)), said(en="news"), now=now + timedelta(days=1))


def test_a_late_alert_that_was_moved_goes_out_at_its_new_time(late):
    """A launch does not send tomorrow's alert today."""
    tomorrow = NOW + timedelta(days=1)
    late.launch(campaign(mailings=(replace(SCHEDULED, at=tomorrow), REMINDER)), now=NOW + timedelta(hours=7))

    assert late.store.slots[0].due == tomorrow


# --- revising -------------------------------------------------------------------------------------


def test_a_changed_file_is_a_new_revision_and_an_unchanged_one_is_not(launched):
    """What is the same is neither kept twice nor proven twice."""
    assert launched.publisher.enter(FILE, now=NOW) == 1
    assert len(launched.proven) == 1
    assert launched.publisher.enter(replace(FILE, case="KZ-1"), now=NOW) == 2
    assert len(launched.proven) == 2


def test_a_template_with_an_error_leaves_the_published_campaign(launched):
    """`revise` fails, and the letters go on as they were."""
    launched.fault = RenderingError("line 3")
    with pytest.raises(RenderingError):
        launched.publisher.enter(replace(FILE, case="KZ-1"), now=NOW)

    assert launched.record.revision == 1


def test_a_file_that_contradicts_the_past_is_refused(launched):
    """All contradictions at once, and nothing changed."""
    launched.begin(ALERT)
    launched.begin(REMINDER)
    with pytest.raises(UsageError, match=r"mailing alert has begun.*; mailing reminder-after-3d has begun"):
        launched.publisher.enter(campaign(), now=NOW)

    assert launched.newest == FILE


# --- news -----------------------------------------------------------------------------------------


def test_news_goes_out_at_once_and_is_kept_with_the_file(launched):
    """An update and a correction are mailings of their own; the next version of the file keeps them."""
    update = launched.publisher.update(FILE, said(en="news"), now=NOW)
    correction = launched.publisher.correct(FILE, said(en="wrong"), now=NOW + timedelta(seconds=1))
    launched.publisher.enter(replace(FILE, case="KZ-1"), now=NOW)

    assert {mailing.id for mailing in launched.newest.mailings} == {"alert", "reminder-after-3d", update, correction}
    assert launched.newest.mailing(update) == Mailing(update, MailingKind.UPDATE, at=NOW, text=said(en="news"))
    assert launched.newest.mailing(correction).kind is MailingKind.CORRECTION


def test_what_officials_answered_is_kept_with_its_update(launched):
    """In its own revision and in every later one, so that no sender opens a file."""
    answers = enclose([("answer.txt", b"We have no comment.")])
    update = launched.publisher.update(FILE, said(en="news"), now=NOW, answers=answers)
    launched.publisher.update(FILE, said(en="more"), now=NOW + timedelta(hours=1))
    launched.publisher.enter(FILE, now=NOW + timedelta(hours=2))

    assert launched.newest.mailing(update).answers == answers
    assert sorted(len(mailing.answers) for mailing in launched.newest.mailings) == [0, 0, 0, 1]


@pytest.mark.parametrize("status", [Status.STOPPED, Status.CLOSED])
def test_no_news_of_what_is_over(launched, status):
    """Nor of what was never launched."""
    launched.store.set_status(ID, status, now=NOW)
    with pytest.raises(UsageError, match=f"is {status}: no update can go out"):
        launched.publisher.update(FILE, said(en="news"), now=NOW)
    with pytest.raises(NotFoundError, match="never launched"):
        Office().publisher.update(FILE, said(en="news"), now=NOW)


# --- closing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [Status.READY, Status.PAUSED, Status.STOPPED])
def test_a_campaign_can_be_closed_from_every_other_state(launched, before):
    """The words of the closing are published before the campaign is closed."""
    launched.store.set_status(ID, before, now=NOW)
    launched.publisher.close(FILE, FREE, now=NOW)

    assert launched.record.status is Status.CLOSED
    assert launched.record.closed_at == NOW
    assert launched.newest.closing == FREE


def test_a_closing_is_the_last_word(launched):
    """A second one does nothing, and the file's own cannot take the place of what was commanded."""
    launched.publisher.close(FILE, FREE, now=NOW)
    with pytest.raises(UsageError, match="was closed on 2026-11-25; nothing done"):
        launched.publisher.close(FILE, replace(FREE, outcome=Outcome.LOST), now=NOW)
    file = replace(FILE, status=Status.CLOSED, closing=Closing(Outcome.ENDED, said(en=SLOGAN)))
    launched.publisher.enter(file, now=NOW)

    assert launched.newest.closing == FREE


def test_a_file_that_dropped_a_reminder_can_be_closed_all_the_same(launched):
    """The good news waits for no correction of the file."""
    launched.begin(REMINDER)
    launched.publisher.close(campaign(mailings=(ALERT,)), FREE, now=NOW)

    assert launched.record.status is Status.CLOSED


def test_a_closing_that_cannot_be_rendered_closes_nothing(launched):
    """The campaign stays as it was."""
    launched.fault = RenderingError("line 3")
    with pytest.raises(RenderingError):
        launched.publisher.close(FILE, FREE, now=NOW)

    assert launched.record.status is Status.READY


# --- pause, resume, stop --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "wish"),
    [
        (Status.READY, Status.PAUSED),
        (Status.READY, Status.STOPPED),
        (Status.PAUSED, Status.READY),
        (Status.PAUSED, Status.STOPPED),
        (Status.STOPPED, Status.STOPPED),
    ],
)
def test_a_campaign_is_held_freed_and_stopped(launched, before, wish):
    """Each command is in force when it returns."""
    launched.store.set_status(ID, before, now=NOW)

    assert command(launched.store, ID, wish, now=NOW).status is wish


@pytest.mark.parametrize(
    ("before", "wish"),
    [
        (Status.STOPPED, Status.READY),
        (Status.STOPPED, Status.PAUSED),
        (Status.CLOSED, Status.READY),
        (Status.CLOSED, Status.PAUSED),
        (Status.CLOSED, Status.STOPPED),
    ],
)
def test_what_is_final_is_final(launched, before, wish):
    """Stopped and closed are never undone."""
    launched.store.set_status(ID, before, now=NOW)
    with pytest.raises(UsageError, match=f"is {before}, which is final"):
        command(launched.store, ID, wish, now=NOW)

    assert launched.record.status is before


def test_nothing_is_commanded_that_was_never_launched(office):
    """Neither what is unknown nor what was only published."""
    with pytest.raises(NotFoundError):
        command(office.store, ID, Status.PAUSED, now=NOW)
    office.publisher.enter(FILE, now=NOW)
    with pytest.raises(UsageError, match="never launched"):
        command(office.store, ID, Status.READY, now=NOW)

    assert office.record.status is Status.DRAFT


# --- how many may ring ----------------------------------------------------------------------------

FEW = replace(FILE, targets=(target(phone=Phone("+442079460107", ask_at_most=5)),))


def test_an_audience_is_counted_where_only_so_many_are_to_ring(office):
    """The sender, who sees one supporter at a time, must know of how many the few are chosen."""
    assert office.publisher.plan_launch(FEW, rehearsal=False, now=NOW).revision.audience == 12
    assert office.publisher.plan_launch(FILE, rehearsal=False, now=NOW).revision.audience == 0


def test_a_few_more_supporters_make_no_new_revision(office):
    """Each start of the daemon enters the file; what is published stays until the audience has grown by a tenth."""
    first = office.publisher.enter(FEW, now=NOW)
    office.people = (Cohort("GB", "en", 13),)
    second = office.publisher.enter(FEW, now=NOW)
    office.people = (Cohort("GB", "en", 14),)
    third = office.publisher.enter(FEW, now=NOW)

    assert first == second < third
    assert office.store.revision(ID, third).audience == 14
