"""How far is a campaign? Its approval and its mailings' slots, as the database knows them.

Law: run 0 is the real mailing; a rehearsal has the number of its approval and uses up nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailer.core.campaigns import CampaignId, MailingKind, Status, ceiling

HOLD = timedelta(seconds=60)
REAL_RUN = 0


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """Where a campaign stands; moments are UTC.

    `status` is what people commanded, `file_status` what the file allows. `approvals` counts launches;
    `launched_at` and `hold_until` belong to the last one; `real_launched_at` is when the first that was no
    rehearsal stopped holding. `resends` tells whether a letter in doubt is handed over once more.
    """

    id: CampaignId
    status: Status
    file_status: Status
    revision: int
    approvals: int = 0
    rehearsal: bool = True
    launched_at: datetime | None = None
    hold_until: datetime | None = None
    real_launched_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    pace_per_hour: int | None = None
    resends: bool = True

    @property
    def effective(self) -> Status:
        """Return the more restrictive of file and database."""
        return ceiling(self.file_status, self.status)

    @property
    def is_over(self) -> bool:
        """Tell whether the campaign was stopped or closed, which is final: the file changes nothing any more."""
        return self.status in (Status.STOPPED, Status.CLOSED)

    @property
    def is_running(self) -> bool:
        """Tell whether letters may leave."""
        return self.effective is Status.READY and self.approvals > 0

    def run(self, *, rehearsal: bool) -> int | None:
        """Return the run that a relay of this sort works on; None without an approval for it."""
        if rehearsal:
            return self.approvals or None
        return REAL_RUN if self.real_launched_at is not None else None

    def began(self, *, rehearsal: bool) -> datetime | None:
        """Return when the hold of the run that `run` names was over."""
        return self.hold_until if rehearsal else self.real_launched_at


@dataclass(frozen=True, slots=True)
class MailingRecord:
    """One slot: a mailing of a campaign in one run.

    `row` is its key in the database, `cursor` how far it has been filled, `planned` whether filling is
    complete, `paused` and `reason` whether a brake holds it and why.
    """

    row: int
    campaign_id: CampaignId
    mailing_id: str
    run: int
    kind: MailingKind
    due: datetime
    revision: int
    cursor: int = 0
    planned: bool = False
    paused: bool = False
    reason: str = ""

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether this slot reached no supporter."""
        return self.run != REAL_RUN
