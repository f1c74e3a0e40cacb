"""What holds for every mailbox: an IMAP account of a server that can do much or little, and a Maildir."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailer.adapters.mailbox import open_mailbox, parse_mailbox_url
from mailer.adapters.mailbox.places import BEGINNING, PAGE
from mailer.core.incoming import Place
from mailer.core.received import LARGEST_MAIL
from mailer.flows.intake import Mailbox
from tests.certificates import client_context
from tests.imap_server import ImapServer, imap_server
from tests.maildirs import MaildirFolder, mail

SERVERS = {
    "imap": {},
    "imap that can do little": {"lacks": ("IDLE", "MOVE", "UIDPLUS", "NAMESPACE"), "mechanisms": "login plain"},
    "imap with names behind INBOX": {"prefix": "INBOX.", "lacks": ("MOVE",)},
}
FOLDERS = ("Processed", "Quarantine", "Answers")


@dataclass(frozen=True, slots=True)
class Office:
    """A mailbox that tests deliver into, and the way to open it."""

    box: MaildirFolder
    open: Callable[[], Mailbox]


@pytest.fixture(params=["maildir", *SERVERS])
def office(request: pytest.FixtureRequest, tmp_path: Path, imap_servers) -> Iterator[Office]:
    """A mailbox of each kind."""
    with ExitStack() as stack:
        if request.param == "maildir":
            box, url, trust = MaildirFolder(tmp_path / "inbox"), f"maildir:{tmp_path / 'inbox'}", None
        else:
            server = imap_servers(request.param)
            account = server.account()
            box, url, trust = account.box, account.url, client_context(server.certificate)

        def opened() -> Mailbox:
            mailbox = open_mailbox(parse_mailbox_url(url), trust=trust)
            stack.callback(mailbox.close)
            return mailbox

        yield Office(box, opened)


@pytest.fixture(scope="module")
def imap_servers(certificate: Path) -> Iterator[Callable[[str], ImapServer]]:
    """A way to get the server of a kind, which is started once."""
    started: dict[str, ImapServer] = {}
    with ExitStack() as stack:

        def get(kind: str) -> ImapServer:
            if kind not in started:
                started[kind] = stack.enter_context(imap_server(certificate, **SERVERS[kind]))
            return started[kind]

        yield get


def waiting(mailbox: Mailbox) -> list[str]:
    """Return the subjects of all that waits, as it is fetched."""
    found = [mailbox.fetch(one) for page in mailbox.pages() for one in page]
    return [one.octets.partition(b"\n")[0].decode()[9:].strip() for one in found if one is not None]


def identifiers(mailbox: Mailbox) -> list[str]:
    """Return the identifiers of all that waits."""
    return [one.identifier for page in mailbox.pages() for one in page]


def test_all_that_waits_is_fetched_oldest_first_and_stays(office: Office) -> None:
    """Reading takes nothing away: only `move` does."""
    for number in range(5):
        office.box.deliver(mail(f"mail {number}"))
    mailbox = office.open()

    assert waiting(mailbox) == [f"mail {number}" for number in range(5)]
    assert waiting(mailbox) == waiting(office.open()) == office.box.subjects()


@pytest.mark.parametrize(
    ("place", "folder"),
    [(Place.PROCESSED, "Processed"), (Place.QUARANTINE, "Quarantine"), (Place.ANSWERS, "Answers")],
)
def test_what_is_moved_is_in_the_folder_and_nowhere_else(office: Office, place: Place, folder: str) -> None:
    """The folders are made where they lack."""
    for number in range(3):
        office.box.deliver(mail(f"mail {number}"))
    mailbox = office.open()
    first, _, last = identifiers(mailbox)
    mailbox.move([first, last], place)

    assert office.box.subjects(folder) == ["mail 0", "mail 2"]
    assert waiting(mailbox) == ["mail 1"]
    assert [office.box.subjects(other) for other in FOLDERS if other != folder] == [[], []]


def test_what_is_expunged_is_nowhere(office: Office) -> None:
    """A copy that was counted is kept by nobody."""
    office.box.deliver(mail("secret"))
    office.box.deliver(mail("other"))
    mailbox = office.open()
    mailbox.move(identifiers(mailbox)[:1], Place.GONE)

    assert waiting(mailbox) == ["other"]
    assert office.box.subjects() == ["other"]
    assert [office.box.subjects(folder) for folder in FOLDERS] == [[], [], []]


def test_what_stays_in_the_inbox_keeps_its_identifier(office: Office) -> None:
    """Also when a mail program marks it as read: it would be taken in again."""
    office.box.deliver(mail("a person's reply"))
    mailbox = office.open()
    before = identifiers(mailbox)
    mailbox.move(before, Place.INBOX)
    path = office.box.files()[0]
    path.rename(office.box.path / "cur" / f"{path.name.partition(':')[0]}:2,RS")

    assert identifiers(office.open()) == before
    assert waiting(office.open()) == ["a person's reply"]


def test_what_somebody_took_away_is_no_error(office: Office) -> None:
    """Organisers have the mailbox open, too; of the others, none is lost."""
    office.box.deliver(mail("taken"))
    office.box.deliver(mail("left"))
    mailbox = office.open()
    taken, left = next(iter(mailbox.pages()))
    office.open().move([taken.identifier], Place.ANSWERS)

    assert mailbox.fetch(taken) is None
    mailbox.move([taken.identifier, left.identifier], Place.PROCESSED)
    assert (office.box.subjects("Answers"), office.box.subjects("Processed")) == (["taken"], ["left"])


def test_of_a_mail_that_is_too_large_only_the_beginning_is_fetched(office: Office) -> None:
    """Its size is known before; one that just fits comes whole, octet by octet."""
    fits, bomb = mail("fits").replace(b"\n", b"\r\n"), mail("bomb").replace(b"\n", b"\r\n")
    office.box.deliver(fits + b"x" * (LARGEST_MAIL - len(fits)))
    office.box.deliver(bomb + b"x" * (LARGEST_MAIL + 1 - len(bomb)))
    mailbox = office.open()
    whole, cut = [mailbox.fetch(one) for page in mailbox.pages() for one in page]

    assert whole is not None
    assert (whole.size, len(whole.octets)) == (LARGEST_MAIL, LARGEST_MAIL)
    assert cut is not None
    assert (cut.size, len(cut.octets)) == (LARGEST_MAIL + 1, BEGINNING)
    assert cut.octets.startswith(b"Subject: bomb")


def test_many_mails_come_in_pages_each_once(office: Office) -> None:
    """Also while those of the pages before are moved away: what was decided of a page is moved at once."""
    subjects = [f"mail {number:03}" for number in range(2 * PAGE + 3)]
    for subject in subjects:
        office.box.deliver(mail(subject))
    mailbox, found = office.open(), []
    for page in mailbox.pages():
        assert len(page) <= PAGE
        found += [one.identifier for one in page]
        mailbox.move([one.identifier for one in page], Place.PROCESSED)

    assert len(found) == len(set(found)) == len(subjects)
    assert office.box.subjects("Processed") == subjects
    assert identifiers(mailbox) == []


def test_waiting_ends_when_a_mail_comes(office: Office) -> None:
    """A server that tells does so at once; elsewhere the time that was asked for passes."""
    mailbox = office.open()
    assert waiting(mailbox) == []
    timer = threading.Timer(0.2, office.box.deliver, [mail("at last")])
    timer.start()
    while waiting(mailbox) != ["at last"]:
        mailbox.wait(1.0)
    timer.join()


def test_waiting_ends_with_the_time_or_a_stop(office: Office) -> None:
    """Nothing comes; the connection is good for another pass."""
    mailbox = office.open()
    assert waiting(mailbox) == []
    mailbox.wait(0.05)
    office.box.deliver(mail("later"))

    assert waiting(mailbox) == ["later"]


def test_the_source_is_the_same_for_every_connection_and_holds_no_password(office: Office) -> None:
    """Events are kept under it: with another one, all would be taken in again."""
    first, second = office.open(), office.open()
    assert identifiers(first) == identifiers(second) == []

    assert first.source == second.source
    assert "geheim" not in first.source
