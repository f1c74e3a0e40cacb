"""What do tests use in place of the outside? Fakes that keep the same promises, checked by the contract suites."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from msgspec import structs

from mailer.core.brakes import suppression_brake
from mailer.core.campaigns import CampaignId, Status
from mailer.core.deliveries import (
    FINAL,
    TRANSITIONS,
    Delivery,
    DeliveryId,
    Event,
    Obstacles,
    State,
    move,
    settle_refused_intent,
)
from mailer.core.enrolment import Standing, Suppression
from mailer.core.liveness import Lock
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.revisions import Revision
from mailer.core.schedule import Slot
from mailer.core.signups import SERVICE
from mailer.core.supporters import (
    Consent,
    ConsentStatement,
    PublicId,
    Supporter,
    SupporterId,
    SuppressionReason,
)
from mailer.core.verdicts import Phase, Verdict
from mailer.errors import NotFoundError, RelayError, SealError
from mailer.flows.enrol import Erasure, Filter, Judge, Listed
from mailer.flows.outbox import Ack, Intent
from mailer.flows.relaying import BeforeContent, Envelope

# --- supporters -----------------------------------------------------------------------------------


class FakeSupporters:
    """Supporters in a dictionary; keeps what `SupporterStore` promises, without seals and deliveries."""

    def __init__(self) -> None:
        self.campaigns: set[str] = set()
        self.actions: set[tuple[str, SupporterId, str]] = set()
        self._rows: dict[str, tuple[Supporter, ConsentStatement | None]] = {}
        self._barred: dict[str, Suppression] = {}
        self._numbers = count(1)

    def change(self, emails: Sequence[str], judge: Judge) -> None:
        """Write what `judge` returns for each address and its standing."""
        for email in emails:
            known = self.standing(email)
            change = judge(email, known)
            if change is not None:
                number = change.supporter.id or SupporterId(next(self._numbers))
                self._rows[email.lower()] = (replace(change.supporter, id=number), change.statement or known.statement)

    def standing(self, email: str) -> Standing:
        """Return all that is known of an address."""
        supporter, statement = self._rows.get(email.lower(), (None, None))
        return Standing(supporter, statement, self._barred.get(email.lower()))

    def load_many(self, ids: Sequence[SupporterId]) -> list[Supporter]:
        """Return the supporters with these ids."""
        return [supporter for supporter in self._all() if supporter.id in ids]

    def list(self, chosen: Filter) -> Iterator[Listed]:
        """Return supporters by id, without what is sealed."""
        for each in self.walk(chosen):
            known = (each.id, each.public_id, each.country, each.language, each.timezone)
            yield Listed(*known, consent=each.consent, joined_on=each.joined_on or date.min)

    def walk(self, chosen: Filter) -> Iterator[Supporter]:
        """Return supporters by id."""
        for each in self._all():
            wanted = (chosen.country or each.country, chosen.language or each.language, chosen.consent or each.consent)
            tagged = chosen.tag.casefold() in ("", *map(str.casefold, each.person.tags))
            if tagged and wanted == (each.country, each.language, each.consent):
                yield each

    def unsubscribe(self, email: str) -> bool:
        """End consent."""
        supporter, statement = self._rows.get(email.lower(), (None, None))
        if supporter is not None:
            self._rows[email.lower()] = (replace(supporter, consent=Consent.UNSUBSCRIBED), statement)
        return supporter is not None

    def unsubscribe_by_id(self, public_id: PublicId) -> bool:
        """End consent."""
        return any(self.unsubscribe(each.person.email) for each in self._all() if each.public_id == public_id)

    def erase(self, email: str, *, now: datetime) -> Erasure:
        """Forget somebody and bar the address."""
        found = self._rows.pop(email.lower(), None)
        self._barred.setdefault(email.lower(), Suppression(SuppressionReason.ERASED, now))
        return Erasure(found is not None, log_is_empty=True)

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote."""
        supporter = self.standing(email).supporter
        if campaign_id not in self.campaigns or supporter is None:
            raise NotFoundError("no such campaign or supporter")
        self.actions.add((campaign_id, supporter.id, target))

    def _all(self) -> list[Supporter]:
        """Return everybody by id."""
        return sorted((supporter for supporter, _ in self._rows.values()), key=lambda each: each.id)


# --- sending --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Row:
    """A delivery in the fake queue, with what the database keeps beside it."""

    delivery: Delivery
    not_before: datetime
    worker: str = ""
    reply: str = ""
    suppress: SuppressionReason | None = None

    def move(self, event: Event, **changes: Any) -> None:
        """Change the state by an event; only what is held or in doubt names its claim and worker."""
        after = move(self.delivery.state, event)
        self.delivery = structs.replace(self.delivery, state=after, **changes)
        if after not in (State.CLAIMED, State.SENDING, State.UNCERTAIN):
            self.delivery, self.worker = structs.replace(self.delivery, claim=""), ""


_NONE = Obstacles(campaign_over=False, left=False, no_longer_needed=False)


class FakeOutbox:
    """A queue in a dictionary that keeps what `Outbox` promises: a claim proves, `move` decides, commits are whole.

    `obstacles` forbid intents; `before_commit` may raise; `barred` are the supporters whose suppression was written;
    `dead` and `stalled` are workers. It has one campaign without a pace, and hands nothing over twice.
    """

    def __init__(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        self.rows = {each.id: Row(each, now) for each in deliveries}
        self.obstacles: dict[int, Obstacles] = {}
        self.paused: dict[int, str] = {}
        self.barred: set[int] = set()
        self.dead: set[str] = set()
        self.stalled: set[str] = set()
        self.commits: list[tuple[int, int]] = []
        self.beats: list[str] = []
        self.before_commit: Callable[[Sequence[Intent], Sequence[Ack]], None] = lambda intents, acks: None
        self._claims = count(1)

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take what is due, of mailings that are not paused; a letter that a sender died with alone."""
        claim = f"claim-{next(self._claims)}"
        due = [row for row in self.rows.values() if self._is_due(row, now, rehearsal=rehearsal)]
        suspects = [row for row in due if row.delivery.recoveries]
        due = suspects[:1] or due[:limit]
        for row in due:
            row.delivery = structs.replace(row.delivery, state=move(row.delivery.state, Event.CLAIM), claim=claim)
            row.worker = worker
        return tuple(row.delivery for row in due)

    def _is_due(self, row: Row, now: datetime, *, rehearsal: bool) -> bool:
        """Tell whether a row may be claimed."""
        waits = row.delivery.state in (State.QUEUED, State.DEFERRED) and row.not_before <= now
        return waits and row.delivery.mailing not in self.paused and rehearsal == (row.delivery.run != 0)

    def has_due(self, *, rehearsal: bool, now: datetime) -> bool:
        """Tell whether anything may be claimed."""
        return any(self._is_due(row, now, rehearsal=rehearsal) for row in self.rows.values())

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Write acks, then intents; what is no longer held by its claim is left as it is."""
        self.before_commit(intents, acks)
        self.commits.append((len(intents), len(acks)))
        for ack in acks:
            self._settle(ack)
        return frozenset(intent.delivery.id for intent in intents if self._intend(intent))

    def _settle(self, ack: Ack) -> None:
        """Move one row by a decision; a worker that was taken for dead may still tell what it did."""
        row, told = self.rows[ack.delivery.id], ack.decision
        move(ack.state, told.event)
        late = ack.state is State.SENDING and row.delivery.state is State.UNCERTAIN
        known = row.delivery.state is ack.state or (late and (State.UNCERTAIN, told.event) in TRANSITIONS)
        if row.delivery.claim != ack.delivery.claim or not known:
            return
        attempts = row.delivery.attempts + told.counts_as_attempt
        row.move(told.event, attempts=attempts)
        if ack.anew:
            row.delivery = structs.replace(row.delivery, composed_at=None, key_id=None)
        row.reply, row.suppress = ack.reply, told.suppress
        row.not_before = told.not_before or row.not_before

    def _intend(self, intent: Intent) -> bool:
        """Grant one intent, or settle its row by what stands against it; one that was granted before once more."""
        row = self.rows[intent.delivery.id]
        granted = row.delivery.state is State.SENDING and row.delivery.composed_at == intent.composed_at
        if row.delivery.claim != intent.delivery.claim or not (granted or row.delivery.state is State.CLAIMED):
            return False
        held_back = _NONE if row.delivery.mailing in self.paused else None
        obstacle = self.obstacles.pop(intent.delivery.id, held_back)
        if obstacle is None:
            composed = {"composed_at": intent.composed_at, "key_id": intent.key_id}
            row.delivery = structs.replace(row.delivery, state=move(State.CLAIMED, Event.INTEND), **composed)
            return True
        event = settle_refused_intent(obstacle)
        if granted:
            row.move(Event.REFUSE_FOR_NOW)
        if not granted or event is not Event.RELEASE:
            row.move(event)
        return False

    def beat(self, worker: str, *, now: datetime) -> None:
        """Note that a worker lives."""
        self.beats.append(worker)

    def recover(self, *, now: datetime) -> int:
        """Take from the workers that are gone what they hold; write the suppressions that the brake lets pass."""
        held = [row for row in self.rows.values() if row.delivery.state in (State.CLAIMED, State.SENDING)]
        lost = [row for row in held if row.worker in self.dead | self.stalled]
        for row in lost:
            recoveries = row.delivery.recoveries + (row.worker in self.dead)
            row.move(Event.RELEASE if row.delivery.state is State.CLAIMED else Event.LOSE, recoveries=recoveries)
        for mailing in {row.delivery.mailing for row in self.rows.values() if row.suppress}:
            if self._judge(mailing) == "":
                self._bar(mailing)
        return len(lost)

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Ask the brake first."""
        verdict = self._judge(mailing)
        if verdict == "":
            self._bar(mailing)
        return verdict or ""

    def _judge(self, mailing: int) -> str | None:
        """Return what the brake says."""
        rows = [row for row in self.rows.values() if row.delivery.mailing == mailing]
        finished = sum(row.delivery.state in (State.SENT, State.FAILED, State.UNCERTAIN) for row in rows)
        unfinished = sum(row.delivery.state not in (*FINAL, State.UNCERTAIN) for row in rows)
        pending = sum(row.suppress is not None for row in rows)
        return suppression_brake(finished=finished, unfinished=unfinished, pending=pending)

    def _bar(self, mailing: int) -> None:
        """Write the pending suppressions of a mailing."""
        for row in self.rows.values():
            if row.delivery.mailing == mailing and row.suppress is not None:
                self.barred.add(row.delivery.supporter_id)
                row.suppress = None

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing."""
        self.paused[row] = reason

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many rows of mailings that are not paused are deferred."""
        running = [row.delivery for row in self.rows.values() if row.delivery.mailing not in self.paused]
        waiting = [each for each in running if each.state in (State.QUEUED, State.DEFERRED)]
        return sum(each.state is State.DEFERRED or each.recoveries > 0 for each in waiting)

    @property
    def states(self) -> dict[int, State]:
        """Return the state of every delivery."""
        return {number: row.delivery.state for number, row in self.rows.items()}


class FakeLocks:
    """Locks of workers, of which a test says who is gone; `seen` tells otherwise of some."""

    def __init__(self, is_dead: Callable[[str], bool] = lambda name: False) -> None:
        self._is_dead = is_dead
        self.seen: dict[str, Lock] = {}
        self.removed: list[str] = []

    def see(self, worker: str) -> Lock:
        """Return what the test says."""
        return self.seen.get(worker, Lock.FREE if self._is_dead(worker) else Lock.HELD)

    def remove(self, worker: str) -> None:
        """Note it."""
        self.removed.append(worker)


class FakeRelay:
    """A relay in memory: `wire` is what every connection of one test shares."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        wire.connections += 1
        self._number = wire.connections
        self._offered: Envelope | None = None
        self._verdict = GO_ON
        self.is_open = False

    async def open(self) -> None:
        """Fail as often as the wire says."""
        self._wire.openings += 1
        error = self._wire.refusal(self._wire.openings)
        await asyncio.sleep(self._wire.seconds)
        if error is not None:
            raise error
        self.is_open = True

    async def offer(self, envelope: Envelope) -> Verdict:
        """Answer as the wire says, up to the content."""
        if not self.is_open:
            return GONE
        self._begin(envelope)
        if self._wire.gate is not None:
            await self._wire.gate.wait()
        if seconds := self._wire.seconds or self._wire.pause():
            await asyncio.sleep(seconds)
        self._verdict = self._wire.answer(envelope)
        return GO_ON if self._verdict.phase in (Phase.DATA, Phase.CONTENT) else self._end(self._verdict)

    async def transfer(self, following: Envelope | None = None) -> Verdict:
        """Write the content, and say the next envelope behind it."""
        assert self._offered is not None
        if self._verdict.phase is Phase.CONTENT:
            self._wire.said.append((self._number, "content", self._offered.name))
            self._wire.contents.append(self._offered)
        if self._wire.dot is not None:
            await self._wire.dot.wait()
        verdict = self._end(self._verdict)
        if following is not None and self.is_open:
            self._begin(following)
        return verdict

    async def withdraw(self) -> None:
        """Forget what was offered."""
        if self._offered is not None:
            self._wire.said.append((self._number, "withdrawn", self._offered.name))
            self._end(GO_ON)

    async def send(self, envelope: Envelope, before_content: BeforeContent | None = None) -> Verdict | None:
        """Hand over one letter by itself."""
        if not (verdict := await self.offer(envelope)).is_positive:
            return verdict
        if before_content is None or await before_content():
            return await self.transfer()
        await self.withdraw()
        return None

    def _begin(self, envelope: Envelope) -> None:
        """Take the envelope of a letter, once."""
        if self._offered is not envelope:
            self._wire.said.append((self._number, "envelope", envelope.name))
            self._wire.busy += self._offered is None
            self._wire.busiest = max(self._wire.busiest, self._wire.busy)
            self._offered = envelope

    def _end(self, verdict: Verdict) -> Verdict:
        """End a letter."""
        self._wire.busy -= self._offered is not None
        self._offered = None
        self.is_open = self.is_open and verdict.code not in (0, 421)
        return verdict

    async def close(self) -> None:
        """Close."""
        self._end(GONE)
        self._wire.closings += 1


ACCEPTED = Verdict(250, "2.0.0", "2.0.0 ok", Phase.CONTENT)
GO_ON = Verdict(354, "", "go on", Phase.DATA)
GONE = Verdict(0, "", "it was closed before", Phase.MAIL)


@dataclass(slots=True)
class Wire:
    """What fake relays say and have seen: `contents` are the letters whose content was written.

    `answer` is asked for each letter, `refusal` for the n-th opening; a closed `gate` keeps letters in flight before
    their content, a closed `dot` after it, and each of them takes `seconds`, or what `pause` says. `busiest` is how
    many were on their way at once, and `said` what each connection said: envelopes, contents, what was withdrawn.
    """

    answer: Callable[[Envelope], Verdict] = lambda envelope: ACCEPTED
    refusal: Callable[[int], RelayError | None] = lambda number: None
    contents: list[Envelope] = field(default_factory=list)
    openings: int = 0
    closings: int = 0
    gate: asyncio.Event | None = None
    dot: asyncio.Event | None = None
    said: list[tuple[int, str, str]] = field(default_factory=list)
    connections: int = 0
    seconds: float = 0.0
    pause: Callable[[], float] = lambda: 0.0
    busy: int = 0
    busiest: int = 0

    @property
    def written(self) -> list[str]:
        """Return the names of the letters whose content was written."""
        return [envelope.name for envelope in self.contents]


class FakeComposer:
    """Composes letters that say little; `letters` tells what to do instead for some deliveries."""

    def __init__(self, people: Mapping[int, Supporter | SealError]) -> None:
        self.people = dict(people)
        self.letters: dict[int, Exception | None] = {}
        self.moments: list[datetime] = []

    def load(self, supporter_ids: Collection[int]) -> Mapping[int, Supporter | SealError]:
        """Return those who did not leave."""
        return {number: self.people[number] for number in supporter_ids if number in self.people}

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope | None:
        """Return a letter named after its delivery, or what `letters` says."""
        self.moments.append(now)
        instead = self.letters.get(delivery.id, self)
        if isinstance(instead, Exception):
            raise instead
        name = f"letter-{delivery.id}"
        return Envelope("from@solidarity.example", supporter.person.email, name.encode(), name) if instead else None

    def key_id(self, delivery: Delivery) -> int:
        """Return the key of the first try, else 7."""
        return delivery.key_id or 7


class FakeReporter:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, object]]] = []

    def tell(self, event: str, **fields: object) -> None:
        """Keep one event."""
        self.told.append((event, fields))


# --- campaigns ------------------------------------------------------------------------------------


class FakeCampaigns:
    """Campaigns, revisions and slots in dictionaries; keeps what the campaigns' store promises, without deliveries."""

    def last_trials(self) -> dict[str, datetime]:
        """Return when a test mail last went out: never."""
        return {}

    def __init__(self) -> None:
        self.records: dict[str, CampaignRecord] = {}
        self.revisions: dict[str, list[Revision]] = {}
        self.slots: list[MailingRecord] = []

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign, by id; what asks people to confirm is none."""
        return tuple(self.records[name] for name in sorted(self.records) if name != SERVICE)

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign."""
        return self.records.get(campaign_id)

    def publish(self, revision: Revision, *, now: datetime) -> int:
        """Keep a revision unless it is the newest already."""
        campaign = revision.campaign
        kept = self.revisions.setdefault(campaign.id, [])
        if not kept or kept[-1] != revision:
            kept.append(revision)
        known = self.records.get(campaign.id) or CampaignRecord(campaign.id, Status.DRAFT, campaign.status, 0)
        self.records[campaign.id] = replace(known, file_status=campaign.status, revision=len(kept))
        return len(kept)

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""
        return self.revisions[campaign_id][number - 1]

    def approve(self, campaign_id: str, *, rehearsal: bool, now: datetime, hold_until: datetime) -> None:
        """Record a launch; the first real one opens run 0."""
        known = self.records[campaign_id]
        began = known.real_launched_at or (None if rehearsal else hold_until)
        launched = replace(known, status=Status.READY, approvals=known.approvals + 1, rehearsal=rehearsal)
        self.records[campaign_id] = replace(launched, launched_at=now, hold_until=hold_until, real_launched_at=began)

    def set_status(self, campaign_id: str, status: Status, *, reason: str = "", now: datetime) -> None:
        """Command a campaign."""
        known = self.records[campaign_id]
        closed_at = now if status is Status.CLOSED else known.closed_at
        self.records[campaign_id] = replace(known, status=status, reason=reason, closed_at=closed_at)

    def plan(self, campaign_id: str, slots: Sequence[Slot], *, run: int, revision: int) -> None:
        """Make a row for each slot that has none in this run."""
        known = {(slot.campaign_id, slot.mailing_id, slot.run) for slot in self.slots}
        for slot in slots:
            if (campaign_id, slot.mailing_id, run) not in known:
                row = len(self.slots) + 1
                self.slots.append(
                    MailingRecord(row, CampaignId(campaign_id), slot.mailing_id, run, slot.kind, slot.due, revision)
                )

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign, earliest first."""
        found = (slot for slot in self.slots if slot.campaign_id == campaign_id and run in (None, slot.run))
        return tuple(sorted(found, key=lambda slot: (slot.due, slot.row)))

    def reopen_late_alert(self, row: int, due: datetime) -> None:
        """Let a late alert go out."""
        self.change(row, due=due, paused=False, reason="")

    def change(self, row: int, **changes: Any) -> None:
        """Change one slot."""
        self.slots[row - 1] = replace(self.slots[row - 1], **changes)
