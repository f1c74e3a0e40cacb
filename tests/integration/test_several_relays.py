"""How do letters reach everybody over several real relays, whichever of them is down, dies, or refuses us?"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mailer.adapters.relay import make_routes, parse_relays
from mailer.adapters.store.allowances import SqlRates
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.tables import campaigns, deliveries, supporters
from mailer.core.deliveries import Delivery, State
from mailer.core.enrolment import Applicant
from mailer.core.supporters import Supporter
from mailer.errors import RelayPolicyError, TryAgainError
from mailer.flows.relaying import Envelope
from mailer.flows.send import Outside, Sender, SenderPlan
from tests.databases import NOW, enter_all, make_campaign, make_store, queue
from tests.fakes import FakeComposer, FakeLocks, FakeRelay, FakeReporter, Wire
from tests.simulated import SimulatedLoop
from tests.smtp_server import SmtpServer
from tests.smtp_steps import HANG_UP, say

PEOPLE = 60


class Letters(FakeComposer):
    """Composes messages that a server knows by their Message-ID."""

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope:
        """Return the message of one delivery."""
        name = f"letter-{delivery.id}"
        content = f"Message-ID: <{name}@solidarity.example>\r\nSubject: A letter\r\n\r\nPlease write.\r\n"
        return Envelope("from@solidarity.example", supporter.person.email, content.encode(), name)


class Office:
    """A database with two campaigns' letters to everybody, and senders over any relays."""

    def __init__(self, folder: Path) -> None:
        store, self.engine = make_store(folder)
        enter_all(store, *(Applicant(f"s{number}@people.example") for number in range(PEOPLE)))
        with reading(self.engine) as connection:
            ids = connection.execute(select(supporters.c.id)).scalars().all()
        self.people = {each.id: each for each in store.load_many(ids)}
        self.now = NOW
        self.reporter = FakeReporter()
        self.runs = 0

    def queue(self, campaign_id: str, mailing: int) -> None:
        """Queue one campaign's alert to everybody; its row has to be the one named."""
        make_campaign(self.engine, campaign_id, kinds=("alert",))
        for supporter_id in self.people:
            queue(self.engine, mailing, supporter_id, "queued")

    def outside(self, relays: str) -> Outside:
        """Return all that a sender reaches out to."""
        outbox = SqlOutbox(self.engine, Liveness(self.engine, FakeLocks(), lambda: 0.0))
        known = (outbox, Letters(self.people), SqlRates(self.engine), make_routes(parse_relays(relays)))
        return Outside(*known, lambda: self.now, self.reporter)

    def send(self, *relays: str, connections: int = 2) -> None:
        """Send until idle over real connections."""
        self.runs += 1
        worker = f"worker-{self.runs}"
        plan = SenderPlan(worker, False, connections, until_idle=True, first_backoff=timedelta(milliseconds=20))
        asyncio.run(Sender(plan, self.outside(" ".join(relays)), asyncio.Event()).run())

    def states(self, mailing: int = 1) -> Counter[str]:
        """Return how many letters of a mailing are in each state."""
        query = select(deliveries.c.state).where(deliveries.c.mailing == mailing)
        with reading(self.engine) as connection:
            return Counter(connection.execute(query).scalars().all())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one campaign whose alert is queued to everybody."""
    made = Office(tmp_path)
    made.queue("case", 1)
    yield made
    made.engine.dispose()


def each_has_one(office: Office, *servers: SmtpServer) -> bool:
    """Tell whether everybody's letter was accepted exactly once, by all servers together."""
    got = Counter(message.message_id for server in servers for message in server.messages)
    return len(got) == PEOPLE and set(got.values()) == {1} and office.states() == {State.SENT: PEOPLE}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_weights_share_the_letters(office, start_smtp_server):
    """Two to one over real connections."""
    large, small = start_smtp_server(), start_smtp_server()
    office.send(f"{large.url}?weight=2", small.url)

    assert each_has_one(office, large, small)
    assert abs(len(large.messages) - 40) <= 2


def test_a_relay_that_is_not_there_costs_nothing(office, start_smtp_server):
    """Nobody listens at the first: all letters go by the second, and once it is back the first has its share."""
    gone, there = f"smtp+insecure://127.0.0.1:{free_port()}", start_smtp_server()
    office.send(gone, there.url)
    assert each_has_one(office, there)

    back = start_smtp_server(port=int(gone.rpartition(":")[2]))
    office.queue("other", 2)
    office.send(gone, there.url)
    assert office.states(2) == {State.SENT: PEOPLE}
    assert abs(len(back.messages) - PEOPLE // 2) <= 2


def test_a_relay_that_refuses_the_login_costs_nothing(office, start_smtp_server):
    """It is asked once; the other one takes everything, and the run is a success."""
    strict, kind = start_smtp_server(users={"us": "right"}), start_smtp_server()
    office.send(strict.url.replace("//", "//us:wrong@"), kind.url, connections=4)

    assert each_has_one(office, kind)
    assert strict.logins == ["us"]


def test_all_relays_refusing_us_is_told_as_that(office, start_smtp_server):
    """A refusal by one, and nobody at the other, is not: somebody may still come back."""
    strict = start_smtp_server(users={"us": "right"})
    gone = f"smtp+insecure://127.0.0.1:{free_port()}"
    wrong = strict.url.replace("//", "//us:wrong@")
    with pytest.raises(RelayPolicyError):
        office.send(wrong, wrong)
    with pytest.raises(TryAgainError):
        office.send(wrong, gone)

    assert office.states() == {State.QUEUED: PEOPLE}


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
def test_a_relay_that_dies_in_the_middle_costs_nobody_a_letter(office, start_smtp_server, phase):
    """After ten letters the first hangs up on everything: one letter for everybody, some of them a little later."""
    frail, firm = start_smtp_server(), start_smtp_server()
    frail.always(phase, lambda line: HANG_UP if len(frail.messages) >= 10 else None)
    for _ in range(40):  # a run that finds one letter left begins with the frail one as likely as not
        try:
            office.send(frail.url, firm.url)
            break
        except TryAgainError:
            office.now += timedelta(minutes=6)

    assert each_has_one(office, frail, firm)
    assert 10 <= len(frail.messages) <= 11


def test_a_throttled_provider_waits_alone(tmp_path, start_smtp_server):
    """4.7.28 for one provider: its letters wait for the five minutes that were asked for, all others are out."""
    office = Office(tmp_path)
    office.people = {
        number: supporter
        if number % 2
        else Supporter(supporter.public_id, type(supporter.person)(f"s{number}@gmail.com"), id=supporter.id)
        for number, supporter in office.people.items()
    }
    office.queue("case", 1)
    server = start_smtp_server()
    server.always(
        "rcpt", lambda line: say("450 4.7.28 too many, try again in 300 seconds") if b"gmail" in line else None
    )
    with pytest.raises(TryAgainError, match="deferred"):
        office.send(server.url, connections=1)
    asked = sum("gmail" in command for command in server.commands)
    with reading(office.engine) as connection:
        waiting = connection.execute(
            select(deliveries.c.not_before, deliveries.c.attempts).where(deliveries.c.state == State.DEFERRED)
        ).all()
    office.engine.dispose()

    assert len(server.recipients) == PEOPLE // 2
    assert asked <= 2
    assert all(row.not_before >= office.now + timedelta(seconds=300) for row in waiting)
    assert {row.attempts for row in waiting} == {0}


def test_two_campaigns_side_by_side_each_go_their_own_pace(office):
    """One with 1,200 an hour has a minute's worth out at once, then 20 a minute; the other is out at once."""
    office.queue("quick", 2)
    with writing(office.engine) as connection:
        connection.execute(update(campaigns).where(campaigns.c.id == "case").values(pace_per_hour=1200))
    wire, moments = Wire(), []
    loop = SimulatedLoop(NOW)
    outside = office.outside("smtp+insecure://127.0.0.1:1")
    routes = (replace(outside.routes[0], connect=lambda: FakeRelay(wire)),)
    outside = replace(outside, routes=routes, clock=loop.now, monotonic=loop.time)
    plan = SenderPlan("worker", False, 2, until_idle=False)
    stop = asyncio.Event()

    async def story() -> None:
        running = asyncio.create_task(Sender(plan, outside, stop).run())
        for _ in range(5):
            await asyncio.sleep(30)
            moments.append((office.states(1)[State.SENT], office.states(2)[State.SENT]))
        stop.set()
        await running

    loop.play(story())

    assert [quick for _, quick in moments] == [PEOPLE] * 5
    assert [slow for slow, _ in moments] == pytest.approx([30, 40, 50, 60, 60], abs=2)
