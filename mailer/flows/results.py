"""What came of the campaigns? Three numbers, each from its own source, and what supporters report of channels.

Law: mails that left, letters that supporters say they sent, and copies that arrived are never mixed. A rehearsal
counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailer.core.campaigns import MailingKind
from mailer.core.counting import Numbers, Reported, Spread, numbers_of
from mailer.core.deliveries import State
from mailer.core.signups import NAME
from mailer.flows.report import CampaignStatus


class AnswerCounts(Protocol):
    """What telling results needs of the answers."""

    def counts(self, campaign_id: str) -> Mapping[str, int]:
        """Return how many letters supporters say they sent, by target."""

    def copies(self, campaign_id: str) -> Spread:
        """Return how many copies of letters arrived, by target, country and day."""

    def dead_since(self, campaign_id: str) -> Mapping[str, datetime]:
        """Return when (UTC) a channel was first known to be dead, by its value."""

    def reported(self, campaign_id: str) -> tuple[Reported, ...]:
        """Return what supporters reported of a campaign's channels."""


class ReturnedMails(Protocol):
    """What telling results needs of the outbox."""

    def returned(self, campaign_id: str) -> Mapping[str, Mapping[str, int]]:
        """Return from how many readers the mails of each mailing came back, by kind."""

    def held(self, campaign_id: str) -> Mapping[str, datetime]:
        """Return since when (UTC) nobody is barred because mails of a mailing came back, by its id."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one campaign so far.

    `dead_since` tells when (UTC) a channel went out of use, by its value; `returned` from how many readers the mails
    of a mailing came back, by its id and the kind ("hard", "soft", "complaint"),
    and `held` since when (UTC) that bars nobody, because it were too many.
    """

    numbers: Numbers
    reports: tuple[Reported, ...] = ()
    dead_since: Mapping[str, datetime] = field(default_factory=dict)
    returned: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    held: Mapping[str, datetime] = field(default_factory=dict)


def results_of(
    statuses: Iterable[CampaignStatus], answers: AnswerCounts, tallies: ReturnedMails
) -> Mapping[str, Result]:
    """Return what came of each campaign, by its id; sign-up is none."""
    return {status.id: _result(status, answers, tallies) for status in statuses if status.id != NAME}


def _result(status: CampaignStatus, answers: AnswerCounts, tallies: ReturnedMails) -> Result:
    """Return what came of one campaign."""
    alerts = (each for each in status.mailings if each.kind is MailingKind.ALERT and not each.rehearsal)
    sent_out = sum(alert.counts[State.SENT] for alert in alerts)
    numbers = numbers_of(sent_out, answers.counts(status.id), answers.copies(status.id))
    return Result(
        numbers,
        answers.reported(status.id),
        answers.dead_since(status.id),
        tallies.returned(status.id),
        tallies.held(status.id),
    )
