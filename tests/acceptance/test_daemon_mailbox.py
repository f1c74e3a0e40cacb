"""Does the daemon read its mailbox, whatever happens to its reader, and send, whatever happens to its mailbox?"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.acceptance.cases import addresses, campaign_file, people, today
from tests.acceptance.workplace import Daemon, Workplace
from tests.maildirs import MaildirFolder, mail
from tests.smtp_server import SmtpServer, wait_until


@pytest.fixture
def read_office(office: Workplace) -> Workplace:
    """A campaign that was launched to three people, with a mailbox that is not there yet."""
    office.settings |= {"WEB_BIND": "127.0.0.1:0", "MAILBOX_URL": "maildir:inbox"}
    office.begin(campaign_file(today()), people(3), launch=True)
    return office


def box_of(office: Workplace) -> MaildirFolder:
    """Make the mailbox."""
    return MaildirFolder(office.folder / "inbox")


def reader_of(daemon: Daemon) -> int:
    """Return the process that reads: the one that holds the reader's lock; 0 if none does yet."""
    children = Path(f"/proc/{daemon.process.pid}/task/{daemon.process.pid}/children").read_text().split()
    for child in children:
        files = [each.readlink().name for each in Path(f"/proc/{child}/fd").iterdir() if each.is_symlink()]
        if "mailbox.reader" in files:
            return int(child)
    return 0


def test_a_killed_reader_is_started_again(read_office: Workplace) -> None:
    """What came before, meanwhile and afterwards is read; SIGTERM ends all within ten seconds."""
    box = box_of(read_office)
    box.deliver(b"\0 no mail, and there before the start")
    with read_office.daemon() as daemon:
        wait_until(lambda: len(box.files("Quarantine")) == 1, seconds=30)
        os.kill(reader_of(daemon), signal.SIGKILL)
        daemon.wait_for("reader died")
        box.deliver(b"\0 no mail, and there after the kill")
        wait_until(lambda: len(box.files("Quarantine")) == 2, seconds=30)
        assert daemon.end() == 0
        wait_until(lambda: not daemon.has_processes)

    assert read_office.json("status")["mailbox"]["trouble"] == ""


def test_letters_do_not_wait_for_a_mailbox_that_is_away(read_office: Workplace, smtp_server: SmtpServer) -> None:
    """It is told, also in `status`; the next run reads what came meanwhile, before it sends."""
    told = read_office.run("run", "--until-idle").stderr

    assert sorted(smtp_server.recipients) == addresses(range(3))
    assert "the mailbox was not read: maildir:" in told
    assert "new, cur and tmp" in read_office.json("status")["mailbox"]["trouble"]
    box = box_of(read_office)
    box.deliver(mail("Can I help?"))
    read_office.run("run", "--until-idle")
    told = read_office.run("status").stdout
    assert "mailbox: read last at" in told
    assert read_office.json("inbox", "list")["waiting"] == 1


def test_the_mailbox_can_be_read_by_hand(read_office: Workplace) -> None:
    """Once, with a line or JSON; without a mailbox, it is told how to set one."""
    box = box_of(read_office)
    box.deliver(mail("Can I help?"))
    box.deliver(b"\0 no mail")
    first = read_office.run("inbox", "read", "--until-idle").stdout

    assert first == "2 new (1 reply, 1 unreadable); 1 moved to their folders, 1 left in the inbox for people\n"
    values = read_office.json("inbox", "read", "--until-idle")
    assert values == {"new": 0, "matters": {}, "moved": 0, "left": 1, "complete": True}
    assert "--until-idle" in read_office.run("inbox", "read", "--json", code=64).stderr
    del read_office.settings["MAILBOX_URL"]
    assert "MAILER_MAILBOX_URL" in read_office.run("inbox", "read", code=78).stderr
    assert "mailbox" not in read_office.json("status")


def test_reading_by_hand_goes_on_until_it_is_told_to_end(read_office: Workplace) -> None:
    """As the daemon's reader does: mails that come are read, and SIGTERM is a clean end."""
    box = box_of(read_office)
    with read_office.daemon("inbox", "read") as reader:
        box.deliver(b"\0 no mail")
        wait_until(lambda: len(box.files("Quarantine")) == 1, seconds=30)
        assert reader.end() == 0


def test_a_wrong_mailbox_is_told_by_every_command(read_office: Workplace) -> None:
    """Long before somebody waits for bounces; its password is not repeated."""
    read_office.settings["MAILBOX_URL"] = "imap://ann:SECRET@imap.example"
    told = read_office.run("status", code=78).stderr

    assert told.startswith("MAILER_MAILBOX_URL: ")
    assert "SECRET" not in told
