"""What if the relay says no, not now, or nothing? The right exit code, nothing lost, nothing marked as sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.acceptance.cases import address, addresses, campaign_file, people, today
from tests.acceptance.clocked import FileClock
from tests.acceptance.workplace import nobody_listens
from tests.smtp_steps import HANG_UP, HANG_UP_AFTER_ACCEPTING, say

GOOD = campaign_file(today())


def refuse(*numbers: int, reply: str):
    """Return a step for RCPT that refuses these supporters."""
    wanted = [address(number).encode() for number in numbers]
    return lambda line: say(reply) if any(one in line for one in wanted) else None


@pytest.fixture
def ready(office):
    """A campaign that was launched to eight people and not sent yet."""
    office.begin(GOOD, people(8), launch=True)
    return office


def test_a_login_that_is_refused_ends_with_77(ready, smtp_server):
    """One clear error without the password; nothing is marked as sent, and all is sent once the login is right."""
    smtp_server.users["us"] = "right"
    url = smtp_server.url
    ready.settings["RELAY_URL"] = url.replace("//", "//us:wr0ng@")
    done = ready.run("run", "--until-idle", code=77)

    assert "login" in done.stderr
    assert "wr0ng" not in done.stderr
    assert done.stderr.strip().count("\n") <= 1
    assert smtp_server.messages == []
    assert ready.counts("alert") == {"queued": 8}

    ready.settings["RELAY_URL"] = url.replace("//", "//us:right@")
    ready.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(8))


def test_a_relay_that_is_not_there_is_tried_again_later(ready, smtp_server):
    """Exit 75 or 69, everything stays queued, and the next run sends it."""
    url = ready.settings["RELAY_URL"]
    ready.settings["RELAY_URL"] = nobody_listens()
    done = ready.try_("run", "--until-idle")

    assert done.code in (69, 75)
    assert "again" in done.stderr
    assert ready.counts("alert") == {"queued": 8}
    ready.settings["RELAY_URL"] = url
    ready.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(8))


def test_deferred_rows_end_with_75(ready, smtp_server):
    """A 4xx for one: the others are sent, that one is deferred, told with the relay's words, and not hammered."""
    smtp_server.always("rcpt", refuse(3, reply="450 4.2.1 \x1b[31mmailbox busy\x07"))
    done = ready.run("run", "--until-idle", code=75)

    assert "1 " in done.stderr
    assert sorted(smtp_server.recipients) == addresses(n for n in range(8) if n != 3)
    assert ready.counts("alert") == {"sent": 7, "deferred": 1}
    status = ready.run("status")
    assert "mailbox busy" in status.stdout
    why = ready.run("supporters", "why", address(3))
    assert "deferred" in why.stdout
    for said in (done, status, why):
        assert "\x1b" not in said.stdout + said.stderr
        assert "\x07" not in said.stdout + said.stderr
    before = len(smtp_server.commands)
    ready.run("run", "--until-idle", code=75)
    assert not [line for line in smtp_server.commands[before:] if line.startswith("RCPT")]


def test_a_dead_mailbox_is_never_written_to_again(ready, smtp_server):
    """5.1.1 fails that letter, bars the address, and the reason is told; a later import leaves it barred."""
    smtp_server.always("rcpt", refuse(3, reply="550 5.1.1 no such user"))
    ready.run("run", "--until-idle")

    assert ready.counts("alert") == {"sent": 7, "failed": 1}
    assert ready.json("supporters", "why", address(3))["suppression"]["reason"] == "bounced"
    assert address(3) not in ready.run("run", "--until-idle").stderr
    ready.write("again.csv", f"email\n{address(3)}\n")
    consent = ("--consent", "signed the list at the branch meeting")
    assert ready.json("supporters", "import", "again.csv", *consent)["skipped"] == 1


def test_a_relay_that_refuses_everybody_pauses_the_mailing(ready, smtp_server):
    """5.7.1 is about us: the mailing is held with the reason, nobody is suppressed, and `resume` goes on."""
    ready.settings["RELAY_CONNECTIONS"] = "1"  # with more of them all eight may be under way before three are refused
    smtp_server.always("mail", say("550 5.7.1 we do not like you"))
    ready.try_("run", "--until-idle")
    held = ready.mailing("alert")

    assert "we do not like you" in held["reason"]
    assert held["counts"]["sent"] == 0
    waiting = held["counts"]["queued"] + held["counts"]["deferred"]  # the latter followed a refused one on the wire
    assert waiting >= 1
    assert ready.json("supporters", "why", address(0))["suppression"] is None
    smtp_server.always("mail", lambda line: None)
    ready.run("resume", "case")
    ready.run("run", "--until-idle")
    assert len(smtp_server.messages) == waiting


def test_letters_that_are_lost_before_content_are_sent_once(office, smtp_server, tmp_path):
    """A relay that hangs up at RCPT and DATA and after two messages: 75 until everybody has exactly one letter."""
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(today())
    office.begin(GOOD, people(8), launch=True)
    smtp_server.close_after = 2
    smtp_server.script("rcpt", HANG_UP)
    smtp_server.script("data", say("421 4.3.2 going down", then="hang up"))
    for tries in range(6):
        office.clock.set(today() + timedelta(minutes=6 * tries))
        done = office.try_("run", "--until-idle")
        if done.code == 0:
            break
        assert done.code == 75, done

    assert tries > 0
    assert sorted(smtp_server.recipients) == addresses(range(8))
    assert office.counts("alert") == {"sent": 8}


def test_a_letter_that_may_have_arrived_is_repeated_once_with_the_same_bytes(ready, smtp_server):
    """Hung up on after the final dot: uncertain, sent again once, same Message-ID and bytes."""
    smtp_server.script("content", HANG_UP_AFTER_ACCEPTING)
    for _ in range(2):
        ready.try_("run", "--until-idle")
    ids = [message.message_id for message in smtp_server.messages]

    assert len(ids) == 9
    assert len(set(ids)) == 8
    (twice,) = {one for one in ids if ids.count(one) == 2}
    first, second = (message for message in smtp_server.messages if message.message_id == twice)
    assert first.content == second.content
    assert ready.counts("alert") == {"sent": 8}


def test_on_uncertain_hold_repeats_nothing(office, smtp_server):
    """`on_uncertain: hold` lists it as uncertain and leaves it."""
    office.begin(campaign_file(today(), more="on_uncertain: hold"), people(2), launch=True)
    smtp_server.script("content", HANG_UP_AFTER_ACCEPTING)
    for _ in range(2):
        office.try_("run", "--until-idle")

    assert len(smtp_server.messages) == 2
    assert office.counts("alert") == {"sent": 1, "uncertain": 1}


def test_what_the_log_says_is_ids_alone(ready, smtp_server):
    """The sender's log is JSON off a terminal, and names neither people nor their addresses."""
    smtp_server.script("connect", say("421 4.3.2 \x1b]0;owned\x07 later", then="hang up"))
    done = ready.try_("run", "--until-idle")
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]

    assert "relay trouble" in [line["event"] for line in lines]
    assert "union.example" not in done.stderr
    assert "Person 0" not in done.stderr
    assert "\x1b" not in done.stderr
