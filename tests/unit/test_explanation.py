"""Does `why` tell the reason that really holds?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailer.cli.supporter_views import explanation_lines
from mailer.core.campaigns import AudienceRule, Campaign, CampaignId, CountryRule, Safety, Status
from mailer.core.enrolment import Standing, Suppression
from mailer.core.explanation import ActionTrace, DeliveryTrace, Traces
from mailer.core.organisations import Organisation
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.signups import NAME, SERVICE
from mailer.core.supporters import Consent, Person, PublicId, Supporter, SupporterId, SuppressionReason
from mailer.core.texts import LocalText
from mailer.flows.explain import explain
from tests.databases import NOW, STATEMENT

SOMEBODY = Supporter(PublicId(b"12345678"), Person("a@union.example", tags=("nurses",)), "GB", "en", id=SupporterId(3))
CASE = Campaign(CampaignId("case"), Status.READY, LocalText({"en": "t"}), LocalText({"en": "s"}), "KZ", (), ())
RUNNING = CampaignRecord(CampaignId("case"), Status.READY, Status.READY, 1, approvals=1, launched_at=NOW)
OURS = Organisation("Network", "Network", "n@solidarity.example", "n@solidarity.example", "1 Street", "UTC", ("en",))
BARRED = Suppression(SuppressionReason.COMPLAINT, NOW)
ALERT = DeliveryTrace("case", "alert", "alert", False, "sent", NOW, NOW)
WROTE = ActionTrace("case", "court", "organiser", NOW)


class Known:
    """One address, its traces, and one campaign."""

    def __init__(self, standing, *, campaign=CASE, record=RUNNING, traces=None):
        self._standing, self._campaign, self._record = standing, campaign, record
        self._traces = traces or Traces()

    def standing(self, email):
        """Return what is known."""
        return self._standing

    def traces(self, supporter_id):
        """Return what the one supporter got."""
        assert supporter_id == SOMEBODY.id
        return self._traces

    def hash_tags(self, tags):
        """Return something that only equal tags have in common."""
        return frozenset(tag.encode() for tag in tags)

    def all(self):
        """Return the one campaign."""
        return (self._record,)

    def revision(self, campaign_id, number):
        """Return its content."""
        return Revision(self._campaign, OURS)


def reason(known: Known) -> str:
    """Return why the one campaign sends nothing."""
    return explain("a@union.example", known, known, now=NOW).campaigns[0].reason


def test_who_is_in_the_audience_of_a_running_campaign_may_get_mail():
    """No reason is told where there is none."""
    found = explain("a@union.example", known := Known(Standing(SOMEBODY, STATEMENT)), known, now=NOW)

    assert (found.reason, found.standing.statement) == ("", STATEMENT)
    assert found.campaigns[0].reason == ""


@pytest.mark.parametrize(
    ("supporter", "told"),
    [
        (replace(SOMEBODY, consent=Consent.UNCONFIRMED), "consent is unconfirmed"),
        (replace(SOMEBODY, consent=Consent.UNSUBSCRIBED), "consent is unsubscribed"),
        (replace(SOMEBODY, country="TR"), "nobody in TR is mailed (safety)"),
        (replace(SOMEBODY, country="DE"), "country is not in the audience"),
        (replace(SOMEBODY, language="ru"), "language is not in the audience"),
        (replace(SOMEBODY, person=Person("a@union.example")), "has none of the audience's tags"),
    ],
)
def test_each_condition_of_the_audience_has_its_words(supporter, told):
    """Consent, safety, country, language and tags are told apart."""
    narrow = replace(
        CASE,
        audience=AudienceRule(("GB", "TR"), ("en",), ("nurses",)),
        safety=Safety({"TR": CountryRule.NONE}),
    )

    assert reason(Known(Standing(supporter), campaign=narrow)) == told
    assert reason(Known(Standing(SOMEBODY), campaign=narrow)) == ""


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (replace(RUNNING, approvals=0), "the campaign was not launched"),
        (replace(RUNNING, status=Status.PAUSED), "the campaign is paused"),
        (replace(RUNNING, file_status=Status.STOPPED), "the campaign is stopped"),
    ],
)
def test_a_campaign_that_does_not_run_is_the_reason(record, told):
    """The more restrictive of file and database is what holds."""
    assert reason(Known(Standing(SOMEBODY), record=record)) == told


def test_a_suppression_comes_before_every_other_reason():
    """A barred address is barred in every campaign, with reason and day."""
    found = explain("a@union.example", known := Known(Standing(SOMEBODY, None, BARRED)), known, now=NOW)

    assert found.reason == "the address is suppressed (complaint) since 2026-11-20"
    assert found.campaigns[0].reason == found.reason


def test_a_stranger_is_told_as_one():
    """Without a supporter there are no campaigns to tell of."""
    found = explain("a@union.example", known := Known(Standing()), known, now=NOW)

    assert (found.reason, found.campaigns) == ("no supporter has this address", ())


def test_deliveries_and_actions_are_told_with_their_campaign():
    """What somebody got and answered stands with the case, and an action ends reminders only."""
    other = replace(ALERT, campaign_id="another")
    found = explain(
        "a@union.example", known := Known(Standing(SOMEBODY), traces=Traces((ALERT, other), (WROTE,))), known, now=NOW
    )

    (case,) = found.campaigns
    assert (case.deliveries, case.actions) == ((ALERT,), (WROTE,))
    assert case.reason == "has acted: no reminders"


def test_who_does_not_want_a_case_is_told_so():
    """That is graver than having acted; what holds for everybody comes before it, and other cases go on."""
    told = []
    left = replace(SOMEBODY, consent=Consent.UNSUBSCRIBED)
    for who, declined in ((SOMEBODY, "case"), (left, "case"), (SOMEBODY, "another")):
        traces = Traces(actions=(WROTE,), declined=frozenset({declined}))
        told.append(
            explain("a@union.example", known := Known(Standing(who), traces=traces), known, now=NOW).campaigns[0].reason
        )

    assert told == ['said "not this case": nothing more of it', "consent is unsubscribed", "has acted: no reminders"]


@pytest.mark.parametrize(
    ("supporter", "told"),
    [
        (None, "no supporter has this address: somebody signed up with it on 2026-11-20 and has not confirmed"),
        (
            replace(SOMEBODY, consent=Consent.UNCONFIRMED),
            "consent is unconfirmed: somebody signed up with it on 2026-11-20 and has not confirmed",
        ),
        (SOMEBODY, ""),
    ],
)
def test_a_sign_up_that_waits_for_its_answer_is_told(supporter, told):
    """Who asks why no mail comes learns that the mail that asks to confirm was not answered; a member need not."""
    found = explain("a@union.example", known := Known(Standing(supporter, signed_up_at=NOW)), known, now=NOW)

    assert found.reason == told


def test_the_mails_that_asked_to_confirm_are_told_beside_the_campaigns():
    """Whether the mail left is what somebody asks who never got it."""
    mail = replace(ALERT, campaign_id=SERVICE, mailing_id="confirm-2026-11-20", kind="confirm")
    found = explain("a@union.example", known := Known(Standing(SOMEBODY), traces=Traces((ALERT, mail))), known, now=NOW)

    assert [(each.campaign_id, each.deliveries) for each in found.campaigns] == [("case", (ALERT,)), (NAME, (mail,))]


@pytest.mark.parametrize(
    ("until", "zone", "told"),
    [
        (datetime(2026, 12, 19, 19, tzinfo=UTC), "Asia/Almaty", "pauses until 20 December 2026"),
        (datetime(2026, 12, 19, 19, tzinfo=UTC), "", "pauses until 19 December 2026"),
        (NOW, "", ""),
    ],
)
def test_a_pause_is_told_as_long_as_it_lasts(until, zone, told):
    """The day is that of their own clocks; a pause that is over is no reason."""
    rests = replace(SOMEBODY, paused_until=until, timezone=zone)
    found = explain("a@union.example", known := Known(Standing(rests)), known, now=NOW)

    assert (found.reason, found.campaigns[0].reason) == (told, told)


def test_an_answer_to_a_mail_is_told_as_one():
    """Its mailing's name is for the mailer alone."""
    mail = replace(ALERT, campaign_id=SERVICE, mailing_id="reply-2026-11-20.sent.2.case", kind="reply")
    found = explain("a@union.example", known := Known(Standing(SOMEBODY), traces=Traces((mail,))), known, now=NOW)

    text = "\n".join(explanation_lines(found))
    assert "  answer to their mail (sent) " in text
    assert "reply-2026" not in text
