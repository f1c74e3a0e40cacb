"""What becomes of a sign-up? It is taken at once, asked to confirm by the next tick, and confirmed by an answer.

Law: taking one is the same few steps for a member, a stranger and an address that left; what differs is done later,
where nobody can watch. Every step may be repeated, interrupted, or done by many daemons at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from mailer.core.enrolment import Change
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.signups import SERVICE, Asked, Confirmation, Judgement, SignUp, confirm, judge_signup
from mailer.core.supporters import PublicId, Supporter
from mailer.core.tokens import Purpose, verify

EXPIRE_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sign-up as it comes in, at `at` (UTC), from a network (`core.visitors.network_of`)."""

    signup: SignUp
    network: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Admission:
    """How sign-ups are admitted now: in which run's mailing, of which revision, and how many in an hour."""

    now: datetime
    rehearsal: bool
    revision: int
    per_hour: int


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of sign-ups, in how many pages; `tripped` says why the breaker holds the rest from now on."""

    asked: int = 0
    dropped: int = 0
    tripped: str = ""
    pages: int = 0

    def __add__(self, page: Admitted) -> Admitted:
        """Return what became of these, and of one page more."""
        counts = self.asked + page.asked, self.dropped + page.dropped
        return Admitted(*counts, page.tripped, self.pages + 1)


Judge = Callable[[Asked, datetime], Judgement]
Confirm = Callable[[SignUp, Supporter, date], Change]


class SignUpStore(Protocol):
    """Sign-ups, as these flows need them; one transaction per method."""

    def take_all(self, arrivals: Sequence[Arrival]) -> Sequence[bool]:
        """Keep sign-ups in one commit; tell of each whether it was taken, False if its network has had its hour."""

    def has_waiting(self, *, rehearsal: bool) -> bool:
        """Tell whether any sign-up waits to be admitted."""

    def admit(self, admission: Admission, judge: Judge) -> Admitted:
        """Queue the mails of one page of sign-ups, and drop those that get none."""

    def find(self, public_id: PublicId, *, now: datetime) -> SignUp | None:
        """Return a sign-up that can still be confirmed."""

    def confirm(self, public_id: PublicId, decide: Confirm, *, now: datetime) -> bool:
        """Enter who answered, and forget all sign-ups of their address; tell whether there was one to confirm."""

    def expire(self, *, now: datetime) -> int:
        """Delete what was not confirmed in time; return how many sign-ups and people that were."""


class Service(Protocol):
    """What these flows need to know of the confirmations' own revisions."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return where a campaign stands, or None if it was never published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class SignUps:
    """Takes, admits, confirms and expires sign-ups; owns no clock, and stops between pages when told to."""

    def __init__(
        self,
        store: SignUpStore,
        service: Service,
        token_keys: Mapping[int, bytes],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._service = service
        self._token_keys = token_keys
        self._should_stop = should_stop
        self._limits: dict[int, int] = {}
        self._expired_at: datetime | None = None

    def take_all(self, arrivals: Sequence[Arrival]) -> Sequence[bool]:
        """Keep sign-ups in one commit; tell of each whether it was taken, False if its network has had its hour."""
        return self._store.take_all(arrivals)

    def tick(self, *, rehearsal: bool, now: datetime) -> Admitted:
        """Admit all that wait, and clean up once an hour; return what was done."""
        if self._expired_at is None or not self._expired_at <= now < self._expired_at + EXPIRE_EVERY:
            self._store.expire(now=now)
            self._expired_at = now
        return self.admit(rehearsal=rehearsal, now=now)

    def admit(self, *, rehearsal: bool, now: datetime) -> Admitted:
        """Ask those who wait to confirm, page by page; without a published mail they go on waiting."""
        record = self._service.find(SERVICE)
        if record is None or not record.revision:
            return Admitted()
        admission = Admission(now, rehearsal, record.revision, self._limit(record.revision))
        total = Admitted()
        while not self._should_stop() and self._store.has_waiting(rehearsal=rehearsal):
            page = self._store.admit(admission, judge_signup)
            if not (page.asked or page.dropped or page.tripped):
                break  # what waits is held
            total += page
        return total

    def find(self, token: str, *, now: datetime) -> SignUp | None:
        """Return the sign-up that a link confirms, or None if it is used or too old; nothing changes.

        Raises:
            LinkError: the link is not one of ours.
        """
        return self._store.find(self._verify(token), now=now)

    def confirm(self, token: str, *, now: datetime) -> Confirmation:
        """Enter who answered by the link; the link is used up.

        Raises:
            LinkError: the link is not one of ours.
        """
        was_there = self._store.confirm(self._verify(token), confirm, now=now)
        return Confirmation.CONFIRMED if was_there else Confirmation.NOT_VALID

    def expire(self, *, now: datetime) -> int:
        """Delete what was not confirmed in time; return how many sign-ups and people that were."""
        return self._store.expire(now=now)

    def _verify(self, token: str) -> PublicId:
        """Return whose link this is."""
        return verify(token, Purpose.CONFIRM, "", self._token_keys)

    def _limit(self, number: int) -> int:
        """Return how many may be asked in an hour; it is read once for each revision."""
        if number not in self._limits:
            self._limits[number] = self._service.revision(SERVICE, number).organisation.confirmations_per_hour
        return self._limits[number]
