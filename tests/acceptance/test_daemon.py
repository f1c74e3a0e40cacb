"""Does `mailer run` end cleanly, survive being killed, share its work, and let people leave at once?"""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import pytest

from tests.acceptance.cases import address, addresses, campaign_file, people, today
from tests.acceptance.clocked import FileClock
from tests.acceptance.workplace import Daemon, nobody_listens
from tests.smtp_server import SmtpServer, running, wait_until
from tests.smtp_steps import Step, packets

GOOD = campaign_file(today())
ANY_PORT = {"WEB_BIND": "127.0.0.1:0"}
CONNECTIONS = 4


def slowly(_: bytes) -> Step:
    """Take a letter, and let a moment pass before saying so."""
    return packets(b"250 2.0.0 ", b"ta", b"ken", b"\r\n")


def pages_of(daemon: Daemon) -> str:
    """Return where a daemon serves its pages."""
    daemon.wait_for("running; pages on ")
    found = re.search(r"pages on (http://\S+?),", daemon.told)
    assert found
    return found[1]


def token_in(content: bytes) -> str:
    """Return the token of a mail's List-Unsubscribe."""
    header = message_from_bytes(content, policy=policy.default)["List-Unsubscribe"]
    found = re.search(r"<https://act\.solidarity\.example/u/([\w-]+)>", header)
    assert found, header
    return found[1]


def no_letter_differs_from_its_repetition(messages) -> bool:
    """Tell whether each Message-ID stands for one content."""
    return len({(one.message_id, one.content) for one in messages}) == len({one.message_id for one in messages})


@pytest.fixture
def launched(office):
    """A campaign that was launched to sixty people; the daemon was not started yet."""
    office.settings |= ANY_PORT | {"RELAY_CONNECTIONS": str(CONNECTIONS)}
    office.begin(GOOD, people(60), launch=True)
    return office


def test_sigterm_ends_it_cleanly_and_the_next_start_sends_the_rest(launched, smtp_server):
    """In the middle of a mailing: exit 0 within ten seconds, nothing sent twice, nothing lost, no process left."""
    smtp_server.always("content", slowly)
    with launched.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) >= 8, seconds=30)
        assert daemon.end(signal.SIGTERM, seconds=10) == 0
        assert "ended" in daemon.told
        assert daemon.process.stdout.read() == b""
        wait_until(lambda: not daemon.has_processes)
    sent = len(smtp_server.messages)
    counts = launched.counts("alert")

    assert sent < 60
    assert counts.pop("deferred", 0) + counts.pop("queued") == 60 - sent  # deferred: on the wire, without its content
    assert counts == {"sent": sent}
    launched.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(60))


def test_killed_in_the_middle_nobody_is_missed(launched, smtp_server, tmp_path):
    """Everybody has the letter; at most one per connection and kill came twice, and then with the same bytes.

    A letter that was alone with a sender when that died waits for a minute; the clock is moved past it.
    """
    launched.clock = FileClock(tmp_path / "clock")
    launched.clock.set(datetime.now(UTC))
    smtp_server.always("content", slowly)
    for enough in (8, 24):
        with launched.daemon() as daemon:
            wait_until(lambda enough=enough: len(smtp_server.messages) >= enough, seconds=30)
            daemon.kill()
    smtp_server.always("content", lambda wire: None)
    launched.try_("run", "--until-idle")
    launched.clock.set(datetime.now(UTC) + timedelta(minutes=3))
    launched.run("run", "--until-idle")
    often = Counter(smtp_server.recipients)

    assert sorted(often) == addresses(range(60))
    assert sum(often.values()) - 60 <= 2 * CONNECTIONS
    assert no_letter_differs_from_its_repetition(smtp_server.messages)
    assert launched.counts("alert") == {"sent": 60}


def test_a_killed_sender_is_started_again(launched, smtp_server):
    """The daemon notices that its sender died and starts another, which goes on with the mailing."""
    smtp_server.always("content", slowly)
    with launched.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) >= 4, seconds=30)
        kill_the_sender_of(daemon)
        wait_until(lambda: set(smtp_server.recipients) == set(addresses(range(60))), seconds=30)
        assert "sender died" in daemon.told
        assert daemon.end() == 0
    assert len(smtp_server.messages) - 60 <= CONNECTIONS
    assert no_letter_differs_from_its_repetition(smtp_server.messages)


def kill_the_sender_of(daemon: Daemon) -> None:
    """Kill the process that the daemon sends with."""
    children = Path(f"/proc/{daemon.process.pid}/task/{daemon.process.pid}/children").read_text().split()
    (sender,) = [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    os.kill(sender, signal.SIGKILL)


def test_two_daemons_send_nothing_twice(launched, smtp_server):
    """Two daemons with a sender each share one mailing: everybody gets one letter, and both had a part in it."""
    smtp_server.always("content", slowly)
    launched.bring(people(400)[60:])  # more than one sender takes at a time
    with launched.daemon() as first, launched.daemon() as second:
        wait_until(lambda: len(smtp_server.messages) >= 400, seconds=60)
        wait_until(lambda: launched.counts("alert") == {"sent": 400}, seconds=30)
        assert (first.end(), second.end()) == (0, 0)

    assert sorted(smtp_server.recipients) == addresses(range(400))
    assert smtp_server.connections > CONNECTIONS


def test_a_daemon_outlives_its_relay(launched):
    """A relay that is not there, and then is: the daemon goes on by itself and sends everything once."""
    launched.settings["RELAY_URL"] = nobody_listens()
    port = int(launched.settings["RELAY_URL"].rpartition(":")[2])
    with launched.daemon() as daemon:
        daemon.wait_for("relay trouble")
        with running(SmtpServer(port=port)) as back:
            wait_until(lambda: len(back.messages) == 60, seconds=60)
            assert daemon.end() == 0
    assert sorted(back.recipients) == addresses(range(60))


def test_send_helps_a_daemon(launched, smtp_server):
    """`mailer send --until-idle` sends what was planned, and plans nothing itself."""
    launched.run("send", "--until-idle")
    assert smtp_server.messages == []

    url, launched.settings["RELAY_URL"] = launched.settings["RELAY_URL"], nobody_listens()
    launched.try_("run", "--until-idle")
    launched.settings["RELAY_URL"] = url
    launched.run("send", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(60))


def test_pages_that_cannot_be_served_end_the_daemon_at_once(launched, smtp_server):
    """A port that is taken is told with its setting: exit 78, nothing is sent, no process is left."""
    launched.settings["WEB_BIND"] = f"127.0.0.1:{smtp_server.port}"

    assert "MAILER_WEB_BIND" in launched.run("run", code=78).stderr
    assert smtp_server.messages == []


def test_leaving_is_in_force_before_the_next_letter(office, smtp_server):
    """One-click POST with a token from an earlier mail, while a mailing runs: the very next letter is not sent.

    Looking changes nothing, however often; the POST answers 200 without redirect or cookie, and may come twice.
    """
    office.settings |= ANY_PORT | {"PUBLIC_URL": "https://act.solidarity.example", "RELAY_CONNECTIONS": "1"}
    second = GOOD[GOOD.index("  - id: case") :].replace("id: case\n", "id: second\n", 1)
    office.begin(GOOD + second, people(4), launch=True)
    office.run("run", "--until-idle")
    token = token_in(next(m.content for m in smtp_server.messages if m.recipients == (address(1),)))
    smtp_server.messages.clear()
    arrived, go_on = threading.Event(), threading.Event()
    smtp_server.always("content", lambda wire: hold(arrived, go_on))
    office.run("launch", "second", "--yes")

    with office.daemon() as daemon, httpx.Client(base_url=pages_of(daemon)) as browser:
        assert arrived.wait(30)
        for method in ("GET", "HEAD", "OPTIONS") * 3:
            assert browser.request(method, f"/u/{token}").status_code in (200, 405)
        assert office.json("supporters", "show", address(1))["supporter"]["consent"] == "confirmed"
        for _ in range(2):
            answer = browser.post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"})
            assert (answer.status_code, "set-cookie" in answer.headers, answer.history) == (200, False, [])
        go_on.set()
        wait_until(lambda: office.counts("alert", "second") == {"sent": 3, "suppressed": 1}, seconds=30)
        assert browser.get("/livez").status_code == browser.get("/readyz").status_code == 200
        assert token not in daemon.told
        assert daemon.end() == 0
    assert sorted(smtp_server.recipients) == addresses((0, 2, 3))
    assert "unsubscribed" in office.run("supporters", "why", address(1)).stdout


def hold(arrived: threading.Event, go_on: threading.Event) -> None:
    """Keep the relay's answer back until the test says so."""
    arrived.set()
    assert go_on.wait(60)


def test_a_change_by_command_is_in_force_while_the_daemon_runs(launched, smtp_server):
    """`stop` in another process: within the letters in flight nothing more leaves."""
    smtp_server.always("content", slowly)
    with launched.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) >= 4, seconds=30)
        launched.run("stop", "case")
        after = len(smtp_server.messages)
        wait_until(lambda: set(launched.counts("alert")) == {"sent", "cancelled"}, seconds=30)
        time.sleep(1)  # two more polls of the sender
        assert len(smtp_server.messages) <= after + CONNECTIONS
        assert daemon.end() == 0
