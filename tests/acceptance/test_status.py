"""What does an organiser see while letters leave, and of those that may have arrived twice or not at all?"""

from __future__ import annotations

import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time
from contextlib import suppress
from fcntl import ioctl

import pytest

from tests.acceptance.cases import address, campaign_file, people, today
from tests.smtp_server import wait_until
from tests.smtp_steps import HANG_UP, HANG_UP_AFTER_ACCEPTING, say

GOOD = campaign_file(today())
HOLDS = campaign_file(today(), more="on_uncertain: hold")
PUBLIC_ID = re.compile(r"[0-9a-f]{16}")


def slowly(wire):
    """Answer after a while, so that there is something to watch."""
    time.sleep(0.2)


@pytest.fixture
def launched(office):
    """A campaign that was launched this very moment, to eight people."""
    office.begin(GOOD, people(8))
    office.run("launch", "case", "--yes")
    return office


def test_a_letter_that_was_handed_over_twice_stays_listed(launched, smtp_server):
    """The relay took it and hung up: it goes out once more with the same Message-ID, and `status` says so."""
    smtp_server.script("content", HANG_UP_AFTER_ACCEPTING)
    launched.run("run", "--until-idle")
    mailing = launched.mailing("alert")

    (twice,) = [found for found in smtp_server.messages if smtp_server.recipients.count(found.recipients[0]) == 2][:1]
    assert mailing["counts"]["sent"] == 8
    assert (mailing["remaining"], mailing["seconds_left"], mailing["under_way"]) == (0, 0, False)
    (doubt,) = mailing["uncertain"]
    why = launched.json("supporters", "why", twice.recipients[0])
    assert (doubt["state"], doubt["resent"], doubt["again_at"]) == ("sent", True, None)
    assert PUBLIC_ID.fullmatch(doubt["supporter"])
    assert doubt["supporter"] in str(why)
    assert doubt["since"].endswith("Z")
    said = launched.run("status").stdout
    assert f"delivery {doubt['delivery']} to {doubt['supporter']}" in said
    assert "may have arrived twice, same Message-ID" in said
    assert "@" not in said.replace("smtp+insecure", "")
    assert "Person" not in said


def test_a_held_letter_is_told_with_what_to_do(office, smtp_server):
    """`on_uncertain: hold`: it is not sent again until the file says so and `revise` takes that over."""
    office.begin(HOLDS, people(3), launch=True)
    smtp_server.script("content", HANG_UP)
    office.try_("run", "--until-idle")
    mailing = office.mailing("alert")

    assert mailing["counts"]["uncertain"] == 1
    (doubt,) = mailing["uncertain"]
    assert "mailer revise case" in doubt["next"]
    assert doubt["why"]
    assert "held" in office.run("status", "case").stdout

    office.write("campaigns.yaml", GOOD)
    office.run("revise", "case")
    assert "once more" in office.mailing("alert")["uncertain"][0]["next"]
    office.run("run", "--until-idle")
    assert office.counts("alert") == {"sent": 3}
    assert sorted(smtp_server.recipients) == sorted({*smtp_server.recipients})


def test_errors_are_told_in_words_and_escaped(launched, smtp_server):
    """The newest reply that was no acceptance, with what is left and when."""
    smtp_server.always("rcpt", lambda line: say("450 4.2.1 \x1b[31mbusy") if address(3).encode() in line else None)
    launched.run("run", "--until-idle", code=75)
    mailing = launched.mailing("alert")

    assert "busy" in mailing["last_error"]
    assert (mailing["remaining"], mailing["under_way"]) == (1, True)
    assert 0 < mailing["seconds_left"] <= 301
    said = launched.run("status").stdout
    assert "last error: 450" in said
    assert "\x1b" not in said


# --- watching -------------------------------------------------------------------------------------


def test_a_watch_without_a_terminal_prints_lines_and_ends_by_itself(launched, smtp_server):
    """It may be started before the daemon, and ends with 0 when all is sent."""
    smtp_server.always("content", slowly)
    with launched.daemon("status", "--watch") as watch:
        launched.run("run", "--until-idle")
        out, _ = watch.process.communicate(timeout=60)

    lines = out.decode().splitlines()
    assert watch.process.returncode == 0
    assert "8 of 8, 100 %; 8 sent" in lines[-1]
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ case alert: ", line) for line in lines)
    assert len(set(lines)) == len(lines)


def test_ctrl_c_ends_a_watch_with_0(launched):
    """It only looked, so nothing was interrupted; and where nothing is under way there is nothing to watch."""
    with launched.daemon("status", "--watch", "--json") as watch:
        assert watch.process.stdout.readline().startswith(b'{"campaigns"')
        assert watch.end(signal.SIGINT) == 0
    launched.run("pause", "case")
    assert "nothing is under way" in launched.run("status", "--watch").stderr


@pytest.mark.parametrize("no_color", [True, False])
def test_a_watch_on_a_terminal_draws_bars_within_its_width(launched, smtp_server, no_color):
    """60 columns are enough; NO_COLOR leaves the colours out; the reply of the relay is not obeyed."""
    smtp_server.always("content", slowly)
    smtp_server.script("rcpt", say("450 4.2.1 \x1b]0;owned\x07 later"))
    with launched.daemon("run"):
        wait_until(lambda: smtp_server.messages, seconds=60)
        screen = drawn(launched, "1" if no_color else "")

    assert "of 8, " in screen
    assert "━" in screen
    assert "\x1b]0;" not in screen
    assert ("\x1b[32m" in screen) is not no_color
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)
    assert max(map(len, re.split(r"[\r\n]+", plain))) <= 60


def drawn(workplace, no_color: str) -> str:
    """Watch on a terminal of 60 columns until seven letters of eight are sent; return all that was written to it."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    told = workplace.environment | {"TERM": "xterm", **({"NO_COLOR": no_color} if no_color else {})}
    watch = subprocess.Popen(
        workplace.command("status", "--watch"), cwd=workplace.folder, env=told,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    screen = b""
    try:
        while b"7 sent" not in screen:
            screen += os.read(ours, 65536)
    finally:
        watch.kill()
        watch.wait(10)
        with suppress(OSError):
            os.close(ours)
    return screen.decode()
