"""What is particular to a Maildir: files that are no mails, names that others chose, and folders that lack."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailer.adapters.mailbox import maildir as maildir_module
from mailer.adapters.mailbox.maildir import MaildirMailbox
from mailer.core.incoming import Place
from mailer.errors import MailboxUnavailableError
from tests.maildirs import MaildirFolder, mail


@pytest.fixture
def box(tmp_path: Path) -> MaildirFolder:
    """An empty Maildir."""
    return MaildirFolder(tmp_path / "inbox")


@pytest.fixture
def mailbox(box: MaildirFolder) -> MaildirMailbox:
    """The same, open."""
    return MaildirMailbox(box.path)


def all_of(mailbox: MaildirMailbox) -> list[str]:
    """Return the identifiers of all that waits."""
    return [one.identifier for page in mailbox.pages() for one in page]


@pytest.fixture
def no_mails(box: MaildirFolder, tmp_path: Path) -> Iterator[set[str]]:
    """Things with a mail's name that are none, each of which would do harm if it were opened or moved."""
    (tmp_path / "secret").write_bytes(mail("the key ring"))
    new = box.path / "new"
    (new / "1.link").symlink_to(tmp_path / "secret")
    (new / "2.dangling").symlink_to(tmp_path / "nowhere")
    (new / "3.folder").mkdir()
    os.mkfifo(new / "4.fifo")  # opening it would wait for ever
    (new / ".5.hidden").write_bytes(mail("half written"))
    (new / "6.esc\x1b[2J").write_bytes(mail("a name that a terminal would obey"))
    Path(os.fsdecode(os.fsencode(new) + b"/7.\xff")).write_bytes(mail("a name that is no text"))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(new / "8.sock"))
        yield {path.name for path in new.iterdir()}


def test_what_is_no_mail_is_neither_read_nor_moved(
    box: MaildirFolder, mailbox: MaildirMailbox, no_mails: set[str]
) -> None:
    """Links to elsewhere, folders, pipes and odd names stay where they are, and the mails beside them are read."""
    box.deliver(mail("a mail"))
    (page,) = mailbox.pages()

    assert [one.octets for one in map(mailbox.fetch, page) if one] == [mail("a mail")]
    mailbox.move([one.identifier for one in page], Place.PROCESSED)
    assert {path.name for path in (box.path / "new").iterdir()} == no_mails


def test_a_mail_that_becomes_a_link_is_not_followed(
    box: MaildirFolder, mailbox: MaildirMailbox, tmp_path: Path
) -> None:
    """Between the look at its size and its reading, somebody may put another thing under its name."""
    (tmp_path / "secret").write_bytes(mail("the key ring"))
    path = box.deliver(mail("a mail"))
    ((waiting,),) = mailbox.pages()
    path.unlink()
    path.symlink_to(tmp_path / "secret")

    with pytest.raises(MailboxUnavailableError):
        mailbox.fetch(waiting)
    assert all_of(mailbox) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_mail_that_may_not_be_read_goes_to_quarantine(box: MaildirFolder, mailbox: MaildirMailbox) -> None:
    """It is not there for nothing: a person finds it in its folder, and it stops no other."""
    box.deliver(mail("not for us")).chmod(0)
    ((waiting,),) = mailbox.pages()
    found = mailbox.fetch(waiting)

    assert found is not None
    assert found.octets == b""
    mailbox.move([waiting.identifier], Place.QUARANTINE)
    assert len(box.files("Quarantine")) == 1


def test_two_mails_of_one_name_are_two(box: MaildirFolder, mailbox: MaildirMailbox) -> None:
    """Names should be unique; where they are not, the second one is not taken for the first, and neither is lost."""
    box.deliver(mail("one"), "1700000000.M1.host").rename(box.path / "cur" / "1700000000.M1.host:2,")
    box.deliver(mail("another"), "1700000000.M1.host")
    found = all_of(mailbox)
    mailbox.move(found, Place.PROCESSED)

    assert len(set(found)) == 2
    assert box.subjects("Processed") == ["another", "one"]


def test_a_mail_that_a_program_renames_meanwhile_is_found(box: MaildirFolder, mailbox: MaildirMailbox) -> None:
    """Whoever looks into the inbox moves what is new, and marks what was read."""
    path = box.deliver(mail("looked at"))
    ((waiting,),) = mailbox.pages()
    path.rename(box.path / "cur" / f"{path.name}:2,S")

    fetched = mailbox.fetch(waiting)
    assert fetched is not None
    assert fetched.octets == mail("looked at")
    mailbox.move([waiting.identifier], Place.QUARANTINE)
    assert [file.name for file in box.files("Quarantine")] == [f"{path.name}:2,S"]


def test_flags_stay_and_new_mails_get_none(box: MaildirFolder, mailbox: MaildirMailbox) -> None:
    """In `cur`, a name says what happened to a mail."""
    read = box.deliver(mail("read"), "1.read")
    read.rename(box.path / "cur" / "1.read:2,RS")
    box.deliver(mail("unread"), "2.unread")
    mailbox.move(all_of(mailbox), Place.ANSWERS)

    assert [path.name for path in box.files("Answers")] == ["1.read:2,RS", "2.unread:2,"]


def test_whatever_is_in_it_few_names_are_in_memory(
    box: MaildirFolder, mailbox: MaildirMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are taken in turns; each mail comes once, moved away meanwhile or not."""
    monkeypatch.setattr(maildir_module, "NAMES_AT_ONCE", 7)
    names = [f"{number:03}.host" for number in range(30)]
    for name in names:
        box.deliver(mail(name), name)
    found = []
    for page in mailbox.pages():
        found += [one.identifier.partition("/")[0] for one in page]
        mailbox.move([one.identifier for one in page[::2]], Place.PROCESSED)

    assert found == names
    assert len(all_of(mailbox)) == 30 - len(box.files("Processed"))


@pytest.mark.parametrize("missing", ["", "new", "cur"])
def test_a_folder_that_is_no_maildir_is_not_made_one(tmp_path: Path, missing: str) -> None:
    """A wrong path is told; a new, empty mailbox there would look as if nothing ever came."""
    box = MaildirFolder(tmp_path / "inbox")
    if missing:
        (box.path / missing).rmdir()
    folder = box.path if missing else tmp_path / "nowhere"

    with pytest.raises(MailboxUnavailableError, match=r"maildir:.*new, cur and tmp"):
        MaildirMailbox(folder)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_goes_away_is_unavailable(box: MaildirFolder, mailbox: MaildirMailbox) -> None:
    """A share that is not mounted looks like that."""
    box.deliver(mail("one"))
    box.path.rename(box.path.with_name("elsewhere"))

    for attempt in (lambda: list(mailbox.pages()), lambda: mailbox.wait(60)):
        with pytest.raises(MailboxUnavailableError):
            attempt()


def test_a_mail_that_comes_while_others_are_worked_on_ends_the_next_wait(
    box: MaildirFolder, mailbox: MaildirMailbox
) -> None:
    """No mail is overlooked between the end of a pass and the wait for the next."""
    box.deliver(mail("first"))
    for page in mailbox.pages():
        box.deliver(mail("second"), "0.second")  # its name comes before: this pass does not see it
        mailbox.move([one.identifier for one in page], Place.PROCESSED)
    mailbox.wait(600)  # the test's own time limit is far less

    assert all_of(mailbox) == [f"0.second/{len(mail('second'))}"]


@pytest.mark.parametrize("name", ["n" * 255, "f:2," + "S" * 251])
def test_a_name_as_long_as_can_be_holds_up_nothing(box: MaildirFolder, mailbox: MaildirMailbox, name: str) -> None:
    """There is no room in it for flags, nor for a number: it gets another one where it is moved to."""
    for folder in ("new", "cur"):
        (box.path / folder / name).write_bytes(mail(folder))
    for _ in range(2):
        mailbox.move(all_of(mailbox), Place.PROCESSED)

    assert all_of(mailbox) == []
    assert len(list((box.path / ".Processed" / "cur").iterdir())) == 2
