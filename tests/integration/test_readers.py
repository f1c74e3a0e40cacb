"""Does reading the mailbox do what its mails prove, once, by one reader, and is it told when it was and why not?"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailer.adapters.mailbox.alone import alone
from mailer.core.incoming import Reading
from mailer.errors import MailboxPolicyError, MailboxUnavailableError, TryAgainError
from mailer.readers import nap, read_on, read_once
from mailer.web.metrics import create_metrics_app
from mailer.wiring import Installation
from tests.asking import asking
from tests.imap_server import imap_server
from tests.maildirs import MaildirFolder, mail
from tests.postbag import KINDS, START, Postbag, copies_counted, events, furnish_office, open_office
from tests.smtp_server import wait_until
from tests.unit.test_patience_with_mailboxes import FakeLog


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose alert was sent to some people."""
    folder = tmp_path_factory.mktemp("office")
    furnish_office(folder, 4).engine.dispose()
    return folder


@pytest.fixture
def office(furnished: Path, tmp_path: Path) -> Iterator[Installation]:
    """The same with a Maildir of its own that is not there yet."""
    home = open_office(_copied(furnished, tmp_path), MAILBOX_URL="maildir:inbox")
    yield home
    home.engine.dispose()


def _copied(furnished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(furnished, tmp_path / "office"))


def box_of(home: Installation) -> MaildirFolder:
    """Make the Maildir of an office."""
    return MaildirFolder(home.settings.base / "inbox")


def test_over_imap_each_kind_of_mail_does_what_it_proves_and_no_more(
    furnished: Path, tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the server to the counts, with TLS; a second pass finds nothing new, and the reply still waits."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with imap_server(certificate) as server:
        account = server.account()
        home = open_office(_copied(furnished, tmp_path), MAILBOX_URL=account.url)
        for _, octets in Postbag(home).mixed(2 * len(KINDS)):
            account.box.deliver(octets)
        first, second = read_once(home), read_once(home)
        folders = {name: len(account.box.files(name)) for name in ("", "Processed", "Quarantine", "Answers")}
        home.engine.dispose()

    assert events(home) == Counter({kind.matter: 2 for kind in KINDS.values()})
    assert copies_counted(home) == 2
    assert folders == {"": 2, "Processed": 4, "Quarantine": 2, "Answers": 2}
    assert (first.moved, first.left, second.moved, second.left, dict(second.counts)) == (10, 2, 0, 2, {})


def test_only_one_reads_at_a_time(office: Installation) -> None:
    """By hand beside the daemon: told, and nothing is touched."""
    box_of(office).deliver(mail("one"))
    with alone(office.reader_lock) as is_alone:
        assert is_alone
        with pytest.raises(TryAgainError, match="another process"):
            read_once(office)

    assert sum(read_once(office).counts.values()) == 1


def test_a_reader_waits_for_the_one_that_reads(office: Installation) -> None:
    """The daemon goes on when whoever read by hand is done, and ends when it is told to."""
    box, stop = box_of(office), threading.Event()
    box.deliver(mail("one"))
    reader = threading.Thread(target=read_on, args=(office, stop.is_set, FakeLog()))
    with alone(office.reader_lock):
        reader.start()
        nap(0.2, lambda: False)
        assert office.incoming.last_reading() == Reading()
    wait_until(lambda: office.incoming.last_reading().read_at is not None, seconds=30)
    stop.set()
    reader.join()

    assert sum(number.came for number in office.incoming.waiting()) == 1


def test_what_comes_while_the_reader_runs_is_read(office: Installation) -> None:
    """Without another start."""
    box, stop = box_of(office), threading.Event()
    reader = threading.Thread(target=read_on, args=(office, stop.is_set, FakeLog()))
    reader.start()
    try:
        for count in (1, 2):
            box.deliver(mail(f"mail {count}"))
            wait_until(lambda count=count: sum(each.came for each in office.incoming.waiting()) == count, seconds=30)
    finally:
        stop.set()
        reader.join()


def test_it_is_told_when_the_mailbox_was_read_and_why_not(office: Installation) -> None:
    """To `status` with the reason, to whoever asks the pages without it, to Prometheus in figures."""
    ready, figures = (asking(app) for app in (office, create_metrics_app(office)))
    assert ready("/readyz").text == "ready\nmailbox not read yet\n"
    assert "mailer_mailbox" not in figures("/metrics").text
    with pytest.raises(MailboxUnavailableError):
        read_once(office)
    failed = office.incoming.last_reading()

    assert (failed.read_at, failed.tried_at) == (None, START)
    assert "no such file" in failed.trouble.lower()
    assert ready("/readyz").text == "ready\nmailbox not read yet; now it cannot be\n"
    assert "mailer_mailbox_trouble 1.0" in figures("/metrics").text
    box_of(office)
    read_once(office)

    assert office.incoming.last_reading() == Reading(START, START)
    assert ready("/readyz").text == f"ready\nmailbox read at {START:%Y-%m-%dT%H:%M:%SZ}\n"
    told = dict(line.split() for line in figures("/metrics").text.splitlines() if line.startswith("mailer_mailbox"))
    assert float(told["mailer_mailbox_trouble"]) == 0
    assert float(told["mailer_mailbox_read_timestamp_seconds"]) == START.timestamp()


def test_a_reading_that_fails_keeps_when_it_last_worked(office: Installation) -> None:
    """So that it is seen for how long bounces were not read."""
    box = box_of(office)
    read_once(office)
    box.path.rename(box.path.with_name("elsewhere"))
    later = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    again = open_office(office.settings.base, lambda: later, MAILBOX_URL="maildir:inbox")
    with pytest.raises(MailboxUnavailableError):
        read_once(again)
    found = again.incoming.last_reading()
    again.engine.dispose()

    assert (found.read_at, found.tried_at) == (START, later)
    assert found.trouble


def test_a_refused_login_leaves_no_word_of_it(
    furnished: Path, tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in the error nor in the database, where `status` finds the reason."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with imap_server(certificate) as server:
        url = f"imaps://ann%40union.example:SECRET@localhost:{server.port}"
        home = open_office(_copied(furnished, tmp_path), MAILBOX_URL=url)
        with pytest.raises(MailboxPolicyError):
            read_once(home)
    trouble = home.incoming.last_reading().trouble
    home.engine.dispose()
    everything = b"".join(path.read_bytes() for path in home.settings.data_folder.rglob("*") if path.is_file())

    assert f"localhost:{server.port}" in trouble
    assert b"SECRET" not in everything
    assert b"ann@union.example" not in everything
