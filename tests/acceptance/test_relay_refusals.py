"""What if the relay refuses everybody, or very many? The mailing pauses with the reason, and nobody is suppressed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from mailer.core.brakes import MOST_ABOUT_US, MOST_REFUSED
from tests.acceptance.cases import addresses, campaign_file, people, today
from tests.smtp_steps import say

EVERYBODY = 60
CONNECTIONS = 4
IN_FLIGHT = 2 * CONNECTIONS  # a letter's verdict and the envelope behind it, on each connection
GOOD = campaign_file(today())
ABOUT_US = [
    ("mail", "553 5.1.7 bad sender syntax"),
    ("rcpt", "550 5.1.8 bad sender domain"),
    ("content", "554 5.7.1 we take nothing from you"),
]
DEAD = "550 5.1.1 no such user"


@pytest.fixture
def ready(office):
    """A campaign that was launched to sixty people and not sent yet; the few connections do not hold them all."""
    office.settings |= {"RELAY_CONNECTIONS": str(CONNECTIONS)}
    office.begin(GOOD, people(EVERYBODY), launch=True)
    return office


def barred(office) -> int:
    """Return how many addresses are suppressed."""
    with closing(sqlite3.connect(office.database)) as database:
        (written,) = database.execute("SELECT count(*) FROM suppressions").fetchone()
    return int(written)


def waiting(mailing) -> int:
    """Return how many letters are still to be sent; those that followed a refused one on the wire are due once more."""
    return mailing["counts"]["queued"] + mailing["counts"]["deferred"]


@pytest.mark.parametrize(("at", "reply"), ABOUT_US)
def test_what_is_about_us_pauses_the_mailing_after_a_handful(ready, smtp_server, at, reply):
    """Wherever it is said: three refusals pause, those in flight end, the rest waits, and `resume` sends it."""
    smtp_server.always(at, say(reply))
    ready.try_("run", "--until-idle")
    held = ready.mailing("alert")

    assert reply[4:] in held["reason"]
    assert barred(ready) == 0
    assert MOST_ABOUT_US <= held["counts"]["failed"] <= MOST_ABOUT_US + IN_FLIGHT
    assert held["counts"]["failed"] + waiting(held) == EVERYBODY
    smtp_server.always(at, lambda line: None)
    ready.run("resume", "case")
    ready.run("run", "--until-idle")
    assert len(smtp_server.messages) == waiting(held)


@pytest.mark.parametrize(("reply", "reason"), [("550 no", "letters were refused: 550 no"), (DEAD, "were called dead")])
def test_a_relay_that_refuses_the_first_fifty_pauses_the_mailing(ready, smtp_server, reply, reason):
    """A broken relay, or one that calls every mailbox dead, fails a part of the list and bars nobody."""
    smtp_server.script("rcpt", *[say(reply)] * 50)
    ready.try_("run", "--until-idle")
    held = ready.mailing("alert")

    assert reason in held["reason"]
    assert barred(ready) == 0
    assert held["counts"]["failed"] <= MOST_REFUSED + IN_FLIGHT
    assert held["counts"]["failed"] + waiting(held) == EVERYBODY
    assert smtp_server.messages == []


def test_a_relay_that_puts_everybody_off_fails_nobody(ready, smtp_server):
    """A throttle is no refusal: all are deferred, none has failed, nobody is barred."""
    smtp_server.always("rcpt", say("451 4.7.1 slow down, try again in 10 minutes"))
    ready.run("run", "--until-idle", code=75)
    held = ready.mailing("alert")

    assert held["counts"]["failed"] == held["counts"]["sent"] == 0
    assert held["counts"]["deferred"] + held["counts"]["queued"] == EVERYBODY
    assert barred(ready) == 0
    assert len([line for line in smtp_server.commands if line.startswith("RCPT")]) < EVERYBODY
    assert set(addresses(range(EVERYBODY))).isdisjoint(smtp_server.recipients)
