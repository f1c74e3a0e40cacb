"""What came of the campaigns? Three numbers, each from its own source, and what supporters report of channels.

Law: mails that left, letters that supporters say they sent, and copies that arrived are never mixed. A rehearsal
counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from mailer.core.campaigns import MailingKind
from mailer.core.counting import Numbers, Reported
from mailer.core.deliveries import State
from mailer.core.signups import NAME
from mailer.flows.report import CampaignStatus


class AnswerCounts(Protocol):
    """What telling results needs of the answers."""

    def counts(self, campaign_id: str) -> Mapping[str, int]:
        """Return how many letters supporters say they sent, by target."""

    def reported(self, campaign_id: str) -> tuple[Reported, ...]:
        """Return what supporters reported of a campaign's channels."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one campaign so far."""

    numbers: Numbers
    reports: tuple[Reported, ...] = ()


def results_of(statuses: Iterable[CampaignStatus], answers: AnswerCounts) -> Mapping[str, Result]:
    """Return what came of each campaign, by its id; sign-up is none."""
    return {status.id: _result(status, answers) for status in statuses if status.id != NAME}


def _result(status: CampaignStatus, answers: AnswerCounts) -> Result:
    """Return what came of one campaign."""
    alerts = (each for each in status.mailings if each.kind is MailingKind.ALERT and not each.rehearsal)
    sent_out = sum(alert.counts[State.SENT] for alert in alerts)
    return Result(Numbers(sent_out, answers.counts(status.id)), answers.reported(status.id))
